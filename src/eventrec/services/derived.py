"""What is computed on write: the text that `search` looks in and the key that lists are ordered by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from eventrec.models import Agency, Alias, Contact, ContactPoint, Event, Project
from eventrec.text.names import search_text, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session


def fill(row: Agency | Contact | Project | Event, names: Iterable[str] = (), points: Iterable[str] = ()) -> None:
    """Compute the derived columns from the row, its aliases and the values of its points."""
    others = (*sorted(names), *sorted(points))
    if isinstance(row, Agency):
        row.search_text = search_text(row.code, row.name, *others)
        row.sort_key = sort_key(row.name)
    elif isinstance(row, Project):
        row.search_text = search_text(row.code, row.name, row.contract_number, *others)
        row.sort_key = sort_key(row.name)
    elif isinstance(row, Contact):
        row.search_text = search_text(row.name, row.family_name, row.given_name, *others)
        row.sort_key = sort_key(row.name, row.family_name, person=True)
    else:
        row.search_text = search_text(row.title, row.venue, row.city, row.description, row.results, *(row.topics or ()))


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
