"""One change set taken back: what every row was, worked out in memory, then written many rows at a time.

Versions only grow, and `modified_at` and `sequence` never turn back, so that calendars hear of every undo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update

from eventrec.db.bulk import Bulk
from eventrec.db.journal import completed, journal_of, restored, stored
from eventrec.db.sequence import says_the_same
from eventrec.models import Base, Change, Tombstone
from eventrec.services.tombstone import NOUNS, calendar_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row

_NEVER_BACK: Final = ("version", "modified_at", "sequence")
_CHUNK: Final = 500

Key = tuple[str, int]
"""A row: the name of its table, and its number."""


class Past(NamedTuple):
    """One change of the change set that is taken back."""

    table_name: str
    row_id: int
    row_uid: str
    before: Row | None
    after: Row | None

    @property
    def key(self) -> Key:
        """The row."""
        return self.table_name, self.row_id

    @property
    def table(self) -> Table:
        """The row's table."""
        return Base.metadata.tables[self.table_name]


class _Step(NamedTuple):
    """A statement for one row: `insert` and `update` have the row as it will be, `delete` as it was."""

    kind: str
    table: Table
    row: Row


class Reversal:
    """A change set on its way back. Nothing is written before `carry_out`."""

    def __init__(self, session: Session, change_set_id: int) -> None:
        self.change_set_id = change_set_id
        self._session = session
        self._journal = journal_of(session)
        columns = (Change.table_name, Change.row_id, Change.row_uid, Change.before, Change.after)
        query = select(*columns).where(Change.change_set_id == change_set_id).order_by(Change.id.desc())
        self.changes = [Past(*row) for row in session.execute(query)]
        self.now: dict[Key, Row | None] = dict(_rows(session, {change.key for change in self.changes}))

    def changed_since(self) -> list[Key]:
        """Return the rows that are not as the change set left them."""
        newest: dict[Key, Past] = {}
        for change in self.changes:
            newest.setdefault(change.key, change)
        return [key for key, change in newest.items() if not self._is_as_left(change)]

    def _is_as_left(self, change: Past) -> bool:
        row = self.now[change.key]
        left = change.after and completed(change.table, change.after)
        return _content(row and stored(change.table, row)) == _content(left)

    def carry_out(self) -> None:
        """Write every row as it was before the change set, with a history that reverses it."""
        self._journal.reverses_id, self._journal.change_set_id = self.change_set_id, None
        tombstones = Bulk(self._session)
        waiting: list[_Step] = []
        for step in self._steps(tombstones):
            if waiting and (step.kind, step.table) != (waiting[0].kind, waiting[0].table):
                self._write(waiting)
                waiting.clear()
            waiting.append(step)
        self._write(waiting)
        tombstones.flush()
        self._journal.write(self._session)
        self._session.expire_all()

    def after(self) -> dict[Key, Row | None]:
        """Return every row of the change set as it would be; nothing is written or noted."""
        left = dict(self.now)
        for change in self.changes:
            left[change.key] = change.before and _whole(change.table, change.before)
        return left

    def _steps(self, tombstones: Bulk) -> Iterator[_Step]:
        last = _last_of_removed(self._session, [key for key, row in self.now.items() if row is None])
        heirs, lives = self._heirs(), {change.key for change in self.changes}
        for change in self.changes:
            before = self.now[change.key]
            if change.before is None and change.after is not None:
                row = before or {}
                last[change.key] = (row["version"] + 1, row.get("sequence"))
                self._journal.record(change.table, row, None)
                yield _Step("delete", change.table, row)
                if change.table_name in NOUNS:
                    self._bury(tombstones, change, row, heirs.get(change.row_uid))
                self.now[change.key] = None
            elif change.after is None and change.before is not None:
                if change.table_name == "tombstone" and _record_of(change.before) in lives:
                    continue  # its record goes again, and leaves one of its own
                row = self._given_back(change, *last[change.key])
                self._journal.record(change.table, None, row)
                yield _Step("insert", change.table, row)
                self.now[change.key] = row
            elif change.before is not None and change.after is not None:
                row = self._turned_back(change, before or {})
                self._journal.record(change.table, before, row)
                yield _Step("update", change.table, row)
                self.now[change.key] = row

    def _heirs(self) -> dict[str, str]:
        """Return who takes the place of records that a merge, now done again, had put an end to: uid → uid."""
        gone = (change.before for change in self.changes if change.table_name == "tombstone" and change.after is None)
        return {before["row_uid"]: before["replaced_by"] for before in gone if before and before["replaced_by"]}

    def _bury(self, tombstones: Bulk, change: Past, row: Row, heir: str | None) -> None:
        tombstones.add(
            Tombstone,
            table_name=change.table_name,
            row_id=change.row_id,
            row_uid=change.row_uid,
            replaced_by=heir,
            removed_at=self._journal.moment,
            calendar=calendar_entry(stored(change.table, row)) if change.table_name == "event" else None,
        )

    def _given_back(self, change: Past, version: int, sequence: int | None) -> Row:
        """Return a removed row under its old number and uid.

        The latest removal went out with the event's SEQUENCE + 1, so the event comes back with one more.
        """
        row = _whole(change.table, change.before or {})
        row |= {"version": version + 1, "modified_at": self._now_or_later(row)}
        if change.table_name == "event" and sequence is not None:
            row["sequence"] = sequence + 2
        return row

    def _turned_back(self, change: Past, now: Row) -> Row:
        """Return a row with the columns that the change set had changed as they were."""
        before, after = _whole(change.table, change.before or {}), _whole(change.table, change.after or {})
        back = {name: value for name, value in before.items() if value != after.get(name) and name not in _NEVER_BACK}
        new = {**now, **back, "version": now["version"] + 1, "modified_at": self._now_or_later(now)}
        if change.table_name == "event" and not says_the_same(now, new):
            new["sequence"] = now["sequence"] + 1
        if change.table_name == "tombstone" and now["calendar"] and new["calendar"]:
            new["calendar"] = {**new["calendar"], "sequence": now["calendar"]["sequence"]}
        return new

    def _now_or_later(self, row: Row) -> str:
        """Return the moment of this change, or that of the row's last one: the clock may have been set back."""
        return max(self._journal.moment, str(row["modified_at"]))

    def _write(self, steps: Sequence[_Step]) -> None:
        """Run one statement for rows of one table, in their order: rows refer to rows of the same table."""
        if not steps:
            return
        kind, table, _ = steps[0]
        connection, this = self._session.connection(), table.c.id == bindparam("this")
        if kind == "delete":
            connection.execute(delete(table).where(this), [{"this": step.row["id"]} for step in steps])
        elif kind == "insert":
            connection.execute(insert(table), [step.row for step in steps])
        else:
            new = {column.name: bindparam(f"new_{column.name}", type_=column.type) for column in table.columns}
            rows = [{f"new_{name}": value for name, value in step.row.items()} for step in steps]
            statement = update(table).where(this).values(new)
            connection.execute(
                statement, [{**row, "this": step.row["id"]} for row, step in zip(rows, steps, strict=True)]
            )


