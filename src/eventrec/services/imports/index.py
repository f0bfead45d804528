"""Numbers of records by what they are found by: an index that lies beside the book while an import goes on.

It is a database of its own without a name, which SQLite keeps in memory and, when it grows, in a file that nobody else
sees and that is gone with the connection. It holds hashes, which mean nothing outside of this process; two keys may
share one, so whoever asks compares the records themselves.
"""

from __future__ import annotations

import json
import weakref
from typing import TYPE_CHECKING, Final

from eventrec import connection

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

_CHUNK: Final = 5_000
_TABLE: Final = "CREATE TABLE found (hash INTEGER, number INTEGER, PRIMARY KEY (hash, number)) WITHOUT ROWID"
_ASK: Final = "SELECT hash, number FROM found WHERE hash IN (SELECT value FROM json_each(?))"
_ASK_ONE: Final = "SELECT number FROM found WHERE hash = ? LIMIT ?"


class Index:
    """Numbers by key."""

    def __init__(self) -> None:
        self._raw = connection.open_aside().raw
        weakref.finalize(self, self._raw.close)
        for sentence in (*connection.LIGHTLY, _TABLE, "BEGIN"):
            self._raw.execute(sentence)
        self._waiting: dict[int, tuple[int, ...]] = {}
        self._ahead: dict[int, tuple[int, ...]] = {}

    def add(self, number: int, keys: Iterable[Hashable]) -> None:
        """Keep a number under keys."""
        waiting = self._waiting
        for known in map(hash, keys):
            there = waiting.get(known, ())
            if number not in there:
                waiting[known] = (*there, number)
        if len(waiting) >= _CHUNK:
            self._write()

    def _write(self) -> None:
        for known in self._waiting.keys() & self._ahead.keys():
            self._ahead[known] += self._waiting[known]
        pairs = [(known, number) for known, numbers in self._waiting.items() for number in numbers]
        self._raw.executemany("INSERT OR IGNORE INTO found VALUES (?, ?)", sorted(pairs))
        self._waiting.clear()

    def look_ahead(self, keys: Iterable[Hashable]) -> set[int]:
        """Look up keys that will be asked for soon, all at once; returns whose they are."""
        hashes = sorted({hash(key) for key in keys})
        self._ahead = dict.fromkeys(hashes, ())
        for known, number in self._raw.execute(_ASK, (json.dumps(hashes),)):
            self._ahead[known] += (number,)
        waiting = (self._waiting.get(known, ()) for known in hashes)
        return {number for numbers in (*self._ahead.values(), *waiting) for number in numbers}

    def find(self, key: Hashable, most: int = -1) -> Collection[int]:
        """Return the numbers under a key, and perhaps others; of very many `most`."""
        known = hash(key)
        there = self._ahead.get(known)
        if there is None:
            there = tuple([number for (number,) in self._raw.execute(_ASK_ONE, (known, most))])
        waiting = self._waiting.get(known)
        return {*there, *waiting} if waiting else there
