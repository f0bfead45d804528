"""Entries of calendars for the tests, as the reader gives them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from eventrec.formats.ical.incoming import EventFile, IncomingEvent, IncomingParty
from eventrec.localized import Localized
from eventrec.services.imports import run
from eventrec.services.imports.wish import Wish

if TYPE_CHECKING:
    from eventrec.book import Book
    from eventrec.services.imports.outcome import Outcome

DAY = date(2024, 10, 17)
UID = "0b5e6b36-5f0c-4a3e-9c53-1f3c8f6a0001"
VISIT_UID = "0b5e6b36-5f0c-4a3e-9c53-1f3c8f6a0002"
CREATED, MODIFIED, LATER = "2024-01-02T03:04:05Z", "2024-05-06T07:08:09Z", "2025-01-01T00:00:00Z"


def entry(title: str = "Workshop", chinese: str = "", **fields: Any) -> IncomingEvent:
    """Return an entry of somebody else's calendar, unless `is_ours`."""
    given = {
        "line": 2,
        "uid": "1@host",
        "starts_on": DAY,
        "ends_on": fields.get("starts_on", DAY),
        "created": CREATED,
        "modified": MODIFIED,
        "status": "CONFIRMED",
    }
    text = {"en": title} | ({"zh": chinese} if chinese else {})
    return IncomingEvent(title=Localized(text), **(given | fields))


def party(name: str = "", email: str | None = None, **fields: Any) -> IncomingParty:
    return IncomingParty(Localized({"en": name}) if name else None, email, **fields)


def bring(book: Book, *entries: IncomingEvent, keep: bool = True, **wish: Any) -> Outcome:
    with book.writing("eventrec import all.ics", keep=keep) as work:
        return run.calendar(work.session, EventFile(entries), Wish(today=date(2026, 1, 2), **wish))


def said(outcome: Outcome) -> list[tuple[str, str]]:
    """Return what happens with each entry, and how it is told."""
    return [(each.action, each.text) for each in outcome.results]
