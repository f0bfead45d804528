"""Participations of two records that become one: those that meet in one event are joined."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from eventrec.models import Attendance, Participation
from eventrec.services import headcount
from eventrec.services.merge import children
from eventrec.services.merge.clash import KEEP, OTHER, SUM, Clash, Decisions, fill, joined
from eventrec.vocabulary import HEAD_COUNTS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_FIELDS: Final = ("status", "modality", "days", "source", "agency_id", "agency_name", "position")


def of_contact(session: Session, keep_id: int, other_id: int, decisions: Decisions) -> int:
    """Give the other contact's participations to the kept one; returns how many moved."""
    moved = 0
    for row in session.scalars(select(Participation).where(Participation.contact_id == other_id)).all():
        there = session.scalar(
            select(Participation).where(
                Participation.event_id == row.event_id,
                Participation.contact_id == keep_id,
                Participation.role == row.role,
            )
        )
        if there is None:
            row.contact_id = keep_id
        else:
            _join(session, there, row, decisions)
        session.flush()
        moved += 1
    return moved


def _join(session: Session, there: Participation, row: Participation, decisions: Decisions) -> None:
    """Make one row of two of the same event and role."""
    empty = {"modality": "not-stated"}
    show = partial(children.agency_label, session)
    dropped = fill(there, row, _FIELDS, decisions, empty, prefix=f"row {row.id} ", show=show)
    words = "; ".join(f"{name}: {value}" for name, value in dropped.items())
    there.note = joined(there.note, row.note, f"Merged with row {row.id}, which said {words}." if words else None)
    days = set(session.scalars(select(Attendance.day).where(Attendance.participation_id == there.id)))
    for mark in session.scalars(select(Attendance).where(Attendance.participation_id == row.id)).all():
        if mark.day in days:
            session.delete(mark)
        else:
            mark.participation_id = there.id
    session.flush()
    session.delete(row)


def of_agency(session: Session, keep_id: int, other_id: int, decisions: Decisions) -> int:
    """Give the other agency's participations to the kept one; head-counts that meet are decided about."""
    moved = 0
    for row in session.scalars(select(Participation).where(Participation.agency_id == other_id)).all():
        is_person = row.contact_id is not None or row.forgotten_as is not None
        there = None if is_person else _same(session, row, keep_id)
        if there is None:
            row.agency_id = keep_id
        else:
            _add_up(session, there, row, decisions)
        session.flush()
        moved += 1
    return moved


def _same(session: Session, row: Participation, agency_id: int) -> Participation | None:
    return session.scalar(
        select(Participation).where(
            Participation.event_id == row.event_id,
            Participation.contact_id.is_(None),
            Participation.forgotten_as.is_(None),
            Participation.agency_id == agency_id,
            Participation.label.is_not_distinct_from(row.label),
            Participation.role == row.role,
            Participation.modality == row.modality,
            Participation.status == row.status,
        )
    )


def _add_up(session: Session, there: Participation, row: Participation, decisions: Decisions) -> None:
    """Make one head-count of two: one of them, or their sum."""
    mine, theirs = headcount.of_row(there), headcount.of_row(row)
    choice = KEEP
    if mine is None:
        choice = OTHER
    elif theirs is not None:
        clash = Clash(f"row {row.id}", headcount.describe(there), headcount.describe(row), (KEEP, OTHER, SUM))
        choice = decisions.of(clash)
    told = f"Merged with row {row.id}: {headcount.describe(row)}; before: {headcount.describe(there)}."
    for name in HEAD_COUNTS:
        if choice == OTHER and theirs is not None:
            setattr(there, name, getattr(theirs, name))
        elif choice == SUM and mine is not None and theirs is not None:
            setattr(there, name, getattr(mine, name) + getattr(theirs, name))
    there.approximate = there.approximate or (row.approximate and choice != KEEP)
    there.note = joined(there.note, row.note, told)
    session.delete(row)
