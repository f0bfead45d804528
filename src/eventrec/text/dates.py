"""Dates as people write them, in English and Chinese; what can be read in two ways is refused with both readings."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.text.numerals import arabic

if TYPE_CHECKING:
    from collections.abc import Callable

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHINESE_WEEKDAYS: Final = "一二三四五六日"
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_HINT: Final = "Write it as 2024-10-17, 17 Oct 2024 or 2024年10月17日."

_RELATIVE: Final = {
    "today": 0, "tomorrow": 1, "yesterday": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "昨天": -1, "昨日": -1,
}  # fmt: skip
_DASH: Final = r"\s*(?:\.\.|-|~|to|until|至|到)\s*"
_MONTH: Final = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<{0}>\d{{4}})"
_SPACE: Final = r"(?:\s*,\s*|\s+of\s+|\s+)"


def _pattern(template: str) -> re.Pattern[str]:
    """Build a pattern from `D1 M1 Y1`-like words: day, month by name, year, number of month; `-` is any dash."""
    parts = {"D": _DAY, "M": _MONTH, "Y": _YEAR, "N": r"(?P<{0}>\d{{1,2}})"}
    out = re.sub(r"\b([DMYN])([12])\b", lambda found: parts[found[1]].format(found[1].lower() + found[2]), template)
    return re.compile(out.replace(" - ", _DASH).replace(" ", _SPACE).replace("¶", r"\s*"), re.IGNORECASE)


_PATTERNS: Final = tuple(
    map(
        _pattern,
        (
            r"Y1-N1-D1",
            r"Y1-N1-D1 - Y2-N2-D2",
            r"Y1-N1-D1(?:\.\.|至|到|~|\s+(?:to|-)\s+)N2-D2",
            r"Y1-N1-D1(?:\.\.|至|到|~|\s+(?:to|-)\s+)D2",
            r"Y1[/.]N1[/.]D1",
            r"Y1[/.]N1[/.]D1 - Y2[/.]N2[/.]D2",
            r"D1 M1 Y1",
            r"D1-M1-Y1",
            r"M1 D1 Y1",
            r"D1 - D2 M1 Y1",
            r"D1(?:\s+and\s+|\s*&\s*)D2 M1 Y1",
            r"M1 D1 - D2 Y1",
            r"D1 M1 - D2 M2 Y1",
            r"M1 D1 - M2 D2 Y1",
            r"D1 M1 Y1 - D2 M2 Y2",
            r"M1 D1 Y1 - M2 D2 Y2",
            r"Y1¶年¶N1¶月¶D1¶[日号]?",
            r"Y1¶年¶N1¶月¶D1¶[日号]? - D2¶[日号]?",
            r"Y1¶年¶N1¶月¶D1¶[日号]? - N2¶月¶D2¶[日号]?",
            r"Y1¶年¶N1¶月¶D1¶[日号]? - Y2¶年¶N2¶月¶D2¶[日号]?",
        ),
    )
)
_TWO_WAYS: Final = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})")
_NO_YEAR: Final = re.compile(
    rf"(?:{_DAY.format('d')}\s+{_MONTH.format('m')}|{_MONTH.format('m2')}\s+{_DAY.format('d2')}|\d{{1,2}}月\d{{1,2}}[日号]?"
    rf"|\d{{1,2}}[/.-]\d{{1,2}})",
    re.IGNORECASE,
)
_WEEKDAY: Final = re.compile(
    r"[,，(（]?\s*(?:(?P<en>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nes|nesday|r|rs|rsday|urday)?\b\.?"
    r"|(?:星期|周|礼拜)(?P<zh>[一二三四五六日天]))\s*[)）]?\s*[,，]?",
    re.IGNORECASE,
)


def read_dates(text: str, today: date) -> tuple[date, date]:
    """Return first and last day, both inclusive, of a date or a range.

    Raises Rejected for what is no date, has no year, is impossible, ends before it starts, names another weekday than
    it has, or can be read in two ways (`06/02/2025`).
    """
    plain, weekdays = _plain(text)
    if plain in _RELATIVE:
        day = today + timedelta(days=_RELATIVE[plain])
        return day, day
    if figures := _TWO_WAYS.fullmatch(plain):
        day = _in_figures(int(figures[1]), int(figures[3]), int(figures[4]), text)
        _check_weekdays(weekdays, day, day)
        return day, day
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(plain):
            first, last = _days(found.groupdict(), text)
            _check_weekdays(weekdays, first, last)
            return first, last
    return _by_parts(plain, text, today)


def read_date(text: str, today: date) -> date:
    """Return one day; a range is refused like anything else that is no single date."""
    first, last = read_dates(text, today)
    if first != last:
        raise Rejected(f"“{text}” is a range of days; one day is needed.", _HINT)
    return first


def read_period(text: str, today: date) -> tuple[date, date]:
    """Return first and last day of a year, a quarter, a month, or a range of dates."""
    plain, _ = _plain(text)
    for pattern, span in _PERIODS:
        if found := pattern.fullmatch(plain):
            return span(found, text)
    return read_dates(text, today)


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


def _plain(text: str) -> tuple[str, list[int]]:
    """Return the text in lower case, with plain digits and dashes and without weekdays; and the weekdays."""
    plain = unicodedata.normalize("NFKC", text[:200]).strip().lower()
    plain = re.sub(r"[\u2010-\u2015\u2212\u30fc\uff5e〜]", "-", plain)
    weekdays: list[int] = []

    def take(found: re.Match[str]) -> str:
        names = [name[:3].lower() for name in WEEKDAYS]
        zh = (found["zh"] or "").replace("天", "日")
        weekdays.append(names.index(found["en"].lower()) if found["en"] else _CHINESE_WEEKDAYS.index(zh))
        return " "

    plain = _WEEKDAY.sub(take, plain)
    return " ".join(arabic(plain).split()), weekdays


def _days(parts: dict[str, str | None], text: str) -> tuple[date, date]:
    year, month = int(parts["y1"] or 0), _month(parts, "1")
    later = parts.get("d2") is not None
    first = _day(year, month, int(parts["d1"] or 0), text)
    if not later:
        return first, first
    year2 = int(parts.get("y2") or year)
    last = _day(year2, _month(parts, "2") or month, int(parts["d2"] or 0), text)
    if last < first:
        raise Rejected(f"“{text}” ends ({say_date(last)}) before it starts ({say_date(first)}).", _HINT)
    return first, last


def _month(parts: dict[str, str | None], which: str) -> int:
    name, number = parts.get(f"m{which}"), parts.get(f"n{which}")
    if name:
        return 1 + [month[:3].lower() for month in MONTHS].index(name[:3].lower())
    return int(number or 0)


def _day(year: int, month: int, day: int, text: str) -> date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Rejected(f"“{text}” is in the year {year}.", f"Years go from {_FIRST_YEAR} to {_LAST_YEAR}.")
    if not 1 <= month <= 12:
        raise Rejected(f"“{text}”: there is no month {month}.", _HINT)
    longest = monthrange(year, month)[1]
    if not 1 <= day <= longest:
        raise Rejected(f"“{text}”: {MONTHS[month - 1]} {year} has {longest} days.", "Correct the day.")
    return date(year, month, day)


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


def _by_parts(plain: str, text: str, today: date) -> tuple[date, date]:
    """Read a range whose two sides are dates of their own, and say what is missing in the rest."""
    sides = re.split(r"\.\.|\s-\s|\bto\b|\buntil\b|[至到~]", plain, maxsplit=1)
    if len(sides) == 2 and all(side.strip() for side in sides):
        first, last = (read_dates(side, today)[at] for at, side in enumerate(sides))
        if last < first:
            raise Rejected(f"“{text}” ends ({say_date(last)}) before it starts ({say_date(first)}).", _HINT)
        return first, last
    if _NO_YEAR.fullmatch(plain):
        raise Rejected(f"“{text}” does not say its year.", _HINT)
    raise Rejected(f"“{text[:60]}” is not understood as a date.", _HINT)


def _check_weekdays(weekdays: list[int], first: date, last: date) -> None:
    for weekday, day in zip(weekdays, (first, last), strict=False):
        if weekday != day.weekday():
            raise Rejected(f"{say_date(day)} is no {WEEKDAYS[weekday]}.", "Correct the day, or leave the weekday out.")


def _months(year: str, first: int, last: int, text: str) -> tuple[date, date]:
    start = _day(int(year), first, 1, text)
    return start, date(start.year, last, monthrange(start.year, last)[1])


def _quarter(found: re.Match[str], text: str) -> tuple[date, date]:
    number = int(found["q"])
    return _months(found["y"], number * 3 - 2, number * 3, text)


def _one_month(found: re.Match[str], text: str) -> tuple[date, date]:
    parts = found.groupdict()
    number = int(parts["n"]) if parts.get("n") else _month({"m1": parts.get("m")}, "1")
    return _months(found["y"], number, number if 1 <= number <= 12 else 12, text)


_PERIODS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], tuple[date, date]]], ...]] = (
    (re.compile(r"(?P<y>\d{4})\s*年?"), lambda found, text: _months(found["y"], 1, 12, text)),
    (re.compile(r"(?P<y>\d{4})[\s-]*q(?P<q>[1-4])"), _quarter),
    (re.compile(r"q(?P<q>[1-4])[\s/-]*(?P<y>\d{4})"), _quarter),
    (re.compile(r"(?P<y>\d{4})\s*年\s*第?(?P<q>[1-4])\s*季度"), _quarter),
    (re.compile(r"(?P<y>\d{4})[-/](?P<n>\d{1,2})"), _one_month),
    (re.compile(r"(?P<y>\d{4})\s*年\s*(?P<n>\d{1,2})\s*月"), _one_month),
    (re.compile(rf"{_MONTH.format('m')}\s+(?P<y>\d{{4}})", re.IGNORECASE), _one_month),
)
