"""Prints what libical reads in the calendars named, and what its restriction checks fault, as JSON."""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
POINTER, TEXT, NUMBER = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int


class Time(ctypes.Structure):
    """`struct icaltimetype`."""

    _fields_ = [
        *((name, NUMBER) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "is_daylight")),
        ("zone", POINTER),
    ]


class Span(ctypes.Structure):
    """`struct icaltime_span`."""

    _fields_ = [("start", ctypes.c_long), ("end", ctypes.c_long), ("is_busy", NUMBER)]


Found = ctypes.CFUNCTYPE(None, POINTER, ctypes.POINTER(Span), POINTER)


def load() -> ctypes.CDLL:
    path = ctypes.util.find_library("ical")
    if path is None:
        sys.exit("libical is not installed. It is needed by: make interop")
    library = ctypes.CDLL(path)
    for name, result, *arguments in (
        ("icalparser_parse_string", POINTER, TEXT),
        ("icalcomponent_count_errors", NUMBER, POINTER),
        ("icalrestriction_check", NUMBER, POINTER),
        ("icalcomponent_string_to_kind", NUMBER, TEXT),
        ("icalproperty_string_to_kind", NUMBER, TEXT),
        ("icalparameter_string_to_kind", NUMBER, TEXT),
        ("icalcomponent_get_first_component", POINTER, POINTER, NUMBER),
        ("icalcomponent_get_next_component", POINTER, POINTER, NUMBER),
        ("icalcomponent_get_first_property", POINTER, POINTER, NUMBER),
        ("icalcomponent_get_next_property", POINTER, POINTER, NUMBER),
        ("icalcomponent_get_dtstart", Time, POINTER),
        ("icalcomponent_foreach_recurrence", None, POINTER, Time, Time, Found, POINTER),
        ("icaltime_from_string", Time, TEXT),
        ("icalproperty_get_value", POINTER, POINTER),
        ("icalvalue_get_text", TEXT, POINTER),
        ("icalproperty_get_value_as_string", TEXT, POINTER),
        ("icalproperty_get_parameter_as_string", TEXT, POINTER, TEXT),
        ("icalproperty_get_xlicerror", TEXT, POINTER),
        ("icalproperty_as_ical_string", TEXT, POINTER),
        ("icalcomponent_free", None, POINTER),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


LIBRARY = load()
ANY_COMPONENT = LIBRARY.icalcomponent_string_to_kind(b"ANY") or 1


def components(parent: int, kind: int = ANY_COMPONENT) -> Iterator[int]:
    found = LIBRARY.icalcomponent_get_first_component(parent, kind)
    children = []
    while found:
        children.append(found)
        found = LIBRARY.icalcomponent_get_next_component(parent, kind)
    yield from children


def properties(component: int, name: str) -> list[int]:
    kind = LIBRARY.icalproperty_string_to_kind(name.encode())
    found, all_of_them = LIBRARY.icalcomponent_get_first_property(component, kind), []
    while found:
        all_of_them.append(found)
        found = LIBRARY.icalcomponent_get_next_property(component, kind)
    return all_of_them


def texts(component: int, name: str) -> list[str]:
    """Return the texts of a property, unescaped."""
    values = (LIBRARY.icalproperty_get_value(found) for found in properties(component, name))
    return [LIBRARY.icalvalue_get_text(value).decode() for value in values]


def written(component: int, name: str) -> list[str]:
    """Return the values of a property that is no text, as libical writes them again."""
    return [LIBRARY.icalproperty_get_value_as_string(found).decode() for found in properties(component, name)]


def one(found: list[str]) -> str:
    assert len(found) < 2
    return found[0] if found else ""


def faults(component: int) -> list[str]:
    """Return what libical wrote into a component and those in it where it found a fault (X-LIC-ERROR)."""
    own = [LIBRARY.icalproperty_get_xlicerror(found).decode() for found in properties(component, "X-LIC-ERROR")]
    return own + [fault for child in components(component) for fault in faults(child)]


def spans(event: int) -> list[list[str]]:
    found: list[list[str]] = []
    whole_days = LIBRARY.icalcomponent_get_dtstart(event).is_date

    def said(seconds: int) -> str:
        moment = EPOCH + timedelta(seconds=seconds)
        return moment.date().isoformat() if whole_days else moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def add(_event: int, span: Any, _data: int) -> None:
        found.append([said(span.contents.start), said(span.contents.end)])

    first, last = (LIBRARY.icaltime_from_string(text) for text in (b"19000101T000000Z", b"21000101T000000Z"))
    LIBRARY.icalcomponent_foreach_recurrence(event, first, last, Found(add), None)
    return found


def person(line: int) -> list[str]:
    given = (
        LIBRARY.icalproperty_get_parameter_as_string(line, name) for name in (b"CN", b"ROLE", b"PARTSTAT", b"CUTYPE")
    )
    return [name.decode() if name else "INDIVIDUAL" for name in given]


def moment(text: str) -> str:
    return datetime.strptime(text, "%Y%m%dT%H%M%S%z").strftime("%Y-%m-%dT%H:%M:%SZ")


def event_told(event: int) -> dict[str, Any]:
    return {
        "uid": one(texts(event, "UID")),
        "summary": one(texts(event, "SUMMARY")),
        "description": one(texts(event, "DESCRIPTION")),
        "location": one(texts(event, "LOCATION")),
        "status": one(written(event, "STATUS")),
        "sequence": int(one(written(event, "SEQUENCE"))),
        "categories": texts(event, "CATEGORIES"),
        "created": moment(one(written(event, "CREATED"))),
        "modified": moment(one(written(event, "LAST-MODIFIED"))),
        "stamp": moment(one(written(event, "DTSTAMP"))),
        "url": one(written(event, "URL")),
        "geo": [float(degrees) for degrees in one(written(event, "GEO")).split(";") if degrees],
        "contact": texts(event, "CONTACT"),
        "parent": texts(event, "RELATED-TO"),
        "organizer": one(written(event, "ORGANIZER")),
        "attendees": {
            LIBRARY.icalproperty_get_value_as_string(line).decode(): person(line)
            for line in properties(event, "ATTENDEE")
        },
        "transparency": one(written(event, "TRANSP")),
        "spans": spans(event),
    }


def calendar_told(content: bytes) -> dict[str, Any]:
    calendar = LIBRARY.icalparser_parse_string(content)
    assert calendar, "libical refuses the file"
    read = {
        "errors": LIBRARY.icalcomponent_count_errors(calendar),
        "valid": bool(LIBRARY.icalrestriction_check(calendar)),
        "errors_after_check": LIBRARY.icalcomponent_count_errors(calendar),
        "faults": faults(calendar),
        "events": [
            event_told(event) for event in components(calendar, LIBRARY.icalcomponent_string_to_kind(b"VEVENT"))
        ],
    }
    LIBRARY.icalcomponent_free(calendar)
    return read


json.dump({name: calendar_told(Path(name).read_bytes()) for name in sys.argv[1:]}, sys.stdout)
