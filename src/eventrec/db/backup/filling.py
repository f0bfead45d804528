"""The rows of an unpacked backup in the place of those of a book: one transaction, under a lock that lets others read.

Each of the two gives a function that writes, so that the caller can look at the book, and keep a copy of it, while
nobody changes it any more.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from eventrec.db.engine import engine, reading_engine
from eventrec.db.uninterrupted import uninterrupted
from eventrec.db.upgrade import driver_in_words
from eventrec.driver_errors import in_words, translate
from eventrec.errors import DatabaseUnavailable, Rejected
from eventrec.models import Base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Table

    from eventrec.db.progress import Progress

_CHUNK: Final = 1000
_HIGHEST: Final = (
    "SELECT name, max(seq) FROM (SELECT name, seq FROM main.sqlite_sequence"
    " UNION ALL SELECT name, seq FROM unpacked.sqlite_sequence) GROUP BY name"
)
_SEQUENCE: Final = "pg_get_serial_sequence(:name, 'id')"


@contextlib.contextmanager
def into_file(
    address: str, unpacked: Path, progress: Progress, saved: Callable[[], None]
) -> Iterator[tuple[Connection, Callable[[], None]]]:
    """Lock a book in a SQLite file, and give the transaction and the function that replaces its rows.

    `saved` is called when all of it is there for good.
    """
    with driver_in_words(address), engine(address).connect() as opened:
        raw: Any = opened.connection.driver_connection
        with in_words(address):
            raw.execute("PRAGMA foreign_keys=OFF")  # links are checked as a whole, before the end
            raw.execute("ATTACH DATABASE ? AS unpacked", (str(unpacked),))
        with _saved(opened, saved):
            yield opened, lambda: _replace_in_file(opened, progress)


@contextlib.contextmanager
def _saved(opened: Connection, saved: Callable[[], None]) -> Iterator[None]:
    """Hold a transaction that is saved at the end, and say so before anything else can happen."""
    with opened.begin() as transaction:
        yield
        with uninterrupted():
            transaction.commit()
            saved()


def _replace_in_file(opened: Connection, progress: Progress) -> None:
    tables = Base.metadata.sorted_tables
    highest = {str(name): int(number) for name, number in opened.exec_driver_sql(_HIGHEST)}
    for number, table in enumerate(tables):
        progress("Restoring", number, len(tables))
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        opened.exec_driver_sql(f"DELETE FROM main.{table.name}")  # noqa: S608
        filled = f"INSERT INTO main.{table.name} ({columns}) SELECT {columns} FROM unpacked.{table.name} ORDER BY id"  # noqa: S608
        opened.exec_driver_sql(filled)
        opened.exec_driver_sql("DELETE FROM main.sqlite_sequence WHERE name = ?", (table.name,))
        if highest.get(table.name):
            opened.exec_driver_sql("INSERT INTO main.sqlite_sequence VALUES (?, ?)", (table.name, highest[table.name]))
    for table_name, row, parent, _ in opened.exec_driver_sql("PRAGMA main.foreign_key_check"):
        raise Rejected(f"{table_name} {row} of the backup refers to a row of {parent} that is not there.")


@contextlib.contextmanager
def into_server(
    address: str, unpacked: Path, progress: Progress, saved: Callable[[], None]
) -> Iterator[tuple[Connection, Callable[[], None]]]:
    """Lock the tables of a book on a server, and give the transaction and the function that replaces their rows.

    `saved` is called when all of it is there for good.
    """
    names = ", ".join(table.name for table in Base.metadata.sorted_tables)
    with driver_in_words(address), engine(address).connect() as opened, _saved(opened, saved):
        opened.exec_driver_sql(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
        yield opened, lambda: _replace_on_server(opened, unpacked, progress)


def _replace_on_server(opened: Connection, unpacked: Path, progress: Progress) -> None:
    tables = Base.metadata.sorted_tables
    for table in reversed(tables):
        _empty(opened, table)
    with reading_engine(str(unpacked)).connect() as source, source.begin():
        for number, table in enumerate(tables):
            progress("Restoring", number, len(tables))
            _copy_in(opened, source, table)
            _continue_after(opened, source, table)


def _empty(opened: Connection, table: Table) -> None:
    """Remove all rows, those first that refer to others of the table; a site visit has a parent or is none."""
    if table.name == "event":
        opened.execute(table.delete().where(table.c.parent_id.is_not(None)))
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    if own:
        opened.execute(table.update().values(dict.fromkeys(own)))
    opened.execute(table.delete())


def _copy_in(opened: Connection, source: Connection, table: Table) -> None:
    """Take over the rows of one table in one statement: links within it then need no order."""
    import psycopg

    writers = [column.type.dialect_impl(opened.dialect).bind_processor(opened.dialect) for column in table.columns]
    raw: Any = opened.connection.driver_connection
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    rows = source.execute(select(table).order_by(table.c.id).execution_options(yield_per=_CHUNK))
    try:
        with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([write(cell) if write else cell for write, cell in zip(writers, row, strict=True)])
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        said = str(error).splitlines()[0]
        raise Rejected(
            f"The server refuses a row of {table.name}: {said}.", "Look at the backup: eventrec db verify FILE"
        ) from error
    except psycopg.Error as error:
        raise translate(error) or DatabaseUnavailable(str(error)) from error


def _continue_after(opened: Connection, source: Connection, table: Table) -> None:
    """Let numbers go on behind the highest one of both books; never back, since a sequence knows no rollback."""
    name = {"name": table.name}
    highest = source.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), name) or 0
    sequence = opened.scalar(text(f"SELECT {_SEQUENCE}"), name)
    there = opened.scalar(text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")) or 0  # noqa: S608
    if highest > there:
        opened.execute(text(f"SELECT setval({_SEQUENCE}, :highest)"), name | {"highest": highest})
