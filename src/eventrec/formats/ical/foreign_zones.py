"""Time zones of somebody else's calendar: by name, by the name that Windows gives, or by rules of its own.

A VTIMEZONE whose name nobody knows is compared with the zones that we know, and where none has the same hours in that
year, its rules tell at least what time it was in UTC (RFC 5545 §3.6.5).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from eventrec.errors import Rejected
from eventrec.text.places import find_city
from eventrec.text.times import read_timezone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eventrec.formats.ical.incoming import Onset, SourceCalendar, ZoneBlock

_UTC: Final = re.compile(
    r"(?:UTC|GMT|Z|tzone://Microsoft/Utc|Coordinated Universal Time)(?:[+-]0?0:?00)?", re.IGNORECASE
)
_OFFSET: Final = re.compile(r"\(?(?:UTC|GMT)?\s?([+-])([0-9]{1,2})[:.]?([0-9]{2})?\)?(.*)", re.IGNORECASE | re.DOTALL)
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_USUAL: Final = (
    "Asia/Shanghai", "Europe/Brussels", "Europe/London", "Europe/Athens", "America/New_York", "America/Chicago",
    "America/Denver", "America/Los_Angeles", "Asia/Tokyo", "Asia/Kolkata", "Australia/Sydney",
)  # fmt: skip
"""Where several zones have the hours of a zone without a name, the first of these is meant."""

_MOST_ONSETS: Final = 400
_MOST_OF_ZONE: Final = 500
_MOST_FITTED: Final = 200
_MOST_CHANGES: Final = 20
_MOST_NAMES: Final = 300
_STAMP: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})?)?Z?", re.IGNORECASE)


def zone_or_none(name: str, calendar: SourceCalendar) -> str | None:
    """Return the IANA name of a zone, which may be Windows' name, end a path, or be told beside a zone of its own."""
    if name in calendar.known or len(calendar.known) >= _MOST_NAMES:
        return calendar.known.get(name)
    plain = name.strip().strip('"')
    if _UTC.fullmatch(plain):
        found: str | None = "UTC"
    else:
        candidates = [*_spellings(plain), *_spellings(calendar.places.get(name, ""))]
        found = next(filter(None, map(_iana, dict.fromkeys(candidates))), None)
    calendar.known[name] = found
    return found


def _spellings(plain: str) -> Iterator[str]:
    from babel.core import get_global

    if not plain or len(plain) > 200:
        return
    yield get_global("windows_zone_mapping").get(plain, plain)
    for parts in (3, 2):
        yield "/".join(plain.split("/")[-parts:])
    yield re.sub(r"[-_]", "/", plain, count=1)


def _iana(name: str) -> str | None:
    try:
        return read_timezone(name)[0]
    except Rejected:
        return None


def fitted(name: str, calendar: SourceCalendar, wall: datetime) -> str | None:
    """Return the zone that has the hours of the calendar's own zone of that name in that year; None where none has."""
    key = (name, wall.year)
    if key not in calendar.fitted and len(calendar.fitted) < _MOST_FITTED:
        offsets = list(_samples(_onsets_of(name, calendar, wall.year), wall.year))
        calendar.fitted[key] = next(
            (each for each in _candidates(name, calendar) if offsets and _has(each, offsets)), None
        )
    return calendar.fitted.get(key)


@lru_cache(maxsize=1_000)
def guessed(name: str) -> tuple[str | None, timedelta | None]:
    """Return what a name for people, such as “(UTC+08:00) Beijing, Chongqing”, says: a zone, or an offset from UTC."""
    found = _OFFSET.fullmatch(name.strip().strip('"'))
    offset = None
    if found and int(found[2]) <= 14:
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        offset = timedelta(minutes=-minutes if found[1] == "-" else minutes)
    for city in _cities(found[4] if found else name):
        january = datetime(2024, 1, 15, 12)  # noqa: DTZ001
        if offset is None or january.replace(tzinfo=ZoneInfo(city)).utcoffset() == offset:
            return city, offset
    return None, offset


def offset_at(name: str, calendar: SourceCalendar, wall: datetime) -> timedelta | None:
    """Return the offset from UTC that the calendar's own zone of that name has at a local time."""
    return _offset(_onsets_of(name, calendar, wall.year), wall)


def _onsets_of(name: str, calendar: SourceCalendar, year: int) -> list[Onset]:
    key = (name, year)
    if key not in calendar.onsets and len(calendar.onsets) < _MOST_FITTED:
        calendar.onsets[key] = list(islice(_onsets(calendar.blocks.get(name, ()), year), _MOST_OF_ZONE))
    return calendar.onsets.get(key, [])


def _candidates(name: str, calendar: SourceCalendar) -> Iterable[str]:
    from babel.core import get_global

    said = [calendar.zone, *filter(None, calendar.known.values())]
    named = [zone for zone in said if zone and _iana(zone)]
    usual = [*_USUAL, *sorted(set(get_global("windows_zone_mapping").values()))]
    return dict.fromkeys(filter(None, (_iana(each) for each in (*_cities(name), *named, *usual))))


