"""The part of a release that says what was held: headlines, and the first sentences of the body in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.page import Kind, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.reading import Reading

_LONGEST: Final = 1500
"""Characters of a sentence that are read; what is longer is a list or no sentence."""


def headlines(reading: Reading, language: str) -> list[Sentence]:
    """Return each headline as one sentence."""
    passages = reading.page.passages_of(Kind.HEADLINE, language=language)
    return [_clipped(Sentence(each.span, each.language, each.kind)) for each in passages]


def lead(reading: Reading, language: str, sentences: int) -> list[Sentence]:
    """Return the first sentences of the body."""
    return [each for each, _ in zip(_body(reading, language), range(sentences), strict=False)]


def _body(reading: Reading, language: str) -> Iterator[Sentence]:
    for each in reading.page.sentences:
        if each.language == language and each.kind is Kind.BODY:
            yield _clipped(each)


def _clipped(sentence: Sentence) -> Sentence:
    if sentence.span.end - sentence.span.start <= _LONGEST:
        return sentence
    return Sentence(Span(sentence.span.start, sentence.span.start + _LONGEST), sentence.language, sentence.kind)
