"""What came after RFC 5545: calendar properties (RFC 7986) and participants (RFC 9073)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check import values
from eventrec.formats.ical.check.finding import quoted
from eventrec.formats.ical.check.rule import WARNING, for_component, for_property

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.calendar import Calendar
    from eventrec.formats.ical.check.tree import Component, Property

_NAMES_OF_COLORS: Final = (
    "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood"
    " cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod"
    " darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon"
    " darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray"
    " dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green"
    " greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon"
    " lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon"
    " lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen"
    " magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue"
    " mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy"
    " oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip"
    " peachpuff peru pink plum powderblue purple red rosybrown royalblue saddlebrown salmon sandybrown seagreen"
    " seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato"
    " turquoise violet wheat white whitesmoke yellow yellowgreen"
)
_COLORS: Final = frozenset(_NAMES_OF_COLORS.split())
_FEATURES: Final = ("AUDIO", "CHAT", "FEED", "MODERATOR", "PHONE", "SCREEN", "VIDEO")


@for_property("COLOR", rule="color", severity=WARNING, reference="RFC 7986 §5.9")
def _color_without_a_name(line: Property, _: Component) -> Iterator[str]:
    if line.value.lower() not in _COLORS:
        yield f"COLOR is {quoted(line.value)}; it is a name of CSS3, such as steelblue."


@for_property("REFRESH-INTERVAL", rule="refresh-interval", severity=WARNING, reference="RFC 7986 §5.7")
def _interval_that_does_not_say_its_type(line: Property, _: Component) -> Iterator[str]:
    length = values.duration(line.value)
    if line.parameter("VALUE").upper() != "DURATION":
        yield "REFRESH-INTERVAL has to say its type: REFRESH-INTERVAL;VALUE=DURATION."
    elif length is not None and length.total_seconds() <= 0:
        yield "REFRESH-INTERVAL has to be more than nothing."


@for_property("CONFERENCE", "SOURCE", "IMAGE", rule="value-unsaid", severity=WARNING, reference="RFC 7986 §5")
def _address_that_does_not_say_its_type(line: Property, _: Component) -> Iterator[str]:
    if "VALUE" not in line.parameters:
        yield f"{line.name} has to say its type: {line.name};VALUE=URI."


@for_property("CONFERENCE", rule="conference-feature", severity=WARNING, reference="RFC 7986 §6.3")
def _feature_that_is_none(line: Property, _: Component) -> Iterator[str]:
    for each in line.parameters.get("FEATURE", ()):
        if each.upper() not in _FEATURES and not each.upper().startswith("X-"):
            yield f"FEATURE of CONFERENCE is {quoted(each)}; known are {', '.join(_FEATURES)}."


@for_component("VCALENDAR", rule="name-language", severity=WARNING, reference="RFC 7986 §5.1")
def _two_names_in_a_language(calendar: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for name in ("NAME", "DESCRIPTION"):
        seen: set[str] = set()
        for line in calendar.all(name):
            language = line.parameter("LANGUAGE").lower()
            if language in seen:
                yield line.line, f"{name} stands twice in the same language; it may stand once in each."
            seen.add(language)
