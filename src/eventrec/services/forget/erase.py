"""What the book holds of a person is taken out of its rows; each change is noted without its content."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, or_, select, update

from eventrec.db.journal import journal_of, stored
from eventrec.models import Base
from eventrec.services.forget.person import OWNED

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.services.forget.person import Person
    from eventrec.text.mentions import Mentions

_TABLES: Final = Base.metadata.tables
_LEFT_BY_IMPORTS: Final = ("Attendee: ", "Organizer: ", "Contact: ")
"""How the lines begin in which a calendar's import keeps people who are not in the book."""


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


def events_of(session: Session, person: Person, taken_part: Collection[int]) -> int:
    """Let events name nobody to ask where it was this person, and count as changed for calendars.

    `taken_part` are the events that the person took part in: calendars may tell who takes part. Returns how many named
    the person.
    """
    table, journal = _TABLES["event"], journal_of(session)
    asked = _found(session, table, table.c.contact_id == person.id)
    numbers = {row["id"] for row in asked}
    along = _found(session, table, table.c.parent_id.in_(numbers) | table.c.id.in_(taken_part))
    for row in [*asked, *(row for row in along if row["id"] not in numbers)]:
        before = {**row, "contact_id": None if row["id"] in numbers else row["contact_id"]}
        after = {**before, "modified_at": journal.moment, "version": row["version"] + 1}
        session.connection().execute(update(table).where(table.c.id == row["id"]).values(**after))
        if row["id"] in numbers:
            journal.record_erased(table, row, stored(table, before), stored(table, after))
        else:
            journal.record(table, before, after)
    return len(asked)


def remainders_of(session: Session, mentions: Mentions) -> int:
    """Take out of the notes of events the lines in which imports kept who was not in the book; returns how many."""
    table, journal, taken = _TABLES["event"], journal_of(session), 0
    for row in _found(session, table, or_(*(table.c.note.contains(word) for word in _LEFT_BY_IMPORTS))):
        note = without_remainders(row["note"], mentions)
        if note != row["note"]:
            before = {**row, "note": note}
            after = {**before, "modified_at": journal.moment, "version": row["version"] + 1}
            session.connection().execute(update(table).where(table.c.id == row["id"]).values(**after))
            journal.record_erased(table, row, stored(table, before), stored(table, after))
            taken += row["note"].count("\n") - (note.count("\n") if note else -1)
    return taken


def without_remainders(note: str, mentions: Mentions) -> str | None:
    """Return an event's note without the lines that an import left of the person; None when nothing stays."""
    lines = note.split("\n")
    kept = [line for line in lines if not (line.startswith(_LEFT_BY_IMPORTS) and mentions.in_text(line))]
    return note if kept == lines else "\n".join(kept) or None


def disclosures_of(session: Session, person: Person, mentions: Mentions) -> int:
    """Take the person's number, and name, out of the lists that were given to others; returns how many there were."""
    table, journal = _TABLES["disclosure"], journal_of(session)
    found = [row for row in _found(session, table, table.c.id > 0) if person.ids.intersection(row["contact_ids"])]
    for row in found:
        before = disclosed(person, row, mentions)
        after = {**before, "modified_at": journal.moment, "version": row["version"] + 1}
        session.connection().execute(update(table).where(table.c.id == row["id"]).values(**after))
        journal.record_erased(table, row, stored(table, before), stored(table, after))
    return len(found)


def disclosed(person: Person, row: Row, mentions: Mentions) -> Row:
    """Return a disclosure without the person, as a list of so many people all the same."""
    parts = replace(mentions, extra=(*mentions.extra, *(word for name in mentions.names for word in name.split())))
    words = {name: row[name] and parts.without(row[name]) for name in ("criteria", "file_name")}
    return {**row, **words, "contact_ids": [number for number in row["contact_ids"] if number not in person.ids]}
