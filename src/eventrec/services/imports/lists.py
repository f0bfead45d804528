"""Lists of events as they stand: what some rows of a file need of them is read at once and changed many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import select

from eventrec.db.journal import journal_of
from eventrec.errors import NotFound
from eventrec.models import Affiliation, Attendance, Event, Participation
from eventrec.services import attendance, participation
from eventrec.services.imports.cells import record_of
from eventrec.services.imports.index import Index
from eventrec.services.imports.people import Refused
from eventrec.services.imports.standing import whole_rows
from eventrec.vocabulary import HEAD_COUNTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.db.bulk import Bulk
    from eventrec.db.journal import Row
    from eventrec.localized import Localized
    from eventrec.services.imports.people import People
    from eventrec.services.imports.person import Incoming

_AT_ONCE: Final = 1_000
_AT_HAND: Final = 4_000
_COLUMNS: Final = (
    "event_id", "contact_id", "agency_id", "label", "side", "role", "status", "modality", *HEAD_COUNTS, "approximate",
    "days", "source", "agency_name", "position", "note",
)  # fmt: skip


class ListedEvent(NamedTuple):
    """An event, as far as it decides over its list."""

    id: int
    title: Localized
    status: str
    modality: str
    starts_on: date | None
    ends_on: date | None
    days: int | None


class Place(NamedTuple):
    """Where somebody worked on a day."""

    agency_id: int
    position: Localized | None


class Lists:
    """Rows of events' lists as whole rows of Python values; `forget` those that are changed otherwise."""

    def __init__(self, session: Session, people: People) -> None:
        self._session = session
        self._people = people
        self._bulk: Bulk = people.bulk
        self._rows = self._bulk.rows(Participation, *_COLUMNS)
        self._marks = self._bulk.rows(Attendance, "participation_id", "day")
        self._moment = journal_of(session).moment
        self._titles: Index | None = None
        self._former: Callable[[int, date], dict[str, str]] | None = None
        self.forget_all()

    def forget_all(self) -> None:
        """Let go of all that is at hand, after some of it was taken back."""
        self._events: dict[int, ListedEvent] = {}
        self._unnamed: dict[int, dict[int, Row]] = {}
        self._named: dict[int, dict[tuple[int, str], Row]] = {}
        self._ended: dict[int, list[Row]] = {}
        self._days: dict[int, set[date]] = {}

    def forget(self, event_id: int, contact_id: int | None) -> None:
        """Write what waits, and have a person's rows, or those of an event without a name, read anew.

        What the session holds is read anew too: it may be of these rows, and was not told what was written.
        """
        self._bulk.flush()
        self._session.expire_all()
        if contact_id is None:
            self._unnamed.pop(event_id, None)
        else:
            self._named.pop(contact_id, None)
            self._days = {}

    def look_ahead(self, rows: Sequence[Incoming], event_id: int | None, contacts: Sequence[int]) -> None:
        """Write what waits, and read what will be asked for soon: of the events that rows name, of these people."""
        self._bulk.flush()  # else what is read would be older than what is known
        if len(self._events) > _AT_HAND or sum(map(len, self._unnamed.values())) > _AT_HAND:
            self.forget_all()
        named = {number for who in rows for number in self._may_be(who.event)} if event_id is None else {event_id}
        self._read_events(named)
        self._named, self._ended, self._days = {}, {}, {}
        self._read_people(contacts)

    def _may_be(self, text: str) -> Iterable[int]:
        if not text:
            return ()
        number = record_of(text)
        if number is not None:
            return (number,)
        if self._titles is None:
            self._titles = Index()
            for number, title in self._session.execute(select(Event.id, Event.title).execution_options(yield_per=1000)):
                self._titles.add(number, title.values())
        return self._titles.find(text)

    def _read_events(self, numbers: Iterable[int]) -> None:
        missing = sorted({number for number in numbers if number not in self._events})
        columns = [getattr(Event, name) for name in ListedEvent._fields]
        for at in range(0, len(missing), _AT_ONCE):
            some = missing[at : at + _AT_ONCE]
            for event in self._session.execute(select(*columns).where(Event.id.in_(some))):
                self._events[event.id] = ListedEvent(*event)
            self._read_unnamed(some)

    def _read_unnamed(self, numbers: Sequence[int]) -> None:
        self._unnamed |= {number: {} for number in numbers}
        without_name = Participation.event_id.in_(numbers) & Participation.contact_id.is_(None)
        for row in whole_rows(self._session, Participation, without_name):
            self._unnamed[row["event_id"]][row["id"]] = row

    def _read_people(self, contacts: Sequence[int]) -> None:
        for at in range(0, len(contacts), _AT_ONCE):
            some = contacts[at : at + _AT_ONCE]
            self._named |= {number: {} for number in some}
            # by person: to SQLite, each person with each event would be as good
            theirs = Participation.contact_id.in_(some) & (Participation.event_id + 0).in_(list(self._events))
            for row in whole_rows(self._session, Participation, theirs):
                self._named[row["contact_id"]][row["event_id"], row["role"]] = row
            over = Affiliation.is_primary & Affiliation.ends_on.is_not(None)
            for row in whole_rows(self._session, Affiliation, Affiliation.contact_id.in_(some) & over):
                self._ended.setdefault(row["contact_id"], []).append(row)

    def event_of(self, who: Incoming, event_id: int | None) -> ListedEvent:
        """Return the event that a row belongs to: the one of the import, else the one whose number or title it names.

        Raises Refused, and NotFound for an import of an event that is not there.
        """
        if event_id is None and not who.event:
            raise Refused("event", "The row says no event.")
        numbers = self._may_be(who.event) if event_id is None else (event_id,)
        self._read_events(numbers)
        found = [self._events[number] for number in sorted(numbers) if number in self._events]
        if event_id is not None:
            if not found:
                raise NotFound("event", str(event_id))
        elif record_of(who.event) is None:
            found = [event for event in found if who.event in event.title.values()]
            if len(found) != 1:
                many = "more than one event has" if found else "no event has"
                raise Refused("event", f"{many.capitalize()} the title “{who.event}”; write its number.")
        elif not found:
            raise Refused("event", f"There is no event {who.event}.")
        return found[0]

    def unnamed(self, event_id: int) -> Iterable[Row]:
        """Return an event's rows without a name, by number."""
        if event_id not in self._unnamed:
            self._bulk.flush()
            self._read_unnamed([event_id])
        return self._unnamed[event_id].values()

    def named(self, event_id: int, contact_id: int, role: str) -> Row | None:
        """Return the row of a person who is on the list with a role."""
        self._read_person(contact_id)
        return self._named[contact_id].get((event_id, role))

    def _read_person(self, contact_id: int) -> None:
        if contact_id not in self._named:
            self._bulk.flush()
            self._read_people([contact_id])

    def meet(self, contact_id: int) -> None:
        """Know of somebody who was just added, and so is on no list."""
        self._named[contact_id] = {}

    def days(self, row: Row) -> set[date]:
        """Return the days on which a named row is marked as there, read for all that are at hand at once."""
        if row["id"] not in self._days:
            self._bulk.flush()
            at_hand = {each["id"] for rows in self._named.values() for each in rows.values()}
            missing = sorted({row["id"], *at_hand} - self._days.keys())
            self._days |= {number: set() for number in missing}
            for at in range(0, len(missing), _AT_ONCE):
                found = attendance.days_of(self._session, missing[at : at + _AT_ONCE])
                self._days |= {number: set(days) for number, days in found.items()}
        return self._days[row["id"]]

    def mark(self, row: Row, day: date) -> None:
        """Mark a named row as there on a day, unless it is marked."""
        if day not in self.days(row):
            self._marks.add(row["id"], day)
            self._days[row["id"]].add(day)

    def place(self, contact_id: int, day: date | None) -> Place | None:
        """Return where a person works on a day by the main affiliation; without a day, by the one that goes on."""
        there = self._people.place_of(contact_id)
        valid = [] if there is None else [there]
        if day is not None:
            self._read_person(contact_id)
            valid += self._ended.get(contact_id, ())
            valid = [row for row in valid if (row["starts_on"] or day) <= day <= (row["ends_on"] or day)]
        best = max(valid, key=lambda row: (str(row["starts_on"] or ""), row["id"]), default=None)
        return None if best is None else Place(best["agency_id"], best["position"])

    def add(self, event: ListedEvent, place: Place | None, **values: Any) -> Row:  # noqa: ANN401
        """Put a row on the list that the event does not have, with what is `participation.usual`."""
        given = {name: value for name, value in values.items() if value is not None}
        row = self._bulk.whole(Participation, participation.usual(event) | given | {"event_id": event.id})
        self._keep_who_it_was(event, row, place)
        number, uid = self._rows.add(*[row[name] for name in _COLUMNS])
        own = {"id": number, "uid": uid, "created_at": self._moment, "modified_at": self._moment, "version": 1}
        self._know(row | own)
        self._days[number] = set()
        return row | own

    def change(self, event: ListedEvent, place: Place | None, before: Row, changes: Row) -> Row:
        """Change a row of the list, where it differs; returns it as it stands now."""
        after = before | changes
        self._keep_who_it_was(event, after, place)
        return self._changed(before, after)

    def arrive(self, event: ListedEvent, place: Place | None, row: Row) -> None:
        """Let a named row be attended: two changes, that it was and who it was, as `participation.edit` makes them."""
        participation.check_days(event, row["days"])
        self.change(event, place, self._changed(row, row | {"status": "attended"}), {})

    def _changed(self, before: Row, after: Row) -> Row:
        if after == before:
            return before
        after |= {"version": before["version"] + 1, "modified_at": max(self._moment, before["modified_at"])}
        self._bulk.change(Participation, before, after)
        self._know(after)
        return after

    def _know(self, row: Row) -> None:
        if row["contact_id"] is None:
            self._unnamed.get(row["event_id"], {})[row["id"]] = row
        else:
            self._named[row["contact_id"]][row["event_id"], row["role"]] = row

    def _keep_who_it_was(self, event: ListedEvent, row: Row, place: Place | None) -> None:
        """Keep agency, its name then, and position of a row that is attended, as `participation.freeze` does."""
        if row["status"] == "attended":
            kept = (row["agency_id"], row["agency_name"], row["position"])
            row |= participation.on_the_day(*kept, place, lambda number: self._name_of(number, event.starts_on))

    def _name_of(self, agency_id: int, day: date | None) -> Localized:
        name = self._people.agencies.names[agency_id]
        if day is None:
            return name
        self._former = self._former or participation.former_names(self._session)
        return name | self._former(agency_id, day)
