"""What the checks are asked about, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.reports.counting import Counting
from eventrec.reports.split import as_object
from eventrec.views.criteria import row_conditions
from eventrec.views.dialect import render
from eventrec.views.where import among

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader
    from eventrec.views.where import Where

_LISTED: Final = 10


class Finding(NamedTuple):
    """Something to mend: in which event, which record, what is wrong, and the command that mends it.

    `finding` is a stable word. In `hint` the words in capitals are to be filled in; ways to choose from stand with
    ", or " between them.
    """

    finding: str
    event: int
    noun: str
    id: int
    what: str
    hint: str


class Happening(NamedTuple):
    """An event that the checks look at; `noun` is `visit` for a site visit.

    `place` puts events in order: by first day, and a site visit without one beside its event.
    """

    noun: str
    title: dict[str, Any] | None
    starts_on: str | None
    place: tuple[bool, str, int, int]


@dataclass(frozen=True)
class Asked:
    """The question: which events and rows, on which day (`today`, ISO)."""

    reader: Reader
    criteria: Criteria
    today: str

    @cached_property
    def events(self) -> dict[int, Happening]:
        """The events that meet the criteria, site visits with them, by number."""
        found = self.rows("""
            SELECT event.id, CASE WHEN event.kind = 'site-visit' THEN 'visit' ELSE 'event' END, event.title,
                event.starts_on, coalesce(event.starts_on, parent.starts_on), coalesce(parent.id, event.id)
            FROM event
            LEFT JOIN event AS parent ON parent.id = event.parent_id
            WHERE event.id IN {events}""")
        return {
            number: Happening(noun, as_object(title), _text(first), (day is None, str(day), family, number))
            for number, noun, title, first, day, family in found
        }

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run one SELECT.

        `{events}` stands for the numbers of the events asked about, `{rows}` for those of the participations, `:today`
        for the day; the placeholders of views mean what they mean there.
        """
        for name, subquery in self._subqueries.items():
            sql = sql.replace(f"{{{name}}}", f"({subquery})")
        params = {**self._of_events.params, **self._of_rows.params, "today": self.today}
        return self.reader.rows(render(sql, self.reader.dialect), params)

    def on(self, finding: str, event: int, what: str, hint: str) -> Finding:
        """Return a finding about the event itself; `{edit}` in the hint stands for the command that edits it."""
        noun = self.events[event].noun
        return Finding(finding, event, noun, event, what, hint.replace("{edit}", f"eventrec {noun} edit {event}"))

    @cached_property
    def _of_events(self) -> Where:
        return Counting(self.reader, self.criteria).matching()

    @cached_property
    def _of_rows(self) -> Where:
        return row_conditions(self.criteria, "taking") & among(
            "taking.contact_id", self.criteria.contact_ids, "contact"
        )

    @cached_property
    def _subqueries(self) -> dict[str, str]:
        events = "SELECT event.id FROM event LEFT JOIN event AS parent ON parent.id = event.parent_id"
        rows = "SELECT taking.id FROM v_on_the_day AS taking" if self._of_rows else "SELECT id FROM participation"
        return {"events": events + self._of_events.clause(), "rows": rows + self._of_rows.clause()}


def _text(day: object) -> str | None:
    return None if day is None else str(day)


def named(names: Sequence[str]) -> str:
    """Return names in a row, the first ten of many: "LI Na, WANG Wei and 2 more"."""
    further = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + further
