"""The calendars of a file as they stand: what they say of zones, and the lines of each event (RFC 5545 §3.4, §3.6)."""

from __future__ import annotations

import re
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.formats.ical.incoming import SourceCalendar, ZoneBlock
from eventrec.formats.line_reader import LONGEST_LINE, Line, parsed, unfolded
from eventrec.formats.marks import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from eventrec.formats.ical.incoming import Findings

_MARK: Final = re.compile(r"\ufeff?(BEGIN|END)[ \t]*(?:;[^:]*)?:[ \t]*(.{0,40})", re.IGNORECASE | re.DOTALL)
_MAY_BEGIN: Final = frozenset("BbEe\ufeff")
_TEXTS: Final = frozenset(("DESCRIPTION", "SUMMARY", "LOCATION", "COMMENT"))
_NAMES: Final = frozenset((
    "ACTION", "ATTACH", "ATTENDEE", "CALSCALE", "CATEGORIES", "CLASS", "COLOR", "COMMENT", "COMPLETED",
    "CONFERENCE", "CONTACT", "CREATED", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "DUE", "DURATION",
    "EXDATE", "EXRULE", "GEO", "IMAGE", "LAST-MODIFIED", "LOCATION", "METHOD", "NAME", "ORGANIZER", "PRIORITY",
    "RDATE", "RECURRENCE-ID", "RELATED-TO", "REQUEST-STATUS", "RESOURCES", "RRULE", "SEQUENCE", "STATUS",
    "SUMMARY", "TRANSP", "TRIGGER", "UID", "URL",
))  # fmt: skip
_LEFT_OUT: Final = {
    "VTODO": "Tasks (VTODO) are no events and were left out",
    "VJOURNAL": "Diary entries (VJOURNAL) are no events and were left out",
    "VFREEBUSY": "Free and busy times (VFREEBUSY) are no events and were left out",
}
_OF_ZONES: Final = ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE")
_QUOTED: Final = 40
_DAYS: Final = re.compile(r"(?:RDATE|EXDATE|RRULE|EXRULE)\b", re.IGNORECASE)
_LONGEST_TEXT: Final = 100_000
"""Characters of a line that somebody wrote."""

_MOST_LINES: Final = 5_000_000
_MOST_EVENTS: Final = 200_000
_MOST_OF_EVENT: Final = 10_000
_MOST_OF_ZONE: Final = 400
SHORTER: Final = "Export a shorter period, and import part after part."
_DEEPEST: Final = 50


def calendars(pieces: Iterable[str], findings: Findings) -> Iterator[SourceCalendar]:
    """Yield the calendars of a file, each with its events' lines without those of alarms and the like.

    Raises Rejected for a file of more lines than anybody's calendar has.
    """
    reading = _Reading(findings)
    for number, raw in unfolded(pieces):
        if number > _MOST_LINES:
            raise Rejected(f"The calendar has more than {_MOST_LINES:,} lines.", SHORTER)
        mark = _MARK.match(raw) if raw[0] in _MAY_BEGIN else None
        if mark is None:
            reading.line(number, raw)
        elif mark[1].upper() == "BEGIN":
            reading.begin(number, mark[2].strip().upper())
        elif calendar := reading.end(number, mark[2].strip().upper()):
            yield calendar
    if calendar := reading.rest():
        yield calendar


