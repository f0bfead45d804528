"""Which copies outside the book still hold a person: backups beside it, and files that eventrec remembers writing."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eventrec import connection
from eventrec.db.backup import ENDING
from eventrec.db.backup.known import known_backups

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from eventrec.config import Settings
    from eventrec.text.mentions import Mentions

_PIECE: Final = 2**20
_LARGEST: Final = 2 * 2**30
"""Octets of a packed file that are looked at; a bomb ends there."""

_SQLITE: Final = b"SQLite format 3\0"
_PACKED: Final = b"PK\x03\x04"
_DUMP: Final = b"PGDMP"
_ENDINGS: Final = (".csv", ".tsv", ".json", ".jsonl", ".md", ".txt", ".vcf", ".ics", ".xlsx", ".docx", ".html", ".eml")


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
    exports = [path for path in _remembered(settings.ledger) if path not in found and _list_holds(path, octets)]
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
        return any(_stream_holds(pieces, octets) for pieces in _members(path))
    return _plain_holds(path, octets)


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


def _members(path: Path) -> Iterator[Iterator[bytes]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with archive.open(name) as member:
                yield iter(lambda: member.read(_PIECE), b"")


def _plain_holds(path: Path, octets: Sequence[bytes]) -> bool:
    with path.open("rb") as file:
        return _stream_holds(iter(lambda: file.read(_PIECE), b""), octets)


def _stream_holds(pieces: Iterable[bytes], octets: Sequence[bytes]) -> bool:
    longest, kept, read = max(map(len, octets), default=1), b"", 0
    for piece in pieces:
        window = kept + piece
        if any(each in window for each in octets):
            return True
        kept, read = window[-longest:], read + len(piece)
        if read > _LARGEST:
            raise ValueError("larger than anything that eventrec writes")
    return False


def _remembered(ledger: Path | None) -> list[Path]:
    """Return the files that eventrec remembers writing and that are still there."""
    if ledger is None:
        return []
    try:
        known = json.loads(ledger.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    paths = [Path(name) for name in known] if isinstance(known, dict) else []
    return [path for path in paths if path.suffix.lower() in _ENDINGS and path.is_file()]


def _list_holds(path: Path, octets: Sequence[bytes]) -> bool:
    if not octets:
        return False
    with suppress(OSError, ValueError, zipfile.BadZipFile):
        with path.open("rb") as file:
            packed = file.read(4) == _PACKED
        if packed:
            return any(_stream_holds(pieces, octets) for pieces in _members(path))
        return _plain_holds(path, octets)
    return False
