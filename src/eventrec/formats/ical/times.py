"""When an event of ours is: its whole days, or its hours of each day in their zone or in UTC (RFC 5545 §3.6.1, §3.8.2).

Nearly all days are calm: no clock is changed on them, so their hours can be written without asking the zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.formats.content_lines import stamp
from eventrec.formats.ical.records import OWN_ZONE
from eventrec.formats.ical.tzif import clock, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.formats.ical.records import StoredEvent
    from eventrec.formats.ical.tzif import Onset, Zone

_UTC_NAMES: Final = ("UTC", "Etc/UTC", "Etc/UCT", "Etc/Zulu", "Etc/Universal", "UCT", "Zulu", "Universal")
_MINUTE: Final = timedelta(minutes=1)
_ALWAYS: Final = (("0000-00-00", "9999-99-99"),)
"""All days."""


def has_hours(event: StoredEvent) -> bool:
    """Tell whether hours are written: not when fewer days than from first to last are meant, since which is open."""
    if not (event.start_time and event.timezone):
        return False
    return event.days is None or event.days >= span(event)


def span(event: StoredEvent) -> int:
    """Return the number of days from the first to the last, both inclusive."""
    first, last = event.starts_on, event.ends_on
    return 1 if first == last else _days_between(first, last)


@lru_cache(maxsize=4096)
def _days_between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1


class Zones(dict[str, tuple[str, str, int]]):
    """The zones that hours are written in: the first and the last day (ISO) of their events, and how many these are."""

    def add(self, zone: str, first: str, last: str) -> None:
        """Note the days of an event."""
        earliest, latest, events = self.get(zone) or (first, last, 0)
        self[zone] = first if first < earliest else earliest, last if last > latest else latest, events + 1

    def join(self, other: Zones) -> None:
        """Note the days of other events."""
        for zone, (first, last, events) in other.items():
            known = self.get(zone, (first, last, 0))
            self[zone] = min(first, known[0]), max(last, known[1]), known[2] + events


def times(event: StoredEvent, zones: Zones, *, utc: bool) -> str:
    """Return the lines of start, end and rule, each with CRLF and not folded, and note the zone that they need.

    Raises Rejected for what UTC cannot say, and LookupError for a zone that nobody knows.
    """
    if not has_hours(event):
        start = f"DTSTART;VALUE=DATE:{event.starts_on.replace('-', '')}"
        return f"{start}\r\n{_end_of_days(event.ends_on, span(event))}\r\n"
    if not (_in_zone(event, utc) and _is_calm(event)):
        return "".join([f"{line}\r\n" for line in _exact(event, zones, utc)])
    zone, first, last = str(event.timezone), event.starts_on, event.ends_on
    zones.add(zone, first, last)
    day = first.replace("-", "")
    start = f"DTSTART;TZID={zone}:{day}{_HOURS[event.start_time]}\r\n"
    end = f"DTEND;TZID={zone}:{day}{_HOURS[event.end_time]}\r\n" if event.end_time else ""
    return start + end if first == last else f"{start}{end}RRULE:FREQ=DAILY;COUNT={span(event)}\r\n"


class _Hours(dict[str | None, str]):
    """Hours as they stand behind a day: `T090000`."""

    def __missing__(self, hour: str | None) -> str:
        self[hour] = f"T{time.fromisoformat(hour or '').isoformat().replace(':', '')}"
        return self[hour]


_HOURS: Final = _Hours()


def _in_zone(event: StoredEvent, utc: bool) -> bool:
    return not utc and event.timezone not in _UTC_NAMES


def _is_calm(event: StoredEvent) -> bool:
    """Tell whether no clock is changed on a day of the event, so that all its hours have one offset of whole minutes.

    False as well over the end of a year, which is seldom and then asked exactly.
    """
    first, last = event.starts_on, event.ends_on
    year = first[:4]
    if year != last[:4]:
        return False
    for starts, ends in _restless(str(event.timezone), year):  # noqa: SIM110 (many are asked)
        if starts <= last and first <= ends:
            return False
    return True


@lru_cache(maxsize=4096)
def _restless(tzid: str, text: str) -> tuple[tuple[str, str], ...]:
    """Return first and last day (ISO) of each change of the clocks in a year and shortly before and after it.

    All days are such where an offset has seconds, and where the rule of later years cannot be read.
    """
    zone, year = load(tzid), int(text)
    sought = range(max(year - 1, date.min.year), min(year + 1, date.max.year) + 1)
    if zone.footer is None and year >= zone.governed_from.year - 1:
        return _ALWAYS
    found = [onset for onset in zone.onsets if onset.moment.year in sought]
    if zone.footer is not None:
        ruled = (onset for each in sought for onset in zone.footer.onsets(each))
        found += [onset for onset in ruled if onset.moment >= zone.governed_from]
    offsets = {offset for onset in found for offset in (onset.before, onset.after)} or {_held(zone, year)}
    if any(offset % 60 for offset in offsets):
        return _ALWAYS
    return tuple(
        (_day_of(min(onset.before, onset.after), onset), _day_of(max(onset.before, onset.after), onset))
        for onset in found
    )


def _held(zone: Zone, year: int) -> int:
    """Return the offset, in seconds, of a year in which no clock is changed, nor in those beside it."""
    earlier = [onset for onset in zone.onsets if onset.moment.year < year]
    if earlier:
        return earlier[-1].after
    return zone.first_offset if zone.onsets or zone.footer is None else zone.footer.offset


def _day_of(offset: int, onset: Onset) -> str:
    return (onset.wall + timedelta(seconds=offset - onset.before)).date().isoformat()


@lru_cache(maxsize=4096)
def _end_of_days(last: str, days: int) -> str:
    """Return the end of whole days, the day after the last; their number where the calendar has no such day (3.6.1)."""
    day = date.fromisoformat(last)
    if day == date.max:
        return f"DURATION:P{days}D"
    return f"DTEND;VALUE=DATE:{stamp(day + timedelta(days=1))}"


def _exact(event: StoredEvent, zones: Zones, utc: bool) -> Iterator[str]:
    """Yield the lines of hours, each asked of the zone."""
    in_zone = _in_zone(event, utc) and not _doubtful(event)
    if in_zone:
        zones.add(str(event.timezone), event.starts_on, event.ends_on)
    first = date.fromisoformat(event.starts_on)
    for name, hour in (("DTSTART", event.start_time), ("DTEND", event.end_time)):
        moment = _at(event, first, hour)
        if moment is not None:
            zone = f";TZID={event.timezone}" if in_zone else ""
            yield f"{name}{zone}:{stamp(moment) if in_zone else _in_utc(event, moment)}"
    if not in_zone and event.timezone not in _UTC_NAMES:  # for our own reader: UTC alone does not tell whose hours
        yield f"{OWN_ZONE}:{event.timezone}"
    if event.starts_on != event.ends_on:
        yield from _daily(event, in_zone)


def _daily(event: StoredEvent, in_zone: bool) -> Iterator[str]:
    """Yield the rule of daily hours, which holds in local time when the clocks change between two days (3.3.10).

    Where they change within the hours of a day, or between days that are written in UTC, the days stand one by one
    in UTC (3.8.5.2).
    The rule of one day stays then: without any, ical.js starts at the first RDATE and loses the first day, and the
    first day among the RDATEs comes twice out of libical.
    """
    first = date.fromisoformat(event.starts_on)
    days = [first + timedelta(days=at) for at in range(span(event))]
    starts = [_at(event, day, event.start_time) for day in days]
    ends = [_at(event, day, event.end_time) for day in days]
    offsets = {moment.utcoffset() for moment in (*starts, *ends) if moment is not None}
    one_rule = len(offsets) == 1 or (in_zone and _every_day_is_as_long(starts, ends))
    if one_rule and not _doubtful(event):
        yield f"RRULE:FREQ=DAILY;COUNT={len(days)}"
        return
    yield "RRULE:FREQ=DAILY;COUNT=1"
    yield "RDATE:" + ",".join(_in_utc(event, moment) for moment in starts[1:] if moment is not None)


def _every_day_is_as_long(starts: Sequence[datetime | None], ends: Sequence[datetime | None]) -> bool:
    """Tell whether the clocks never change within the hours of a day: then all days are as long as the first."""
    return all(
        start is None or end is None or start.utcoffset() == end.utcoffset()
        for start, end in zip(starts, ends, strict=True)
    )


def _in_utc(event: StoredEvent, moment: datetime) -> str:
    """Return a moment in UTC. Raises Rejected where that is before the year 1 or after 9999, which nothing can say."""
    try:
        return f"{stamp(moment.astimezone(UTC))}Z"
    except OverflowError as error:
        raise Rejected(
            f"An event on {moment.date()} at {moment:%H:%M} ({event.timezone}) is outside the years 1 to 9999 in UTC.",
            f"Give it another date: eventrec event edit {event.uid} --date 2026-03-01",
        ) from error


def _at(event: StoredEvent, day: date, hour: str | None) -> datetime | None:
    if hour is None or event.timezone is None:
        return None
    return datetime.combine(day, time.fromisoformat(hour), clock(event.timezone))


def _doubtful(event: StoredEvent) -> bool:
    """Tell whether readers disagree about an hour, so that only UTC says it.

    An hour comes twice when the clocks go back; an offset with seconds (Monrovia until 1972) is cut by some.
    """
    first = date.fromisoformat(event.starts_on)
    for at in range(span(event)):
        for hour in (event.start_time, event.end_time):
            moment = _at(event, first + timedelta(days=at), hour)
            if moment is None:
                continue
            offset = moment.utcoffset() or timedelta()
            if offset != moment.replace(fold=1).utcoffset() or offset % _MINUTE:
                return True
    return False
