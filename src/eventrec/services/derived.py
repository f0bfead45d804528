"""What is computed on write: the text that `search` looks in and the key that lists are ordered by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from eventrec.db.check.derived import stale
from eventrec.db.derived import computed
from eventrec.models import Agency, Alias, Contact, ContactPoint, Event, Project

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session


def fill(row: Agency | Contact | Project | Event, names: Iterable[str] = (), points: Iterable[str] = ()) -> None:
    """Compute the derived columns from the row, its aliases and the values of its points."""
    fields = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    for name, value in computed(str(row.__tablename__), fields, names, points).items():
        setattr(row, name, value)


def refresh(session: Session, row: Agency | Contact | Project) -> None:
    """Compute the derived columns anew; call it after the row, its aliases or its points changed."""
    session.flush()
    owner = {Agency: Alias.agency_id, Contact: Alias.contact_id, Project: Alias.project_id}[type(row)]
    names = session.scalars(select(Alias.name).where(owner == row.id)).all()
    points: Iterable[str] = ()
    if isinstance(row, Contact):
        points = session.scalars(select(ContactPoint.value).where(ContactPoint.contact_id == row.id)).all()
    fill(row, names, points)
    session.flush()


def mend(session: Session) -> int:
    """Compute the derived columns anew where they are out of date; returns how many rows that were."""
    count = 0
    for model in (Agency, Contact, Project, Event):
        numbers = list(stale(session.connection(), model.__table__))  # type: ignore[arg-type]
        for number in numbers:
            row = session.get_one(model, number)
            if isinstance(row, Agency | Contact | Project):
                refresh(session, row)
            elif isinstance(row, Event):
                fill(row)
        count += len(numbers)
    session.flush()
    return count
