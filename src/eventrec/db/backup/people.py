"""The people in a backup: for whoever must know before it is restored, or whether it still holds somebody."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from eventrec.db.backup.staging import readable, staged
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_POINTS: Final = "SELECT kind, value FROM contact_point WHERE contact_id = ? ORDER BY id"
_REMOVED: Final = "SELECT row_id, row_uid FROM tombstone WHERE table_name = 'contact' ORDER BY row_id"
_EARLIER: Final = "SELECT row_id, row_uid, before, after FROM change WHERE table_name = ? ORDER BY id"


@dataclass(frozen=True)
class Person:
    """A contact as a backup has it: number, uid, name in every language, and the ways to reach it as (kind, value).

    What comes from the history is one part of it at a time; the others are empty then.
    """

    id: int
    uid: str
    name: Localized
    points: tuple[tuple[str, str], ...]


def people_of(path: Path) -> Iterator[Person]:
    """Yield everybody whom a backup of any kind knows, as `people_in` does. Raises NoBackup, Damaged."""
    with staged(path) as unpacked:
        readable(path, unpacked.book)
        yield from people_in(unpacked.book)


def people_in(book: Path) -> Iterator[Person]:
    """Yield every contact of an unpacked backup, by number, then whom only its tombstones and its history know.

    The history tells of one person many times, once for each change; no more than one is held in memory.
    """
    with contextlib.closing(sqlite3.connect(book)) as opened:
        for number, uid, name in opened.execute("SELECT id, uid, name FROM contact ORDER BY id"):
            points = tuple((str(kind), str(value)) for kind, value in opened.execute(_POINTS, (number,)))
            yield Person(int(number), str(uid), Localized.from_json(name), points)
        for number, uid in opened.execute(_REMOVED):
            yield Person(int(number), str(uid), Localized(), ())
        yield from _of_the_history(opened)


def _of_the_history(opened: sqlite3.Connection) -> Iterator[Person]:
    for number, uid, *sides in opened.execute(_EARLIER, ("contact",)):
        for side in _rows(sides):
            name = side.get("name")
            yield Person(int(number), str(uid), Localized(name if isinstance(name, dict) else {}), ())
    for _, _, *sides in opened.execute(_EARLIER, ("contact_point",)):
        for side in _rows(sides):
            if isinstance(owner := side.get("contact_id"), int):
                yield Person(owner, "", Localized(), ((str(side.get("kind")), str(side.get("value"))),))


def _rows(sides: list[str | None]) -> Iterator[dict[str, Any]]:
    """Yield the rows before and after a change, as far as it has them; what was erased is not there."""
    for side in sides:
        row = json.loads(side) if side else None
        if isinstance(row, dict):
            yield row
