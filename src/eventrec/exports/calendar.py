"""Calendars of the book's events (RFC 5545)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from eventrec.exports.event_texts import country
from eventrec.localized import Localized
from eventrec.views.criteria import ALL, Criteria

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from eventrec.formats.ical.records import CalendarEvent
    from eventrec.views.reader import Reader

Row = dict[str, Any]


@dataclass(frozen=True)
class Calendar:
    """A calendar file, empty when there is nothing to write, and the events that are not in it for want of a date."""

    content: bytes
    undated: Sequence[str]


@dataclass(frozen=True)
class CalendarWish:
    """How a calendar is to be: its name per language, `both` languages or one tag, UTC, with the people or without.

    `removed_since` (ISO date, inclusive) leaves out the cancellations of events that were removed before.
    """

    name: Mapping[str, str] | None = None
    languages: str = "both"
    utc: bool = False
    attendees: bool = False
    removed_since: str = ""


def calendar(reader: Reader, criteria: Criteria = ALL, wish: CalendarWish | None = None) -> Calendar:
    """Return the events that meet the criteria as an iCalendar object (RFC 5545).

    Cancellations of removed events are in it when all events are asked for: a removed event has no project or agency.
    """
    from eventrec.formats.ical.calendar import render
    from eventrec.formats.ical.records import CalendarOptions

    wish = wish or CalendarWish()
    main = reader.main_language()
    rows = list(reader.events(criteria))
    people = _people(reader, criteria) if wish.attendees else {}
    events = [calendar_event(row, people.get(int(str(row["id"])), ()), main) for row in rows if row["starts_on"]]
    if criteria == ALL:
        events.extend(_removed(reader, wish.removed_since, main))
    options = CalendarOptions(
        name=dict(wish.name or {"en": "Events", "zh": "活动"}),
        languages=wish.languages,
        main=main,
        utc=wish.utc,
        attendees=wish.attendees,
    )
    undated = [f"#{row['id']} {Localized(row['title']).any(main)}" for row in rows if not row["starts_on"]]  # type: ignore[arg-type]
    return Calendar(render(events, options) if events else b"", undated)


def calendar_event(row: Row, attendees: Sequence[Any], main: str) -> CalendarEvent:
    """Return a row of v_event as a calendar prints it."""
    from eventrec.formats.ical.records import CalendarEvent, Party

    return CalendarEvent(
        uid=row["uid"],
        sequence=row["sequence"],
        created=row["created_at"],
        modified=row["dtstamp"],
        status=row["status"],
        status_reason=row["status_reason"],
        title=row["title"],
        description=row["description"] or {},
        kind=row["kind"],
        projects=tuple(row["projects"]),
        topics=tuple(row["topics"] or ()),
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
        start_time=row["start_time"],
        end_time=row["end_time"],
        timezone=row["timezone"],
        days=row["days"],
        venue=row["venue"],
        address=row["address"],
        city=row["city"],
        country=country(row["country"], main),
        latitude=row["latitude"],
        longitude=row["longitude"],
        online_url=row["online_url"],
        source_url=row["source_url"],
        parent_uid=row["parent_uid"],
        organizer=Party(row["organizer"], row["organizer_email"]) if row["organizer"] else None,
        contact=Party(row["contact"], row["contact_email"]) if row["contact"] else None,
        attendees=tuple(attendees),
    )


def _people(reader: Reader, criteria: Criteria) -> dict[int, list[Any]]:
    """Return by event the people and agencies that take part."""
    from eventrec.formats.ical.records import Attendee

    found: dict[int, list[Any]] = {}
    for row in reader.participants(Criteria(event_ids=criteria.event_ids)):
        name = row["contact"] or row["agency_name"] or row["label"]
        if isinstance(row["event"], int) and name:
            attendee = Attendee(name, row["email"], row["role"], row["status"], group=row["contact"] is None)  # type: ignore[arg-type]
            found.setdefault(row["event"], []).append(attendee)
    return found


def _removed(reader: Reader, since: str, main: str) -> Iterator[CalendarEvent]:
    """Yield what is left of removed events: their cancellation."""
    from eventrec.formats.ical.records import CalendarEvent

    for removed in reader.removed_events(since):
        said: Row = removed["calendar"]  # type: ignore[assignment]
        yield CalendarEvent(
            uid=str(removed["uid"]),
            sequence=said["sequence"],
            created=said["created_at"],
            modified=str(removed["removed_at"]),
            status="cancelled",
            removed=True,
            **{name: said[name] for name in ("title", "kind", "days", "start_time", "end_time", "timezone")},
            **{name: said[name] for name in ("venue", "address", "city")},
            country=country(said["country"], main),
            starts_on=date.fromisoformat(said["starts_on"]),
            ends_on=date.fromisoformat(said["ends_on"]),
        )
