"""Two contacts that are one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from eventrec.errors import Rejected
from eventrec.models import Affiliation, Alias, Contact, ContactPoint, Event, ProjectParty
from eventrec.services import affiliation, consent, not_same, rows
from eventrec.services.derived import refresh
from eventrec.services.merge import children, participations
from eventrec.services.merge.clash import OTHER, Clash, Decisions, Merged, fill, joined
from eventrec.services.tombstone import bury

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

_FIELDS: Final = ("family_name", "given_name", "honorific", "sex", "languages")


def contacts(
    session: Session,
    keep_id: int,
    other_id: int,
    prefer: Mapping[str, str] | None = None,
    *,
    if_version: int | None = None,
) -> Merged:
    """Give everything of the other contact to the kept one; the other's number and uid lead to it from then on.

    `prefer` decides clashes: `keep` or `other`, by the key of the clash or for all with `*`. Raises Clashes (a
    ChoiceNeeded) naming those that nobody decided, and Rejected for two that somebody told apart.
    """
    keep, other = rows.get(session, Contact, keep_id, if_version), rows.get(session, Contact, other_id)
    _refuse(session, keep, other)
    decisions, done = Decisions(prefer or {}), Merged()
    fill(keep, other, _FIELDS, decisions, {"sex": "not-stated"})
    children.names(session, keep, other)
    keep.note = joined(keep.note, other.note)
    keep.categories = list(dict.fromkeys([*(keep.categories or ()), *(other.categories or ())])) or None
    session.flush()
    _affiliations(session, keep, other, decisions, done)
    done.count("participations", participations.of_contact(session, keep.id, other.id, decisions))
    for what, owner in (("points", ContactPoint.contact_id), ("project roles", ProjectParty.contact_id)):
        done.count(what, children.count(session, owner, other.id))
    done.count("aliases", children.count(session, Alias.contact_id, other.id))
    children.points(session, ContactPoint.contact_id, keep.id, other.id)
    children.aliases(session, Alias.contact_id, keep.id, other.id)
    for _, row in children.move(
        session, ProjectParty.contact_id, keep.id, other.id, lambda row: (row.project_id, row.role)
    ):
        session.delete(row)
    asked = session.scalars(select(Event).where(Event.contact_id == other.id)).all()
    for event in asked:
        event.contact_id = keep.id
    done.count("events to ask about", len(asked))
    moved, done.dropped = consent.hand_over(session, keep.id, other.id)
    done.count("consents", moved)
    decisions.settle()
    _finish(session, keep, other)
    return done


def _refuse(session: Session, keep: Contact, other: Contact) -> None:
    """Refuse a contact and itself, and two that somebody told apart."""
    if keep.id == other.id:
        raise Rejected(f"Contact {keep.id} cannot be merged with itself.", "Name two contacts.")
    if not_same.is_known(session, keep, other):
        raise Rejected(
            f"Somebody found that contact {keep.id} and contact {other.id} are not the same.",
            "If that was wrong, take it back first: eventrec undo, or ask who wrote it: eventrec log",
        )


def _finish(session: Session, keep: Contact, other: Contact) -> None:
    """Leave the other's tombstone, which leads to the kept one."""
    not_same.hand_over(session, keep, other)
    session.flush()
    bury(session, other, replaced_by=keep.uid)
    session.delete(other)
    session.flush()
    session.expire(keep)
    refresh(session, keep)


def _affiliations(session: Session, keep: Contact, other: Contact, decisions: Decisions, done: Merged) -> None:
    """Move where the other worked; of two present main places one stays the main one."""
    mine, theirs = affiliation.current(session, keep.id), affiliation.current(session, other.id)
    moving = session.scalars(select(Affiliation).where(Affiliation.contact_id == other.id)).all()
    if mine is not None and theirs is not None:
        if mine.agency_id == theirs.agency_id:
            fill(mine, theirs, ("position", "unit", "starts_on"), decisions, {})
            session.delete(theirs)
            moving = [row for row in moving if row is not theirs]
        else:
            clash = Clash("agency", *(children.agency_label(session, each.agency_id) for each in (mine, theirs)))
            (mine if decisions.of(clash) == OTHER else theirs).is_primary = False
        session.flush()
    for row in moving:
        row.contact_id = keep.id
    done.count("affiliations", len(moving))
    session.flush()
