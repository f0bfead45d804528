"""Hours that do not say their time zone (RFC 5545 §3.3.5, form 1): they are meant in the book's, where it has one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from eventrec.models import Setting
from eventrec.services.imports.calendars.identity import own_uid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from eventrec.formats.ical.incoming import IncomingEvent
    from eventrec.services.imports.calendars.parties import Found


class Floating:
    """The hours without a zone of a file; in a book without one they stand in the notes of events of whole days."""

    def __init__(self, session: Session) -> None:
        self._zone = session.scalar(select(Setting.value).where(Setting.key == "timezone"))
        self._lines: dict[str, str] = {}

    def settled(self, events: Iterable[IncomingEvent]) -> list[IncomingEvent]:
        """Return the events with hours in a zone, or with none."""
        return [self._settled(each) if each.start_time and each.timezone is None else each for each in events]

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
