"""Many new rows at once, with their history: for imports, where one flush per row would take minutes."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select, text

from eventrec.db.journal import journal_of

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.models import Record

_CHUNK: Final = 1000


class Bulk:
    """Collects new rows and inserts them a thousand at a time, owners before what they own.

    Numbers are given out at once. The caller flushes before it asks the database for what was added, and at the end.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = journal_of(session)
        self._waiting: dict[Table, list[Row]] = {}
        self._numbers: dict[Table, deque[int]] = {}
        self._count = 0
        self._block = 1

    def add(self, model: type[Record], **values: Any) -> tuple[int, str]:  # noqa: ANN401
        """Take in one row and return its number and uid; columns not given have their defaults.

        `created_at` and `modified_at` are now unless they are given, `uid` is a new one.
        """
        table: Table = model.__table__  # type: ignore[assignment]
        row = _defaults(table) | values
        row["id"] = self._next(table)
        row |= {name: values.get(name) or self._journal.moment for name in ("created_at", "modified_at")}
        row["version"] = 1
        row["uid"] = values.get("uid") or self._journal.new_uid(table.name, row)
        self._waiting.setdefault(table, []).append(row)
        self._count += 1
        if self._count >= _CHUNK:
            self.flush()
        return row["id"], row["uid"]

    def flush(self) -> None:
        """Insert what was collected, with one change for each row."""
        connection = self._session.connection()
        for table in sorted(self._waiting, key=_place):
            rows = self._waiting[table]
            connection.execute(insert(table), rows)
            for row in rows:
                self._journal.record(table, None, row)
        self._waiting.clear()
        self._count = 0
        self._journal.write(self._session)
        if connection.dialect.name == "sqlite":
            self._numbers.clear()  # whoever writes next counts on from the last row

    def discard(self) -> None:
        """Forget what was collected and not inserted yet."""
        self._waiting.clear()
        self._count = 0

    def _next(self, table: Table) -> int:
        numbers = self._numbers.setdefault(table, deque())
        if not numbers:
            numbers.extend(self._reserve(table))
        return numbers.popleft()

    def _reserve(self, table: Table) -> range | list[int]:
        """Return numbers that were never used; on PostgreSQL from the table's sequence, ever more at a time."""
        connection = self._session.connection()
        if connection.dialect.name == "postgresql":
            sql = "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
            found = connection.execute(text(sql), {"name": table.name, "count": self._block})
            self._block = min(2 * self._block, _CHUNK)
            return [number for (number,) in found]
        self._session.flush()
        used = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
        highest = max(used.scalar() or 0, connection.execute(select(func.max(table.c.id))).scalar() or 0)
        return range(highest + 1, highest + 1 + 2 * _CHUNK)


def _place(table: Table) -> int:
    return table.metadata.sorted_tables.index(table)


def _defaults(table: Table) -> Row:
    """Return every column with its default."""
    return {
        column.name: column.default.arg if column.default is not None and column.default.is_scalar else None  # type: ignore[attr-defined]
        for column in table.columns
    }
