"""What belongs to a record and moves with it: other names, e-mails and phones, roles in projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from eventrec.models import Agency, ContactPoint
from eventrec.services import rows
from eventrec.services.aliases import add_alias
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from eventrec.models import Contact


def move(
    session: Session,
    owner: InstrumentedAttribute[Any],
    keep_id: int,
    other_id: int,
    same: Callable[[Any], Hashable] = lambda row: row.id,
) -> list[tuple[Any, Any]]:
    """Give the other's rows to the kept one; returns pairs of those that both have, the kept one's first.

    `owner` is the column that names the owner. Of a pair the caller makes one.
    """
    known = {same(row): row for row in session.scalars(select(owner.class_).where(owner == keep_id))}
    both = []
    for row in session.scalars(select(owner.class_).where(owner == other_id)).all():
        there = known.get(same(row))
        if there is not None:
            both.append((there, row))
        else:
            setattr(row, owner.key, keep_id)
    session.flush()
    return both


def count(session: Session, owner: InstrumentedAttribute[Any], other_id: int) -> int:
    """Return how many rows a record has."""
    return len(session.scalars(select(owner.class_.id).where(owner == other_id)).all())


def points(session: Session, owner: InstrumentedAttribute[Any], keep_id: int, other_id: int) -> None:
    """Move e-mails and phones; one that both have is the same one, and one of each kind stays preferred."""
    mine = session.scalars(select(ContactPoint).where(owner == keep_id, ContactPoint.preferred))
    preferred = {row.kind for row in mine}
    for row in session.scalars(select(ContactPoint).where(owner == other_id, ContactPoint.kind.in_(preferred))):
        row.preferred = False
    session.flush()
    for _, row in move(session, owner, keep_id, other_id, lambda row: (row.kind, row.value)):
        session.delete(row)
    session.flush()


def aliases(session: Session, owner: InstrumentedAttribute[Any], keep_id: int, other_id: int) -> None:
    """Move other names; one that both have is the same one."""
    for _, row in move(session, owner, keep_id, other_id, lambda row: (row.name, row.language)):
        session.delete(row)
    session.flush()


def agency_label(session: Session, agency_id: int) -> str:
    """Return what an agency is called, for a question."""
    agency = rows.get(session, Agency, agency_id)
    return agency.code or agency.name.both()


def names(session: Session, keep: Agency | Contact, other: Agency | Contact) -> None:
    """Take over names in other languages; another name in the same language becomes an alias."""
    for tag, name in other.name.items():
        if tag not in keep.name:
            keep.name = keep.name | {tag: name}
        elif normalise(keep.name[tag]) != normalise(name):
            add_alias(session, keep, name, language=tag)
