"""Times and durations as meeting reports print them, in all their languages."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eventrec.formats.sheets.records import CellValue

Order = Literal["month first", "day first"]
ORDERS: Final[tuple[Order, ...]] = ("month first", "day first")

_BLANK: Final = ("", "-", "--", "—", "n/a", "na", "null", "none", "无")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONE: Final = re.compile(
    r"(?<=[\d\s])(?:\(?(?:gmt|utc)\s*(?:[+-]\s*\d{1,2}(?::?\d{2})?)?\)?|z|[+-]\d{2}:?\d{2})$", re.I
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_FIGURES: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_MONTH_NAMED: Final = re.compile(r"([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})", re.I)
_DAY_NAMED: Final = re.compile(r"(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s,-]+(\d{4})", re.I)
_CLOCK: Final = re.compile(
    r"(?P<zh>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上)?\s*(?P<hour>\d{1,2})\s*[:.时點点]\s*(?P<minute>\d{2})"
    r"(?:\s*[:.分]\s*(?P<second>\d{2})(?:\.\d+)?)?\s*[分秒]?\s*(?P<half>[ap]\.?\s?m\.?)?",
    re.I,
)
_AFTERNOON: Final = ("下午", "傍晚", "晚上")
_SERIAL_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 (local as printed)
_SERIALS: Final = range(20_000, 80_000)
"""Excel's numbers of the days from 1954 to 2119."""

_DAY: Final = 86_400
_LONGEST: Final = 100 * _DAY

_UNITS: Final = (
    ("h", 3600, r"h|hrs?|hours?|std\.?|stunden?|heures?|horas?|godz\.?|小时|小時|时|時"),
    ("m", 60, r"m|mins?\.?|minutes?|minuten|minutos?|分钟|分鐘|分"),
    ("s", 1, r"s|secs?\.?|seconds?|sek\.?|sekunden|secondes?|segundos?|秒钟|秒"),
)
_IN_WORDS: Final = re.compile(
    r"(?:pt)?"
    + "".join(
        rf"(?:(?P<{name}>\d{{1,6}}(?:\.\d{{1,9}})?)\s*(?:{words})(?![a-z])\s*,?\s*)?" for name, _, words in _UNITS
    ),
    re.I,
)
_ISO_DURATION: Final = re.compile(r"pt(?:(?P<h>\d{1,6})h)?(?:(?P<m>\d{1,6})m)?(?:(?P<s>\d{1,6})(?:\.\d+)?s)?", re.I)
_BY_COLONS: Final = re.compile(r"(?:(\d{1,2})\s*days?,\s*)?(\d{1,3}):([0-5]?\d):([0-5]?\d)(?:\.\d+)?", re.I)


def is_blank(value: CellValue) -> bool:
    """Tell whether a cell says nothing."""
    return value is None or (isinstance(value, str) and plain(value).lower() in _BLANK)


def plain(text: str) -> str:
    """Return a text with plain letters, digits and spaces, without unseen marks."""
    if text.isascii():
        return " ".join(text.split())
    folded = unicodedata.normalize("NFKC", text)
    return " ".join("".join(char for char in folded if unicodedata.category(char) != "Cf").split())


def order_of(values: Iterable[CellValue], day: date | None = None) -> Order:
    """Return whether 10/11/2024 is in October or in November, as the whole report tells.

    A figure above 12 tells it, then the `day` of the event, then AM and PM in capitals, as the American order has them;
    else the order in which the report spans less time, as no meeting goes on for weeks.
    """
    texts = [plain(value) for value in values if isinstance(value, str)]
    figures = [found for text in texts if (found := _FIGURES.match(text))]
    months_first = sum(int(found[3]) > 12 for found in figures)
    days_first = sum(int(found[1]) > 12 or found[2] == "." for found in figures)
    if months_first != days_first:
        return "month first" if months_first > days_first else "day first"
    spans = {order: [at for text in texts if (at := _read(text, order))] for order in ORDERS}
    if day is not None:
        fitting = [order for order in ORDERS if any(at.date() == day for at in spans[order])]
        if len(fitting) == 1:
            return fitting[0]
    if any(re.search(r"\d\s*[AP]M\b", text) for text in texts):
        return "month first"
    return min(ORDERS, key=lambda order: max(spans[order]) - min(spans[order]) if spans[order] else timedelta())


