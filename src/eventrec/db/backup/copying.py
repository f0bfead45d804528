"""A copy of a SQLite file as it was at one moment, while others write."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Final

from eventrec import connection
from eventrec.db.progress import silent
from eventrec.driver_errors import in_words

if TYPE_CHECKING:
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
        made.execute("PRAGMA journal_mode=DELETE")  # a copy on a read-only disk can then be read


def damage(path: Path, *, quick: bool = True) -> str:
    """Return what SQLite finds wrong with a file, or nothing; `quick` leaves out whether indexes fit their tables."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            pragma = "quick_check" if quick else "integrity_check"
            found = opened.execute(f"PRAGMA {pragma}(1)").fetchone()
            return "" if found is None or found[0] == "ok" else " ".join(str(found[0]).split())
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return str(error)


def broken_link(path: Path) -> str:
    """Return the first row that refers to one that is gone, in words, or nothing; the file must be sound."""
    with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        for table, row, parent, _ in opened.execute("PRAGMA foreign_key_check"):
            return f"{table} row {row} refers to a row of {parent} that is gone"
    return ""
