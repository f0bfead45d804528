"""When an event of somebody else's calendar is: days, hours of each day, and their zone (RFC 5545 §3.3, §3.6.1)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from eventrec.errors import Rejected
from eventrec.formats.ical.incoming import Times
from eventrec.text.times import read_timezone

if TYPE_CHECKING:
    from eventrec.formats.ical.incoming import Properties, SourceCalendar
    from eventrec.formats.line_reader import Line

_DURATION: Final = re.compile(r"([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_LONGEST: Final = 4_000
"""Days, or weeks, of the longest event that anybody means."""

_MIDNIGHT: Final = "00:00"


def when_of(said: Properties) -> Times:
    """Return the days and hours (RFC 5545 §3.6.1: DTEND is exclusive, and a DURATION may stand for it)."""
    line = said.line("DTSTART")
    if line is None:
        raise Rejected("The event has no first day (DTSTART).")
    start, zone = _moment(line, line.value, said)
    end = _end(said, start, zone)
    if isinstance(start, datetime):
        if not isinstance(end, datetime):
            raise Rejected("The event starts at an hour (DTSTART) and ends on a day (DTEND).")
        return _with_hours(said, start, end, zone)
    if end < start if not isinstance(end, datetime) else end.date() < start:
        raise Rejected("The event ends before it starts (DTEND).")
    last = end.date() if isinstance(end, datetime) else max(end - timedelta(days=1), start)
    return Times(start, _last_of(said, start, last, None))


def _end(said: Properties, start: date, zone: str | None) -> date:
    """Return the end as DTEND says it, in the zone of the start, or the start where there is none."""
    line, duration = said.line("DTEND"), said.line("DURATION")
    if line is None:
        return start + _duration(duration.value) if duration else start
    end, end_zone = _moment(line, line.value, said)
    if isinstance(end, datetime) and zone and end_zone and end_zone != zone:
        return end.replace(tzinfo=ZoneInfo(end_zone)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return end


def _with_hours(said: Properties, start: datetime, end: datetime, zone: str | None) -> Times:
    if end < start:
        raise Rejected("The event ends before it starts (DTEND).")
    starts, ends = start.strftime("%H:%M"), end.strftime("%H:%M")
    last = end.date()
    if end > start and ends == _MIDNIGHT:
        last -= timedelta(days=1)
        if starts == _MIDNIGHT:
            return Times(start.date(), _last_of(said, start.date(), last, None))
        said.tell("An end at midnight, left out, the event at")
    elif last > start.date() and ends <= starts:
        raise Rejected(f"The event goes on past midnight ({starts}-{ends}); its days have hours of each day.")
    last = _last_of(said, start.date(), last, zone)
    if zone is None:
        said.tell("Hours without a time zone, the event at")
    return Times(start.date(), last, starts, ends if starts < ends else None, zone)


def _last_of(said: Properties, start: date, last: date, zone: str | None) -> date:
    """Return the last day of an event that may be repeated on the days after. Raises Rejected for any other series."""
    line = next((line for name in ("RRULE", "RDATE", "EXDATE", "EXRULE") for line in said.lines(name)), None)
    if line is None:
        return last
    refusal = Rejected(
        f"The event repeats otherwise than on so many days in a row ({line.name}, line {line.number}); such are not"
        " taken."
    )
    rule = dict(part.split("=", 1) for part in line.value.strip().upper().split(";") if "=" in part)
    count = rule.get("COUNT", "")
    plain = (
        rule.get("FREQ") == "DAILY"
        and rule.get("INTERVAL", "1") == "1"
        and rule.keys() <= {"FREQ", "COUNT", "INTERVAL", "WKST"}
        and re.fullmatch("[0-9]{1,5}", count)
        and 1 <= int(count) <= _LONGEST
    )
    if not plain or len(said.lines("RRULE")) > 1 or said.lines("EXDATE") or said.lines("EXRULE"):
        raise refusal
    days = int(count)
    if said.lines("RDATE"):
        if days > 1 or not _is_in_a_row(said, zone):
            raise refusal
        days += sum(len(each.value.split(",")) for each in said.lines("RDATE"))
    if days > 1 and last > start:
        raise Rejected(f"The event of several days repeats ({line.name}, line {line.number}); such are not taken.")
    return last + timedelta(days=days - 1)


def _is_in_a_row(said: Properties, zone: str | None) -> bool:
    """Tell whether the further days (RDATE) follow the first one by one at its hour, as our own calendars have it."""
    first = said.line("DTSTART")
    if first is None or any(line.first("VALUE").upper() == "PERIOD" for line in said.lines("RDATE")):
        return False
    expected = _moment(first, first.value, said)[0]
    for line in said.lines("RDATE"):
        for value in line.value.split(","):
            expected += timedelta(days=1)
            moment, own = _moment(line, value, said)
            if isinstance(moment, datetime) and own and zone and own != zone:
                moment = moment.replace(tzinfo=ZoneInfo(own)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            if moment != expected:
                return False
    return True


def _moment(line: Line, value: str, said: Properties) -> tuple[date, str | None]:
    """Return a date, or local time with its zone; a time in UTC in the calendar's own zone, where that is said."""
    value = value.strip()
    try:
        if re.fullmatch(r"[0-9]{8}", value):
            return datetime.strptime(value, "%Y%m%d").date(), None  # noqa: DTZ007
        moment = datetime.strptime(value.rstrip("Zz"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    except ValueError as error:
        raise Rejected(f"{line.name} in line {line.number} is no date: {value[:40]}.") from error
    default, tzid = said.calendar.zone, line.first("TZID")
    if value[-1:] in "Zz" and not tzid:  # with both Google takes the hours for those of TZID
        zone = _zone(default, said.calendar) if default else "UTC"
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None), zone
    named = tzid or default
    return moment, _zone(named, said.calendar) if named else None


def _zone(name: str, calendar: SourceCalendar) -> str:
    """Return the IANA name of a zone. Raises Rejected."""
    found = zone_or_none(name, calendar)
    if found is None:
        raise Rejected(f"The time zone “{name[:60]}” is not known.")
    return found


def zone_or_none(name: str, calendar: SourceCalendar) -> str | None:
    """Return the IANA name of a zone, which may be Windows' name, end a path, or be told beside a zone of its own."""
    if name in calendar.known:
        return calendar.known[name]
    from babel.core import get_global

    plain = name.strip().strip('"')
    place = calendar.places.get(name, plain)
    candidates: list[str] = [get_global("windows_zone_mapping").get(plain, plain), place]
    candidates += ["/".join(plain.split("/")[-parts:]) for parts in (2, 3)]
    candidates += [re.sub(r"[-_]", "/", plain, count=1)]
    calendar.known[name] = next(filter(None, map(_iana, dict.fromkeys(candidates))), None)
    return calendar.known[name]


def _iana(name: str) -> str | None:
    try:
        return read_timezone(name)[0]
    except Rejected:
        return None


def _duration(text: str) -> timedelta:
    found = _DURATION.fullmatch(text.strip().upper())
    if not found:
        raise Rejected(f"DURATION is none: {text[:40]}.")
    sign, *numbers = found.groups()
    weeks, days, hours, minutes, seconds = (int(number[:9] if number else 0) for number in numbers)
    if sign == "-" or max(weeks, days) > _LONGEST or max(hours, minutes, seconds) > 100 * _LONGEST:
        raise Rejected(f"DURATION is no length of an event: {text[:40]}.")
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
