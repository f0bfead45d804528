"""Where a contact works, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from eventrec.errors import Rejected
from eventrec.models import Affiliation, Contact

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.localized import Localized


@dataclass(frozen=True)
class Place:
    """An agency and the position there, from a day on (inclusive; empty when not known)."""

    agency_id: int | None = None
    position: Localized | None = None
    unit: str | None = None
    starts_on: date | None = None
    correct: bool = False
    """The place recorded so far was a mistake: overwrite it instead of ending it."""


def current(session: Session, contact_id: int) -> Affiliation | None:
    """Return the main affiliation that has not ended."""
    return session.scalar(
        select(Affiliation).where(
            Affiliation.contact_id == contact_id, Affiliation.is_primary, Affiliation.ends_on.is_(None)
        )
    )


def on_day(session: Session, contact_id: int, day: date | None) -> Affiliation | None:
    """Return the main affiliation valid on that day; without a day, the one that has not ended."""
    if day is None:
        return current(session, contact_id)
    return session.scalar(
        select(Affiliation)
        .where(
            Affiliation.contact_id == contact_id,
            Affiliation.is_primary,
            or_(Affiliation.starts_on.is_(None), Affiliation.starts_on <= day),
            or_(Affiliation.ends_on.is_(None), Affiliation.ends_on >= day),
        )
        .order_by(Affiliation.starts_on.desc().nulls_last(), Affiliation.id.desc())
        .limit(1)
    )


def move(session: Session, contact: Contact, place: Place) -> Affiliation:
    """Give the contact a new place.

    The same agency, or `correct`: the present affiliation is changed. Another agency: the present one ends the day
    before `starts_on`, which is then required, so that reports of earlier events stay as they were.
    """
    now = current(session, contact.id)
    if now is None:
        return _start(session, contact, place)
    same_agency = place.agency_id in (None, now.agency_id)
    if place.correct or (same_agency and place.starts_on is None):
        return _correct(session, now, place)
    if place.starts_on is None:
        raise Rejected(
            f"Contact {contact.id} has an agency already; since when is it another one?",
            "Say the first day at the new agency with --from DATE, or --correct when the old one was a mistake.",
        )
    if now.starts_on is not None and place.starts_on <= now.starts_on:
        raise Rejected(
            f"The present affiliation of contact {contact.id} starts on {now.starts_on}; the new one cannot start on"
            f" {place.starts_on}.",
            "Say a later day with --from, or overwrite the present one with --correct.",
        )
    now.ends_on = place.starts_on - timedelta(days=1)
    session.flush()
    agency_id = place.agency_id or now.agency_id
    return _start(session, contact, Place(agency_id, place.position, place.unit, place.starts_on))


def _start(session: Session, contact: Contact, place: Place) -> Affiliation:
    if place.agency_id is None:
        raise Rejected(
            f"Contact {contact.id} has no agency that the position could belong to.", "Name it with --agency."
        )
    new = Affiliation(
        contact_id=contact.id,
        agency_id=place.agency_id,
        position=place.position,
        unit=place.unit,
        starts_on=place.starts_on,
        is_primary=True,
    )
    session.add(new)
    session.flush()
    return new


def _correct(session: Session, now: Affiliation, place: Place) -> Affiliation:
    now.agency_id = place.agency_id or now.agency_id
    now.position = place.position or now.position
    now.unit = place.unit or now.unit
    now.starts_on = place.starts_on or now.starts_on
    session.flush()
    return now
