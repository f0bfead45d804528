"""Which change set takes back which: a command, its undo, its redo, and so on."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import select

from eventrec.errors import NotInHistory
from eventrec.models import ChangeSet
from eventrec.text.moments import say_here

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

_NUMBER: Final = re.compile(r"#?(\d{1,18})")


class Told(NamedTuple):
    """A change set as people name it; `moment` is UTC."""

    id: int
    actor: str
    moment: str
    command: str

    def __str__(self) -> str:
        return f"#{self.id} by {self.actor} at {say_here(self.moment, datetime.astimezone)}: {self.command}"


class Chains:
    """The whole log, by number: what each change set reverses, and what reversed it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        rows = session.execute(select(ChangeSet.id, ChangeSet.reverses_id).order_by(ChangeSet.id))
        self._reverses: dict[int, int | None] = {number: earlier for number, earlier in rows}  # noqa: C416 (typed)
        self._reversed_by = {earlier: later for later, earlier in self._reverses.items() if earlier is not None}

    def chain(self, number: int) -> list[int]:
        """Return a command and all that reversed it, reversed that, and so on; odd length: it is in force."""
        while (earlier := self._reverses[number]) is not None:
            number = earlier
        chain = [number]
        while (later := self._reversed_by.get(chain[-1])) is not None:
            chain.append(later)
        return chain

    def commands(self) -> Iterator[list[int]]:
        """Yield the chain of every command that is no undo or redo, the newest command first."""
        for number in reversed(self._reverses):
            if self._reverses[number] is None:
                yield self.chain(number)

    def standing(self, after: int) -> list[int]:
        """Return what has an effect now and had none when change set `after` was made, newest first.

        A later command that was taken back has none, and neither has an undo that was done again.
        """
        found = []
        for number in reversed(self._reverses):
            if number <= after:
                break
            later = [each for each in self.chain(number) if each > after]
            if number not in self._reversed_by and len(later) % 2:
                found.append(number)
        return found

    def find(self, reference: str) -> int:
        """Return the number of a change set that its number (12, #12) or uid names. Raises NotInHistory."""
        text = reference.strip()
        found = _NUMBER.fullmatch(text)
        which = ChangeSet.id == int(found[1]) if found else ChangeSet.uid == text.lower()
        number = self._session.scalar(select(ChangeSet.id).where(which))
        if number is None:
            raise NotInHistory(f"There is no change set “{reference}”.", "See their numbers: eventrec log")
        return number

    def told(self, number: int) -> Told:
        """Return who did what when."""
        columns = (ChangeSet.id, ChangeSet.actor, ChangeSet.moment, ChangeSet.command)
        return Told(*self._session.execute(select(*columns).where(ChangeSet.id == number)).one())

    def named(self, number: int) -> int:
        """Return the number under which people know a change set: a redo is the command that it did again."""
        chain = self.chain(number)
        return chain[0] if chain.index(number) % 2 == 0 else number
