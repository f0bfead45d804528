"""One event as a VEVENT (RFC 5545, 3.6.1)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from eventrec.errors import Rejected
from eventrec.formats.content_lines import escape_text, parameter, stamp
from eventrec.formats.ical.records import OWN_ZONE
from eventrec.formats.ical.texts import description, in_languages, location
from eventrec.formats.ical.tzif import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.formats.ical.records import Attendee, CalendarEvent, CalendarOptions, Party

_STATUS: Final = {
    "planned": "TENTATIVE",
    "tentative": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "held": "CONFIRMED",
    "cancelled": "CANCELLED",
    "postponed": "CANCELLED",
}
_PARTSTAT: Final = {
    "registered": "TENTATIVE",
    "confirmed": "ACCEPTED",
    "attended": "ACCEPTED",
    "declined": "DECLINED",
    "cancelled": "DECLINED",
    "no-show": "DECLINED",
}
_ROLES: Final = {
    "chair": "CHAIR",
    "staff": "NON-PARTICIPANT",
    "donor": "NON-PARTICIPANT",
}
_UTC_NAMES: Final = ("UTC", "Etc/UTC", "Etc/UCT", "Etc/Zulu", "Etc/Universal", "UCT", "Zulu", "Universal")


def event_lines(event: CalendarEvent, options: CalendarOptions) -> Iterator[str]:
    """Yield the lines of one VEVENT. DTSTAMP is LAST-MODIFIED: without METHOD by 3.8.7.2, with one as no clock is."""
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_moment(event.modified)}"
    yield f"CREATED:{_moment(min(event.created, event.modified))}"
    yield f"LAST-MODIFIED:{_moment(event.modified)}"
    yield f"SEQUENCE:{event.sequence}"
    yield from _status(event, options)
    yield from _when(event, options)
    yield f"SUMMARY:{escape_text(in_languages(event.title, options))}"
    for name, text in (("DESCRIPTION", description(event, options)), ("LOCATION", location(event, options))):
        if text:
            yield f"{name}:{escape_text(text)}"
    yield f"CATEGORIES:{','.join(escape_text(word) for word in (event.kind, *event.projects, *event.topics))}"
    yield from _links(event)
    if options.program.on_a_map:
        yield from _on_a_map(event, options)
    yield from _people(event, options)
    yield f"TRANSP:{'OPAQUE' if _keeps_busy(event) else 'TRANSPARENT'}"
    if options.program.busy_status:
        yield f"X-MICROSOFT-CDO-BUSYSTATUS:{_busy_status(event)}"
    yield "END:VEVENT"


def _status(event: CalendarEvent, options: CalendarOptions) -> Iterator[str]:
    """Yield STATUS; who is called off from an event that takes place must not read one (RFC 5546 §3.2.5)."""
    if options.method != "CANCEL" or _is_off(event):
        yield f"STATUS:{'CANCELLED' if _is_off(event) else _STATUS[event.status]}"


def times_in_zone(event: CalendarEvent, options: CalendarOptions) -> bool:
    """Tell whether the event's hours are written with its zone's TZID, and so need a VTIMEZONE."""
    return bool(has_hours(event) and not options.utc and event.timezone not in _UTC_NAMES and not _doubtful(event))


def has_hours(event: CalendarEvent) -> bool:
    """Tell whether hours are written: not when fewer days than from first to last are meant, since which is open."""
    fewer = event.days is not None and event.days < _span(event)
    return bool(event.start_time and event.timezone and not fewer)


def _is_off(event: CalendarEvent) -> bool:
    return event.removed or _STATUS[event.status] == "CANCELLED"


def _keeps_busy(event: CalendarEvent) -> bool:
    """Tell whether the event takes up its hours; nothing that is called off does (3.8.2.7)."""
    return has_hours(event) and not _is_off(event)


def _busy_status(event: CalendarEvent) -> str:
    if not _keeps_busy(event):
        return "FREE"
    return "TENTATIVE" if _STATUS[event.status] == "TENTATIVE" else "BUSY"


def _span(event: CalendarEvent) -> int:
    return (event.ends_on - event.starts_on).days + 1


def _when(event: CalendarEvent, options: CalendarOptions) -> Iterator[str]:
    if not has_hours(event):
        yield f"DTSTART;VALUE=DATE:{stamp(event.starts_on)}"
        yield _end_of_days(event)
        return
    in_zone = times_in_zone(event, options)
    starts, ends = _at(event, event.starts_on, event.start_time), _at(event, event.starts_on, event.end_time)
    for name, moment in (("DTSTART", starts), ("DTEND", ends)):
        if moment is not None:
            zone = f";TZID={event.timezone}" if in_zone else ""
            written = stamp(moment) if in_zone else _in_utc(event, moment)
            yield f"{name}{zone}:{written}"
    if not in_zone and event.timezone not in _UTC_NAMES:  # for our own reader: UTC alone does not tell whose hours
        yield f"{OWN_ZONE}:{event.timezone}"
    if _span(event) > 1:
        yield from _daily(event, options)


def _end_of_days(event: CalendarEvent) -> str:
    """Return the end of whole days, the day after the last; their number where the calendar has no such day (3.6.1)."""
    if event.ends_on == date.max:
        return f"DURATION:P{_span(event)}D"
    return f"DTEND;VALUE=DATE:{stamp(event.ends_on + timedelta(days=1))}"


def _in_utc(event: CalendarEvent, moment: datetime) -> str:
    """Return a moment in UTC. Raises Rejected where that is before the year 1 or after 9999, which nothing can say."""
    try:
        return f"{stamp(moment.astimezone(UTC))}Z"
    except OverflowError as error:
        raise Rejected(
            f"An event on {moment.date()} at {moment:%H:%M} ({event.timezone}) is outside the years 1 to 9999 in UTC.",
            f"Give it another date: eventrec event edit {event.uid} --date 2026-03-01",
        ) from error


def _daily(event: CalendarEvent, options: CalendarOptions) -> Iterator[str]:
    """Yield the rule of daily hours, which holds in local time when the clocks change between two days (3.3.10).

    Where they change within the hours of a day, or between days that are written in UTC, the days stand one by one
    in UTC (3.8.5.2).
    The rule of one day stays then: without any, ical.js starts at the first RDATE and loses the first day, and the
    first day among the RDATEs comes twice out of libical.
    """
    days = [event.starts_on + timedelta(days=at) for at in range(_span(event))]
    starts = [_at(event, day, event.start_time) for day in days]
    ends = [_at(event, day, event.end_time) for day in days]
    offsets = {moment.utcoffset() for moment in (*starts, *ends) if moment is not None}
    one_rule = len(offsets) == 1 or (times_in_zone(event, options) and _every_day_is_as_long(starts, ends))
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


def _at(event: CalendarEvent, day: date, hour: str | None) -> datetime | None:
    if hour is None or event.timezone is None:
        return None
    return datetime.combine(day, time.fromisoformat(hour), clock(event.timezone))


def _doubtful(event: CalendarEvent) -> bool:
    """Tell whether readers disagree about an hour, so that only UTC says it.

    An hour comes twice when the clocks go back; an offset with seconds (Monrovia until 1972) is cut by some.
    """
    for at in range(_span(event)):
        for hour in (event.start_time, event.end_time):
            moment = _at(event, event.starts_on + timedelta(days=at), hour)
            if moment is None:
                continue
            offset = moment.utcoffset() or timedelta()
            if offset != moment.replace(fold=1).utcoffset() or offset % timedelta(minutes=1):
                return True
    return False


def _links(event: CalendarEvent) -> Iterator[str]:
    if event.latitude is not None and event.longitude is not None:
        yield f"GEO:{event.latitude:f};{event.longitude:f}"
    if event.source_url:
        yield f"URL:{_uri(event.source_url)}"
    if event.online_url:  # RFC 7986, 5.11
        link = _uri(event.online_url).replace(",", "%2C").replace(";", "%3B")  # vobject and Radicale end it there
        yield f"CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=Online:{link}"
    if event.parent_uid:
        yield f"RELATED-TO;RELTYPE=PARENT:{event.parent_uid}"


def _on_a_map(event: CalendarEvent, options: CalendarOptions) -> Iterator[str]:
    """Yield the place with its coordinates as Apple's Calendar shows it on a map."""
    if event.latitude is not None and event.longitude is not None:
        title = parameter(location(event, options) or in_languages(event.title, options))
        place = f"geo:{event.latitude:f},{event.longitude:f}"
        yield f"X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE={title}:{place}"


