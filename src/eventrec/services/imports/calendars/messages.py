"""Messages about events (RFC 5546): those of ours to one participant, and cancellations, which need not say much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from eventrec.db.journal import journal_of
from eventrec.models import Change, ChangeSet, Event
from eventrec.services import event as events
from eventrec.services import planning, rows
from eventrec.services.imports.calendars import identity, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from eventrec.formats.ical.incoming import IncomingEvent
    from eventrec.services.imports.calendars.identity import KnownEvents
    from eventrec.services.imports.calendars.telling import Telling
    from eventrec.services.imports.outcome import Action
    from eventrec.services.imports.wish import Wish

_OPEN: Final = ("planned", "tentative", "confirmed")


def is_to_one_participant(incoming: IncomingEvent) -> bool:
    """Tell whether an entry is an invitation of ours, or takes one back: it speaks to one, not about the event."""
    return incoming.is_ours and incoming.method in ("REQUEST", "CANCEL")


def was_made_here(session: Session, event: Event) -> bool:
    """Tell whether an event was first written in this book: one that was brought in is older than its first change."""
    first = (
        select(ChangeSet.moment)
        .join(Change, Change.change_set_id == ChangeSet.id)
        .where(Change.table_name == "event", Change.row_id == event.id, Change.row_uid == event.uid)
        .order_by(Change.id)
        .limit(1)
    )
    moment = session.scalar(first)
    return moment is None or moment == event.created_at


class Cancellations:
    """Events called off by messages with METHOD:CANCEL (RFC 5546 §3.2.5).

    They need not say title and days, so nothing else is believed of them, and nothing is new by them.
    """

    def __init__(self, session: Session, wish: Wish, known: KnownEvents, telling: Telling, main: str) -> None:
        self._session = session
        self._journal = journal_of(session)
        self._wish = wish
        self._known = known
        self._telling = telling
        self._main = main
        self._whole: set[str] = set()

    def put(self, incoming: IncomingEvent, number: int | None) -> tuple[Action, str]:
        """Call off the event with that number; where the whole series is meant, all its days in the book."""
        numbers = [] if number is None else [number]
        whole = incoming.series_day is None or incoming.of_whole_series
        if whole and incoming.uid not in self._whole:
            numbers = list(dict.fromkeys([*numbers, *self._known.all_of(incoming.uid)]))
        if not numbers:
            title = incoming.title.both(self._main)
            if not self._known.all_of(incoming.uid) and title not in self._telling.unknown:
                self._telling.unknown.append(title)
            return "same", f"{title} is not in the book, so there is nothing to cancel"
        known = [rows.get(self._session, Event, each) for each in numbers]
        words = f"{known[0].title.both(self._main)} (event {known[0].id}"
        words += f" and {len(known) - 1} more)" if len(known) > 1 else ")"
        if self._wish.mode == "add":
            return "same", words
        off, changed, kept = self._call_off(incoming, known)
        if whole:
            self._whole.add(incoming.uid)
        if len(known) > 1:
            self._telling.series_off += off
        return ("updated" if changed else "same"), words + (f"; kept: held {', '.join(kept)}" if kept else "")

    def _call_off(self, incoming: IncomingEvent, known: Sequence[Event]) -> tuple[list[str], bool, list[str]]:
        """Return which events are now called off, whether anything changed, and which stay since they were held.

        A message that is newer than one day of a series is believed of all: days are counted each for itself.
        """
        newer = self._wish.mode == "update" or any(
            identity.is_newer(incoming, event.sequence, event.modified_at) for event in known
        )
        if not newer:
            self._telling.older += [f"event {event.id}" for event in known if event.status in _OPEN]
            return [], False, []
        before = self._journal.recorded
        off = [f"event {event.id}" for event in known if event.status != "held" and self._is_now_off(incoming, event)]
        kept = [f"event {event.id}" for event in known if event.status == "held"]
        return off, self._journal.recorded != before, kept

    def _is_now_off(self, incoming: IncomingEvent, event: Event) -> bool:
        was, status = event.status, said.status(incoming)
        columns: dict[str, Any] = {"sequence": max(event.sequence, incoming.sequence)}
        if was in _OPEN or (incoming.is_ours and was != status):
            columns |= {"status": status, "status_reason": incoming.status_reason}
        events.edit(self._session, event.id, columns, visits=False)
        if event.status == was:
            return False
        self._telling.visits_left(planning.visits_of(self._session, event), event, self._known.in_file)
        return True
