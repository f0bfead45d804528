"""Is the book whole? The database's own checks, and whether the history leads to the rows as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text

from eventrec.db.journal import completed, stored
from eventrec.models import Base, Change, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine, Table

    from eventrec.db.journal import Row

_SHOWN: Final = 5


def records() -> list[Table]:
    """Return the tables whose rows have a history, owners before what they own."""
    names = {mapper.local_table.name for mapper in Record.registry.mappers if issubclass(mapper.class_, Record)}  # type: ignore[attr-defined]
    return [table for table in Base.metadata.sorted_tables if table.name in names]


def check(engine: Engine) -> list[str]:
    """Return a sentence for everything that is wrong; an empty list for a book that is whole."""
    with engine.connect() as connection:
        findings = list(_of_the_database(connection))
        for table in records():
            findings.extend(_of_the_history(connection, table))
        return findings


def _of_the_database(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for (line,) in connection.execute(text("PRAGMA integrity_check")):
            if line != "ok":
                yield f"The file is damaged: {line}."
        for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
            yield f"{table} row {row} refers to a row of {parent} that is gone."
        return
    invalid = text("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE NOT convalidated")
    for table, name in connection.execute(invalid):
        yield f"Constraint {name} of {table} was never validated."


def _of_the_history(connection: Connection, table: Table) -> Iterator[str]:
    """Compare each row with what its newest change left."""
    newest: dict[int, tuple[int, Row | None]] = {}
    query = select(Change.row_id, Change.version, Change.after).where(Change.table_name == table.name)
    for row_id, version, after in connection.execute(query.order_by(Change.id)):
        newest[row_id] = (version, after and completed(table, after))
    wrong: list[str] = []
    for row in connection.execute(select(table)).mappings():
        last = newest.pop(row["id"], None)
        if last is None:
            wrong.append(f"{table.name} {row['id']} has no history")
        elif last != (row["version"], stored(table, dict(row))):
            wrong.append(f"{table.name} {row['id']} is not as its newest change left it")
    wrong += [f"{table.name} {row_id} is gone without a change" for row_id, (_, after) in newest.items() if after]
    for sentence in wrong[:_SHOWN]:
        yield f"{sentence}."
    if len(wrong) > _SHOWN:
        yield f"{len(wrong) - _SHOWN} more rows of {table.name} do not agree with their history."
