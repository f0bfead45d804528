"""Calendars of the book's events (RFC 5545)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import Rejected
from eventrec.exports.event_texts import countries
from eventrec.localized import Localized
from eventrec.views.criteria import ALL, Criteria

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from eventrec.formats.ical.records import Attendee, CalendarEvent, CalendarOptions
    from eventrec.views.reader import Reader

NAME: Final = {"en": "Events", "zh": "活动"}
"""What a calendar is called that nobody named."""

_FEW: Final = 500
"""Events whose people are asked for by number; of more those of all events are read."""

Row = dict[str, Any]


@dataclass(frozen=True)
class CalendarWish:
    """How a calendar is to be: its name per language, `both` languages or one tag, UTC, with the people or without.

    `removed_since` (ISO date, inclusive) leaves out the cancellations of events that were removed before; `program` is
    a word of `formats.ical.programs.PROGRAMS`, or empty for a calendar that suits all.
    """

    name: Mapping[str, str] | None = None
    languages: str = "both"
    utc: bool = False
    attendees: bool = False
    removed_since: str = ""
    program: str = ""


@dataclass(frozen=True)
class Entry:
    """An event of a calendar, and its number in the book, which it keeps after it was removed.

    `people` are the numbers of the contacts whom it names.
    """

    number: int
    event: CalendarEvent
    people: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Entries:
    """The events of a calendar and how they are to be written.

    `undated` are events that are left out for want of a date; `unreachable` counts the participants who are left out
    for want of an e-mail address.
    """

    all: Sequence[Entry]
    options: CalendarOptions
    undated: Sequence[str] = ()
    unreachable: int = 0

    def calendar(self) -> bytes:
        """Return the calendar; empty when there are no events."""
        from eventrec.formats.ical.calendar import render

        return render([entry.event for entry in self.all], self.options) if self.all else b""


def calendar(reader: Reader, criteria: Criteria = ALL, wish: CalendarWish | None = None) -> bytes:
    """Return the events that meet the criteria as an iCalendar object (RFC 5545); empty when there are none."""
    return entries(reader, criteria, wish or CalendarWish()).calendar()


def entries(reader: Reader, criteria: Criteria, wish: CalendarWish) -> Entries:
    """Return the events that meet the criteria.

    Cancellations of removed events are among them when all events are asked for: a removed event has no project or
    agency.
    """
    main = reader.main_language()
    rows = list(reader.events(criteria))
    dated: list[Row] = [row for row in rows if row["starts_on"]]
    people, unreachable = attendees(reader, {row["id"] for row in dated}) if wish.attendees else ({}, 0)
    found = [_entry(row, people.get(row["id"], ())) for row in dated]
    if criteria == ALL:
        found.extend(_removed(reader, wish.removed_since))
    undated = [f"#{row['id']} {Localized(row['title']).any(main)}" for row in rows if not row["starts_on"]]  # type: ignore[arg-type]
    return Entries(found, _options(reader, wish), undated, unreachable)


def _entry(row: Row, people: Sequence[Attendee]) -> Entry:
    named = {row["contact_id"], *(person.contact_id for person in people)} - {None}
    return Entry(row["id"], calendar_event(row, people), frozenset(named))


def _options(reader: Reader, wish: CalendarWish) -> CalendarOptions:
    from eventrec.formats.ical.programs import ANY, PROGRAMS
    from eventrec.formats.ical.records import CalendarOptions

    return CalendarOptions(
        name=dict(wish.name or NAME),
        languages=wish.languages,
        main=reader.main_language(),
        utc=wish.utc,
        attendees=wish.attendees,
        program=PROGRAMS.get(wish.program, ANY),
    )


def _check_zone(row: Row) -> None:
    """Refuse hours in a time zone that this machine does not know: a record may come from a newer one."""
    from eventrec.formats.ical.tzif import clock

    zone = row["timezone"]
    try:
        if row["start_time"] and zone:
            clock(zone)
    except (LookupError, ValueError) as error:
        raise Rejected(
            f"Event {row['id']} is in the time zone “{zone}”, which is not known here.",
            f"Update them: pip install -U tzdata. Or: eventrec event edit {row['id']} --timezone Asia/Shanghai",
        ) from error


def calendar_event(row: Row, people: Sequence[Attendee]) -> CalendarEvent:
    """Return a row of v_event as a calendar tells of it; with its people it changed when the latest of them did."""
    from eventrec.formats.ical.records import CalendarEvent, Party

    _check_zone(row)
    return CalendarEvent(
        uid=row["uid"],
        sequence=row["sequence"],
        created=row["created_at"],
        modified=max([row["dtstamp"], *(person.modified for person in people)]),
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
        country=countries(row["country"], row["city"], row["title"]),
        latitude=row["latitude"],
        longitude=row["longitude"],
        online_url=row["online_url"],
        source_url=row["source_url"],
        parent_uid=row["parent_uid"],
        organizer=Party(row["organizer"], row["organizer_email"]) if row["organizer"] else None,
        contact=Party(row["contact"], row["contact_email"]) if row["contact"] else None,
        attendees=tuple(people),
    )


def attendees(reader: Reader, events: Collection[int]) -> tuple[dict[int, list[Attendee]], int]:
    """Return by event who takes part, people and agencies, and how many cannot be named without an e-mail address.

    Somebody with several roles stands there once (RFC 5546 §3.2.2), with the one that leads.
    """
    from eventrec.formats.ical.records import Attendee

    found: dict[int, list[Attendee]] = {}
    unreachable = 0
    few = tuple(sorted(events)) if len(events) <= _FEW else ()
    rows: list[Row] = [
        row for row in reader.participants(Criteria(event_ids=few)) if row["event"] in events and not row["forgotten"]
    ]
    for row in sorted(rows, key=_weight):
        name = row["contact"] or row["agency_name"] or row["label"]
        email = row["email"] if row["contact"] else row["agency_email"]
        if not (name and email):
            unreachable += 1
            continue
        there = found.setdefault(row["event"], [])
        if email not in {person.email for person in there}:
            there.append(
                Attendee(
                    name,
                    email,
                    row["role"],
                    row["status"],
                    group=row["contact"] is None,
                    modified=row["dtstamp"],
                    contact_id=row["contact_id"],
                )
            )
    return found, unreachable


def _weight(row: Row) -> tuple[bool, bool, bool]:
    """Return which of several rows of one stands in the calendar: a chair's, a participant's, who has accepted."""
    return (
        row["role"] != "chair",
        row["role"] in ("staff", "donor"),
        row["status"] in ("declined", "cancelled", "no-show"),
    )


def _removed(reader: Reader, since: str) -> Iterator[Entry]:
    """Yield what is left of removed events: their cancellation."""
    from eventrec.formats.ical.records import CalendarEvent

    for removed in reader.removed_events(since):
        said: Row = removed["calendar"]  # type: ignore[assignment]
        event = CalendarEvent(
            uid=str(removed["uid"]),
            sequence=said["sequence"],
            created=said["created_at"],
            modified=str(removed["removed_at"]),
            status="cancelled",
            removed=True,
            **{name: said[name] for name in ("title", "kind", "days", "start_time", "end_time", "timezone")},
            **{name: said[name] for name in ("venue", "address", "city")},
            country=countries(said["country"], said["city"], said["title"]),
            starts_on=date.fromisoformat(said["starts_on"]),
            ends_on=date.fromisoformat(said["ends_on"]),
        )
        yield Entry(int(str(removed["id"])), event)
