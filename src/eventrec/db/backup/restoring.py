"""Back from a backup: into a new book, or in the place of what a book holds.

A book that others may have open is never swapped for another file: whoever wrote to the old one would lose it. Its
rows are replaced in one transaction instead, under a lock that lets others read. The backup of the book as it was is
made under that same lock, so that no change falls between the two.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final

from eventrec import connection
from eventrec.connection import Standing
from eventrec.db.backup.filling import into_file, into_server
from eventrec.db.backup.keeping_out import keep_out, kept_out
from eventrec.db.backup.making import Backup, backup
from eventrec.db.backup.people import Person, people_in
from eventrec.db.backup.placing import settle
from eventrec.db.backup.staging import readable, staged
from eventrec.db.progress import silent
from eventrec.db.upgrade import create, state
from eventrec.errors import EventrecError, Rejected, UsageError
from eventrec.files import keep_names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from eventrec.db.journal import Journal
    from eventrec.db.progress import Progress

    Forgotten = Callable[[str | None, Iterator[Person]], Collection[str]]

NOUNS: Final = ("event", "agency", "contact", "project")
"""Tables of which a single row makes a book one that holds something."""


_HISTORY: Final = "SELECT 1 FROM change WHERE table_name <> 'setting' LIMIT 1"
"""What tells of records that are gone; a new book has settings only."""


def nobody(_present: str | None, _people: Iterator[Person]) -> Collection[str]:
    """Look for nobody among the people of a backup."""
    return ()


def restore(
    address: str,
    path: Path,
    *,
    replace: Path | None = None,
    forgotten: Forgotten = nobody,
    journal: Journal | None = None,
    progress: Progress = silent,
    kept: Callable[[Path], None] = lambda _: None,
    saved: Callable[[], None] = lambda: None,
) -> Backup:
    """Fill a new or empty book from a backup of any kind; an older schema is brought to this version's.

    A book that holds anything, or the history of anything, is refused, unless `replace` names a file for a backup of
    its own, made first; `kept` is called with it when it is there, before anything is replaced, and `saved` when all is
    done.
    `forgotten` is called before that, with the present book's address (None when there is none) and the people of the
    backup; what it raises ends the restore, and whom it names (`Forgotten.person`) may come back. The hashes of all
    others who were forgotten in the present book stay in it: those that the backup lacks are added, signed by
    `journal`.
    Killed at any moment, the book is as before or as after.
    Raises NoBackup and Damaged; the book is then as it was.
    """
    if not connection.is_postgresql(address):
        _not_itself(connection.path_of(address), path)
    with staged(path, beside=_beside(address), progress=progress) as unpacked:
        readable(path, unpacked.book)
        if not connection.exists(address):
            forgotten(None, people_in(unpacked.book))
            _take_place(unpacked.book, connection.path_of(address), saved)
            return Backup(path, unpacked.rows)
        if state(address)[0] is Standing.EMPTY:
            create(address)
        locked = into_server if connection.is_postgresql(address) else into_file
        with locked(address, unpacked.book, progress, saved) as (opened, write):
            before, held = kept_out(opened), _held(address)
            if held and replace is None:
                hint = "Restore into a new one with --database, or add --replace."
                raise Rejected(f"The book holds {held} already.", hint)
            back = forgotten(address, people_in(unpacked.book))
            if held and replace is not None:
                _keep(address, replace, progress)
                kept(replace)
            write()
            keep_out(opened, before.without(back), journal)
    return Backup(path, unpacked.rows)


def _not_itself(book: Path, path: Path) -> None:
    if book.exists() and path.exists() and path.samefile(book):
        raise UsageError(f"{path} is the book itself.", "Name a backup of it, or another book with --database.")


def _beside(address: str) -> Path | None:
    """Return the folder of a book in a file: there the unpacked one can become it without being copied."""
    if connection.is_postgresql(address):
        return None
    connection.check_folder(connection.path_of(address))
    return connection.path_of(address).parent


def _take_place(unpacked: Path, target: Path, saved: Callable[[], None]) -> None:
    """Give the unpacked book its name. Raises Rejected when somebody made a book there meanwhile."""
    settle(unpacked)
    try:
        os.link(unpacked, target)
    except FileExistsError as error:
        raise Rejected(f"{target} was made by somebody else meanwhile.", "Restore into another one.") from error
    except OSError:  # a disk without hard links
        unpacked.replace(target)
    saved()
    keep_names(target.parent)


def _held(address: str) -> str:
    """Return what a book holds that a restore would take from it, in a word; nothing for one that is new."""
    with contextlib.closing(connection.open_for_reading(address)) as opened:
        if any(opened.execute(f"SELECT 1 FROM {noun} LIMIT 1").fetchone() for noun in NOUNS):  # noqa: S608
            return "records"
        return "the history of records" if opened.execute(_HISTORY).fetchone() else ""


def _keep(address: str, replace: Path, progress: Progress) -> None:
    """Make the backup of what is about to be replaced."""
    kept = backup(address, replace, progress=progress)
    if kept.damage:
        raise EventrecError(
            f"The book that is there is damaged ({kept.damage}); it was left as it is, with a copy at {kept.path}.",
            "Restore into a new one with --database.",
        )
