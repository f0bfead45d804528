"""What a component needs, may have once, and has no place for (RFC 5545 §3.6)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check.finding import quoted
from eventrec.formats.ical.check.rule import (
    BROKEN,
    NOTE,
    WARNING,
    for_calendar,
    for_component,
    for_property,
)
from eventrec.formats.ical.check.vocabulary import INSIDE, KINDS, METHODS, PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.calendar import Calendar
    from eventrec.formats.ical.check.tree import Component, Property
    from eventrec.formats.ical.check.vocabulary import Place

_CALENDAR: Final = PLACES["VCALENDAR"].paragraph


def _missing(place: Place, component: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for name in place.needed:
        if component.name == "VTIMEZONE":
            return
        if name not in component.properties:
            known = ", by which programs know it again" if name == "UID" else ""
            yield component.line, f"{component.name} has no {name}{known}."
        elif not component.text(name).strip():
            yield component.properties[name][0].line, f"{name} is empty."


def _twice(place: Place, component: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for name in place.once:
        lines = component.properties.get(name, ())
        if len(lines) > 1 and name != "RRULE":
            yield lines[1].line, f"{component.name} has {name} {len(lines)} times; programs take one of them."


def _misplaced(place: Place, component: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for name, lines in component.properties.items():
        if name in KINDS and name not in place.once and name not in place.any:
            yield lines[0].line, f"{name} has no place in {component.name}."


for _name, _place in PLACES.items():
    for_component(_name, rule="property-missing", severity=WARNING, reference=_place.paragraph)(
        partial(_missing, _place)
    )
    for_component(_name, rule="property-twice", severity=BROKEN, reference=_place.paragraph)(partial(_twice, _place))
    for_component(_name, rule="property-misplaced", severity=WARNING, reference=_place.paragraph)(
        partial(_misplaced, _place)
    )


@for_property(rule="property-unknown", severity=NOTE, reference="RFC 5545 §3.8.8.1")
def _property_that_nobody_has_registered(line: Property, component: Component) -> Iterator[str]:
    if line.name not in KINDS and component.name in PLACES and not line.name.startswith("X-"):
        yield f"{quoted(line.name)} is a property of no standard known here; names of one's own begin with X-."


@for_component(rule="component-unknown", severity=NOTE, reference="RFC 5545 §3.6")
def _component_that_nobody_has_registered(component: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    known = component.name in PLACES or any(component.name in names for names in INSIDE.values())
    if not known and not component.name.startswith("X-"):
        yield component.line, f"{quoted(component.name)} is a component of no standard known here; programs skip it."


@for_calendar(rule="calendar-empty", severity=WARNING, reference=_CALENDAR)
def _calendar_without_anything(calendar: Calendar) -> Iterator[tuple[int, str]]:
    if not calendar.components:
        yield calendar.root.line, "The calendar holds nothing: no event and no other component."


@for_property("VERSION", rule="version", severity=BROKEN, reference="RFC 5545 §3.7.4")
def _other_version(line: Property, component: Component) -> Iterator[str]:
    if component.name == "VCALENDAR" and line.value.strip() == "1.0":
        yield "VERSION is 1.0: that is vCalendar, which most programs no longer read; iCalendar is 2.0."


@for_property("VERSION", rule="version-unknown", severity=WARNING, reference="RFC 5545 §3.7.4")
def _unknown_version(line: Property, component: Component) -> Iterator[str]:
    if component.name == "VCALENDAR" and line.value not in ("2.0", "1.0"):
        yield f"VERSION is {quoted(line.value)}; iCalendar is 2.0."


@for_property("CALSCALE", rule="calendar-scale", severity=WARNING, reference="RFC 5545 §3.7.1")
def _other_scale(line: Property, _: Component) -> Iterator[str]:
    if line.value.upper() != "GREGORIAN":
        yield f"CALSCALE is {quoted(line.value)}; programs know GREGORIAN only."


@for_property("METHOD", rule="method", severity=WARNING, reference="RFC 5546 §1.4")
def _unknown_method(line: Property, _: Component) -> Iterator[str]:
    if line.value.strip().upper() not in METHODS:
        yield f"METHOD is {quoted(line.value)}; known are {', '.join(METHODS)}."
