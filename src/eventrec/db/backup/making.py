"""Making a backup: what kind, whether its name is free, and all of it or none."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eventrec import connection
from eventrec.connection import Standing
from eventrec.db.backup import archive, server_dump
from eventrec.db.backup.copying import broken_link, copy, damage, reading_back, spoiled
from eventrec.db.backup.kinds import DUMP_ENDINGS, ENDING, SQLITE_ENDINGS, Kind, kind_of
from eventrec.db.backup.placing import placed
from eventrec.db.backup.reading import opened as opened_archive
from eventrec.db.backup.unpacking import tables_of
from eventrec.db.progress import silent
from eventrec.db.upgrade import state
from eventrec.driver_errors import unreadable
from eventrec.errors import EventrecError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from eventrec.db.progress import Progress


@dataclass(frozen=True)
class Backup:
    """A backup that was made or read: where it is, and how many rows each table has in it.

    `beside` is the portable archive that was written with a server's dump; `damage` says what is wrong with the book.
    """

    path: Path
    rows: dict[str, int]
    beside: Path | None = None
    damage: str = ""


def backup(address: str, path: Path, *, force: bool = False, progress: Progress = silent) -> Backup:
    """Write a backup of one moment while others go on writing; the ending decides its kind.

    `.eventrec.zip` is the portable archive. Of a server's book `pg_dump` writes `.dump` and `.sql`, with an
    archive of the same moment beside it. Any other name is a SQLite file. A file that is there is replaced only when
    it holds an earlier state of the same book, or with `force`. A book of another schema, before its upgrade, becomes a
    SQLite file or a dump only.
    Raises OutputExists, EventrecError, DatabaseUnavailable.
    """
    if path.name.endswith(ENDING):
        with placed(path, force=force, ours=lambda there: _is_older(address, there)) as temporary:
            rows = archive.write(address, temporary, progress=progress)
            found = "" if connection.is_postgresql(address) else _flaw(address)
        return Backup(path, rows, damage=found)
    if not connection.is_postgresql(address):
        _check_ending(path)
        return _copied(connection.path_of(address), path, force=force, progress=progress)
    if not path.name.endswith(DUMP_ENDINGS):
        raise EventrecError(
            "A book on a server is backed up as an archive, or by pg_dump.",
            f"Name a file that ends in {ENDING} or in .dump",
        )
    return _dumped(address, path, force=force, progress=progress)


def is_named_otherwise(address: str, path: Path) -> bool:
    """Tell whether a backup is a SQLite file whose name does not say so."""
    return not connection.is_postgresql(address) and not path.name.endswith((ENDING, *SQLITE_ENDINGS))


def _check_ending(path: Path) -> None:
    """Raise UsageError for a name that says that the file is no SQLite file, which it would be."""
    ending = path.suffix.lower()
    if ending == ".zip":
        raise UsageError(
            f"A portable archive ends in {ENDING}, and {path} does not.", f"Name it {path.with_suffix('')}{ENDING}"
        )
    if ending in DUMP_ENDINGS:
        raise UsageError(
            f"{path.suffix} is a dump of a server's book, and this book is a file.",
            f"Name {path.with_suffix('.db')}, or {path.with_suffix('')}{ENDING}",
        )


def _copied(book: Path, path: Path, *, force: bool, progress: Progress) -> Backup:
    if path.exists() and book.exists() and path.samefile(book):
        raise UsageError(f"{path} is the book itself.", "Name another file.")
    _is_current(str(book))
    with placed(path, force=force, ours=lambda there: _is_older(str(book), there)) as temporary:
        copy(str(book), temporary, check=False, progress=progress)
        with reading_back():
            torn = damage(temporary)
            rows = {} if torn else _counts(temporary)
            found = torn or broken_link(temporary)
        if torn and not damage(book):
            raise spoiled()
    return Backup(path, rows, damage=found)


def _flaw(address: str) -> str:
    """Return what is wrong with a book in a file, or nothing.

    Raises DatabaseUnavailable when a second look finds it whole: it could not be read, which is the disk's fault.
    """
    book = connection.path_of(address)
    torn = damage(book)
    if torn and not damage(book):
        raise unreadable(address)
    return torn or broken_link(book)


def _counts(copied: Path) -> dict[str, int]:
    with contextlib.closing(sqlite3.connect(f"{copied.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        return {
            name: opened.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for name in tables_of(opened)
        }


def _dumped(address: str, path: Path, *, force: bool, progress: Progress) -> Backup:
    """Write the server's own dump and an archive of the same moment; a book of another schema is only dumped."""
    plain = path.suffix == ".sql"
    beside = path.with_name(f"{path.name[: -len(path.suffix)]}{ENDING}")
    if not _is_current(address):
        with placed(path, force=force) as dumped, archive.snapshot(address, check=False) as opened:
            server_dump.dump(address, opened, dumped, plain=plain)
        return Backup(path, {})
    with (
        placed(path, force=force) as dumped,
        placed(beside, force=force, ours=lambda there: _is_older(address, there)) as archived,
        archive.snapshot(address) as opened,
    ):
        server_dump.dump(address, opened, dumped, plain=plain)
        rows = archive.write_from(opened, archived, progress=progress)
    return Backup(path, rows, beside)


def _is_current(address: str) -> bool:
    """Tell whether a book has this version's schema. Raises DatabaseUnavailable for what is no book at all."""
    found, revision = state(address)
    if found in (Standing.EMPTY, Standing.FOREIGN):
        raise connection.misfit(found, revision, address)
    return found is Standing.CURRENT


def _is_older(address: str, path: Path) -> bool:
    """Tell whether a file that is there holds an earlier state of the book: nothing is lost when it is replaced."""
    with contextlib.suppress(EventrecError, sqlite3.Error):
        newest = _newest_in(path)
        return newest is not None and archive.holds(address, newest)
    return False


def _newest_in(path: Path) -> str | None:
    """Return the uid of the newest change set in a backup; None when it has none or is no backup."""
    kind = kind_of(path)
    if kind is Kind.ARCHIVE:
        with opened_archive(path) as there:
            return there.manifest.newest
    if kind is not Kind.SQLITE:
        return None
    with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        if opened.execute("PRAGMA application_id").fetchone()[0] != connection.APPLICATION_ID:
            return None
        row = opened.execute("SELECT uid FROM change_set ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else None
