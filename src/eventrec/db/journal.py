"""Every change of a record, written down in the transaction that makes it.

The listeners here see each row that a session inserts, updates or deletes, in the order in which it happens, and
write one `change` per row under one `change_set`. Nothing that inherits from `Record` can change unnoticed.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import ColumnDefault, event, func, insert, inspect, literal_column, select, update
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.types import Date, Numeric

from eventrec.db.copying import inserter
from eventrec.db.sequence import says_the_same
from eventrec.localized import Localized
from eventrec.models import Change, ChangeSet, Record
from eventrec.models.base import LocalizedText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Column, Connection, Table
    from sqlalchemy.orm import InstanceState, UOWTransaction

    from eventrec.db.copying import Insert

Row = dict[str, Any]

_DATABASE_ROLE = (
    "CASE WHEN session_user = current_user THEN CAST(session_user AS text)"
    " ELSE session_user || ' as ' || current_user END"
)
"""Who is at work in the eyes of PostgreSQL: the role that logged in, and the one that it took with SET ROLE."""


_TEXTS: Final = ("change_set_id", "table_name", "row_id", "row_uid", "version", "before", "after")


class Pending(NamedTuple):
    """A row that is about to be updated: the version that it was read with, and the columns that are to be set."""

    table: Table
    row_id: int
    version: int
    wanted: Row


@dataclass
class Journal:
    """Who changes what, when, and by which command; one for each transaction.

    `moment` is the instant of the whole command, UTC, `YYYY-MM-DDTHH:MM:SSZ`. `new_uid` gives the identity of a
    new row of the named table with the given values.
    """

    actor: str
    command: str
    moment: str
    new_uid: Callable[[str, Row], str]
    new_uids: Callable[[int], list[str]] | None = None
    """Gives many at once, where they are of chance."""

    reverses_id: int | None = None
    change_set_id: int | None = None
    change_set: Row = field(default_factory=dict)
    """The change set as it was written, once `change_set_id` is set."""

    saved: bool = False
    """Everything was saved: COMMIT was answered, or the server was asked again."""

    asked_again: bool = False
    """The connection was lost during COMMIT, and the server was asked what became of it."""

    pending: list[Row] = field(default_factory=list)
    recorded: int = 0
    """Changes noted so far, also those that a savepoint took back."""

    earlier: str | None = None
    """The moment with which new rows are signed while they are brought in from where they were written before."""

    returning: dict[str, int] = field(default_factory=dict)
    """The last versions of removed rows that are about to come back under their numbers: uid → version."""

    updating: dict[str, Pending] = field(default_factory=dict)
    """Rows that are about to be updated, by uid. One may grow in nothing but its version."""

    @contextmanager
    def as_of(self, moment: str | None) -> Iterator[None]:
        """Sign the rows that are new within this block with an earlier moment; None, or a later one, is now.

        The block flushes what it adds. The change set has the instant of the command all the same.
        """
        before, self.earlier = self.earlier, min(moment or self.moment, self.moment)
        try:
            yield
        finally:
            self.earlier = before

    def record(self, table: Table, before: Row | None, after: Row | None) -> None:
        """Note one change; `before` and `after` are whole rows of Python values."""
        row = after or before or {}
        self.recorded += 1
        self.pending.append(
            {
                "table_name": table.name,
                "row_id": row["id"],
                "row_uid": row["uid"],
                "version": row["version"] + (after is None),
                "before": before and stored(table, before),
                "after": after and stored(table, after),
                "erased_at": None,
            }
        )

    def record_erased(self, table: Table, row: Row, before: Row | None = None, after: Row | None = None) -> None:
        """Note that a row was changed or removed with somebody who is forgotten; such a change is never taken back.

        `row` is the row as it was, `before` and `after` what may stay of it, as `stored` writes it.
        """
        self.recorded += 1
        self.pending.append(
            {
                "table_name": table.name,
                "row_id": row["id"],
                "row_uid": row["uid"],
                "version": row["version"] + 1,
                "before": before,
                "after": after,
                "erased_at": self.moment,
            }
        )

    def write(self, session: Session) -> None:
        """Save what was noted; the change set is made with the first change."""
        if not self.pending:
            return
        number = self.open(session)
        rows = [{**row, "change_set_id": number} for row in self.pending]
        self.pending.clear()
        session.connection().execute(insert(Change), rows)

    def write_new(
        self, put: Insert, table: str, numbers: Sequence[int], uids: Sequence[str], rows: Sequence[str]
    ) -> None:
        """Save that rows are new, which `db.bulk` wrote: their numbers, uids, and themselves as canonical JSON.

        The change set must be `open`.
        """
        count = len(numbers)
        first, nothing = [1] * count, [None] * count
        self._put(put, [[table] * count, numbers, uids, first, nothing, rows])

    def write_changed(self, session: Session, changes: Sequence[tuple[Any, ...]]) -> None:
        """Save changes that `db.bulk` wrote: table, number, uid, new version, the row before and after as JSON."""
        if changes:
            self.open(session)
            self._put(inserter(session.connection()), list(zip(*changes, strict=True)))

    def _put(self, put: Insert, columns: list[Sequence[Any]]) -> None:
        count = len(columns[0])
        self.recorded += count
        put("change", _TEXTS, [[self.change_set_id] * count, *columns])

    def open(self, session: Session) -> int:
        """Return the number of the change set, which is made when it is first asked for."""
        if self.change_set_id is None:
            self.change_set_id = self._made(session)
        return self.change_set_id

    def _made(self, session: Session) -> int:
        values = {
            "actor": self.actor,
            "moment": self.moment,
            "command": self.command,
            "reverses_id": self.reverses_id,
        }
        self.change_set = {"uid": self.new_uid("change_set", values), **values}
        connection = session.connection()
        role: Any = literal_column(_DATABASE_ROLE) if connection.dialect.name == "postgresql" else None
        result = connection.execute(insert(ChangeSet).values(database_role=role, **self.change_set))
        key = result.inserted_primary_key
        return int(key[0]) if key else 0


def journal_of(session: Session) -> Journal:
    """Return the session's journal; a session without one may not change records."""
    return session.info["journal"]  # type: ignore[no-any-return]


