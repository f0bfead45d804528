"""Projects and their parties: adding, editing, removing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from eventrec.errors import AlreadyThere, Rejected
from eventrec.models import Alias, EventProject, Project, ProjectParty
from eventrec.services import rows
from eventrec.services.aliases import add_alias
from eventrec.services.derived import fill, refresh
from eventrec.services.tombstone import bury

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from eventrec.localized import Localized


@dataclass(frozen=True)
class Party:
    """An agency or a contact with its role in a project; `share` in per cent of the cost."""

    role: str
    agency_id: int | None = None
    contact_id: int | None = None
    share: Decimal | None = None


def add(
    session: Session,
    *,
    code: str,
    name: Localized,
    parties: Sequence[Party] = (),
    aliases: Sequence[str] = (),
    **fields: Any,  # noqa: ANN401
) -> Project:
    """Add a project; `fields` are columns of `Project`. Raises AlreadyThere when its code is taken."""
    _refuse_a_second(session, code)
    project = Project(code=code, name=name, **fields)
    fill(project, aliases)
    session.add(project)
    session.flush()
    set_parties(session, project, parties)
    for alias in aliases:
        add_alias(session, project, alias)
    return project


def edit(
    session: Session,
    project_id: int,
    changes: Mapping[str, Any],
    *,
    parties: Sequence[Party] = (),
    no_parties: Sequence[Party] = (),
    aliases: Sequence[str] = (),
    if_version: int | None = None,
) -> Project:
    """Change the named columns, add or change parties, and take `no_parties` away."""
    project = rows.get(session, Project, project_id, if_version, changes)
    if changes.get("code"):
        _refuse_a_second(session, changes["code"], but=project.id)
    rows.no_cycle(session, project, "parent_id", changes.get("parent_id"))
    rows.change(project, changes)
    set_parties(session, project, parties)
    for party in no_parties:
        there = _party(session, project, party)
        if there is None:
            raise Rejected(f"Project {project.code} has no such {party.role}.", f"eventrec project show {project.code}")
        session.delete(there)
    for alias in aliases:
        add_alias(session, project, alias)
    refresh(session, project)
    return project


def set_parties(session: Session, project: Project, parties: Sequence[Party]) -> None:
    """Add the parties; one that is there already gets the share that is given."""
    for party in parties:
        there = _party(session, project, party)
        if there is None:
            session.add(
                ProjectParty(
                    project_id=project.id,
                    agency_id=party.agency_id,
                    contact_id=party.contact_id,
                    role=party.role,
                    share=party.share,
                )
            )
        elif party.share is not None:
            there.share = party.share
        session.flush()


def remove(session: Session, project_id: int, *, if_version: int | None = None) -> Project:
    """Remove a project with its parties and aliases; raises Rejected while events or phases belong to it."""
    project = rows.get(session, Project, project_id, if_version)
    events = session.scalar(select(func.count()).where(EventProject.project_id == project_id)) or 0
    phases = session.scalar(select(func.count()).where(Project.parent_id == project_id)) or 0
    if events or phases:
        raise Rejected(
            f"Project {project.code} still has {events} events and {phases} phases.",
            f"See its events: eventrec event list --project {project.code}",
        )
    for owned in (ProjectParty, Alias):
        for child in session.scalars(select(owned).where(owned.project_id == project_id)):
            session.delete(child)
    session.flush()
    bury(session, project)
    session.delete(project)
    session.flush()
    return project


def _party(session: Session, project: Project, party: Party) -> ProjectParty | None:
    return session.scalar(
        select(ProjectParty).where(
            ProjectParty.project_id == project.id,
            ProjectParty.role == party.role,
            ProjectParty.agency_id.is_not_distinct_from(party.agency_id),
            ProjectParty.contact_id.is_not_distinct_from(party.contact_id),
        )
    )


def _refuse_a_second(session: Session, code: str, but: int = 0) -> None:
    there = session.scalar(select(Project).where(func.lower(Project.code) == code.lower(), Project.id != but))
    if there is not None:
        raise AlreadyThere(
            f"The code {there.code} is taken by project {there.id}, {there.name.both()}.",
            f"eventrec project edit {there.code}",
        )
