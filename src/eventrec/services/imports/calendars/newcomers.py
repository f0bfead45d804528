"""Who an import of a calendar adds, in a database of its own beside the book: a file may name a hundred thousand."""

from __future__ import annotations

import json
import weakref
from array import array
from typing import TYPE_CHECKING, Final

from eventrec import connection
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eventrec.services.imports.calendars.acquaintances import Who

Key = tuple[str, ...]
"""Under what somebody is found again."""

_CHUNK: Final = 2_000
_TABLES: Final = (
    "CREATE TABLE told (key TEXT PRIMARY KEY, moment TEXT) WITHOUT ROWID",
    "CREATE TABLE made (key TEXT PRIMARY KEY, noun TEXT, number INTEGER) WITHOUT ROWID",
    "CREATE TABLE called (noun TEXT, number INTEGER, name TEXT, PRIMARY KEY (noun, number)) WITHOUT ROWID",
)
_TELL: Final = (
    "INSERT INTO told VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET moment = excluded.moment"
    " WHERE excluded.moment < moment"
)


class Newcomers:
    """The people and agencies that were added so far, and since when our own calendars tell of somebody."""

    def __init__(self) -> None:
        self._raw = connection.open_aside().raw
        weakref.finalize(self, self._raw.close)
        for sentence in (*connection.LIGHTLY, *_TABLES, "BEGIN"):
            self._raw.execute(sentence)
        self._told: dict[str, str] = {}
        self._told_more = self._made_more = False
        self._made: dict[str, Who] = {}
        self._called: dict[Who, Localized] = {}
        self._fresh: list[tuple[Who, list[str]]] = []
        self.numbers = {"contact": array("q"), "agency": array("q")}

    def tell(self, key: Key, moment: str) -> None:
        """Note that one of our own calendars tells of somebody, in an event of that moment, UTC."""
        text = _text(key)
        self._told[text] = min(self._told.get(text, moment), moment)
        if len(self._told) >= _CHUNK:
            self._write_told()

    def first_told(self, key: Key) -> str | None:
        """Return since when our own calendars tell of somebody, when all of them told."""
        if not self._told_more:
            return self._told.get(_text(key))
        if self._told:
            self._write_told()
        found = self._raw.execute("SELECT moment FROM told WHERE key = ?", (_text(key),)).fetchone()
        return str(found[0]) if found else None

    def _write(self) -> None:
        """Let go of those who wait to be written."""
        self._raw.executemany("INSERT INTO made VALUES (?, ?, ?)", [(key, *who) for key, who in self._made.items()])
        called = [(*who, json.dumps(name)) for who, name in self._called.items()]
        self._raw.executemany("INSERT INTO called VALUES (?, ?, ?)", called)
        self._made.clear()
        self._called.clear()
        self._made_more = True

    def _write_told(self) -> None:
        self._raw.executemany(_TELL, self._told.items())
        self._told.clear()
        self._told_more = True

    def begin(self) -> None:
        """Start with the next entry: what was added for the ones before stays."""
        self._fresh.clear()
        if len(self._called) >= _CHUNK:
            self._write()

    def forget(self) -> None:
        """Forget whom the entry at hand has added, since it is taken back."""
        for who, keys in self._fresh:
            for key in keys:
                del self._made[key]
            del self._called[who]
            self.numbers[who[0]].remove(who[1])
        self.begin()

    def add(self, who: Who, name: Localized, keys: Iterable[Key]) -> None:
        """Know somebody who was added, since none of the keys was anybody's."""
        texts = list(dict.fromkeys(map(_text, keys)))
        self._made |= dict.fromkeys(texts, who)
        self._called[who] = name
        self._fresh.append((who, texts))
        self.numbers[who[0]].append(who[1])

    def find(self, keys: Iterable[Key]) -> Who | None:
        """Return who was added under the first of the keys that is known."""
        for key in map(_text, keys):
            found = self._made.get(key)
            if found is None and self._made_more:
                found = self._raw.execute("SELECT noun, number FROM made WHERE key = ?", (key,)).fetchone()
            if found is not None:
                return found
        return None

    def name(self, who: Who) -> Localized | None:
        """Return the name of somebody who was added; None for anybody else."""
        if who in self._called or not self._made_more:
            return self._called.get(who)
        found = self._raw.execute("SELECT name FROM called WHERE noun = ? AND number = ?", who).fetchone()
        return Localized(json.loads(found[0])) if found else None


def _text(key: Key) -> str:
    """Return a key as one text; none of its texts has that character."""
    return "\x1f".join(key)
