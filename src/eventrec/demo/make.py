"""Makes the demo: a folder with a book of records and the files that leave it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from eventrec import files
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.upgrade import create
from eventrec.demo import programme, training
from eventrec.demo.naming import steady_uids
from eventrec.errors import EventrecError
from eventrec.exports import sheets
from eventrec.exports.calendar import calendar
from eventrec.exports.cards import cards
from eventrec.exports.participant_list import participant_list
from eventrec.formats import registry
from eventrec.services.setting import put
from eventrec.views.criteria import ALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from eventrec.demo.programme import Ids

NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The instant at which every record of the demo was made."""

TODAY: Final = date(2026, 1, 1)
_MARK: Final = ".made-by-eventrec-demo"
_DATABASE: Final = "eventrec.db"
_FILES: Final = ("calendar.ics", "contacts.vcf", "contacts.csv", "participants.csv", "participants.xlsx", "summary.md")
"""The six files of the folder `exports`."""

_STEPS: Final[tuple[tuple[str, Callable[[Session, Ids], None]], ...]] = (
    ("agencies", programme.add_agencies),
    ("projects", programme.add_projects),
    ("contact", programme.add_contact),
    ("workshop on returns", programme.add_workshop_on_returns),
    ("workshop on mixed migration", programme.add_workshop_on_mixed_migration),
    ("anniversary", programme.add_anniversary),
    ("seminar", programme.add_seminar),
    ("example project", training.add_example_project),
    ("training", training.add_training),
)


@dataclass(frozen=True)
class Demo:
    """What was made."""

    folder: Path
    database: Path
    written: tuple[Path, ...]


def make(folder: Path, say: Callable[[str], None] = lambda _: None) -> Demo:
    """Make the folder anew. Raises EventrecError when it holds anything that the demo did not make."""
    clear(folder)
    files.make_folder(folder)
    (folder / _MARK).touch()
    database = folder / _DATABASE
    say(f"Recording the programme in {database} …")
    book = record(str(database))
    say("Writing calendar, cards and lists …")
    written = write(book, folder / "exports")
    book.close()
    return Demo(folder, database, written)


def record(address: str) -> Book:
    """Make a book at an address and record the programme in it, one change set for each part."""
    create(address)
    book = Book(Settings(address), now=lambda: NOW, new_uid=steady_uids(), actor="eventrec demo")
    with book.writing(command="eventrec init --timezone Asia/Shanghai --country CN") as work:
        for key, value in (("language", "en"), ("timezone", "Asia/Shanghai"), ("country", "CN")):
            put(work.session, key, value)
    ids: Ids = {}
    for what, step in _STEPS:
        with book.writing(command=f"eventrec demo: {what}") as work:
            step(work.session, ids)
    return book


def write(book: Book, folder: Path) -> tuple[Path, ...]:
    """Write the six files that the programme's staff would send out."""
    files.make_folder(folder)
    for name, content in zip(_FILES, contents(book), strict=True):
        files.save(folder / name, content, force=True)
    return tuple(folder / name for name in _FILES)


def contents(book: Book) -> tuple[bytes, ...]:
    """Return the six files' bytes, in the order of their names above."""
    from eventrec.formats.participant_sheet import render

    reader = book.reader
    newest = max(int(str(row[0])) for row in reader.events(ALL, ("id",)).rows)
    return (
        calendar(reader),
        cards(reader),
        registry.render(sheets.sheet(reader, "contacts"), "csv", registry.Options()),
        registry.render(sheets.sheet(reader, "participants"), "csv", registry.Options()),
        render(participant_list(reader, newest)),
        sheets.summary(reader, TODAY.isoformat()),
    )


def clear(folder: Path) -> None:
    """Empty a folder that the demo made; refuse one that holds anything else."""
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_symlink() or not folder.is_dir():
        raise EventrecError(f"{folder} is no folder.", "Name another one: eventrec demo FOLDER")
    known = {_MARK, _DATABASE, f"{_DATABASE}-wal", f"{_DATABASE}-shm", "exports"}
    there = {path.name for path in folder.iterdir()}
    inside = {path.name for path in (folder / "exports").iterdir()} if (folder / "exports").is_dir() else set()
    if there and (_MARK not in there or there - known or inside - set(_FILES)):
        strange = ", ".join(sorted((there - known) | (inside - set(_FILES)))[:3]) or "files of somebody else"
        raise EventrecError(
            f"{folder} holds {strange}; the demo only replaces a folder that it made itself.",
            "Name another one: eventrec demo FOLDER",
        )
    for name in there:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
