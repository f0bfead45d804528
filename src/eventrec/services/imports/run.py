"""Runs an import: sheets, cards, a calendar or answers; whoever opened the transaction keeps it or takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.errors import Rejected
from eventrec.services.imports.cards import person
from eventrec.services.imports.outcome import Problem
from eventrec.services.imports.sheets import sheets
from eventrec.services.imports.work import Import

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eventrec.formats.ical.incoming import EventFile
    from eventrec.formats.ical.replies import ReplyFile
    from eventrec.formats.vcard_reader import CardFile
    from eventrec.services.imports.outcome import Outcome
    from eventrec.services.imports.wish import Wish

__all__ = ["calendar", "cards", "replies", "sheets"]


def cards(session: Session, file: CardFile, wish: Wish) -> Outcome:
    """Import contact cards: as contacts, or on an event's list."""
    kind = "participants" if wish.event_id is not None else "contacts"
    work = Import(session, wish, kind)
    for sentence in file.told:
        work.outcome.tell(sentence)
    for card in file.cards:
        if card.kind == "org":
            work.outcome.tell(f"The card at line {card.line} is an organisation, not a person, and was left out.")
            continue
        who, problems = person(card, work.country)
        work.person(who, problems, None)
    for problem in file.problems:
        work.outcome.refuse([Problem("", problem.line, "", problem.message)])
    if not work.outcome.rows:
        raise Rejected("There are no cards in the file.", "Name another file.")
    return work.finish()


def calendar(session: Session, file: EventFile, wish: Wish) -> Outcome:
    """Import the events of a calendar; one that is known is brought up to date by a later state of it."""
    work = Import(session, wish, "events")
    for sentence in file.told:
        work.outcome.tell(sentence)
    work.entries(file)
    for problem in file.problems:
        work.outcome.refuse([Problem("", problem.line, "", problem.message)])
    if not work.outcome.rows:
        raise Rejected("There are no events in the file.", "Name another file.")
    return work.finish()


def replies(session: Session, file: ReplyFile, wish: Wish) -> Outcome:
    """Import answers to invitations: each sets the status of its participant."""
    work = Import(session, wish, "replies")
    for sentence in file.told:
        work.outcome.tell(sentence)
    for reply in file.replies:
        work.reply(reply)
    for problem in file.problems:
        work.outcome.refuse([Problem("", problem.line, "", problem.message)])
    if not work.outcome.rows:
        raise Rejected("There are no answers in the file.", "Name another file.")
    return work.finish()
