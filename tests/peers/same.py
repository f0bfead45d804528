"""Compares what a reader found with what stands in the file and in the book."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.peers import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.peers.book import Entry, Span
    from tests.peers.exported import Exported


def moment(written: str) -> str:
    """Write a UTC moment of RFC 5545 as the readers of these tests do."""
    return datetime.strptime(written, "%Y%m%dT%H%M%S%z").strftime("%Y-%m-%dT%H:%M:%SZ")


def spans(found: list[Span]) -> list[list[str]]:
    """Write days and instants as the readers of these tests do."""
    return [[_said(first), _said(last)] for first, last in found]


def _said(value: Any) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else str(value)


def event(part: plain.Part, entry: Entry) -> dict[str, Any]:
    """Return what every reader must find of an event: its texts as they stand, its days and hours as recorded."""
    return {
        "uid": part.value("UID"),
        "summary": part.text("SUMMARY"),
        "description": part.text("DESCRIPTION"),
        "location": part.text("LOCATION"),
        "status": entry.status,
        "sequence": entry.sequence,
        "categories": plain.split(part.value("CATEGORIES")),
        "created": moment(part.value("CREATED")),
        "modified": moment(part.value("LAST-MODIFIED")),
        "stamp": moment(part.value("DTSTAMP")),
        "url": part.value("URL"),
        "geo": [float(degrees) for degrees in part.value("GEO").split(";") if degrees],
        "contact": [plain.unescape(value) for value in part.values("CONTACT")],
        "parent": part.values("RELATED-TO"),
        "organizer": part.value("ORGANIZER"),
        "attendees": attendees(part),
        "transparency": part.value("TRANSP"),
        "spans": spans(entry.spans),
    }


def card(part: plain.Part) -> dict[str, Any]:
    """Return what every reader must find of a card: its texts as they stand."""
    return {
        "version": part.value("VERSION"),
        "uid": part.value("UID"),
        "fn": part.text("FN"),
        "n": [plain.split(value, ";") for value in part.values("N")],
        "org": [plain.split(value, ";") for value in part.values("ORG")],
        "title": [plain.unescape(value) for value in part.values("TITLE")],
        "emails": [plain.unescape(value) for value in part.values("EMAIL")],
        "phones": [plain.unescape(value) for value in part.values("TEL")],
        "addresses": [plain.split(value, ";")[2] for value in part.values("ADR")],
        "urls": part.values("URL"),
        "note": part.text("NOTE"),
        "nickname": [name for value in part.values("NICKNAME") for name in plain.split(value)],
        "categories": [word for value in part.values("CATEGORIES") for word in plain.split(value)],
        "revised": part.value("REV"),
    }


def attendees(part: plain.Part) -> dict[str, list[str]]:
    """Return name, role, answer and kind of who takes part, by address."""
    said = zip(part.values("ATTENDEE"), part.parameters("ATTENDEE"), strict=True)
    names = ("CN", "ROLE", "PARTSTAT", "CUTYPE")
    return {address: [given.get(name, "INDIVIDUAL") for name in names] for address, given in said}


def exactly(_name: str, value: Any) -> Any:
    """Return a value as it is compared when a reader has no habits of its own."""
    return value


def differences(
    exported: Exported, name: str, found: Sequence[dict[str, Any]], alike: Callable[[str, Any], Any] = exactly
) -> list[str]:
    """Return where a reader's events differ from the file and the book, one line each; nothing when all is the same.

    `alike` takes from a value, by its name, what the reader is known to read in its own way.
    """
    wanted = {uid: event(part, exported.entries[uid]) for uid, part in exported.events(name).items()}
    return _compared(name, wanted, found, alike)


def card_differences(
    exported: Exported, name: str, found: Sequence[dict[str, Any]], alike: Callable[[str, Any], Any] = exactly
) -> list[str]:
    """Return where a reader's cards differ from the file, one line each."""
    return _compared(name, {uid: card(part) for uid, part in exported.cards(name).items()}, found, alike)


def _compared(
    name: str, wanted: dict[str, Any], found: Sequence[dict[str, Any]], alike: Callable[[str, Any], Any]
) -> list[str]:
    theirs = {each["uid"]: each for each in found}
    lines = [f"{name}: {uid} is not read" for uid in wanted.keys() - theirs.keys()]
    lines += [f"{name}: {uid} is not in the file" for uid in theirs.keys() - wanted.keys()]
    lines += [f"{name}: {len(found)} read, {len(wanted)} in the file"] if len(found) != len(wanted) else []
    for uid in wanted.keys() & theirs.keys():
        for key, value in theirs[uid].items():
            if alike(key, value) != alike(key, wanted[uid][key]):
                lines.append(f"{name}: {uid}: {key}: {value!r:.300} for {wanted[uid][key]!r:.300}")
    return lines
