"""One copy a day of a book in a file, made by itself before the first change of the day.

Days are those of UTC, like the moments of the history: a laptop that travels neither skips a day nor has one twice.
This module is on the way of every change, so it asks the disk first and the book only when a copy may be due.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from datetime import UTC
from typing import TYPE_CHECKING, Final

from eventrec import connection
from eventrec.errors import DatabaseUnavailable, EventrecError, OutputExists

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from eventrec.config import Settings

_DAMAGED: Final = ".damaged"
_USUAL: Final = ".db"
_NEWEST: Final = "SELECT moment FROM change_set ORDER BY id DESC LIMIT 1"


def before_writing(settings: Settings, now: datetime, tell: Callable[[str, bool], None]) -> None:
    """Copy the book when its newest change is of an earlier day and today has no copy yet; drop the oldest copies.

    `tell` is called with words, and with whether something failed. A failure never stops the change.
    """
    if settings.automatic_backups < 1 or connection.is_postgresql(settings.database):
        return
    book, today = connection.path_of(settings.database), now.astimezone(UTC).date().isoformat()
    target = _name(book, today)
    try:
        if any(_name(book, today, state).exists() for state in ("", _DAMAGED)) or not _is_due(book, today):
            return
    except (DatabaseUnavailable, OSError):
        return  # the change itself says what is wrong with the book
    try:
        _copy(book, target)
        tell(f"The day's backup: {target}", False)
        _drop(book, today, settings.automatic_backups)
    except OutputExists:
        return  # another process made it meanwhile
    except EventrecError as error:
        tell(f"The day's backup was not made: {error.message} {error.hint}".rstrip(), True)
    except (OSError, sqlite3.Error) as error:
        tell(f"The day's backup was not made: {getattr(error, 'strerror', None) or error}.", True)


def folder_of(book: Path) -> Path:
    """Return the folder of a book's automatic backups, beside it: `book.backups` of `book.db`.

    Any other ending is part of its name, `book.sqlite.backups`, and a book without one has `book.book.backups`: no two
    books share their copies.
    """
    name = book.stem if book.suffix == _USUAL else book.name if book.suffix else f"{book.name}.book"
    return book.with_name(f"{name}.backups")


def backups_of(book: Path) -> list[Path]:
    """Return the automatic backups of a book, oldest first by the day in their names; damaged ones too.

    Earlier versions put those of any book into the folder that is now only for `book.db`.
    """
    named = re.compile(rf"{re.escape(book.stem)}\.\d{{4}}-\d\d-\d\d(\{_DAMAGED})?{re.escape(_suffix(book))}")
    usual = book.with_name(f"{book.stem}{_USUAL}")
    folders = {folder_of(book)} | ({folder_of(usual)} if book.suffix or not usual.exists() else set())
    found: list[Path] = []
    for folder in folders:
        with contextlib.suppress(OSError):
            found += [path for path in folder.iterdir() if named.fullmatch(path.name)]
    return sorted(found, key=lambda path: (path.name, path))


def _suffix(book: Path) -> str:
    return book.suffix or _USUAL


def _name(book: Path, day: str, state: str = "") -> Path:
    return folder_of(book) / f"{book.stem}.{day}{state}{_suffix(book)}"


def _is_due(book: Path, today: str) -> bool:
    with contextlib.closing(connection.open_for_reading(str(book))) as opened:
        row = opened.execute(_NEWEST).fetchone()
    return row is not None and str(row[0])[:10] < today


def _copy(book: Path, target: Path) -> None:
    """Write the copy; one of a damaged book has a name that says so, and takes no good one's place."""
    from eventrec.db.backup.copying import copy, damage, reading_back, spoiled
    from eventrec.db.backup.placing import placed

    target.parent.mkdir(mode=0o700, exist_ok=True)
    found = ""
    with placed(target) as temporary:
        copy(str(book), temporary)
        with reading_back():
            found = damage(temporary)
        if found and not damage(book):
            raise spoiled()
        if found:
            for older in [path for path in backups_of(book) if _DAMAGED in path.name]:
                older.unlink(missing_ok=True)
            temporary.replace(target.with_name(f"{target.stem}{_DAMAGED}{target.suffix}"))
            raise EventrecError(f"{book} is damaged ({found}).", "No older copy was dropped. See: eventrec db check")


def _drop(book: Path, today: str, keep: int) -> None:
    """Drop the oldest copies beyond those to keep; one of a day that is still to come, by a wrong clock, goes first."""
    copies = [path for path in backups_of(book) if _DAMAGED not in path.name]
    copies.sort(key=lambda path: (path.name <= _name(book, today).name, path.name))
    for path in copies[:-keep]:
        path.unlink(missing_ok=True)
