"""Calendar entries for the tests, each with only what is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_DNS, uuid5

from eventrec.formats.ical import reader
from eventrec.formats.ical.calendar import render
from eventrec.formats.ical.records import CalendarEvent, CalendarOptions

if TYPE_CHECKING:
    from eventrec.formats.ical.incoming import EventFile, Window

NAME = {"en": "Events", "zh": "活动"}
THAT_DAY = date(2024, 10, 17)


def event(first: date = THAT_DAY, last: date | None = None, **fields: Any) -> CalendarEvent:
    given: dict[str, Any] = {
        "uid": str(uuid5(NAMESPACE_DNS, str(sorted(map(str, fields.items()))) + str(first))),
        "sequence": 0,
        "created": "2024-01-01T00:00:00Z",
        "modified": "2024-02-01T00:00:00Z",
        "status": "confirmed",
        "title": {"en": "Workshop", "zh": "研讨会"},
    }
    return CalendarEvent(starts_on=first, ends_on=last or first, **(given | fields))


def hours(zone: str = "Asia/Shanghai", start: str = "09:00", end: str | None = "17:00") -> dict[str, Any]:
    return {"start_time": start, "end_time": end, "timezone": zone}


def lines(*events: CalendarEvent, **options: Any) -> list[str]:
    """Return the unfolded lines of a calendar."""
    return content(*events, **options).decode().replace("\r\n ", "").split("\r\n")


def content(*events: CalendarEvent, **options: Any) -> bytes:
    return render(events, CalendarOptions(NAME, **options))


def read(content: bytes, window: Window | None = None) -> EventFile:
    """Read a calendar, its events as a list."""
    file = reader.read(BytesIO(content), window)
    return replace(file, events=list(file.events))


def values(name: str, *events: CalendarEvent, **options: Any) -> list[str]:
    """Return what the events' lines of that name say, parameters included."""
    found = lines(*events, **options)
    own = found[found.index("BEGIN:VEVENT") :]
    return [line[len(name) :] for line in own if line.partition(":")[0].partition(";")[0] == name]
