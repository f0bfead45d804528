"""Calendars in: the events of an iCalendar file (RFC 5545), with what cannot be taken named by its line."""

from __future__ import annotations

from dataclasses import replace
from io import SEEK_END
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.formats import octets
from eventrec.formats.ical.entry import event_of
from eventrec.formats.ical.foreign_zones import zone_or_none
from eventrec.formats.ical.incoming import EventFile, Findings, IncomingEvent, Properties
from eventrec.formats.ical.plain import plain
from eventrec.formats.ical.series import SeriesReader, is_of_series
from eventrec.formats.ical.source import SHORTER, calendars, lines_of
from eventrec.formats.ical.when import span_of, times_of
from eventrec.formats.line_reader import where
from eventrec.formats.packed import Merged, Packed, Repeated

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from typing import BinaryIO

    from eventrec.formats.ical.incoming import RawEvent, SourceCalendar, Window

__all__ = ["EventFile", "IncomingEvent", "read"]

LARGEST: Final = 128 * 2**20
"""Octets of the largest calendar that is read: two hundred thousand events of usual length."""

_MOST_TOLD: Final = 50
_MOST_TOGETHER: Final = 20_000
"""Entries of series that have others with their uid, which are held together: days that are otherwise."""

_Key = tuple[str, str | None]
_line_of = attrgetter("line")


def read(file: BinaryIO, window: Window | None = None) -> EventFile:
    """Read all events of a calendar, by line; series are taken apart into their days within the window.

    Raises Rejected for a file of more than 128 MB and for an encoding that nobody can read.
    """
    if file.seek(0, SEEK_END) > LARGEST:
        raise Rejected(
            f"The calendar is larger than {LARGEST // 2**20} MB.",
            SHORTER,
        )
    texts, encoding = octets.texts(file)
    reading = _Reading(window)
    for calendar in calendars(texts, reading.findings):
        reading.calendar(calendar)
    events = reading.all_events()
    problems = sorted(reading.findings.problems, key=lambda problem: problem.line)
    if not events and not problems:
        reading.told.append("The calendar holds no events.")
    told = ([f"The calendar was read as {encoding}."] if encoding else []) + reading.sentences(window)
    return EventFile(events, problems, tuple(told), window, reading.findings.others)


