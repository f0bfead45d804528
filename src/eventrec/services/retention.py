"""How long people are kept, as whoever changes their records must know it; `v_retention` says what they are tied to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from eventrec.models import Setting
from eventrec.retention import DEFAULT_MONTHS, SETTING, kept_until
from eventrec.services.setting import put

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_PROJECTS: Final = text(
    "SELECT DISTINCT project, ends_on, retention_months FROM v_retention"
    " WHERE contact_id = :contact AND project_id IS NOT NULL"
)


def under_audit(session: Session, contact_id: int, today: date) -> list[tuple[str, date | None]]:
    """Return the projects for which a person must be kept: code and last day, inclusive; none is an end unknown.

    The last to end comes first. A phase ends as its programme does when it has no end of its own.
    """
    book = months(session)
    kept: dict[str, date | None] = {}
    for code, ends_on, own in session.execute(_PROJECTS, {"contact": contact_id}):
        until = kept_until(_day(ends_on), book if own is None else own) if ends_on else None
        if code not in kept or (kept[code] is not None and (until is None or until > (kept[code] or until))):
            kept[code] = until
    still = [(code, until) for code, until in kept.items() if until is None or until >= today]
    return sorted(still, key=lambda pair: (pair[1] is not None, -(pair[1] or date.min).toordinal(), pair[0]))


def months(session: Session) -> int:
    """Return the book's months of retention."""
    value: Any = session.scalar(select(Setting.value).where(Setting.key == SETTING))
    return DEFAULT_MONTHS if value is None else int(value)


def set_months(session: Session, number: int) -> None:
    """Set the book's months of retention."""
    put(session, SETTING, number)


def _day(value: date | str) -> date:
    """Return a day of a view: SQLite has text."""
    return value if isinstance(value, date) else date.fromisoformat(value)
