"""Contacts: adding, editing, moving to another agency, removing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from eventrec.errors import AlreadyThere, Rejected
from eventrec.models import Affiliation, Alias, Consent, Contact, ContactPoint, Event, Participation, ProjectParty
from eventrec.services import affiliation, points, rows
from eventrec.services.aliases import add_alias
from eventrec.services.derived import fill, refresh
from eventrec.services.forget import again
from eventrec.services.tombstone import bury

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from eventrec.localized import Localized
    from eventrec.services.affiliation import Place
    from eventrec.services.points import Point


def add(
    session: Session,
    *,
    name: Localized,
    place: Place | None = None,
    points_of: Sequence[Point] = (),
    manages: Sequence[int] = (),
    aliases: Sequence[str] = (),
    namesake: bool = False,
    another: bool = False,
    **fields: Any,  # noqa: ANN401
) -> Contact:
    """Add a person; `fields` are columns of `Contact`, `manages` the projects whose programme manager it is.

    Raises AlreadyThere when somebody of that name has the same e-mail or is in the same agency, unless `namesake`, and
    CameBack for somebody who was forgotten; `another` says that only the name is the same.
    """
    reached = [(point.kind, point.value) for point in points_of]
    again.check(session, names=name.values(), points=reached, namesake=another)
    if not namesake:
        _refuse_a_second(session, name, place, points_of)
    contact = Contact(name=name, **fields)
    fill(contact, aliases, [point.value for point in points_of])
    session.add(contact)
    session.flush()
    if place is not None:
        affiliation.move(session, contact, place)
    points.add(session, contact, points_of)
    for alias in aliases:
        add_alias(session, contact, alias)
    manage(session, contact, manages)
    return contact


def edit(
    session: Session,
    contact_id: int,
    changes: Mapping[str, Any],
    *,
    place: Place | None = None,
    points_of: Sequence[Point] = (),
    no_points: Sequence[str] = (),
    manages: Sequence[int] = (),
    aliases: Sequence[str] = (),
    if_version: int | None = None,
) -> Contact:
    """Change the named columns; a new agency or position ends the old affiliation, see `affiliation.move`."""
    contact = rows.get(session, Contact, contact_id, if_version, changes)
    again.check(session, names=_new_names(contact, changes.get("name")))
    rows.change(contact, changes)
    if place is not None:
        affiliation.move(session, contact, place)
    points.add(session, contact, points_of)
    points.remove(session, contact, no_points)
    for alias in aliases:
        add_alias(session, contact, alias)
    manage(session, contact, manages)
    refresh(session, contact)
    return contact


def _new_names(contact: Contact, name: Localized | None) -> list[str]:
    """Return the names that the contact did not have before."""
    return [text for tag, text in (name or {}).items() if contact.name.get(tag) != text]


def manage(session: Session, contact: Contact, projects: Sequence[int]) -> None:
    """Make the contact programme manager of the projects; one that it manages already is left as it is."""
    there = set(
        session.scalars(
            select(ProjectParty.project_id).where(
                ProjectParty.contact_id == contact.id, ProjectParty.role == "programme-manager"
            )
        )
    )
    for project_id in projects:
        if project_id not in there:
            session.add(ProjectParty(project_id=project_id, contact_id=contact.id, role="programme-manager"))
    session.flush()


def remove(session: Session, contact_id: int, *, if_version: int | None = None) -> list[Event]:
    """Remove a contact with its points, affiliations, project roles, aliases and consents.

    Returns the events that named it as the person to ask and now name nobody. Raises Rejected when it takes part in
    events, because counts would change.
    """
    contact = rows.get(session, Contact, contact_id, if_version)
    takes_part = session.scalar(
        select(func.count(Participation.event_id.distinct())).where(Participation.contact_id == contact_id)
    )
    if takes_part:
        raise Rejected(
            f"Contact {contact.id} takes part in {takes_part} events, and their counts would change.",
            f"See them: eventrec participant list --contact {contact.id}",
        )
    asked = list(session.scalars(select(Event).where(Event.contact_id == contact_id)))
    for event in asked:
        event.contact_id = None
    for owned in (ContactPoint, Affiliation, ProjectParty, Alias, Consent):
        for child in session.scalars(select(owned).where(owned.contact_id == contact_id)):
            session.delete(child)
    session.flush()
    bury(session, contact)
    session.delete(contact)
    session.flush()
    return asked


def _refuse_a_second(session: Session, name: Localized, place: Place | None, points_of: Sequence[Point]) -> None:
    emails = {point.value for point in points_of if point.kind == "email"}
    for other in session.scalars(select(Contact).where(Contact.name == name).order_by(Contact.id)):
        theirs = affiliation.current(session, other.id)
        known = set(session.scalars(select(ContactPoint.value).where(ContactPoint.contact_id == other.id)))
        same_place = (theirs.agency_id if theirs else None) == (place.agency_id if place else None)
        if same_place or emails & known:
            raise AlreadyThere(
                f"{name.both()} is in the book already, as contact {other.id}.",
                f"Change that one: eventrec contact edit {other.id} … — or, for another person of that name, add"
                " --namesake.",
            )
