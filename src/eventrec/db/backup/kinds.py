"""What a file is: one of the kinds of backup, by its first bytes and never by its name."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from eventrec.errors import EventrecError, Rejected

if TYPE_CHECKING:
    from pathlib import Path

ENDING: Final = ".eventrec.zip"
DUMP_ENDINGS: Final = (".dump", ".sql")
"""Endings of what `pg_dump` writes: its own format, and plain SQL."""

SQLITE_ENDINGS: Final = (".db", ".sqlite", ".sqlite3", ".bak")
"""Endings that a copy of a SQLite file is expected to have."""

ANOTHER: Final = "Name another file."
_SQL_STARTS: Final = (b"--\n-- PostgreSQL database dump", b"\n--\n-- PostgreSQL database dump")


class Kind(Enum):
    """The kinds of backup."""

    ARCHIVE = "portable archive"
    SQLITE = "SQLite file"
    DUMP = "dump of PostgreSQL"
    SQL = "dump of PostgreSQL as SQL"


class NoBackup(Rejected):
    """The file is no backup of a record book."""

    def __init__(self, path: Path, why: str = "") -> None:
        super().__init__(f"{path} is no backup of a record book{f': {why}' if why else ''}.", ANOTHER)


class Damaged(Rejected):
    """The file is a backup, and damaged."""

    def __init__(self, path: Path, what: str, hint: str = ANOTHER) -> None:
        super().__init__(f"{path} is damaged: {what}.", hint)


def kind_of(path: Path) -> Kind:
    """Tell what kind of backup a file is. Raises NoBackup, and EventrecError for a file that cannot be read."""
    start = _start(path)
    if start.startswith(b"PK\x03\x04") or path.name.endswith(ENDING):
        return Kind.ARCHIVE
    if start.startswith(b"SQLite format 3\0"):
        return Kind.SQLITE
    if start.startswith(b"PGDMP"):
        return Kind.DUMP
    if start.replace(b"\r\n", b"\n").startswith(_SQL_STARTS):
        return Kind.SQL
    raise NoBackup(path)


def _start(path: Path) -> bytes:
    if path.is_dir():
        raise EventrecError(f"{path} is a folder.", "Name the file in it.")
    try:
        if not path.is_file():
            raise EventrecError(f"There is no file {path}.", "Check its name.")
        with path.open("rb") as file:
            return file.read(100)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise EventrecError(f"{path} cannot be read: {reason}.", "Check who may read it.") from error
