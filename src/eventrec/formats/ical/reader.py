"""Calendars in: the events of an iCalendar file (RFC 5545), with what cannot be taken named by its line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.formats.ical.entry import event_of
from eventrec.formats.ical.foreign_zones import zone_or_none
from eventrec.formats.ical.incoming import EventFile, Findings, IncomingEvent, Properties
from eventrec.formats.ical.series import SeriesReader, is_of_series
from eventrec.formats.ical.source import calendars, lines_of
from eventrec.formats.ical.when import span_of, times_of
from eventrec.formats.line_reader import decoded, where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.formats.ical.incoming import SourceCalendar, Window

__all__ = ["EventFile", "IncomingEvent", "read"]

LARGEST: Final = 16 * 2**20
"""Octets of the largest calendar that is read."""

_MOST_TOLD: Final = 50


def read(content: bytes, window: Window | None = None) -> EventFile:
    """Read all events of a calendar, by line; series are taken apart into their days within the window.

    Raises Rejected for a file of more than 16 MB and for an encoding that nobody can read.
    """
    if len(content) > LARGEST:
        raise Rejected("The calendar is larger than 16 MB.", "Export a shorter period, and import part after part.")
    text, encoding = decoded(content)
    reading = _Reading(window)
    for calendar in calendars(text, reading.findings):
        reading.calendar(calendar)
    events = reading.all_events()
    problems = sorted(reading.findings.problems, key=lambda problem: problem.line)
    if not events and not problems:
        reading.told.append("The calendar holds no events.")
    told = ([f"The calendar was read as {encoding}."] if encoding else []) + reading.sentences(window)
    return EventFile(events, problems, tuple(told), window, reading.findings.others)


class _Reading:
    """The events of a file as they are found: single ones at once, series when all their days are there."""

    def __init__(self, window: Window | None) -> None:
        self.findings = Findings()
        self.told: list[str] = []
        self._events: list[IncomingEvent] = []
        self._groups: dict[str, list[Properties]] = {}
        self._series = SeriesReader(window)

    def calendar(self, calendar: SourceCalendar) -> None:
        """Read the events of one calendar."""
        if calendar.zone and zone_or_none(calendar.zone, calendar) is None:
            self.findings.tell(f"The calendar's time zone “{calendar.zone[:60]}” is not known", calendar.line)
            calendar.zone = ""
        waiting, calendar.events = calendar.events[::-1], []
        while waiting:  # a long calendar is let go while it is read
            begin, numbers, octets = waiting.pop()
            said = Properties(begin, lines_of(numbers, octets, self.findings), calendar, self.findings)
            if is_of_series(said) and said.text("UID"):
                self._groups.setdefault(said.text("UID"), []).append(said)
            elif is_of_series(said):
                self._take([said])
            else:
                self._single(said)

    def _single(self, said: Properties) -> None:
        try:
            when = times_of(said, span_of(said)) if said.line("DTSTART") else None
            if when is None and said.calendar.method != "CANCEL":
                said.tell("No first day (DTSTART), so its date is not known, the event at")
            self._events.append(event_of(said, when))
        except Rejected as error:
            self.findings.refuse(said.begin, error.message)
        except OverflowError:
            self.findings.refuse(said.begin, "The event is outside the years 1 to 9999.")

    def _take(self, group: Sequence[Properties]) -> None:
        """Take a series apart, all of it or nothing."""
        try:
            self._events += list(self._series.events(group))
        except Rejected as error:
            self.findings.refuse(group[0].begin, error.message)
        except OverflowError:
            self.findings.refuse(group[0].begin, "The event is outside the years 1 to 9999.")

    def all_events(self) -> list[IncomingEvent]:
        """Return the events by line, when all calendars of the file are read."""
        for group in self._groups.values():
            self._take(group)
        return _told_apart(sorted(self._events, key=lambda event: event.line), self.findings)

    def sentences(self, window: Window | None) -> list[str]:
        """Return what was forgiven, and what stands outside the window."""
        told = [f"{what}: {where(numbers)}." for what, numbers in self.findings.told.items()]
        if len(told) > _MOST_TOLD:
            told[_MOST_TOLD:] = [f"… and {len(told) - _MOST_TOLD} more."]
        if window is None:
            return self.told + told
        before = [(line, days) for line, days, _ in self.findings.outside if days]
        later = [line for line, _, later in self.findings.outside if later]
        if before:
            days = sum(days for _, days in before)
            lines = where([line for line, _ in before])
            told.append(f"Days of series before {window.first}, left out ({days:,}), the series at: {lines}.")
        if later:
            told.append(f"Days of series after {window.last}, left out, the series at: {where(later)}.")
        return self.told + told


def _told_apart(events: list[IncomingEvent], findings: Findings) -> list[IncomingEvent]:
    """Return the events, of two with one uid the newer; where none is newer and the days differ both, told apart."""
    found: dict[tuple[str, str | None], IncomingEvent] = {}
    for event in events:
        key = (event.uid, event.series_day)
        other = found.get(key)
        if other is None:
            found[key] = event
            continue
        ages = [(each.sequence, each.modified or "") for each in (other, event)]
        if ages[0] == ages[1] and _start(other) != _start(event):
            findings.tell("The uid of another event, so told apart by the time, the event at", event.line)
            uid = f"{event.uid} {_start(event)}"
            found.setdefault((uid, event.series_day), replace(event, uid=uid))
            continue
        older = event if ages[1] < ages[0] else other
        findings.tell("An older entry of the same event, left out, the event at", older.line)
        found[key] = other if older is event else event
    return list(found.values())


def _start(event: IncomingEvent) -> str:
    return " ".join(filter(None, (event.starts_on.isoformat() if event.starts_on else "", event.start_time)))
