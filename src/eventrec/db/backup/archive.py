"""Writing the portable archive: one moment of the book, table by table, a line a row."""

from __future__ import annotations

import contextlib
import hashlib
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from eventrec.connection import REVISIONS
from eventrec.db.engine import reading_engine
from eventrec.db.journal import stored
from eventrec.db.progress import silent
from eventrec.driver_errors import translate
from eventrec.errors import EventrecError
from eventrec.models import Base, ChangeSet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Table

    from eventrec.db.progress import Progress

FORMAT: Final = "eventrec backup 2"
MANIFEST: Final = "manifest.json"
MEMBER_ENDING: Final = ".jsonl"
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
SEAL: Final = b"eventrec sha256 "
"""How the archive's comment begins; the rest is the sha256 of all bytes before it, 64 hexadecimal digits."""

LONGEST_LINE: Final = 32 * 2**20
"""Bytes of the longest row: whoever reads an archive holds a row, and nothing more, at a time."""

_BLANK: Final = SEAL + b"0" * 64
_CHUNK: Final = 1000
_BLOCK: Final = 1 << 20


@dataclass(frozen=True)
class Held:
    """What one table gave to the archive."""

    rows: int
    sha256: str
    highest: int


@contextlib.contextmanager
def snapshot(address: str, *, check: bool = True) -> Iterator[Connection]:
    """Open a book so that everything is read as of one moment, without a lock that holds up anybody."""
    with reading_engine(address, check=check).connect() as opened, opened.begin():
        yield opened


def write(address: str, path: Path, *, progress: Progress = silent) -> dict[str, int]:
    """Write the archive of a book; returns the number of rows of each table. The same records give the same bytes."""
    with snapshot(address) as opened:
        return write_from(opened, path, progress=progress)


def write_from(opened: Connection, path: Path, *, progress: Progress = silent) -> dict[str, int]:
    """Write the archive of what an open snapshot sees."""
    tables = Base.metadata.sorted_tables
    held: dict[str, Held] = {}
    counts = {table.name: int(opened.scalar(select(func.count()).select_from(table)) or 0) for table in tables}
    done, everything = 0, sum(counts.values())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            with _readable(table):
                held[table.name] = _add(archive, opened, table)
            done += held[table.name].rows
            progress("Archiving", done, everything)
        archive.writestr(_member(MANIFEST), json.dumps(_manifest(opened, held), indent=1))
        archive.comment = _BLANK
    _seal(path)
    return {name: table.rows for name, table in held.items()}


def holds(address: str, change_set: str) -> bool:
    """Tell whether the book at an address holds a change set, by its uid. Raises DatabaseUnavailable."""
    with snapshot(address) as opened:
        return opened.scalar(select(ChangeSet.id).where(ChangeSet.uid == change_set)) is not None


def digest_before_seal(path: Path) -> tuple[str, bytes]:
    """Return the sha256 of an archive without its last 64 bytes, and those bytes."""
    digest, left = hashlib.sha256(), path.stat().st_size - 64
    with path.open("rb") as file:
        while left > 0 and (block := file.read(min(left, _BLOCK))):
            digest.update(block)
            left -= len(block)
        return digest.hexdigest(), file.read()


def _seal(path: Path) -> None:
    """Write the sha256 of all before it into the archive's comment, so that no changed byte goes unnoticed."""
    digest, _ = digest_before_seal(path)
    with path.open("r+b") as file:
        file.seek(-64, 2)
        file.write(digest.encode())


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    info.create_system = 3  # the same bytes on Windows
    return info


def _add(archive: zipfile.ZipFile, opened: Connection, table: Table) -> Held:
    digest, count = hashlib.sha256(), 0
    with archive.open(_member(f"{table.name}{MEMBER_ENDING}"), "w", force_zip64=True) as file:
        for line in _lines(opened, table):
            if len(line) >= LONGEST_LINE:
                raise EventrecError(f"A row of {table.name} is longer than 32 MB; no archive was written.")
            file.write(line)
            digest.update(line)
            count += 1
    return Held(count, digest.hexdigest(), _highest(opened, table))


@contextlib.contextmanager
def _readable(table: Table) -> Iterator[None]:
    """Say in words that a table holds what cannot be read."""
    try:
        yield
    except (DBAPIError, ValueError) as error:
        orig = getattr(error, "orig", None)
        told = translate(orig) if orig else None
        raise told or EventrecError(
            f"The book holds in {table.name} what cannot be read; no archive was written.",
            "See what: eventrec db check. Copy the file as it is: eventrec db backup book.db",
        ) from error


def _lines(opened: Connection, table: Table) -> Iterator[bytes]:
    result = opened.execute(select(table).order_by(table.c.id).execution_options(yield_per=_CHUNK))
    for row in result.mappings():
        yield json.dumps(stored(table, dict(row)), ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _manifest(opened: Connection, held: dict[str, Held]) -> dict[str, Any]:
    first = opened.scalar(select(ChangeSet.uid).order_by(ChangeSet.id).limit(1))
    newest = opened.execute(select(ChangeSet.uid, ChangeSet.moment).order_by(ChangeSet.id.desc()).limit(1)).first()
    return {
        "format": FORMAT,
        "revision": REVISIONS[-1],
        "book": first,
        "newest": newest and newest.uid,
        "last_change": newest and newest.moment,
        "tables": {name: vars(table) for name, table in held.items()},
    }


def _highest(opened: Connection, table: Table) -> int:
    """Return the highest number the table ever gave out; no number is used again."""
    found: Any
    if opened.dialect.name == "sqlite":
        found = opened.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    else:
        name = opened.scalar(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name})
        found = opened.scalar(text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {name}"))  # noqa: S608
    return max(int(found or 0), int(opened.scalar(select(func.max(table.c.id))) or 0))
