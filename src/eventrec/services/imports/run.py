"""Runs an import: sheets, cards, a calendar or answers; whoever opened the transaction keeps it or takes it back."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from eventrec.errors import Rejected
from eventrec.services.imports.cards import CardRows
from eventrec.services.imports.outcome import Problem
from eventrec.services.imports.sheets import sheets
from eventrec.services.imports.work import Import

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from eventrec.formats.ical.incoming import EventFile
    from eventrec.formats.ical.replies import ReplyFile
    from eventrec.formats.vcard_reader import Card, CardFile, Group
    from eventrec.services.imports.outcome import Outcome
    from eventrec.services.imports.wish import Wish

__all__ = ["calendar", "cards", "replies", "sheets"]


def cards(session: Session, file: CardFile, wish: Wish) -> Outcome:
    """Import contact cards: as contacts, or on an event's list."""
    kind = "participants" if wish.event_id is not None else "contacts"
    work = Import(session, wish, kind)
    work.outcome.unit = "line"
    for sentence in file.told:
        work.outcome.tell(sentence)
    rows = CardRows(work.outcome, work.country)
    if kind == "contacts":
        work.agencies_of(file.agencies, rows)
    else:
        for card in file.agencies:
            work.outcome.tell_at("An organisation and not a person, left out, the card at", card.line)
    work.know_agencies(file.revised)
    work.people_of(_filed(file, work.outcome), rows)
    for problem in file.problems:
        work.outcome.refuse([Problem("", problem.line, "", problem.message)])
    if not (work.outcome.rows or file.groups or file.agencies):
        raise Rejected("There are no cards in the file: no line BEGIN:VCARD.", "Name another file.")
    return work.finish()


def _filed(file: CardFile, outcome: Outcome) -> Iterable[Card]:
    """Return the people of a file, those of a group filed under its name."""
    if not file.groups:
        return file.people
    groups_of: dict[str, list[Group]] = {}
    for group in file.groups:
        for member in filter(None, group.members) if group.name else ():
            groups_of.setdefault(member, []).append(group)
    found = {card.uid for card in chain(file.people, file.agencies) if card.uid in groups_of}
    for group in file.groups:
        has_members = bool(group.name) and not found.isdisjoint(group.members)
        what = "whose name is now a category of its members" if has_members else "without its members, left out"
        outcome.tell_at(f"A group {what}, the card at", group.line)
    return (_filed_under(groups_of.get(card.uid, ()), card) for card in file.people)


def _filed_under(groups: Sequence[Group], card: Card) -> Card:
    card.categories = tuple(dict.fromkeys([*card.categories, *(group.name for group in groups)]))
    return card


def calendar(session: Session, file: EventFile, wish: Wish) -> Outcome:
    """Import the events of a calendar; one that is known is brought up to date by a later state of it."""
    from eventrec.services.imports.calendars.taking_in import take_in

    return take_in(session, file, wish)


def replies(session: Session, file: ReplyFile, wish: Wish) -> Outcome:
    """Import answers to invitations: each sets the status of its participant."""
    work = Import(session, wish, "replies")
    work.outcome.unit = "line"
    for sentence in file.told:
        work.outcome.tell(sentence)
    work.replies(file.replies)
    for problem in file.problems:
        work.outcome.refuse([Problem("", problem.line, "", problem.message)])
    if not work.outcome.rows:
        raise Rejected("There are no answers in the file.", "Name another file.")
    return work.finish()
