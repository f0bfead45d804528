"""Do the rows keep the rules? Every CHECK, every UNIQUE and every link is tried again on the rows that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import CheckConstraint, ColumnElement, UniqueConstraint, func, select, text

from eventrec.db.check.finding import Finding, summed_up
from eventrec.db.check.tables import CHUNK, constraints, records
from eventrec.models import Attendance, EventSource, Participation, Tombstone
from eventrec.text.digests import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, ForeignKeyConstraint, Table

_ROWS: Final = "rows of {} likewise."
_SOURCES: Final = select(EventSource.id, EventSource.text, EventSource.sha256).order_by(EventSource.id)


def findings(connection: Connection, table: Table) -> Iterator[Finding]:
    """Yield what breaks a rule of its own table, or refers to a row that is not there."""
    yield from summed_up(_broken(connection, table), _ROWS.format(table.name))
    for name, columns, where in _unique(connection, table):
        yield from summed_up(_doubles(connection, table, name, columns, where), _ROWS.format(table.name))
    for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
        yield from summed_up(_loose(connection, table, key), _ROWS.format(table.name))


def of_meaning(connection: Connection) -> Iterator[Finding]:
    """Yield what no constraint forbids, and what no command makes."""
    unnamed = select(Attendance.id, Attendance.participation_id).join(
        Participation, Participation.id == Attendance.participation_id
    )
    nobody = Participation.contact_id.is_(None) & Participation.forgotten_as.is_(None)
    for number, row in connection.execute(unnamed.where(nobody).order_by(Attendance.id)):
        what = f"attendance {number} is of participant {row}, who has no name."
        yield Finding("orphan", what, table="attendance", row=number)
    for number, text_, digest in connection.execute(_SOURCES.execution_options(yield_per=CHUNK)):
        if isinstance(text_, str) and digest_of(text_) != digest:
            what = f"event_source {number}: the hash is not that of its text."
            yield Finding("constraint", what, table="event_source", row=number)
    for table in records():
        if table.name != "tombstone":
            yield from summed_up(_buried(connection, table), f"rows of {table.name} likewise.")


def _buried(connection: Connection, table: Table) -> Iterator[Finding]:
    """Yield the rows that are there and have a tombstone all the same."""
    same = (Tombstone.table_name == table.name) & (Tombstone.row_id == table.c.id)
    for (number,) in connection.execute(select(table.c.id).join(Tombstone, same).order_by(table.c.id)):
        yield Finding(
            "orphan",
            f"{table.name} {number} is there, and has a tombstone as if it were not.",
            table=table.name,
            row=number,
        )


def _broken(connection: Connection, table: Table) -> Iterator[Finding]:
    """Try all CHECKs of a table in one pass; what is neither true nor false passes, as it does in a constraint."""
    checks = [each for each in constraints(connection, table) if isinstance(each, CheckConstraint)]
    if not checks:
        return
    fails = [text(f"CASE WHEN NOT ({check.sqltext}) THEN 1 ELSE 0 END") for check in checks]
    anyone = text(" OR ".join(f"NOT ({check.sqltext})" for check in checks))
    query = select(table.c.id, *fails).where(anyone).order_by(table.c.id).execution_options(yield_per=CHUNK)
    for number, *failed in connection.execute(query):
        names = ", ".join(str(check.name) for check, fail in zip(checks, failed, strict=True) if fail)
        yield Finding("constraint", f"{table.name} {number} breaks {names}.", table=table.name, row=number)


def _unique(
    connection: Connection, table: Table
) -> Iterator[tuple[str, Sequence[ColumnElement[Any]], ColumnElement[Any] | None]]:
    """Yield name, expressions and condition of everything that must be there once."""
    for constraint in constraints(connection, table):
        if isinstance(constraint, UniqueConstraint):
            yield str(constraint.name), list(constraint.columns), None
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        if index.unique:
            where = index.info.get("where")
            yield str(index.name), list(index.expressions), where  # type: ignore[arg-type]


def _doubles(
    connection: Connection, table: Table, name: str, columns: Sequence[Any], where: ColumnElement[Any] | None
) -> Iterator[Finding]:
    query = select(func.min(table.c.id), func.count()).select_from(table).group_by(*columns).having(func.count() > 1)
    for column in columns:
        named = isinstance(column, ColumnElement)
        query = query.where(column.is_not(None) if named else text(f"({column}) IS NOT NULL"))
    if where is not None:
        query = query.where(where)
    for number, count in connection.execute(query.order_by(func.min(table.c.id))):
        what = f"{table.name} {number} is there {count} times, where {name} allows one."
        yield Finding("duplicate", what, table=table.name, row=number)


def _loose(connection: Connection, table: Table, key: ForeignKeyConstraint) -> Iterator[Finding]:
    """Yield the rows whose owner is gone."""
    own, other = next(iter(key.columns)), next(iter(key.elements)).column
    target = other.table.alias("target")
    there = select(1).select_from(target).where(target.c[other.name] == own).exists()
    query = select(table.c.id).where(own.is_not(None), ~there).order_by(table.c.id)
    for (number,) in connection.execute(query):
        what = f"{table.name} row {number} refers to a row of {other.table.name} that is gone."
        yield Finding("link", what, table=table.name, row=number)
