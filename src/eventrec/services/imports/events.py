"""Rows of a sheet of events."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

from eventrec.db.derived import computed
from eventrec.db.journal import journal_of
from eventrec.errors import Rejected
from eventrec.localized import Localized
from eventrec.models import Event, EventProject
from eventrec.services import event as events
from eventrec.services import participation, rows
from eventrec.services.event import ProjectShare
from eventrec.services.imports.cells import Cells
from eventrec.services.imports.events_of_book import EventsOfBook
from eventrec.services.imports.lists import ListedEvent
from eventrec.services.imports.outcome import Problem
from eventrec.services.imports.people import Refused
from eventrec.services.imports.person import kept_note
from eventrec.text.names import normalise
from eventrec.text.times import read_hours, read_timezone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.services.imports.layout import Layout
    from eventrec.services.imports.lists import Lists
    from eventrec.services.imports.outcome import Action, Outcome
    from eventrec.services.imports.people import People
    from eventrec.services.imports.rows import RawRow
    from eventrec.services.imports.wish import Wish

_LONG: Final = 20_000
_OWN: Final = ("id", "uid", "created_at", "modified_at", "version")
_COLUMNS: Final = tuple(column.name for column in Event.__table__.columns if column.name not in _OWN)
_PARTIES: Final = {
    "organizers": "organizer",
    "co_organizers": "co-organizer",
    "hosts": "host",
    "facilitators": "facilitator",
}
_TEXTS: Final = (("title", 500), ("venue", 300), ("city", 100), ("description", _LONG), ("results", _LONG))
_LINES: Final = (
    ("status_reason", 500), ("date_note", 200), ("address", 500), ("online_url", 2000), ("source_url", 2000),
)  # fmt: skip


@dataclass
class Entry:
    """An event as a row tells of it; `columns` are those of `Event` that it says something of."""

    sheet: str
    row: int
    title: Localized | None
    columns: dict[str, Any]
    number: int | None = None
    version: int | None = None
    parent: str = ""
    contact: str = ""
    projects: list[str] = field(default_factory=list)
    parties: list[tuple[str, str]] = field(default_factory=list)


class EventRows:
    """Adds and changes events, one row after another; new ones are written many at once."""

    def __init__(self, session: Session, wish: Wish, outcome: Outcome, people: People, lists: Lists, main: str) -> None:
        self._session = session
        self._wish = wish
        self._outcome = outcome
        self._people = people
        self._bulk = people.bulk
        self._main = main
        self._lists = lists
        self._rows = self._bulk.rows(Event, *_COLUMNS)
        self._paid = self._bulk.rows(EventProject, "event_id", "project_id")
        self._book = EventsOfBook(session)

    def look_ahead(self, entries: Sequence[Entry]) -> None:
        """Read the events that may be meant by rows that come next, all at once."""
        self._book.look_ahead((each.number, each.title, each.columns.get("starts_on")) for each in entries)

    def read(self, row: RawRow, found: Layout) -> tuple[Entry, list[Problem]]:
        """Return what the row says and everything in it that cannot be read."""
        problems: list[Problem] = []

        def refuse(name: str, message: str) -> None:
            problems.append(Problem(row.sheet, row.number, found.heading(name) or name, message))

        cells = Cells(row.cells, refuse, self._wish.today)
        columns: dict[str, Any] = {
            name: cells.localized(name, self._main, limit, lines=limit == _LONG) for name, limit in _TEXTS
        }
        columns |= {name: cells.line(name, limit) for name, limit in _LINES}
        columns |= {
            "kind": cells.word("kind", "event kind"),
            "status": cells.word("status", "event status"),
            "modality": cells.word("modality", "event modality"),
            "country": cells.country("country"),
            "topics": _parts(cells.text("topics")),
            "note": kept_note(cells, row),
        }
        columns |= _when(cells, refuse)
        days, number, version = (cells.number(name) for name in ("days", "event", "version"))
        columns["days"] = days[0] if days else None
        entry = Entry(
            row.sheet,
            row.number,
            columns.pop("title"),
            {name: value for name, value in columns.items() if value},
            number=number[0] if number else None,
            version=version[0] if version else None,
            parent=cells.text("parent"),
            contact=cells.text("contact"),
            projects=_parts(cells.text("projects")),
            parties=[(role, text) for name, role in _PARTIES.items() for text in _parts(cells.text(name))],
        )
        if not (entry.title or entry.number or problems):
            refuse("title", "There is no title.")
        return entry, problems

    def put(self, entry: Entry) -> tuple[Action, str]:
        """Add the event, or bring the known one up to date. Raises Refused and Rejected."""
        # An agency that is named in both languages is one.
        parties = list(dict.fromkeys((role, self._agency(role, text)) for role, text in entry.parties))
        projects = [self._project(text) for text in entry.projects]
        columns = dict(entry.columns)
        if entry.contact:
            columns["contact_id"] = self._contact(entry.contact)
        row = self._same(entry, {**columns, **({"title": entry.title} if entry.title else {})})
        if row is not None:
            return self._known(row, entry, columns, projects, parties)
        if entry.title is None:
            raise Refused("title", "There is no title.")
        parent = self._parent(entry.parent) if entry.parent else None
        if columns.get("kind") == "site-visit" and parent is None:
            raise Refused("parent", "A site visit belongs to an event; write its number or title.")
        number = self._add(entry.title, parent, columns, projects, parties)
        return "new", f"{entry.title.both(self._main)} (event {number})"

    def _add(
        self,
        title: Localized,
        parent: Event | None,
        columns: Row,
        projects: Sequence[int],
        parties: Sequence[tuple[str, int]],
    ) -> int:
        """Add an event as `event.add` does. Raises Rejected."""
        new = events.columns_of_new(
            title=title,
            parent=events.deciding(parent) if parent else None,
            own_zone=lambda: self._book.zone,
            **columns,
        )
        row = self._bulk.whole(Event, new)
        row |= computed("event", row)
        number, _ = self._rows.add(*[row[name] for name in _COLUMNS])
        self._book.know(number, title, row["starts_on"], is_new=True)
        for project_id in dict.fromkeys(projects):
            self._paid.add(number, project_id)
        event = ListedEvent(**{name: row[name] for name in ListedEvent._fields} | {"id": number})
        for role, agency_id in parties:
            self._lists.add(event, None, role=role, agency_id=agency_id)
        return number

    def _same(self, entry: Entry, wanted: dict[str, Any]) -> Event | None:
        """Return the event with the number, else the one of the same title and first day."""
        if entry.number is not None:
            if self._book.is_new(entry.number):
                self._bulk.flush()
            return rows.get(self._session, Event, entry.number, entry.version, wanted)
        found = self._those(self._book.named(entry.title or Localized(), entry.columns.get("starts_on")))
        titles = {normalise(text) for text in (entry.title or {}).values()}
        found = [
            row
            for row in found
            if row.starts_on == entry.columns.get("starts_on") and titles & set(map(normalise, row.title.values()))
        ]
        if len(found) > 1:
            listed = ", ".join(f"event {row.id}" for row in found)
            raise Refused("title", f"There are several events of that title and day: {listed}. Write the number.")
        return found[0] if found else None

    def _those(self, numbers: Iterable[int]) -> list[Event]:
        """Return events by number, without those that are gone."""
        found = sorted(numbers)
        if any(map(self._book.is_new, found)):
            self._bulk.flush()
        return [event for number in found if (event := self._session.get(Event, number))]

    def _known(
        self,
        row: Event,
        entry: Entry,
        columns: dict[str, Any],
        projects: list[int],
        parties: list[tuple[str, int]],
    ) -> tuple[Action, str]:
        words = f"{row.title.both(self._main)} (event {row.id})"
        if self._wish.mode == "add":
            return "same", words
        kept: list[str] = []
        changes = self._changes(row, entry, columns, kept)
        changed = False
        if changes or projects or parties or (row.starts_on and not row.planned_starts_on):
            self._bulk.flush()
            before = journal_of(self._session).recorded
            there = {(each.role, each.agency_id) for each in participation.of_event(self._session, row.id)}
            events.edit(
                self._session,
                row.id,
                changes,
                projects=[ProjectShare(number) for number in projects],
                parties=[party for party in parties if party not in there],
            )
            changed = journal_of(self._session).recorded != before
            self._book.know(row.id, row.title, row.starts_on, is_new=False)
        else:
            events.check(events.deciding(row))
        return ("updated" if changed else "same"), words + ("; kept: " + "; ".join(kept) if kept else "")

    def _changes(self, row: Event, entry: Entry, columns: dict[str, Any], kept: list[str]) -> dict[str, Any]:
        update = self._wish.mode == "update"
        changes: dict[str, Any] = {}
        new_columns = {**columns, **({"title": entry.title} if entry.title else {})}
        for name, new in new_columns.items():
            old = getattr(row, name)
            if name == "note":
                if new not in (old or ""):
                    changes[name] = f"{old}\n{new}" if old else new
            elif isinstance(new, Localized):
                mixed = (old or Localized()) | new if update else new | (old or Localized())
                if mixed != old:
                    changes[name] = mixed
                if any(normalise(mixed[tag]) != normalise(text) for tag, text in new.items()):
                    kept.append(f"{name} “{old.both(self._main)}” (the file says “{new.both(self._main)}”)")
            elif old in (None, "", []) or update:
                changes[name] = new
            elif old != new:
                kept.append(f"{name.removesuffix('_id').replace('_', ' ')} “{old}” (the file says “{new}”)")
        return changes

    def _agency(self, role: str, text: str) -> int:
        found = self._people.agencies.same([text])
        if len(found) != 1:
            many = "more than one" if found else "no"
            name = next(name for name, word in _PARTIES.items() if word == role)
            raise Refused(name, f"There is {many} agency “{text}”. Add it first: eventrec agency add …")
        return found[0]

    def _project(self, text: str) -> int:
        found = self._book.projects.get(normalise(text))
        if found is None:
            raise Refused("projects", f"There is no project “{text}”. Add it first: eventrec project add …")
        return found

    def _contact(self, text: str) -> int:
        found = self._book.contacts(text)
        if len(found) != 1:
            raise Refused(
                "contact", f"There is {'more than one' if found else 'no'} contact “{text}”; write the number."
            )
        return found[0]

    def _parent(self, text: str) -> Event:
        found = [
            row
            for row in self._those(self._book.called(text))
            if row.parent_id is None
            and (text.lstrip("#") == str(row.id) or normalise(text) in map(normalise, row.title.values()))
        ]
        if len(found) != 1:
            raise Refused("parent", f"There is {'more than one' if found else 'no'} event “{text}”; write the number.")
        return found[0]


def _when(cells: Cells, refuse: Callable[[str, str], None]) -> dict[str, Any]:
    """Return the columns of dates and hours."""
    found: dict[str, Any] = {}
    span = cells.days("date") or cells.days("starts_on")
    last = cells.days("ends_on")
    if span:
        found["starts_on"], found["ends_on"] = span[0], (last or span)[1]
        if found["ends_on"] < found["starts_on"]:
            refuse("ends_on", f"The last day ({found['ends_on']}) is before the first ({found['starts_on']}).")
    elif last:
        refuse("starts_on", "There is a last day and no first.")
    hours = cells.text("time") or "-".join(filter(None, (_clock(cells, "start_time"), _clock(cells, "end_time"))))
    if hours:
        try:
            found["start_time"], found["end_time"] = read_hours(hours)
        except Rejected as error:
            refuse("time" if "time" in cells else "start_time", f"{error.message} {error.hint}")
    if zone := cells.text("timezone"):
        try:
            found["timezone"] = read_timezone(zone)[0]
        except Rejected as error:
            refuse("timezone", f"{error.message} {error.hint}")
    return found


def _clock(cells: Cells, name: str) -> str:
    """Return an hour as text; Excel gives a time, or a fraction of a day."""
    raw = cells.raw(name)
    if isinstance(raw, (time, datetime)):
        return raw.strftime("%H:%M")
    if isinstance(raw, float) and 0 <= raw < 1:
        minutes = round(raw * 24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return cells.text(name)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;；\n]|,(?=\s)|，|、", text) if part.strip()]
