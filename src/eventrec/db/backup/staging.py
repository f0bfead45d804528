"""A backup of any kind, unpacked into a SQLite book of this version's schema that nobody else knows of.

What is verified, looked into or restored is that book. So an older schema is upgraded by the same migrations as a
living book, every constraint is the database's own, and memory stays flat however large the backup is.
"""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eventrec import connection
from eventrec.connection import REVISIONS, Standing
from eventrec.db.backup import reading, server_dump
from eventrec.db.backup.copying import copy, damage
from eventrec.db.backup.kinds import Damaged, Kind, NoBackup, kind_of
from eventrec.db.backup.leftovers import claimed, sweep
from eventrec.db.backup.placing import not_written
from eventrec.db.cells import from_json
from eventrec.db.check.tables import rows, tolerate_any_text
from eventrec.db.engine import reading_engine
from eventrec.db.progress import silent
from eventrec.db.upgrade import create, state, upgrade
from eventrec.driver_errors import in_words
from eventrec.errors import DatabaseUnavailable, EventrecError, Rejected
from eventrec.models import Base

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping

    from eventrec.db.progress import Progress

_FOLDER: Final = ".eventrec-"
_OWN: Final = ("alembic_version",)
_NAMES: Final = "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
_EVERY: Final = 1000


@dataclass(frozen=True)
class Staged:
    """A backup that was unpacked: the book it became, what kind it was of, its schema then, and rows per table."""

    book: Path
    kind: Kind
    revision: str
    rows: dict[str, int]


@contextlib.contextmanager
def staged(path: Path, *, beside: Path | None = None, progress: Progress = silent) -> Iterator[Staged]:
    """Unpack a backup into a new book, in the folder `beside` or the system's; both go when the block ends.

    Raises NoBackup, Damaged, Rejected for a newer schema, EventrecError when the disk is full.
    """
    kind = kind_of(path)
    try:
        if beside:
            sweep(beside, _FOLDER, "", lock="book.db")
        with contextlib.ExitStack() as stack:
            folder = tempfile.TemporaryDirectory(prefix=_FOLDER, dir=beside, ignore_cleanup_errors=True)
            book = Path(stack.enter_context(folder)) / "book.db"
            connection.make_file(book)
            stack.enter_context(claimed(book))
            try:
                revision = _UNPACKERS[kind](path, book, progress)
                _current(path, book)
            except sqlite3.Error as error:
                raise Damaged(path, str(error)) from error
            yield Staged(book, kind, revision, _counts(book))
    except OSError as error:
        raise not_written(beside or Path(tempfile.gettempdir()), error) from error


def _current(path: Path, book: Path) -> None:
    """Bring the unpacked book to this version's schema."""
    found, revision = state(str(book))
    if found in (Standing.OLDER, Standing.OTHER_VIEWS):
        try:
            upgrade(str(book), backup=False)
        except DatabaseUnavailable as error:
            raise Damaged(path, f"it cannot be brought from schema {revision} to {REVISIONS[-1]}: {error}") from error


def _counts(book: Path) -> dict[str, int]:
    with contextlib.closing(sqlite3.connect(book)) as opened:
        return {name: opened.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in _tables(opened)}  # noqa: S608


def _tables(opened: sqlite3.Connection) -> list[str]:
    return sorted(str(name) for (name,) in opened.execute(_NAMES) if name not in _OWN)


def _from_file(path: Path, book: Path, progress: Progress) -> str:
    """Copy a SQLite file. Its own bytes are the measure: nothing in it is run."""
    try:
        copy(str(path), book, check=False, progress=progress)
    except DatabaseUnavailable as error:
        raise Damaged(path, _reason(error)) from error
    if found := damage(book, quick=False):
        raise Damaged(path, found)
    with contextlib.closing(sqlite3.connect(book)) as opened:
        if opened.execute("PRAGMA application_id").fetchone()[0] != connection.APPLICATION_ID:
            raise NoBackup(path, "another program wrote it")
        if opened.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger'").fetchone():
            raise NoBackup(path, "it holds triggers, and eventrec makes none")
    found_standing, revision = state(str(book))
    if found_standing is Standing.NEWER:
        raise newer(path, revision)
    if found_standing in (Standing.EMPTY, Standing.FOREIGN):
        raise NoBackup(path)
    _refer(path, book)
    return revision


def readable(path: Path, book: Path) -> None:
    """Raise Damaged when a row of an unpacked book holds what does not belong into its column: no SQLite file cares."""
    with reading_engine(str(book)).connect() as opened:
        tolerate_any_text(opened)
        for table in Base.metadata.sorted_tables:
            for number, _, wrong in rows(opened, table):
                if wrong:
                    raise Damaged(path, f"{table.name} {number} holds in {wrong} what does not belong there")


def newer(path: Path, revision: str) -> Rejected:
    """Return the error for a backup of a schema that this version does not know."""
    return Rejected(
        f"{path} holds schema {revision}; this eventrec restores {REVISIONS[-1]} and older.",
        "Update eventrec: pip install -U eventrec",
    )


def _reason(error: EventrecError) -> str:
    return error.message.rstrip(".")


def _from_archive(path: Path, book: Path, progress: Progress) -> str:
    """Fill a new book of the archive's schema, row by row."""
    with reading.opened(path) as archive:
        for finding in archive.findings():
            raise Damaged(path, finding)
        manifest = archive.manifest
        create(str(book), manifest.revision)
        fill(
            path,
            book,
            _in_turn(archive),
            {name: held.highest for name, held in manifest.tables.items()},
            from_json,
            progress,
            sum(held.rows for held in manifest.tables.values()),
        )
    return manifest.revision


def _in_turn(archive: reading.Archive) -> Generator[tuple[str, Iterable[Mapping[str, Any]]]]:
    """Yield every table with its rows, each closed when the next one comes."""
    for name in archive.manifest.tables:
        with contextlib.closing(archive.rows(name)) as found:
            yield name, found


def _from_dump(path: Path, book: Path, progress: Progress) -> str:
    """Fill a new book of the dump's schema with what its COPY statements hold."""
    return server_dump.unpack(path, book, progress, fill)


def fill(
    path: Path,
    book: Path,
    tables: Generator[tuple[str, Iterable[Mapping[str, Any]]]],
    highest: Mapping[str, int],
    reader: Callable[[str, str], Callable[[Any], Any]],
    progress: Progress,
    everything: int,
) -> None:
    """Put rows into an empty book; the order of tables and rows does not matter.

    `highest` is looked at after the last row. Raises Damaged, naming table and line.
    """
    done = 0
    with (
        in_words(),
        contextlib.closing(tables),
        contextlib.closing(sqlite3.connect(book, isolation_level=None)) as opened,
    ):
        for pragma in ("foreign_keys=OFF", "synchronous=OFF", "journal_mode=MEMORY"):
            opened.execute(f"PRAGMA {pragma}")
        opened.execute("BEGIN")
        there = _tables(opened)
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
    _refer(path, book)


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


def _refer(path: Path, book: Path) -> None:
    """Raise Damaged when a row refers to one that is not there."""
    with contextlib.closing(sqlite3.connect(book)) as opened:
        for table, row, parent, _ in opened.execute("PRAGMA foreign_key_check"):
            raise Damaged(path, f"{table} {row} refers to a row of {parent} that is not there")


_UNPACKERS: Final = {
    Kind.ARCHIVE: _from_archive,
    Kind.SQLITE: _from_file,
    Kind.DUMP: _from_dump,
    Kind.SQL: _from_dump,
}
