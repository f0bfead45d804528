"""E-mail addresses, phones and other ways to reach a contact or an agency."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from eventrec.models import Agency, Contact, ContactPoint
from eventrec.services.forget import again

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


class Point(NamedTuple):
    """A way to reach somebody: e-mail with lower-case domain, phone in E.164, anything else as typed."""

    kind: str
    value: str
    label: str | None = None
    preferred: bool = False


def preferred(new: Sequence[Point]) -> dict[str, Point]:
    """Return by kind the point to prefer: the first that says so, else the first."""
    found: dict[str, Point] = {}
    for point in new:
        if point.kind not in found or (point.preferred and not found[point.kind].preferred):
            found[point.kind] = point
    return found


def of_new(new: Sequence[Point]) -> list[Point]:
    """Return the points that a new record gets: each once, with a label if one is said; of each kind one preferred."""
    best = preferred(new)
    found: dict[tuple[str, str], Point] = {}
    for point in new:
        key = (point.kind, point.value)
        there = found.get(key)
        label = point.label if there is None else there.label or point.label
        is_best = best[point.kind][:2] == key
        found[key] = Point(*key, label, is_best)
    return list(found.values())


def add(session: Session, owner: Contact | Agency, new: Sequence[Point], moment: str | None = None) -> None:
    """Add points; of each kind one is preferred. A known one is left as it is, but for a label that it lacks.

    `moment` is when they were added, if not now: UTC, YYYY-MM-DDTHH:MM:SSZ.
    """
    column = ContactPoint.contact_id if isinstance(owner, Contact) else ContactPoint.agency_id
    known = list(session.scalars(select(ContactPoint).where(column == owner.id)))
    if isinstance(owner, Contact):
        there = {(point.kind, point.value) for point in known}
        again.check(session, points=[pair for point in new if (pair := (point.kind, point.value)) not in there])
    best = preferred(new)
    for point in new:
        same = next((there for there in known if (there.kind, there.value) == (point.kind, point.value)), None)
        if same is not None:
            same.label = same.label or point.label
            continue
        row = ContactPoint(
            kind=point.kind,
            value=point.value,
            label=point.label,
            preferred=best[point.kind] == point
            and not any(there.kind == point.kind and there.preferred for there in known),
            created_at=moment,
            modified_at=moment,
        )
        setattr(row, column.key, owner.id)
        session.add(row)
        known.append(row)
    session.flush()


def remove(session: Session, owner: Contact | Agency, values: Sequence[str]) -> list[str]:
    """Remove the points with these values and return those that were there; another one becomes preferred."""
    column = ContactPoint.contact_id if isinstance(owner, Contact) else ContactPoint.agency_id
    gone = [point for point in session.scalars(select(ContactPoint).where(column == owner.id)) if point.value in values]
    for point in gone:
        session.delete(point)
    session.flush()
    for kind in {point.kind for point in gone if point.preferred}:
        heir = session.scalar(
            select(ContactPoint).where(column == owner.id, ContactPoint.kind == kind).order_by(ContactPoint.id)
        )
        if heir is not None:
            heir.preferred = True
    session.flush()
    return [point.value for point in gone]
