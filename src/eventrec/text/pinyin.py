"""How Chinese characters are read, without tones: by the tables of pypinyin, looked up in the files where they lie.

As a module pypinyin keeps them all in memory, 57 MB for a handful of names. A text is taken apart as it does it: the
longest phrase that is known first, else a single character. The tests hold the two equal.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import EventrecError
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KNOWN: Final = 2_000
_TONES: Final = str.maketrans("", "", "\u0300\u0301\u0304\u030c")
_KEY: Final = re.compile(rb'"([^"]+)": ')
_HAN: Final = late(
    "[\u3007\ue815-\ue864\ufa18\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a703-\U0002b73f"
    "\U0002b740-\U0002b81d\U0002b825-\U0002bf6e\U0002c029-\U0002ce93\U0002d016\U0002d11b-\U0002ebd9"
    "\U0002f80a-\U0002fa1f\U00030000-\U0003134a\U00031350-\U00032389]"
)


class _Table:
    """A file with one JSON object, each of its keys at the beginning of a line and all in order."""

    def __init__(self, name: str, order: Callable[[str], int | str]) -> None:
        spec = find_spec("pypinyin")
        file = spec and spec.origin and Path(spec.origin).with_name(name)
        if not file or not file.is_file():
            raise EventrecError(
                "Chinese names cannot be read: the tables of pypinyin are not where Python packages are.",
                "Install it again: pip install --force-reinstall pypinyin",
            )
        self._text = file.read_bytes()
        self._last = self._text.rindex(b'"', 0, self._text.rindex(b'": '))
        self._order = order

    def between(self, first: int | str, end: int | str) -> dict[str, Any]:
        """Return all from one key on and before another."""
        found = self._text[self._place(first) : self._place(end)]
        return json.loads(b"{" + found.rstrip(b",}\n") + b"}")  # type: ignore[no-any-return]

    def _place(self, key: int | str) -> int:
        """Return where the first key begins that is not before this one."""
        at = bisect_left(range(self._last + 1), key, key=lambda at: self._order(self._key(at)[1].decode()))
        return self._key(at).start() if at <= self._last else len(self._text)

    def _key(self, at: int) -> re.Match[bytes]:
        """Return the next key at or behind a place, which is not behind the last one."""
        return _KEY.search(self._text, at)  # type: ignore[return-value]


@cache
def _characters() -> _Table:
    return _Table("pinyin_dict.json", int)


@cache
def _all_phrases() -> _Table:
    return _Table("phrases_dict.json", str)


def readings(text: str) -> list[list[str]]:
    """Return how each Chinese character may be read, the usual way first; other characters stay together as they are.

    Of characters that are a phrase only the ways that they have in it are told. Syllables are in small letters, with ü.
    """
    found = []
    for is_han, run in groupby(text, key=lambda character: _HAN.fullmatch(character) is not None):
        found += [ways for part in _parts("".join(run)) for ways in _ways(part)] if is_han else [["".join(run)]]
    return found


def _parts(han: str) -> Iterator[str]:
    """Yield the phrases and single characters of a text; one that only begins a phrase has no phrase within."""
    while han:
        phrases = _phrases(han[0])
        longest = max((phrase for phrase in phrases if han.startswith(phrase)), key=len, default="")
        if not longest and any(phrase.startswith(han) for phrase in phrases):
            yield from han
            return
        yield longest or han[0]
        han = han[len(longest or han[0]) :]


def _ways(part: str) -> list[list[str]]:
    return _phrases(part[0]).get(part) or [_of_one(part)]


@lru_cache(_KNOWN)
def _phrases(first: str) -> dict[str, list[list[str]]]:
    """Return the phrases that begin with a character, with the readings of each of theirs."""
    found = _all_phrases().between(first, chr(ord(first) + 1))
    return {phrase: list(map(_plain, ways)) for phrase, ways in found.items()}


@lru_cache(_KNOWN)
def _of_one(character: str) -> list[str]:
    code = ord(character)
    found = _characters().between(code, code + 1)
    return _plain(found[str(code)].split(",")) if found else [character]


def _plain(syllables: list[str]) -> list[str]:
    """Return syllables without tones, each once."""
    bare = (unicodedata.normalize("NFD", syllable).translate(_TONES) for syllable in syllables)
    return list(dict.fromkeys(unicodedata.normalize("NFC", syllable) for syllable in bare if syllable))
