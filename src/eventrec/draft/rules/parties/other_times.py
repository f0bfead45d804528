"""How far a sentence is about the event, and not about another time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.page import Kind
from eventrec.draft.rules.parties import chinese, english
from eventrec.patterns import late

if TYPE_CHECKING:
    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading
    from eventrec.draft.rules.parties.cues import Grammar

_YEAR: Final = late(
    r"(?<![\d(])(?:19|20)\d\d(?!\d)(?!\s+(?:[A-Z]\w+\s+){0,3}?(?:Convention|Protocol|Agreement|Constitution|Law|Act)\b)"
)
"""A year, but not that of a law: “the 1951 Convention”, “the Convention (1951)”."""

_NEAR: Final = late(
    r"(?:last|past|next|coming|earlier)\s+(?:this\s+)?(?:week|month)|earlier\s+this|upcoming", re.IGNORECASE
)
"""What the first sentence of a release says of its event: it was held last week, or will be next week."""

_IS_HOLDING: Final = late(
    r"\b(?:is|are)\s+(?:also\s+|jointly\s+)?(?:hosting|holding|organi[sz]ing|running|conducting|convening)\s+(?:an?|the|its)\b"
)
"""What a sentence says of the event and not of another: “is holding a course next week”."""


def grammar(sentence: Sentence) -> Grammar:
    """Return the words of a sentence's language."""
    return chinese.GRAMMAR if sentence.language == "zh" else english.GRAMMAR


def leads(reading: Reading) -> frozenset[int]:
    """Return where the first sentence of the body begins, in each language."""
    first: dict[str, int] = {}
    for sentence in reading.page.sentences:
        if sentence.kind == Kind.BODY:
            first.setdefault(sentence.language, sentence.span.start)
    return frozenset(first.values())


def is_of_other_time(text: str, sentence: Sentence, year: int | None, *, lead: bool) -> bool:
    """Tell whether a sentence names another time, or other years than the event's."""
    start, end = sentence.span.start, sentence.span.end
    near = lead or _IS_HOLDING.search(text, start, end) is not None
    for found in grammar(sentence).other_time.finditer(text, start, end):
        if not near or not _NEAR.fullmatch(found[0]):
            return True
    years = {int(found[0]) for found in _YEAR.finditer(text, start, end)}
    return bool(year and years and year not in years)
