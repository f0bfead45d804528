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
from eventrec.db.backup.placing import settle, settle_folder
from eventrec.db.backup.staging import readable, staged
from eventrec.db.progress import silent
from eventrec.db.upgrade import create, state
from eventrec.errors import EventrecError, Rejected, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from eventrec.db.journal import Journal
    from eventrec.db.progress import Progress

    Forgotten = Callable[[str | None, Iterator[Person]], Collection[str]]

NOUNS: Final = ("event", "agency", "contact", "project")
"""Tables of which a single row makes a book one that holds something."""


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
) -> Backup:
    """Fill a new or empty book from a backup of any kind; an older schema is brought to this version's.

    A book that holds anything is refused, unless `replace` names a file for a backup of its own, made first.
    `forgotten` is called before anything is replaced, with the present book's address (None when there is none) and
    the people of the backup; what it raises ends the restore, and whom it names (`Forgotten.person`) may come back. The
    hashes of all others who were forgotten in the present book stay in it: those that the backup lacks are added,
    signed by `journal`.
    Killed at any moment, the book is as before or as after.
    Raises NoBackup and Damaged; the book is then as it was.
    """
    if not connection.is_postgresql(address):
        _not_itself(connection.path_of(address), path)
    with staged(path, beside=_beside(address), progress=progress) as unpacked:
        readable(path, unpacked.book)
        if not connection.exists(address):
            forgotten(None, people_in(unpacked.book))
            _take_place(unpacked.book, connection.path_of(address))
            return Backup(path, unpacked.rows)
        if state(address)[0] is Standing.EMPTY:
            create(address)
        locked = into_server if connection.is_postgresql(address) else into_file
        with locked(address, unpacked.book, progress) as (opened, write):
            before = kept_out(opened)
            if _holds_something(address):
                _keep(address, replace, progress)
            back = forgotten(address, people_in(unpacked.book))
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


def _take_place(unpacked: Path, target: Path) -> None:
    """Give the unpacked book its name. Raises Rejected when somebody made a book there meanwhile."""
    settle(unpacked)
    try:
        os.link(unpacked, target)
    except FileExistsError as error:
        raise Rejected(f"{target} was made by somebody else meanwhile.", "Restore into another one.") from error
    except OSError:  # a disk without hard links
        unpacked.replace(target)
    settle_folder(target.parent)


def _holds_something(address: str) -> bool:
    with contextlib.closing(connection.open_for_reading(address)) as opened:
        return any(opened.execute(f"SELECT 1 FROM {noun} LIMIT 1").fetchone() for noun in NOUNS)  # noqa: S608


def _keep(address: str, replace: Path | None, progress: Progress) -> None:
    """Make the backup of what is about to be replaced."""
    if replace is None:
        raise Rejected("The book holds records already.", "Restore into a new one with --database, or add --replace.")
    kept = backup(address, replace, progress=progress)
    if kept.damage:
        raise EventrecError(
            f"The book that is there is damaged ({kept.damage}); it was left as it is, with a copy at {kept.path}.",
            "Restore into a new one with --database.",
        )
