"""Calendars in: the events of an iCalendar file (RFC 5545), with what cannot be taken named by its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from eventrec.errors import Rejected
from eventrec.formats.line_reader import Line, decode, lines
from eventrec.localized import Localized
from eventrec.text.names import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_DURATION: Final = re.compile(r"([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_BOTH: Final = re.compile(r"\s+/\s+")
_LONGEST: Final = 4_000
"""Days, or weeks, of the longest event that anybody means."""

_SKIPPED: Final = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")


@dataclass(frozen=True)
class IncomingEvent:
    """An event as a calendar tells of it: both days inclusive, hours HH:MM of each day in `timezone` (IANA).

    `line` is where it begins in the file, from 1; `status` is TENTATIVE, CONFIRMED or CANCELLED.
    """

    line: int
    uid: str
    title: Localized
    starts_on: date
    ends_on: date
    sequence: int = 0
    status: str | None = None
    description: Localized | None = None
    location: str | None = None
    categories: Sequence[str] = ()
    start_time: str | None = None
    end_time: str | None = None
    timezone: str | None = None
    url: str | None = None
    online_url: str | None = None
    organizer_email: str | None = None


@dataclass(frozen=True)
class EventProblem:
    """An event that cannot be taken, and why."""

    line: int
    message: str


@dataclass(frozen=True)
class EventFile:
    """The events of a calendar, those that cannot be taken, and what was forgiven."""

    events: Sequence[IncomingEvent]
    problems: Sequence[EventProblem] = ()
    told: tuple[str, ...] = ()


def read(content: bytes) -> EventFile:
    """Read all events of a calendar. Raises Rejected for an encoding that nobody can read."""
    text, encoding = decode(content)
    told = [f"The calendar was read as {encoding}."] if encoding else []
    default, events, problems = "", list[IncomingEvent](), list[EventProblem]()
    for begin, name, own in _components(text, problems, told):
        if name == "VCALENDAR":
            default = next((line.text.strip() for line in own if line.name == "X-WR-TIMEZONE"), "")
            continue
        try:
            events.append(_event(begin, own, default))
        except Rejected as error:
            problems.append(EventProblem(begin, error.message))
    return EventFile(events, problems, tuple(told))


def _components(text: str, problems: list[EventProblem], told: list[str]) -> Iterator[tuple[int, str, list[Line]]]:
    """Yield the calendar's own lines before its first component, then each event's without those of its alarms."""
    stack: list[str] = []
    begin, own, calendar = 0, list[Line](), list[Line]()
    for each in lines(text):
        if isinstance(each, tuple):
            told.append(f"Line {each[0]} is no line of a calendar and was left out.")
        elif each.name == "BEGIN":
            stack.append(each.value.strip().upper())
            if len(stack) == 2:
                begin, own = each.number, []
                if calendar:
                    yield 0, "VCALENDAR", calendar
        elif each.name == "END":
            if stack[-1:] == ["VEVENT"]:
                yield begin, "VEVENT", own
            if stack:
                stack.pop()
        elif stack[-1:] == ["VEVENT"]:
            own.append(each)
        elif stack == ["VCALENDAR"]:
            calendar.append(each)
    if "VEVENT" in stack:
        problems.append(EventProblem(begin, "The event does not end: END:VEVENT is missing."))


def _event(begin: int, own: Sequence[Line], default: str) -> IncomingEvent:
    by_name: dict[str, Line] = {}
    for line in own:
        by_name.setdefault(line.name, line)
    if "DTSTART" not in by_name:
        raise Rejected("The event has no DTSTART.")
    if "RECURRENCE-ID" in by_name:
        raise Rejected("The event is one day of a series (RECURRENCE-ID); such are not taken.")
    when = _when(by_name, default)
    title = _localized(by_name.get("SUMMARY")) or Localized({"en": "Untitled"})
    description = by_name["DESCRIPTION"].text.strip() if "DESCRIPTION" in by_name else ""
    return IncomingEvent(
        begin,
        uid=_text(by_name, "UID") or f"line-{begin}-{when['starts_on']}",
        title=title,
        sequence=int(found) if (found := _text(by_name, "SEQUENCE")).isdecimal() else 0,
        status=_text(by_name, "STATUS").upper() or None,
        description=Localized({language_of(description): description}) if description else None,
        location=" ".join(_text(by_name, "LOCATION").split()) or None,
        categories=tuple(part.strip() for part in _text(by_name, "CATEGORIES").split(",") if part.strip()),
        url=_text(by_name, "URL") or None,
        online_url=_text(by_name, "CONFERENCE") or _text(by_name, "X-GOOGLE-CONFERENCE") or None,
        organizer_email=re.sub("^mailto:", "", _text(by_name, "ORGANIZER"), flags=re.IGNORECASE) or None,
        **when,
    )


def _text(by_name: Mapping[str, Line], name: str) -> str:
    return by_name[name].text.strip() if name in by_name else ""


def _localized(line: Line | None) -> Localized | None:
    """Return a title in its language; “English / 中文” is two."""
    value = " ".join(line.text.split()) if line else ""
    if line is None or not value:
        return None
    if tag := line.first("LANGUAGE"):
        return Localized({tag: value})
    parts = _BOTH.split(value)
    found = {language_of(part): part for part in parts}
    return Localized(found) if len(found) == len(parts) else Localized({language_of(value): value})


def _when(by_name: Mapping[str, Line], default: str) -> dict[str, Any]:
    """Return the days and hours (RFC 5545 §3.6.1: DTEND is exclusive, and a DURATION may stand for it)."""
    start, zone = _moment(by_name["DTSTART"], default)
    end = _moment(by_name["DTEND"], default)[0] if "DTEND" in by_name else None
    if end is None and "DURATION" in by_name:
        end = start + _duration(by_name["DURATION"].value)
    if isinstance(end, datetime) and not isinstance(start, datetime):
        end = end.date()
    if isinstance(start, datetime):
        return _with_hours(by_name, start, end, zone)
    if _repeats(by_name) > 1:
        raise Rejected("The event repeats (RRULE); such are not taken.")
    last = end - timedelta(days=1) if end is not None and end > start else start
    return {"starts_on": start, "ends_on": last}


def _with_hours(by_name: Mapping[str, Line], start: datetime, end: Any, zone: str | None) -> dict[str, Any]:  # noqa: ANN401
    end = end if isinstance(end, datetime) else start
    if end < start:
        raise Rejected("The event ends before it starts.")
    days = _repeats(by_name)
    last = start.date() + timedelta(days=days - 1)
    hours = {"start_time": start.strftime("%H:%M"), "timezone": zone}
    if end.date() == start.date():
        if end > start:
            hours["end_time"] = end.strftime("%H:%M")
    elif days > 1:
        raise Rejected("The event repeats and goes on past midnight; such are not taken.")
    else:
        last = end.date()
        if end.strftime("%H:%M") > hours["start_time"]:
            hours["end_time"] = end.strftime("%H:%M")
        elif end.strftime("%H:%M") == "00:00":
            last = end.date() - timedelta(days=1)
        else:
            raise Rejected(
                f"The event goes on past midnight ({start:%H:%M}-{end:%H:%M}); its days have hours of each day."
            )
    if hours["timezone"] is None:
        hours = {}
    return {"starts_on": start.date(), "ends_on": last, **hours}


def _repeats(by_name: Mapping[str, Line]) -> int:
    """Return on how many days in a row the event is; 1 without a rule. Raises Rejected for any other series."""
    if not any(name in by_name for name in _SKIPPED):
        return 1
    rule = (
        dict(part.split("=", 1) for part in by_name["RRULE"].value.upper().split(";") if "=" in part)
        if "RRULE" in by_name
        else {}
    )
    if (
        rule.get("FREQ") == "DAILY"
        and rule.get("COUNT", "").isdecimal()
        and set(rule) <= {"FREQ", "COUNT", "INTERVAL", "WKST"}
    ):
        if rule.get("INTERVAL", "1") == "1" and "EXDATE" not in by_name and "RDATE" not in by_name:
            return max(int(rule["COUNT"][:4]), 1)
        if rule["COUNT"] == "1" and "EXDATE" not in by_name and "RDATE" in by_name:
            return 1 + len(by_name["RDATE"].value.split(","))
    raise Rejected("The event repeats by a rule that is no run of days (RRULE); such are not taken.")


def _moment(line: Line, default: str) -> tuple[Any, str | None]:
    """Return a date, or local time with its zone; a time in UTC in the calendar's own zone, where that is said."""
    value = line.value.strip()
    try:
        if re.fullmatch(r"\d{8}", value):
            return datetime.strptime(value, "%Y%m%d").date(), None  # noqa: DTZ007
        moment = datetime.strptime(value.rstrip("Zz"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    except ValueError as error:
        raise Rejected(f"{line.name} at line {line.number} is no date: {value[:40]}.") from error
    if value[-1:] in "Zz":
        zone = _zone(default) if default else "UTC"
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None), zone
    tzid = line.first("TZID") or default
    return moment, _zone(tzid) if tzid else None


def _zone(name: str) -> str:
    """Return the IANA name of a zone; Windows' names, as Outlook writes them, and a path before it are known."""
    from babel.core import get_global

    plain = get_global("windows_zone_mapping").get(name.strip('"'), name.strip('"'))
    for each in (plain, "/".join(plain.split("/")[-2:]), "/".join(plain.split("/")[-3:])):
        try:
            ZoneInfo(each)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
        return each
    raise Rejected(f"The time zone “{name[:60]}” is not known.")


def _duration(text: str) -> timedelta:
    found = _DURATION.fullmatch(text.strip().upper())
    if not found:
        raise Rejected(f"DURATION is none: {text[:40]}.")
    sign, *numbers = found.groups()
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in numbers)
    if sign == "-" or max(weeks, days) > _LONGEST or max(hours, minutes, seconds) > 100 * _LONGEST:
        raise Rejected(f"DURATION is no length of an event: {text[:40]}.")
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
