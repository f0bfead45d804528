"""Who did what in the book: names of people at work that are a forgotten person's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from eventrec.models import ChangeSet
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy.orm import Session

FORGOTTEN: Final = "[forgotten]"
"""What stands in the place of an actor who is forgotten."""


def forget_actors(session: Session, names: Collection[str]) -> int:
    """Let nobody of these names have done anything, whatever their case; returns how many change sets that were.

    Nothing else of the history is looked at: such a name may be a word that stands in many texts.
    """
    wanted = {normalise(name) for name in names} - {"", FORGOTTEN}
    taken = [name for name in _at_work(session) if normalise(name) in wanted]
    theirs = ChangeSet.actor.in_(taken) | ChangeSet.database_role.in_(taken)
    number = session.scalar(select(func.count()).select_from(ChangeSet).where(theirs)) or 0
    for column in (ChangeSet.actor, ChangeSet.database_role):
        session.execute(
            update(ChangeSet).where(column.in_(taken)).values({column: FORGOTTEN}),
            execution_options={"synchronize_session": False},
        )
    return number


def like(session: Session, emails: Iterable[str]) -> list[str]:
    """Return the actors whose name is the part of an e-mail address before the @: perhaps the same person."""
    parts = {normalise(email.partition("@")[0]) for email in emails}
    return sorted(name for name in _at_work(session) if normalise(name) in parts)


def _at_work(session: Session) -> set[str]:
    """Return every actor and role of the database that the history names."""
    return {
        name
        for column in (ChangeSet.actor, ChangeSet.database_role)
        for name in session.scalars(select(column).distinct())
        if name
    }
