"""What a calendar says of events that were removed: here, or where the calendar was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from eventrec.db.journal import journal_of
from eventrec.db.numbers import use_up
from eventrec.models import Change, Event, Tombstone
from eventrec.services.imports.calendars.identity import own_uid
from eventrec.services.imports.calendars.said import categories, columns

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy.orm import Session

    from eventrec.formats.ical.incoming import IncomingEvent


def bury(session: Session, incoming: IncomingEvent, main: str) -> Tombstone:
    """Keep the cancellation that is left of an event of another book, so that it goes out again as it came in."""
    moment = journal_of(session).moment
    grave = Tombstone(
        table_name="event",
        row_id=use_up(session, Event.__table__),  # type: ignore[arg-type]
        row_uid=own_uid(incoming),
        removed_at=min(incoming.modified or moment, moment),
        calendar=_last_said(incoming, main, moment),
    )
    session.add(grave)
    session.flush()
    return grave


def bring_up_to_date(session: Session, grave: Tombstone, incoming: IncomingEvent) -> None:
    """Take over the SEQUENCE of a later cancellation, and its moment: what goes out otherwise is of another moment."""
    moment = journal_of(session).moment
    said = min(incoming.modified or moment, moment)
    grave.calendar = {**(grave.calendar or {}), "sequence": incoming.sequence}
    grave.removed_at = said if said > grave.removed_at else moment
    session.flush()


def _last_said(incoming: IncomingEvent, main: str, moment: str) -> dict[str, Any]:
    said = columns(incoming, main)
    return {
        "kind": categories(incoming, ()).kind or "other",
        "title": incoming.title,
        "starts_on": incoming.starts_on and incoming.starts_on.isoformat(),
        "ends_on": incoming.ends_on and incoming.ends_on.isoformat(),
        "days": None,
        **{name: said[name] for name in ("start_time", "end_time", "timezone", "venue", "address", "city", "country")},
        "created_at": incoming.created or incoming.modified or moment,
        "sequence": incoming.sequence,
    }


def sequence_of(session: Session, grave: Tombstone) -> int:
    """Return the SEQUENCE that the cancellation of a removed event carries, or would carry if it had a date."""
    if grave.calendar:
        return int(grave.calendar["sequence"])
    query = select(Change.before).where(Change.table_name == "event", Change.row_uid == grave.row_uid)
    last = session.scalars(query.order_by(Change.id.desc()).limit(1)).first()
    return int(last["sequence"]) + 1 if last else 0