def _people(event: CalendarEvent, options: CalendarOptions) -> Iterator[str]:
    if event.contact is not None:
        named = in_languages(event.contact.name, options)
        reached = f"{named}, {event.contact.email}" if event.contact.email else named
        yield f"CONTACT:{escape_text(reached)}"
    if event.organizer is not None and event.organizer.email:
        yield f"ORGANIZER{_named(event.organizer, options)}:{_mailto(event.organizer.email)}"
    if options.attendees:  # by name: the same people give the same lines whatever their records' order
        yield from sorted(_attendee(attendee, options) for attendee in event.attendees if attendee.email)


def _attendee(attendee: Attendee, options: CalendarOptions) -> str:
    kind = ";CUTYPE=GROUP" if attendee.group else ";CUTYPE=INDIVIDUAL" if options.method else ""
    role = _ROLES.get(attendee.role, "REQ-PARTICIPANT")
    answer = attendee.answer or _PARTSTAT.get(attendee.status, "NEEDS-ACTION")
    reply = ";RSVP=TRUE" if attendee.asked else ""
    name = f";CN={parameter(in_languages(attendee.name, options))}"
    return f"ATTENDEE{name}{kind};ROLE={role};PARTSTAT={answer}{reply}:{_mailto(attendee.email or '')}"


def _named(party: Party, options: CalendarOptions) -> str:
    return f";CN={parameter(in_languages(party.name, options))}" if party.name else ""


def _uri(text: str) -> str:
    """Return an address with everything but URI characters percent-encoded (RFC 3986)."""
    return quote(text, safe="%:/?#[]@!$&'()*+,;=~-._")


def _mailto(email: str) -> str:
    """Return an address as a URI; what would end it there is encoded too (RFC 6068)."""
    return "mailto:" + quote(email, safe="@!$&'*+/=~-._")


def _moment(text: str) -> str:
    return text.replace("-", "").replace(":", "")
