"""What a page is made of: passages of one kind in one language, and the sentences of those that are read."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from eventrec.draft.page import sentences

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from eventrec.draft.evidence import Span


class Kind(StrEnum):
    """What a passage is.

    A DATELINE stands alone in a line and says where and when the release was written: “北京, 06/02/2018 - 09:01”. It is
    no sentence of the release, so `Page.sentences` leaves it out, but rules for the date and the place may look at it.
    A dateline that begins a paragraph (“Beijing – The …”) stays part of the BODY. A STAMP was put there by the web
    page: its date is when the page was made, a hint at most.
    """

    HEADLINE = "headline"
    BODY = "body"
    DATELINE = "dateline"
    CAPTION = "caption"
    STAMP = "page stamp"
    MENU = "menu"
    ADDRESS = "address of the page"
    OTHER = "not of the release"


READ: Final = (Kind.HEADLINE, Kind.BODY)
"""What rules read; the rest is ignored, or a hint."""


@dataclass(frozen=True)
class Passage:
    """A stretch of one kind in one language ("en", "zh"); `why` says why it is not read."""

    span: Span
    kind: Kind
    language: str
    why: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a headline or of the body."""

    span: Span
    language: str
    kind: Kind


class Page:
    """The passages of a release in order.

    `text` has one character for each of `source`, so that a place in one is the same place in the other. In it blanks
    are plain, full-width letters and figures are narrow, and a line that was broken in mid-sentence goes on.
    """

    def __init__(self, source: str, text: str, passages: tuple[Passage, ...]) -> None:
        self.source = source
        self.text = text
        self.passages = passages

    def of(self, span: Span) -> str:
        """Return the plain text of a stretch."""
        return self.text[span.start : span.end]

    def quoted(self, span: Span) -> str:
        """Return the words of a stretch as the source has them."""
        return self.source[span.start : span.end]

    def passages_of(self, *kinds: Kind, language: str | None = None) -> Iterator[Passage]:
        """Return the passages of these kinds, or all that are read; of one language where it is given."""
        for passage in self.passages:
            if passage.kind in (kinds or READ) and language in (None, passage.language):
                yield passage

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of headlines and body, in order."""
        return tuple(
            Sentence(span, passage.language, passage.kind)
            for passage in self.passages_of()
            for span in sentences.split(self.text, passage.span, passage.language)
        )

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that the release is written in, the one with more text first."""
        size: dict[str, int] = {}
        for passage in self.passages_of():
            weight = 3 if passage.language == "zh" else 1
            size[passage.language] = size.get(passage.language, 0) + weight * (passage.span.end - passage.span.start)
        return tuple(sorted(size, key=lambda each: -size[each]))

    def passage_at(self, span: Span) -> Passage | None:
        """Return the passage that a stretch begins in."""
        found = _at(self._passage_starts, span)
        return self.passages[found] if found >= 0 and span.start < self.passages[found].span.end else None

    def sentence_at(self, span: Span) -> Sentence | None:
        """Return the sentence that a stretch begins in."""
        found = _at(self._sentence_starts, span)
        return self.sentences[found] if found >= 0 and span.start < self.sentences[found].span.end else None

    def search(self, pattern: re.Pattern[str], language: str | None = None) -> Iterator[re.Match[str]]:
        """Find a pattern in each sentence that is read; places are those of the whole text."""
        for sentence in self.sentences:
            if language in (None, sentence.language):
                yield from pattern.finditer(self.text, sentence.span.start, sentence.span.end)

    @cached_property
    def _passage_starts(self) -> Sequence[int]:
        return [each.span.start for each in self.passages]

    @cached_property
    def _sentence_starts(self) -> Sequence[int]:
        return [each.span.start for each in self.sentences]


def _at(starts: Sequence[int], span: Span) -> int:
    """Return which stretch may hold the beginning of a span, or -1; the starts are in order."""
    return bisect_right(starts, span.start) - 1
