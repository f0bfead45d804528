"""The entries of a calendar as events of the book: new ones are added, later states bring known ones up to date."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from eventrec.db.journal import journal_of
from eventrec.models import Event, EventProject, Project
from eventrec.services import event as events
from eventrec.services import participation, planning, rows
from eventrec.services.event import ProjectShare
from eventrec.services.imports.calendars import graves, identity, messages, said
from eventrec.services.imports.calendars.changes import GONE, Changes
from eventrec.services.imports.calendars.hours import Floating
from eventrec.services.imports.calendars.parties import Parties
from eventrec.services.imports.calendars.people import People as PeopleOfEvents
from eventrec.services.imports.calendars.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from eventrec.formats.ical.incoming import EventFile, IncomingEvent
    from eventrec.models import Tombstone
    from eventrec.services.imports.calendars.parties import Found
    from eventrec.services.imports.outcome import Action, Outcome
    from eventrec.services.imports.people import People
    from eventrec.services.imports.wish import Wish


class Entries:
    """The entries of one calendar, one after another. `outcome` hears what is not about a single one of them."""

    def __init__(
        self,
        session: Session,
        wish: Wish,
        outcome: Outcome,
        people: People,
        main: str,
        file: EventFile,
    ) -> None:
        self._session = session
        self._wish = wish
        self._main = main
        self._journal = journal_of(session)
        self._window = file.window
        self._floating = Floating(session)
        self._incoming = self._floating.settled(identity.latest(file.events, outcome))
        self._known = identity.KnownEvents(session, self._incoming)
        self._parties = Parties(session, people, with_people=wish.with_people, events=self._incoming)
        self._people = PeopleOfEvents(session, wish)
        self._telling = Telling(outcome)
        self._cancellations = messages.Cancellations(session, wish, self._known, self._telling, main)
        coded = select(Project.code, Project.id).where(Project.code.is_not(None))
        self._projects: dict[str, int] = {str(code): number for code, number in session.execute(coded)}

    def actions(self) -> Iterator[tuple[int, Callable[[], tuple[Action, str]]]]:
        """Yield the line of each entry, and what is to be done with it."""
        for incoming in self._incoming:
            yield incoming.line, partial(self._put, incoming)
        if self._wish.mode != "add":
            for line, number in self._gone_days():
                yield line, partial(self._cancel_gone, number)

    def finish(self) -> str:
        """Tell what concerns several entries; returns which head-counts people met, empty when none."""
        self._telling.finish(self._parties)
        return self._people.undecided

    def _put(self, incoming: IncomingEvent) -> tuple[Action, str]:
        self._parties.begin()
        try:
            number = self._known.number(incoming)
            if number is not None and self._is_not_for_us(incoming, number):
                self._telling.not_for_us.append(f"event {number}")
                return "same", f"{self._title(incoming)}: event {number} is of this book; the message was left out"
            if incoming.method == "CANCEL":
                return self._cancellations.put(incoming, number)
            if number is not None:
                return self._bring_up_to_date(rows.get(self._session, Event, number), incoming)
            grave = self._known.graves.get(identity.own_uid(incoming))
            if incoming.removed:
                return self._removed(incoming, grave)
            if grave is not None and not self._may_come_back(incoming, grave):
                self._telling.buried.append(self._title(incoming))
                return "same", f"{self._title(incoming)} was removed from the book on {grave.removed_at[:10]}"
            return self._new(incoming, grave)
        except Exception:
            self._parties.forget()
            raise

    def _is_not_for_us(self, incoming: IncomingEvent, number: int) -> bool:
        """Tell whether an entry is our own message to one participant, which says nothing new of the event here."""
        if not messages.is_to_one_participant(incoming):
            return False
        event = rows.get(self._session, Event, number)
        return self._wish.mode != "update" or messages.was_made_here(self._session, event)

    def _found(self, incoming: IncomingEvent) -> Found:
        found = self._parties.of(incoming)
        self._floating.note(incoming, found)
        return found

    def _title(self, incoming: IncomingEvent) -> str:
        return incoming.title.both(self._main)

    def _removed(self, incoming: IncomingEvent, grave: Tombstone | None) -> tuple[Action, str]:
        """Keep that an event of another book was removed there."""
        words = f"{self._title(incoming)}, removed where the calendar was written"
        if grave is None:
            uid = identity.own_uid(incoming)
            self._known.graves[uid] = graves.bury(self._session, incoming, self._main)
            return "new", words
        if grave.calendar is None or incoming.sequence <= graves.sequence_of(self._session, grave):
            return "same", words
        graves.bring_up_to_date(self._session, grave, incoming)
        return "updated", words

    def _may_come_back(self, incoming: IncomingEvent, grave: Tombstone) -> bool:
        """Tell whether an event that was removed is taken in again: a later state, the wish, or after an undo."""
        return (
            self._wish.mode == "update"
            or identity.is_newer(incoming, graves.sequence_of(self._session, grave), grave.removed_at)
            or self._known.was_taken_back(grave)
        )

    def _new(self, incoming: IncomingEvent, grave: Tombstone | None) -> tuple[Action, str]:
        parent_id = self._parent(incoming)
        uid = identity.own_uid(incoming)
        sequence, number = incoming.sequence, None
        if grave is not None:
            number, sequence = grave.row_id, max(sequence, graves.sequence_of(self._session, grave) + 1)
            self._session.delete(grave)
            self._session.flush()
        categories = said.categories(incoming, self._projects)
        with self._journal.as_of(incoming.modified if grave is None else None):
            found = self._found(incoming)
            new = events.add(
                self._session,
                title=incoming.title,
                parent_id=parent_id,
                place_as_given=incoming.is_ours,
                projects=[ProjectShare(self._projects[code]) for code in dict.fromkeys(categories.projects)],
                id=number,
                uid=uid,
                source_uid=identity.source_uid(incoming),
                source_sequence=incoming.sequence,
                source_modified_at=incoming.modified,
                created_at=min(incoming.created or self._journal.moment, self._journal.moment),
                sequence=sequence,
                kind=_kind(categories.kind, parent_id),
                topics=categories.topics or None,
                contact_id=found.contact_id,
                note="\n".join(dict.fromkeys(found.left)) or None,
                **said.columns(incoming, self._main),
            )
            self._people.put(new, found, (), newer=True)
        self._known.numbers[uid] = new.id
        self._known.graves.pop(uid, None)
        if hours := self._floating.hours_left(incoming):
            self._telling.floating.append(f"event {new.id} {hours}")
        if parent_id is None and categories.kind == "site-visit":
            self._telling.orphans.append(f"event {new.id}")
        return "new", f"{self._title(incoming)} (event {new.id})"

    def _parent(self, incoming: IncomingEvent) -> int | None:
        """Return the event that a site visit belongs to; None for any other entry, and where it is not known."""
        if not identity.is_visit(incoming) or incoming.parent_uid is None:
            return None
        number = self._known.numbers.get(identity.uid_of(incoming.parent_uid))
        parent = self._session.get(Event, number) if number else None
        return parent.id if parent is not None and parent.parent_id is None else None

    def _bring_up_to_date(self, event: Event, incoming: IncomingEvent) -> tuple[Action, str]:
        words = f"{event.title.both(self._main)} (event {event.id})"
        if self._wish.mode == "add":
            return "same", words
        if incoming.removed:
            self._telling.removed_elsewhere.append(f"event {event.id}")
        newer = identity.is_news(self._session, incoming, event)
        categories = said.categories(incoming, self._projects)
        changes = Changes(event, incoming, categories, self._main)
        before = self._journal.recorded
        if newer or self._wish.mode == "update":
            self._change(event, incoming, changes, [self._projects[code] for code in categories.projects])
        elif self._wish.with_people:
            there = participation.of_event(self._session, event.id)
            self._people.put(event, self._found(incoming), there, newer=False)
        elif changes.columns and (incoming.sequence, incoming.modified or "") != (event.sequence, event.modified_at):
            self._telling.older.append(f"event {event.id}")
            return "same", f"{words}; the book has a later state"
        done: Action = "updated" if self._journal.recorded != before else "same"
        return done, words + ("; kept: " + "; ".join(changes.kept) if changes.kept and newer else "")

    def _change(self, event: Event, incoming: IncomingEvent, changes: Changes, projects: list[int]) -> None:
        found = self._found(incoming)
        columns: dict[str, Any] = dict(changes.columns)
        if found.contact_id is not None and found.contact_id != _contact_of(self._session, event):
            columns["contact_id"] = found.contact_id
        columns |= identity.last_said(event, incoming, changed=bool(columns))
        visits = planning.visits_of(self._session, event) if "starts_on" in columns else []
        along = not any(visit.uid in self._known.in_file for visit in visits)
        there = set(_projects_of(self._session, event))
        events.edit(
            self._session,
            event.id,
            columns,
            projects=[ProjectShare(number) for number in projects if number not in there],
            visits=along,
        )
        if columns.get("status") in ("cancelled", "postponed"):
            self._telling.visits_left(planning.visits_of(self._session, event), event, self._known.in_file)
        self._people.put(event, found, participation.of_event(self._session, event.id), newer=True)

    def _gone_days(self) -> Iterator[tuple[int, int]]:
        """Yield line and event of the days that a later state of their series does not have any more.

        Only the whole series tells that: a message about one of its days is silent on the others. To be asked when all
        entries are put.
        """
        series: dict[str, list[IncomingEvent]] = {}
        for each in self._incoming:
            if each.of_whole_series and each.method != "CANCEL":
                series.setdefault(each.uid, []).append(each)
        for source, days in series.items():
            dates = sorted(day.starts_on for day in days if day.starts_on)
            first, last = dates[0], dates[-1]
            if self._window is not None:
                first, last = min(first, self._window.first), max(last, self._window.last)
            for number in self._known.others_of(source, first, last):
                event = rows.get(self._session, Event, number)
                later = any(identity.is_news(self._session, day, event) for day in days)
                if later and event.status in ("planned", "tentative", "confirmed"):
                    yield days[0].line, number

    def _cancel_gone(self, number: int) -> tuple[Action, str]:
        event = planning.cancel(self._session, number, reason=GONE, visits=False)[0]
        self._telling.gone.append(f"event {event.id}")
        return "updated", f"{event.title.both(self._main)} (event {event.id}): {GONE}"


def _kind(word: str | None, parent_id: int | None) -> str | None:
    """Return the kind that a new event has; a site visit without an event to belong to is something else."""
    return "other" if word == "site-visit" and parent_id is None else word


def _projects_of(session: Session, event: Event) -> Iterator[int]:
    for owner in (event.id, event.parent_id):
        if owner is not None:
            yield from session.scalars(select(EventProject.project_id).where(EventProject.event_id == owner))


def _contact_of(session: Session, event: Event) -> int | None:
    """Return whom to ask about an event: a site visit without anybody has its parent's."""
    if event.contact_id is None and event.parent_id is not None:
        return rows.get(session, Event, event.parent_id).contact_id
    return event.contact_id
