"""The text with names and quotations covered, so that their words are not taken for what the sentence says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.organisations.traditional import simplified
from eventrec.draft.rules.parties.cues import ORGANISATION, QUOTED
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.mentions.organisations import OrganisationMention
    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_QUOTES: Final = late(r"“[^“”]{1,1500}”|\"[^\"]{1,1500}\"|「[^「」]{1,800}」")
_OPEN: Final = late(r"\s*[“\"]")
"""A passage that begins with a quotation mark and does not close it: what is said goes on in the next one."""

_NARROW: Final = str.maketrans("，；：（）！？", ",;:()!?")
_LONGEST: Final = 4000
"""Characters of a sentence that are read; nobody writes longer ones, so what is behind them is no sentence."""

_SHORT: Final = 8
"""A quotation up to this length is a name or a term, and stays."""


_DESCRIBED: Final = late(
    r"(?:\s+(?:on|in|for)\s+[^.,;:()]{1,60}?)?\s+(?:from|of|representing|including|such as|namely)\s|\s*[-–—:]\s|"
    r",?\s+(?:namely|including)\s"
)
"""After a collective: that those who are meant are named next, “European experts from A and B”."""


@dataclass(frozen=True)
class Named:
    """A place where organisation `owner` (its place in the reading) is named."""

    owner: int
    mention: OrganisationMention

    @property
    def start(self) -> int:
        """The first character."""
        return self.mention.span.start

    @property
    def end(self) -> int:
        """The end, exclusive."""
        return self.mention.span.end


def by_sentence(reading: Reading) -> Iterator[tuple[str, Sentence, list[Named]]]:
    """Return each sentence with the covered text of the page and the names in it, as far as a sentence is read."""
    text, named = cover(reading)
    at = 0
    for sentence in reading.page.sentences:
        start, end = sentence.span.start, min(sentence.span.end, sentence.span.start + _LONGEST)
        while at < len(named) and named[at].start < start:
            at += 1
        first = at
        while at < len(named) and named[at].end <= end:
            at += 1
        yield text, replace(sentence, span=Span(start, end)), named[first:at]


def narrow(text: str) -> str:
    """Return the text with Chinese commas, colons and brackets as English ones, each in its place."""
    return text.translate(_NARROW)


def cover(reading: Reading) -> tuple[str, list[Named]]:
    """Return the page's text with names and quotations covered, and the names outside quotations, in order."""
    text = list(narrow(simplified(reading.page).text))
    said = _quotations(reading)
    for start, end in said:
        text[start:end] = QUOTED * (end - start)
    kept = []
    for named in _outermost(reading):
        if text[named.start] == QUOTED and not _is_whole_quotation(named.mention.span, said):
            continue
        text[named.start : named.end] = ORGANISATION * (named.end - named.start)
        kept.append(named)
    return "".join(text), kept


def _outermost(reading: Reading) -> list[Named]:
    """Return every mention that does not begin inside another, in order."""
    every = [
        Named(at, mention)
        for at, each in enumerate(reading.organisations)
        for mention in each.mentions
        if not (each.group and _stands_for_others(reading.page.text, mention.span))
    ]
    every.sort(key=lambda named: (named.start, -named.end))
    kept: list[Named] = []
    for named in every:
        if not kept or named.start >= kept[-1].end:
            kept.append(named)
    return kept


def _stands_for_others(text: str, span: Span) -> bool:
    """Tell whether a collective is said in other words what those named beside it are: A、B等中国政府机构."""
    return text[max(0, span.start - 1) : span.start] == "等" or _DESCRIBED.match(text, span.end) is not None


def _quotations(reading: Reading) -> list[tuple[int, int]]:
    text = reading.page.text
    found = []
    for passage in reading.page.passages_of():
        start, end = passage.span.start, passage.span.end
        quoted = [match.span() for match in _QUOTES.finditer(text, start, end)]
        if not quoted and _OPEN.match(text, start, end):
            quoted = [(start, end)]
        found += [(left, right) for left, right in quoted if right - left > _SHORT]
    return found


def _is_whole_quotation(span: Span, said: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a name is all that stands between the marks."""
    return any(
        start <= span.start and span.end <= end <= span.end + 2 and span.start <= start + 2 for start, end in said
    )
