"""Organisations that a text names in full first, and in short afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.mentions.organisations import Organisation

_FEWEST_WORDS: Final = 2
_MOST_LEFT_OUT: Final = 2
_OF_EVERY_COUNTRY: Final = frozenset(["ministry", "government", "embassy", "delegation"])
"""Heads of which each country has its own, so that the short name may be another country's."""


def short_for(organisations: Sequence[Organisation]) -> dict[int, int]:
    """Return by the place of an organisation with a short name that of the long one it is short for.

    “Harbour Police” is short for “Kenya Harbour Police”, “Port Authority” for “Port Authority of Kenya”, if the long
    name stands before it, in another sentence, and no country of theirs differs. A headline may leave out what an
    organisation is for: “Port Association” and then “Port Association for Safe Ships”.
    """
    by_word: dict[str, list[int]] = {}
    for at, each in enumerate(organisations):
        for word in {*each.names.get("en", "").lower().split()}:
            by_word.setdefault(word, []).append(at)
    found = {}
    for at, short in enumerate(organisations):
        words = short.names.get("en", "").lower().split()
        if len(words) < _FEWEST_WORDS or short.group or short.known:
            continue
        longer = [one for one in by_word[words[0]][:50] if one != at and _is_short_for(short, organisations[one])]
        if len(longer) == 1:
            found[at] = longer[0]
    return found


def _is_short_for(short: Organisation, long: Organisation) -> bool:
    words, more = short.names["en"].lower().split(), long.names["en"].lower().split()
    if long.group or len(more) <= len(words) or (short.country and long.country and short.country != long.country):
        return False
    begins = more[: len(words)] == words and more[len(words)] in ("of", "in", "for", "on")
    if begins and more[len(words)] in ("for", "on") and not _listed_together(short, long):
        return True
    ends = more[-len(words) :] == words and len(more) - len(words) <= _MOST_LEFT_OUT
    if not begins and (not ends or short.head in _OF_EVERY_COUNTRY):
        return False
    return long.mentions[0].span.end + 1 < short.mentions[0].span.start and not _listed_together(short, long)


def _listed_together(short: Organisation, long: Organisation) -> bool:
    series = {mention.series for mention in long.mentions if mention.series is not None}
    return any(mention.series in series for mention in short.mentions)
