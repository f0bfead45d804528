"""How alike two agencies are."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from eventrec.patterns import late
from eventrec.text.likeness.records import LIKELY, Likeness, Organisation
from eventrec.text.likeness.spelling import bare
from eventrec.text.names import is_chinese, normalise

_SMALL: Final = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "de",
        "la",
        "le",
        "les",
        "des",
        "du",
        "et",
        "der",
        "die",
        "das",
        "und",
        "von",
        "a",
        "an",
        "to",
    ]
)


WHOLE_ENOUGH: Final = 5
"""Chinese characters of a name that may be another's without its beginning, or differ from it in one of them."""

SHORTENED_BY: Final = 4
"""Chinese characters that may be left out at the beginning of a name."""

LONG_ENOUGH: Final = 8
"""Characters of a name in other letters in which two may be slips."""

ALIKE: Final = 90
"""How alike two names of as many words are that may be one, in per cent."""

_WORD: Final = late(r"\w+")
_NUMBER: Final = late(r"\d+")
_NO_LETTER: Final = late(r"[^A-Za-z]")
_ACRONYM: Final = range(2, 9)
"""Letters of an acronym."""


def agencies(one: Organisation, other: Organisation) -> Likeness | None:
    """Return how likely it is that two agencies are one; a part and its whole are not."""
    if one.id is not None and (one.id == other.parent or other.id == one.parent):
        return None
    if one.country and other.country and one.country != other.country:
        return None
    mine, theirs = names_of(one), names_of(other)
    score, reason = max((_two_agencies(a, b) for a in mine for b in theirs), default=(0, ""))
    return Likeness(score, (reason,)) if score >= LIKELY else None


def names_of(agency: Organisation) -> list[str]:
    """Return all that an agency is called: its code, its names and its other names."""
    return [*([agency.code] if agency.code else []), *agency.names.values(), *agency.aliases]


@lru_cache(maxsize=50_000)
def _two_agencies(one: str, other: str) -> tuple[int, str]:
    mine, theirs = normalise(one), normalise(other)
    if mine == theirs:
        return 100, "same name"
    if _NUMBER.findall(mine) != _NUMBER.findall(theirs):
        return 0, ""
    chinese = is_chinese(one), is_chinese(other)
    if any(chinese):
        return _chinese(bare(one), bare(other)) if all(chinese) else (0, "")
    a_words, b_words = agency_words(mine), agency_words(theirs)
    if a_words and sorted(a_words) == sorted(b_words):
        return 90, "the same words in another order"
    for short, words, text in ((one, b_words, other), (other, a_words, one)):
        if acronym_of(short) in acronyms_of(text, words):
            return 85, f"{short} may be short for {text}"
    return _spelled(a_words, b_words, min(len(mine), len(theirs)))


def _chinese(a: str, b: str) -> tuple[int, str]:
    from rapidfuzz.distance import Levenshtein

    if a == b:
        return 95, "same name"
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= WHOLE_ENOUGH:
        if longer.endswith(shorter) and len(longer) - len(shorter) <= SHORTENED_BY:
            return 78, f"{shorter} may be short for {longer}"
        if Levenshtein.distance(a, b) == 1:
            return 82, "one character differs"
    return 0, ""


def _spelled(a_words: list[str], b_words: list[str], length: int) -> tuple[int, str]:
    """Compare words letter by letter; `length` is that of the shorter name."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    a, b = " ".join(sorted(a_words)), " ".join(sorted(b_words))
    distance = Levenshtein.distance(a, b)
    if distance <= 2 and length >= LONG_ENOUGH:
        return 86 - 3 * distance, "one letter differs" if distance == 1 else "two letters differ"
    ratio = fuzz.ratio(a, b)
    return (int(ratio) - 15, "names are alike") if ratio >= ALIKE and len(a_words) == len(b_words) else (0, "")


def agency_words(text: str) -> list[str]:
    """Return the words of a normalised name that tell something, those of a plural as of one."""
    found: list[str] = _WORD.findall(text)
    return [word.removesuffix("s") if len(word) > 4 else word for word in found if word not in _SMALL]


def acronym_of(short: str) -> str:
    """Return the letters of a name that may be an acronym, in small ones; empty for any other."""
    letters: str = _NO_LETTER.sub("", short)
    return letters.lower() if len(letters) in _ACRONYM and letters.isupper() and " " not in short.strip() else ""


def acronyms_of(text: str, words: list[str]) -> set[str]:
    """Return what a name may be shortened to: the first letters of the words that tell something, and of all."""
    if len(words) < 2:
        return set()
    return {"".join([word[0] for word in words]), "".join([word[0] for word in _WORD.findall(normalise(text))])}
