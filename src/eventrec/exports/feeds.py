"""Calendars to publish: of the whole book, of each project, each agency and each contact; and the page that lists them.

A file's name never changes: it is made of the record's number, of a contact's uid, since a number could be guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.exports.calendar import NAME
from eventrec.exports.cards import safe_name
from eventrec.formats.content_lines import folded
from eventrec.formats.ical.calendar import TAIL, head
from eventrec.formats.ical.event import EventWriter
from eventrec.formats.ical.times import Zones
from eventrec.views.criteria import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from eventrec.exports.calendar import Calendar, CalendarWish
    from eventrec.formats.ical.records import CalendarOptions
    from eventrec.views.reader import Reader

_NAMED: Final = re.compile(r"(?:all|(?:project|agency)-[0-9]+|contact-[a-z0-9-]+)\.ics|index\.html")
_WHOLE: Final = ("id", "code", "name", "parent_id")
_NOT_COMING: Final = ("declined", "cancelled")

Row = dict[str, Any]
Pairs = set[tuple[int, int]]
"""Numbers of a record and of an event that belongs to it."""


class Written(NamedTuple):
    """An event as it stands in every calendar that holds it: its text, its zones, the contacts whom it names."""

    text: bytes
    zones: Zones
    people: frozenset[int]


@dataclass(frozen=True)
class Feed:
    """A calendar to publish: its file, its name by language, its events. One that is `listed` stands on the page.

    `contact_id` is the person whose events they are.
    """

    file: str
    name: Mapping[str, str]
    events: Sequence[Written]
    listed: bool = True
    contact_id: int | None = None


@dataclass(frozen=True)
class Feeds:
    """All calendars to publish."""

    all: Sequence[Feed]
    options: CalendarOptions

    def contents(self) -> dict[str, bytes]:
        """Return the files by name; none when there are no events."""
        from eventrec.formats.feed_page import ListedFeed, render

        options = replace(self.options, subscribed=True)
        found = {feed.file: _content(feed.events, replace(options, name=feed.name)) for feed in self.all}
        listed = [ListedFeed(feed.file, feed.name, len(feed.events)) for feed in self.all if feed.listed]
        return {**found, "index.html": render(listed, options)} if found else {}


def _content(events: Sequence[Written], options: CalendarOptions) -> bytes:
    zones = Zones()
    for event in events:
        zones.join(event.zones)
    return b"".join([head(zones, len(events), options), *(event.text for event in events), TAIL])


def belongs_to_feeds(name: str) -> bool:
    """Tell whether a file of this name is one of the feeds."""
    return _NAMED.fullmatch(name) is not None


def feeds(reader: Reader, calendar: Calendar, wish: CalendarWish) -> Feeds:
    """Return the calendars of the events of one.

    A project's holds those of its phases, an agency's those of its parts. Who declined has the event no longer. A
    contact's name is on their calendar only where the participants are named.
    """
    every, by_number = _written(calendar)
    found = [Feed("all.ics", wish.name or NAME, every)] if every else []
    found += _of_wholes("project", list(reader.projects(columns=_WHOLE)), _reported(reader), by_number, calendar)
    found += _of_wholes("agency", list(reader.agencies(columns=_WHOLE)), _taking(reader, "agency"), by_number, calendar)
    events = _grouped(_taking(reader, "contact") | _asked(reader), by_number)
    contacts: Iterable[Row] = reader.contacts(ALL, ("id", "uid", "name"))
    for row in contacts:
        if row["id"] in events:
            name = row["name"] if wish.attendees else wish.name or NAME
            found.append(Feed(f"contact-{safe_name(row['uid'])}.ics", name, events[row["id"]], False, row["id"]))
    return Feeds(found, calendar.options)


def _written(calendar: Calendar) -> tuple[list[Written], dict[int, tuple[int, Written]]]:
    """Return all events in their order, and those that were not removed by number with their place in the order."""
    every: list[Written] = []
    by_number: dict[int, tuple[int, Written]] = {}
    writer = EventWriter(calendar.options)
    for at, entry in enumerate(calendar.entries()):
        writer.zones = Zones()
        text = folded(calendar.written(writer, entry))
        written = Written(text, writer.zones, frozenset(entry.people))
        every.append(written)
        if not entry.is_removed:
            by_number[entry.number] = at, written
    return every, by_number


def _of_wholes(
    noun: str, rows: Sequence[Row], pairs: Pairs, by_number: Mapping[int, tuple[int, Written]], calendar: Calendar
) -> Iterator[Feed]:
    events = _grouped(_upwards(pairs, rows), by_number)
    for row in rows:
        if row["id"] in events:
            yield Feed(f"{noun}-{row['id']}.ics", _named(row, calendar.options), events[row["id"]])


def _named(row: Row, options: CalendarOptions) -> Mapping[str, str]:
    """Return a record's name by language with its code before it; where all are written, before the first one."""
    from eventrec.formats.ical.texts import tags

    code, names = row["code"], row["name"]
    first = tags(names, options)[:1] if options.languages == "both" else list(names)
    return {tag: f"{code} {name}" if code and tag in first else name for tag, name in names.items()}


def _reported(reader: Reader) -> Pairs:
    return _pairs(reader.rows("SELECT project_id, event_id FROM v_event_project"))


def _taking(reader: Reader, noun: str) -> Pairs:
    declined = ", ".join(f"'{word}'" for word in _NOT_COMING)
    return _pairs(
        reader.rows(
            f"SELECT {noun}_id, event_id FROM v_on_the_day"  # noqa: S608
            f" WHERE {noun}_id IS NOT NULL AND status NOT IN ({declined})"
        )
    )


def _asked(reader: Reader) -> Pairs:
    return _pairs(reader.rows("SELECT contact_id, id FROM v_event WHERE contact_id IS NOT NULL"))


def _pairs(rows: Iterable[tuple[Any, ...]]) -> Pairs:
    return {(int(owner), int(event)) for owner, event in rows}


def _upwards(pairs: Pairs, rows: Iterable[Row]) -> Pairs:
    """Return the pairs, and each event also with every whole that its owner is a part of."""
    wholes = {row["id"]: row["parent_id"] for row in rows}

    def above(owner: int) -> Iterator[int]:
        number: int | None = owner
        while number is not None:
            yield number
            number = wholes.get(number)

    return {(whole, event) for owner, event in pairs for whole in above(owner)}


def _grouped(pairs: Pairs, by_number: Mapping[int, tuple[int, Written]]) -> dict[int, list[Written]]:
    """Return the events of each owner, in the order of a calendar."""
    found: dict[int, list[tuple[int, Written]]] = {}
    for owner, event in pairs:
        if event in by_number:
            found.setdefault(owner, []).append(by_number[event])
    for events in found.values():
        events.sort(key=itemgetter(0))
    return {owner: [written for _, written in events] for owner, events in found.items()}
