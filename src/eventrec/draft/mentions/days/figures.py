"""Dates in figures alone: 2024-10-17, 2024.10.17-18, 17.10.2024, 06/02/2018, (21/9); and which part is the month."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.days.day import Day, DayMention, length
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TO: Final = r"\s{0,2}(?:[-–—~～−]|至|到|\bto\b|\band\b|&)\s{0,2}"
_WIDE: Final = r"(?:\s{0,2}(?:至|到|\.\.|\bto\b|[~～–—])\s{0,2}|\s-\s)"
_YEAR_FIRST: Final = late(
    r"(?<![\d/.-])(?P<y>[12]\d{3})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d|(?P=sep)\d)"
    rf"(?:(?:(?<=\d)(?:{_WIDE})|(?<=[/.]\d\d)-|(?<=[/.]\d)-)(?:(?P<m2>\d{{1,2}})(?P=sep))?(?P<d2>\d{{1,2}})(?![\d:/.-]))?"
)
_YEAR_LAST: Final = late(
    rf"(?<![\d/.-])(?:(?P<a0>\d{{1,2}})(?:\.|(?P<sep0>[/.])(?P<b0>\d{{1,2}})\.?)?{_TO})?"
    r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>[12]\d{3})(?![\d/]|[.-]\d)"
)
_NO_YEAR: Final = late(
    r"(?:[(（]\s?(?:\w{2,9},?\s)?|\b(?:on|today|yesterday|tomorrow|from),?\s{1,2}|[今昨明][天日][(（]?)"
    rf"(?P<a>\d{{1,2}})(?:\s?/\s?(?P<b>\d{{1,2}}))?(?:{_TO}(?P<a2>\d{{1,2}})(?:\s?/\s?(?P<b2>\d{{1,2}}))?)?(?![\d/.%-]|\s?:)"
)
_WEEK: Final = late(r"\b(?:this|last|next) week\b|本周|上周|下周|这周")


def find(text: str) -> Iterator[DayMention]:
    """Return each date, the year first ones first; in the order day, month where both are possible."""
    taken: set[int] = set()
    for found in _YEAR_FIRST.finditer(text):
        taken.update(range(found.start(), found.end()))
        yield _year_first(found)
    for found in _YEAR_LAST.finditer(text):
        if found.start("a") not in taken:
            taken.update(range(found.start(), found.end()))
            yield from _year_last(found)
    for found in _NO_YEAR.finditer(text):
        if found.start("a") not in taken and (found["b"] or found["b2"]):
            yield from _no_year(found)


def _language(found: re.Match[str]) -> str:
    near = found.string[max(0, found.start() - 12) : found.end() + 12]
    return "zh" if re.search(r"[\u3400-\u9fff]", near) else "en"


def _year_first(found: re.Match[str]) -> DayMention:
    first = Day(int(found["m"]), int(found["d"]), int(found["y"]))
    last = first
    if found["d2"]:
        last = Day(int(found["m2"] or found["m"]), int(found["d2"]), int(found["y"]))
    return DayMention(Span(found.start(), found.end()), first, last, _language(found), in_figures=True)


def _year_last(found: re.Match[str]) -> Iterator[DayMention]:
    year, a, b = int(found["y"]), int(found["a"]), int(found["b"])
    before = (int(found["a0"]), int(found["b0"] or b)) if found["a0"] else (a, b)
    span = Span(found.start(), found.end())
    yield from _both_ways(span, _language(found), before, (a, b), year, whole=not found["a0"] or bool(found["b0"]))


def _no_year(found: re.Match[str]) -> Iterator[DayMention]:
    start = found.start("a")
    a, b = int(found["a"]), int(found["b"] or found["b2"])
    last = (int(found["a2"]), int(found["b2"] or b)) if found["a2"] else (a, b)
    span = Span(start, found.end())
    if found["b"] and found["a2"] and not found["b2"]:
        span, last = Span(start, found.end("b")), (a, b)
    yield from _both_ways(span, _language(found), (a, b), last, None, whole=bool(found["b"]))


def _both_ways(
    span: Span, language: str, first: tuple[int, int], last: tuple[int, int], year: int | None, *, whole: bool
) -> Iterator[DayMention]:
    """Return the days with the month second, and what they are with the month first; `whole` if that can be."""
    days = [Day(month, day, year) for day, month in (first, last)]
    turned = [Day(month, day, year) for month, day in (first, last)]
    possible = [each for each in (days, turned if whole else None) if each and _rise(each)]
    if not possible:
        yield DayMention(span, days[0], days[1], language, in_figures=True)
        return
    other = (possible[1][0], possible[1][1]) if len(possible) > 1 and possible[0] != possible[1] else None
    yield DayMention(span, possible[0][0], possible[0][1], language, other=other, in_figures=True)


def _rise(days: Sequence[Day]) -> bool:
    return all(each.exists for each in days) and (days[0].month, days[0].day) <= (days[1].month, days[1].day)


def settle(mentions: Sequence[DayMention], text: str) -> list[DayMention]:
    """Decide between day and month first where the release says it elsewhere; else it stays open, the day first."""
    open_ones = [each for each in mentions if each.other]
    if not open_ones:
        return list(mentions)
    swapped = _decided(mentions, open_ones, text)
    if swapped is None:
        return list(mentions)
    return [_turned(each) if swapped and each.other else replace(each, other=None) for each in mentions]


def _turned(mention: DayMention) -> DayMention:
    first, last = mention.other or (mention.first, mention.last)
    return replace(mention, first=first, last=last, other=None)


def _decided(mentions: Sequence[DayMention], open_ones: Sequence[DayMention], text: str) -> bool | None:
    """Tell whether the month stands first (True) or the day (False); None where nothing in the text says it."""
    for says in (_by_figures_above_twelve, _by_stamp, _by_other_dates, _by_weekday, _by_week):
        day_first, month_first = says(mentions, open_ones, text)
        if day_first != month_first:
            return month_first
    return None


def _by_figures_above_twelve(mentions: Sequence[DayMention], _: Sequence[DayMention], text: str) -> tuple[bool, bool]:
    """Go by one that can be read in one way only."""
    day_first = month_first = False
    for each in mentions:
        if each.in_figures and not each.other and each.exists and each.first.day > 12:
            figures = re.findall(r"\d+", text[each.span.start : each.span.end])
            if len(figures[0]) <= 2:
                day_first |= int(figures[0]) == each.first.day
                month_first |= int(figures[0]) == each.first.month
    return day_first, month_first


def _by_stamp(_: Sequence[DayMention], open_ones: Sequence[DayMention], text: str) -> tuple[bool, bool]:
    """Go by a number of the page that repeats the date, the year first: 180206."""
    stamps = set(re.findall(r"(?<!\d)(?:20)?(\d{6})(?!\d)", text))
    found = [False, False]
    for each in open_ones:
        for way, day in enumerate((each.first, each.other[0] if each.other else each.first)):
            if day.year is not None:
                found[way] |= f"{day.year % 100:02}{day.month:02}{day.day:02}" in stamps
    return found[0], found[1]


def _by_other_dates(mentions: Sequence[DayMention], open_ones: Sequence[DayMention], _: str) -> tuple[bool, bool]:
    """Go by the same day where it stands in words or with the year first."""
    known = {(each.first.month, each.first.day) for each in mentions if not each.other and each.exists}
    day_first = any((each.first.month, each.first.day) in known for each in open_ones)
    month_first = any(each.other and (each.other[0].month, each.other[0].day) in known for each in open_ones)
    return day_first, month_first


def _by_weekday(_: Sequence[DayMention], open_ones: Sequence[DayMention], __: str) -> tuple[bool, bool]:
    found = [False, False]
    for each in open_ones:
        for way, day in enumerate((each.first, each.other[0] if each.other else each.first)):
            found[way] |= each.weekday is not None and day.year is not None and day.on().weekday() == each.weekday
    return found[0], found[1]


def _by_week(_: Sequence[DayMention], open_ones: Sequence[DayMention], text: str) -> tuple[bool, bool]:
    """Go by “this week”: all of its days lie within seven."""
    if len(open_ones) < 2 or not _WEEK.search(text):
        return False, False
    return _near([each.first for each in open_ones]), _near([each.other[0] for each in open_ones if each.other])


def _near(days: Sequence[Day]) -> bool:
    ordered = sorted(days, key=lambda day: (day.year or 0, day.month, day.day))
    return length(ordered[0], ordered[-1]) <= 7
