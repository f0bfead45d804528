"""The book as it was: every row as its newest change up to a change set left it, in a database in memory.

Its tables are today's, without constraints, for the history may hold rows that an older version took; the views are
today's too, so that the same questions give the answers of that day.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex

from eventrec import connection
from eventrec.db.journal import completed
from eventrec.models import Base
from eventrec.models.base import JsonText, LocalizedText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import Column, Table

    Rows = Callable[[str, dict[str, Any]], Sequence[tuple[Any, ...]]]

_DIALECT: Final = sqlite.dialect()
_LEFT: Final = """
SELECT change.after FROM change
WHERE change.after IS NOT NULL AND change.id IN (
    SELECT max(change.id) FROM change
    WHERE change.table_name = :table_name AND change.change_set_id <= :change_set_id
    GROUP BY change.row_id
)
ORDER BY change.row_id
"""


def built(rows: Rows, change_set_id: int, views: Iterable[tuple[str, str]]) -> connection.Connection:
    """Return a connection to the book as it was after a change set, in memory; nothing in it can be changed.

    `rows` answers a SELECT with `:name` parameters from the book of today, on either database. `views` are names and
    SELECTs for SQLite, in the order of their creation. Columns that came later have their defaults.
    """
    made = connection.open_in_memory()
    for table in Base.metadata.sorted_tables:
        for statement in _empty(table):
            made.raw.execute(statement)
    made.raw.execute("BEGIN")
    for table in _records():
        held = rows(_LEFT, {"table_name": table.name, "change_set_id": change_set_id})
        made.raw.executemany(_insert(table), _restored(table, held))
    made.raw.execute("COMMIT")
    for name, body in views:
        made.raw.execute(f"CREATE VIEW {name} AS {body}")
    made.raw.execute("PRAGMA query_only=ON")
    return made


def _records() -> list[Table]:
    """Return the tables whose rows have a history."""
    return [table for table in Base.metadata.sorted_tables if table.name not in ("change_set", "change")]


def _empty(table: Table) -> Iterator[str]:
    """Return the statements that make a table of the same columns, found as fast, which takes any row."""
    columns = ", ".join(f'"{column.name}" {_kind(column)}' for column in table.columns)
    yield f'CREATE TABLE "{table.name}" ({columns})'
    for index in sorted(table.indexes, key=lambda each: str(each.name)):
        yield str(CreateIndex(index).compile(dialect=_DIALECT)).replace("CREATE UNIQUE", "CREATE", 1)


def _kind(column: Column[Any]) -> str:
    return "INTEGER PRIMARY KEY" if column.primary_key else column.type.compile(dialect=_DIALECT)


def _insert(table: Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(table.columns))})'  # noqa: S608


def _restored(table: Table, held: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Return rows of the history as SQLite holds them."""
    for (after,) in held:
        row = completed(table, json.loads(after))
        yield tuple(_held(column, row[column.name]) for column in table.columns)


def _held(column: Column[Any], value: Any) -> Any:  # noqa: ANN401
    if value is None or not isinstance(column.type, LocalizedText | JsonText):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
