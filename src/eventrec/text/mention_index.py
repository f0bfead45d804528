"""Many patterns looked for in many texts: only those are tried of which a text holds the rarest word or figures.

So the time that a text takes does not grow with the number of people who are looked for.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD: Final = late(r"[^\W_]+")
_BETWEEN_LETTERS: Final = late(r"[\s·]+")
_FOREIGN: Final = late(r"[^\x00-\x7f]{2,}")
_NUMBER: Final = late(r"\d(?:[\s()./-]*\d){5,}", re.ASCII)
_NO_FIGURE: Final = late(r"\D+", re.ASCII)
_FIGURES: Final = 6
_KEPT: Final = 500
"""Combinations of patterns that are kept compiled."""


class Index:
    """Patterns, by a key that every text has in which they are found."""

    def __init__(self) -> None:
        self._patterns: list[str] = []
        self._always: set[int] = set()
        self._words: dict[str, set[int]] = {}
        self._pairs: dict[str, set[int]] = {}
        self._figures: dict[str, set[int]] = {}
        self._compiled: dict[tuple[int, ...], re.Pattern[str]] = {}

    def add(self, patterns: Sequence[str], *, words: str = "", pair: str = "", figures: str = "") -> None:
        """Add patterns that are found only where a text has a key.

        `words` is text of which every word is whole wherever the pattern is found, `pair` two letters between which
        there may be space, `figures` at least six figures, however they are grouped.
        """
        for pattern in patterns:
            number = len(self._patterns)
            self._patterns.append(pattern)
            if len(figures) >= _FIGURES:
                self._figures.setdefault(figures[:_FIGURES], set()).add(number)
            elif len(pair) > 1 and not pair.casefold()[:1].isascii() and not pair.casefold()[1:].isascii():
                self._pairs.setdefault(pair.casefold()[:2], set()).add(number)
            elif not figures and (found := _WORD.findall(words.casefold())):
                rarest = min(found, key=lambda word: (len(self._words.get(word, ())), -len(word)))
                self._words.setdefault(rarest, set()).add(number)
            else:
                self._always.add(number)

    def pattern(self, text: str) -> re.Pattern[str] | None:
        """Return one pattern of all that may be in a text; None for a text that has none of them."""
        numbers = tuple(sorted(self._possible(text)))
        if not numbers:
            return None
        if numbers not in self._compiled:
            if len(self._compiled) >= _KEPT:
                self._compiled.clear()
            found = sorted({self._patterns[number] for number in numbers}, key=lambda each: (-len(each), each))
            self._compiled[numbers] = re.compile("|".join(found), re.IGNORECASE)
        return self._compiled[numbers]

    def _possible(self, text: str) -> set[int]:
        found, folded = set(self._always), text.casefold()
        for index, keys in (
            (self._words, _WORD.findall(folded) if self._words else ()),
            (self._pairs, _pairs(folded) if self._pairs and not text.isascii() else ()),
            (self._figures, _sixes(text) if self._figures else ()),
        ):
            for key in index.keys() & set(keys):
                found |= index[key]
        return found


def _pairs(text: str) -> Iterable[str]:
    """Yield every two letters that follow each other, space apart."""
    for run in _FOREIGN.findall(_BETWEEN_LETTERS.sub("", text)):
        yield from map("".join, pairwise(run))


def _sixes(text: str) -> Iterable[str]:
    """Yield every six figures that follow each other in a number, however it is grouped."""
    for grouped in _NUMBER.findall(text):
        number = _NO_FIGURE.sub("", grouped)
        yield from (number[at : at + _FIGURES] for at in range(len(number) - _FIGURES + 1))