def stored(table: Table, row: Row) -> Row:
    """Return a row as JSON values: dates as ISO text, decimals as text."""
    return {name: stored_value(row[name]) for name in table.columns.keys()}  # noqa: SIM118


def stored_value(value: Any) -> Any:  # noqa: ANN401
    """Return a value of a column as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def completed(table: Table, row: Row) -> Row:
    """Return a row that `stored` wrote with today's columns: one that it was written before has its default."""
    return {column.name: row.get(column.name, _default(column)) for column in table.columns}


def _default(column: Column[Any]) -> Any:  # noqa: ANN401
    return column.default.arg if isinstance(column.default, ColumnDefault) and column.default.is_scalar else None


def restored(table: Table, row: Row) -> Row:
    """Return the Python values of a row that `stored` wrote; columns that no longer exist are left out."""
    return {column.name: _restored(column, row[column.name]) for column in table.columns if column.name in row}


def _restored(column: Column[Any], value: Any) -> Any:  # noqa: ANN401
    if value is None:
        return None
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, Numeric):
        return Decimal(value)
    return Localized(value) if isinstance(column.type, LocalizedText) else value


def _state(target: Record) -> tuple[Journal, Table, InstanceState[Any]]:
    session = object_session(target)
    if session is None:
        raise RuntimeError("a record was flushed outside a session")
    return journal_of(session), target.__table__, inspect(target)  # type: ignore[return-value]


def _now(state: InstanceState[Any], table: Table) -> Row:
    return {name: state.dict.get(name) for name in table.columns.keys()}  # noqa: SIM118


def _before(state: InstanceState[Any], table: Table) -> Row:
    row = _now(state, table)
    for name in row:
        history = state.attrs[name].history
        if history.deleted:
            row[name] = history.deleted[0]
    return row


@event.listens_for(Record, "before_insert", propagate=True)
def _sign_new(_mapper: object, connection: Connection, target: Record) -> None:
    journal, table, state = _state(target)
    moment = journal.earlier or journal.moment
    target.created_at = target.created_at or moment
    target.modified_at = target.modified_at or moment
    target.uid = target.uid or journal.new_uid(table.name, _now(state, table))
    if target.id is not None:
        query = select(func.max(Change.version)).where(Change.table_name == table.name, Change.row_id == target.id)
        if (last := connection.scalar(query)) is not None:
            journal.returning[target.uid] = last


@event.listens_for(Record, "before_update", propagate=True)
def _sign_changed(_mapper: object, _connection: object, target: Record) -> None:
    journal, table, state = _state(target)
    session = object_session(target)
    if session is None or not session.is_modified(target, include_collections=False):
        return
    before, now = _before(state, table), _now(state, table)
    wanted = {name: value for name, value in now.items() if value != before[name]}
    journal.updating[target.uid] = Pending(table, target.id, target.version, wanted)
    target.modified_at = max(journal.moment, before["modified_at"])  # the clock may have been set back
    if table.name == "event" and not says_the_same(before, now):
        moved: Any = target
        moved.sequence = max(moved.sequence, before["sequence"] + 1)


@event.listens_for(Record, "after_insert", propagate=True)
def _note_new(_mapper: object, connection: Connection, target: Record) -> None:
    journal, table, state = _state(target)
    if (last := journal.returning.pop(target.uid, None)) is not None:
        connection.execute(update(table).where(table.c.id == target.id).values(version=last + 1))
        set_committed_value(target, "version", last + 1)
    for name in table.columns.keys():  # noqa: SIM118 - what was never set is empty, also to a change in this session
        state.dict.setdefault(name, None)
    journal.record(table, None, _now(state, table))


@event.listens_for(Record, "after_update", propagate=True)
def _note_changed(_mapper: object, _connection: object, target: Record) -> None:
    journal, table, state = _state(target)
    after = _now(state, table)
    pending = journal.updating.pop(target.uid, None)
    before = {**_before(state, table), "version": pending.version if pending else target.version}
    if before != after:
        journal.record(table, before, after)


@event.listens_for(Record, "after_delete", propagate=True)
def _note_removed(_mapper: object, _connection: object, target: Record) -> None:
    journal, table, state = _state(target)
    journal.record(table, _before(state, table), None)


@event.listens_for(Session, "after_flush")
def _write(session: Session, _context: UOWTransaction) -> None:
    if "journal" in session.info:
        journal_of(session).write(session)
