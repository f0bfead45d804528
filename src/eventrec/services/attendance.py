"""Presence day by day, as sign-in sheets show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from eventrec.errors import Rejected
from eventrec.models import Attendance, Event
from eventrec.services import participation, rows

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.models import Participation
    from eventrec.services.participation import AnEvent


def mark(session: Session, row: Participation, day: date, present: bool = True) -> bool:
    """Note that a named person was there on a day of the event, or was not; returns whether that was new.

    A person present on any day has attended. Somebody of whom the last mark is taken off keeps the status: without
    marks an attended row counts for all its days, so the caller decides. Raises Rejected for a day outside the event's
    dates, and for a head-count.
    """
    event = rows.get(session, Event, row.event_id)
    check(event, row.id, row.contact_id, day)
    there = session.scalar(select(Attendance).where(Attendance.participation_id == row.id, Attendance.day == day))
    arrives = present and row.status != "attended"
    if present and there is None:
        session.add(Attendance(participation_id=row.id, day=day))
    elif there is not None and not present:
        session.delete(there)
    if arrives:
        participation.edit(session, event.id, [row.id], {"status": "attended"})
    session.flush()
    return arrives or present == (there is None)


def check(event: AnEvent, row_id: int, contact_id: int | None, day: date) -> None:
    """Raise Rejected where nobody can be marked as there: on a day outside the event's dates, or for a head-count."""
    if event.starts_on is None or event.ends_on is None or not event.starts_on <= day <= event.ends_on:
        raise Rejected(f"{day} is no day of event {event.id}.", f"See its dates: eventrec event show {event.id}")
    if contact_id is None:
        raise Rejected(f"Row {row_id} is a head-count; presence by day is of named people.", "Correct its number.")


def days_of(session: Session, row_ids: Collection[int]) -> dict[int, list[date]]:
    """Return the days on which each row was marked present, in order."""
    found: dict[int, list[date]] = {}
    query = select(Attendance.participation_id, Attendance.day).where(Attendance.participation_id.in_(row_ids))
    for row_id, day in session.execute(query.order_by(Attendance.day)):
        found.setdefault(row_id, []).append(day)
    return found
