"""Names that the acronym in brackets behind them delimits: “Centre for Aid and Rescue (CAR)” begins at its C."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.organisations.acronyms import acts
from eventrec.draft.mentions.organisations.sighting import Sighting
from eventrec.draft.mentions.organisations.wordlist import words_in
from eventrec.draft.mentions.organisations.words import HEADS, NOT_AGENCIES, PLURAL
from eventrec.patterns import late

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from eventrec.draft.page import Page

_BRACKETS: Final = late(r" \(['\"“]?(?P<code>[A-Z][A-Za-z&-]{1,9})['\"”]?\)")
_WORD: Final = late(r"[^\W\d_][\w'-]*|&|,")
_DOUBTED: Final = 55
_LOOKED_BACK: Final = 140
_FEWEST: Final = 3
_SMALL: Final = words_in("of and for the on in to against & , de des du la et y del e 's with")
_NO_BODIES: Final = words_in(
    "Project Projects Programme Program System Procedures Facility Convention Agreement Strategy Plan Act Course"
    " Policy Compact Goals Framework Memorandum Understanding Declaration Pact Protocol Regulation Award Scholarship"
    " Training Workshop Initiative Mechanism Conference Forum Week Day Law Rules Area Zone Information Advance Number"
    " Platform Tool Technology Intelligence Migration Management Rights Trafficking Countries States Return Returns"
)
"""What ends names in capitals that are those of no organisation."""


def spelled_out(page: Page, found: Sequence[Sighting]) -> list[Sighting]:
    """Return the sightings, those that a name's own acronym shows to be cut off replaced by the whole name."""
    whole = [each for each in _names(page) if not _is_read(each, found)]
    if not whole:
        return list(found)
    taken = {at for each in whole for at in range(each.span.start, each.span.end)}
    kept = [each for each in found if each.span.start not in taken and each.span.end - 1 not in taken]
    return sorted([*kept, *whole], key=lambda each: each.span)


def _is_read(name: Sighting, found: Sequence[Sighting]) -> bool:
    """Tell whether the name is among the sightings already, or inside a longer one that has the acronym."""
    return any(
        each.span.start <= name.span.start and each.span.end >= name.span.end
        for each in found
        if each.span.start <= name.span.start < each.span.end
    )


def _names(page: Page) -> Iterator[Sighting]:
    for sentence in page.sentences:
        if sentence.language == "zh":
            continue
        for match in _BRACKETS.finditer(page.text, sentence.span.start, sentence.span.end):
            start = max(sentence.span.start, match.start() - _LOOKED_BACK)
            begins = _begin(list(_WORD.finditer(page.text, start, match.start())), match["code"])
            if begins is not None:
                made = _sighting(page.text[begins : match.start()], Span(begins, match.start()), match["code"])
                if made and (made.belief > _DOUBTED or acts(page.text, match.end())):
                    yield made


def _begin(words: Sequence[re.Match[str]], code: str) -> int | None:
    """Return where the name begins whose words have the letters of an acronym, read from its end."""
    letters = [letter for letter in code if letter.isalpha()]
    if len(letters) < _FEWEST:
        return None
    for word in reversed(words):
        text = word[0]
        if text[0] == letters[-1] or (text in ("and", "&") and letters[-1] in "a&"):
            letters.pop()
        elif text not in _SMALL and text.lower() != "the":
            return None
        if not letters:
            return word.start() if text[0].isupper() else None
    return None


def _sighting(name: str, span: Span, code: str) -> Sighting | None:
    """Return what is named: by the word that says what it is; without one it is believed less."""
    words = _WORD.findall(name)
    last = words[-1]
    if (last in _NO_BODIES and words[0] not in HEADS) or words[0].endswith("ing") or "Building" in words:
        return None
    head = next((word for word in (last, *words) if word in HEADS and word not in NOT_AGENCIES), None)
    if head in PLURAL:
        return None
    why = f"is spelled out by “{code}”"
    made = Sighting(span, "en", name, why, (head or "body").lower(), code, belief=90)
    return made if head else replace(made, belief=_DOUBTED)
