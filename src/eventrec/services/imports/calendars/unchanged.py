"""Entries that the book has already: of most of a calendar that is brought in again there is nothing to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.errors import EventrecError
from eventrec.models import Event
from eventrec.services import event as events
from eventrec.services import rows
from eventrec.services.imports.calendars import identity, people, said
from eventrec.services.imports.calendars.changes import Changes

if TYPE_CHECKING:
    from eventrec.formats.ical.incoming import IncomingEvent
    from eventrec.services.imports.calendars.common import Common
    from eventrec.services.imports.outcome import Action


class _Changed(Exception):
    """There is something to write, so what was found of people is taken back and looked for again."""


class Unchanged:
    """Tells which entries say nothing that is not in the book."""

    def __init__(self, common: Common) -> None:
        self._common = common

    def told(self, event: Event, incoming: IncomingEvent) -> tuple[Action, str] | None:
        """Return what is told of an entry that leaves its event as it is; None when it changes something."""
        common = self._common
        words = f"{event.title.both(common.main)} (event {event.id})"
        if common.wish.mode == "add":
            return "same", words
        newer = identity.is_news(common.session, incoming, event)
        categories = said.categories(incoming, common.projects)
        changes = Changes(event, incoming, categories, common.main)
        if newer or common.wish.mode == "update":
            if self._says_more(event, incoming, changes, {common.projects[code] for code in categories.projects}):
                return None
            return "same", words + ("; kept: " + "; ".join(changes.kept) if changes.kept and newer else "")
        if common.wish.with_people:
            return None if self._names_more(event, incoming, newer=False) else ("same", words)
        if changes.columns and (incoming.sequence, incoming.modified or "") != (event.sequence, event.modified_at):
            common.telling.older.append(f"event {event.id}")
            return "same", f"{words}; the book has a later state"
        return "same", words

    def _says_more(self, event: Event, incoming: IncomingEvent, changes: Changes, projects: set[int]) -> bool:
        if changes.columns or identity.last_said(event, incoming, changed=False):
            return True
        if event.planned_starts_on is None and event.starts_on is not None:
            return True
        paid = self._common.batch.projects
        if not projects <= {*paid.get(event.id, ()), *paid.get(event.parent_id or 0, ())}:
            return True
        try:
            events.check(events.deciding(event))
        except EventrecError:
            return True
        return self._names_more(event, incoming, newer=True)

    def _names_more(self, event: Event, incoming: IncomingEvent, *, newer: bool) -> bool:
        """Tell whether an entry names somebody who is not in the book or on the list, or an answer that is not."""
        common = self._common
        try:
            with common.bulk.together():
                count = common.bulk.count
                found = common.found(incoming)
                asked = found.contact_id if newer else None
                there = common.batch.lists.get(event.id, ()) if found.organizer or found.taking_part else ()
                if (
                    common.bulk.count != count
                    or asked not in (None, contact_of(common, event))
                    or people.plan(event.note, found, there, newer=newer)
                ):
                    raise _Changed
        except (_Changed, EventrecError):
            common.parties.forget()
            return True
        return False


def contact_of(common: Common, event: Event) -> int | None:
    """Return whom to ask about an event: a site visit without anybody has its parent's."""
    if event.contact_id is None and event.parent_id is not None:
        return rows.get(common.session, Event, event.parent_id).contact_id
    return event.contact_id
