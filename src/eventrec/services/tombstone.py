"""What stays of a removed record: its number, its uid and, of an event, what its calendar entry last said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from eventrec.db.journal import journal_of, stored
from eventrec.models import Event, Record, Tombstone

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOUNS: Final = ("agency", "contact", "project", "event")
"""Tables whose rows leave a tombstone; the others are parts of these."""

_CALENDAR: Final = (
    "kind",
    "title",
    "starts_on",
    "ends_on",
    "days",
    "start_time",
    "end_time",
    "timezone",
    "venue",
    "address",
    "city",
    "country",
    "created_at",
)


def bury(session: Session, row: Record, *, replaced_by: str | None = None) -> None:
    """Leave a tombstone for a row that is about to be removed; `replaced_by` is the uid that takes its place."""
    calendar = calendar_entry(stored(row.__table__, _values(row))) if isinstance(row, Event) else None  # type: ignore[arg-type]
    session.add(
        Tombstone(
            table_name=row.__tablename__,
            row_id=row.id,
            row_uid=row.uid,
            replaced_by=replaced_by,
            removed_at=journal_of(session).moment,
            calendar=calendar,
        )
    )


def calendar_entry(event: dict[str, Any]) -> dict[str, Any] | None:
    """Return what the cancellation of a removed event must repeat, from its stored row; none without a date.

    The SEQUENCE is one higher than the event's own (RFC 5546, 3.2.5).
    """
    if event["starts_on"] is None:
        return None
    return {**{name: event[name] for name in _CALENDAR}, "sequence": event["sequence"] + 1}


def _values(row: Record) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__table__.columns.keys()}  # noqa: SIM118
