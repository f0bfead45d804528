"""A calendar of events as an iCalendar object (RFC 5545, with NAME, COLOR and CONFERENCE of RFC 7986)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from eventrec.formats.content_lines import escape_text, fold
from eventrec.formats.ical.event import event_lines, has_hours, times_in_zone
from eventrec.formats.ical.texts import in_languages, tags
from eventrec.formats.ical.zones import vtimezone
from eventrec.formats.marks import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from eventrec.formats.ical.records import CalendarEvent, CalendarOptions

_HEAD: Final = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}Calendar//EN", "CALSCALE:GREGORIAN")
_REFRESH: Final = "PT12H"

COLOR: Final = "steelblue"
"""The calendar's colour, a name of CSS (RFC 7986 §5.9)."""

COLOR_CODE: Final = "#4682B4"
"""The same colour, for programs that know no names."""


def render(events: Iterable[CalendarEvent], options: CalendarOptions) -> bytes:
    """Write the events, by date and hour, with the time zones they need before them.

    UTF-8 without BOM, CRLF, folded at 75 octets (3.1). There is no METHOD unless the options name one: the file is to
    be read or subscribed to, not an invitation. Nothing in it comes from a clock: the same events give the same bytes.
    """
    ordered = sorted(events, key=_order)
    method = [f"METHOD:{options.method}"] if options.method else []
    lines = [*_HEAD, *method, *_about(ordered, options)]
    for tzid, (first, last) in sorted(_zones(ordered, options).items()):
        lines += vtimezone(tzid, first, last)
    for event in ordered:
        lines += event_lines(event, options)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines).encode()


def _order(event: CalendarEvent) -> tuple[date, str, str]:
    """Return what events are ordered by: day, the hour that is written, and uid."""
    return event.starts_on, (event.start_time or "") if has_hours(event) else "", event.uid


def _about(events: Sequence[CalendarEvent], options: CalendarOptions) -> Iterator[str]:
    """Name the calendar and say how often to look again; a single event is an entry unless it is subscribed to."""
    if options.program.zone_of_calendar:
        yield from _zone(events, options)
    if len(events) < 2 and not options.subscribed:
        return
    yield from _names(options)
    yield f"X-WR-CALNAME:{escape_text(in_languages(options.name, options))}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}"
    yield f"X-PUBLISHED-TTL:{_REFRESH}"
    yield f"COLOR:{COLOR}"
    if options.program.on_a_map:
        yield f"X-APPLE-CALENDAR-COLOR:{COLOR_CODE}"


def _zone(events: Sequence[CalendarEvent], options: CalendarOptions) -> Iterator[str]:
    """Name the zone of the most events with hours, which stands for the calendar's."""
    zones = Counter(str(event.timezone) for event in events if times_in_zone(event, options))
    if zones:
        yield f"X-WR-TIMEZONE:{min(zones, key=lambda zone: (-zones[zone], zone))}"


def _names(options: CalendarOptions) -> Iterator[str]:
    """Yield NAME, once per language, the main one first (RFC 7986, 5.1)."""
    if options.languages == "both":
        for tag in tags(options.name, options):
            yield f"NAME;LANGUAGE={tag}:{escape_text(options.name[tag])}"
    else:
        yield f"NAME:{escape_text(in_languages(options.name, options))}"


def _zones(events: Iterable[CalendarEvent], options: CalendarOptions) -> dict[str, tuple[date, date]]:
    """Return the zones that events with hours are written in, with the first and last day they are needed for."""
    found: dict[str, tuple[date, date]] = {}
    for event in events:
        if event.timezone is None or not times_in_zone(event, options):
            continue
        first, last = found.get(event.timezone, (event.starts_on, event.ends_on))
        found[event.timezone] = (min(first, event.starts_on), max(last, event.ends_on))
    return found
