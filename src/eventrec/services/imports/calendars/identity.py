"""Which entry of a calendar is which event, and which of two states of it is the newer one."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import select

from eventrec.formats.packed import Packed, Repeated
from eventrec.models import Change, ChangeSet, Event, Tombstone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from eventrec.formats.ical.incoming import IncomingEvent
    from eventrec.services.imports.outcome import Outcome

_REMEMBERED: Final = 1_000
"""Uids that are not made anew, since an entry asks for its own again and again."""


@lru_cache(maxsize=_REMEMBERED)
def uid_of(foreign: str) -> str:
    """Return the uid under which an entry is kept: its own when it is a UUID, else one that is made of it."""
    try:
        return str(UUID(foreign))
    except ValueError:
        return str(uuid5(NAMESPACE_URL, f"urn:uid:{foreign}"))


def own_uid(incoming: IncomingEvent) -> str:
    """Return the uid of an entry; each day of a series has its own, the same in every file."""
    if incoming.series_day is None:
        return uid_of(incoming.uid)
    return _uid_of_day(incoming.uid, incoming.series_day)


@lru_cache(maxsize=_REMEMBERED)
def _uid_of_day(uid: str, day: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"urn:uid:{uid}#{day}"))


def source_uid(incoming: IncomingEvent) -> str | None:
    """Return the UID in the calendar that the entry came from, where it is not the event's own."""
    return incoming.uid if incoming.uid != own_uid(incoming) else None


def _day_in_series(incoming: IncomingEvent) -> date | None:
    """Return the day of its series that an entry is about, in the entry's time zone."""
    if incoming.series_day is None:
        return incoming.starts_on
    moment = datetime.fromisoformat(incoming.series_day)
    return (moment.astimezone(ZoneInfo(incoming.timezone)) if moment.tzinfo and incoming.timezone else moment).date()


def is_visit(incoming: IncomingEvent) -> bool:
    """Tell whether an entry is a site visit: it says so, and to what it belongs."""
    return incoming.parent_uid is not None and "site-visit" in incoming.categories


def is_newer(incoming: IncomingEvent, sequence: int, modified: str) -> bool:
    """Tell whether an entry is a later state than one of this SEQUENCE and moment (RFC 5546, 2.1.5).

    Of a calendar that does not count, whose SEQUENCE stays 0 while ours grows with each change, the moment decides.
    """
    counts = incoming.sequence > 0 or incoming.is_ours
    if incoming.sequence != sequence and counts:
        return incoming.sequence > sequence
    return (incoming.modified or "") > modified


def is_news(session: Session, incoming: IncomingEvent, event: Event) -> bool:
    """Tell whether an entry is a later state of an event than its calendar told before.

    Our own SEQUENCE may have grown past the calendar's, so it decides only of what came from no calendar. An entry
    whose moment alone is later, but not later than a change made here, does not go over that; nor does a state that
    this book had itself.
    """
    later_than_ours = is_newer(incoming, event.sequence, event.modified_at)
    if event.source_sequence is None:
        return later_than_ours
    news = is_newer(incoming, event.source_sequence, event.source_modified_at or "")
    if not news or later_than_ours:
        return news
    if incoming.is_ours and _was_ours(session, incoming, event):
        return False
    return incoming.sequence > event.source_sequence or _is_as_it_came(session, event)


def _was_ours(session: Session, incoming: IncomingEvent, event: Event) -> bool:
    """Tell whether this book once had that state of the event itself, so that it comes back from here."""
    moments = select(ChangeSet.id).where(ChangeSet.moment == incoming.modified).limit(1)
    if session.scalar(moments) is None:
        return False
    states = select(Change.after).where(Change.table_name == "event", Change.row_id == event.id)
    return any(state is not None and state["sequence"] == incoming.sequence for state in session.scalars(states))


def _is_as_it_came(session: Session, event: Event) -> bool:
    """Tell whether an event was last changed by what its calendar said, or by an undo of that; or never."""
    changes = select(Change).where(Change.table_name == "event", Change.row_id == event.id)
    changes = changes.where(Change.before.is_not(None), Change.after.is_not(None))  # a removed one came back as it was
    last = session.scalars(changes.order_by(Change.id.desc()).limit(1)).first()
    if last is None:
        return True
    before, after = last.before or {}, last.after or {}
    return any(before.get(name) != after.get(name) for name in ("source_sequence", "source_modified_at"))


def last_said(event: Event, incoming: IncomingEvent, *, changed: bool) -> dict[str, Any]:
    """Return the columns that keep what the calendar of an event last said.

    There are none when an event is not `changed` by it and its SEQUENCE is the same: a new moment alone is no change.
    """
    there = event.source_sequence
    grown = there is not None and incoming.sequence > there
    if not (grown or (changed and (there is None or is_newer(incoming, there, event.source_modified_at or "")))):
        return {}
    return {"source_sequence": incoming.sequence, "source_modified_at": incoming.modified}


class Latest:
    """The newest state of each entry, site visits after the events that they belong to, when all were `met` once."""

    def __init__(self, events: Collection[IncomingEvent]) -> None:
        self._events = events
        self._several = Repeated()
        self._visits: Packed[IncomingEvent] = Packed()
        self._best: dict[str, IncomingEvent] = {}

    def met(self) -> Iterator[IncomingEvent]:
        """Yield all entries as they stand in the file."""
        for each in self._events:
            self._several.add(own_uid(each))
            if is_visit(each):
                self._visits.add(each)
            yield each

    def leaves_out_others(self, outcome: Outcome) -> bool:
        """Tell whether of any entry a newer state was met; the outcome hears which are left out."""
        if not self._several:
            return False
        self._best = _newest((each for each in self._events if own_uid(each) in self._several), outcome)
        self._visits = Packed(each for each in self._each() if is_visit(each))
        return True

    def __iter__(self) -> Iterator[IncomingEvent]:
        yield from (each for each in self._each() if not is_visit(each))
        yield from self._visits

    def _each(self) -> Iterable[IncomingEvent]:
        return self._those() if self._several else self._events

    def _those(self) -> Iterator[IncomingEvent]:
        """Yield the entries, of several states of one the newest where the first of them stands."""
        best = dict(self._best)
        for each in self._events:
            newest = best.pop(own_uid(each), None) if own_uid(each) in self._several else each
            if newest is not None:
                yield newest


