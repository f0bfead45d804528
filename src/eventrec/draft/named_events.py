"""Two events that one sentence names: “a workshop on X in A on 3 March and a workshop on Y in B on 10 March”."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.event_words import CHINESE_NOUN
from eventrec.draft.evidence import Span
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.mentions.days import DayMention
    from eventrec.draft.mentions.places import PlaceMention

_NOUN: Final = r"(?:workshop|training|seminar|conference|meeting|course|forum|symposium|round-?\s?table|webinar)"
_NAME_EN: Final = late(
    rf"\b(?:an?|another)\s(?P<name>(?:(?!\b(?:in|on|at|of|for|to|from|with|and|during)\b)[\w'’-]+\s){{0,4}}?{_NOUN}"
    r"(?:\s(?:on|about|for|in)\s(?!\d|[A-Z][a-z]{2,8}\s\d)(?:(?!\b(?:in|on|at|from|with|between|for)\b)[\w'’-]+\s?){1,8})?)"
)
_NAME_ZH: Final = late(
    rf"(?:举办|举行|召开|开展|舉辦|舉行|召開)(?:了)?(?P<name>[^，。；,;、\s]{{0,30}}?(?:{CHINESE_NOUN.pattern}))(?=[，。；,;、并和及]|$)"
)
_HELD_BEFORE: Final = late(
    r"\b(?:held|organi[sz]ed|hosted|conducted|convened|delivered|ran|carried out|facilitated)\s(?:\w+\s){0,2}$"
)
_RELATED: Final = late(
    r"\b(?:after|before|following|follows|builds?|built|since|previous|earlier|next|will|then attended|similar)\b"
    r"|此前|曾|上一?[届期次]|将|下一?[届期次]|之后|学习"
)

Event = tuple["DayMention", "PlaceMention", Span]


def find(
    text: str, within: Span, language: str, days: Sequence[DayMention], cities: Sequence[PlaceMention]
) -> list[Event]:
    """Return the events of a sentence that each have a name, one day or range and one city; empty unless all do."""
    if _RELATED.search(text, within.start, within.end) or len(days) < 2:
        return []
    pattern = _NAME_ZH if language == "zh" else _NAME_EN
    names = [Span(found.start("name"), found.end("name")) for found in pattern.finditer(text, within.start, within.end)]
    if len(names) != len(days) or len(names) != len(cities):
        return []
    if language == "zh":
        edges = [within.start, *(each.end for each in names)]
    elif _HELD_BEFORE.search(text[within.start : names[0].start].removesuffix("a ").removesuffix("an ")):
        edges = [*(each.start for each in names), within.end]
    else:
        return []
    events = []
    for name, start, end in zip(names, edges, edges[1:], strict=False):
        own = [each for each in days if start <= each.span.start < end]
        place = [each for each in cities if start <= each.span.start < end]
        if len(own) != 1 or len(place) != 1:
            return []
        events.append((own[0], place[0], _trimmed(text, name)))
    distinct = {(day.first, str(place.city)) for day, place, _ in events}
    return events if len(distinct) == len(events) else []


def _trimmed(text: str, name: Span) -> Span:
    return Span(name.start, name.start + len(text[name.start : name.end].rstrip()))
