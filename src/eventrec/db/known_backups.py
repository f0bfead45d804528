"""The backups that are known of: those that this user made, and those that eventrec made by itself beside a book.

The list of the user's own is a file of JSON lines in the folder for state, to which lines are only added: two commands
at the same time lose none.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eventrec import connection
from eventrec.db.automatic import backups_of
from eventrec.errors import EventrecError
from eventrec.files import make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.config import Settings

_LEDGER: Final = "backups.jsonl"
_LARGEST: Final = 4 * 2**20


@dataclass(frozen=True, order=True)
class Known:
    """A backup: when it was made (UTC, `YYYY-MM-DDTHH:MM:SSZ`), where it was put, and whether it is still there."""

    moment: str
    path: Path
    exists: bool


def note(settings: Settings, path: Path, moment: datetime) -> None:
    """Remember a backup that was made of the book of these settings; a list that cannot be written is no error."""
    if settings.ledger is None:
        return
    ledger = settings.ledger.with_name(_LEDGER)
    entry = {
        "book": _place(settings.database),
        "uid": _identity(settings.database),
        "path": str(path.absolute()),
        "moment": moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    with contextlib.suppress(OSError, EventrecError):
        make_folder(ledger.parent)
        handle = os.open(ledger, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "ab") as file:
            file.write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")


def known_backups(settings: Settings) -> list[Path]:
    """Return the backups of a book that are there, oldest first."""
    return [each.path for each in known(settings) if each.exists]


def known(settings: Settings) -> list[Known]:
    """Return every backup of a book that is known of, also those that are gone; oldest first."""
    found = {each.path: each for each in _beside(settings)} | {each.path: each for each in _noted(settings)}
    return sorted(found.values())


def _noted(settings: Settings) -> Iterator[Known]:
    """Yield what the list tells of this book, which may have been moved, and may be reached in another way."""
    if settings.ledger is None:
        return
    place, uid = _place(settings.database), _identity(settings.database)
    for entry in _entries(settings.ledger.with_name(_LEDGER)):
        if entry.get("book") == place or (uid and entry.get("uid") == uid):
            path = Path(str(entry.get("path")))
            yield Known(str(entry.get("moment")), path, _is_there(path))


def _entries(ledger: Path) -> Iterator[dict[str, object]]:
    with contextlib.suppress(OSError):
        data = ledger.read_bytes()[-_LARGEST:]
        for line in data.decode(errors="replace").splitlines():
            with contextlib.suppress(ValueError):
                entry = json.loads(line)
                if isinstance(entry, dict):
                    yield entry


def _beside(settings: Settings) -> Iterator[Known]:
    """Yield what eventrec put beside a book in a file: the day's copies, those before an upgrade or a restore."""
    if connection.is_postgresql(settings.database):
        return
    book = connection.path_of(settings.database)
    kept: list[Path] = []
    with contextlib.suppress(OSError):
        starts = (f"{book.stem}.before-", f"{book.stem}.backup-")
        kept = [path for path in book.parent.iterdir() if path.name.startswith(starts) and path.is_file()]
    for path in (*backups_of(book), *kept):
        with contextlib.suppress(OSError):
            moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            yield Known(moment.strftime("%Y-%m-%dT%H:%M:%SZ"), path.absolute(), True)


def _place(address: str) -> str:
    return (
        connection.shown(address) if connection.is_postgresql(address) else str(connection.path_of(address).resolve())
    )


def _identity(address: str) -> str | None:
    with contextlib.suppress(EventrecError):
        return identity_of(address)
    return None


def identity_of(address: str) -> str | None:
    """Return what tells a book from others, the uid of its first change set; None while nothing was recorded.

    Raises DatabaseUnavailable.
    """
    with contextlib.closing(connection.open_for_reading(address)) as opened:
        row = opened.execute("SELECT uid FROM change_set ORDER BY id LIMIT 1").fetchone()
    return str(row[0]) if row else None


def _is_there(path: Path) -> bool:
    with contextlib.suppress(OSError, ValueError):
        return path.is_file()
    return False
