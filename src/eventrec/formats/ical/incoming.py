"""What a calendar of somebody else's holds, as it is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.errors import Rejected
from eventrec.formats.packed import Packed

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Collection, Sequence
    from datetime import date, datetime, timedelta
    from decimal import Decimal

    from eventrec.formats.line_reader import Line
    from eventrec.localized import Localized

_MOST_PROBLEMS: Final = 10_000

_LONGEST_UID: Final = 1_000
"""Octets in UTF-8: a longer UID is none that anybody means, and not every database can look one up."""

Told = dict[str, list[int]]
"""What was forgiven, and in which lines."""


def short_uid(uid: str) -> str:
    """Return a UID as it is, or one that is made of it where it has more than 1,000 octets: the same in any file."""
    octets = uid.encode("utf-8", "surrogatepass")
    return uid if len(octets) <= _LONGEST_UID else f"sha256:{hashlib.sha256(octets).hexdigest()}"


class Window(NamedTuple):
    """The days for which series are taken apart, both inclusive; with `ended_whole` series that end are taken whole."""

    first: date
    last: date
    ended_whole: bool = False


@dataclass(frozen=True, slots=True)
class IncomingParty:
    """Who organizes, is to be asked, or takes part, as the calendar names them; either may be missing.

    `role` and `answer` are the words of ROLE and PARTSTAT in capitals (RFC 5545 §3.2.16, §3.2.12), of an attendee only;
    `group` tells that CUTYPE says GROUP.
    """

    name: Localized | None = None
    email: str | None = None
    role: str = ""
    answer: str = ""
    group: bool = False

    def __reduce__(self) -> tuple[Any, ...]:
        return IncomingParty, (self.name, self.email, self.role, self.answer, self.group)


@dataclass(frozen=True, slots=True)
class IncomingEvent:
    """An event as a calendar tells of it: both days inclusive, hours HH:MM of each day in `timezone` (IANA).

    Both days are None where it says none.

    `line` is where it begins in the file, from 1; `status` is TENTATIVE, CONFIRMED or CANCELLED. `timezone` is None
    for hours that do not say theirs. `created` and `modified` are UTC, YYYY-MM-DDTHH:MM:SSZ; `geo` is latitude and
    longitude. `series_day` is, of a day that a series was taken apart into, the day or moment that RECURRENCE-ID names
    (RFC 5545 §3.8.4.4), as ISO text; `uid` is then that of the series. `of_whole_series` tells that the file has the
    whole series, not only some of its days. `parent_uid` is what RELATED-TO names, `method`
    the METHOD of the calendar in capitals, empty where it has none.

    Of our own calendars (`is_ours`) also what only they tell: whether CANCELLED means `postponed`, the reason, and
    whether it is all that is left of a `removed` event.
    """

    line: int
    uid: str
    title: Localized
    starts_on: date | None
    ends_on: date | None
    sequence: int = 0
    status: str | None = None
    description: Localized | None = None
    location: str | None = None
    categories: Sequence[str] = ()
    start_time: str | None = None
    end_time: str | None = None
    timezone: str | None = None
    url: str | None = None
    online_url: str | None = None
    organizer: IncomingParty | None = None
    contact: str | None = None
    contact_party: IncomingParty | None = None
    attendees: Sequence[IncomingParty] = ()
    parent_uid: str | None = None
    series_day: str | None = None
    of_whole_series: bool = False
    is_ours: bool = False
    method: str = ""
    postponed: bool = False
    status_reason: str | None = None
    removed: bool = False
    created: str | None = None
    modified: str | None = None
    geo: tuple[Decimal, Decimal] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return IncomingEvent, _values(self)  # in a third of the time


_values: Callable[[IncomingEvent], tuple[Any, ...]] = attrgetter(*(each.name for each in fields(IncomingEvent)))


@dataclass(frozen=True)
class EventProblem:
    """An event that cannot be taken, and why."""

    line: int
    message: str


@dataclass(frozen=True)
class EventFile:
    """The events of a calendar, those that cannot be taken, and what was forgiven.

    `window` is that in which series were taken apart. `others` tells that it holds something else than events: tasks,
    a time zone.
    """

    events: Collection[IncomingEvent]
    problems: Sequence[EventProblem] = ()
    told: tuple[str, ...] = ()
    window: Window | None = None
    others: bool = False


class Span(NamedTuple):
    """Start and exclusive end as a calendar has them: two days, or two local times in `zone` (IANA; None: not said).

    Of whole days up to 9999-12-31, behind which there is no day, `end` is that day itself and `to_the_last` is true.
    """

    start: date
    end: date
    zone: str | None = None
    to_the_last: bool = False


class Times(NamedTuple):
    """The days of an event, both inclusive, and the hours of each; `spoken` is what they cannot say, for people."""

    starts_on: date
    ends_on: date
    start_time: str | None = None
    end_time: str | None = None
    timezone: str | None = None
    spoken: str | None = None


Onset = tuple["datetime", "timedelta", "timedelta"]
"""When a zone changes: its local time, the offset from UTC before it, and after it."""


@dataclass
class ZoneBlock:
    """One STANDARD or DAYLIGHT of a calendar's own zone (RFC 5545 §3.6.5): the lines that count, by name."""

    lines: dict[str, list[Line]] = field(default_factory=dict)


