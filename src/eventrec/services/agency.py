"""Agencies: adding, editing, removing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, func, or_, select, type_coerce

from eventrec.errors import AlreadyThere, Rejected
from eventrec.localized import Localized
from eventrec.models import Affiliation, Agency, Alias, ContactPoint, Participation, ProjectParty
from eventrec.services import points, rows
from eventrec.services.aliases import add_alias
from eventrec.services.derived import fill, refresh
from eventrec.services.tombstone import bury

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.services.points import Point


def add(
    session: Session,
    *,
    name: Localized,
    aliases: Sequence[str] = (),
    points_of: Sequence[Point] = (),
    **fields: Any,  # noqa: ANN401
) -> Agency:
    """Add an agency; `fields` are columns of `Agency`. Raises AlreadyThere when its code or name is taken."""
    _refuse_a_second(session, name, fields.get("code"))
    agency = Agency(name=name, **fields)
    fill(agency, aliases)
    session.add(agency)
    session.flush()
    for alias in aliases:
        add_alias(session, agency, alias)
    points.add(session, agency, points_of, fields.get("modified_at"))
    return agency


def edit(
    session: Session,
    agency_id: int,
    changes: Mapping[str, Any],
    *,
    aliases: Sequence[str] = (),
    points_of: Sequence[Point] = (),
    renamed_on: date | None = None,
    if_version: int | None = None,
) -> Agency:
    """Change the named columns. With `renamed_on` the old names stay as aliases until the day before."""
    agency = rows.get(session, Agency, agency_id, if_version, changes)
    _refuse_a_second(session, changes.get("name", Localized()), changes.get("code"), but=agency.id)
    for field in ("parent_id", "successor_id"):
        rows.no_cycle(session, agency, field, changes.get(field))
    if renamed_on and "name" in changes:
        _keep_old_names(session, agency, changes["name"], renamed_on)
    rows.change(agency, changes)
    for alias in aliases:
        add_alias(session, agency, alias)
    points.add(session, agency, points_of)
    refresh(session, agency)
    return agency


def remove(session: Session, agency_id: int, *, if_version: int | None = None) -> Agency:
    """Remove an agency that nothing refers to; raises Rejected naming what does."""
    agency = rows.get(session, Agency, agency_id, if_version)
    used = {
        "participants": Participation.agency_id == agency_id,
        "affiliations": Affiliation.agency_id == agency_id,
        "projects": ProjectParty.agency_id == agency_id,
        "parts or predecessors": or_(Agency.parent_id == agency_id, Agency.successor_id == agency_id),
    }
    counts = {what: session.scalar(select(func.count()).where(condition)) or 0 for what, condition in used.items()}
    if any(counts.values()):
        uses = ", ".join(f"{what} ({count})" for what, count in counts.items() if count)
        raise Rejected(
            f"Agency {agency.id} is still in use: {uses}.",
            "Give those to another agency, or remove them first.",
        )
    for owned in (Alias, ContactPoint):
        for child in session.scalars(select(owned).where(owned.agency_id == agency_id)):
            session.delete(child)
    session.flush()
    bury(session, agency)
    session.delete(agency)
    session.flush()
    return agency


def _refuse_a_second(session: Session, name: Localized, code: str | None, but: int | None = None) -> None:
    """Refuse a code, or a name in any language, that another agency has."""
    same = [
        type_coerce(Agency.name, Text).contains(Localized({tag: text}).to_json()[1:-1]) for tag, text in name.items()
    ]
    if code:
        same.append(func.lower(Agency.code) == code.lower())
    if not same:
        return
    for there in session.scalars(select(Agency).where(or_(*same), Agency.id != (but or 0)).order_by(Agency.id)):
        by_code = bool(code) and (there.code or "").lower() == (code or "").lower()
        if by_code or any(there.name.get(tag) == text for tag, text in name.items()):
            raise taken(f"code {there.code}" if by_code else "name", there.id, there.name)


def taken(what: str, agency_id: int, name: Localized) -> AlreadyThere:
    """Return the refusal of a second agency of that code or name; the name given is that of the one that has it."""
    return AlreadyThere(
        f"The {what} is taken by agency {agency_id}, {name.both()}.", f"eventrec agency edit {agency_id}"
    )


def _keep_old_names(session: Session, agency: Agency, new: Localized, from_day: date) -> None:
    for language, old in agency.name.items():
        if new.get(language) != old:
            add_alias(session, agency, old, language=language, before=from_day)