def _newest(events: Iterable[IncomingEvent], outcome: Outcome) -> dict[str, IncomingEvent]:
    """Return the newest state by uid, and tell which others are left out."""
    best: dict[str, IncomingEvent] = {}
    twice = 0
    for each in events:
        uid = own_uid(each)
        there = best.get(uid)
        if there is not None:
            older, each = (each, there) if is_newer(there, each.sequence, each.modified or "") else (there, each)
            outcome.count("", older.line, "left out", f"the same entry as at line {each.line}, which is newer")
            twice += 1
        best[uid] = each
    if twice:
        outcome.tell(
            f"{twice} entries stand in the file more than once; of each the newest state was taken."
            if twice > 1
            else "One entry stands in the file twice; the newer state was taken."
        )
    return best


class KnownEvents:
    """The events of the book that a file tells of, and those that were removed from it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.in_file = set[str]()
        """The uids of the file that the book had before."""

        self.numbers: dict[str, int] = {}
        self.graves: dict[str, Tombstone] = {}
        self.parents = set[str]()
        """The uids of the events to which site visits of the file belong."""

        self._met: set[int] = set()
        self._of_source: dict[str, list[tuple[int, str, date | None]]] = {}

    def look_up(self, part: Sequence[IncomingEvent]) -> None:
        """Find what the book has of some entries of the file; to be asked of all before anything is written."""
        uids = set(map(own_uid, part))
        parents = {uid_of(each.parent_uid) for each in part if each.parent_uid}
        self.parents |= parents
        wanted = sorted(uids | parents)
        found = self._session.execute(select(Event.uid, Event.id).where(Event.uid.in_(wanted)))
        self.numbers.update((uid, number) for uid, number in found)
        removed = select(Tombstone).where(Tombstone.table_name == "event", Tombstone.row_uid.in_(wanted))
        self.graves.update((grave.row_uid, grave) for grave in self._session.scalars(removed))
        self.in_file |= uids & self.numbers.keys()
        sources = sorted({each.uid for each in part} - self._of_source.keys())
        rows = select(Event.source_uid, Event.id, Event.uid, Event.starts_on).where(Event.source_uid.in_(sources))
        for source, number, uid, day in self._session.execute(rows):
            self._of_source.setdefault(source or "", []).append((number, uid, day))

    def add(self, uid: str, number: int) -> None:
        """Know a new event, which is asked for again only if site visits belong to it."""
        if uid in self.parents:
            self.numbers[uid] = number
        self.graves.pop(uid, None)

    def number(self, incoming: IncomingEvent) -> int | None:
        """Return the event that an entry tells of: the one with its uid, else that of its source on its day.

        The day is the one that it has in its series, else the one that it was moved to.
        """
        found = self.numbers.get(own_uid(incoming))
        if found is None:
            days = (_day_in_series(incoming), incoming.starts_on)
            found = next((number for day in days if (number := self._of_day(incoming.uid, day))), None)
        if found is not None:
            self._met.add(found)
        return found

    def _of_day(self, source: str, wanted: date | None) -> int | None:
        """Return the only event of a source on a day of which the file has not told otherwise."""
        same_day = [
            number
            for number, uid, day in self._of_source.get(source, ())
            if day == wanted and uid not in self.in_file and number not in self._met
        ]
        return same_day[0] if len(same_day) == 1 else None

    def may_be(self, incoming: IncomingEvent) -> Iterator[int]:
        """Yield the events that an entry may tell of, and the one to which it may belong."""
        number = self.numbers.get(own_uid(incoming))
        yield from self.all_of(incoming.uid) if number is None else (number,)
        if incoming.parent_uid is not None and (parent := self.numbers.get(uid_of(incoming.parent_uid))):
            yield parent

    def is_new(self, incoming: IncomingEvent) -> bool:
        """Tell whether an entry makes an event, as far as its uid tells."""
        return incoming.method != "CANCEL" and own_uid(incoming) not in self.numbers

    def all_of(self, source: str) -> list[int]:
        """Return the events that came from a source: the days of a series, or the only one."""
        return [number for number, _, _ in self._of_source.get(source, ())]

    def others_of(self, source: str, first: date, last: date) -> list[int]:
        """Return the events of a series, from first to last day, that no entry of the file has met."""
        return [
            number
            for number, uid, day in self._of_source.get(source, ())
            if uid not in self.in_file and number not in self._met and day is not None and first <= day <= last
        ]

    def was_taken_back(self, grave: Tombstone) -> bool:
        """Tell whether an undo removed the event, and nobody on purpose, nor by doing a removal again."""
        made = select(Change.change_set_id).where(Change.table_name == "tombstone", Change.row_id == grave.id)
        newest = made.where(Change.before.is_(None)).order_by(Change.id.desc()).limit(1)
        number, reversals = self._session.scalar(newest), -1
        while number is not None:
            number = self._session.scalar(select(ChangeSet.reverses_id).where(ChangeSet.id == number))
            reversals += 1
        return reversals % 2 == 1
