"""A copy of a SQLite file as it was at one moment, while others write."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any, Final

from eventrec import connection
from eventrec.db.progress import silent
from eventrec.driver_errors import in_words, is_damage
from eventrec.errors import DatabaseUnavailable, EventrecError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from eventrec.db.progress import Progress

_PAGES: Final = 1000
"""How many pages are copied in one step: 4 MB."""


def copy(source: str, target: Path, *, check: bool = True, progress: Progress = silent) -> None:
    """Copy the SQLite file at an address into an empty file; with `check` it must be a book of this version.

    A transaction that only reads holds the moment: writers go on, and the copy never starts again because of them.
    Raises DatabaseUnavailable, and EventrecError when the disk is full.
    """
    opened = connection.open_for_reading(source, check=check)
    with in_words(source), contextlib.closing(opened), contextlib.closing(sqlite3.connect(target)) as made:
        opened.raw.execute("BEGIN")
        opened.raw.execute("SELECT count(*) FROM sqlite_master").fetchone()

        def tell(_status: int, remaining: int, pages: int) -> None:
            progress("Copying", pages - remaining, pages)

        opened.raw.backup(made, pages=_PAGES, progress=tell, sleep=0)
        # A copy on a read-only disk can then be read. Without its answer asked for, a failure would not be told.
        made.execute("PRAGMA journal_mode=DELETE").fetchone()


def damage(path: Path, *, quick: bool = True) -> str:
    """Return what SQLite finds wrong with a file, or nothing; `quick` leaves out whether indexes fit their tables.

    Raises DatabaseUnavailable for a file that cannot be looked at now, which tells nothing of what is in it.
    """
    pragma = "quick_check" if quick else "integrity_check"
    try:
        found = _first(path, f"PRAGMA {pragma}(1)")
    except UnicodeDecodeError as error:
        return str(error)
    except DatabaseUnavailable as error:
        if not is_damage(error.__cause__):
            raise
        return str(error.__cause__)
    return "" if found is None or found[0] == "ok" else " ".join(str(found[0]).split())


def broken_link(path: Path) -> str:
    """Return the first row that refers to one that is gone, in words, or nothing; the file must be sound."""
    found = _first(path, "PRAGMA foreign_key_check")
    return "" if found is None else f"{found[0]} row {found[1]} refers to a row of {found[2]} that is gone"


def _first(path: Path, sql: str) -> tuple[Any, ...] | None:
    """Return the first row that a file answers with; it may lie where nobody may write."""
    address = str(path)
    with contextlib.closing(connection.open_for_reading(address, check=False)) as opened, in_words(address):
        row: tuple[Any, ...] | None = opened.raw.execute(sql).fetchone()
        return row


def spoiled() -> EventrecError:
    """Return the error that says that a copy is not on its disk as it was written, while the book is whole."""
    return EventrecError(
        "The copy cannot be read back as it was written, and was not kept.", "Choose another disk for it."
    )


@contextlib.contextmanager
def reading_back() -> Iterator[None]:
    """Say of a copy that was just written, and then could not be read, that its disk is at fault and not the book."""
    try:
        yield
    except (DatabaseUnavailable, sqlite3.Error) as error:
        raise spoiled() from error