RawEvent = tuple[int, "array[int]", str]
"""Where an event begins in its file, the numbers of its lines, and these one below the other."""


@dataclass
class SourceCalendar:
    """What a calendar says beside its events: its zone, zones of its own and their places, whether we wrote it."""

    zone: str = ""
    line: int = 0
    tzid: str = ""
    method: str = ""
    version: str = ""
    is_ours: bool = False
    places: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, list[ZoneBlock]] = field(default_factory=dict)
    events: Packed[RawEvent] = field(default_factory=Packed)

    known: dict[str, str | None] = field(default_factory=dict)
    fitted: dict[tuple[str, int], str | None] = field(default_factory=dict)
    onsets: dict[tuple[str, int], list[Onset]] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, Any]:
        """Return all but the events: they wait for themselves."""
        return {name: value for name, value in vars(self).items() if name != "events"}


@dataclass
class Findings:
    """What is told of a file while it is read: what was forgiven, what cannot be taken, and days out of the window.

    `others` tells that a calendar holds something else than events.
    """

    told: Told = field(default_factory=dict)
    problems: list[EventProblem] = field(default_factory=list)
    outside: list[tuple[int, int, bool]] = field(default_factory=list)
    others: bool = False

    def tell(self, what: str, line: int) -> None:
        """Note what was forgiven in a line."""
        lines = self.told.setdefault(what, [])
        if lines[-1:] != [line]:
            lines.append(line)

    def refuse(self, line: int, message: str) -> None:
        """Note what cannot be taken. Raises Rejected when there is no end of it."""
        if len(self.problems) >= _MOST_PROBLEMS:
            raise Rejected(f"The file has more than {_MOST_PROBLEMS:,} problems; the last is in line {line}: {message}")
        self.problems.append(EventProblem(line, message))


class Properties:
    """The lines of an event by name, and the calendar in which it stands."""

    def __init__(self, begin: int, own: Sequence[Line], calendar: SourceCalendar, findings: Findings) -> None:
        self.begin = begin
        self.calendar = calendar
        self.findings = findings
        self._by_name: dict[str, list[Line]] = {}
        for line in own:
            if line.value.strip():
                self._by_name.setdefault(line.name, []).append(line)

    def lines(self, name: str) -> list[Line]:
        """Return all lines of a name."""
        return self._by_name.get(name, [])

    def line(self, name: str) -> Line | None:
        """Return the first line of a name."""
        found = self._by_name.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """Return the first line's value as text; empty when there is none."""
        found = self._by_name.get(name)
        return found[0].text.strip() if found else ""

    def tell(self, what: str) -> None:
        """Note what was forgiven."""
        self.findings.tell(what, self.begin)