def moment(value: CellValue, order: Order, beside: datetime | None = None) -> datetime | None:
    """Return a moment without its zone, as printed; None when it is not understood.

    Hours alone are of the day of `beside`, or of the day after where they would otherwise be before it.
    """
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, time):
        return _beside(value, beside)
    if isinstance(value, bool) or value is None or isinstance(value, date):
        return None
    if isinstance(value, int | float):
        is_serial = _SERIALS.start <= value < _SERIALS.stop
        return _SERIAL_ZERO + timedelta(seconds=round(value * _DAY)) if is_serial else None
    text = plain(value)
    alone = _clock(_ZONE.sub("", text).strip())
    return _beside(alone, beside) if alone else _read(text, order)


def _beside(clock: time, beside: datetime | None) -> datetime | None:
    if beside is None:
        return None
    at = datetime.combine(beside.date(), clock)
    return at if at >= beside else at + timedelta(days=1)


def _read(text: str, order: Order) -> datetime | None:
    text = _ZONE.sub("", text).strip()
    for pattern in (_YEAR_FIRST, _FIGURES, _MONTH_NAMED, _DAY_NAMED):
        found = pattern.match(text)
        if found:
            clock = _clock(text[found.end() :].strip(" ,T-"))
            return _moment(_day(pattern, found, order), clock) if clock else None
    return None


def _day(pattern: re.Pattern[str], found: re.Match[str], order: Order) -> tuple[int, int, int]:
    if pattern is _FIGURES:
        return _figures(found, order)
    if pattern is _YEAR_FIRST:
        return int(found[1]), int(found[2]), int(found[3])
    month, day = (found[1], found[2]) if pattern is _MONTH_NAMED else (found[2], found[1])
    return int(found[3]), _month(month), int(day)


def _figures(found: re.Match[str], order: Order) -> tuple[int, int, int]:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    month, day = (first, second) if order == "month first" else (second, first)
    if month > 12:
        month, day = day, month
    return year + 2000 if year < 100 else year, month, day


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1 if name.lower() in _MONTHS else 0


def _moment(day: tuple[int, int, int], clock: time) -> datetime | None:
    try:
        return datetime.combine(date(*day), clock)
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hour, half = int(found["hour"]), (found["half"] or "").lower()[:1]
    if (half == "p" or found["zh"] in _AFTERNOON or (found["zh"] == "中午" and hour < 11)) and hour < 12:
        hour += 12
    elif (half == "a" or found["zh"] == "凌晨") and hour == 12:
        hour = 0
    try:
        return time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None


def duration(value: CellValue, unit: int = 60) -> int | None:
    """Return seconds; a mere number counts `unit` seconds each. None when it is not understood, or in two ways.

    `62`, `62 min`, `1h 2m 3s`, `1:02:03`, `PT1H2M`, `1小时 2分钟 3秒`. `12:30` alone could be minutes or hours.
    """
    if isinstance(value, time):
        return value.hour * 3600 + value.minute * 60 + value.second
    if isinstance(value, bool) or value is None or isinstance(value, date):
        return None
    if isinstance(value, int | float):
        return round(value * unit) if 0 <= value * unit <= _LONGEST else None
    text = plain(value)
    if re.fullmatch(r"\d{1,3}(?:,?\d{3}){0,2}(?:\.\d{1,9})?", text):
        return duration(float(text.replace(",", "")), unit)
    if found := _BY_COLONS.fullmatch(text):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return days * _DAY + hours * 3600 + minutes * 60 + seconds
    if found := re.fullmatch(r"(\d{1,3}):([0-5]\d)", text):
        return int(found[1]) * 60 + int(found[2]) if int(found[1]) > 23 else None
    return _in_words(text)


def _in_words(text: str) -> int | None:
    found = _ISO_DURATION.fullmatch(text) or _IN_WORDS.fullmatch(text)
    if not found or not any(found.group(name) for name, _, _ in _UNITS):
        return None
    return round(sum(float(found[name] or 0) * seconds for name, seconds, _ in _UNITS))
