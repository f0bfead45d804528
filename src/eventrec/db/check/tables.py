"""The tables that are looked at, and their rows as the history writes them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Boolean, Numeric, select, type_coerce
from sqlalchemy.types import NullType

from eventrec.db.cells import from_sqlite
from eventrec.models import Base, Record
from eventrec.models.base import JsonText, LocalizedText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Column, Connection, Constraint, Select, Table

    from eventrec.db.journal import Row

CHUNK: Final = 1000
"""Rows that are fetched at a time, so that memory stays flat."""


def records() -> list[Table]:
    """Return the tables whose rows have a history, owners before what they own."""
    names = {mapper.local_table.name for mapper in Record.registry.mappers if issubclass(mapper.class_, Record)}  # type: ignore[attr-defined]
    return [table for table in Base.metadata.sorted_tables if table.name in names]


def tolerate_any_text(connection: Connection) -> None:
    """Let SQLite hand out text that is no UTF-8: then it can be said which row has it."""
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        raw.text_factory = lambda data: data.decode(errors="surrogateescape")


def constraints(connection: Connection, table: Table) -> list[Constraint]:
    """Return the constraints that a table has on this database, by name."""
    on = connection.dialect.name
    here = (each for each in table.constraints if each._ddl_if is None or each._ddl_if.dialect == on)
    return sorted(here, key=lambda each: str(each.name))


def as_they_are(table: Table) -> Select[*tuple[Any, ...]]:
    """Return the query for all columns as the driver gives them, in the order of the table."""
    columns = [type_coerce(column, NullType()).label(column.name) for column in table.columns]
    return select(*columns).execution_options(yield_per=CHUNK)


def rows(connection: Connection, table: Table) -> Iterator[tuple[int, Row | None, str]]:
    """Yield number, row as the history would write it, and the column that cannot be read, if one cannot."""
    read = reader(connection, table)
    for cells in connection.execute(as_they_are(table).order_by(table.c.id)):
        row, wrong = read(cells)
        yield int(cells[0]), row, wrong


def reader(connection: Connection, table: Table) -> Callable[[Any], tuple[Row | None, str]]:
    """Return what turns the cells of a row into JSON values, or names the column that holds what it must not."""
    names = [column.name for column in table.columns]
    readers = [_reader(column, connection.dialect.name == "sqlite") for column in table.columns]

    def read(cells: Any) -> tuple[Row | None, str]:  # noqa: ANN401
        row: Row = {}
        for name, one, cell in zip(names, readers, cells, strict=True):
            try:
                row[name] = None if cell is None else one(cell)
            except (ValueError, TypeError, RecursionError):
                return None, name
        return row, ""

    return read


def _reader(column: Column[Any], on_sqlite: bool) -> Callable[[Any], Any]:
    kind = column.type
    check = from_sqlite(column.table.name, column.name)
    if isinstance(kind, LocalizedText | JsonText):
        return lambda cell: json.loads(check(cell))
    if not on_sqlite:
        return _of_server
    if isinstance(kind, Boolean):
        return lambda cell: bool(check(cell))
    if isinstance(kind, Numeric):
        return lambda cell: _of_server(Decimal(f"{check(cell):.{kind.scale or 0}f}"))
    return check


def _of_server(cell: Any) -> Any:  # noqa: ANN401
    """Return a value of the driver's as `db.journal.stored` writes it."""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(cell, date):
        return cell.isoformat()
    return format(cell.normalize(), "f") if isinstance(cell, Decimal) else cell
