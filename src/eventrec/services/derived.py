"""What is computed on write: the text that `search` looks in and the key that lists are ordered by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from eventrec import models
from eventrec.db.derived import computed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from eventrec.models import Agency, Contact, Event, Project, Record


def fill(row: Agency | Contact | Project | Event, names: Iterable[str] = (), points: Iterable[str] = ()) -> None:
    """Compute the derived columns from the row, its aliases and the values of its points."""
    fields = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    for name, value in computed(str(row.__tablename__), fields, names, points).items():
        setattr(row, name, value)


def refresh(session: Session, row: Agency | Contact | Project) -> None:
    """Compute the derived columns anew; call it after the row, its aliases or its points changed."""
    session.flush()
    alias = models.Alias
    owner = {"agency": alias.agency_id, "contact": alias.contact_id, "project": alias.project_id}[row.__tablename__]
    names = session.scalars(select(alias.name).where(owner == row.id)).all()
    points: Iterable[str] = ()
    if isinstance(row, models.Contact):
        point = models.ContactPoint
        points = session.scalars(select(point.value).where(point.contact_id == row.id)).all()
    fill(row, names, points)
    session.flush()


def mend(session: Session) -> tuple[int, int]:
    """Compute the derived columns anew where they are out of date; returns how many rows that were, and were left.

    Left are rows that differ from their history in anything else: a change on top would hide that. A derived column
    that was changed behind the history gets back what the history has, and so needs no entry there.
    """
    from eventrec.db.check.derived import stale
    from eventrec.db.check.history import disagreements

    mended = left = 0
    for model in (models.Agency, models.Contact, models.Project, models.Event):
        table: Table = model.__table__  # type: ignore[assignment]
        opened = session.connection()
        found = {each.row: each.computed for each in disagreements(opened, table) if each.row is not None}
        wrong = list(stale(opened, table))
        for number, computed_then in found.items():
            if computed_then is not None:
                opened.execute(update(table).where(table.c.id == number).values(computed_then))
        still = [number for number in stale(opened, table) if found.get(number, {}) is not None]
        for number in still:
            _compute_anew(session, session.get_one(model, number))
        touched = {*still, *(number for number, then in found.items() if then is not None)}
        mended += len(touched)
        left += len(set(wrong) - touched)
    session.flush()
    return mended, left


def _compute_anew(session: Session, row: Record) -> None:
    if isinstance(row, models.Agency | models.Contact | models.Project):
        refresh(session, row)
    elif isinstance(row, models.Event):
        fill(row)
