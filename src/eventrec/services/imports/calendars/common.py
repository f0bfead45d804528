"""What all entries of a calendar share while they are taken in, and the rows of the book that a batch of them needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import select

from eventrec.models import Event, EventProject, Participation
from eventrec.services.imports.calendars.people import Listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from sqlalchemy.orm import Session

    from eventrec.db.bulk import Bulk
    from eventrec.db.journal import Journal
    from eventrec.formats.ical.incoming import IncomingEvent
    from eventrec.services.imports.calendars.hours import Floating
    from eventrec.services.imports.calendars.identity import KnownEvents
    from eventrec.services.imports.calendars.parties import Found, Parties
    from eventrec.services.imports.calendars.people import People
    from eventrec.services.imports.calendars.telling import Telling
    from eventrec.services.imports.wish import Wish


class Batch:
    """The events of the book that some entries tell of, with their parents; lists and projects when they are asked for.

    While it is kept, asking the session for one of the events is no question to the database.
    """

    def __init__(self, session: Session, numbers: Iterable[int] = ()) -> None:
        self._session = session
        self._events = self._load(set(numbers))
        self._events |= self._load({each.parent_id for each in self._events.values() if each.parent_id is not None})

    def _load(self, numbers: Set[int]) -> dict[int, Event]:
        if not numbers:
            return {}
        return {each.id: each for each in self._session.scalars(select(Event).where(Event.id.in_(sorted(numbers))))}

    @cached_property
    def lists(self) -> Mapping[int, Sequence[Listed]]:
        """Who takes part, by event."""
        columns = [getattr(Participation, name) for name in Listed._fields]
        found: dict[int, list[Listed]] = {}
        if self._events:
            for row in self._session.execute(select(*columns).where(Participation.event_id.in_(sorted(self._events)))):
                found.setdefault(row.event_id, []).append(Listed(*row))
        return found

    @cached_property
    def projects(self) -> Mapping[int, Set[int]]:
        """The projects that pay, by event."""
        found: dict[int, set[int]] = {}
        query = select(EventProject.event_id, EventProject.project_id)
        if self._events:
            for event_id, project_id in self._session.execute(query.where(EventProject.event_id.in_(self._events))):
                found.setdefault(event_id, set()).add(project_id)
        return found


@dataclass
class Common:
    """What all entries of a calendar share; `own_zone` is the time zone of the book."""

    session: Session
    bulk: Bulk
    journal: Journal
    wish: Wish
    main: str
    own_zone: str | None
    known: KnownEvents
    floating: Floating
    parties: Parties
    people: People
    telling: Telling
    projects: Mapping[str, int]
    """The book's projects by code."""

    batch: Batch = field(init=False)

    def __post_init__(self) -> None:
        self.batch = Batch(self.session)

    def found(self, incoming: IncomingEvent) -> Found:
        """Return who is meant by an entry, and what its note says."""
        found = self.parties.of(incoming)
        self.floating.note(incoming, found)
        return found

    def title(self, incoming: IncomingEvent) -> str:
        """Return an entry's title for a sentence."""
        return incoming.title.both(self.main)
