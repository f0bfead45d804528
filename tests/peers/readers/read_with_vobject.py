"""Prints what the package `vobject` reads in the files named, as JSON: events of calendars, cards of .vcf files."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import vobject


def moment(value: date) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value.isoformat()


def one(component: Any, name: str, otherwise: Any = "") -> Any:
    found = component.contents.get(name, [])
    assert len(found) < 2, name
    return found[0].value if found else otherwise


def every(component: Any, name: str) -> list[Any]:
    return [line.value for line in component.contents.get(name, [])]


def spans(event: Any) -> list[list[str]]:
    first, last = event.dtstart.value, one(event, "dtend", event.dtstart.value)
    starts = event.getrruleset(addRDate=True) if event.contents.keys() & {"rrule", "rdate"} else [first]
    lasting = last - first if not isinstance(first, datetime) else last.astimezone(UTC) - first.astimezone(UTC)
    return [[moment(start), moment(start + lasting)] for start in starts]


def person(line: Any) -> list[str]:
    return [line.params.get(name, ["INDIVIDUAL"])[0] for name in ("CN", "ROLE", "PARTSTAT", "CUTYPE")]


def event_told(event: Any) -> dict[str, Any]:
    return {
        "uid": event.uid.value,
        "summary": event.summary.value,
        "description": one(event, "description"),
        "location": one(event, "location"),
        "status": event.status.value,
        "sequence": int(event.sequence.value),
        "categories": event.categories.value,
        "created": moment(event.created.value),
        "modified": moment(event.last_modified.value),
        "stamp": moment(event.dtstamp.value),
        "url": one(event, "url"),
        "geo": [float(part) for part in one(event, "geo").split(";") if part],
        "contact": every(event, "contact"),
        "parent": every(event, "related-to"),
        "organizer": one(event, "organizer"),
        "attendees": {line.value: person(line) for line in event.contents.get("attendee", [])},
        "transparency": event.transp.value,
        "spans": spans(event),
    }


def card_told(card: Any) -> dict[str, Any]:
    return {
        "version": card.version.value,
        "uid": card.uid.value,
        "fn": card.fn.value,
        "n": [[n.family, n.given, n.additional, n.prefix, n.suffix] for n in every(card, "n")],
        "org": every(card, "org"),
        "title": every(card, "title"),
        "emails": every(card, "email"),
        "phones": every(card, "tel"),
        "addresses": [adr.street for adr in every(card, "adr")],
        "urls": every(card, "url"),
        "note": one(card, "note"),
        "nickname": every(card, "nickname"),
        "categories": [word for words in every(card, "categories") for word in words],
        "revised": one(card, "rev"),
    }


read = {}
for name in sys.argv[1:]:
    found = list(vobject.readComponents(Path(name).read_bytes().decode()))
    if name.endswith(".vcf"):
        read[name] = [card_told(card) for card in found]
    else:
        (calendar,) = found
        read[name] = {
            "name": one(calendar, "x-wr-calname"),
            "events": [event_told(each) for each in calendar.vevent_list],
        }
json.dump(read, sys.stdout)