class _Reading:
    """What is open while a file is read line by line."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._stack: list[str] = []
        self._calendar = SourceCalendar()
        self._begin = 0
        self._events = 0
        self._own: list[tuple[int, str]] = []
        self._last = 0

    def begin(self, number: int, name: str) -> None:
        """Open a component; an event within an event tells that the first does not end."""
        if "VEVENT" in self._stack and name in ("VEVENT", "VCALENDAR"):
            self._unended()
        if name == "VEVENT":
            self._begin, self._own = number, []
        elif name in ("STANDARD", "DAYLIGHT"):
            blocks = self._calendar.blocks.setdefault(self._calendar.tzid, [])
            blocks[_MOST_OF_ZONE - 1 :] = [ZoneBlock()]
        elif name in _LEFT_OUT and "VEVENT" not in self._stack:
            self._findings.tell(_LEFT_OUT[name], number)
        if "VCALENDAR" in self._stack and name != "VEVENT" and name.startswith("V"):
            self._findings.others = True
        self._stack.append(name)
        self._last = number
        if len(self._stack) > _DEEPEST:
            raise Rejected(f"The file is no calendar: from line {number} on it opens more than it ends.")

    def end(self, number: int, name: str) -> SourceCalendar | None:
        """Close a component and those left open in it; return a calendar that is complete."""
        self._last = number
        if name not in self._stack:
            self._findings.tell("An END without its BEGIN, left out", number)
            return None
        at = len(self._stack) - 1 - self._stack[::-1].index(name)
        if "VEVENT" in self._stack and name != "VEVENT" and at < self._stack.index("VEVENT"):
            self._unended()
        del self._stack[at:]
        if name == "VEVENT" and len(self._own) > _MOST_OF_EVENT:
            self._findings.refuse(self._begin, f"The event has more than {_MOST_OF_EVENT:,} lines.")
        elif name == "VEVENT":
            self._events += 1
            if self._events > _MOST_EVENTS:
                raise Rejected(f"The calendar has more than {_MOST_EVENTS:,} events.", SHORTER)
            numbers = array("L", (number for number, _ in self._own))
            self._calendar.events.add((self._begin, numbers, "\n".join(raw for _, raw in self._own)))
        return None if self._stack else self._complete()

    def rest(self) -> SourceCalendar | None:
        """Return the calendar that the file does not end."""
        if not self._stack:
            return None
        if "VEVENT" in self._stack:
            self._unended()
        self._findings.tell("END:VCALENDAR is missing, the last line is", self._last)
        return self._complete()

    def line(self, number: int, raw: str) -> None:
        """Keep a line where it stands: in an event, in a zone, or in the calendar."""
        self._last = number
        if len(raw) > _LONGEST_TEXT:
            self._too_long(number, raw)
        elif self._stack and self._stack[-1] == "VEVENT":
            if len(self._own) <= _MOST_OF_EVENT:
                self._own.append((number, raw))
        elif not self._stack:
            self._findings.tell("Outside the calendar, left out", number)
        elif isinstance(line := parsed(number, raw), Line):
            self._note(line)
        elif raw.strip(_NO_TEXT):
            self._findings.refuse(number, _no_line(raw))

    def _too_long(self, number: int, raw: str) -> None:
        """Leave out what nobody wrote, and an attachment; days that are listed decide over others, and are kept."""
        if _DAYS.match(raw):
            if len(raw) > LONGEST_LINE:
                raise Rejected(f"Line {number} is longer than {LONGEST_LINE:,} characters.")
            if self._stack[-1:] == ["VEVENT"]:
                self._own.append((number, raw))
        elif not raw[:6].upper().startswith("ATTACH"):
            self._findings.tell(f"Longer than {_LONGEST_TEXT:,} characters, left out", number)

    def _note(self, line: Line) -> None:
        """Keep what the calendar says of zones, and whether it is ours."""
        calendar, component = self._calendar, self._stack[-1]
        if component == "VTIMEZONE" and line.name == "TZID":
            calendar.tzid = line.value.strip()
        elif component == "VTIMEZONE" and line.name == "X-LIC-LOCATION":
            calendar.places[calendar.tzid] = line.value.strip()
        elif component in ("STANDARD", "DAYLIGHT") and calendar.blocks.get(calendar.tzid):
            kept = calendar.blocks[calendar.tzid][-1].lines.setdefault(line.name, [])
            if line.name in _OF_ZONES and len(kept) < _MOST_OF_ZONE:
                kept.append(line)
        elif component == "VCALENDAR" and line.name == "X-WR-TIMEZONE":
            calendar.zone, calendar.line = line.text.strip(), line.number
        elif component == "VCALENDAR" and line.name == "PRODID":
            calendar.is_ours = line.value.startswith(PRODUCT)
        elif component == "VCALENDAR" and line.name == "METHOD":
            calendar.method = line.value.strip().upper()
        elif component == "VCALENDAR" and line.name == "VERSION":
            calendar.version = line.value.strip()

    def _unended(self) -> None:
        self._findings.refuse(self._begin, "The event does not end: END:VEVENT is missing.")
        del self._stack[self._stack.index("VEVENT") :]

    def _complete(self) -> SourceCalendar:
        complete, self._calendar = self._calendar, SourceCalendar()
        return complete


_NO_TEXT: Final = "".join(map(chr, range(33))) + "\x7f\ufeff"


def lines_of(numbers: Sequence[int], text: str, findings: Findings) -> list[Line]:
    """Return the lines of an event, which stand in a text one below the other.

    A text that goes on in lines of its own, as some programs write it, is joined. Any other line that is none is a
    problem.
    """
    found: list[Line] = []
    further: dict[int, list[str]] = {}
    for number, raw in zip(numbers, text.split("\n") if numbers else (), strict=True):
        line = parsed(number, raw)
        after_text = bool(found) and found[-1].name in _TEXTS
        if isinstance(line, Line) and not (after_text and _is_prose(line, raw)):
            found.append(line)
        elif after_text:
            further.setdefault(len(found) - 1, []).append(raw)
            findings.tell("A text that goes on in a line of its own, joined", number)
        elif raw.strip(_NO_TEXT):
            findings.refuse(number, _no_line(raw))
    for at, texts in further.items():
        found[at] = replace(found[at], value="\\n".join((found[at].value, *texts)))
    return found


def _is_prose(line: Line, raw: str) -> bool:
    """Tell whether what looks like a property is a text's next line, such as “Agenda: …”."""
    return not (line.name in _NAMES or raw[: len(line.name)].isupper() or line.name.startswith("X-"))


def _no_line(raw: str) -> str:
    return f"This is no line of a calendar: {' '.join(raw[:_QUOTED].split())}."
