"""Taking change sets back, and doing them again.

An undo is a change set of its own that reverses another one; a redo reverses the undo. Versions only grow, and
`modified_at` and `sequence` never turn back, so that calendars hear of every undo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from eventrec.db.journal import completed, journal_of, restored, stored
from eventrec.db.sequence import says_the_same
from eventrec.errors import NotFound, UndoRefused
from eventrec.models import Base, Change, ChangeSet, Tombstone
from eventrec.services.tombstone import NOUNS, calendar_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select, Table
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row

_NEVER_BACK = ("version", "modified_at", "sequence")


def undo(session: Session) -> ChangeSet:
    """Take back the last command that has not been taken back; returns the change set that was its latest form.

    Raises NotFound when there is none, and UndoRefused when a row has been changed since.
    """
    for first in session.scalars(_commands().order_by(ChangeSet.id.desc())):
        chain = _chain(session, first)
        if len(chain) % 2:
            _reverse(session, chain[-1])
            return first
    raise NotFoundInHistory("There is nothing to undo.", "See what happened: eventrec log")


def redo(session: Session) -> ChangeSet:
    """Do again what the last undo took back; returns the command's change set.

    Raises NotFound when there is nothing, or when something new was done since the undo.
    """
    newest = session.scalar(select(func.max(ChangeSet.id)).where(ChangeSet.reverses_id.is_(None))) or 0
    undone = [
        (chain[-1].id, first, chain[-1])
        for first in session.scalars(_commands())
        if len(chain := _chain(session, first)) % 2 == 0 and chain[-1].id > newest
    ]
    if not undone:
        raise NotFoundInHistory("There is nothing to do again.", "See what happened: eventrec log")
    _, first, last = max(undone, key=lambda each: each[0])
    _reverse(session, last)
    return first


class NotFoundInHistory(NotFound):
    """There is no change set to take back or to do again."""

    def __init__(self, message: str, hint: str) -> None:
        super(NotFound, self).__init__(message, hint)


def _commands() -> Select[ChangeSet]:
    return select(ChangeSet).where(ChangeSet.reverses_id.is_(None))


def _chain(session: Session, first: ChangeSet) -> list[ChangeSet]:
    """Return a command and all that reversed it, reversed that, and so on; odd length: it is in force."""
    chain = [first]
    while (then := session.scalar(select(ChangeSet).where(ChangeSet.reverses_id == chain[-1].id))) is not None:
        chain.append(then)
    return chain


def _reverse(session: Session, change_set: ChangeSet) -> None:
    journal = journal_of(session)
    journal.reverses_id = change_set.id
    query = select(Change).where(Change.change_set_id == change_set.id).order_by(Change.id.desc())
    changes = session.scalars(query).all()
    _refuse_if_erased(change_set, changes)
    _refuse_if_changed_since(session, changes)
    heirs = _heirs(changes)
    for change in changes:
        table = Base.metadata.tables[change.table_name]
        if change.before is None and change.after is not None:
            _take_away(session, table, change, heirs.get(change.row_uid))
        elif change.after is None and change.before is not None:
            if table.name != "tombstone" or not _lives(change.before, changes):
                _give_back(session, table, _whole(table, change.before))
        elif change.before is not None and change.after is not None:
            _turn_back(session, table, change)
    journal.write(session)
    session.expire_all()


def _lives(tombstone: Row, changes: Sequence[Change]) -> bool:
    """Tell whether the record of a tombstone came back with it gone, and leaves one of its own when it goes again."""
    record = (tombstone["table_name"], tombstone["row_id"])
    return any((change.table_name, change.row_id) == record for change in changes)


def _heirs(changes: Sequence[Change]) -> dict[str, str]:
    """Return who takes the place of records that a merge, now done again, had put an end to: uid → uid."""
    gone = (change.before for change in changes if change.table_name == "tombstone" and change.after is None)
    return {before["row_uid"]: before["replaced_by"] for before in gone if before and before["replaced_by"]}


def _refuse_if_erased(change_set: ChangeSet, changes: Sequence[Change]) -> None:
    """Refuse a change set that wrote of somebody who was forgotten: what it did is not known any more."""
    if any(change.erased_at is not None for change in changes):
        raise UndoRefused(
            f"Change set {change_set.id} wrote of somebody who was forgotten since, or is the forgetting itself; it"
            " cannot be taken back.",
            "Enter what is missing anew.",
        )


def _refuse_if_changed_since(session: Session, changes: Sequence[Change]) -> None:
    """Refuse when a row is not as the change set left it; `changes` are newest first."""
    seen: set[tuple[str, int]] = set()
    for change in changes:
        key = (change.table_name, change.row_id)
        if key in seen:
            continue
        seen.add(key)
        table = Base.metadata.tables[change.table_name]
        row = _row(session, table, change.row_id)
        if _content(row and stored(table, row)) != _content(change.after and completed(table, change.after)):
            raise _refused(session, change)


def _content(row: Row | None) -> Row | None:
    """Return a stored row without the columns that only grow: a later change may have been undone itself."""
    if row and row.get("calendar"):
        row = {**row, "calendar": _content(row["calendar"])}
    return row and {name: value for name, value in row.items() if name not in _NEVER_BACK}


def _refused(session: Session, change: Change) -> UndoRefused:
    later = session.execute(
        select(ChangeSet.id, ChangeSet.actor, ChangeSet.moment, ChangeSet.command)
        .join(Change, Change.change_set_id == ChangeSet.id)
        .where(Change.table_name == change.table_name, Change.row_id == change.row_id, Change.id > change.id)
        .order_by(Change.id.desc())
        .limit(1)
    ).first()
    by = f" by {later.actor} at {later.moment} (change set {later.id}: {later.command})" if later else ""
    return UndoRefused(
        f"{change.table_name.replace('_', ' ').capitalize()} {change.row_id} was changed since{by}.",
        "See the later change: eventrec log",
    )


def _whole(table: Table, row: Row) -> Row:
    """Return the Python values of a stored row, also of one that was written before today's columns."""
    return restored(table, completed(table, row))


