"""Whether a release tells of one event or of several: “in Beijing (02/07), Shanghai (04/07) and Guangzhou (06/07)”."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eventrec.draft import named_events
from eventrec.draft.evidence import Span
from eventrec.draft.mentions.places import PlaceMention
from eventrec.draft.page import Kind
from eventrec.draft.rules.place.finding import placed
from eventrec.draft.rules.when.finding import dated
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.mentions.days import DayMention
    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_MOST_WORDS_BETWEEN: Final = 90
_FIRST_SENTENCES: Final = 8
_PLURAL_EN: Final = (
    r"(?:workshops|trainings|seminars|conferences|meetings|courses|sessions|forums|symposia|round-?\s?tables"
    r"|consultations"
    r"|dialogues|webinars|briefings|events|exercises|activities|lectures|classes|rounds|modules|visits|tours"
    r"|training-of-trainers)"
)
_NUMBERS: Final = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
}
_COUNTED: Final = late(
    rf"\b(?P<n>two|three|four|five|six|[2-6])\s(?:[\w'’-]+,?\s){{0,6}}?{_PLURAL_EN}\b|(?P<n2>[两二三四五六2-6])\s?(?:场|期|次"
    r"|个|轮|站)",
    re.IGNORECASE,
)
_SEVERAL: Final = late(
    rf"\b{_PLURAL_EN}\b|\b(?:another|a second|the second|respectively|series of|each in)\b"
    r"|分别|相继|先后|系列|巡回|各举办"
    r"|[两二三四五六]\s?(?:场|期|次|轮|站)",
    re.IGNORECASE,
)
_ONE_TOUR: Final = late(
    r"\b(?:a|the|this|an?\s[\w-]+|the\s[\w-]+|day)\s(?:study\s)?(?:visit|tour|trip|mission)\b|考察团|访问团"
    r"|赴[^。]{0,20}(?:考察|访问|研修|参访)",
    re.IGNORECASE,
)
_WITHIN_PAIR: Final = late(
    r"市?\s?[(（,，]?\s{0,2}(?:(?:on|from|in|at|between|held|the|city|of|在|于|举办|举行)\s{0,2}){0,4}[(（]?"
    r"|[)）]?\s{0,2}[:：–—-]\s{0,2}"
)
_LINK_WORDS: Final = frozenset(
    [
        "and",
        "another",
        "one",
        "a",
        "an",
        "the",
        "second",
        "third",
        "fourth",
        "final",
        "first",
        "last",
        "other",
        "held",
        "was",
        "were",
        "took",
        "place",
        "in",
        "on",
        "from",
        "at",
        "then",
        "followed",
        "by",
        "session",
        "workshop",
        "training",
        "seminar",
        "course",
        "meeting",
        "event",
        "round",
        "in",
        "city",
        "of",
        "between",
        "with",
        "also",
        "again",
        "conference",
        "roundtable",
        "consultation",
        "webinar",
        "dialogue",
        "forum",
        "briefing",
        "subsequently",
        "later",
        "organized",
        "organised",
    ]
)
_LINK_ZH: Final = late(
    r"[)）]?\s?(?:举办|举行|召开)?\s?[、，,;；和及与]?\s?(?:以及|和|并|又|再|后|另一[场期次])?\s?(?:在|于|赴)?\s?"
)
_BEFORE_BRACKET: Final = late(
    r"(?:\bin|,|\band)\s(?P<name>[A-ZÀ-Þ][\w'’-]{2,24}(?:\s[A-ZÀ-Þ][\w'’-]{1,24}){0,2})\s\((?:\w+day,?\s)?$"
)
_RESPECTIVELY: Final = late(r"\brespectively\b|分别|相继|先后", re.IGNORECASE)


@dataclass(frozen=True)
class Occasion:
    """One event of a release: the days and the place that are its own, where there are several."""

    days: DayMention | None = None
    place: PlaceMention | None = None
    name: Span | None = None
    """The words that name it, where each event has its own name."""


def find(reading: Reading) -> Sequence[Occasion]:
    """Return the events of a release, at least one, in the order of the text."""
    for sentence in _leading(reading):
        found = _in_sentence(reading, sentence)
        if len(found) > 1:
            return found
    return (Occasion(),)


def _leading(reading: Reading) -> Iterator[Sentence]:
    """Yield the first sentences of the body in each language."""
    seen: dict[str, int] = {}
    for each in reading.page.sentences:
        if each.kind == Kind.BODY:
            seen[each.language] = seen.get(each.language, 0) + 1
            if seen[each.language] <= _FIRST_SENTENCES:
                yield each


def _in_sentence(reading: Reading, sentence: Sentence) -> list[Occasion]:
    days = [each.mention for each in dated(reading).dates if each.sentence == sentence and each.held]
    cities = [
        each.mention
        for each in placed(reading).places
        if each.sentence == sentence and each.mention.city and not each.of_people and not each.part_of_name
    ]
    cities = sorted([*cities, *_unknown(reading, days)], key=lambda each: each.span)
    text = reading.page.of(sentence.span)
    if not days or (_ONE_TOUR.search(text) and not _COUNTED.search(text)):
        return []
    named = named_events.find(reading.page.text, sentence.span, sentence.language, days, cities)
    if named:
        return [Occasion(*each) for each in named]
    return (
        _paired(reading, days, cities, text) or _respective(reading, days, cities, text) or _counted(days, cities, text)
    )


def _unknown(reading: Reading, days: Sequence[DayMention]) -> Iterator[PlaceMention]:
    """Yield the towns before days in brackets that no table has: Ogre in “in Riga (3/6) and Ogre (5/6)”."""
    text = reading.page.text
    for each in days:
        found = _BEFORE_BRACKET.search(text, max(0, each.span.start - 50), each.span.start)
        if found and text[each.span.end : each.span.end + 1] == ")":
            span = Span(found.start("name"), found.end("name"))
            if not any(other.span.meets(span) for other in reading.places):
                yield PlaceMention(span, "en", city={"en": found["name"]})


def _paired(reading: Reading, days: Sequence[DayMention], cities: Sequence[PlaceMention], text: str) -> list[Occasion]:
    """Read “in X on 3 May and another in Y on 5 May”: places and days in turn, with nothing else between them."""
    items: list[DayMention | PlaceMention] = sorted([*days, *cities], key=lambda each: each.span)
    found: list[Occasion] = []
    start = next((at for at in (0, 1) if _pairs_from(reading, items[at:])), None)
    if start is None:
        return []
    for one, other in _pairs_from(reading, items[start:]):
        if isinstance(one, PlaceMention) and not isinstance(other, PlaceMention):
            found.append(Occasion(other, one))
        elif isinstance(other, PlaceMention) and not isinstance(one, PlaceMention):
            found.append(Occasion(one, other))
    bracketed = all(
        reading.page.text[each.days.span.end : each.days.span.end + 1] in ")）" for each in found if each.days
    )
    distinct = len({(each.days.first, str(each.place.city)) for each in found if each.days and each.place}) == len(
        found
    )
    return found if distinct and (bracketed or _SEVERAL.search(text)) else []


def _is_place(item: object) -> bool:
    return isinstance(item, PlaceMention)


def _pairs_from(
    reading: Reading, items: Sequence[DayMention | PlaceMention]
) -> list[tuple[DayMention | PlaceMention, DayMention | PlaceMention]]:
    """Return the pairs of a place and a day, in turn, from the first item on; empty unless there are two at least."""
    text = reading.page.text
    pairs: list[tuple[DayMention | PlaceMention, DayMention | PlaceMention]] = []
    for one, other in zip(items[::2], items[1::2], strict=False):
        within = text[one.span.end : other.span.start]
        if _is_place(one) == _is_place(other) or not _WITHIN_PAIR.fullmatch(_without_country(reading, one, within)):
            break
        if pairs:
            between = text[pairs[-1][1].span.end : one.span.start]
            if _is_place(pairs[-1][0]) != _is_place(one) or not _links(
                _without_country(reading, pairs[-1][1], between)
            ):
                break
        pairs.append((one, other))
    return pairs if len(pairs) > 1 else []


def _without_country(reading: Reading, item: DayMention | PlaceMention, after: str) -> str:
    """Return what stands after a city without its country: “, Thailand, on” is “, on”."""
    if not _is_place(item):
        return after
    for each in reading.places:
        if not each.city and item.span.end <= each.span.start < item.span.end + 4:
            return after[max(0, each.span.end - item.span.end) :]
    return after


def _links(between: str) -> bool:
    """Tell whether words only lead from one event to the next: “ and another in ”."""
    if len(between) > _MOST_WORDS_BETWEEN:
        return False
    if _LINK_ZH.fullmatch(between):
        return True
    words = re.findall(r"[\w'-]+", between)
    return all(word.lower() in _LINK_WORDS for word in words) and not re.search(r"[^\w\s,;()'’&-]", between)


def _respective(
    reading: Reading, days: Sequence[DayMention], cities: Sequence[PlaceMention], text: str
) -> list[Occasion]:
    """Read “in X and Y on 3 and 5 May respectively”, “5月6日、8日分别在北京、上海”."""
    each_day = _day_by_day(days)
    if not _RESPECTIVELY.search(text) or len(cities) < 2 or len(cities) != len(each_day):
        return []
    beside = all(
        re.fullmatch(
            r"市?\s?(?:,|、|和|及|与|and|,\sand)\s?(?:in\s)?", reading.page.text[one.span.end : other.span.start]
        )
        for one, other in pairwise(cities)
    )
    return [Occasion(day, city) for day, city in zip(each_day, cities, strict=True)] if beside else []


def _counted(days: Sequence[DayMention], cities: Sequence[PlaceMention], text: str) -> list[Occasion]:
    """Read “two workshops in X on 3 and 5 May”: as many single days as there are events, and one place at most."""
    counted = _COUNTED.search(text)
    each_day = _day_by_day(days)
    if not counted or len(cities) > 1 or len(each_day) < 2:
        return []
    written = (counted["n"] or counted["n2"]).lower()
    number = int(written) if written.isdecimal() else _NUMBERS[written]
    place = cities[0] if cities else None
    return [Occasion(day, place) for day in each_day] if number == len(each_day) else []


def _day_by_day(days: Sequence[DayMention]) -> list[DayMention]:
    """Return each day of an enumeration as a mention of its own, with the span of all."""
    found = []
    for each in days:
        found.extend([replace(each, first=day, last=day, days=()) for day in each.days] or [each])
    return found
