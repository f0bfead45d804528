"""What people answered when they were asked whether their data may be used for a purpose (GDPR, article 7)."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from eventrec.errors import AlreadyThere, EventrecError, NotFound, Rejected
from eventrec.models import Consent, Contact
from eventrec.services import rows
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session


class NoAnswer(NotFound):
    """The person was not asked about the purpose, or gave no answer of that kind."""

    def __init__(self, message: str, hint: str) -> None:
        EventrecError.__init__(self, message, hint)


def add(
    session: Session,
    contact_id: int,
    *,
    purpose: str,
    answered_on: date,
    answer: str = "given",
    withdrawn_on: date | None = None,
    source: str | None = None,
) -> Consent:
    """Keep an answer. Raises AlreadyThere when the person has one of that day, and NotFound for nobody."""
    rows.get(session, Contact, contact_id)
    purpose = _as_recorded(session, purpose)
    there = _find(session, contact_id, purpose, answered_on)
    if there:
        raise AlreadyThere(
            f"Contact {contact_id} has an answer of {answered_on} about “{purpose}” already: {there[0].answer}.",
            f'If it is wrong: eventrec privacy consent {contact_id} "{purpose}" --date {answered_on} --correct …',
        )
    row = Consent(
        contact_id=contact_id,
        purpose=purpose,
        answer=answer,
        answered_on=answered_on,
        withdrawn_on=withdrawn_on,
        source=source,
    )
    _check(row)
    session.add(row)
    session.flush()
    return row


def correct(
    session: Session, contact_id: int, *, purpose: str, changes: Mapping[str, Any], answered_on: date | None = None
) -> Consent:
    """Overwrite an answer that was recorded wrongly.

    It is the one of that day. A person's only answer about the purpose is it in any case, and gets that day.
    """
    row = _one(session, contact_id, purpose, answered_on)
    rows.change(row, {**changes, **({"answered_on": answered_on} if answered_on else {})})
    if row.answer == "refused":
        row.withdrawn_on = None
    _check(row)
    session.flush()
    return row


def withdraw(session: Session, contact_id: int, *, purpose: str, withdrawn_on: date) -> Consent:
    """Note that the person took the latest consent back; from that day on it is none.

    Raises NoAnswer without one, and Rejected for one that was withdrawn already: it would be valid again in between.
    """
    given = [row for row in _find(session, contact_id, _as_recorded(session, purpose)) if row.answer == "given"]
    if not given:
        raise _nothing(contact_id, purpose, "consent")
    row = given[-1]
    if row.withdrawn_on is not None:
        raise Rejected(
            f"That consent of contact {contact_id} was withdrawn on {row.withdrawn_on} already; nothing was changed.",
            f"If the day is wrong: eventrec privacy consent {contact_id} {shlex.quote(row.purpose)}"
            f" --date {row.answered_on} --withdrawn {withdrawn_on} --correct",
        )
    row.withdrawn_on = withdrawn_on
    _check(row)
    session.flush()
    return row


def remove(session: Session, contact_id: int, *, purpose: str, answered_on: date | None = None) -> Consent:
    """Remove an answer: the one of that day, or the only one about the purpose."""
    row = _one(session, contact_id, purpose, answered_on, exact=True)
    session.delete(row)
    session.flush()
    return row


def hand_over(session: Session, keep_id: int, other_id: int) -> tuple[int, list[str]]:
    """Give the other person's answers to the kept one, of whom it is the same.

    Returns how many, and what was dropped, in words: of two answers of one day about one purpose nobody knows which
    came later, and the one that allows less stays.
    """
    mine = {(row.purpose, row.answered_on): row for row in _find(session, keep_id)}
    theirs = _find(session, other_id)
    dropped = []
    for row in theirs:
        there = mine.get((row.purpose, row.answered_on))
        if there is None:
            row.contact_id = keep_id
            continue
        stays, goes = sorted((there, row), key=_allows)
        if _allows(stays) != _allows(goes) or stays.source != goes.source:
            dropped.append(f"{goes.purpose}: {say(goes)}; kept: {say(stays)}")
        if stays is row:
            rows.change(there, {name: getattr(row, name) for name in ("answer", "withdrawn_on", "source")})
        session.delete(row)
    session.flush()
    return len(theirs), dropped


def say(row: Consent) -> str:
    """Return an answer in words: "given on 2025-05-03 (sign-in sheet), withdrawn on 2025-07-01"."""
    source = f" ({row.source})" if row.source else ""
    withdrawn = f", withdrawn on {row.withdrawn_on}" if row.withdrawn_on else ""
    return f"{row.answer} on {row.answered_on}{source}{withdrawn}"


def of_contact(session: Session, contact_id: int) -> Sequence[Consent]:
    """Return all answers of a person, the oldest first."""
    return _find(session, contact_id)


def _allows(row: Consent) -> tuple[bool, bool, int]:
    """Return what an answer allows, to be compared: a refusal nothing, a consent until it is withdrawn."""
    return row.answer == "given", row.withdrawn_on is None, row.withdrawn_on.toordinal() if row.withdrawn_on else 0


def _find(
    session: Session, contact_id: int, purpose: str | None = None, answered_on: date | None = None
) -> Sequence[Consent]:
    query = select(Consent).where(Consent.contact_id == contact_id)
    if purpose is not None:
        query = query.where(Consent.purpose == purpose)
    if answered_on is not None:
        query = query.where(Consent.answered_on == answered_on)
    return session.scalars(query.order_by(Consent.answered_on, Consent.id)).all()


def _one(session: Session, contact_id: int, purpose: str, answered_on: date | None, *, exact: bool = False) -> Consent:
    rows.get(session, Contact, contact_id)
    found = _find(session, contact_id, _as_recorded(session, purpose))
    of_day = [row for row in found if row.answered_on == answered_on]
    if of_day or (exact and answered_on is not None):
        found = of_day
    if not found:
        raise _nothing(contact_id, purpose, f"answer of {answered_on}" if answered_on and exact else "answer")
    if len(found) > 1:
        days = ", ".join(str(row.answered_on) for row in found)
        raise Rejected(f"Contact {contact_id} has several answers about “{purpose}”: {days}.", "Name one with --date.")
    return found[0]


def _nothing(contact_id: int, purpose: str, what: str) -> NoAnswer:
    return NoAnswer(
        f"Contact {contact_id} has no {what} about “{purpose}”.",
        f"See all answers: eventrec privacy consents --contact {contact_id}",
    )


def _as_recorded(session: Session, purpose: str) -> str:
    """Return the purpose as the book writes it already, whatever its capitals and spaces here."""
    wanted = normalise(purpose)
    known = session.scalars(select(Consent.purpose).distinct().order_by(Consent.purpose))
    return next((each for each in known if normalise(each) == wanted), purpose)


def _check(row: Consent) -> None:
    if row.withdrawn_on is None:
        return
    if row.answer == "refused":
        raise Rejected("Only a consent can be withdrawn, and this is a refusal.", "Leave out --withdrawn.")
    if row.withdrawn_on < row.answered_on:
        raise Rejected(
            f"It is withdrawn on {row.withdrawn_on}, before it was given on {row.answered_on}.",
            "Correct one of the days.",
        )
