"""Change sets with all that they changed, field by field, a few at a time: a log may be long."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from eventrec.views.dialect import render
from eventrec.views.history import history
from eventrec.views.history.records import touching
from eventrec.views.where import Where, every

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.table import Cell, Table
    from eventrec.views.history.records import Record
    from eventrec.views.reader import Reader

_SETS: Final = 50
_WITHHELD: Final = "(secret)"
_OF_THE_FORGOTTEN: Final = ("hash", "kind", "person")
_CHANGES: Final = 500
HOUSEKEEPING: Final = frozenset({"id", "uid", "created_at", "modified_at", "version", "search_text", "sort_key"})
"""Columns that say nothing of what somebody did."""

NOUNS: Final = {"participation": "participant"}
"""What people call a row, where it is not the name of its table."""

_SQL: Final = """
SELECT change.id, change.table_name, change.row_id, change.row_uid, change.before, change.after,
    change.erased_at IS NOT NULL
FROM change
"""


@dataclass(frozen=True)
class Wish:
    """Which change sets are asked for; nothing given asks for all.

    With a `record`, only what touched it or its parts. `since` and `until` are moments in UTC, both inclusive; `by` is
    an actor or a role of the database, whatever its case. `limit` is how many, the newest first.
    """

    change_set: int | None = None
    record: Record | None = None
    since: str = ""
    until: str = ""
    by: str = ""
    limit: int | None = None

    def where(self) -> Where:
        """Return the conditions on change_set."""
        moment = "{moment change_set.moment}"
        asked = (
            (Where("change_set.id = :number", {"number": self.change_set}), self.change_set is not None),
            (Where(f"{moment} >= :since", {"since": self.since}), self.since),
            (Where(f"{moment} <= :until", {"until": self.until}), self.until),
            (
                Where(":by IN (lower(change_set.actor), lower(change_set.database_role))", {"by": self.by.lower()}),
                self.by,
            ),
        )
        return every([*(where for where, given in asked if given), *self._of_record()])

    def _of_record(self) -> Iterator[Where]:
        if self.record is not None:
            touched = touching(self.record)
            yield Where(
                f"change_set.id IN (SELECT change.change_set_id FROM change WHERE {touched.sql})",  # noqa: S608
                touched.params,
            )


@dataclass(frozen=True)
class Change:
    """What one change set did to one row; `before` and `after` are whole rows as JSON values."""

    table: str
    id: int
    uid: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    erased: bool

    @property
    def what(self) -> str:
        """What was done: added, changed, removed, or erased when a forgotten person was taken out of it."""
        if self.erased:
            return "erased"
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def noun(self) -> str:
        """What people call the row."""
        return NOUNS.get(self.table, self.table.replace("_", " "))

    @property
    def row(self) -> dict[str, Any]:
        """The row as it is known last."""
        return self.after or self.before or {}

    def fields(self) -> dict[str, list[Any]]:
        """Return what is different, as `name: [before, after]`; nothing of what was erased."""
        if self.erased:
            return {}
        before, after = self.before or {}, self.after or {}
        names = [name for name in (self.after or before) if name not in HOUSEKEEPING]
        return {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}

    def as_object(self) -> dict[str, Any]:
        """Return the change with the promised keys."""
        return {
            "table": self.table,
            "noun": self.noun,
            "id": self.id,
            "uid": self.uid,
            "what": self.what,
            "fields": self.fields(),
        }


def change_sets(reader: Reader, wish: Wish) -> Iterator[dict[str, Cell]]:
    """Yield change sets, newest first, without their changes."""
    for table in _pages(reader, wish):
        yield from table


def table_of(reader: Reader, wish: Wish) -> Table:
    """Return change sets, newest first, as one table."""
    return history(reader, wish.limit, where=wish.where())


def _pages(reader: Reader, wish: Wish) -> Iterator[Table]:
    left, before = wish.limit, None
    while left is None or left > 0:
        size = _SETS if left is None else min(_SETS, left)
        older = Where() if before is None else Where("change_set.id < :before", {"before": before})
        page = history(reader, size, where=wish.where() & older)
        if not len(page):
            return
        yield page
        before = page.rows[-1][0]
        left = None if left is None else left - len(page)


def changes(reader: Reader, change_set: int, record: Record | None = None) -> Iterator[Change]:
    """Yield what a change set did, in the order in which it was done; with a record only what touched it."""
    last = 0
    touched = touching(record) if record else Where()
    while True:
        where = every(
            [
                Where("change.change_set_id = :change_set", {"change_set": change_set}),
                Where("change.id > :last", {"last": last}),
                touched,
            ]
        )
        sql = render(f"{_SQL}{where.clause()} ORDER BY change.id LIMIT {_CHANGES}", reader.dialect)
        rows = reader.rows(sql, where.params)
        for _, table, row_id, uid, before, after, erased in rows:
            yield Change(table, int(row_id), uid, _row(table, before), _row(table, after), bool(erased))
        if len(rows) < _CHANGES:
            return
        last = rows[-1][0]


def _row(table: str, text: str | None) -> dict[str, Any] | None:
    """Return a row without what would let a reader of the log try out who was forgotten, or tell such people apart."""
    row = json.loads(text) if text else None
    if row and table == "forgotten":
        row |= dict.fromkeys(_OF_THE_FORGOTTEN, _WITHHELD)
    if row and table == "setting" and row.get("key") == "salt":
        row["value"] = _WITHHELD
    return row
