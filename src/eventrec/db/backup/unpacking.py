"""Rows of a backup into an empty SQLite book: every cell is tried against its column, every row against its rules."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any, Final

from eventrec.db.backup.kinds import Damaged
from eventrec.driver_errors import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
    from pathlib import Path

    from eventrec.db.progress import Progress

_OWN: Final = ("alembic_version",)
_NAMES: Final = "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
_EVERY: Final = 1000


def tables_of(opened: sqlite3.Connection) -> list[str]:
    """Return the tables of a book by name, without the one of its schema's number."""
    return sorted(str(name) for (name,) in opened.execute(_NAMES) if name not in _OWN)


def fill(
    path: Path,
    book: Path,
    tables: Generator[tuple[str, Iterable[Mapping[str, Any]]]],
    highest: Mapping[str, int],
    reader: Callable[[str, str], Callable[[Any], Any]],
    progress: Progress,
    everything: int,
    *,
    lenient: bool = False,
) -> None:
    """Put rows into an empty book; the order of tables and rows does not matter.

    `highest` is looked at after the last row. A `lenient` one takes rows that break a CHECK, or refer to one that is
    gone. Raises Damaged, naming table and line.
    """
    done = 0
    with (
        in_words(),
        contextlib.closing(tables),
        contextlib.closing(sqlite3.connect(book, isolation_level=None)) as opened,
    ):
        for pragma in ("foreign_keys=OFF", "synchronous=OFF", "journal_mode=MEMORY"):
            opened.execute(f"PRAGMA {pragma}")
        opened.execute(f"PRAGMA ignore_check_constraints={'ON' if lenient else 'OFF'}")
        opened.execute("BEGIN")
        there = tables_of(opened)
        missing = set(there)
        for name, found in tables:
            if name not in there:
                raise Damaged(path, f"its schema has no table {name}")
            missing.discard(name)
            for row in _inserted(path, opened, name, found, reader):
                done += row
                if done % _EVERY == 0:
                    progress("Unpacking", done, everything)
        for name in sorted(missing):
            raise Damaged(path, f"the table {name} is missing")
        for name in there:
            _continue_after(path, opened, name, highest.get(name, 0))
        opened.execute("COMMIT")
    if not lenient:
        refer(path, book)


def _inserted(
    path: Path,
    opened: sqlite3.Connection,
    table: str,
    found: Iterable[Mapping[str, Any]],
    reader: Callable[[str, str], Callable[[Any], Any]],
) -> Iterator[int]:
    """Insert rows one by one, yielding 1 for each."""
    columns = [str(row[1]) for row in opened.execute(f"PRAGMA table_info({table})")]
    readers = {name: reader(table, name) for name in columns}
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
    for number, row in enumerate(found, 1):
        where = f"line {number} of the table {table}"
        if row.keys() != readers.keys():
            odd = sorted(str(name)[:60] for name in row.keys() ^ readers.keys())[0]
            raise Damaged(path, f"{where} {'has an unknown' if odd in row else 'lacks the'} column {odd}")
        name = ""
        try:
            values = []
            for name in columns:
                values.append(readers[name](row[name]))
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise Damaged(path, f"{where} holds in {name} what does not belong there") from error
        try:
            opened.execute(sql, values)
        except sqlite3.IntegrityError as error:
            raise Damaged(path, f"{where} is refused ({error})") from error
        yield 1


def _continue_after(path: Path, opened: sqlite3.Connection, table: str, highest: int) -> None:
    """Let numbers go on behind the highest that was ever given out."""
    last = opened.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]  # noqa: S608
    if last > highest:
        raise Damaged(path, f"the table {table} has number {last}, and {highest} is said to be the highest")
    opened.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
    if highest:
        opened.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, highest))


def refer(path: Path, book: Path) -> None:
    """Raise Damaged when a row refers to one that is not there."""
    with contextlib.closing(sqlite3.connect(book)) as opened:
        for table, row, parent, _ in opened.execute("PRAGMA foreign_key_check"):
            raise Damaged(path, f"{table} row {row} refers to a row of {parent} that is gone")
