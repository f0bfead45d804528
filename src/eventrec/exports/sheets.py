"""Tables of the book's records, and the page that sums them up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.errors import NotAllowed
from eventrec.views.columns import COLUMNS
from eventrec.views.criteria import ALL, Criteria

if TYPE_CHECKING:
    from eventrec.table import Stream
    from eventrec.views.reader import Reader

VIEWS: Final = ("v_event", "v_agency", "v_contact", "v_contact_point", "v_project", "v_participation", "v_head")
"""The views that `export all` writes, one CSV each."""

_INTERNAL: Final = ("search_text", "sort_key")


def one_event(criteria: Criteria) -> int | None:
    """Return the event when exactly one was named and nothing else was asked: then a list is the donor's list."""
    alone = len(criteria.event_ids) == 1 and criteria._replace(event_ids=(), words=()) == ALL
    return criteria.event_ids[0] if alone else None


def sheet(reader: Reader, what: str, criteria: Criteria = ALL) -> Stream:
    """Return `events`, `agencies`, `contacts` or `participants` with every column that a sheet can hold."""
    view = {"events": "v_event", "agencies": "v_agency", "contacts": "v_contact", "participants": "v_participation"}
    return reader.records(what, criteria, [name for name in COLUMNS[view[what]] if name not in _INTERNAL])


def whole_book(reader: Reader) -> tuple[dict[str, Stream], list[str]]:
    """Return the `VIEWS` with every row, and the names of those of which the role of the database may see nothing.

    Raises NotAllowed when that is all of them.
    """
    from eventrec.formats import registry

    found: dict[str, Stream] = {}
    left_out: list[str] = []
    for view in VIEWS:
        try:
            rows = reader.everything(view)
            bool(registry.asked(rows, "csv"))  # puts the question: now is when it may be refused
            found[view] = rows
        except NotAllowed:
            left_out.append(view)
            if len(left_out) == len(VIEWS):
                raise
    return found, left_out


def summary(reader: Reader, today: str) -> bytes:
    """Return the page that a manager reads before a meeting: events, and participants by project; no personal data."""
    from eventrec.formats import registry
    from eventrec.reports.events import events
    from eventrec.reports.participants import participants

    options = registry.Options(main=reader.main_language(), languages="both")
    parts = [
        registry.render(events(reader, ALL), "markdown", options),
        registry.render(participants(reader, ALL, ["project"], today=today), "markdown", options),
        registry.render(participants(reader, ALL, ["side"], today=today), "markdown", options),
    ]
    return b"# Summary\n\n" + b"\n".join(parts)
