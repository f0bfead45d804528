"""A named person's participations become anonymous head-counts of one, which count as the person's rows did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import delete, select, text, update

from eventrec.db.journal import completed, journal_of, stored
from eventrec.models import Attendance, Base, Change, Contact, Event, Participation
from eventrec.services.forget.erase import signed
from eventrec.vocabulary import HEAD_COUNTS, SEXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.services.forget.person import Person

_COLUMN_OF_SEX: Final = dict(zip(SEXES, HEAD_COUNTS, strict=True))
_TABLE: Final[Table] = Base.metadata.tables["participation"]
Sides = tuple["Row | None", "Row | None"]
"""What a change says that a row was, and is."""

_NOBODYS: Final = {"contact_id": None, "position": None, "note": None, "answered_at": None}


class _Span(NamedTuple):
    """The days of an event, and those outside of them on which the person was marked; both inclusive."""

    first: date
    last: date

    def meets(self, other: _Span) -> bool:
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Anonymous:
    """How rows of the person are written from now on.

    `words` is the word (`forgotten_as`) by event; events whose days meet have the same. `days` are the days taken part
    in each event whose marks go, `marked` the events whose marks must stay.
    """

    words: Mapping[int, str]
    days: Mapping[int, int | None]
    marked: frozenset[int]

    def form(self, row: Row, sex: str, agency_id: int | None) -> Row:
        """Return a row of the person, in stored or Python values, without the person."""
        head = {**dict.fromkeys(HEAD_COUNTS, 0), _COLUMN_OF_SEX[sex]: 1}
        side = None if agency_id is not None else row.get("side")
        word = self.words[row["event_id"]]
        return {**row, **_NOBODYS, **head, "agency_id": agency_id, "side": side, "forgotten_as": word}


def plan(session: Session, person: Person, chance: Callable[[], str]) -> Anonymous:
    """Decide the words and days; `chance` gives random hexadecimal digits.

    Marks of a sign-in sheet go where the person was in no other event on days of this one: a number of days says the
    same then. Else they stay, since a person counts at most once per calendar day.
    """
    numbers = {side["event_id"] for name, side in person.sides if name == "participation"}
    marks = _marks(session, person.id)
    spans = {number: span for number in numbers if (span := _span(session, number, marks.get(number, ())))}
    groups = _groups(sorted(numbers), spans)
    words = {number: word for group in groups for word in [chance()[:32]] for number in group}
    alone = {number for group in groups if len(group) == 1 for number in group}
    inside = {number for number in marks if number in alone and _holds(session, number, marks[number])}
    return Anonymous(
        words,
        {number: _days(session, number, len(marks[number])) for number in inside},
        frozenset(marks) - inside,
    )


def _marks(session: Session, contact_id: int) -> dict[int, frozenset[date]]:
    """Return the days on which the person was marked present, by event."""
    query = select(Participation.event_id, Attendance.day).join(
        Attendance, Attendance.participation_id == Participation.id
    )
    found: dict[int, set[date]] = {}
    for event_id, day in session.execute(query.where(Participation.contact_id == contact_id)):
        found.setdefault(event_id, set()).add(day)
    return {event_id: frozenset(days) for event_id, days in found.items()}


def _dates(session: Session, event_id: int) -> tuple[date, date] | None:
    row = session.execute(select(Event.starts_on, Event.ends_on).where(Event.id == event_id)).first()
    return (row.starts_on, row.ends_on) if row and row.starts_on and row.ends_on else None


def _span(session: Session, event_id: int, marks: Iterable[date]) -> _Span | None:
    days = [*(_dates(session, event_id) or ()), *marks]
    return _Span(min(days), max(days)) if days else None


def _holds(session: Session, event_id: int, marks: Iterable[date]) -> bool:
    """Tell whether the event's dates hold all the marks."""
    dates = _dates(session, event_id)
    return dates is not None and all(dates[0] <= day <= dates[1] for day in marks)


def _days(session: Session, event_id: int, marked: int) -> int | None:
    """Return how many days the person was there; None for all of the event's."""
    event = session.get_one(Event, event_id)
    dates = _dates(session, event_id)
    whole = event.days or (dates and (dates[1] - dates[0]).days + 1)
    return None if marked == whole else marked


def _groups(numbers: list[int], spans: Mapping[int, _Span]) -> list[list[int]]:
    """Return events whose days meet, directly or through others, together; one without days is alone."""
    groups = [[number] for number in numbers if number not in spans]
    last: date | None = None
    for number in sorted(spans, key=lambda number: (spans[number], number)):
        if last is not None and spans[number].first <= last:
            groups[-1].append(number)
            last = max(last, spans[number].last)
        else:
            groups.append([number])
            last = spans[number].last
    return groups


def anonymise(session: Session, person: Person, form: Anonymous, past: Past) -> int:
    """Turn the person's rows into head-counts; returns how many there were."""
    table, journal = _TABLE, journal_of(session)
    _unmark(session, person, form)
    rows = session.connection().execute(select(table).where(table.c.contact_id == person.id).order_by(table.c.id))
    theirs = [dict(row) for row in rows.mappings()]
    for row in theirs:
        before = form.form(row, past.sex(person.id, None), past.agency(row, None))
        days = form.days.get(row["event_id"], row["days"])
        after = {**before, "days": days, **signed(session, row)}
        session.connection().execute(update(table).where(table.c.id == row["id"]).values(**after))
        journal.record_erased(table, row, stored(table, before), stored(table, after))
    journal.write(session)
    return len(theirs)


