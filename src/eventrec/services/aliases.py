"""Other names of agencies, contacts and projects."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from eventrec.models import Agency, Alias, Contact, Project

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def add_alias(
    session: Session,
    owner: Agency | Contact | Project,
    name: str,
    *,
    language: str | None = None,
    before: date | None = None,
) -> Alias:
    """Keep another name of a record; `before` is the first day on which it was no longer used.

    A name that is kept already is left as it is.
    """
    column = {Agency: Alias.agency_id, Contact: Alias.contact_id, Project: Alias.project_id}[type(owner)]
    there = session.scalar(
        select(Alias).where(column == owner.id, Alias.name == name, Alias.language.is_not_distinct_from(language))
    )
    if there is not None:
        return there
    alias = Alias(name=name, language=language, ends_on=before - timedelta(days=1) if before else None)
    setattr(alias, column.key, owner.id)
    session.add(alias)
    session.flush()
    return alias
