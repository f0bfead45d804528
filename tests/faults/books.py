"""The books that faults are tried on, and how to tell whether one is exactly as it was, or exactly as it should be."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import zipfile
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from tests.services import make

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.db.upgrade import create
from eventrec.errors import EventrecError
from eventrec.services import participation
from eventrec.services.headcount import HeadCount

if TYPE_CHECKING:
    from pathlib import Path

SYLLABLES = [first + then for first in "bdfgklmnprstvz" for then in "aeiou"]
_AFTER_ALL_IN_THE_BOOK = 400
_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%'",
    "postgresql": "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(current_schema())"
    " AND relkind = 'r'",
}


def fill(address: str, people: int = 40) -> None:
    """Record an invented programme: four agencies, `people` contacts, two of them one person, and eight events."""
    create(address)
    book = Book(Settings(address), actor="tester")
    with book.writing("fill") as work:
        agencies = [make.agency(work.session, f"AG-{number}") for number in range(4)]
        contacts = [
            make.contact(
                work.session,
                _name(number % (people - 1)),  # the last is the first once more
                agencies[number % 4].id,
                points_of=[make.email(f"person{number}@example.org")],
            )
            for number in range(people)
        ]
        for number in range(8):
            day = date(2024, 1, 1) + timedelta(days=7 * number)
            event = make.event(work.session, day=day, status="held")
            participation.add(
                work.session, event_id=event.id, agency_id=agencies[number % 4].id, counts=HeadCount(women=3, men=4)
            )
            for each in contacts[number * 4 : number * 4 + 4]:
                participation.add(work.session, event_id=event.id, contact_id=each.id, from_headcount=False)
    book.close()


def _name(number: int) -> str:
    """Return an invented name, another one for each number, and hardly like any other."""
    chance = Random(number)  # noqa: S311
    given, family = ("".join(chance.choices(SYLLABLES, k=4)) for _ in range(2))
    return f"{given.capitalize()} {family.upper()}"


def sheet(rows: int) -> bytes:
    """Return a sheet of so many invented people, as CSV."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["name", "sex", "agency"])
    for number in range(rows):
        sex = "female" if number % 2 else "male"
        writer.writerow([_name(number + _AFTER_ALL_IN_THE_BOOK), sex, f"AG-{number % 4}"])
    return text.getvalue().encode()


def digest(address: str) -> str:
    """Return a hash of all rows of all tables."""
    whole = hashlib.sha256()
    with contextlib.closing(connection.open_for_reading(address, check=False)) as opened:
        names = sorted(str(row[0]) for row in opened.execute(_TABLES[opened.dialect]).fetchall())
        for name in names:
            rows = opened.execute(f"SELECT * FROM {name}").fetchall()
            whole.update(repr((name, sorted(rows, key=repr))).encode())
    return whole.hexdigest()


def findings(address: str) -> list[str]:
    """Return what `eventrec db check` finds, also that the book cannot be opened."""
    try:
        return check(engine(address))
    except EventrecError as error:
        return [error.message]


def strangers(folder: Path, *known: str) -> list[str]:
    """Return the files of a folder that are none of those known, nor the working files of a book among them."""
    names = {f"{name}{ending}" for name in known for ending in ("", "-wal", "-shm")}
    return sorted(path.name for path in folder.iterdir() if path.name not in names)


def whole_archive(path: Path) -> bool:
    """Tell whether a portable archive holds what its manifest says."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            return all(
                hashlib.sha256(archive.read(f"{name}.jsonl")).hexdigest() == entry["sha256"]
                for name, entry in manifest["tables"].items()
            )
    except (KeyError, ValueError, OSError, zipfile.BadZipFile):
        return False
