"""Backups: a copy of a SQLite file, or a portable archive that restores into either database.

The archive (`.eventrec.zip`) holds one file of JSON lines per table, history and tombstones included, and a manifest
with the schema's revision, each table's number of rows and sha256, and the highest number each table ever gave out.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select, text

from eventrec import connection
from eventrec.connection import REVISIONS
from eventrec.db.engine import engine
from eventrec.db.journal import restored, stored
from eventrec.db.upgrade import create, upgrade
from eventrec.errors import DatabaseUnavailable, EventrecError, OutputExists, Rejected
from eventrec.models import Base

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Table

ENDING: Final = ".eventrec.zip"
NOUNS: Final = ("event", "agency", "contact", "project")
_ANOTHER: Final = "Name another file."
_MANIFEST: Final = "manifest.json"
_FORMAT: Final = "eventrec backup 1"
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_CHUNK: Final = 1000


@dataclass(frozen=True)
class Backup:
    """A backup that was made or read: where it is, and how many rows each table has in it."""

    path: Path
    rows: dict[str, int]


def backup(address: str, path: Path, *, force: bool = False) -> Backup:
    """Write a backup, consistent while others write; the ending decides: `.eventrec.zip` is portable, else SQLite.

    Raises OutputExists, and EventrecError when a server's book is to become a SQLite file.
    """
    if path.exists() and not force:
        raise OutputExists(path)
    portable = path.name.endswith(ENDING)
    if connection.is_postgresql(address) and not portable:
        raise EventrecError("A book on a server is backed up as an archive.", f"Name a file that ends in {ENDING}")
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        temporary.touch(mode=0o600)
        rows = _archive(address, temporary) if portable else _copy(connection.path_of(address), temporary)
        temporary.replace(path)
    except OSError as error:
        raise EventrecError(f"{path} could not be written: {error.strerror}.", "Choose another place.") from error
    finally:
        temporary.unlink(missing_ok=True)
    return Backup(path, rows)


def restore(address: str, path: Path, *, replace: Path | None = None) -> Backup:
    """Fill a new or empty book from a backup.

    A book that holds anything is refused, unless `replace` names a file for a backup of its own, made first.
    Raises Rejected for a file that is damaged or no backup; the book is then as it was.
    """
    if not path.is_file():
        raise EventrecError(f"There is no file {path}.", "Check its name.")
    if _holds_something(address):
        if replace is None:
            raise Rejected(
                "The book holds records already.", "Restore into a new one with --database, or add --replace."
            )
        backup(address, replace)
    if zipfile.is_zipfile(path):
        rows = _restore_archive(address, path)
    elif connection.is_postgresql(address):
        raise Rejected(f"{path} is no portable backup.", f"On the machine that has it: eventrec db backup book{ENDING}")
    else:
        rows = _restore_file(connection.path_of(address), path)
    return Backup(path, rows)


def _holds_something(address: str) -> bool:
    if not connection.exists(address):
        return False
    try:
        with contextlib.closing(connection.open_for_reading(address)) as opened:
            return any(opened.execute(f"SELECT 1 FROM {noun} LIMIT 1").fetchone() for noun in NOUNS)  # noqa: S608
    except DatabaseUnavailable:
        if connection.is_postgresql(address) or connection.path_of(address).stat().st_size == 0:
            return False
        raise


def _copy(source: Path, target: Path) -> dict[str, int]:
    opened = connection.open_for_reading(str(source))
    with contextlib.closing(opened), contextlib.closing(sqlite3.connect(target)) as copy:
        opened.raw.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        return {
            table.name: copy.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]  # noqa: S608
            for table in Base.metadata.sorted_tables
        }


def _restore_file(target: Path, source: Path) -> dict[str, int]:
    """Copy a SQLite book into its place in one step, then bring it to this version's schema."""
    temporary = target.with_name(f".{target.name}.restoring")
    temporary.unlink(missing_ok=True)
    try:
        try:
            with contextlib.closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as kept:
                whole = kept.execute("PRAGMA integrity_check").fetchone()[0]
                ours = kept.execute("PRAGMA application_id").fetchone()[0] == connection.APPLICATION_ID
                if whole != "ok" or not ours:
                    raise Rejected(
                        f"{source} is {'no backup of a record book' if whole == 'ok' else 'damaged'}.", _ANOTHER
                    )
                target.parent.mkdir(parents=True, exist_ok=True)
                temporary.touch(mode=0o600)
                with contextlib.closing(sqlite3.connect(temporary)) as copy:
                    kept.backup(copy)
        except sqlite3.DatabaseError as error:
            raise Rejected(f"{source} is no backup of a record book, or damaged: {error}.", _ANOTHER) from error
        upgrade(str(temporary), backup=False)
        for leftover in ("-wal", "-shm"):
            target.with_name(f"{target.name}{leftover}").unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(temporary)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    with contextlib.closing(connection.open_for_reading(str(target))) as opened:
        return {
            table.name: opened.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]  # noqa: S608
            for table in Base.metadata.sorted_tables
        }


