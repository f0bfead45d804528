"""Calendars with one thing wrong, each line of which has a known number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.formats.ical.check.run import check

if TYPE_CHECKING:
    from eventrec.formats.ical.check.finding import Finding

HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example.org//Calendar//EN")
BERLIN = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Berlin",
    "BEGIN:STANDARD",
    "DTSTART:19701025T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19700329T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)


def content(*lines: str) -> bytes:
    """Lines with the ends that they should have."""
    return "".join(f"{line}\r\n" for line in lines).encode()


def calendar(*body: str, head: tuple[str, ...] = HEAD) -> bytes:
    """A calendar whose body begins in line 4."""
    return content(*head, *body, "END:VCALENDAR")


def entry(*more: str, kind: str = "VEVENT", start: str = "DTSTART:20241017T010000Z", uid: str = "1") -> tuple[str, ...]:
    """The lines of an entry: BEGIN, UID, DTSTAMP, DTSTART, and what is given."""
    starts = (start,) if start else ()
    return (f"BEGIN:{kind}", f"UID:{uid}@example.org", "DTSTAMP:20240101T000000Z", *starts, *more, f"END:{kind}")


def event(*more: str, start: str = "DTSTART:20241017T010000Z") -> bytes:
    """A calendar with one event: it begins in line 4, its DTSTART is line 7, what is given begins in line 8."""
    return calendar(*entry(*more, start=start))


def findings(octets: bytes) -> list[Finding]:
    return list(check(octets).findings)


def found(octets: bytes) -> list[tuple[int, str]]:
    """The lines of all findings with the names of their rules."""
    return [(finding.line, finding.rule.name) for finding in findings(octets)]


def message(octets: bytes, rule: str) -> str:
    """What the first finding of a rule says."""
    return next(finding.message for finding in findings(octets) if finding.rule.name == rule)
