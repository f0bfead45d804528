"""Names of people in Latin letters, and what stands around them: “IOM China’s Programme Manager Mr. A B”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.draft.rules.contact.phrases.words import (
    ACRONYMS,
    HEADS,
    HONORIFIC,
    LETTER,
    MODIFIERS,
    NO_NAMES,
    OFFICE_WORDS,
    PARTICLES,
    TITLES,
    UPPER,
)
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

WORD: Final = late(rf"(?:[{UPPER}]\.(?:\s?-?[{UPPER}]\.)*|[{LETTER}][{LETTER}0-9'’.\-]*(?<![.'’\-])|&)")
"""A word or an initial."""

_HONORIFIC: Final = late(rf"(?<![{LETTER}]){HONORIFIC}(?=\s|$)\s*")
_NEVER: Final = HEADS | OFFICE_WORDS | NO_NAMES | MODIFIERS | TITLES
_POSSESSIVE: Final = late(r"['’]s?$")
_ARTICLE: Final = late(r"(?:the|our|its|their|a|an|to|with|from|of|at|either)\s+", re.IGNORECASE)
_MOST_WORDS: Final = 5
_JOINS: Final = frozenset(["of", "for", "on", "in", "to", "and", "&", "the"])
_PLACED: Final = late(r",?\s+(?:at|from|of|in|with)\s+(?:the\s+)?|\s*[(,]\s*")


@dataclass(frozen=True)
class Phrase:
    """What a phrase tells of a person; places within the phrase."""

    name: tuple[int, int] | None = None
    honorific: str | None = None
    position: tuple[int, int] | None = None
    office: tuple[int, int] | None = None


@dataclass(frozen=True)
class Word:
    """A word of a phrase, where it stands, and what it can be."""

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """The word in small letters, without a possessive."""
        return _POSSESSIVE.sub("", self.text).lower()

    @property
    def capital(self) -> bool:
        """Tell whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def acronym(self) -> bool:
        """Tell whether it is written in capitals only."""
        return len(self.text) > 1 and self.text.isupper() and "." not in self.text


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of a stretch of text."""
    found = WORD.finditer(text, start, len(text) if end is None else end)
    return [Word(match[0], match.start(), match.end()) for match in found]


def is_name(found: Sequence[Word], acronyms: Collection[str] = ACRONYMS, fewest: int = 2) -> bool:
    """Tell whether words can be the full name of a person."""
    if not fewest <= len(found) <= _MOST_WORDS or (not found[0].capital and found[0].plain not in PARTICLES):
        return False
    if not found[-1].capital or len(found[-1].text) < 2 or sum(len(word.text) for word in found) > 60:
        return False
    if any(not word.capital and word.plain not in PARTICLES for word in found):
        return False
    return not any(_not_of_a_name(word, acronyms) for word in found)


def _not_of_a_name(word: Word, acronyms: Collection[str]) -> bool:
    if word.plain in PARTICLES and not word.capital:
        return False
    if any(char.isdigit() for char in word.text) or word.text in acronyms or _POSSESSIVE.search(word.text):
        return True
    return word.plain in _NEVER or word.text == "&"


def read_phrase(text: str, acronyms: Collection[str] = ACRONYMS) -> Phrase:
    """Return what a phrase of a contact block tells: a name, a position, an office, or several of them."""
    start = _after(_ARTICLE, text, 0)
    if titled := _HONORIFIC.search(text, start):
        return _titled(text, start, titled, acronyms)
    found = words(text, start)
    if not found:
        return Phrase()
    if named := _named_then_placed(text, start, acronyms):
        return named
    if any(word.plain in HEADS for word in found):
        return _with_position(text, found, acronyms)
    if is_name(found, acronyms):
        return Phrase(name=(found[0].start, found[-1].end))
    return Phrase(office=_office(text, found))


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _titled(text: str, start: int, titled: re.Match[str], acronyms: Collection[str]) -> Phrase:
    """Read “Programme Manager Mr. A B of IOM China”: the name follows its title."""
    tail = words(text, titled.end())
    length = 0
    while length < len(tail) and _goes_on(tail, length, acronyms, text):
        length += 1
    while length and not tail[length - 1].capital:
        length -= 1
    if not length:
        return Phrase()
    name = (tail[0].start, tail[length - 1].end)
    before = read_phrase(text[: titled.start()].rstrip(" ,:"), acronyms) if titled.start() > start else Phrase()
    after = _rest(text, name[1], acronyms)
    return Phrase(name, titled[0].strip(), before.position or after.position, before.office or after.office)


def _goes_on(tail: Sequence[Word], at: int, acronyms: Collection[str], text: str) -> bool:
    word = tail[at]
    if at and text[tail[at - 1].end : word.start].strip():
        return False
    if at >= _MOST_WORDS or not (word.capital or word.plain in PARTICLES):
        return False
    return not _not_of_a_name(word, acronyms)


def _named_then_placed(text: str, start: int, acronyms: Collection[str]) -> Phrase | None:
    """Read “A B at the IOM Office in China”: the name comes first."""
    placed = _PLACED.search(text, start)
    if placed is None or not is_name(words(text, start, placed.start()), acronyms):
        return None
    first = words(text, start, placed.start())
    rest = _rest(text, placed.start(), acronyms)
    return Phrase((first[0].start, first[-1].end), None, rest.position, rest.office)


def _rest(text: str, at: int, acronyms: Collection[str]) -> Phrase:
    """Read what follows a name: “at the IOM Office in China”, “, Programme Manager”."""
    begin = _after(_PLACED, text, at)
    found = words(text, begin)
    if not found or not any(word.capital for word in found):
        return Phrase()
    if any(word.plain in HEADS for word in found):
        return _with_position(text, found, acronyms)
    return Phrase(office=_office(text, found))


def _with_position(text: str, found: list[Word], acronyms: Collection[str]) -> Phrase:
    """Read “IOM China’s Programme Manager A B”, “Head of Communications”, “Press Officer at the Embassy”."""
    head = max(at for at, word in enumerate(found) if word.plain in HEADS)
    name_at = len(found)
    while (
        name_at > head + 1
        and not _not_of_a_name(found[name_at - 1], acronyms)
        and (found[name_at - 1].capital or found[name_at - 1].plain in PARTICLES)
    ):
        name_at -= 1
    named = found[name_at:]
    name = (named[0].start, named[-1].end) if is_name(named, acronyms) else None
    rest = found[:name_at] if name else found
    first = next(at for at, word in enumerate(rest) if word.plain in HEADS)
    while first > 0 and rest[first - 1].plain in MODIFIERS | HEADS and not _POSSESSIVE.search(rest[first - 1].text):
        first -= 1
    owner = rest[:first]
    if owner and not any(_owns(word, acronyms) for word in owner):
        owner = []
        while first > 0 and rest[first - 1].capital:
            first -= 1
    if not first < len(rest):
        return Phrase(name)
    position_end, office = _split_office(text, rest, first)
    office = office or (_office(text, owner) if owner else None)
    return Phrase(name, None, (rest[first].start, position_end), office)


def _owns(word: Word, acronyms: Collection[str]) -> bool:
    """Tell whether a word before a position is of the office that the position is at."""
    return word.acronym or word.text in acronyms or word.plain in OFFICE_WORDS or bool(_POSSESSIVE.search(word.text))


def _split_office(text: str, rest: Sequence[Word], first: int) -> tuple[int, tuple[int, int] | None]:
    """Return where a position ends, and the office after “at”, “from” or “with”."""
    for at in range(first + 1, len(rest)):
        if rest[at].text in ("at", "from", "with"):
            office = _office(text, rest[at + 1 :])
            return rest[at - 1].end, office
    return rest[-1].end, None


def _office(text: str, found: Sequence[Word]) -> tuple[int, int] | None:
    """Return the stretch of an office's name: from its first capital to its last word, joined by small words."""
    first = next((at for at, word in enumerate(found) if word.capital), None)
    if first is None:
        return None
    last = first
    for at in range(first + 1, len(found)):
        if not (found[at].capital or found[at].plain in _JOINS) or _parted(text, found[at - 1], found[at]):
            break
        if found[at].capital:
            last = at
    end = found[last].end
    possessive = _POSSESSIVE.search(text[found[last].start : end])
    return found[first].start, end - len(possessive[0]) if possessive else end


def _parted(text: str, one: Word, other: Word) -> bool:
    return bool(text[one.end : other.start].strip())
