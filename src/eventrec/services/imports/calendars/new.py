"""Entries that are new to the book: they wait, with their people, and are written many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from eventrec.db.derived import computed
from eventrec.models import Event, EventProject
from eventrec.services import event as events
from eventrec.services.imports.calendars import identity, people, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.formats.ical.incoming import IncomingEvent
    from eventrec.services.imports.calendars.common import Common
    from eventrec.services.imports.calendars.parties import Found
    from eventrec.services.imports.outcome import Action

_DEFAULTS: Final = {"kind": "other", "modality": "in-person", "sequence": 0}
_COLUMNS: Final = (
    "kind", "parent_id", "title", "description", "topics", "status", "status_reason", "contact_id", "starts_on",
    "ends_on", "planned_starts_on", "planned_ends_on", "start_time", "end_time", "timezone", "modality", "venue",
    "address", "city", "country", "latitude", "longitude", "online_url", "source_url", "sequence", "source_uid",
    "source_sequence", "source_modified_at", "note", "search_text",
)  # fmt: skip
_FOR_VISITS: Final = ("parent_id", "timezone", "city", "country")
_SEARCHED: Final = ("title", "venue", "city", "description", "results", "topics")


class NewEvents:
    """Makes events of entries that nothing in the book is known of."""

    def __init__(self, common: Common) -> None:
        self._common = common
        self._rows = common.bulk.rows(Event, *_COLUMNS)
        self._paid = common.bulk.rows(EventProject, "event_id", "project_id")
        self._parents: dict[int, Mapping[str, Any]] = {}

    def put(self, incoming: IncomingEvent) -> tuple[Action, str]:
        """Add an event with its people. Raises Rejected and leaves nothing behind then."""
        common = self._common
        parent = self._parent(incoming)
        words = said.categories(incoming, common.projects)
        with common.bulk.together(), common.journal.as_of(incoming.modified):
            found = common.found(incoming)
            columns = new_columns(common, incoming, words, found, parent)
            number = self._add(incoming, columns)
            moment = common.journal.earlier
            for code in dict.fromkeys(words.projects):
                self._paid.add(number, common.projects[code], moment=moment)
            common.people.put_new(number, columns["modality"], found, moment)
        told(common, incoming, number, is_orphan=parent is None and words.kind == "site-visit")
        if identity.own_uid(incoming) in common.known.parents:
            self._parents[number] = {name: columns.get(name) for name in _FOR_VISITS} | {"id": number}
        return "new", f"{common.title(incoming)} (event {number})"

    def _add(self, incoming: IncomingEvent, columns: Mapping[str, Any]) -> int:
        journal = self._common.journal
        number, _ = self._rows.add(
            *map(columns.get, _COLUMNS),
            uid=identity.own_uid(incoming),
            moment=min(incoming.created or journal.moment, journal.moment),
            modified=journal.earlier,
        )
        return number

    def _parent(self, incoming: IncomingEvent) -> Mapping[str, Any] | None:
        """Return the event that a site visit belongs to; None for any other entry, and where it is not known."""
        number = parent_number(self._common, incoming)
        if number is None or number in self._parents:
            found = self._parents.get(number or 0)
        else:
            event = self._common.session.get(Event, number)
            found = events.deciding(event) if event is not None else None
        return found if found is not None and found["parent_id"] is None else None


def parent_number(common: Common, incoming: IncomingEvent) -> int | None:
    """Return the number of the event that a site visit may belong to; None for any other entry."""
    if not identity.is_visit(incoming) or incoming.parent_uid is None:
        return None
    return common.known.numbers.get(identity.uid_of(incoming.parent_uid))


def new_columns(
    common: Common,
    incoming: IncomingEvent,
    words: said.Categories,
    found: Found,
    parent: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Return the columns of a new event, the computed one too. Raises Rejected."""
    is_orphan = words.kind == "site-visit" and parent is None
    columns = events.columns_of_new(
        title=incoming.title,
        parent=parent,
        place_as_given=incoming.is_ours,
        own_zone=lambda: common.own_zone,
        source_uid=identity.source_uid(incoming),
        source_sequence=incoming.sequence,
        source_modified_at=incoming.modified,
        sequence=incoming.sequence,
        kind="other" if is_orphan else words.kind,
        topics=words.topics or None,
        contact_id=found.contact_id,
        note=people.note_of(None, found),
        **said.columns(incoming, common.main),
    )
    columns = _DEFAULTS | columns
    return columns | computed("event", {name: columns.get(name) for name in _SEARCHED})


def told(common: Common, incoming: IncomingEvent, number: int, *, is_orphan: bool) -> None:
    """Know a new event, and note what is to be told of it."""
    uid = identity.own_uid(incoming)
    common.known.add(uid, number)
    if hours := common.floating.hours_left(incoming):
        common.telling.floating.append(f"event {number} {hours}")
    if is_orphan:
        common.telling.orphans.append(f"event {number}")
