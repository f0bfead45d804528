"""How alike two people are, and which of many are worth a look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.text.likeness.records import LIKELY, Likeness, Person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.text.likeness.spelling import Spelled

_COMMON_NAMES_ALONE: Final = 80
"""No score is higher that a name alone gives."""

_OF_ANOTHER_AGENCY: Final = 72
_ANOTHER_CHINESE_NAME: Final = 30
_TWO_SLIPS: Final = 79
"""Per cent of letters in common, in their order, below which no two of at least ten letters differ in two slips."""


def people(one: Person, other: Person) -> Likeness | None:
    """Return how likely it is that two people are one; None where it is not worth a look."""
    email = bool(one.addresses and other.addresses) and not one.addresses.isdisjoint(other.addresses)
    phone = bool(one.phones and other.phones) and not one.phones.isdisjoint(other.phones)
    agency = one.agency is not None and one.agency == other.agency
    apart = not agency and one.agency is not None and other.agency is not None
    if not (email or phone or agency) and _cannot_be(one, other, apart=apart):
        return None
    score, reason = _names(one.spelled, other.spelled)
    reasons = [reason] if score else []
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
        if apart:
            score = _OF_ANOTHER_AGENCY if score > _COMMON_NAMES_ALONE else 0
            reasons.append("another agency")
        score = min(score, _COMMON_NAMES_ALONE)
    return Likeness(score, tuple(dict.fromkeys(reasons))) if score >= LIKELY else None


def _cannot_be(one: Person, other: Person, *, apart: bool) -> bool:
    """Tell at a glance that two are not worth a look who share neither an address nor a number nor an agency.

    Both have a Chinese name, and these are not alike; or they are of two agencies, and no name is nearly the same.
    """
    if one.sounds and other.sounds and one.sounds.isdisjoint(other.sounds):
        return True
    return apart and one.strong.isdisjoint(other.strong) and not (one.has_long_name and other.has_long_name)


def _names(mine: Sequence[Spelled], theirs: Sequence[Spelled]) -> tuple[int, str]:
    """Return the best score of any two of their names; a different Chinese name on both weighs against it."""
    best = max([_two_names(a, b) for a in mine for b in theirs], default=(0, ""))
    if not best[0]:
        return best
    chinese = [[name for name in names if name.is_chinese] for names in (mine, theirs)]
    if all(chinese) and not any(_chinese(a, b)[0] >= LIKELY for a in chinese[0] for b in chinese[1]):
        return max(0, best[0] - _ANOTHER_CHINESE_NAME), best[1]
    return best


def _two_names(one: Spelled, other: Spelled) -> tuple[int, str]:
    if one.is_chinese:
        return _chinese(one, other) if other.is_chinese else _reads(one, other)
    return _reads(other, one) if other.is_chinese else _latin(one, other)


def _chinese(one: Spelled, other: Spelled) -> tuple[int, str]:
    from rapidfuzz.distance import Levenshtein

    if one.bare == other.bare:
        return 90, "same name"
    if one.sounds.isdisjoint(other.sounds):
        return 0, ""
    if not set(one.readings).isdisjoint(other.readings):
        return 75, f"{one.text} and {other.text} sound alike"
    if Levenshtein.distance(one.bare, other.bare) == 1 and min(len(one.bare), len(other.bare)) >= 3:
        return 75, "one character differs"
    return 0, ""


def _reads(han: Spelled, latin: Spelled) -> tuple[int, str]:
    for reading in han.readings:
        syllables = reading.split()
        if not syllables:
            continue
        for order in (syllables, [*syllables[1:], syllables[0]]):
            if latin.joined == "".join(order) and len(latin.words) > 1:
                return 88, f"{han.text} reads {latin.text}"
        if latin.joined == "".join(syllables):
            return 82, f"{han.text} reads {latin.text}"
        family, given = syllables[0], "".join(syllables[1:])
        if set(latin.words) == {family, given[:1]} and given:
            return 72, f"{han.text} may be {latin.text}"
    return 0, ""


def _latin(one: Spelled, other: Spelled) -> tuple[int, str]:
    if not one.words or not other.words:
        return 0, ""
    if one.words == other.words:
        return 90, "same name"
    if one.joined == other.joined:
        return 88, "the same letters, spaced otherwise"
    if one.reordered == other.reordered:
        return 86, "the same words in another order"
    if _initials(one, other) or _initials(other, one):
        return 74, "an initial for a name"
    shorter, longer = (one, other) if len(one.words) <= len(other.words) else (other, one)
    if len(shorter.words) > 1 and shorter.different < longer.different:
        return 78, "a part of the name is left out"
    return _nearly(one, other)


def _nearly(one: Spelled, other: Spelled) -> tuple[int, str]:
    """Compare words letter by letter; to look first how alike they are at all is far quicker than to count slips."""
    from rapidfuzz import fuzz

    ratio = fuzz.ratio(one.ordered, other.ordered, score_cutoff=_TWO_SLIPS)
    if not ratio:
        return 0, ""
    from rapidfuzz.distance import DamerauLevenshtein

    distance = DamerauLevenshtein.distance(one.ordered, other.ordered, score_cutoff=2)
    if distance <= 2 and min(len(one.joined), len(other.joined)) >= 4 + 3 * distance:
        return (80, "one letter differs") if distance == 1 else (76, "two letters differ")
    return (int(ratio) - 15, "names are alike") if ratio >= 90 and len(one.joined) > 8 else (0, "")


def _initials(short: Spelled, long: Spelled) -> bool:
    """Tell whether “a zaitsev” may be “andrei zaitsev”."""
    if not short.has_initial or len(short.words) != len(long.words) or len(short.words) < 2:
        return False
    rest = list(long.words)
    for word in sorted(short.words, key=len, reverse=True):
        found = next((each for each in rest if each == word or (len(word) == 1 and each.startswith(word))), None)
        if found is None:
            return False
        rest.remove(found)
    return any(len(word) > 1 for word in short.words)


def keys(person: Person) -> frozenset[str]:
    """Return keys of which two people who may be one share at least one: only they need to be compared."""
    found = {f"@{email}" for email in person.addresses} | {f"+{phone}" for phone in person.phones}
    for name in person.spelled:
        found |= set(_name_keys(name))
    return frozenset(found)


def _name_keys(name: Spelled) -> Iterator[str]:
    if name.is_chinese:
        bare = name.bare
        for reading in filter(None, name.readings[:4]):
            joined, family = reading.replace(" ", ""), reading.split()[0]
            yield "".join(sorted(joined))
            yield f"{family} {joined[len(family) :][:1]}"
        for at in range(len(bare) if len(bare) >= 3 else 0):
            yield bare[:at] + "?" + bare[at + 1 :]
        return
    if name.joined:  # else it has no letter, as “???” has none: such names are never alike
        yield "".join(sorted(name.joined))
    for word in name.words:
        if len(word) > 1:
            others = sorted(other[0] for other in name.words if other is not word)
            yield from (f"{word} {initial}" for initial in others)