def _record_of(tombstone: Row) -> Key:
    return tombstone["table_name"], tombstone["row_id"]


def _content(row: Row | None) -> Row | None:
    """Return a stored row without the columns that only grow: a later change may have been undone itself."""
    if row and row.get("calendar"):
        row = {**row, "calendar": _content(row["calendar"])}
    return row and {name: value for name, value in row.items() if name not in _NEVER_BACK}


def _whole(table: Table, row: Row) -> Row:
    """Return the Python values of a stored row, also of one that was written before today's columns."""
    return restored(table, completed(table, row))


def _rows(session: Session, keys: Iterable[Key]) -> Iterator[tuple[Key, Row | None]]:
    """Yield the rows as they are, None for one that is not there."""
    for name, numbers in chunks(keys):
        table = Base.metadata.tables[name]
        found = session.connection().execute(select(table).where(table.c.id.in_(numbers))).mappings()
        rows = {row["id"]: dict(row) for row in found}
        for number in numbers:
            yield (name, number), rows.get(number)


def _last_of_removed(session: Session, keys: Iterable[Key]) -> dict[Key, tuple[int, int | None]]:
    """Return version and SEQUENCE that removed rows last had."""
    found: dict[Key, tuple[int, int | None]] = {}
    for name, numbers in chunks(keys):
        newest = (
            select(func.max(Change.id))
            .where(Change.table_name == name, Change.row_id.in_(numbers))
            .group_by(Change.row_id)
        )
        query = select(Change.row_id, Change.version, Change.before).where(Change.id.in_(newest))
        for number, version, before in session.execute(query):
            found[name, number] = (version, (before or {}).get("sequence"))
    return found


def chunks(keys: Iterable[Key]) -> Iterator[tuple[str, list[int]]]:
    """Yield numbers of one table at a time, no more than a statement takes."""
    by_table: dict[str, list[int]] = {}
    for name, number in keys:
        by_table.setdefault(name, []).append(number)
    for name, numbers in by_table.items():
        for at in range(0, len(numbers), _CHUNK):
            yield name, sorted(numbers)[at : at + _CHUNK]
