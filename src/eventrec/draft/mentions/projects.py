"""Projects and programmes of a text: their names as they are written, with acronym, phase and what leads to them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from eventrec.draft.mentions import projects_en, projects_zh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.evidence import Span
    from eventrec.draft.reading import Reading


_MOST: Final = 300
"""Mentions that are read; what names more is no release."""


@dataclass(frozen=True)
class ProjectMention:
    """One place where a project is named.

    `name` is without phase, acronym and who pays; `span` holds all of them. `code` is the acronym alone, `written` with
    the phase that the text writes behind it (“MMSP III”). `led` tells that words say that the event
    belongs to it (“in the framework of”, “在…框架下”), `batch` that the phase counts its participants (第七期学员).
    """

    span: Span
    language: str
    name: str
    code: str | None = None
    written: str | None = None
    phase: str | None = None
    led: bool = False
    quoted: bool = False
    batch: bool = False


def find(reading: Reading) -> Sequence[ProjectMention]:
    """Return every project of the text, in order."""
    modules = {"en": projects_en, "zh": projects_zh}
    found = (
        ProjectMention(language=sentence.language, **each)
        for sentence in reading.page.sentences
        if sentence.language in modules
        for each in modules[sentence.language].in_sentence(reading.page.text, sentence)
    )
    return sorted(islice(found, _MOST), key=lambda each: each.span)


def named_at(mentions: Sequence[ProjectMention], span: Span) -> ProjectMention | None:
    """Return the project whose name has a character in common with a stretch; mentions are in order."""
    before = bisect_left(mentions, span.end, key=lambda each: each.span.start)
    return mentions[before - 1] if before and mentions[before - 1].span.meets(span) else None
