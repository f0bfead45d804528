"""Prints what the package `ical` reads in the calendars named, as JSON: a list of events for every file."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ical.calendar_stream import IcsCalendarStream
from ical.timeline import calendar_timeline


def moment(value: date) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value.isoformat()


def told(event: Any) -> dict[str, Any]:
    shown = calendar_timeline([event], tzinfo=UTC)
    return {
        "uid": event.uid,
        "summary": event.summary,
        "description": event.description or "",
        "location": event.location or "",
        "status": event.status.value,
        "sequence": event.sequence,
        "categories": event.categories,
        "created": moment(event.created),
        "modified": moment(event.last_modified),
        "stamp": moment(event.dtstamp),
        "url": str(event.url or ""),
        "geo": [event.geo.lat, event.geo.lng] if event.geo else [],
        "contact": event.contacts,
        "parent": [related.uid for related in event.related_to],
        "organizer": str(event.organizer.uri) if event.organizer else "",
        "attendees": {
            str(person.uri): [person.common_name, person.role, person.status, person.user_type or "INDIVIDUAL"]
            for person in event.attendees
        },
        "transparency": event.transparency,
        "spans": [[moment(each.start), moment(each.end)] for each in shown],
    }


read = {}
for name in sys.argv[1:]:
    calendar = IcsCalendarStream.calendar_from_ics(Path(name).read_bytes().decode())
    read[name] = {"name": calendar.name, "events": [told(event) for event in calendar.events]}
json.dump(read, sys.stdout)
