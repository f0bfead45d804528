"""The people in a backup: for whoever must know before it is restored, or whether it still holds somebody."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eventrec.db.backup.staging import readable, staged
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_POINTS = "SELECT kind, value FROM contact_point WHERE contact_id = ? ORDER BY id"


@dataclass(frozen=True)
class Person:
    """A contact as a backup has it: number, uid, name in every language, and the ways to reach it as (kind, value)."""

    id: int
    uid: str
    name: Localized
    points: tuple[tuple[str, str], ...]


def people_of(path: Path) -> Iterator[Person]:
    """Yield every contact of a backup of any kind, in the order of their numbers. Raises NoBackup, Damaged."""
    with staged(path) as unpacked:
        readable(path, unpacked.book)
        yield from people_in(unpacked.book)


def people_in(book: Path) -> Iterator[Person]:
    """Yield every contact of an unpacked backup."""
    with contextlib.closing(sqlite3.connect(book)) as opened:
        for number, uid, name in opened.execute("SELECT id, uid, name FROM contact ORDER BY id"):
            points = tuple((str(kind), str(value)) for kind, value in opened.execute(_POINTS, (number,)))
            yield Person(int(number), str(uid), Localized.from_json(name), points)
