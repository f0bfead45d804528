"""Reading a release: the page is laid out, every field asks its rules, what they found becomes the proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.draft import occasions, rules
from eventrec.draft.mentions import days
from eventrec.draft.page import READ, Kind, lay_out
from eventrec.draft.proposal import Draft, Ignored, Proposal
from eventrec.draft.reading import Reading

if TYPE_CHECKING:
    from datetime import date

    from eventrec.draft.gazetteer import Gazetteer
    from eventrec.draft.page import Page


def read(source: str, gazetteer: Gazetteer, *, published: date | None = None, url: str | None = None) -> Proposal:
    """Return what a release says of its events, with evidence; places are those of `source`.

    `published` is the day that the file says it appeared: a hint where the text lacks the year, never an answer.
    """
    reading = Reading(lay_out(source), gazetteer, published)
    fillers = rules.load()
    drafts = []
    for occasion in occasions.find(reading):
        draft = Draft()
        for fill in fillers:
            fill(reading, occasion, draft)
        drafts.append(draft)
    ignored = (*_ignored(reading.page), *_no_days(reading))
    return Proposal(tuple(drafts), ignored, url or _address(reading.page))


def _ignored(page: Page) -> list[Ignored]:
    """Return the passages that were not read."""
    return [
        Ignored(
            page.source[each.span.start : each.span.end], each.span.start, each.span.end, each.why or str(each.kind)
        )
        for each in page.passages
        if each.kind not in (*READ, Kind.DATELINE)
    ]


def _no_days(reading: Reading) -> list[Ignored]:
    """Return what is written like a date in the text and is none: “31 February”."""
    return [
        Ignored(reading.page.quoted(each.span), each.span.start, each.span.end, "there is no such day")
        for each in days.impossible(reading)
        if reading.page.sentence_at(each.span)
    ]


def _address(page: Page) -> str | None:
    """Return the address of the page, where the text begins with it."""
    found = next(page.passages_of(Kind.ADDRESS), None)
    return page.of(found.span).strip() if found else None
