"""Dates as people write them, in English and Chinese; what can be read in two ways is refused with both readings."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.patterns import late
from eventrec.text.iso import FIRST_YEAR, LAST_YEAR
from eventrec.text.numerals import arabic
from eventrec.text.typed import plain, shortened
from eventrec.text.weekdays import WEEKDAYS, Named, take_weekdays

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_HINT: Final = "Write it as 2024-10-17, 17 Oct 2024 or 2024年10月17日."

_RELATIVE: Final = {
    "today": 0, "tomorrow": 1, "yesterday": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "昨天": -1, "昨日": -1,
}  # fmt: skip
_MONTH: Final = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_PARTS: Final = {
    "D": r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?",
    "M": _MONTH,
    "N": r"(?P<{0}>\d{{1,2}})",
    "Y": r"(?P<{0}>\d{{4}})",
    "R": r"\s*[日号]?",
}
_SPACE: Final = r"(?:\s*,\s*|\s+of\s+|\s+)"
_DASH: Final = r"\s*(?:\.\.|-|~|\bto\b|\buntil\b|[至到])\s*"
_WIDE_DASH: Final = r"(?:\s*(?:\.\.|~|[至到])\s*|\s+(?:-|to|until)\s+)"
_AND: Final = r"(?P<both>\s*(?:\band\b|[&、和及])\s*)"

_SINGLE_DAYS: Final = (
    "Y1-N1-D1",
    "Y1[/.]N1[/.]D1",
    "D1 M1 Y1",
    "D1-M1-Y1",
    "M1 D1 Y1",
    r"Y1\s*年\s*N1\s*月\s*D1R0",
)
_RANGES: Final = (
    "Y1-N1-D1 = D2",
    "Y1-N1-D1 = N2-D2",
    "Y1[/.]N1[/.]D1 - D2",
    "Y1[/.]N1[/.]D1 - N2[/.]D2",
    "D1 - D2 M1 Y1",
    "D1 + D2 M1 Y1",
    "M1 D1 - D2 Y1",
    "M1 D1 + D2 Y1",
    "D1 M1 - D2 M2 Y1",
    "M1 D1 - M2 D2 Y1",
    r"Y1\s*年\s*N1\s*月\s*D1R0 - D2R0",
    r"Y1\s*年\s*N1\s*月\s*D1R0 + D2R0",
    r"Y1\s*年\s*N1\s*月\s*D1R0 - N2\s*月\s*D2R0",
)
"""D is a day, M a month by name, N by number, Y a year; ` - ` any dash, ` = ` one that is no hyphen inside a date,
` + ` an “and”, and other blanks what may stand between the parts. A range of two whole dates needs no pattern."""

_TWO_WAYS: Final = late(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})")
_SIDES: Final = late(
    r"\.\.|\s-\s|\bto\b|\buntil\b|[至到~]|(?<=[日号])-|/(?=\d{4}-)|-(?=\d{4}[-/.年])|(?<=\d{4})-(?=[a-z]|\d{1,2}[/.\s])"
)
_NO_YEAR: Final = late(
    rf"\d\s*{_MONTH.format('before')}|{_MONTH.format('after')}\s*\d|月|\d{{1,2}}\s*[/.-]\s*\d{{1,2}}"
)


def read_dates(text: str, today: date) -> tuple[date, date]:
    """Return first and last day, both inclusive, of a date or a range.

    Raises Rejected for what is no date, has no year, is impossible, ends before it starts, names another weekday than
    it has, or can be read in two ways (`06/02/2025`).
    """
    written, weekdays = _prepared(text)
    first, last = _single_or_range(written, shortened(text), today)
    if last < first:
        raise Rejected(
            f"“{shortened(text)}” ends ({say_date(last)}) before it starts ({say_date(first)}).",
            "Give the earlier day first.",
        )
    _check_weekdays(weekdays, first, last)
    return first, last


def read_date(text: str, today: date) -> date:
    """Return one day; a range is refused like anything else that is no single date."""
    first, last = read_dates(text, today)
    if first != last:
        raise Rejected(f"“{shortened(text)}” is a range of days; one day is needed.", _HINT)
    return first


def read_period(text: str, today: date) -> tuple[date, date]:
    """Return first and last day, both inclusive, of a year, a quarter, a month, or a range of dates."""
    written, weekdays = _prepared(text)
    period = None if weekdays else _period(written, shortened(text))
    return period or read_dates(text, today)


def read_bound(text: str, today: date, last: bool) -> date:
    """Return the first, or with `last` the last, day of a date or period."""
    return read_period(text, today)[1 if last else 0]


def say_date(day: date) -> str:
    """Return a day in words: Thursday 17 October 2024."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def say_dates(first: date | None, last: date | None) -> str:
    """Return a range in words, as short as can be; without a date, that it is not known."""
    if first is None:
        return "date not known"
    if last is None or first == last:
        return say_date(first)
    start = f"{WEEKDAYS[first.weekday()]} {first.day}"
    if first.year != last.year:
        start = say_date(first)
    elif first.month != last.month:
        start = f"{start} {MONTHS[first.month - 1]}"
    return f"{start} – {say_date(last)}"


