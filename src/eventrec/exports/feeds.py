"""Calendars to publish: of the whole book, of each project, each agency and each contact; and the page that lists them.

A file's name never changes: it is made of the record's number, of a contact's uid, since a number could be guessed.
"""

from __future__ import annotations

import json
import re
from array import array
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from heapq import merge
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.exports.calendar import NAME
from eventrec.exports.cards import safe_name
from eventrec.formats.content_lines import folded
from eventrec.formats.ical.calendar import TAIL, head
from eventrec.formats.ical.event import EventWriter
from eventrec.formats.ical.times import Zones
from eventrec.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from eventrec.exports.calendar import Calendar, CalendarWish
    from eventrec.formats.ical.records import CalendarOptions
    from eventrec.views.reader import Reader

_NAMED: Final = re.compile(r"(?:all|(?:project|agency)-[0-9]+|contact-[a-z0-9-]+)\.ics|index\.html")
_WHOLE: Final = ("id", "code", "name", "parent_id")
_COMING: Final = "v_on_the_day.status NOT IN ('declined', 'cancelled')"

_OWNER: Final = itemgetter(0)
_NOBODY: Final[tuple[int | None, Iterable[tuple[Any, ...]]]] = (None, ())

Row = dict[str, Any]
Pairs = list[tuple[Any, ...]]
"""Numbers of a record and of an event that belongs to it."""


class Feed(NamedTuple):
    """A calendar to publish: its file, its name by language, the places of its events in their order."""

    file: str
    name: Mapping[str, str]
    events: Sequence[int]


@contextmanager
def feeds(reader: Reader, calendar: Calendar, wish: CalendarWish) -> Iterator[Feeds]:
    """Yield the calendars to publish of the events of one, all of them of one state of the book.

    It is let go when their files have come: then what is given to somebody is noted, which nobody can who waits for a
    reader of a book without a log beside it.
    """
    with Spool() as texts, ExitStack() as held:
        held.enter_context(reader.connection.snapshot())
        yield Feeds(reader, calendar, wish, texts, held.close)


class Feeds:
    """All calendars to publish of the events of one, while they are read; true when there are any.

    A project's holds those of its phases, an agency's those of its parts. Who declined has the event no longer. A
    contact's name is on their calendar only where the participants are named. Each event is written once, and waits
    among the `texts`. `people` gets the numbers of the contacts whom calendars name, and of those whose they are.
    """

    def __init__(
        self, reader: Reader, calendar: Calendar, wish: CalendarWish, texts: Spool, let_go: Callable[[], None]
    ) -> None:
        self.people: set[int] = set()
        self._let_go = let_go
        self._reader, self._calendar, self._wish, self._texts = reader, calendar, wish, texts
        self._zones: list[Zones] = []
        self._places: dict[int, int] = {}
        self._read()

    def __bool__(self) -> bool:
        return len(self._texts) > 0

    def files(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Yield the files by name; none when there are no events."""
        from eventrec.formats.feed_page import ListedFeed, render

        if not self:
            self._let_go()
            return
        options, listed = replace(self._calendar.options, subscribed=True), list[ListedFeed]()
        for feed in self._listed():
            listed.append(ListedFeed(feed.file, feed.name, len(feed.events)))
            yield feed.file, self._content(feed, options)
        for feed in self._of_contacts():
            yield feed.file, self._content(feed, options)
        yield "index.html", [render(listed, options)]
        self._let_go()

    def _read(self) -> None:
        """Write all events, and note which place has each that was not removed."""
        writer = EventWriter(self._calendar.options)
        for place, entry in enumerate(self._calendar.entries()):
            writer.zones = Zones()
            self._texts.add(folded(self._calendar.written(writer, entry)))
            self._zones.append(writer.zones)
            self.people |= entry.people
            if not entry.is_removed:
                self._places[entry.number] = place

    def _content(self, feed: Feed, options: CalendarOptions) -> Iterable[bytes]:
        zones = Zones()
        for place in feed.events:
            zones.join(self._zones[place])
        before = head(zones, len(feed.events), replace(options, name=feed.name))
        return _Content(before, self._texts, feed.events)

    def _listed(self) -> Iterator[Feed]:
        """Yield the calendars that stand on the page: of the whole book, of projects and of agencies."""
        yield Feed("all.ics", self._wish.name or NAME, range(len(self._texts)))
        reported = self._reader.batches("SELECT project_id, event_id FROM v_event_project")
        yield from self._of_wholes("project", list(self._reader.projects(columns=_WHOLE)), reported)
        sql = f"SELECT agency_id, event_id FROM v_on_the_day WHERE agency_id IS NOT NULL AND {_COMING}"  # noqa: S608
        yield from self._of_wholes("agency", list(self._reader.agencies(columns=_WHOLE)), self._reader.batches(sql))

    def _of_wholes(self, noun: str, rows: Sequence[Row], pairs: Iterable[Pairs]) -> Iterator[Feed]:
        """Yield the calendars of owners, each with the events of all that are a part of it."""
        wholes = {row["id"]: row["parent_id"] for row in rows}
        found: dict[int, array[int]] = {}  # in no order, and perhaps several times
        for owner, event in chain.from_iterable(pairs):
            number = owner if event in self._places else None
            while number is not None:
                found.setdefault(number, array("i")).append(self._places[event])
                number = wholes.get(number)
        for row in rows:
            if row["id"] in found:
                name = _named(row, self._calendar.options)
                yield Feed(f"{noun}-{row['id']}.ics", name, sorted(set(found[row["id"]])))

    def _of_contacts(self) -> Iterator[Feed]:
        """Yield the calendars of people: of those who take part, and of whom to ask."""
        taking = f"SELECT contact_id, event_id FROM v_on_the_day WHERE contact_id IS NOT NULL AND {_COMING} ORDER BY 1"  # noqa: S608
        asked = "SELECT contact_id, id FROM v_event WHERE contact_id IS NOT NULL ORDER BY 1"
        pairs = merge(*(chain.from_iterable(self._reader.batches(sql)) for sql in (taking, asked)), key=_OWNER)
        owners = groupby(pairs, _OWNER)
        owner, of_one = next(owners, _NOBODY)
        for number, uid, name in chain.from_iterable(self._reader.stored("v_contact", ("id", "uid", "name"))):
            while owner is not None and owner < number:
                owner, of_one = next(owners, _NOBODY)
            events = {self._places[event] for _, event in of_one if event in self._places} if owner == number else ()
            if events:
                shown = json.loads(name) if self._wish.attendees else self._wish.name or NAME
                self.people.add(number)
                yield Feed(f"contact-{safe_name(uid)}.ics", shown, sorted(events))


class _Content:
    """A calendar in pieces, which may be gone through several times."""

    def __init__(self, before: bytes, texts: Spool, events: Sequence[int]) -> None:
        self._before, self._texts, self._events = before, texts, events

    def __iter__(self) -> Iterator[bytes]:
        yield self._before
        yield from self._texts.pieces(self._events)
        yield TAIL


def belongs_to_feeds(name: str) -> bool:
    """Tell whether a file of this name is one of the feeds."""
    return _NAMED.fullmatch(name) is not None


def _named(row: Row, options: CalendarOptions) -> Mapping[str, str]:
    """Return a record's name by language with its code before it; where all are written, before the first one."""
    from eventrec.formats.ical.texts import tags

    code, names = row["code"], row["name"]
    first = tags(names, options)[:1] if options.languages == "both" else list(names)
    return {tag: f"{code} {name}" if code and tag in first else name for tag, name in names.items()}
