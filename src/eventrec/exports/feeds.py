"""Calendars to publish: of the whole book, of each project, each agency and each contact; and the page that lists them.

A file's name never changes: it is made of the record's number, of a contact's uid, since a number could be guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from eventrec.exports.calendar import NAME, Entry, entries
from eventrec.exports.cards import safe_name
from eventrec.views.criteria import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from eventrec.exports.calendar import CalendarWish, Entries
    from eventrec.formats.ical.records import CalendarOptions
    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader

_NAMED: Final = re.compile(r"(?:all|(?:project|agency)-[0-9]+|contact-[a-z0-9-]+)\.ics|index\.html")
_NOT_COMING: Final = ("declined", "cancelled")

Row = dict[str, Any]
Pairs = set[tuple[int, int]]
"""Numbers of a record and of an event that belongs to it."""


@dataclass(frozen=True)
class Feed:
    """A calendar to publish: its file, its name by language, its events. One that is `listed` stands on the page.

    `contact_id` is the person whose events they are.
    """

    file: str
    name: Mapping[str, str]
    entries: Sequence[Entry]
    listed: bool = True
    contact_id: int | None = None


@dataclass(frozen=True)
class Feeds:
    """All calendars to publish, and the events that they are made of."""

    all: Sequence[Feed]
    entries: Entries

    def contents(self) -> dict[str, bytes]:
        """Return the files by name; none when there are no events."""
        from eventrec.formats.feed_page import ListedFeed, render

        options = replace(self.entries.options, subscribed=True)
        found = {
            feed.file: replace(self.entries, all=feed.entries, options=replace(options, name=feed.name)).calendar()
            for feed in self.all
        }
        listed = [ListedFeed(feed.file, feed.name, len(feed.entries)) for feed in self.all if feed.listed]
        return {**found, "index.html": render(listed, options)} if found else {}


def belongs_to_feeds(name: str) -> bool:
    """Tell whether a file of this name is one of the feeds."""
    return _NAMED.fullmatch(name) is not None


def feeds(reader: Reader, criteria: Criteria, wish: CalendarWish) -> Feeds:
    """Return the calendars of the events that meet the criteria.

    A project's holds those of its phases, an agency's those of its parts. Who declined has the event no longer. A
    contact's name is on their calendar only where the participants are named.
    """
    every = entries(reader, criteria, wish)
    by_number = {entry.number: entry for entry in every.all if not entry.event.removed}
    found = [Feed("all.ics", wish.name or NAME, every.all)] if every.all else []
    found += _of_wholes("project", list(reader.projects()), _reported(reader), by_number, every.options)
    found += _of_wholes("agency", list(reader.agencies()), _taking(reader, "agency"), by_number, every.options)
    events = _grouped(_taking(reader, "contact") | _asked(reader), by_number)
    contacts: Iterable[Row] = reader.contacts(ALL, ("id", "uid", "name"))
    for row in contacts:
        if row["id"] in events:
            name = row["name"] if wish.attendees else wish.name or NAME
            found.append(Feed(f"contact-{safe_name(row['uid'])}.ics", name, events[row["id"]], False, row["id"]))
    return Feeds(found, every)


def _of_wholes(
    noun: str, rows: Sequence[Row], pairs: Pairs, by_number: Mapping[int, Entry], options: CalendarOptions
) -> Iterator[Feed]:
    events = _grouped(_upwards(pairs, rows), by_number)
    for row in rows:
        if row["id"] in events:
            yield Feed(f"{noun}-{row['id']}.ics", _named(row, options), events[row["id"]])


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


def _grouped(pairs: Pairs, by_number: Mapping[int, Entry]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = {}
    for owner, event in sorted(pairs):
        if event in by_number:
            found.setdefault(owner, []).append(by_number[event])
    return found
