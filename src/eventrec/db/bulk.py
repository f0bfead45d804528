"""Many new rows at once, with their history: for imports, where one flush per row would take minutes."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, select, text, update

from eventrec.db.columns import ColumnWriter, canonical
from eventrec.db.copying import in_turn, inserter, wait
from eventrec.db.journal import journal_of, stored
from eventrec.models import Base

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection, Table, Update
    from sqlalchemy.engine import Dialect
    from sqlalchemy.orm import Session

    from eventrec.db.copying import Insert
    from eventrec.db.journal import Row
    from eventrec.models import Record

_CHUNK: Final = 4000
_MANY: Final = 1000
_ROOM: Final = "PRAGMA cache_size = -4000"
"""4 MB: with SQLite's usual 2 pages of indexes are read and written again and again, and with 8 it is hardly faster."""

_OWN: Final = ("id", "uid", "created_at", "modified_at", "version")
_NEVER_CHANGED: Final = ("id", "uid", "created_at")


class Rows:
    """The way into one table for rows that give the same columns; see `Bulk.rows`."""

    def __init__(self, bulk: Bulk, table: Table, columns: Sequence[str], numbers: deque[int], dialect: Dialect) -> None:
        self.table = table
        self.numbers = numbers
        """Numbers that the next rows of the table have, whichever columns they give."""

        self.waiting: list[tuple[Any, ...]] = []
        self._name = str(table.name)
        self._bulk = bulk
        self._given = tuple(columns)
        defaults = {name: value for name, value in _defaults(table).items() if value is not None}
        self._constant = {name: value for name, value in defaults.items() if name not in columns}
        self.columns: tuple[str, ...] = (*_OWN[:-1], *columns, "version", *self._constant)
        self._writers = [ColumnWriter(table.columns[name], dialect) for name in self.columns]
        self._rest = (1, *self._constant.values())
        self._order = [self.columns.index(name) for name in sorted(self.columns)]

    def add(
        self,
        *values: Any,  # noqa: ANN401
        uid: str = "",
        moment: str | None = None,
        modified: str | None = None,
    ) -> tuple[int, str]:
        """Take in one row, its values in the order of the columns; returns its number and uid.

        `uid` is a new one and `moment`, when the row was made, is now unless they are given; so is `modified`, when it
        was last changed, which else is the moment as well.
        """
        bulk = self._bulk
        number = self.numbers.popleft() if self.numbers else self._next_number()
        moment = moment or bulk.journal.moment
        if not uid:
            uid = bulk.uids.pop() if bulk.uids else self._new_uid(number, values, moment)
        self.waiting.append((number, uid, moment, modified or moment, *values))
        bulk.count += 1
        if bulk.count >= _CHUNK and not bulk.is_held:
            bulk.write()
        return number, uid

    def take_back(self, kept: int) -> list[int]:
        """Forget what is waiting but the first `kept` rows; returns the numbers of the others."""
        numbers = [row[0] for row in self.waiting[kept:]]
        del self.waiting[kept:]
        return numbers

    def _next_number(self) -> int:
        self.numbers.extend(self._bulk.reserve(self.table))
        return self.numbers.popleft()

    def _new_uid(self, number: int, values: Sequence[Any], moment: str) -> str:
        journal = self._bulk.journal
        if journal.new_uids is None:
            return journal.new_uid(self._name, self._as_dict(number, values, moment))
        self._bulk.uids = sorted(
            journal.new_uids(_CHUNK), reverse=True
        )  # in order they meet each page of an index once
        return self._bulk.uids.pop()

    def _as_dict(self, number: int, values: Sequence[Any], moment: str) -> Row:
        given = dict(zip(self._given, values, strict=True))
        own = {"id": number, "created_at": moment, "modified_at": moment, "version": 1}
        return _defaults(self.table) | given | own

    def write(self, insert: Insert) -> tuple[Sequence[int], Sequence[str], list[str]]:
        """Insert what is waiting; returns numbers, uids, and the rows as JSON texts."""
        count = len(self.waiting)
        columns: list[Sequence[Any]] = [*zip(*self.waiting, strict=True), *([value] * count for value in self._rest)]
        self.waiting = []
        both = [writer.both(values) for writer, values in zip(self._writers, columns, strict=True)]
        insert(self._name, self.columns, [cells for cells, _ in both])
        return columns[0], columns[1], self._as_json([texts for _, texts in both])

    def _as_json(self, texts: Sequence[list[str]]) -> list[str]:
        """Return whole rows as JSON from their cells as JSON; what all rows have alike is put in once."""
        cells, varying = dict.fromkeys(sorted(map(str, self.table.columns.keys())), "null"), []
        for at in self._order:
            alike = texts[at].count(texts[at][0]) == len(texts[at])
            cells[self.columns[at]] = texts[at][0].replace("%", "%%") if alike else "%s"
            if not alike:
                varying.append(texts[at])
        template = "{" + ",".join(f'"{name}":{cell}' for name, cell in cells.items()) + "}"
        if not varying:
            return [template.replace("%%", "%")] * len(texts[0])
        return list(map(template.__mod__, zip(*varying, strict=True)))


