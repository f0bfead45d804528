"""A backup of any kind, unpacked into a SQLite book of this version's schema that nobody else knows of.

What is verified, looked into or restored is that book. So an older schema is upgraded by the same migrations as a
living book, every constraint is the database's own, and memory stays flat however large the backup is.
"""

from __future__ import annotations

import contextlib
import shlex
import sqlite3
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.exc import DBAPIError

from eventrec import connection
from eventrec.connection import REVISIONS, Standing
from eventrec.db.backup import reading, server_dump
from eventrec.db.backup.copying import copy, damage
from eventrec.db.backup.kinds import ENDING, Damaged, Kind, NoBackup, kind_of
from eventrec.db.backup.leftovers import claimed, sweep
from eventrec.db.backup.unpacking import fill, refer, tables_of
from eventrec.db.cells import from_json
from eventrec.db.check.tables import rows, tolerate_any_text
from eventrec.db.engine import reading_engine
from eventrec.db.progress import silent
from eventrec.db.upgrade import create, state, upgrade
from eventrec.errors import DatabaseUnavailable, EventrecError, Rejected, not_written
from eventrec.models import Base

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping

    from eventrec.db.progress import Progress

_FOLDER: Final = ".eventrec-"


@dataclass(frozen=True)
class Staged:
    """A backup that was unpacked: the book it became, what kind it was of, its schema then, and rows per table."""

    book: Path
    kind: Kind
    revision: str
    rows: dict[str, int]


@contextlib.contextmanager
def staged(
    path: Path, *, beside: Path | None = None, lenient: bool = False, progress: Progress = silent
) -> Iterator[Staged]:
    """Unpack a backup into a new book, in the folder `beside` or the system's; both go when the block ends.

    A `lenient` one takes what breaks a rule too, for whoever checks the book then.
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
                revision = _UNPACKERS[kind](path, book, progress, lenient)
                _current(path, book)
            except (sqlite3.Error, UnicodeDecodeError) as error:  # SQLite names what is damaged, in damaged letters
                raise Damaged(path, str(error)) from error
            yield Staged(book, kind, revision, _counts(book, lenient))
    except OSError as error:
        raise not_written(beside or Path(tempfile.gettempdir()), error) from error


def _current(path: Path, book: Path) -> None:
    """Bring the unpacked book to this version's schema."""
    found, revision = state(str(book))
    if found in (Standing.OLDER, Standing.OTHER_VIEWS):
        try:
            upgrade(str(book), backup=False)
        except (DatabaseUnavailable, DBAPIError) as error:
            reason = str(error).splitlines()[0].rstrip(".")
            raise Damaged(path, f"it cannot be brought from schema {revision} to {REVISIONS[-1]}: {reason}") from error
    with contextlib.closing(sqlite3.connect(book)) as opened:
        there = tables_of(opened)
        for table in Base.metadata.sorted_tables:
            columns = {str(row[1]) for row in opened.execute(f"PRAGMA table_info({table.name})")}
            if table.name not in there or columns != set(table.columns.keys()):
                raise Damaged(path, f"its table {table.name} is not the one of schema {REVISIONS[-1]}")


def _counts(book: Path, lenient: bool) -> dict[str, int]:
    counts: dict[str, int] = {}
    with contextlib.closing(sqlite3.connect(book)) as opened:
        for name in tables_of(opened):
            with contextlib.suppress(*((sqlite3.DatabaseError,) if lenient else ())):
                counts[name] = opened.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
    return counts


def _from_file(path: Path, book: Path, progress: Progress, lenient: bool) -> str:
    """Copy a SQLite file. Its own bytes are the measure: nothing in it is run."""
    try:
        copy(str(path), book, check=False, progress=progress)
    except DatabaseUnavailable as error:
        raise Damaged(path, _reason(error)) from error
    if not lenient and (found := damage(book, quick=False)):
        rescue = f"eventrec --database {shlex.quote(str(path))} db backup rescued{ENDING}"
        raise Damaged(path, found, f"What can be read of it, as an archive: {rescue}")
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
    if not lenient:
        refer(path, book)
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


def _from_archive(path: Path, book: Path, progress: Progress, lenient: bool) -> str:
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
            lenient=lenient,
        )
    return manifest.revision


def _in_turn(archive: reading.Archive) -> Generator[tuple[str, Iterable[Mapping[str, Any]]]]:
    """Yield every table with its rows, each closed when the next one comes."""
    for name in archive.manifest.tables:
        with contextlib.closing(archive.rows(name)) as found:
            yield name, found


def _from_dump(path: Path, book: Path, progress: Progress, lenient: bool) -> str:
    """Fill a new book of the dump's schema with what its COPY statements hold."""
    return server_dump.unpack(path, book, progress, partial(fill, lenient=lenient))


_UNPACKERS: Final = {
    Kind.ARCHIVE: _from_archive,
    Kind.SQLITE: _from_file,
    Kind.DUMP: _from_dump,
    Kind.SQL: _from_dump,
}
