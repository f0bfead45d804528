"""How long auditors may ask for the records of people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text

from eventrec.models import Setting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

DEFAULT_MONTHS: Final = 60
"""Months after a project's end, where neither the project nor the book says another number."""

_PROJECTS: Final = text(
    "SELECT DISTINCT project.code, coalesce(project.ends_on, parent.ends_on) AS ends_on, project.retention_months"
    " FROM project LEFT JOIN project AS parent ON parent.id = project.parent_id"
    " WHERE project.id IN (SELECT project_id FROM project_party WHERE contact_id = :contact)"
    " OR project.id IN (SELECT reported.project_id FROM v_event_project AS reported"
    " JOIN participation ON participation.event_id = reported.event_id WHERE participation.contact_id = :contact)"
)


def under_audit(session: Session, contact_id: int, today: date) -> list[tuple[str, date | None]]:
    """Return the projects for which a person must be kept: code and last day, inclusive; none is an end unknown."""
    book = session.scalar(select(Setting.value).where(Setting.key == "retention_months"))
    usual = book if isinstance(book, int) else DEFAULT_MONTHS
    kept = []
    for code, ends_on, own in session.execute(_PROJECTS, {"contact": contact_id}):
        end = date.fromisoformat(str(ends_on)) if ends_on else None
        until = _later(end, usual if own is None else own) if end else None
        if until is None or until >= today:
            kept.append((code, until))
    return sorted(kept, key=lambda pair: pair[0])


def _later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a shorter month; the end of time is the latest."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    if year > date.max.year:
        return date.max
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
