"""Hours of other calendars that need a second look (RFC 5545 §3.3.5).

Those that do not say their time zone are meant in the book's, where it has one. Those that the clocks leap over are
meant with the offset before the leap.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from eventrec.services.imports.calendars.identity import own_uid
from eventrec.text.times import local_time_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eventrec.formats.ical.incoming import IncomingEvent
    from eventrec.services.imports.calendars.parties import Found


class Floating:
    """The hours without a zone of a file; in a book without one they stand in the notes of events of whole days."""

    def __init__(self, zone: str | None) -> None:
        self._zone = zone
        self._lines: dict[str, str] = {}

    def settled(self, events: Iterable[IncomingEvent]) -> Iterator[IncomingEvent]:
        """Yield the events with hours that there are, in a zone, or with none."""
        for each in events:
            yield _existing(self._settled(each) if each.start_time and not each.timezone else each)

    def _settled(self, event: IncomingEvent) -> IncomingEvent:
        hours = "-".join(filter(None, (event.start_time, event.end_time)))
        self._lines[own_uid(event)] = f"Hours without a time zone: {hours}"
        if self._zone:
            return replace(event, timezone=self._zone)
        return replace(event, start_time=None, end_time=None)

    def hours_left(self, event: IncomingEvent) -> str:
        """Return the hours that an event is left without; empty for any other."""
        return "" if event.start_time else self._lines.get(own_uid(event), "").rpartition(" ")[2]

    def note(self, event: IncomingEvent, found: Found) -> None:
        """Add what the event's note says of its hours, or does not need to say any more."""
        line = self._lines.get(own_uid(event))
        if line:
            (found.there if event.start_time else found.left).append(line)


def _existing(event: IncomingEvent) -> IncomingEvent:
    """Return an event of one day with its hours behind the leap of the clocks, where they fall into it."""
    if event.is_ours or event.start_time is None or event.timezone is None or event.starts_on != event.ends_on:
        return event
    starts, ends = (_behind(event, hour) for hour in (event.start_time, event.end_time))
    if (starts, ends) == (event.start_time, event.end_time):
        return event
    return replace(event, start_time=starts, end_time=ends if ends and starts and starts < ends else None)


def _behind(event: IncomingEvent, hour: str | None) -> str | None:
    if (
        hour is None
        or event.starts_on is None
        or local_time_problem(event.starts_on, hour, event.timezone or "UTC") != "gap"
    ):
        return hour
    zone = ZoneInfo(event.timezone or "UTC")
    moment = datetime.combine(event.starts_on, time.fromisoformat(hour), zone).astimezone(UTC).astimezone(zone)
    return f"{moment:%H:%M}"
