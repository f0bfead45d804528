"""What the book holds of a person is taken out of its rows; each change is noted without its content."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import delete, or_, select, update

from eventrec.db.journal import journal_of, stored
from eventrec.models import Base
from eventrec.services.forget.person import OWNED
from eventrec.services.forget.pieces import pieces
from eventrec.text.mentions import ERASED

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.services.forget.person import Circle, Person
    from eventrec.text.mentions import Mentions

GONE: Final = "[erased]"
"""What stands in the place of words of a command, or of a name that nobody can edit."""

_TABLES: Final = Base.metadata.tables
_LEFT_BY_IMPORTS: Final = ("Attendee: ", "Organizer: ", "Contact: ")
"""How the lines begin in which a calendar's import keeps people who are not in the book."""


def signed(session: Session, row: Row) -> Row:
    """Return what says that a row was changed now; a clock that was set back turns no moment back."""
    return {"modified_at": max(journal_of(session).moment, row["modified_at"]), "version": row["version"] + 1}


def rows_of(session: Session, person: Person) -> dict[str, int]:
    """Remove the person's own rows; returns how many there were, by table."""
    removed = {name: _remove(session, _TABLES[name], _TABLES[name].c.contact_id.in_(person.ids)) for name in OWNED}
    not_same, tombstone, contact = _TABLES["not_same"], _TABLES["tombstone"], _TABLES["contact"]
    pairs = or_(not_same.c.first_uid.in_(person.uids), not_same.c.second_uid.in_(person.uids))
    removed["not_same"] = _remove(session, not_same, (not_same.c.table_name == "contact") & pairs)
    graves = (tombstone.c.table_name == "contact") & tombstone.c.row_id.in_(person.ids)
    removed["tombstone"] = _remove(session, tombstone, graves)
    removed["contact"] = _remove(session, contact, contact.c.id == person.id)
    return {name: number for name, number in removed.items() if number}


def _remove(session: Session, table: Table, condition: ColumnElement[bool]) -> int:
    gone = _found(session, table, condition)
    if gone:
        session.connection().execute(delete(table).where(table.c.id.in_([row["id"] for row in gone])))
    for row in gone:
        journal_of(session).record_erased(table, row)
    return len(gone)


def _found(session: Session, table: Table, condition: ColumnElement[bool]) -> list[Row]:
    query = select(table).where(condition).order_by(table.c.id)
    return [dict(row) for row in session.connection().execute(query).mappings()]


def events_of(session: Session, people: Circle, taken_part: Collection[int]) -> Counter[int]:
    """Let events name nobody to ask where it was one of these people, and count as changed for calendars.

    `taken_part` are the events that they took part in: calendars may tell who takes part. Returns how many events
    named each of them.
    """
    table, journal = _TABLES["event"], journal_of(session)
    asked = _each(session, table, table.c.contact_id, people.ids)
    along = {**_each(session, table, table.c.parent_id, asked), **_each(session, table, table.c.id, taken_part)}
    for number, row in (along | asked).items():
        before = {**row, "contact_id": None if number in asked else row["contact_id"]}
        after = {**before, **signed(session, row)}
        session.connection().execute(update(table).where(table.c.id == number).values(**after))
        if number in asked:
            journal.record_erased(table, row, stored(table, before), stored(table, after))
        else:
            journal.record(table, before, after)
    return Counter(row["contact_id"] for row in asked.values())


def _each(session: Session, table: Table, column: ColumnElement[Any], values: Collection[int]) -> dict[int, Row]:
    """Return by number the rows whose column has one of the values."""
    return {row["id"]: row for some in pieces(sorted(values)) for row in _found(session, table, column.in_(some))}


def remainders_of(session: Session, mentions: Mentions) -> int:
    """Take out of the notes of events the lines in which imports kept who was not in the book; returns how many."""
    table, journal, taken = _TABLES["event"], journal_of(session), 0
    for row in _found(session, table, or_(*(table.c.note.contains(word) for word in _LEFT_BY_IMPORTS))):
        note = without_remainders(row["note"], mentions)
        if note != row["note"]:
            before = {**row, "note": note}
            after = {**before, **signed(session, row)}
            session.connection().execute(update(table).where(table.c.id == row["id"]).values(**after))
            journal.record_erased(table, row, stored(table, before), stored(table, after))
            taken += row["note"].count("\n") - (note.count("\n") if note else -1)
    return taken


def without_remainders(note: str, mentions: Mentions) -> str | None:
    """Return an event's note without the lines that an import left of the person; None when nothing stays."""
    lines = note.split("\n")
    kept = [line for line in lines if not (line.startswith(_LEFT_BY_IMPORTS) and mentions.in_text(line))]
    return note if kept == lines else "\n".join(kept) or None


class Given(NamedTuple):
    """Lists that were given to others: how many were changed, and how many each person was on."""

    lists: int
    by_person: Counter[int]


def disclosures_of(session: Session, people: Circle, mentions: Mentions) -> Given:
    """Take people's numbers, and names, out of the lists that were given to others, and to them."""
    table, journal, changed, found = _TABLES["disclosure"], journal_of(session), 0, Counter[int]()
    for row in _found(session, table, table.c.id > 0):
        before = disclosed(people, row, mentions)
        if before == row:
            continue
        after = {**before, **signed(session, row)}
        session.connection().execute(update(table).where(table.c.id == row["id"]).values(**after))
        journal.record_erased(table, row, stored(table, before), stored(table, after))
        found.update(people.ids.intersection(row["contact_ids"]))
        changed += 1
    return Given(changed, found)


def disclosed(people: Circle, row: Row, mentions: Mentions) -> Row:
    """Return a disclosure without these people, as a list of so many people all the same."""
    words: Row = {name: row[name] and _erased(row[name], mentions) for name in ("recipient", "purpose")}
    with_parts = mentions
    if people.owns("disclosure", row):
        parts = (word for name in mentions.names for word in name.split())
        with_parts = replace(mentions, extra=tuple(dict.fromkeys(parts)))
    words |= {name: row[name] and with_parts.without(row[name]) for name in ("criteria", "file_name")}
    return {**row, **words, "contact_ids": [number for number in row["contact_ids"] if number not in people.ids]}


def _erased(text: str, mentions: Mentions) -> str:
    return mentions.without(text).replace(ERASED, GONE) if mentions.in_text(text) else text
