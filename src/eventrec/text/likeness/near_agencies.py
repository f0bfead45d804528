"""Which of many agencies are worth comparing with one, found without comparing each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.patterns import late
from eventrec.text.likeness.agencies import (
    ALIKE,
    LONG_ENOUGH,
    SHORTENED_BY,
    WHOLE_ENOUGH,
    acronym_of,
    acronyms_of,
    agency_words,
    names_of,
)
from eventrec.text.likeness.spelling import bare
from eventrec.text.names import is_chinese, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.text.likeness.records import Organisation

_DIGITS: Final = late(r"\d+")
_LETTERS: Final = 2
"""Letters in which a name may differ and is still the same but for a slip."""

_WHOLE: Final = "acronym of"
_SHORT: Final = "acronym"
"""Whoever is asked about under the one is known under the other."""

Key = tuple[str, tuple[str, ...], str]


class _Words(NamedTuple):
    """The words of a name in the order of the alphabet, and what they are looked up by."""

    text: str
    digits: tuple[str, ...]
    number: int
    is_long: bool


class NearAgencies:
    """Agencies by what their names are likely to have in common: all that `agencies` finds likely are found here."""

    def __init__(self) -> None:
        self._by_key: dict[int, tuple[int, ...]] = {}  # by hash: two keys that share one are told apart later
        self._by_length: defaultdict[tuple[tuple[str, ...], int], dict[_Words, set[int]]] = defaultdict(dict)

    def add(self, number: int, agency: Organisation) -> None:
        """Know an agency, or more names of one that is known."""
        for name in names_of(agency):
            for key in _keys(name, _WHOLE, _SHORT):
                known = self._by_key.get(hash(key), ())
                if number not in known:
                    self._by_key[hash(key)] = (*known, number)
            if words := _words(name):
                self._by_length[words.digits, len(words.text)].setdefault(words, set()).add(number)

    def near(self, agency: Organisation) -> set[int]:
        """Return the numbers of those that may be the same as an agency, itself among them if it is known."""
        found: set[int] = set()
        for name in names_of(agency):
            for key in _keys(name, _SHORT, _WHOLE):
                found.update(self._by_key.get(hash(key), ()))
            if words := _words(name):
                found.update(*self._spelled_alike(words))
        return found

    def _spelled_alike(self, words: _Words) -> Iterator[set[int]]:
        from rapidfuzz import fuzz, process
        from rapidfuzz.distance import Levenshtein

        length = len(words.text)
        spread = max(_LETTERS, length // 4 + 1)  # a ratio of 90 lets the longer have 22 % more
        for other in range(max(0, length - spread), length + spread + 1):
            there = self._by_length.get((words.digits, other))
            if not there:
                continue
            known = list(there)
            texts = [each.text for each in known]
            if words.is_long and abs(other - length) <= _LETTERS:
                for _, _, at in process.extract(
                    words.text, texts, scorer=Levenshtein.distance, score_cutoff=_LETTERS, limit=None
                ):
                    yield there[known[at]]
            for _, _, at in process.extract(words.text, texts, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None):
                if known[at].number == words.number:
                    yield there[known[at]]


def _words(name: str) -> _Words | None:
    """Return the words of a name; None for one in Chinese."""
    if is_chinese(name):
        return None
    plain = normalise(name)
    found = sorted(agency_words(plain))
    return _Words(" ".join(found), _digits(plain), len(found), len(plain) >= LONG_ENOUGH)


def _digits(plain: str) -> tuple[str, ...]:
    return tuple(_DIGITS.findall(plain))


def _keys(name: str, whole: str, short: str) -> Iterator[Key]:
    """Yield what a name is found by; as a `whole` by its acronyms, as a `short` one by its own letters."""
    plain = normalise(name)
    digits = _digits(plain)
    yield "same", digits, plain
    if is_chinese(name):
        han = bare(name)
        yield "han", digits, han
        for at in range(1, min(SHORTENED_BY, len(han) - WHOLE_ENOUGH) + 1):
            yield "han", digits, han[at:]
        for at in range(len(han) if len(han) >= WHOLE_ENOUGH else 0):
            yield "han", digits, han[:at] + han[at + 1 :]
        return
    yield "words", digits, " ".join(sorted(agency_words(plain)))
    if letters := acronym_of(name):
        yield short, digits, letters
    for letters in acronyms_of(name, agency_words(plain)):
        yield whole, digits, letters