class _Reading:
    """The events of a file as they are found: single ones at once, series when all their entries are there."""

    def __init__(self, window: Window | None) -> None:
        self.findings = Findings()
        self.told: list[str] = []
        self._single = Packed[IncomingEvent]()
        self._keys = Repeated()
        self._waiting: Packed[tuple[int, RawEvent]] = Packed()
        self._uids = Repeated()
        self._calendars: Packed[SourceCalendar] = Packed()
        self._last: SourceCalendar | None = None
        self._series = SeriesReader(window)

    def calendar(self, calendar: SourceCalendar) -> None:
        """Read the events of one calendar."""
        if calendar.zone and zone_or_none(calendar.zone, calendar) is None:
            self.findings.tell(f"The calendar's time zone “{calendar.zone[:60]}” is not known", calendar.line)
            calendar.zone = ""
        raw_events, calendar.events = calendar.events, Packed()
        for raw in raw_events:
            said = _properties(calendar, raw, self.findings)
            if is_of_series(said) and said.text("UID"):
                self._wait(said, raw)
            elif is_of_series(said):
                self._take([said], self._single.add)
            else:
                self._take_single(said)

    def _wait(self, said: Properties, raw: RawEvent) -> None:
        self._uids.add(said.text("UID"))
        if self._last is not said.calendar:
            self._last = said.calendar
            self._calendars.add(said.calendar)
        self._waiting.add((len(self._calendars), raw))

    def _waited(self) -> Iterator[Properties]:
        """Yield the entries of series, each with its calendar."""
        calendars, number = iter(self._calendars), 0
        for at, raw in self._waiting:
            if at != number:
                calendar, number = next(calendars), at
            said = _properties(calendar, raw, Findings())  # which told of its lines before
            said.findings = self.findings
            yield said

    def _take_single(self, said: Properties) -> None:
        try:
            when = times_of(said, span_of(said)) if said.line("DTSTART") else None
            if when is None and said.calendar.method != "CANCEL":
                said.tell("No first day (DTSTART), so its date is not known, the event at")
            self._keep(event_of(said, when), self._single.add)
        except Rejected as error:
            self.findings.refuse(said.begin, error.message)
        except OverflowError:
            self.findings.refuse(said.begin, "The event is outside the years 1 to 9999.")

    def _take(self, group: Sequence[Properties], add: Callable[[IncomingEvent], None]) -> None:
        """Take a series apart, all of it or nothing."""
        try:
            for event in list(self._series.events(group)):
                self._keep(event, add)
        except Rejected as error:
            self.findings.refuse(group[0].begin, error.message)
        except OverflowError:
            self.findings.refuse(group[0].begin, "The event is outside the years 1 to 9999.")

    def _keep(self, event: IncomingEvent, add: Callable[[IncomingEvent], None]) -> None:
        kept = plain(event)
        self._keys.add(_key(kept))
        add(kept)

    def all_events(self) -> Collection[IncomingEvent]:
        """Return the events by line, when all calendars of the file are read."""
        alone, days = Packed[IncomingEvent](), list[IncomingEvent]()
        groups: dict[str, list[Properties]] = {}
        together = 0
        for said in self._waited():
            if said.text("UID") in self._uids:
                groups.setdefault(said.text("UID"), []).append(said)
                together += 1
                if together > _MOST_TOGETHER:
                    raise Rejected(
                        f"The calendar has more than {_MOST_TOGETHER:,} entries of series that belong together.",
                        SHORTER,
                    )
            else:
                self._take([said], alone.add)
        for group in groups.values():
            self._take(group, days.append)
        events = Merged((self._single, alone, sorted(days, key=_line_of)), _line_of)
        return Packed(_told_apart(events, self._keys, self.findings)) if self._keys else events

    def sentences(self, window: Window | None) -> list[str]:
        """Return what was forgiven, and what stands outside the window."""
        told = [f"{what}: {where(sorted(numbers))}." for what, numbers in self.findings.told.items()]
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


def _properties(calendar: SourceCalendar, raw: RawEvent, findings: Findings) -> Properties:
    begin, numbers, text = raw
    return Properties(begin, lines_of(numbers, text, findings), calendar, findings)


def _told_apart(events: Iterable[IncomingEvent], several: Repeated, findings: Findings) -> Iterator[IncomingEvent]:
    """Yield the events, of two with one uid the newer; where none is newer and the days differ both, told apart.

    The newer one has the place of the older, and who is told apart its own.
    """
    found: dict[_Key, IncomingEvent] = {}
    for event in events:
        if _key(event) in several:
            _put(event, found, findings)
    for event in events:
        if _key(event) not in several:
            yield event
            continue
        if _key(event) in found:
            yield found.pop(_key(event))
        if _apart(event) in found and found[_apart(event)].line == event.line:
            yield found.pop(_apart(event))


def _put(event: IncomingEvent, found: dict[_Key, IncomingEvent], findings: Findings, key: _Key | None = None) -> None:
    """Add an event to those that were found, or to its like there; `key` is by what, if not its own."""
    key = key or _key(event)
    other = found.setdefault(key, event)
    if other is event:
        return
    ages = [(each.sequence, each.modified or "") for each in (other, event)]
    if ages[0] == ages[1] and _start(other) != _start(event):
        if _apart(event) not in found:
            findings.tell("The uid of another event, so told apart by the time, the event at", event.line)
        _put(replace(event, uid=_apart(event)[0]), found, findings, _apart(event))
        return
    older = event if ages[1] < ages[0] else other
    findings.tell("An older entry of the same event, left out, the event at", older.line)
    found[key] = other if older is event else event


def _key(event: IncomingEvent) -> _Key:
    return event.uid, event.series_day


def _apart(event: IncomingEvent) -> _Key:
    """Return what an event is known by beside another one with its uid."""
    return f"{event.uid} {_start(event)}", event.series_day


def _start(event: IncomingEvent) -> str:
    return " ".join(filter(None, (event.starts_on.isoformat() if event.starts_on else "", event.start_time)))
