"""What would embarrass a report: double counts, gaps and contradictions, each with the command that mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.reports.checks import events, numbers, people
from eventrec.reports.checks.asked import Asked
from eventrec.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from eventrec.reports.checks.asked import Finding
    from eventrec.table import Cell
    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader

COLUMNS: Final = (
    Column("finding"),
    Column("event", "integer"),
    Column("event_title", "localized"),
    Column("starts_on", "date"),
    Column("noun"),
    Column("id", "integer"),
    Column("what"),
    Column("hint"),
)
"""`event` is the event or site visit, `noun` and `id` the record to look at, `hint` the command that mends it."""

CHECKS: Final[tuple[Callable[[Asked], Iterable[Finding]], ...]] = (
    people.named_and_unnamed,
    people.not_at_the_event,
    people.same_person_twice,
    people.probably_one_person,
    numbers.still_registered,
    events.two_projects,
    numbers.sex_not_stated,
    numbers.modality_not_stated,
    numbers.nobody_recorded,
    people.without_agency,
    events.shares,
    events.outside_project,
    events.without_host,
    events.held_in_the_future,
    events.not_marked_held,
    numbers.uncounted,
    events.attendance_outside,
)
"""Everything that is looked for, in the order in which an event's findings are told."""


def check(reader: Reader, criteria: Criteria, today: str) -> Table:
    """Return what is to be mended before anybody reports: by the events' dates, undated ones last.

    A site visit without a date stands beside its event. `today` is an ISO date. The criteria limit it as they limit a
    report: an event belongs to the period of its first day, a site visit to what its event belongs to; site visits are
    looked at like events.
    """
    asked = Asked(reader, criteria, today)
    found = [finding for look in CHECKS for finding in look(asked)]
    found.sort(key=lambda finding: asked.events[finding.event].place)
    return Table(COLUMNS, [_cells(asked, finding) for finding in found])


def _cells(asked: Asked, finding: Finding) -> tuple[Cell, ...]:
    event = asked.events[finding.event]
    return (
        finding.finding, finding.event, event.title, event.starts_on, finding.noun, finding.id, finding.what,
        finding.hint,
    )  # fmt: skip
