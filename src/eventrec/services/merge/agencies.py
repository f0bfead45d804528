"""Two agencies that are one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from eventrec.errors import Rejected
from eventrec.models import Affiliation, Agency, Alias, ContactPoint, ProjectParty
from eventrec.services import not_same, rows
from eventrec.services.aliases import add_alias
from eventrec.services.derived import refresh
from eventrec.services.merge import children, participations
from eventrec.services.merge.clash import Decisions, Merged, fill, joined
from eventrec.services.tombstone import bury

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

_FIELDS: Final = ("kind", "side", "country", "website", "parent_id", "successor_id")


def agencies(
    session: Session,
    keep_id: int,
    other_id: int,
    prefer: Mapping[str, str] | None = None,
    *,
    if_version: int | None = None,
) -> Merged:
    """Give everything of the other agency to the kept one; see `contacts`. Head-counts that meet may also be added up.

    Names of the day stay on the participations as they were.
    """
    keep, other = rows.get(session, Agency, keep_id, if_version), rows.get(session, Agency, other_id)
    if keep.id == other.id:
        raise Rejected(f"Agency {keep.id} cannot be merged with itself.", "Name two agencies.")
    if not_same.is_known(session, keep, other):
        raise Rejected(
            f"Somebody found that agency {keep.id} and agency {other.id} are not the same.",
            "If that was wrong, take it back first: eventrec undo, or ask who wrote it: eventrec log",
        )
    decisions, done = Decisions(prefer or {}), Merged()
    _loosen(session, keep, other)
    code = _code(session, keep, other, decisions)
    empty = {"kind": "other", "parent_id": keep.id, "successor_id": keep.id}
    fill(keep, other, _FIELDS, decisions, empty, show=partial(children.agency_label, session))
    children.names(session, keep, other)
    keep.note = joined(keep.note, other.note)
    session.flush()
    done.count("participations", participations.of_agency(session, keep.id, other.id, decisions))
    for what, owner in (
        ("affiliations", Affiliation.agency_id),
        ("project roles", ProjectParty.agency_id),
        ("points", ContactPoint.agency_id),
        ("aliases", Alias.agency_id),
    ):
        done.count(what, children.count(session, owner, other.id))
    children.move(session, Affiliation.agency_id, keep.id, other.id)
    _parties(session, keep, other, decisions)
    children.points(session, ContactPoint.agency_id, keep.id, other.id)
    children.aliases(session, Alias.agency_id, keep.id, other.id)
    decisions.settle()
    _finish(session, keep, other, code)
    return done


def _loosen(session: Session, keep: Agency, other: Agency) -> None:
    """Let parts and predecessors of the other be those of the kept one, and neither stand above itself."""
    for field in ("parent_id", "successor_id"):
        if getattr(keep, field) == other.id:
            setattr(keep, field, None)
        for row in session.scalars(select(Agency).where(getattr(Agency, field) == other.id, Agency.id != keep.id)):
            setattr(row, field, keep.id)
    session.flush()


def _code(session: Session, keep: Agency, other: Agency, decisions: Decisions) -> str | None:
    """Return the code that the kept one gets when the other is gone; the one that is not used becomes an alias."""
    before = keep.code
    fill(keep, other, ("code",), decisions, {})
    code, keep.code = keep.code, before
    for unused in {before, other.code} - {code, None}:
        add_alias(session, keep, unused or "")
    return code


def _parties(session: Session, keep: Agency, other: Agency, decisions: Decisions) -> None:
    """Move roles in projects; two of one role and project become one, whose share is decided about."""
    both = children.move(session, ProjectParty.agency_id, keep.id, other.id, lambda row: (row.project_id, row.role))
    for there, row in both:
        what = f"{row.role} of project {row.project_id} "
        fill(there, row, ("share", "starts_on", "ends_on"), decisions, {}, prefix=what)
        session.delete(row)
    session.flush()


def _finish(session: Session, keep: Agency, other: Agency, code: str | None) -> None:
    not_same.hand_over(session, keep, other)
    bury(session, other, replaced_by=keep.uid)
    session.delete(other)
    session.flush()
    keep.code = code
    session.flush()
    for field in ("parent_id", "successor_id"):
        rows.no_cycle(session, keep, field, getattr(keep, field))
    session.expire(keep)
    refresh(session, keep)
