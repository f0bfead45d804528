"""How alike two names are, and why: what a person looks at before two records become one.

The score is 0 to 100. It never decides by itself: two people may have one name, and a part of an agency is not its
whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from eventrec.text.names import SURNAMES, is_chinese, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIKELY: Final = 70
"""Below this two records are not worth a look."""

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
_COMMON_NAMES_ALONE: Final = 80
"""No score is higher that a name alone gives."""

_OF_ANOTHER_AGENCY: Final = 72
_READINGS: Final = 16


@dataclass(frozen=True)
class Person:
    """What a person is compared by; e-mails and phones as they are kept, `agency` its number."""

    names: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    agency: int | None = None


@dataclass(frozen=True)
class Organisation:
    """What an agency is compared by; `id` and `parent` are numbers in the book."""

    names: Mapping[str, str]
    code: str | None = None
    aliases: tuple[str, ...] = ()
    country: str | None = None
    kind: str = "other"
    parent: int | None = None
    id: int | None = None


@dataclass(frozen=True)
class Likeness:
    """A score with its reasons, in words that a person can judge."""

    score: int
    reasons: tuple[str, ...] = field(default=())


def people(one: Person, other: Person) -> Likeness | None:
    """Return how likely it is that two people are one; None where it is not worth a look."""
    names = _names(one, other)
    reasons = [names[1]] if names[0] else []
    score = names[0]
    email = {each.lower() for each in one.emails} & {each.lower() for each in other.emails}
    phone = one.phones & other.phones
    agency = one.agency is not None and one.agency == other.agency
    if email:
        score = 100 if score >= LIKELY else LIKELY
        reasons.append("same e-mail" if score == 100 else "same e-mail, different names")
    if phone:
        score = max(score, min(100, score + 15)) if score >= LIKELY else max(score, LIKELY - 10)
        reasons.append("same phone")
    if agency and score:
        score = min(100, score + 10)
        reasons.append("same agency")
    elif not email and not phone and score:
        apart = one.agency is not None and other.agency is not None
        if apart:
            score = _OF_ANOTHER_AGENCY if score > _COMMON_NAMES_ALONE else 0
            reasons.append("another agency")
        score = min(score, _COMMON_NAMES_ALONE)
    return Likeness(score, tuple(dict.fromkeys(reasons))) if score >= LIKELY else None


def _names(one: Person, other: Person) -> tuple[int, str]:
    """Return the best score of any two of their names; a different Chinese name on both weighs against it."""
    mine, theirs = (*one.names.values(), *one.aliases), (*other.names.values(), *other.aliases)
    best = max((_two_names(a, b) for a in mine for b in theirs), default=(0, ""))
    chinese = [[name for name in names if is_chinese(name)] for names in (mine, theirs)]
    if all(chinese) and best[0] and not any(_chinese(a, b)[0] >= LIKELY for a in chinese[0] for b in chinese[1]):
        return max(0, best[0] - 30), best[1]
    return best


@lru_cache(maxsize=20_000)
def _two_names(one: str, other: str) -> tuple[int, str]:
    chinese = is_chinese(one), is_chinese(other)
    if all(chinese):
        return _chinese(one, other)
    if any(chinese):
        han, latin = (one, other) if chinese[0] else (other, one)
        return _reads(han, latin)
    return _latin(one, other)


def _chinese(one: str, other: str) -> tuple[int, str]:
    from rapidfuzz.distance import Levenshtein

    mine, theirs = _bare(one), _bare(other)
    if mine == theirs:
        return 90, "same name"
    if {*_readings(mine)} & {*_readings(theirs)}:
        return 75, f"{one} and {other} sound alike"
    distance = Levenshtein.distance(mine, theirs)
    if distance == 1 and min(len(mine), len(theirs)) >= 3:
        return 75, "one character differs"
    return 0, ""


def _reads(han: str, latin: str) -> tuple[int, str]:
    words = _words(latin)
    joined = "".join(words)
    for reading in _readings(_bare(han)):
        syllables = reading.split()
        if not syllables:
            continue
        for order in (syllables, [*syllables[1:], syllables[0]]):
            if joined == "".join(order) and len(words) > 1:
                return 88, f"{han} reads {latin}"
        if joined == "".join(syllables):
            return 82, f"{han} reads {latin}"
        family, given = syllables[0], "".join(syllables[1:])
        if set(words) == {family, given[:1]} and given:
            return 72, f"{han} may be {latin}"
    return 0, ""


def _latin(one: str, other: str) -> tuple[int, str]:
    from rapidfuzz import fuzz
    from rapidfuzz.distance import DamerauLevenshtein

    mine, theirs = _words(one), _words(other)
    if not mine or not theirs:
        return 0, ""
    if mine == theirs:
        return 90, "same name"
    if "".join(mine) == "".join(theirs):
        return 88, "the same letters, spaced otherwise"
    if sorted(mine) == sorted(theirs) or "".join(sorted(mine)) == "".join(sorted(theirs)):
        return 86, "the same words in another order"
    if _initials(mine, theirs) or _initials(theirs, mine):
        return 74, "an initial for a name"
    shorter, longer = sorted((mine, theirs), key=len)
    if len(shorter) > 1 and set(shorter) < set(longer):
        return 78, "a part of the name is left out"
    distance = DamerauLevenshtein.distance(" ".join(sorted(mine)), " ".join(sorted(theirs)))
    if distance <= 2 and min(len("".join(mine)), len("".join(theirs))) >= 4 + 3 * distance:
        return (80, "one letter differs") if distance == 1 else (76, "two letters differ")
    ratio = fuzz.token_sort_ratio(" ".join(mine), " ".join(theirs))
    return (int(ratio) - 15, "names are alike") if ratio >= 90 and len("".join(mine)) > 8 else (0, "")


def _initials(short: list[str], long: list[str]) -> bool:
    """Tell whether “a zaitsev” may be “andrei zaitsev”."""
    if len(short) != len(long) or len(short) < 2 or not any(len(word) == 1 for word in short):
        return False
    rest = list(long)
    for word in sorted(short, key=len, reverse=True):
        found = next((each for each in rest if each == word or (len(word) == 1 and each.startswith(word))), None)
        if found is None:
            return False
        rest.remove(found)
    return any(len(word) > 1 for word in short)


def _words(text: str) -> list[str]:
    umlaut = re.sub(r"(?<=\b[ln])(?:ü|yu)", "v", text.casefold())  # 吕 is written Lü, Lyu and Lv
    words = re.findall(r"[^\W\d_]+", normalise(umlaut).replace("'", ""))
    return [word for word in words if word not in _TITLES] or words


def _bare(han: str) -> str:
    """Return the Chinese characters of a name without a title behind it."""
    text = re.sub(r"[^\w]|\d|_|[a-z]", "", normalise(han))
    for title in _TITLES:
        if len(text) > len(title) + 1 and text.endswith(title):
            text = text.removesuffix(title)
    return text


@lru_cache(maxsize=20_000)
def _readings(han: str) -> tuple[str, ...]:
    """Return the ways in which a name may be read, syllables with spaces; a surname first in its own reading."""
    from pypinyin import Style, pinyin

    surname = next((each for each in SURNAMES if han.startswith(each)), "")
    start = [[SURNAMES[surname]]] if surname else []
    syllables = pinyin(han[len(surname) :], style=Style.NORMAL, heteronym=True, v_to_u=False)
    return tuple(" ".join(each) for each in islice(product(*start, *syllables), _READINGS))


def spellings(name: str) -> tuple[str, ...]:
    """Return how a name is known again for certain: normalised, without titles, and that in any order of its words."""
    words = [] if is_chinese(name) else _words(name)
    bare = " ".join(words) or _bare(name)
    return tuple(dict.fromkeys(text for text in (normalise(name), bare, " ".join(sorted(words))) if text))


def keys(person: Person) -> frozenset[str]:
    """Return keys of which two people who may be one share at least one: only they need to be compared."""
    found = {f"@{email.lower()}" for email in person.emails} | {f"+{phone}" for phone in person.phones}
    for name in (*person.names.values(), *person.aliases):
        found |= set(_name_keys(name))
    return frozenset(found)


def _name_keys(name: str) -> Iterator[str]:
    if is_chinese(name):
        bare = _bare(name)
        for reading in filter(None, _readings(bare)[:4]):
            yield "".join(sorted(reading.replace(" ", "")))
            yield f"{reading.split()[0]} {reading.replace(' ', '')[len(reading.split()[0]) :][:1]}"
        for at in range(len(bare) if len(bare) >= 3 else 0):
            yield bare[:at] + "?" + bare[at + 1 :]
        return
    words = _words(name)
    yield "".join(sorted("".join(words)))
    for word in words:
        if len(word) > 1:
            others = sorted(other[0] for other in words if other is not word)
            yield from (f"{word} {initial}" for initial in others)


def agencies(one: Organisation, other: Organisation) -> Likeness | None:
    """Return how likely it is that two agencies are one; a part and its whole are not."""
    if one.id is not None and (one.id == other.parent or other.id == one.parent):
        return None
    if one.country and other.country and one.country != other.country:
        return None
    mine = [*([one.code] if one.code else []), *one.names.values(), *one.aliases]
    theirs = [*([other.code] if other.code else []), *other.names.values(), *other.aliases]
    score, reason = max((_two_agencies(a, b) for a in mine for b in theirs), default=(0, ""))
    return Likeness(score, (reason,)) if score >= LIKELY else None


@lru_cache(maxsize=50_000)
def _two_agencies(one: str, other: str) -> tuple[int, str]:
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    mine, theirs = normalise(one), normalise(other)
    if mine == theirs:
        return 100, "same name"
    if re.findall(r"\d+", mine) != re.findall(r"\d+", theirs):
        return 0, ""
    if is_chinese(one) or is_chinese(other):
        if not (is_chinese(one) and is_chinese(other)):
            return 0, ""
        a, b = _bare(one), _bare(other)
        if a == b:
            return 95, "same name"
        shorter, longer = sorted((a, b), key=len)
        if len(shorter) >= 5 and longer.endswith(shorter) and len(longer) - len(shorter) <= 4:
            return 78, f"{shorter} may be short for {longer}"
        if len(shorter) >= 5 and Levenshtein.distance(a, b) == 1:
            return 82, "one character differs"
        return 0, ""
    a_words, b_words = _agency_words(mine), _agency_words(theirs)
    if a_words and sorted(a_words) == sorted(b_words):
        return 90, "the same words in another order"
    for short, words, text in ((one, b_words, other), (other, a_words, one)):
        if _is_acronym(short, words, text):
            return 85, f"{short} may be short for {text}"
    distance = Levenshtein.distance(" ".join(sorted(a_words)), " ".join(sorted(b_words)))
    length = min(len(mine), len(theirs))
    if distance <= 2 and length >= 8:
        return 86 - 3 * distance, "one letter differs" if distance == 1 else "two letters differ"
    ratio = fuzz.ratio(" ".join(sorted(a_words)), " ".join(sorted(b_words)))
    return (int(ratio) - 15, "names are alike") if ratio >= 90 and len(a_words) == len(b_words) else (0, "")


def _agency_words(text: str) -> list[str]:
    return [
        word.removesuffix("s") if len(word) > 4 else word for word in re.findall(r"\w+", text) if word not in _SMALL
    ]


def _is_acronym(short: str, words: list[str], text: str) -> bool:
    letters = re.sub(r"[^A-Za-z]", "", short)
    if not 2 <= len(letters) <= 8 or not letters.isupper() or " " in short.strip():
        return False
    every = "".join(word[0] for word in re.findall(r"\w+", normalise(text)))
    return letters.lower() in ("".join(word[0] for word in words), every) and len(words) > 1
