"""Dates with the month's English name: “17th October 2024”, “March 11-13”, “5, 7 and 9 May”."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.days.day import Day, DayMention
from eventrec.patterns import late

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SHORT: Final = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec")
_LONG_NAMES: Final = "|".join((*_MONTHS, *map(str.upper, _MONTHS)))
_SHORT_NAMES: Final = "|".join((*_SHORT, *map(str.upper, _SHORT)))
_MONTH: Final = rf"(?:(?:{_LONG_NAMES})\b|(?:{_SHORT_NAMES})\b\.?)"
_DAY: Final = r"(?:the\s)?\d{1,2}(?:st|nd|rd|th|ST|ND|RD|TH)?(?![\d/%]|[.:]\d)"
_WEEKDAY: Final = (
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|MON|TUE|WED|THU|FRI|SAT|SUN)"
    r"(?:s|day|sday|nesday|rs|rsday|urday|DAY|SDAY|NESDAY|RSDAY|URDAY)?\b\.?"
)
_YEAR: Final = r"(?:,?\s{1,3}|-)(?P<year>[12]\d{3})(?![\d-])"
_NO_COUNT: Final = r"(?!\s{1,3}(?!(?:as|has|is|this|was)\b)[a-z-]{2,20}s\b)"
"""After the figure no plural may come: “on May 5 and 20 officials” names one day."""

_TO: Final = r"\s{0,3}(?:[-–—−~]{1,2}|\bto\b|\buntil\b|\btill\b|\bthrough\b)\s{0,3}"
_AND: Final = r"\s{0,3}(?:,\s{0,3})?(?:\band\b|&|\bor\b)\s{0,3}"
_BESIDE: Final = rf"(?:\(?{_WEEKDAY}\)?,?\s{{1,3}})?"
_MORE: Final = rf"(?:(?:{_TO}|{_AND}|\s?,\s{{0,3}}){_BESIDE}{_DAY}(?:\s{{1,3}}\({_WEEKDAY}\))?)"

_DAY_FIRST: Final = (
    rf"(?<!\d)(?<!\d[/.,:-])(?P<days>{_DAY}(?:,?\s{{1,3}}\(?{_WEEKDAY}\)?)?{_MORE}{{0,6}})"
    rf"(?:\s{{1,3}}(?:of\s{{1,3}})?|-)(?P<month>{_MONTH})(?:{_YEAR})?"
)
_MONTH_FIRST: Final = (
    rf"\b(?P<month>{_MONTH})\s{{1,3}}"
    rf"(?P<days>{_DAY}(?:(?:{_TO}{_BESIDE}|(?:\s?,\s{{0,3}}{_DAY}){{0,5}}{_AND}{_BESIDE}){_DAY}{_NO_COUNT})?)(?:{_YEAR})?"
)
_DATES: Final = (late(_DAY_FIRST), late(_MONTH_FIRST))
_MONTHS_NAMED: Final = late(rf"\b{_MONTH}")
_AROUND: Final = 90
_ONE_DAY: Final = late(r"\d{1,2}")
_RANGE: Final = late(_TO)
_COUNTED: Final = late(r"\s{1,3}(?:[a-z-]{1,20}\s){0,2}(?!(?:as|has|is|this|was)\b)[a-z-]{2,20}s\b")
_BEFORE: Final = late(rf"({_WEEKDAY})[,(]{{0,2}}\s{{0,3}}(?:the\s|on\s)?$")
_AFTER: Final = late(rf",?\s{{0,3}}\(?({_WEEKDAY})")

JOINED: Final = late(
    rf"(?P<to>{_TO}|\s?[,(]?\s{{0,3}}{_WEEKDAY}\)?{_TO})(?P<beside>{_BESIDE})(?:the\s)?|(?P<and>{_AND}{_BESIDE}(?:on\s)?)"
)
"""What stands between two dates that are one range: “29 November – 2 December”."""


def find(text: str, most: int) -> Iterator[DayMention]:
    """Return each date, at most some in each form and in no certain order; some have days that do not exist."""
    windows = _windows(text, most)
    for pattern in _DATES:
        for start, end in windows:
            for found in pattern.finditer(text, start, end):
                if not _is_count(text, found):
                    yield from _mention(text, found, Span(found.start(), found.end()))


def _windows(text: str, most: int) -> list[tuple[int, int]]:
    """Return the stretches around the names of months, in order and apart."""
    windows: list[tuple[int, int]] = []
    for found in islice(_MONTHS_NAMED.finditer(text), most):
        start, end = max(0, found.start() - _AROUND), found.end() + _AROUND
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def month_number(name: str) -> int:
    """Return the month of an English name, full or short."""
    return 1 + [month[:3].lower() for month in _MONTHS].index(name[:3].lower())


def weekday_number(name: str) -> int:
    """Return the weekday of an English name, full or short; Monday is 0."""
    return ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name[:3].lower())


def _is_count(text: str, found: re.Match[str]) -> bool:
    """Tell whether the figure counts something: “In May 20 officials were trained”."""
    if found["year"] or found.start("days") < found.start("month"):
        return False
    before = text[max(0, found.start() - 3) : found.start()].lower()
    return before.endswith(("in ", "in\n")) and _COUNTED.match(text, found.end()) is not None


def _mention(text: str, found: re.Match[str], span: Span) -> Iterator[DayMention]:
    month, year = month_number(found["month"]), int(found["year"]) if found["year"] else None
    written = found["days"]
    days = tuple(Day(month, int(each), year) for each in _ONE_DAY.findall(written))
    rising = all(one.day < other.day for one, other in pairwise(days))
    if not rising:
        days, span = days[-1:], Span(found.start("days") + _last_figure(written), found.end())
        if found.start("month") < found.start("days"):
            return
    between = text[max(0, span.start - 8) : span.start].lower() == "between "
    listed = len(days) > 2 or (len(days) == 2 and not between and not _RANGE.search(written))
    yield DayMention(span, days[0], days[-1], "en", days if listed else (), weekday=_weekday(text, span))


def _last_figure(written: str) -> int:
    return [each.start() for each in _ONE_DAY.finditer(written)][-1]


def _weekday(text: str, span: Span) -> int | None:
    before = _BEFORE.search(text, max(0, span.start - 16), span.start)
    found = before or _AFTER.match(text, span.end)
    return weekday_number(found[1]) if found else None