def _prepared(text: str) -> tuple[str, list[Named]]:
    """Return the text in lower case, with plain digits and dashes and without weekdays; and the weekdays."""
    written = re.sub(r"[\u2010-\u2015\u2212\u30fc〜]+", "-", plain(text, "A date").lower())
    written, weekdays = take_weekdays(written)
    return " ".join(arabic(written).split()), weekdays


def _single_or_range(written: str, text: str, today: date) -> tuple[date, date]:
    day = _single_day(written, text, today)
    if day is not None:
        return day, day
    for pattern in _patterns(_RANGES):
        if found := pattern.fullmatch(written):
            return _range(found.groupdict(), text)
    sides = [side.strip() for side in _SIDES.split(written)]
    days = [_single_day(side, side, today) for side in sides] if len(sides) == 2 else []
    if days and days[0] and days[1]:
        return days[0], days[1]
    raise _not_understood(written, text)


def _single_day(written: str, text: str, today: date) -> date | None:
    if written in _RELATIVE:
        return today + timedelta(days=_RELATIVE[written])
    if figures := _TWO_WAYS.fullmatch(written):
        return _in_figures(int(figures[1]), int(figures[3]), int(figures[4]), text)
    for pattern in _patterns(_SINGLE_DAYS):
        if found := pattern.fullmatch(written):
            parts = found.groupdict()
            return _day(int(parts["y1"]), _month(parts, "1"), int(parts["d1"]), text)
    return None


@cache
def _patterns(templates: tuple[str, ...]) -> list[re.Pattern[str]]:
    """Compile templates when the first date is read: commands that only show dates need none of them."""
    return [re.compile(_expression(template)) for template in templates]


def _expression(template: str) -> str:
    for sign, expression in ((" - ", _DASH), (" = ", _WIDE_DASH), (" + ", _AND), (" ", _SPACE)):
        template = template.replace(sign, expression)
    return re.sub("([DMNYR])([012])", lambda found: _PARTS[found[1]].format(found[1].lower() + found[2]), template)


def _range(parts: Mapping[str, str | None], text: str) -> tuple[date, date]:
    year, month = int(parts["y1"] or 0), _month(parts, "1")
    first = _day(year, month, int(parts["d1"] or 0), text)
    last = _day(year, _month(parts, "2") or month, int(parts["d2"] or 0), text)
    if parts.get("both") and last - first != timedelta(days=1):
        raise Rejected(
            f"“{text}” are two days that do not follow each other.",
            f"For all days in between write {first}..{last}; else record two events.",
        )
    return first, last


def _month(parts: Mapping[str, str | None], which: str) -> int:
    name, number = parts.get(f"m{which}"), parts.get(f"n{which}")
    if name:
        return 1 + [month[:3].lower() for month in MONTHS].index(name[:3])
    return int(number or 0)


