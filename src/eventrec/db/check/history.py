"""Does the history lead to the rows? Change by change, from the first one of each row to the row as it is."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from eventrec.db.check.finding import MEND, Finding, summed_up
from eventrec.db.check.tables import as_they_are, reader, records, rows
from eventrec.db.derived import COLUMNS
from eventrec.db.journal import completed
from eventrec.models import Change, ChangeSet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Table

    from eventrec.db.journal import Row

_ERASED: Final = "erased_at"
_NOTHING: Final[Row] = {}
"""Stands for a state that was erased from the history: nothing can be compared with it."""


def findings(connection: Connection, table: Table, meddled: set[int]) -> Iterator[Finding]:
    """Compare the rows of a table with their history; both are read once, side by side.

    To `meddled` are added the numbers of the rows that differ in more than what is computed.
    """

    def noted() -> Iterator[Finding]:
        for finding in disagreements(connection, table):
            if finding.row is not None and finding.computed is None:
                meddled.add(finding.row)
            yield finding

    yield from summed_up(noted(), f"rows of {table.name} do not agree with their history.")


def of_change_sets(connection: Connection) -> Iterator[Finding]:
    """Look at change sets and changes by themselves: what they take back came before them, their tables exist."""
    later = select(ChangeSet.id, ChangeSet.reverses_id).where(ChangeSet.reverses_id >= ChangeSet.id)
    for number, reverses in connection.execute(later.order_by(ChangeSet.id)):
        yield _wrong("change_set", number, f"Change set {number} takes back number {reverses}, which came later.")
    known = [table.name for table in records()]
    unknown = select(Change.table_name).where(Change.table_name.not_in(known)).distinct().order_by(Change.table_name)
    for (name,) in connection.execute(unknown):
        yield _wrong("change", None, f"The history tells of a table {name!r} that there is not.")


def disagreements(connection: Connection, table: Table) -> Iterator[Finding]:
    """Walk along rows and histories in the order of numbers; yield every disagreement, however many."""
    histories = _histories(connection, table)
    number, last = next(histories, (None, None))
    for row_id, row, unreadable in rows(connection, table):
        while number is not None and number < row_id:
            yield from _gone(table, number, last)
            number, last = next(histories, (None, None))
        if unreadable:
            what = f"{table.name} {row_id} holds in {unreadable} what does not belong there."
            yield Finding("unreadable", what, table=table.name, row=row_id)
        if number != row_id or last is None:
            yield _wrong(table.name, row_id, f"{table.name} {row_id} has no history.")
            continue
        if row is not None:
            yield from _of_row(table, row, last)
        elif last.broken:
            yield _wrong(table.name, row_id, last.broken)
        number, last = next(histories, (None, None))
    while number is not None:
        yield from _gone(table, number, last)
        number, last = next(histories, (None, None))


class _Last:
    """What the changes of one row lead to: its version, its state, and the first place where they do not fit."""

    def __init__(self, table: str, number: int) -> None:
        self.table, self.number = table, number
        self.version, self.set_id, self.uid = 0, 0, ""
        self.state: Row | None = None
        self.broken = ""

    def take(self, change: Row) -> None:
        """Go one change further."""
        erased = bool(change.get(_ERASED))
        known = self.state is not _NOTHING and not erased
        if known and change["before"] != self.state:
            self._break(f"change {change['id']} does not begin where the one before it ended")
        if change["version"] <= self.version:
            self._break(f"version {change['version']} comes after {self.version}")
        if change["change_set_id"] < self.set_id:
            self._break(f"change {change['id']} belongs to an earlier change set than the one before it")
        if self.uid and change["row_uid"] != self.uid:
            self._break(f"change {change['id']} has another uid")
        self.state = _NOTHING if erased else change["after"]
        self.version, self.set_id, self.uid = change["version"], change["change_set_id"], change["row_uid"]

    def _break(self, what: str) -> None:
        self.broken = self.broken or f"The history of {self.table} {self.number} is broken: {what}."


def _of_row(table: Table, row: Row, last: _Last) -> Iterator[Finding]:
    name = f"{table.name} {row['id']}"
    if last.state is None:
        yield _wrong(table.name, row["id"], f"{name} is there, though its newest change removed it.")
    elif last.state is not _NOTHING and (last.version, last.state) != (row["version"], row):
        yield _unlike(table, row, last)
    elif last.uid != row["uid"]:
        yield _wrong(table.name, row["id"], f"{name} has another uid than in its history.")
    elif last.broken:
        yield _wrong(table.name, row["id"], last.broken)


def _unlike(table: Table, row: Row, last: _Last) -> Finding:
    """Say that a row is not as it was left; with what was computed then, when nothing else differs."""
    what, state = f"{table.name} {row['id']} is not as its newest change left it.", last.state or {}
    computed = {name: state.get(name) for name in COLUMNS if name in table.c}
    same = last.uid == row["uid"] and (last.version, state | computed) == (row["version"], row | computed)
    if last.broken or not same or None in computed.values():
        return _wrong(table.name, row["id"], what)
    return Finding("history", what, MEND, table.name, row["id"], computed)


def _gone(table: Table, number: int, last: _Last | None) -> Iterator[Finding]:
    if last is None:
        return
    if last.state is not None and last.state is not _NOTHING:
        yield _wrong(table.name, number, f"{table.name} {number} is gone without a change.")
    elif last.broken:
        yield _wrong(table.name, number, last.broken)


def _wrong(table: str, number: int | None, what: str) -> Finding:
    return Finding("history", what, table=table, row=number)


def _histories(connection: Connection, table: Table) -> Iterator[tuple[int | None, _Last | None]]:
    """Yield for each row that ever was its number and what its changes lead to, by number."""
    for number, changes in groupby(_changes(connection, table), key=lambda change: change["row_id"]):
        last = _Last(table.name, number)
        for change in changes:
            if change["unreadable"]:
                last.broken = last.broken or f"Change {change['id']} of {table.name} {number} cannot be read."
                last.state, last.version = _NOTHING, max(last.version, 0)
            else:
                last.take(change)
        yield number, last


def _changes(connection: Connection, table: Table) -> Iterator[Row]:
    """Yield the changes of a table by row, oldest first, their states completed to today's columns."""
    change: Table = Change.__table__  # type: ignore[assignment]
    names = [column.name for column in change.columns]
    read = reader(connection, change)
    query = as_they_are(change).where(change.c.table_name == table.name).order_by(change.c.row_id, change.c.id)
    for cells in connection.execute(query):
        row, unreadable = read(cells)
        if row is None:
            yield dict(zip(names, cells, strict=True)) | {"unreadable": unreadable}
            continue
        for side in ("before", "after"):
            row[side] = _completed(table, row[side])
        yield row | {"unreadable": ""}


def _completed(table: Table, state: Any) -> Row | None:  # noqa: ANN401
    return completed(table, state) if isinstance(state, dict) else None
