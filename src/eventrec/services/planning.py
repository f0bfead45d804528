"""What happens to an event as a whole: moved, cancelled, postponed, copied, removed; its visits go along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from eventrec.errors import Rejected
from eventrec.models import Attendance, Event, EventProject, EventSource, Participation
from eventrec.services import rows
from eventrec.services.derived import fill
from eventrec.services.tombstone import bury

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

_COPIED = (
    "kind",
    "title",
    "description",
    "topics",
    "contact_id",
    "start_time",
    "end_time",
    "timezone",
    "modality",
    "venue",
    "address",
    "city",
    "country",
    "latitude",
    "longitude",
    "online_url",
    "parent_id",
)
_ORGANIZING = ("organizer", "co-organizer", "host", "facilitator", "donor")


def visits_of(session: Session, event: Event) -> list[Event]:
    """Return the site visits of an event by date, then number."""
    query = select(Event).where(Event.parent_id == event.id)
    return list(session.scalars(query.order_by(Event.starts_on.nulls_last(), Event.id)))


def move_visits(session: Session, event: Event, was: date | None) -> list[Event]:
    """Move the dated visits by as many days as the event moved since its first day `was`."""
    if was is None or event.starts_on is None or event.starts_on == was:
        return []
    by = event.starts_on - was
    moved = [visit for visit in visits_of(session, event) if visit.starts_on and visit.status != "cancelled"]
    for visit in moved:
        if visit.starts_on and visit.ends_on:
            visit.starts_on, visit.ends_on = visit.starts_on + by, visit.ends_on + by
    session.flush()
    return moved


def cancel(
    session: Session, event_id: int, *, reason: str | None, visits: bool = True, if_version: int | None = None
) -> Sequence[Event]:
    """Cancel an event and, unless `visits` is false, its site visits; returns all that are now cancelled."""
    return _call_off(session, event_id, "cancelled", reason, visits, if_version)


def postpone(
    session: Session, event_id: int, *, reason: str | None, visits: bool = True, if_version: int | None = None
) -> Sequence[Event]:
    """Postpone an event to a day not known yet; the old date is kept until there is a new one."""
    return _call_off(session, event_id, "postponed", reason, visits, if_version)


def _call_off(
    session: Session, event_id: int, status: str, reason: str | None, visits: bool, if_version: int | None
) -> Sequence[Event]:
    event = rows.get(session, Event, event_id, if_version, {"status": status, "status_reason": reason})
    if event.status == status and event.status_reason == reason:
        raise Rejected(f"Event {event.id} is {status} already.", f"eventrec event show {event.id}")
    along = [] if not visits else [visit for visit in visits_of(session, event) if visit.status != "held"]
    called_off = [event, *(visit for visit in along if visit.status != "cancelled")]
    for each in called_off:
        each.status, each.status_reason = status, reason
    session.flush()
    return called_off


def copy(session: Session, event_id: int, *, starts_on: date | None, ends_on: date | None) -> Event:
    """Make a new event like this one, on another date; both dates are inclusive.

    It takes the projects, the organizing agencies, and the people as invited; never head-counts, results or
    attendance. The copy of a cancelled or postponed event replaces it.
    """
    source = rows.get(session, Event, event_id)
    new = Event(**{name: getattr(source, name) for name in _COPIED})
    new.starts_on, new.ends_on = starts_on, ends_on
    new.planned_starts_on, new.planned_ends_on = starts_on, ends_on
    new.status = "confirmed" if starts_on else "planned"
    if starts_on is None:
        new.start_time = new.end_time = None
    if source.status in ("cancelled", "postponed"):
        new.replaces_id = source.id
    fill(new)
    session.add(new)
    session.flush()
    for paid in session.scalars(select(EventProject).where(EventProject.event_id == source.id)):
        session.add(
            EventProject(event_id=new.id, project_id=paid.project_id, share=paid.share, budget_line=paid.budget_line)
        )
    _copy_people(session, source, new)
    return new


def _copy_people(session: Session, source: Event, new: Event) -> None:
    kept: set[tuple[object, ...]] = set()
    query = select(Participation).where(Participation.event_id == source.id).order_by(Participation.id)
    for row in session.scalars(query):
        who = (row.contact_id, row.agency_id, row.label and row.label.to_json())
        if row.forgotten_as is not None or who == (None, None, None) or (*who, row.role) in kept:
            continue
        kept.add((*who, row.role))
        session.add(
            Participation(
                event_id=new.id,
                contact_id=row.contact_id,
                agency_id=row.agency_id,
                label=row.label,
                side=row.side,
                role=row.role,
                modality=row.modality,
                status="registered" if row.role in _ORGANIZING else "invited",
            )
        )
    session.flush()


def remove(session: Session, event_id: int, *, if_version: int | None = None) -> list[Event]:
    """Remove an event with its participants, projects' shares, sources and visits; returns all removed events.

    Events that were re-planned from it stay, and no longer say from which.
    """
    event = rows.get(session, Event, event_id, if_version)
    removed = [event, *visits_of(session, event)]
    ids = [each.id for each in removed]
    people = select(Participation).where(Participation.event_id.in_(ids))
    marks = select(Attendance).join(Participation, Participation.id == Attendance.participation_id)
    for mark in session.scalars(marks.where(Participation.event_id.in_(ids))):
        session.delete(mark)
    session.flush()
    for child in session.scalars(people):
        session.delete(child)
    for model in (EventProject, EventSource):
        for owned in session.scalars(select(model).where(model.event_id.in_(ids))):
            session.delete(owned)
    for heir in session.scalars(select(Event).where(Event.replaces_id.in_(ids), Event.id.not_in(ids))):
        heir.replaces_id = None
    session.flush()
    for each in reversed(removed):
        bury(session, each)
        session.delete(each)
        session.flush()
    return removed