def _day(year: int, month: int, day: int, text: str) -> date:
    _check_month(year, month, text)
    longest = monthrange(year, month)[1]
    if day < 1:
        raise Rejected(f"“{text}”: there is no day {day}.", "Correct the day.")
    if day > longest:
        raise Rejected(f"“{text}”: {MONTHS[month - 1]} {year} has {longest} days.", "Correct the day.")
    return date(year, month, day)


def _check_month(year: int, month: int, text: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Rejected(f"“{text}” is in the year {year}.", f"Years go from {FIRST_YEAR} to {LAST_YEAR}.")
    if not 1 <= month <= 12:
        raise Rejected(f"“{text}”: there is no month {month}.", _HINT)


def _in_figures(one: int, other: int, year: int, text: str) -> date:
    """Read day and month in figures where only one order is possible; refuse them where both are."""
    readings = {(day, month) for day, month in ((one, other), (other, one)) if 1 <= month <= 12 and 1 <= day <= 31}
    if len(readings) == 2:
        first, second = (f"{day} {MONTHS[month - 1]} {year}" for day, month in sorted(readings))
        raise Rejected(f"“{text}” can be read as {first} or as {second}.", "Write the month as a word, or 2024-10-17.")
    if not readings:
        raise Rejected(f"“{text}” is no date: there is no month {min(one, other)}.", _HINT)
    day, month = readings.pop()
    return _day(year, month, day, text)


def _not_understood(written: str, text: str) -> Rejected:
    if _period(written, text):
        return Rejected(f"“{text}” names no day.", _HINT)
    if _NO_YEAR.search(written) and not re.search(r"\d{4}", written):
        return Rejected(
            f"“{text}” does not say its year.", "Write its four digits: 2024-10-17, 17 Oct 2024 or 2024年10月17日."
        )
    return Rejected(f"“{text}” is not understood as a date.", _HINT)


def _check_weekdays(weekdays: list[Named], first: date, last: date) -> None:
    for weekday, of_last in weekdays:
        day = last if of_last else first
        if weekday != day.weekday():
            raise Rejected(f"{say_date(day)} is no {WEEKDAYS[weekday]}.", "Correct the day, or leave the weekday out.")


def _period(written: str, text: str) -> tuple[date, date] | None:
    """Return first and last day of a year, a quarter or a month; None for what is none of them."""
    for expression, months in _PERIODS:
        if found := re.fullmatch(expression, written):
            first, last = months(found)
            year = int(found["y"])
            _check_month(year, first, text)
            return date(year, first, 1), date(year, last, monthrange(year, last)[1])
    return None


def _whole_year(_: re.Match[str]) -> tuple[int, int]:
    return 1, 12


def _quarter(found: re.Match[str]) -> tuple[int, int]:
    return int(found["q"]) * 3 - 2, int(found["q"]) * 3


def _one_month(found: re.Match[str]) -> tuple[int, int]:
    parts = found.groupdict()
    month = _month({"m1": parts.get("m"), "n1": parts.get("n")}, "1")
    return month, month


_PERIODS: Final[tuple[tuple[str, Callable[[re.Match[str]], tuple[int, int]]], ...]] = (
    (r"(?P<y>\d{4})\s*年?", _whole_year),
    (r"(?P<y>\d{4})[\s-]*q(?P<q>[1-4])", _quarter),
    (r"q(?P<q>[1-4])[\s/-]*(?P<y>\d{4})", _quarter),
    (r"(?P<y>\d{4})\s*年\s*第?\s*(?P<q>[1-4])\s*季度?", _quarter),
    (r"(?P<y>\d{4})[-/](?P<n>\d{1,2})", _one_month),
    (r"(?P<y>\d{4})\s*年\s*(?P<n>\d{1,2})\s*月份?", _one_month),
    (rf"{_MONTH.format('m')}{_SPACE}(?P<y>\d{{4}})", _one_month),
)
