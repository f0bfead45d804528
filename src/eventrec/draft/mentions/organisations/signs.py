"""Chinese text taken apart: countries, what names end in, what parts and joins them, and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from eventrec.draft.mentions.organisations import lexicon, nations
from eventrec.draft.mentions.organisations.tokens import is_code
from eventrec.draft.mentions.organisations.words_zh import (
    BOUNDARIES,
    CONJUNCTIONS,
    KEPT,
    NOT_BEFORE,
    NOT_BEHIND,
    PARTS,
    SUFFIXES,
)
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

_LATIN: Final = late(r"[A-Za-z][A-Za-z0-9&-]*+(?: [A-Z][A-Za-z]*+)?")
DASHES: Final = frozenset("—–―-")
"""What joins two parties in a name: “中国—东盟中心”."""

_UNIONS: Final = tuple(name for name in nations.UNIONS if not name.isascii())
_HAN: Final = late(r"[\u3400-\u9fff·]")


@dataclass(frozen=True)
class Sign:
    """A word of Chinese text and what it is to a name.

    Kinds: “country”, “code” (Latin letters), “end” and “part” (what a name ends in), “and”, “stop”, “word”.
    """

    text: str
    start: int
    end: int
    kind: str


@cache
def _vocabulary() -> dict[str, dict[str, str]]:
    """Return the kinds of all known words by their first sign."""
    kinds: dict[str, str] = dict.fromkeys(lexicon.words(), "word")
    kinds |= dict.fromkeys(BOUNDARIES, "stop")
    kinds |= dict.fromkeys(KEPT, "word")
    kinds |= dict.fromkeys(nations.chinese(), "country")
    kinds |= {name: "country" for name in nations.UNIONS if _HAN.match(name)}
    kinds |= dict.fromkeys(PARTS, "part")
    kinds |= dict.fromkeys(SUFFIXES, "end")
    kinds |= dict.fromkeys(CONJUNCTIONS, "and")
    found: dict[str, dict[str, str]] = {}
    for word, kind in kinds.items():
        found.setdefault(word[0], {})[word] = kind
    return found


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Return the lengths of known words by their first sign, the longest first."""
    return {first: tuple(sorted({len(word) for word in words}, reverse=True)) for first, words in _vocabulary().items()}


def signs(text: str, start: int, end: int) -> Iterator[Sign]:
    """Return what a stretch of Chinese is made of, in order; blanks and marks are stops."""
    at = start
    found_before = ""
    while at < end:
        char = text[at]
        if char.isascii() and char.isalpha():
            found = _LATIN.match(text, at, end)
            word = found[0].split(" ")[0] if found else char
            yield Sign(word, at, at + len(word), "code" if is_code(word) else "stop")
            found_before = "code"
            at += len(word)
            continue
        if char == "/" and found_before == "end":
            yield Sign(char, at, at + 1, "and")
            found_before = "and"
            at += 1
            continue
        if char in DASHES and found_before == "country" and _begins_party(text, at + 1):
            yield Sign(char, at, at + 1, "word")
            at += 1
            continue
        sign = _known(text, at, end) or Sign(char, at, at + 1, "word" if _HAN.match(char) else "stop")
        yield sign
        found_before = sign.kind
        at = sign.end


def _begins_party(text: str, at: int) -> bool:
    return nations.nation_at(text, at) is not None or text.startswith(_UNIONS, at)


def _known(text: str, at: int, end: int) -> Sign | None:
    words = _vocabulary().get(text[at])
    if words is None:
        return None
    for length in _lengths()[text[at]]:
        word = text[at : at + length]
        if at + length > end or word not in words:
            continue
        kind = words[word]
        if kind == "country":
            return _country(text, at, word)
        if kind in ("end", "part") and not _ends_here(text, at, word):
            continue
        return Sign(word, at, at + length, kind)
    return None


def _country(text: str, at: int, word: str) -> Sign:
    full = nations.nation_at(text, at)
    stop = full.end if full and full.usual == word else at + len(word)
    return Sign(text[at:stop], at, stop, "country")


def _ends_here(text: str, at: int, word: str) -> bool:
    """Tell whether a word ends a name here, and is no piece of another word: “全部”, “部门”."""
    before = text[at - 1 : at]
    behind = text[at + len(word) : at + len(word) + 1]
    if before and before in NOT_BEFORE.get(word, ""):
        return False
    if (behind == "员" and word[-1] == "委") or (behind in ("公", "法", "理") and word[-1] == "办"):
        return False
    if behind and behind in NOT_BEHIND.get(word, ""):
        return word[-1] in "部局署司处厅院所" and behind == "长"
    return True
