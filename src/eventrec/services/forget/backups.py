"""Which copies outside the book still hold a person: backups beside it, and files that eventrec remembers writing."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eventrec import connection
from eventrec.db.backup import ENDING
from eventrec.db.known_backups import known_backups
from eventrec.services.forget.written import members, plain_holds, stream_holds, written_files, written_holds

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from eventrec.config import Settings
    from eventrec.text.mentions import Mentions

_SQLITE: Final = b"SQLite format 3\0"
_PACKED: Final = b"PK\x03\x04"
_DUMP: Final = b"PGDMP"


@dataclass(frozen=True)
class Copies:
    """Copies outside the book. `unread` could not be opened, so nobody knows."""

    backups: Sequence[Path]
    exports: Sequence[Path]
    unread: Sequence[Path]


def copies_with(settings: Settings, uids: Collection[str], mentions: Mentions) -> Copies:
    """Return the known copies that hold the person; a backup is asked for the uid, a list for name and e-mail."""
    found, unread = backups_with(settings, uids)
    octets = mentions.octets()
    exports = [path for path in written_files(settings.ledger) if path not in found and written_holds(path, octets)]
    return Copies(found, exports, unread)


def backups_with(settings: Settings, uids: Collection[str]) -> tuple[list[Path], list[Path]]:
    """Return the known backups that hold a contact with one of the uids, and those that cannot be read."""
    found: list[Path] = []
    unread: list[Path] = []
    for path in sorted({*known_backups(settings), *_beside(settings.database)}):
        try:
            if holds(path, uids):
                found.append(path)
        except (OSError, ValueError, sqlite3.Error, zipfile.BadZipFile):
            unread.append(path)
    return found, unread


def _beside(address: str) -> list[Path]:
    """Return the archives and other books beside the book, whoever made them; of a server's book, those in this folder.

    A copy under any name is a book too: SQLite's application_id in it says so.
    """
    book = None if connection.is_postgresql(address) else connection.path_of(address).absolute()
    folder, found = book.parent if book else Path.cwd(), list[Path]()
    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_file() and not (book and path.samefile(book)):
                with suppress(OSError), path.open("rb") as file:
                    if path.name.endswith(ENDING) or file.read(72)[68:] == connection.APPLICATION_ID.to_bytes(4):
                        found.append(path)
    return found


def holds(path: Path, uids: Collection[str]) -> bool:
    """Tell whether a backup, a SQLite file or an archive, holds a contact with one of the uids, or its history.

    Raises OSError, ValueError, sqlite3.Error, BadZipFile for a file that cannot be read.
    """
    with path.open("rb") as file:
        beginning = file.read(16)
    if beginning == _SQLITE:
        return _file_holds(path, uids)
    octets = [uid.encode() for uid in uids]
    if beginning.startswith(_DUMP):
        raise ValueError("a dump of pg_dump is packed in a way of its own")
    if beginning.startswith(_PACKED):
        return any(stream_holds(pieces, octets) for pieces in members(path))
    return plain_holds(path, octets)


def _file_holds(path: Path, uids: Collection[str]) -> bool:
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as opened:
        for uid in uids:
            for sql in (
                "SELECT 1 FROM contact WHERE uid = ? LIMIT 1",
                "SELECT 1 FROM change WHERE table_name = 'contact' AND row_uid = ? LIMIT 1",
            ):
                if opened.execute(sql, (uid,)).fetchone():
                    return True
    return False
