"""A name taken apart as it is compared: its words, or its Chinese characters and how they are read."""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import islice, product
from typing import Final

from eventrec.patterns import late
from eventrec.text.names import SURNAMES, is_chinese, normalise

_TITLES: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "he",
        "h.e.",
        "sir",
        "dame",
        "amb",
        "ambassador",
        "hon",
        "先生",
        "女士",
        "小姐",
        "博士",
        "教授",
        "阁下",
        "处长",
        "司长",
        "主任",
    ]
)
_READINGS: Final = 16
_KNOWN: Final = 20_000
_TAKEN_APART: Final = 4_000
_ENDS: Final = tuple(_TITLES)
_UMLAUT: Final = late(r"(?<=\b[ln])(?:ü|yu)")
_WORD: Final = late(r"[^\W\d_]+")
_NO_CHARACTER: Final = late(r"[^\w]|\d|_|[a-z]")


class Spelled:
    """A name, with what is known of its spelling; each part is worked out when it is first needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_chinese = is_chinese(text)

    @cached_property
    def words(self) -> list[str]:
        """The words of a name in another script than Chinese, without titles."""
        return words(self.text)

    @cached_property
    def joined(self) -> str:
        """The words without space between."""
        return "".join(self.words)

    @cached_property
    def ordered(self) -> str:
        """The words in the order of the alphabet."""
        return " ".join(sorted(self.words))

    @cached_property
    def reordered(self) -> str:
        """The words in the order of the alphabet, without space between."""
        return self.ordered.replace(" ", "")

    @cached_property
    def different(self) -> frozenset[str]:
        """Each of the words once."""
        return frozenset(self.words)

    @cached_property
    def has_initial(self) -> bool:
        """Whether one of the words is a single letter."""
        return any(len(word) == 1 for word in self.words)

    @cached_property
    def bare(self) -> str:
        """The Chinese characters, without a title behind them."""
        return bare(self.text)

    @cached_property
    def readings(self) -> tuple[str, ...]:
        """The ways in which the Chinese characters may be read, syllables with spaces."""
        return readings(self.bare)

    @cached_property
    def strong(self) -> frozenset[str]:
        """Of these two names share one where their names alone score above 80 (`people.COMMON_NAMES_ALONE`)."""
        if not self.is_chinese:
            return frozenset((self.joined, self.reordered))
        found = {self.bare}
        for reading in self.readings:
            syllables = reading.split()
            found |= {"".join(syllables), "".join([*syllables[1:], *syllables[:1]])}
        return frozenset(found)

    @cached_property
    def sounds(self) -> frozenset[str]:
        """Of these two Chinese names share one where they are the same, sound alike or differ in one character."""
        found = {self.bare, *self.readings}
        if len(self.bare) >= 3:
            found |= {self.bare[:at] + self.bare[at + 1 :] for at in range(len(self.bare))}
        return frozenset(found)


@lru_cache(_TAKEN_APART)
def spelled(name: str) -> Spelled:
    """Return a name taken apart."""
    return Spelled(name)


def words(text: str) -> list[str]:
    """Return the words of a name, normalised and without titles."""
    umlaut = _UMLAUT.sub("v", text.casefold())  # 吕 is written Lü, Lyu and Lv
    found: list[str] = _WORD.findall(normalise(umlaut).replace("'", ""))
    return [word for word in found if word not in _TITLES] or found


def bare(han: str) -> str:
    """Return the Chinese characters of a name without a title behind it."""
    text: str = _NO_CHARACTER.sub("", normalise(han))
    for title in _TITLES if text.endswith(_ENDS) else ():
        if len(text) > len(title) + 1 and text.endswith(title):
            text = text.removesuffix(title)
    return text


@lru_cache(_KNOWN)
def readings(han: str) -> tuple[str, ...]:
    """Return the ways in which a name may be read, syllables with spaces; a surname first in its own reading."""
    from eventrec.text import pinyin

    surname = next((each for each in SURNAMES if han.startswith(each)), "")
    start = [[SURNAMES[surname]]] if surname else []
    syllables = pinyin.readings(han[len(surname) :])
    ways = islice(product(*start, *syllables), _READINGS)
    return tuple(" ".join(each).replace("ü", "v") for each in ways)


def spellings(name: str) -> tuple[str, ...]:
    """Return how a name is known again for certain: normalised, without titles, and that in any order of its words."""
    latin = [] if is_chinese(name) else words(name)
    plain = " ".join(latin) or bare(name)
    return tuple(dict.fromkeys(text for text in (normalise(name), plain, " ".join(sorted(latin))) if text))