def _archive(address: str, path: Path) -> dict[str, int]:
    manifest: dict[str, Any] = {"format": _FORMAT, "revision": REVISIONS[-1], "tables": {}}
    with engine(address).connect() as opened, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in Base.metadata.sorted_tables:
            digest, count = hashlib.sha256(), 0
            with archive.open(zipfile.ZipInfo(f"{table.name}.jsonl", _LONG_AGO), "w") as file:
                for line in _lines(opened, table):
                    file.write(line)
                    digest.update(line)
                    count += 1
            highest = _highest(opened, table)
            manifest["tables"][table.name] = {"rows": count, "sha256": digest.hexdigest(), "highest": highest}
        archive.writestr(zipfile.ZipInfo(_MANIFEST, _LONG_AGO), json.dumps(manifest, indent=1))
    return {name: entry["rows"] for name, entry in manifest["tables"].items()}


def _lines(opened: Connection, table: Table) -> Iterator[bytes]:
    result = opened.execution_options(yield_per=_CHUNK).execute(select(table).order_by(table.c.id))
    for row in result.mappings():
        yield json.dumps(stored(table, dict(row)), ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _highest(opened: Connection, table: Table) -> int:
    """Return the highest number the table ever gave out; no number is used again."""
    if opened.dialect.name == "sqlite":
        found = opened.execute(
            text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}
        ).scalar()
    else:
        sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
        name = opened.execute(text(f"SELECT {sequence}")).scalar()
        found = opened.execute(text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {name}")).scalar()  # noqa: S608
    return max(int(found or 0), int(opened.execute(select(func.max(table.c.id))).scalar() or 0))


def _restore_archive(address: str, path: Path) -> dict[str, int]:
    with zipfile.ZipFile(path) as archive:
        manifest = _manifest(archive, path)
        _verify(archive, manifest, path)
        if not connection.exists(address) or not _is_book(address):
            create(address)
        with engine(address).begin() as opened:
            for table in reversed(Base.metadata.sorted_tables):
                _empty(opened, table)
            for table in _tables(manifest):
                with archive.open(f"{table.name}.jsonl") as file:
                    _fill(opened, table, file)
                _continue_after(opened, table, int(manifest["tables"][table.name]["highest"]))
    return {name: entry["rows"] for name, entry in manifest["tables"].items()}


def _is_book(address: str) -> bool:
    try:
        connection.open_for_reading(address).close()
    except DatabaseUnavailable:
        return False
    return True


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read(_MANIFEST))
        if manifest["format"] != _FORMAT:
            raise KeyError("format")
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Rejected(f"{path} is no backup of a record book.", _ANOTHER) from error
    if manifest["revision"] not in REVISIONS:
        raise Rejected(
            f"{path} holds schema {manifest['revision']}; this eventrec restores {REVISIONS[-1]} and older.",
            "Restore it with the version that wrote it.",
        )
    return manifest


def _tables(manifest: dict[str, Any]) -> list[Table]:
    """Return the tables of an archive in the order of filling; an older schema may lack some, which stay empty."""
    newest = manifest["revision"] == REVISIONS[-1]
    return [table for table in Base.metadata.sorted_tables if newest or table.name in manifest["tables"]]


def _verify(archive: zipfile.ZipFile, manifest: dict[str, Any], path: Path) -> None:
    """Compare every table with the manifest before anything is changed."""
    for table in _tables(manifest):
        digest = hashlib.sha256()
        try:
            with archive.open(f"{table.name}.jsonl") as file:
                while chunk := file.read(1 << 20):
                    digest.update(chunk)
            whole = digest.hexdigest() == manifest["tables"][table.name]["sha256"]
        except (KeyError, TypeError, zipfile.BadZipFile, OSError):
            whole = False
        if not whole:
            raise Rejected(f"{path} is damaged in the table {table.name}; nothing was restored.", _ANOTHER)


def _fill(opened: Connection, table: Table, file: IO[bytes]) -> None:
    """Insert the rows; those that refer to rows of their own table find them, since numbers only grow or wait."""
    rows = [restored(table, json.loads(line)) for line in file]
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    later = [(row["id"], {name: row[name] for name in own}) for row in rows if any(row[name] for name in own)]
    held_back = own if table.name != "event" else [name for name in own if name != "parent_id"]
    if table.name == "event":
        rows.sort(key=lambda row: (row["parent_id"] is not None, row["id"]))
    for start in range(0, len(rows), _CHUNK):
        chunk = [row | dict.fromkeys(held_back) for row in rows[start : start + _CHUNK]]
        opened.execute(insert(table), chunk)
    for row_id, links in later:
        opened.execute(table.update().where(table.c.id == row_id).values(**links))


def _empty(opened: Connection, table: Table) -> None:
    """Remove all rows, those first that refer to others of the table; a site visit has a parent or is none."""
    if table.name == "event":
        opened.execute(table.delete().where(table.c.parent_id.is_not(None)))
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    if own:
        opened.execute(table.update().values(dict.fromkeys(own)))
    opened.execute(table.delete())


def _continue_after(opened: Connection, table: Table, highest: int) -> None:
    if highest == 0:
        return
    if opened.dialect.name == "sqlite":
        opened.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
        sql = "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :highest)"
        opened.execute(text(sql), {"name": table.name, "highest": highest})
    else:
        sql = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)"
        opened.execute(text(sql), {"name": table.name, "highest": highest})
