"""Forgotten people in an old backup: found before it takes the place of the book that forgot them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from eventrec import connection
from eventrec.errors import Rejected
from eventrec.models.base import JsonText
from eventrec.services.forget.hashes import SALT, Candidate, hashed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eventrec.db.backup.people import Person

_TOLD = 20


@dataclass
class Returning:
    """Looks through the people of a backup before it is restored; with `again` those who were forgotten may come back.

    `numbers` are those that they have in the backup, or had in its history.
    """

    again: bool = False
    numbers: list[int] = field(default_factory=list)

    def __call__(self, address: str | None, people: Iterable[Person]) -> set[str]:
        """Return the words under which those were forgotten who may come back (`Forgotten.person`).

        A name alone says nothing here: another person may have it. Raises Rejected for the first look without `again`.
        """
        back, found = set[str](), set[int]()
        known, salt = _known(address) if address else ({}, None)
        if not salt or not known:
            return back
        for person in people:
            candidate = Candidate(person.uid, tuple(person.name.values()), person.points)
            sure = [trait for trait in candidate.traits() if trait.kind != "name"]
            words = {word for trait in sure for word in known.get(hashed(trait, salt), ())}
            if words:
                found.add(person.id)
                back |= words
        self.numbers = sorted(found)
        if back and not self.again:
            raise Rejected(
                f"The backup holds people whom this book forgot: {_listed(self.numbers)} there. Nothing was restored.",
                "Add --again to take them back, and forget them again if they did not agree: eventrec contact forget"
                f" {self.numbers[0]}",
            )
        return back


def _known(address: str) -> tuple[dict[str, set[str]], str | None]:
    """Return the hashes of a book, each with the words of whom it belongs to, and its salt."""
    with closing(connection.open_for_reading(address)) as opened:
        found: dict[str, set[str]] = {}
        for hash_, person in opened.execute("SELECT hash, person FROM forgotten").fetchall():
            found.setdefault(str(hash_), set()).add(str(person))
        row = opened.execute(f"SELECT value FROM setting WHERE key = '{SALT}'").fetchone()  # noqa: S608
    salt: Any = JsonText().process_result_value(row[0], None) if row else None
    return found, salt


def _listed(numbers: list[int]) -> str:
    more = f" and {len(numbers) - _TOLD} more" if len(numbers) > _TOLD else ""
    return f"contact {', '.join(map(str, numbers[:_TOLD]))}{more}"