def _cities(text: str) -> list[str]:
    words = [word.strip() for word in re.split(r"[,;/()]", text[:200]) if word.strip()]
    cities = [find_city(word) for word in words]
    return [city.timezone for city in cities if city is not None]


def _has(zone: str, offsets: list[tuple[datetime, timedelta]]) -> bool:
    info = ZoneInfo(zone)
    return all(wall.replace(tzinfo=info).utcoffset() == offset for wall, offset in offsets)


def _samples(onsets: list[Onset], year: int) -> Iterator[tuple[datetime, timedelta]]:
    """Yield local times of a year, of every half month and a day about each change, and what the rules say of them."""
    walls = [datetime(year, month, day, 12) for month in range(1, 13) for day in (1, 15)]  # noqa: DTZ001
    changes = [wall for wall, _, _ in onsets if wall.year == year][:_MOST_CHANGES]
    walls += [wall + timedelta(days=days) for wall in changes for days in (-1, 1)]
    for wall in walls:
        offset = _offset(onsets, wall)
        if offset is not None and wall.year == year:
            yield wall, offset


def _offset(onsets: list[Onset], wall: datetime) -> timedelta | None:
    past = [onset for onset in onsets if onset[0] <= wall]
    if past:
        return max(past, key=lambda onset: onset[0])[2]
    return min(onsets, key=lambda onset: onset[0])[1] if onsets else None


def _onsets(blocks: Iterable[ZoneBlock], year: int) -> Iterator[Onset]:
    """Yield the changes up to a year that matter for it: local time, offset before, offset after."""
    for block in blocks:
        before, after = (_seconds(block, name) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
        start = _moment(next((line.value for line in block.lines.get("DTSTART", ())), ""))
        if after is None or start is None:
            continue
        before = after if before is None else before
        moments = [start]
        for line in block.lines.get("RDATE", ()):
            moments += filter(None, map(_moment, line.value.split(",")[:_MOST_ONSETS]))
        for line in block.lines.get("RRULE", ()):
            moments += [each for each in _yearly(line.value, start, range(year - 1, year + 1)) if each >= start]
        for moment in moments[:_MOST_ONSETS]:
            if moment.year <= year:
                yield moment, before, after


def _seconds(block: ZoneBlock, name: str) -> timedelta | None:
    text = next((line.value.strip() for line in block.lines.get(name, ())), "")
    found = re.fullmatch(r"([+-]?)([0-9]{2}):?([0-9]{2}):?([0-9]{2})?", text)
    if not found or int(found[2]) > 23 or int(found[3]) > 59:
        return None
    seconds = int(found[2]) * 3600 + int(found[3]) * 60 + int(found[4] or 0)
    return timedelta(seconds=-seconds if found[1] == "-" else seconds)


def _moment(text: str) -> datetime | None:
    found = _STAMP.fullmatch(text.strip())
    try:
        return datetime(*(int(part or 0) for part in found.groups())) if found else None  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def _yearly(text: str, start: datetime, years: range) -> Iterator[datetime]:
    """Yield when a zone changes in some years, by a rule such as FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU."""
    rule = dict(part.split("=", 1) for part in text.strip().upper().split(";") if "=" in part)
    until = _moment(rule.get("UNTIL", ""))
    month = rule.get("BYMONTH", str(start.month))
    if rule.get("FREQ") != "YEARLY" or not month.isdecimal() or not 1 <= int(month) <= 12:
        return
    for year in years:
        if year < 1 or year > 9998:
            continue
        days = _days_of(rule, start, year, int(month))
        for day in days[:1]:
            moment = datetime.combine(day, start.time())
            if until is None or moment <= until + timedelta(days=1):
                yield moment


def _days_of(rule: dict[str, str], start: datetime, year: int, month: int) -> list[date]:
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    numbers = [int(each) for each in re.findall(r"-?[0-9]{1,2}", rule.get("BYMONTHDAY", ""))]
    by_day = re.fullmatch(r"([+-]?[0-9]{1,2})?([A-Z]{2})", rule.get("BYDAY", ""))
    if numbers:
        days = [day for day in days if day.day in numbers or day.day - len(days) - 1 in numbers]
    if by_day and by_day[2] in _WEEKDAYS:
        days = [day for day in days if _WEEKDAYS[day.weekday()] == by_day[2]]
        which = int(by_day[1] or 0)
        if which and abs(which) <= len(days):
            days = [days[which - 1 if which > 0 else which]]
    elif not numbers:
        days = [day for day in days if day.day == start.day]
    return days


def in_utc(wall: datetime, offset: timedelta) -> datetime:
    """Return a local time with that offset as time in UTC, without zone."""
    return (wall.replace(tzinfo=UTC) - offset).replace(tzinfo=None)
