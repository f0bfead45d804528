"""When an event of somebody else's calendar is: days, hours of each day, and their zone (RFC 5545 §3.3, §3.6.1)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from eventrec.errors import Rejected
from eventrec.formats.ical.foreign_zones import fitted, guessed, in_utc, offset_at, zone_or_none
from eventrec.formats.ical.incoming import Span, Times
from eventrec.formats.ical.records import OWN_ZONE

if TYPE_CHECKING:
    from eventrec.formats.ical.incoming import Properties
    from eventrec.formats.line_reader import Line

_MOMENT: Final = re.compile(
    r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})(?:[Tt ]([0-9]{2})(:?)([0-9]{2})(?:\6([0-9]{2})(?:\.[0-9]{1,9})?)?"
    r"\s?(?P<utc>[Zz]|[+-][0-9]{2}:?[0-9]{2})?|[Zz])?"
)
_DURATION: Final = re.compile(r"([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_LONGEST: Final = 4_000
"""Days, or weeks, of the longest event that anybody means."""

_MIDNIGHT: Final = time(0)
_LAST_MINUTE: Final = time(23, 59)
_ONE_DAY: Final = timedelta(days=1)
_HOURS_OF_A_DAY: Final = timedelta(hours=4)
"""Monday 9:00 to Wednesday 17:00 is meant as hours of each day, Monday 14:00 to Wednesday 15:00 is not."""

_BEFORE: Final = "An end before the start, left out, the event at"
_ALL_DAY: Final = ("X-MICROSOFT-CDO-ALLDAYEVENT", "X-FUNAMBOL-ALLDAY", "X-APPLE-ALLDAY", "X-ALLDAY")
_EAST: Final = 11
"""From this hour in UTC midnight is that of the next day: Wellington has it at 11:00 or 12:00, Honolulu at 10:00."""


def span_of(said: Properties) -> Span:
    """Return start and exclusive end, where a DURATION may stand for DTEND (RFC 5545 §3.6.1). Raises Rejected."""
    line = said.line("DTSTART")
    if line is None:
        raise Rejected("The event has no first day (DTSTART).")
    start, zone = moment_of(line, line.value, said)
    if not isinstance(start, datetime) and _lasts_to_the_last(said, start):
        return Span(start, date.max, None, to_the_last=True)
    end = _end(said, start, zone)
    if isinstance(start, datetime):
        if not isinstance(end, datetime):
            return _from_hour_to_day(said, start, end, zone)
        if end < start:
            said.tell(_BEFORE)
            end = start
        return _in_days(said, start, end) or Span(start, end, zone)
    if isinstance(end, datetime):
        end = end.date() + (_ONE_DAY if end.time() > _MIDNIGHT or end.date() == start else timedelta())
    if end < start:
        said.tell(_BEFORE)
    if start == date.max:
        return Span(start, start, None, to_the_last=True)
    return Span(start, max(end, start + _ONE_DAY), None)


def _lasts_to_the_last(said: Properties, start: date) -> bool:
    """Tell whether DURATION says that whole days go up to 9999-12-31, as our own calendars have it."""
    length = None if said.line("DTEND") else said.line("DURATION")
    return length is not None and duration(length.value) == date.max - start + _ONE_DAY


def times_of(said: Properties, span: Span) -> Times:
    """Return the days and the hours of each day that a span says.

    An event that ends on the next day within 24 hours stands on its first day without an end; one over several days
    whose hours cannot be those of each day has whole days. What is lost that way is `spoken`.
    """
    start, end, zone, to_the_last = span
    if to_the_last:
        return Times(start, end)
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return Times(start, max(end - _ONE_DAY, start))
    start, end = _in_minutes(said, start), _in_minutes(said, end)
    if start.time() == _MIDNIGHT and end.time() == _LAST_MINUTE and not said.calendar.is_ours:
        end += timedelta(minutes=1)
    if start.time() == _MIDNIGHT == end.time() and end > start:
        return Times(start.date(), end.date() - _ONE_DAY)
    if zone is None:
        said.tell("Hours without a time zone, the event at")
    starts, ends = _clock(start), _clock(end)
    if start.date() == end.date():
        return Times(start.date(), start.date(), starts, ends if starts < ends else None, zone)
    return _over_days(said, start, end, zone)


def _over_days(said: Properties, start: datetime, end: datetime, zone: str | None) -> Times:
    starts, ends = _clock(start), _clock(end)
    spoken = f"{start.isoformat(' ', 'minutes')} – {end.isoformat(' ', 'minutes')}" + (f" ({zone})" if zone else "")
    if end - start <= _ONE_DAY:
        if end.time() == _MIDNIGHT:
            said.tell("An end at midnight, left out, the event at")
        else:
            said.tell(
                "Hours past midnight, of which the start is kept and the description tells the rest, the event at"
            )
        return Times(start.date(), start.date(), starts, None, zone, spoken)
    if datetime.combine(start.date(), end.time()) - start >= _HOURS_OF_A_DAY:
        said.tell("Hours over several days, taken as those of each day, the event at")
        return Times(start.date(), end.date(), starts, ends, zone)
    said.tell("Hours over several days, taken as whole days whose description tells the hours, the event at")
    last = end.date() - _ONE_DAY if end.time() == _MIDNIGHT else end.date()
    return Times(start.date(), last, spoken=spoken)


def _clock(moment: datetime) -> str:
    return f"{moment.hour:02}:{moment.minute:02}"


def moment_of(line: Line, value: str, said: Properties) -> tuple[date, str | None]:
    """Return a date, or local time with its zone; a time in UTC in the calendar's own zone, where that is said."""
    found = _MOMENT.fullmatch(value.strip())
    try:
        if found is None:
            raise ValueError
        day = date(int(found[1]), int(found[3]), int(found[4]))
        if found[5] is None or (line.first("VALUE").upper() == "DATE" and found[5] + found[7] == "0000"):
            return day, None
        hour, minute, second = int(found[5]), int(found[7]), min(int(found[8] or 0), 59)
        moment = datetime.combine(day, time(hour % 24 if minute == second == 0 else hour, minute, second))
        moment += timedelta(days=hour // 24)
    except ValueError as error:
        raise Rejected(f"{line.name} in line {line.number} is no date: {value.strip()[:40]}.") from error
    if found[2]:
        said.findings.tell("A time with dashes, as calendars do not write it", line.number)
    return _in_zone(line, moment, found["utc"] or "", said)


def _in_zone(line: Line, moment: datetime, utc: str, said: Properties) -> tuple[datetime, str | None]:
    """Return a local time in a zone that we know; one in a zone that only the calendar knows in UTC."""
    calendar, tzid = said.calendar, line.first("TZID")
    named = (said.text(OWN_ZONE) if calendar.is_ours else "") or calendar.zone
    default = zone_or_none(named, calendar) if named else None
    if utc and not tzid:  # with both Google takes the hours for those of TZID
        if utc not in "Zz":
            hours = timedelta(hours=int(utc[1:3]), minutes=int(utc[-2:]))
            moment = in_utc(moment, -hours if utc[0] == "-" else hours)
        return _from_utc(moment, default or "UTC"), default or "UTC"
    if not tzid:
        return moment, default
    known = zone_or_none(tzid, calendar)
    if known:
        return moment, known
    return _in_own_zone(line, moment, default, said)


def _in_own_zone(line: Line, moment: datetime, default: str | None, said: Properties) -> tuple[datetime, str | None]:
    """Return a local time whose zone is named as nobody else names it."""
    tzid, calendar = line.first("TZID"), said.calendar
    shown, findings = " ".join(tzid[:60].split()), said.findings
    if zone := fitted(tzid, calendar, moment):
        findings.tell(f"The time zone “{shown}” is taken for {zone}, whose hours it has", line.number)
        return moment, zone
    offset = offset_at(tzid, calendar, moment)
    if offset is None and tzid in calendar.known:
        zone, offset = guessed(tzid)
        if zone:
            findings.tell(f"The time zone “{shown}” is taken for {zone}", line.number)
            return moment, zone
    if offset is not None:
        findings.tell(f"The time zone “{shown}” is none that is known, so its hours are told in UTC", line.number)
        zone = default or "UTC"
        return _from_utc(in_utc(moment, offset), zone), zone
    findings.tell(f"The time zone “{shown}” is not known, so its hours are without a zone", line.number)
    return moment, default


def _from_utc(moment: datetime, zone: str) -> datetime:
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def in_zone_of(moment: date, own: str | None, zone: str | None) -> date:
    """Return a local time of one zone in another; a day, or where a zone is not said, as it is."""
    if isinstance(moment, datetime) and own and zone and own != zone:
        return moment.replace(tzinfo=ZoneInfo(own)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return moment


def _end(said: Properties, start: date, zone: str | None) -> date:
    """Return the end as DTEND says it, in the zone of the start, or the start where there is none."""
    line, length = said.line("DTEND"), said.line("DURATION")
    if line is None:
        return start + duration(length.value) if length else start
    end, end_zone = moment_of(line, line.value, said)
    return in_zone_of(end, end_zone, zone)


def _from_hour_to_day(said: Properties, start: datetime, end: date, zone: str | None) -> Span:
    """Return the span of an event that starts at an hour and ends on a day."""
    said.tell("An end without an hour, left out, the event at" if end >= start.date() else _BEFORE)
    if end - start.date() <= _ONE_DAY:
        return Span(start, start, zone)
    return Span(start.date(), end, None)


def _in_days(said: Properties, start: datetime, end: datetime) -> Span | None:
    """Return the whole days of an event that says it has them, where its hours are midnight somewhere on earth."""
    says = any(said.text(name).upper() in ("TRUE", "1", "YES") for name in _ALL_DAY)
    if not says or (end - start) % _ONE_DAY or end == start or start.time() == _MIDNIGHT:
        return None
    first = start.date() + (_ONE_DAY if start.hour >= _EAST else timedelta())
    return Span(first, first + (end - start), None)


def _in_minutes(said: Properties, moment: datetime) -> datetime:
    if moment.second and moment.time().replace(second=0) != _LAST_MINUTE:
        said.tell("Seconds, left out, the event at")
    return moment.replace(second=0)


def duration(text: str) -> timedelta:
    """Return the length that DURATION says (RFC 5545 §3.3.6). Raises Rejected for none, and for what nobody means."""
    found = _DURATION.fullmatch(text.strip().upper())
    if not found:
        raise Rejected(f"DURATION is none: {text.strip()[:40]}.")
    sign, *numbers = found.groups()
    weeks, days, hours, minutes, seconds = (int(number[:9] if number else 0) for number in numbers)
    if sign == "-" or max(weeks, days) > _LONGEST or max(hours, minutes, seconds) > 100_000 * 60:
        raise Rejected(f"DURATION is no length of an event: {text.strip()[:40]}.")
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
