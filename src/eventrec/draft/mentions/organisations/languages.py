"""One organisation in two languages: which Chinese name and which English one are of the same."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from eventrec.draft.mentions.organisations import lexicon, nations
from eventrec.draft.mentions.organisations.keys import diplomatic
from eventrec.draft.mentions.organisations.wordlist import words_in
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from eventrec.draft.mentions.organisations.organisation import Organisation
    from eventrec.draft.page import Page

_ENOUGH: Final = 60
"""From this likeness on (0 to 100) two names are one organisation."""

_MOST: Final = 150
"""So many organisations of each language are compared with each other."""

_SMALL: Final = words_in("of the and for in on to s al general")
_WORD: Final = late(r"[a-z]+(?:'s)?")


def joined(page: Page, found: Sequence[Organisation]) -> list[Organisation]:
    """Return the organisations with those of the two languages that are the same put together, one to one.

    What stays alone in the second language of a release in two is marked `doubled`: it may be one of the first.
    """
    english = [each for each in found if "zh" not in each.names][:_MOST]
    chinese = [each for each in found if "en" not in each.names][:_MOST]
    if not english or not chinese:
        return list(found)
    pairs = dict(_pairs(english, chinese))
    pairs |= aligned(english, chinese, pairs)
    other = {id(english[a]): chinese[b] for a, b in pairs.items()}
    gone = {id(chinese[b]) for b in pairs.values()}
    second = page.languages[-1]
    made = []
    for each in found:
        if id(each) in other:
            made.append(_one(each, other[id(each)]))
        elif id(each) not in gone:
            made.append(replace(each, doubled=second in each.names and len(each.names) == 1))
    return sorted(made, key=lambda each: each.mentions[0].span)


def _one(one: Organisation, other: Organisation) -> Organisation:
    mentions = tuple(sorted((*one.mentions, *other.mentions), key=lambda each: each.span))
    return replace(
        one,
        names={**one.names, **other.names},
        mentions=mentions,
        code=one.code or other.code,
        known=one.known or other.known,
        country=one.country or other.country,
        belief=max(one.belief, other.belief),
        head=one.head or other.head,
        parent=one.parent or other.parent,
    )


def _pairs(english: Sequence[Organisation], chinese: Sequence[Organisation]) -> Iterator[tuple[int, int]]:
    """Return the best pairs of places in both lists, each used once."""
    scored = sorted(
        ((likeness(one, other), -abs(a - b), a, b) for a, one in enumerate(english) for b, other in enumerate(chinese)),
        reverse=True,
    )
    used: set[tuple[str, int]] = set()
    for score, _, a, b in scored:
        if score < _ENOUGH:
            break
        if ("en", a) not in used and ("zh", b) not in used:
            used |= {("en", a), ("zh", b)}
            yield a, b


def aligned(
    english: Sequence[Organisation], chinese: Sequence[Organisation], pairs: Mapping[int, int]
) -> dict[int, int]:
    """Return more pairs: items of two lists of one length that hold a pair in the same place, and none elsewhere."""
    found: dict[int, int] = {}
    lists = [each for each in _lists(chinese) if len(each) > 1]
    for one in _lists(english):
        for other in lists:
            if len(one) != len(other):
                continue
            taken = {*pairs.values(), *found.values()}
            places = list(zip(one, other, strict=True))
            agreed = [pairs.get(a) == b for a, b in places]
            apart = [a not in pairs and b not in taken for a, b in places]
            if any(agreed) and all(yes or free for yes, free in zip(agreed, apart, strict=True)):
                found |= {
                    a: b for (a, b), free in zip(places, apart, strict=True) if free and _may_be(english[a], chinese[b])
                }
    return found


def _lists(found: Sequence[Organisation]) -> list[list[int]]:
    """Return the enumerations of a text, each as the places of its organisations in the order of the text."""
    lists: dict[int, list[tuple[int, int]]] = {}
    for at, each in enumerate(found):
        for mention in each.mentions:
            if mention.series is not None:
                lists.setdefault(mention.series, []).append((mention.span.start, at))
    return [list(dict.fromkeys(at for _, at in sorted(each))) for each in lists.values()]


def _may_be(one: Organisation, other: Organisation) -> bool:
    """Tell whether nothing speaks against a pair: country, kind, the first letters of an acronym."""
    if one.group != other.group or (one.known and other.known):
        return False
    if one.country and other.country and one.country != other.country:
        return False
    english, chinese = one.names["en"], other.names["zh"]
    if one.head is None or english.isupper():
        return english.startswith("UN") == chinese.startswith("联合国")
    means = lexicon.words().get(other.head or "", ())
    return one.head in means or bool(set(means) & _english_words(english))


def likeness(one: Organisation, other: Organisation) -> int:
    """Return how alike an English and a Chinese name are: by acronym, by place and kind, by their words."""
    if one.known and other.known:
        return 0
    if one.code and one.code == other.code:
        return 100
    if one.country and other.country and one.country != other.country:
        return 0
    english, chinese = one.names["en"], other.names["zh"]
    mark, mark_zh = diplomatic(english), diplomatic(chinese)
    if mark and mark_zh:
        return _of_marks(mark, mark_zh)
    if one.group != other.group:
        return 0
    if english.isupper() and " " not in english:
        return _of_letters(english, chinese)
    return _of_words(english, chinese)


def _of_letters(acronym: str, chinese: str) -> int:
    """Tell whether an acronym may be of the words of a Chinese name: “NIA” of “国家 移民 管理局”."""
    parts = _in_parts(chinese)
    if len(parts) != len(acronym) or len(parts) < 3:
        return 0
    choices = [{word[0] for word in _means(part) or ()} for part in parts]
    letters = list(acronym.lower())
    in_order = all(letter in choice for letter, choice in zip(letters, choices, strict=True))
    return 80 if in_order else 70 if _assigned(letters, choices) else 0


def _assigned(letters: Sequence[str], choices: Sequence[set[str]]) -> bool:
    """Tell whether each letter can be that of another word."""
    if not letters:
        return True
    return any(
        letters[0] in choice and _assigned(letters[1:], [*choices[:at], *choices[at + 1 :]])
        for at, choice in enumerate(choices)
    )


def _of_marks(one: tuple[str, str, str | None], other: tuple[str, str, str | None]) -> int:
    if one[:2] != other[:2]:
        return 0
    return 95 if one[2] == other[2] else 80 if None in (one[2], other[2]) else 0


def _of_words(english: str, chinese: str) -> int:
    """Return how many of the words of each name the other has too."""
    words = _english_words(english)
    parts = _in_parts(chinese)
    if not words or not parts:
        return 0
    if not any(word.startswith("country:") for word in words):
        parts = [part for part in parts if not part.startswith("country:")]
    rest = set(words)
    hit = 0
    for part in parts:
        means = _means(part)
        found = rest & set(means) if means else set()
        hit += means == () or bool(found)
        rest -= found
    return round(100 * min(hit / len(parts), (len(words) - len(rest)) / len(words)))


@lru_cache(maxsize=1024)
def _english_words(name: str) -> frozenset[str]:
    """Return the words of an English name that count, a country as its code."""
    words = name.replace("European Union", "EU").replace("United Nations", "UN").replace("-", " ").split()
    found = set()
    at = 0
    while at < len(words):
        length = next((each for each in (4, 3, 2, 1) if _nation(words[at : at + each])), 0)
        if length:
            found.add(f"country:{_nation(words[at : at + length])}")
        else:
            found |= set(_WORD.findall(words[at].lower())) - _SMALL
        at += length or 1
    return frozenset(found)


def _nation(words: Sequence[str]) -> str | None:
    text = " ".join(words).removesuffix("'s").removesuffix(",")
    return nations.names().get(text) or nations.adjectives().get(text)


@lru_cache(maxsize=1024)
def _in_parts(chinese: str) -> Sequence[str]:
    """Return the words of a Chinese name, a country as its code, a city as its English name."""
    nation = nations.nation_at(chinese)
    if nation:
        return [f"country:{nation.code}", *lexicon.in_words(chinese[nation.end :].replace("和", "").replace("与", ""))]
    for length in (4, 3, 2):
        city = nations.city_in_english(chinese[:length])
        if city:
            return [f"city:{city.lower()}", *lexicon.in_words(chinese[length:].lstrip("省"))]
    return lexicon.in_words(chinese.replace("和", "").replace("与", ""))


def _means(part: str) -> tuple[str, ...] | None:
    if part.startswith("country:"):
        return (part,)
    if part.startswith("city:"):
        return tuple(part.removeprefix("city:").split())
    return lexicon.words().get(part)
