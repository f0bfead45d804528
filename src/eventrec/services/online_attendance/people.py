"""The entries of an attendance report, joined to people, and how long each was there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from eventrec.services.online_attendance.shown_names import key_of, number_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from datetime import datetime

    from eventrec.formats.meeting_log import Entry

_ROUNDED: Final = 90
"""Seconds by which a duration may be shorter than its times and still be the whole of them: minutes are rounded."""


@dataclass(frozen=True)
class Meeting:
    """When the meeting ended, where the report tells, and how many seconds it lasted."""

    ends: datetime | None
    seconds: int


@dataclass(frozen=True)
class Attended:
    """Somebody who was in the meeting, with all entries of that person."""

    entries: tuple[Entry, ...]
    meeting: Meeting

    @property
    def names(self) -> tuple[str, ...]:
        """The names shown, as they are printed."""
        return tuple(dict.fromkeys(entry.name for entry in self.entries if entry.name))

    @property
    def name(self) -> str:
        """The first name shown, for a sentence."""
        return self.names[0] if self.names else f"row {self.entries[0].row}"

    @property
    def email(self) -> str:
        """The address, empty when the report has none."""
        return next((entry.email for entry in self.entries if entry.email), "")

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of the report."""
        return tuple(entry.row for entry in self.entries)

    @property
    def seconds(self) -> int | None:
        """How long the person was there; None when the report does not tell.

        Times that overlap count once, as of two devices. A duration without times is added, up to the whole meeting.
        """
        spans = [_span(entry, self.meeting) for entry in self.entries]
        if all(span is None and not entry.seconds for span, entry in zip(spans, self.entries, strict=True)):
            return None if any(entry.joined and entry.left is None for entry in self.entries) else 0
        whole = [span for span, entry in zip(spans, self.entries, strict=True) if span and _is_whole(entry, span)]
        other = [
            entry for span, entry in zip(spans, self.entries, strict=True) if not (span and _is_whole(entry, span))
        ]
        solid = _union(whole)
        most = _union([span for span in spans if span]) if all(spans) else self.meeting.seconds
        return min(solid + sum(entry.seconds for entry in other), max(solid, most))

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded down; 0 where the time is not known."""
        return (self.seconds or 0) // 60

    @property
    def share(self) -> float | None:
        """The part of the meeting in per cent; None when it cannot be known."""
        if self.seconds is None or not self.meeting.seconds:
            return None
        return min(100.0, self.seconds * 100 / self.meeting.seconds)


_Span = tuple["datetime", "datetime"]


def people(entries: Iterable[Entry], meeting_seconds: int | None = None) -> list[Attended]:
    """Return one `Attended` for each person, in the order in which they first appear.

    Joined is what has the same e-mail, else the same display name. What is nobody's name, such as “iPhone”, is a person
    for each entry, a telephone number one for each number. `meeting_seconds` is the length that the report states; else
    it is the time from the first joining to the last leaving.
    """
    listed = list(entries)
    meeting = _meeting(listed, meeting_seconds)
    groups: dict[Hashable, list[Entry]] = defaultdict(list)
    emails = _emails_by_name(listed)
    for entry in listed:
        groups[_key(entry, emails)].append(entry)
    return [Attended(tuple(group), meeting) for group in groups.values()]


def together(attended: Sequence[Attended]) -> Attended:
    """Return people who turned out to be one."""
    entries = sorted((entry for each in attended for entry in each.entries), key=lambda entry: entry.row)
    return Attended(tuple(entries), attended[0].meeting)


def _emails_by_name(entries: Iterable[Entry]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.email:
            found[key_of(entry.name)].add(entry.email)
    return found


def _key(entry: Entry, emails: dict[str, set[str]]) -> Hashable:
    name = key_of(entry.name)
    if entry.email:
        return "email", entry.email
    if name:
        known = emails.get(name, set())
        return ("email", *known) if len(known) == 1 else ("name", name)
    number = number_of(entry.name)
    return ("number", number) if number else ("row", entry.row, entry.joined)


def _meeting(entries: Sequence[Entry], seconds: int | None) -> Meeting:
    starts = [entry.joined for entry in entries if entry.joined]
    ends = [entry.left for entry in entries if entry.left]
    end = max(ends, default=None)
    if seconds is not None and starts and end is None:
        end = min(starts) + timedelta(seconds=seconds)
    if seconds is None:
        seconds = int((end - min(starts)).total_seconds()) if starts and end else 0
        seconds = seconds or max((entry.seconds for entry in entries), default=0)
    return Meeting(end, seconds)


def _span(entry: Entry, meeting: Meeting) -> _Span | None:
    """Return the time from joining to leaving; who was still there stayed until the end."""
    left = entry.left or meeting.ends
    if entry.joined is None or left is None or left < entry.joined or (entry.left is None and entry.seconds):
        return None
    return entry.joined, left


def _is_whole(entry: Entry, span: _Span) -> bool:
    """Tell whether the person was there from the first to the last of it."""
    return entry.left is None or entry.seconds >= (span[1] - span[0]).total_seconds() - _ROUNDED


def _union(spans: Iterable[_Span]) -> int:
    """Return how many seconds the spans cover, each second once."""
    covered = timedelta()
    until: datetime | None = None
    for start, end in sorted(spans):
        if until is None or start > until:
            covered += end - start
        elif end > until:
            covered += end - until
        until = end if until is None else max(until, end)
    return int(covered.total_seconds())
