"""Tells whether the database itself is as eventrec made it: file, constraints, indexes, views and numbers."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint, func, select, text
from sqlalchemy.exc import DBAPIError

from eventrec import connection as places
from eventrec.db.check.finding import ANEW, Finding
from eventrec.db.check.pages import of_the_pages
from eventrec.models import Base, Change
from eventrec.models.base import is_of
from eventrec.views.dialect import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine, Table

_SQL: Final = re.compile(r"\bCONSTRAINT \"?(\w+)\"?")
_INDEXES: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index'",
    "postgresql": "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()",
}
_VIEWS: Final = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'view'",
    "postgresql": "SELECT relname, pg_get_viewdef(oid) FROM pg_class"
    " WHERE relkind = 'v' AND relnamespace = to_regnamespace(quote_ident(current_schema()))",
}


def of_the_file(connection: Connection) -> Iterator[Finding]:
    """Let SQLite look at every page; yield a line for each thing that it finds."""
    if connection.dialect.name != "sqlite":
        return
    if connection.scalar(text("PRAGMA application_id")) != places.APPLICATION_ID:
        yield Finding("mark", "The file has lost the mark of a record book (application_id).", ANEW)
    raw: Any = connection.connection.driver_connection
    yield from of_the_pages(raw)


def of_the_schema(connection: Connection) -> Iterator[Finding]:
    """Yield the constraints and indexes that are missing."""
    here = connection.dialect.name
    indexes = {str(name) for (name,) in connection.execute(text(_INDEXES[here]))}
    constraints = _constraints(connection)
    for table in Base.metadata.sorted_tables:
        for index in sorted({str(index.name) for index in table.indexes if is_of(index, here)} - indexes):
            yield Finding("index", f"The index {index} of {table.name} is missing.", ANEW, table.name)
        for name in sorted(_named(table) - constraints):
            yield Finding("constraint", f"The constraint {name} of {table.name} is missing.", ANEW, table.name)
    if here == "postgresql":
        invalid = text("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE NOT convalidated")
        for table_name, name in connection.execute(invalid):
            what = f"Constraint {name} of {table_name} was never validated."
            yield Finding("constraint", what, f"ALTER TABLE {table_name} VALIDATE CONSTRAINT {name}", str(table_name))


def of_the_numbers(connection: Connection) -> Iterator[Finding]:
    """Yield the tables that would give out a number again."""
    for table in Base.metadata.sorted_tables:
        used = int(connection.scalar(select(func.max(table.c.id))) or 0)
        changed = select(func.max(Change.row_id)).where(Change.table_name == table.name)
        used = max(used, int(connection.scalar(changed) or 0))
        last = _last_number(connection, table)
        if last < used:
            what = f"The next {table.name} would be number {last + 1}, and {used} was given out already."
            yield Finding("number", what, ANEW, table.name)


def of_the_views(engine: Engine, connection: Connection) -> Iterator[Finding]:
    """Yield the views that do not ask what this version asks; a role that may make none cannot compare them."""
    there = {str(name): str(sql) for name, sql in connection.execute(text(_VIEWS[connection.dialect.name]))}
    wanted = _wanted(engine) if connection.dialect.name == "postgresql" else _on_sqlite()
    for name, sql in wanted.items():
        if name not in there:
            yield Finding("view", f"The view {name} is missing.", ANEW)
        elif there[name] != sql:
            yield Finding("view", f"The view {name} is not the one of this version.", ANEW)


def _on_sqlite() -> dict[str, str]:
    return {name: f"CREATE VIEW {name} AS {body}" for name, body in rendered("sqlite")}


def _wanted(engine: Engine) -> dict[str, str]:
    """Return every view in the server's own words: made for this session alone, and taken back."""
    wanted: dict[str, str] = {}
    with contextlib.suppress(DBAPIError), engine.connect() as connection, connection.begin() as taken_back:
        connection.exec_driver_sql("SET TRANSACTION READ WRITE")
        for name, body in rendered("postgresql"):
            connection.exec_driver_sql(
                f"CREATE TEMPORARY VIEW wanted_{name} AS {body}", execution_options={"no_parameters": True}
            )
            made = connection.exec_driver_sql(f"SELECT pg_get_viewdef('pg_temp.wanted_{name}'::regclass)")
            wanted[name] = str(made.scalar())
        taken_back.rollback()
    return wanted


def _named(table: Table) -> set[str]:
    kinds = (CheckConstraint, ForeignKeyConstraint, UniqueConstraint)
    return {str(each.name) for each in table.constraints if isinstance(each, kinds)}


def _constraints(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"))
        return {name for (sql,) in made for name in _SQL.findall(sql)}
    names = text(
        "SELECT conname FROM pg_constraint WHERE connamespace = to_regnamespace(quote_ident(current_schema()))"
    )
    return {str(name) for (name,) in connection.execute(names)}


def _last_number(connection: Connection, table: Table) -> int:
    if connection.dialect.name == "sqlite":
        found = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
        return int(found or 0)
    sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name})
    if sequence is None:
        return 0
    called = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"  # noqa: S608
    return int(connection.scalar(text(called)) or 0)
