"""Which row of the file was a contact first."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Final

from eventrec import connection

if TYPE_CHECKING:
    from eventrec.services.imports.person import Incoming

_CHUNK: Final = 2_000


class RowsOf:
    """Sheet and row by contact, in a database of its own beside the book: a file may have a million rows."""

    def __init__(self) -> None:
        self._raw = connection.open_aside().raw
        weakref.finalize(self, self._raw.close)
        for sentence in (*connection.LIGHTLY, "CREATE TABLE met (id INTEGER PRIMARY KEY, sheet, line)", "BEGIN"):
            self._raw.execute(sentence)
        self._waiting: dict[int, tuple[str, int]] = {}

    def add(self, number: int, who: Incoming) -> None:
        """Note that a row is a contact, unless an earlier one was."""
        self._waiting.setdefault(number, (who.sheet, who.row))
        if len(self._waiting) >= _CHUNK:
            self._write()

    def _write(self) -> None:
        rows = [(number, *place) for number, place in self._waiting.items()]
        self._raw.executemany("INSERT OR IGNORE INTO met VALUES (?, ?, ?)", rows)
        self._waiting.clear()

    def begin(self) -> None:
        """Begin what `take_back` may take back, else `keep` keeps; within may be another."""
        self._write()
        self._raw.execute("SAVEPOINT met")

    def keep(self) -> None:
        """Keep what was noted since `begin`."""
        self._raw.execute("RELEASE met")

    def take_back(self) -> None:
        """Forget what was noted since `begin`."""
        self._waiting.clear()
        self._raw.execute("ROLLBACK TO met")
        self._raw.execute("RELEASE met")

    def get(self, number: int) -> tuple[str, int] | None:
        """Return the row of a contact that the file has told of; None for another one."""
        found = self._raw.execute("SELECT sheet, line FROM met WHERE id = ?", (number,)).fetchone()
        return found or self._waiting.get(number)
