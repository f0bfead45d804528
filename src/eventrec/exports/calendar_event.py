"""An event as an invitation tells of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from eventrec.errors import Rejected
from eventrec.exports.event_texts import countries

if TYPE_CHECKING:
    from eventrec.formats.ical.records import CalendarEvent

Row = dict[str, Any]


def check_zone(number: int, zone: str) -> None:
    """Refuse hours in a time zone that this machine does not know: a record may come from a newer one."""
    from eventrec.formats.ical.tzif import load

    try:
        load(zone)
    except (LookupError, ValueError) as error:
        raise Rejected(
            f"Event {number} is in the time zone “{zone}”, which is not known here.",
            f"Update them: pip install -U tzdata. Or: eventrec event edit {number} --timezone Asia/Shanghai",
        ) from error


def calendar_event(row: Row) -> CalendarEvent:
    """Return a row of v_event as a calendar tells of it."""
    from eventrec.formats.ical.records import CalendarEvent, Party

    if row["start_time"] and row["timezone"]:
        check_zone(row["id"], row["timezone"])
    return CalendarEvent(
        uid=row["uid"],
        sequence=row["sequence"],
        created=row["created_at"],
        modified=row["dtstamp"],
        status=row["status"],
        status_reason=row["status_reason"],
        title=row["title"],
        description=row["description"] or {},
        kind=row["kind"],
        projects=tuple(row["projects"]),
        topics=tuple(row["topics"] or ()),
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
        start_time=row["start_time"],
        end_time=row["end_time"],
        timezone=row["timezone"],
        days=row["days"],
        venue=row["venue"],
        address=row["address"],
        city=row["city"],
        country=countries(row["country"], row["city"], row["title"]),
        latitude=row["latitude"],
        longitude=row["longitude"],
        online_url=row["online_url"],
        source_url=row["source_url"],
        parent_uid=row["parent_uid"],
        organizer=Party(row["organizer"], row["organizer_email"]) if row["organizer"] else None,
        contact=Party(row["contact"], row["contact_email"]) if row["contact"] else None,
    )
