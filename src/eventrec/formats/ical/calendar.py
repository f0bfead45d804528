"""A calendar of events as an iCalendar object (RFC 5545, with NAME, COLOR and CONFERENCE of RFC 7986)."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from eventrec.formats.content_lines import escape_text, fold, folded
from eventrec.formats.ical.event import EventWriter
from eventrec.formats.ical.records import StoredAttendee, StoredEvent
from eventrec.formats.ical.texts import in_languages, tags
from eventrec.formats.ical.times import has_hours
from eventrec.formats.ical.zones import vtimezone
from eventrec.formats.marks import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from eventrec.formats.ical.records import Attendee, CalendarEvent, CalendarOptions

    Guests = Sequence[StoredAttendee]

_HEAD: Final = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}Calendar//EN", "CALSCALE:GREGORIAN")
_REFRESH: Final = "PT12H"

COLOR: Final = "steelblue"
"""The calendar's colour, a name of CSS (RFC 7986 §5.9)."""

COLOR_CODE: Final = "#4682B4"
"""The same colour, for programs that know no names."""


TAIL: Final = b"END:VCALENDAR\r\n"
"""What stands behind the events."""


def render(events: Iterable[CalendarEvent], options: CalendarOptions) -> bytes:
    """Write the events, by date and hour, with the time zones they need before them.

    UTF-8 without BOM, CRLF, folded at 75 octets (3.1). There is no METHOD unless the options name one: the file is to
    be read or subscribed to, not an invitation. Nothing in it comes from a clock: the same events give the same bytes.
    """
    ordered = sorted((_stored(event) for event in events), key=lambda each: order(each[0]))
    writer = EventWriter(options)
    body = "".join([writer.text(event, guests) for event, guests in ordered])
    return head(writer.zones, len(ordered), options) + folded(body) + TAIL


def head(zones: Mapping[str, tuple[str, str, int]], events: int, options: CalendarOptions) -> bytes:
    """Return what stands before so many events: the calendar's name, and the time zones with their first and last day.

    What stands behind them is `TAIL`.
    """
    method = [f"METHOD:{options.method}"] if options.method else []
    lines = [*_HEAD, *method, *_about(zones, events, options)]
    needed = [_zone(tzid, int(first[:4]), int(last[:4])) for tzid, (first, last, _) in sorted(zones.items())]
    return "".join([*(f"{fold(line)}\r\n" for line in lines), *needed]).encode()


@lru_cache(maxsize=1024)
def _zone(tzid: str, first: int, last: int) -> str:
    """Return a time zone for years."""
    return "".join([f"{fold(line)}\r\n" for line in vtimezone(tzid, date(first, 1, 1), date(last, 1, 1))])


def order(event: StoredEvent) -> tuple[str, str, str]:
    """Return what events are ordered by: day, the hour that is written, and uid."""
    return event.starts_on, (event.start_time or "") if has_hours(event) else "", event.uid


def _stored(event: CalendarEvent) -> tuple[StoredEvent, Guests]:
    """Return an event and who takes part in it in the form in which the book would hold them."""
    organizer, contact = event.organizer, event.contact
    row = StoredEvent(
        uid=event.uid,
        sequence=event.sequence,
        created_at=event.created,
        dtstamp=event.modified,
        status="removed" if event.removed else event.status,
        status_reason=event.status_reason,
        title=_json(event.title) or "{}",
        description=_json(event.description),
        kind=event.kind,
        projects=json.dumps(list(event.projects)),
        topics=json.dumps(list(event.topics)),
        starts_on=event.starts_on.isoformat(),
        ends_on=event.ends_on.isoformat(),
        start_time=event.start_time,
        end_time=event.end_time,
        timezone=event.timezone,
        days=event.days,
        venue=_json(event.venue),
        address=event.address,
        city=_json(event.city),
        country=_json(event.country),
        latitude=event.latitude,
        longitude=event.longitude,
        online_url=event.online_url,
        source_url=event.source_url,
        parent_uid=event.parent_uid,
        organizer=(_json(organizer.name) or "{}") if organizer else None,
        organizer_email=organizer.email if organizer else None,
        contact=(_json(contact.name) or "{}") if contact else None,
        contact_email=contact.email if contact else None,
    )
    return row, [_guest(each, each.email) for each in event.attendees if each.email]


def _guest(who: Attendee, email: str) -> StoredAttendee:
    name = _json(who.name) or "{}"
    return StoredAttendee(
        name, email, who.role, who.status, who.group, who.modified, who.contact_id, who.answer, who.asked
    )


def _json(text: Mapping[str, str] | None) -> str | None:
    return json.dumps(text, ensure_ascii=False) if text else None


def _about(zones: Mapping[str, tuple[str, str, int]], events: int, options: CalendarOptions) -> Iterator[str]:
    """Name the calendar and say how often to look again; a single event is an entry unless it is subscribed to."""
    if options.program.zone_of_calendar and zones:  # that of the most events with hours stands for the calendar's
        yield f"X-WR-TIMEZONE:{min(zones, key=lambda zone: (-zones[zone][2], zone))}"
    if events < 2 and not options.subscribed:
        return
    yield from _names(options)
    yield f"X-WR-CALNAME:{escape_text(in_languages(options.name, options))}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}"
    yield f"X-PUBLISHED-TTL:{_REFRESH}"
    yield f"COLOR:{COLOR}"
    if options.program.on_a_map:
        yield f"X-APPLE-CALENDAR-COLOR:{COLOR_CODE}"


def _names(options: CalendarOptions) -> Iterator[str]:
    """Yield NAME, once per language, the main one first (RFC 7986, 5.1)."""
    if options.languages == "both":
        for tag in tags(options.name, options):
            yield f"NAME;LANGUAGE={tag}:{escape_text(options.name[tag])}"
    else:
        yield f"NAME:{escape_text(in_languages(options.name, options))}"
