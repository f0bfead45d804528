"""Records that look like one and are two, as somebody found who looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from eventrec.errors import AlreadyThere, Rejected
from eventrec.models import NotSame
from eventrec.services import rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eventrec.models import Agency, Contact


def remember(session: Session, one: Contact | Agency, other: Contact | Agency) -> NotSame:
    """Keep in mind that two records are not the same. Raises AlreadyThere, and Rejected for a record and itself."""
    noun = rows.noun(type(one))
    if one.id == other.id:
        raise Rejected(f"{noun.capitalize()} {one.id} is the same as itself.", "Name two records.")
    first, second = sorted((one.uid, other.uid))
    if is_known(session, one, other):
        raise AlreadyThere(
            f"That {noun} {one.id} and {noun} {other.id} are not the same is known already.",
            f"See the pairs that are left: eventrec {noun} duplicates",
        )
    row = NotSame(table_name=one.__tablename__, first_uid=first, second_uid=second)
    session.add(row)
    session.flush()
    return row


def is_known(session: Session, one: Contact | Agency, other: Contact | Agency) -> bool:
    """Tell whether somebody told these two apart."""
    first, second = sorted((one.uid, other.uid))
    query = select(NotSame.id).where(
        NotSame.table_name == one.__tablename__, NotSame.first_uid == first, NotSame.second_uid == second
    )
    return session.scalar(query) is not None


def hand_over(session: Session, keep: Contact | Agency, other: Contact | Agency) -> None:
    """Let what was told apart from a record be apart from the one that takes its place."""
    query = select(NotSame).where(
        NotSame.table_name == keep.__tablename__, or_(NotSame.first_uid == other.uid, NotSame.second_uid == other.uid)
    )
    for row in session.scalars(query).all():
        third = row.second_uid if row.first_uid == other.uid else row.first_uid
        first, second = sorted((keep.uid, third))
        there = session.scalar(
            select(NotSame.id).where(
                NotSame.table_name == keep.__tablename__, NotSame.first_uid == first, NotSame.second_uid == second
            )
        )
        if there is not None or third == keep.uid:
            session.delete(row)
        else:
            row.first_uid, row.second_uid = first, second
        session.flush()