def _agencies_on_the_day(session: Session, contact_id: int) -> dict[int, int | None]:
    """Return the agency that each row of the person stands for: its own, else that of the affiliation on the day."""
    found = session.execute(text("SELECT id, agency_id FROM v_on_the_day WHERE contact_id = :id"), {"id": contact_id})
    return {row.id: row.agency_id for row in found}


def _unmark(session: Session, person: Person, form: Anonymous) -> None:
    """Remove the marks of events where a number of days says the same."""
    table, journal = Base.metadata.tables["attendance"], journal_of(session)
    query = (
        select(table)
        .join(_TABLE, _TABLE.c.id == table.c.participation_id)
        .where(_TABLE.c.contact_id == person.id, _TABLE.c.event_id.in_(form.days))
        .order_by(table.c.id)
    )
    gone = [dict(row) for row in session.connection().execute(query).mappings()]
    if gone:
        session.connection().execute(delete(table).where(table.c.id.in_([row["id"] for row in gone])))
    for row in gone:
        journal.record(table, row, None)


class Past:
    """What the book knew of the person's sex and places at earlier points of its history."""

    def __init__(self, session: Session, person: Person) -> None:
        self._person = person
        self._agencies = _agencies_on_the_day(session, person.id)
        self._sex = session.scalar(select(Contact.sex).where(Contact.id == person.id)) or "not-stated"
        self._events = _starts(session, person)

    def sex(self, contact_id: int, before: int | None) -> str:
        """Return the sex of a contact just before a change; None is now."""
        found = self._sex if before is None else ""
        for change in self._person.changes:
            if change.table_name == "contact" and change.row_id == contact_id and change.after:
                if before is not None and change.id >= before:
                    break
                found = found if before is None else change.after["sex"]
        return found or self._sex

    def agency(self, row: Row, before: int | None) -> int | None:
        """Return the agency that a row of the person stood for just before a change, as `v_on_the_day` finds it."""
        if before is None and row["id"] in self._agencies:
            return self._agencies[row["id"]]
        if row["agency_id"] is not None or row["status"] == "attended":
            return row["agency_id"]  # type: ignore[no-any-return]
        day = self._day(row["event_id"], before)
        places = [place for place in self._places(row["contact_id"], before) if _valid(place, day)]
        best = max(places, key=_rank, default=None)
        return best["agency_id"] if best else None

    def _day(self, event_id: int, before: int | None) -> str | None:
        day = None
        for change_id, starts_on in self._events.get(event_id, ()):
            if before is not None and change_id >= before:
                break
            day = starts_on
        return day

    def _places(self, contact_id: int, before: int | None) -> list[Row]:
        places: dict[int, Row | None] = {}
        for change in self._person.changes:
            if change.table_name == "affiliation" and (before is None or change.id < before):
                places[change.row_id] = change.after
        return [place for place in places.values() if place and place["contact_id"] == contact_id]


def _starts(session: Session, person: Person) -> dict[int, list[tuple[int, str | None]]]:
    """Return the first days that each of the person's events ever had, with the changes that set them."""
    numbers = {side["event_id"] for name, side in person.sides if name == "participation"}
    query = select(Change.id, Change.row_id, Change.after).where(
        Change.table_name == "event", Change.row_id.in_(numbers), Change.after.is_not(None)
    )
    found: dict[int, list[tuple[int, str | None]]] = {}
    for change_id, event_id, after in session.execute(query.order_by(Change.id)):
        found.setdefault(event_id, []).append((change_id, after["starts_on"]))
    return found


def _valid(place: Row, day: str | None) -> bool:
    starts, ends = place["starts_on"], place["ends_on"]
    if day is None:
        return ends is None
    return (starts is None or starts <= day) and (ends is None or ends >= day)


def _rank(place: Row) -> tuple[Any, ...]:
    return bool(place["is_primary"]), place["starts_on"] or "", place["id"]


def tell_history(person: Person, past: Past, form: Anonymous, sides: dict[int, Sides]) -> None:
    """Write into the sides of changes how the person's are to be from now on.

    A state of a row is written as it counted in the end, just before the next change: until then it may have counted
    otherwise, under an agency that the person had left meanwhile.
    """
    by_row: dict[int, list[Change]] = {}
    for change in person.changes:
        if change.table_name == "participation":
            by_row.setdefault(change.row_id, []).append(change)

    def told(side: Row | None, own: Row | None, until: int | None) -> Row | None:
        if own is None or not person.owns("participation", own):
            return side
        whole = completed(_TABLE, own)
        return form.form(whole, past.sex(whole["contact_id"], until), past.agency(whole, until))

    for changes in by_row.values():
        later = [*(change.id for change in changes[1:]), None]
        for change, until in zip(changes, later, strict=True):
            before, after = sides[change.id]
            sides[change.id] = told(before, change.before, change.id), told(after, change.after, until)
