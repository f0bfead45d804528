"""The year of a date that leaves it out: where the text governs it, and what hints at it where nothing does."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.days import in_one_year
from eventrec.draft.page import READ, Kind
from eventrec.patterns import late
from eventrec.text.dates import say_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.mentions.datelines import Dateline
    from eventrec.draft.mentions.days import DayMention
    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_OPENING_YEAR: Final = late(r"\s*(?:(?:In|During|Throughout)\s([12]\d{3}),|([12]\d{3})\s?年\s?[,，](?!\s?\d))")
_FUTURE: Final = late(r"\b(?:will|to be held|upcoming|next)\b|将(?:于|在|举)|即将|拟于")
_HALF_A_YEAR: Final = 183
_COPYRIGHT: Final = late(r"(?:©|\bCopyright\b|版权所有)[^\n]{0,20}?\b((?:19|20)\d{2})\b", re.IGNORECASE)
_IN_ADDRESS: Final = late(r"https?://\S{0,200}?[/_-]((?:19|20)\d{2})(?:[/_-]|\d{4}/)")
_YEAR: Final = late(r"(?<![\d/.-])(?:19|20|21)\d{2}(?![\d/.-])")
_MOST_HINTS: Final = 3


def governed(reading: Reading, mention: DayMention, sentence: Sentence, datelines: Sequence[Dateline]) -> DayMention:
    """Return the date with the year that the text governs it by, or as it is.

    The same days stand elsewhere with their year; the sentence opens with a year; the dateline before it has one.
    """
    if mention.full:
        return mention
    return (
        _repeated(reading, mention)
        or _opening(reading, mention, sentence)
        or _dated(reading, mention, sentence, datelines)
        or mention
    )


def in_year(mention: DayMention, year: int, said: Span) -> DayMention:
    """Return the date in a year that stands elsewhere."""
    first, last = in_one_year(mention.first.within(year), mention.last)
    days = tuple(day.within(year) for day in mention.days)
    return replace(mention, first=first, last=last, days=days, borrowed=said)


def _repeated(reading: Reading, mention: DayMention) -> DayMention | None:
    alike = [
        each
        for each in reading.days
        if each.full
        and each.first.written[-5:] == mention.first.written[-5:]
        and reading.page.sentence_at(each.span)
        and each.last.written[-5:] in (mention.last.written[-5:], mention.first.written[-5:])
    ]
    years = {each.first.year for each in alike}
    year = years.pop() if len(years) == 1 else None
    return in_year(mention, year, alike[0].span) if year else None


def _opening(reading: Reading, mention: DayMention, sentence: Sentence) -> DayMention | None:
    found = _OPENING_YEAR.match(reading.page.text, sentence.span.start, mention.span.start)
    if not found:
        return None
    group = 1 if found[1] else 2
    return in_year(mention, int(found[group]), Span(found.start(group), found.end(group)))


def _dated(
    reading: Reading, mention: DayMention, sentence: Sentence, datelines: Sequence[Dateline]
) -> DayMention | None:
    """Take the year that brings the date nearest to the dateline's, before it or, in the future tense, after it."""
    dated = next((each for each in datelines if each.day and each.day.full and not each.day.other), None)
    if dated is None or dated.day is None or mention.span.meets(dated.span):
        return None
    written = dated.day.first
    future = _FUTURE.search(reading.page.of(sentence.span)) is not None
    for year in ((written.year or 0) + step for step in ((0, 1, -1) if future else (0, -1, 1))):
        day = replace(mention.first, year=year)
        away = (day.on() - written.on()).days if day.exists else None
        if away is not None and abs(away) <= _HALF_A_YEAR and (away >= 0 if future else away <= 0):
            return in_year(mention, year, dated.day.span)
    return None


def hints(reading: Reading, but: Sequence[Span]) -> list[str]:
    """Return what hints at the year of the event, as sentences that quote it; nearest to the release first."""
    return list(dict.fromkeys(_hints(reading, but)))[:_MOST_HINTS]


def _hints(reading: Reading, but: Sequence[Span]) -> Iterator[str]:
    page = reading.page
    headlines = [page.of(each.span) for each in page.sentences if each.kind == Kind.HEADLINE]
    for year in _YEAR.findall(" ".join(headlines)):
        yield f"The headline says {year}."
    for each in reading.days:
        passage = page.passage_at(each.span)
        if each.full and passage and passage.kind not in READ:
            yield f"The {passage.kind} says “{page.quoted(each.span)}”."
    if reading.published:
        yield f"The file says that it appeared on {say_date(reading.published)}."
    for each in reading.days:
        passage = page.passage_at(each.span)
        if each.full and passage and passage.kind in READ and each.span not in but:
            yield f"The text also says “{page.quoted(each.span)}”."
    for pattern, what in ((_IN_ADDRESS, "The address of the page has"), (_COPYRIGHT, "The copyright is of")):
        if said := pattern.search(page.text):
            yield f"{what} {said[1]}."
