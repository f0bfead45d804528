"""The entries of a calendar as events of the book: new ones are added, later states bring known ones up to date."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from eventrec.db.journal import journal_of
from eventrec.models import Event, EventProject, Project
from eventrec.services import event as events
from eventrec.services import participation, planning, rows
from eventrec.services.event import ProjectShare
from eventrec.services.imports.calendars import graves, identity, messages
from eventrec.services.imports.calendars.changes import GONE, Changes
from eventrec.services.imports.calendars.common import Batch, Common
from eventrec.services.imports.calendars.hours import Floating
from eventrec.services.imports.calendars.new import NewEvents, new_columns, parent_number, told
from eventrec.services.imports.calendars.parties import Named, Parties
from eventrec.services.imports.calendars.people import People
from eventrec.services.imports.calendars.said import categories
from eventrec.services.imports.calendars.telling import Telling
from eventrec.services.imports.calendars.unchanged import Unchanged, contact_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from eventrec.db.bulk import Bulk
    from eventrec.formats.ical.incoming import EventFile, IncomingEvent
    from eventrec.models import Tombstone
    from eventrec.services.imports.calendars.parties import Found
    from eventrec.services.imports.outcome import Action, Outcome
    from eventrec.services.imports.wish import Wish

_AT_ONCE: Final = 500


class Entries:
    """The entries of one calendar, one after another. `outcome` hears what is not about a single one of them."""

    def __init__(self, session: Session, bulk: Bulk, wish: Wish, outcome: Outcome, main: str, file: EventFile) -> None:
        self._session = session
        self._bulk = bulk
        self._wish = wish
        self._main = main
        self._journal = journal_of(session)
        self._window = file.window
        zone = events.zone_of_book(session)
        self._floating = floating = Floating(zone)
        self._latest = identity.Latest(file.events)
        known, named = self._looked_up(self._latest.met())
        if self._latest.leaves_out_others(outcome):
            known, named = self._looked_up(self._latest)
        parties = Parties(session, bulk, named, with_people=wish.with_people)
        coded = select(Project.code, Project.id).where(Project.code.is_not(None))
        self._common = Common(
            session=session,
            bulk=bulk,
            journal=self._journal,
            wish=wish,
            main=main,
            own_zone=zone,
            known=known,
            floating=floating,
            parties=parties,
            people=People(session, bulk, wish, parties),
            telling=Telling(outcome),
            projects={str(code): number for code, number in session.execute(coded)},
        )
        self._known, self._parties, self._telling = known, parties, self._common.telling
        self._projects = self._common.projects
        self._new_events = NewEvents(self._common)
        self._unchanged = Unchanged(self._common)
        self._cancellations = messages.Cancellations(session, wish, known, self._telling, main)
        self._number: int | None = None

    def each(self) -> Iterator[IncomingEvent]:
        """Yield the entries; what the book has of them is asked for many at once."""
        for part in _parts(self._floating.settled(self._latest)):
            self._common.batch = Batch(self._session, (each for one in part for each in self._known.may_be(one)))
            self._bulk.expect(Event, sum(self._known.is_new(each) for each in part))
            for incoming in part:
                self._parties.begin()
                self._number = self._known.number(incoming)
                yield incoming

    def _looked_up(self, entries: Iterable[IncomingEvent]) -> tuple[identity.KnownEvents, Named]:
        """Return what the book has of the entries, and whom they name; whole series are kept for `gone`."""
        known, named = identity.KnownEvents(self._session), Named()
        self._series: dict[str, list[IncomingEvent]] = {}
        for part in _parts(entries):
            known.look_up(part)
            for each in part:
                named.add(each)
                if each.of_whole_series and each.method != "CANCEL":
                    self._series.setdefault(each.uid, []).append(each)
        return known, named

    def gone(self) -> Iterator[tuple[int, int]]:
        """Yield line and event of the days that their series does not have any more, when all entries are put."""
        if self._wish.mode != "add":
            yield from self._gone_days()

    def finish(self) -> str:
        """Tell what concerns several entries; returns which head-counts people met, empty when none."""
        self._telling.finish(self._parties)
        return self._common.people.undecided

    def forget(self) -> None:
        """Forget whom the entry at hand has added, since it is taken back."""
        self._parties.forget()

    def settled(self, incoming: IncomingEvent) -> tuple[Action, str] | None:
        """Settle the entry at hand if it changes no row that the book has; None for any other, see `put`.

        Raises Rejected and leaves nothing behind then.
        """
        number = self._number
        if incoming.method == "CANCEL" or incoming.removed:
            return None
        if number is not None:
            if messages.is_to_one_participant(incoming):
                return None
            return self._unchanged.told(rows.get(self._session, Event, number), incoming)
        if identity.own_uid(incoming) in self._known.graves or self._wish.names == "included":
            return None
        return self._new_events.put(incoming)

    def put(self, incoming: IncomingEvent) -> tuple[Action, str]:
        """Do what the entry at hand says, whatever that is; to be called in a savepoint, after `settled`."""
        number = self._number
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

    def _is_not_for_us(self, incoming: IncomingEvent, number: int) -> bool:
        """Tell whether an entry is our own message to one participant, which says nothing new of the event here."""
        if not messages.is_to_one_participant(incoming):
            return False
        event = rows.get(self._session, Event, number)
        return self._wish.mode != "update" or messages.was_made_here(self._session, event)

    def _found(self, incoming: IncomingEvent) -> Found:
        """Return who is meant, written already where somebody is new: what follows refers to them."""
        found = self._common.found(incoming)
        self._bulk.flush()
        return found

    def _title(self, incoming: IncomingEvent) -> str:
        return self._common.title(incoming)

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
        """Add an event: one that was removed comes back under its number, and head-counts that people met are asked."""
        parent = self._session.get(Event, parent_number(self._common, incoming) or 0)
        parent = parent if parent is not None and parent.parent_id is None else None
        uid = identity.own_uid(incoming)
        sequence, number = incoming.sequence, None
        if grave is not None:
            number, sequence = grave.row_id, max(sequence, graves.sequence_of(self._session, grave) + 1)
            self._session.delete(grave)
            self._session.flush()
        words = categories(incoming, self._projects)
        with self._journal.as_of(incoming.modified if grave is None else None):
            found = self._found(incoming)
            columns = new_columns(
                self._common, incoming, words, found, events.deciding(parent) if parent is not None else None
            )
            columns |= {
                "id": number,
                "uid": uid,
                "sequence": sequence,
                "created_at": min(incoming.created or self._journal.moment, self._journal.moment),
            }
            new = Event(**columns)
            self._session.add(new)
            self._session.flush()
            shares = [ProjectShare(self._projects[code]) for code in dict.fromkeys(words.projects)]
            events.set_projects(self._session, new, shares)
            self._common.people.put(new, found, (), newer=True)
        told(self._common, incoming, new.id, is_orphan=parent is None and words.kind == "site-visit")
        return "new", f"{self._title(incoming)} (event {new.id})"

    def _bring_up_to_date(self, event: Event, incoming: IncomingEvent) -> tuple[Action, str]:
        words = f"{event.title.both(self._main)} (event {event.id})"
        if self._wish.mode == "add":
            return "same", words
        if incoming.removed:
            self._telling.removed_elsewhere.append(f"event {event.id}")
        newer = identity.is_news(self._session, incoming, event)
        words_of = categories(incoming, self._projects)
        changes = Changes(event, incoming, words_of, self._main)
        before = self._journal.recorded
        if newer or self._wish.mode == "update":
            self._change(event, incoming, changes, [self._projects[code] for code in words_of.projects])
        elif self._wish.with_people:
            there = participation.of_event(self._session, event.id)
            self._common.people.put(event, self._found(incoming), there, newer=False)
        elif changes.columns and (incoming.sequence, incoming.modified or "") != (event.sequence, event.modified_at):
            self._telling.older.append(f"event {event.id}")
            return "same", f"{words}; the book has a later state"
        done: Action = "updated" if self._journal.recorded != before else "same"
        return done, words + ("; kept: " + "; ".join(changes.kept) if changes.kept and newer else "")

    def _change(self, event: Event, incoming: IncomingEvent, changes: Changes, projects: list[int]) -> None:
        found = self._found(incoming)
        columns: dict[str, Any] = dict(changes.columns)
        if found.contact_id is not None and found.contact_id != contact_of(self._common, event):
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
        self._common.people.put(event, found, participation.of_event(self._session, event.id), newer=True)

    def _gone_days(self) -> Iterator[tuple[int, int]]:
        """Yield line and event of the days that a later state of their series does not have any more.

        Only the whole series tells that: a message about one of its days is silent on the others. To be asked when all
        entries are put.
        """
        for source, days in self._series.items():
            dates = sorted(day.starts_on for day in days if day.starts_on)
            first, last = dates[0], dates[-1]
            if self._window is not None:
                first, last = min(first, self._window.first), max(last, self._window.last)
            others = self._known.others_of(source, first, last)
            self._common.batch = Batch(self._session, others)
            for number in others:
                event = rows.get(self._session, Event, number)
                later = any(identity.is_news(self._session, day, event) for day in days)
                if later and event.status in ("planned", "tentative", "confirmed"):
                    yield days[0].line, number

    def cancel_gone(self, number: int) -> tuple[Action, str]:
        """Cancel a day that its series does not have any more."""
        event = planning.cancel(self._session, number, reason=GONE, visits=False)[0]
        self._telling.gone.append(f"event {event.id}")
        return "updated", f"{event.title.both(self._main)} (event {event.id}): {GONE}"


def _parts(entries: Iterable[IncomingEvent]) -> Iterator[Sequence[IncomingEvent]]:
    """Yield entries, so many at once as are looked up together."""
    several = iter(entries)
    while part := list(islice(several, _AT_ONCE)):
        yield part


def _projects_of(session: Session, event: Event) -> Iterator[int]:
    for owner in (event.id, event.parent_id):
        if owner is not None:
            yield from session.scalars(select(EventProject.project_id).where(EventProject.event_id == owner))