class Bulk:
    """Collects new rows and inserts them by the thousand, owners before what they own; changed ones come last.

    Numbers are given out at once. The caller flushes before it asks the database for what was added, and at the end.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.journal = journal_of(session)
        self.count = 0
        self.is_held = False
        """Nothing is written by itself, since what is being added may be taken back."""

        self._rows: dict[tuple[Table, tuple[str, ...]], Rows] = {}
        self._changed: dict[tuple[Table, int], list[Row]] = {}
        self._history: list[tuple[Table, Row, Row]] = []
        self._numbers: dict[Table, deque[int]] = {}
        self.uids: list[str] = []
        self._blocks: dict[Table, int] = {}

    def rows(self, model: type[Record], *columns: str) -> Rows:
        """Return the way in for rows of a table that give these columns, in this order; the others are empty.

        Keep it for as long as rows come. Columns that have a default and are not given have it.
        """
        table: Table = model.__table__  # type: ignore[assignment]
        if (table, columns) not in self._rows:
            dialect = self._session.connection().dialect
            self._rows[table, columns] = Rows(self, table, columns, self._numbers_of(table), dialect)
        return self._rows[table, columns]

    def add(self, model: type[Record], **values: Any) -> tuple[int, str]:  # noqa: ANN401
        """Take in one row and return its number and uid; columns not given have their defaults.

        `created_at` and `modified_at` are now unless `created_at` is given, `uid` is a new one.
        """
        uid, moment = values.pop("uid", ""), values.pop("created_at", None)
        values.pop("modified_at", None)
        names = tuple(values)
        return self.rows(model, *names).add(*values.values(), uid=uid, moment=moment)

    def whole(self, model: type[Record], values: Row) -> Row:
        """Return a whole row with these values; the other columns have their defaults."""
        return _defaults(model.__table__) | values  # type: ignore[arg-type]

    def change(self, model: type[Record], before: Row, after: Row) -> None:
        """Change a row that was read in this transaction, or added here: whole rows of Python values.

        `after` has the next version. A row that changes twice before a flush is written once, and noted twice.
        """
        table: Table = model.__table__  # type: ignore[assignment]
        self._changed.setdefault((table, before["id"]), [before])[1:] = [after]
        self._history.append((table, before, after))
        self.count += 1

    @contextmanager
    def together(self) -> Iterator[None]:
        """Take in all rows that are added within, or none when an error comes out of it: their numbers are free again.

        Nothing that is within may flush, or change rows.
        """
        count, kept = self.count, {key: len(rows.waiting) for key, rows in self._rows.items()}
        self.is_held = True
        try:
            yield
        except BaseException:
            self._take_back(kept)
            self.count = count
            raise
        finally:
            self.is_held = False
        if self.count >= _CHUNK:
            self.write()

    def _take_back(self, kept: Mapping[tuple[Table, tuple[str, ...]], int]) -> None:
        free: dict[Table, list[int]] = {}
        for key, rows in self._rows.items():
            free.setdefault(rows.table, []).extend(rows.take_back(kept.get(key, 0)))
        for table, numbers in free.items():
            self._numbers_of(table).extendleft(sorted(numbers, reverse=True))

    def flush(self) -> None:
        """Write what was collected, with one change for each row; it is all there when this returns."""
        self.write()
        wait(self._session.connection())

    def write(self) -> None:
        """Begin to write what was collected; it is there when the session is asked next, which then may raise."""
        connection = self._session.connection()
        if connection.dialect.name == "sqlite":
            for numbers in self._numbers.values():
                numbers.clear()  # whoever writes next counts on from the last row
        if not self.count:
            return
        if self.count >= _MANY and connection.dialect.name == "sqlite":
            connection.exec_driver_sql(_ROOM)
        self.journal.write(self._session)
        self.journal.open(self._session)
        insert = inserter(connection)
        for rows in sorted(self._rows.values(), key=lambda rows: _place(rows.table)):
            if rows.waiting:
                self.journal.write_new(insert, str(rows.table.name), *rows.write(insert))
        self._write_changed(connection)
        self.count = 0

    def _write_changed(self, connection: Connection) -> None:
        """Update the changed rows, each where it still has the version that it was read with."""
        of_table: dict[Table, list[Row]] = {}
        for (table, _), (before, after) in self._changed.items():
            named = {f"new_{name}": value for name, value in after.items() if name not in _NEVER_CHANGED}
            of_table.setdefault(table, []).append(named | {"its_id": after["id"], "its_version": before["version"]})
        for table, values in of_table.items():
            names = [name for name in table.columns.keys() if name not in _NEVER_CHANGED]  # noqa: SIM118
            query = update(table).where(table.c.id == bindparam("its_id"), table.c.version == bindparam("its_version"))
            query = query.values({name: bindparam(f"new_{name}") for name in names})
            in_turn(connection, partial(_update, connection, query, values))
        self.journal.write_changed(
            self._session,
            [
                (str(table.name), after["id"], after["uid"], after["version"], *_texts(table, before, after))
                for table, before, after in self._history
            ],
        )
        self._changed, self._history = {}, []

    def discard(self) -> None:
        """Forget what was collected and not written yet."""
        for rows in self._rows.values():
            rows.waiting = []
        self._changed, self._history = {}, []
        self.count = 0

    def expect(self, model: type[Record], count: int) -> None:
        """Say how many new rows of a table will come, so that no more numbers than these are used up for them."""
        table: Table = model.__table__  # type: ignore[assignment]
        self._blocks[table] = max(1, min(count - len(self._numbers_of(table)), _CHUNK))

    def _numbers_of(self, table: Table) -> deque[int]:
        return self._numbers.setdefault(table, deque())

    def reserve(self, table: Table) -> range | list[int]:
        """Return numbers that were never used; on PostgreSQL from the table's sequence, ever more at a time."""
        connection = self._session.connection()
        if connection.dialect.name == "postgresql":
            sql = "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
            block = self._blocks.get(table, 1)
            found = connection.execute(text(sql), {"name": table.name, "count": block})
            self._blocks[table] = min(2 * block, _CHUNK)
            return [number for (number,) in found]
        self._session.flush()
        used = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
        highest = max(used.scalar() or 0, connection.execute(select(func.max(table.c.id))).scalar() or 0)
        return range(highest + 1, highest + 1 + 2 * _CHUNK)


def _update(connection: Connection, query: Update, values: Sequence[Row]) -> None:
    if connection.execute(query, values).rowcount != len(values):
        raise RuntimeError("a row was changed behind the import's back")


def _place(table: Table) -> int:
    return Base.metadata.sorted_tables.index(table)


def _defaults(table: Table) -> Row:
    """Return every column with its default."""
    return {
        column.name: column.default.arg if column.default is not None and column.default.is_scalar else None  # type: ignore[attr-defined]
        for column in table.columns
    }


def _texts(table: Table, *rows: Row) -> tuple[str, ...]:
    return tuple(canonical(stored(table, row)) for row in rows)