def _row(session: Session, table: Table, row_id: int) -> Row | None:
    found = session.connection().execute(select(table).where(table.c.id == row_id)).mappings().first()
    return dict(found) if found is not None else None


def _take_away(session: Session, table: Table, change: Change, heir: str | None) -> None:
    """Remove a row that the change set had added; a record leaves a new tombstone, as after any other removal."""
    row = _row(session, table, change.row_id) or {}
    connection, journal = session.connection(), journal_of(session)
    connection.execute(delete(table).where(table.c.id == change.row_id))
    journal.record(table, row, None)
    if table.name in NOUNS:
        values = {
            "table_name": table.name,
            "row_id": change.row_id,
            "row_uid": change.row_uid,
            "replaced_by": heir,
            "removed_at": journal.moment,
            "calendar": calendar_entry(stored(table, row)) if table.name == "event" else None,
        }
        _insert(session, Tombstone.__table__, values)  # type: ignore[arg-type]


def _give_back(session: Session, table: Table, row: Row) -> None:
    """Put back a row that the change set had removed, under its old number and uid.

    The latest removal went out with the event's SEQUENCE + 1, so the event comes back with one more.
    """
    latest = session.scalars(
        select(Change)
        .where(Change.table_name == table.name, Change.row_id == row["id"])
        .order_by(Change.id.desc())
        .limit(1)
    ).one()
    row |= {"version": latest.version + 1, "modified_at": journal_of(session).moment}
    if table.name == "event" and latest.before:
        row["sequence"] = latest.before["sequence"] + 2
    session.connection().execute(insert(table).values(**row))
    journal_of(session).record(table, None, row)


def _turn_back(session: Session, table: Table, change: Change) -> None:
    """Set the columns that the change set had changed to what they were."""
    before, after = _whole(table, change.before or {}), _whole(table, change.after or {})
    now = _row(session, table, change.row_id) or {}
    back = {name: value for name, value in before.items() if value != after.get(name) and name not in _NEVER_BACK}
    new = {**now, **back, "version": now["version"] + 1, "modified_at": journal_of(session).moment}
    if table.name == "event" and not says_the_same(now, new):
        new["sequence"] = now["sequence"] + 1
    if table.name == "tombstone" and now["calendar"] and new["calendar"]:
        new["calendar"] = {**new["calendar"], "sequence": now["calendar"]["sequence"]}
    session.connection().execute(update(table).where(table.c.id == change.row_id).values(**new))
    journal_of(session).record(table, now, new)


def _insert(session: Session, table: Table, values: Row) -> None:
    journal = journal_of(session)
    row = {
        **values,
        "uid": journal.new_uid(table.name, values),
        "created_at": journal.moment,
        "modified_at": journal.moment,
        "version": 1,
    }
    key = session.connection().execute(insert(table).values(**row)).inserted_primary_key
    journal.record(table, None, {**row, "id": key[0] if key else 0})
