"""The counting rule put to work: which events and which heads a question is about.

Who counts is decided in one place, the view `v_head`; DESIGN "What counts" is its text.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from eventrec.reports.heads import FORGOTTEN, Rule
from eventrec.reports.roll_up import Agency, rolled_up
from eventrec.views.criteria import event_conditions, involvement
from eventrec.views.dialect import render
from eventrec.views.where import Where, among, every
from eventrec.vocabulary import COUNTED_ROLES, EXPECTED_EVENT_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eventrec.views.criteria import Criteria
    from eventrec.views.reader import Reader


class Happened(NamedTuple):
    """An event that the question is about. A site visit left out of totals is shown under its event."""

    id: int
    kind: str
    is_visit: bool
    shown_id: int
    shown_title: str
    shown_kind: str
    starts_on: str | None
    days: int | None
    ends_on: str | None
    projects: tuple[str, ...]
    project_ids: tuple[int, ...]


@dataclass(frozen=True)
class Counting:
    """A question to the counting rule: what is asked for, by what, and which parts of the rule are lifted."""

    reader: Reader
    criteria: Criteria
    by: tuple[str, ...] = ()
    expected: bool = False
    roles: tuple[str, ...] = COUNTED_ROLES
    with_own_staff: bool = False
    roll_up: str = ""
    """Which agencies count under others: "successors", "parents" or, when empty, none."""

    @property
    def measure(self) -> str:
        """The kind of count: actual or expected, never both."""
        return "expected" if self.expected else "actual"

    @property
    def with_visits(self) -> bool:
        """Whether site visits count as events of their own."""
        return "site-visit" in self.criteria.kinds

    @cached_property
    def events(self) -> dict[int, Happened]:
        """The events that are held (or expected) and meet the criteria, by number."""
        is_visit = "FALSE" if self.with_visits else "event.kind = 'site-visit'"
        where = self._chosen()
        sql = f"""
            SELECT event.id, event.kind, {is_visit},
                CASE WHEN {is_visit} THEN parent.id ELSE event.id END,
                CASE WHEN {is_visit} THEN parent.title ELSE event.title END,
                CASE WHEN {is_visit} THEN parent.kind ELSE event.kind END,
                event.starts_on, coalesce(event.days, {{days event.starts_on event.ends_on}}), event.ends_on
            FROM event
            LEFT JOIN event AS parent ON parent.id = event.parent_id
            WHERE {where.sql}"""  # noqa: S608
        rows = self.reader.rows(render(sql, self.reader.dialect), where.params)
        projects = self._projects([row[0] for row in rows])
        return {
            row[0]: Happened(
                id=row[0],
                kind=row[1],
                is_visit=bool(row[2]),
                shown_id=row[3],
                shown_title=row[4],
                shown_kind=row[5],
                starts_on=_text(row[6]),
                days=row[7],
                ends_on=_text(row[8]),
                projects=tuple(code for code, _ in projects[row[0]]),
                project_ids=tuple(number for _, number in projects[row[0]]),
            )
            for row in rows
        }

    @cached_property
    def marked(self) -> dict[tuple[int, bool, int], tuple[int, ...]]:
        """The days (ordinals) on which a person was marked present, by event, whether forgotten, and number."""
        sql = f"""
            WITH forgotten AS MATERIALIZED ({FORGOTTEN}), chosen AS MATERIALIZED ({{listed :chosen id}})
            SELECT DISTINCT participation.event_id, participation.contact_id, forgotten.number, attendance.day
            FROM attendance
            JOIN participation ON participation.id = attendance.participation_id
            LEFT JOIN forgotten ON forgotten.word = participation.forgotten_as
            WHERE (participation.contact_id IS NOT NULL OR forgotten.number IS NOT NULL)
                AND participation.event_id IN (SELECT chosen.id FROM chosen)
            ORDER BY attendance.day"""  # noqa: S608
        found: dict[tuple[int, bool, int], tuple[int, ...]] = {}
        for event, contact, forgotten, day in self._of_events(sql, self.events):
            who = event, contact is None, contact or forgotten
            found[who] = (*found.get(who, ()), date.fromisoformat(str(day)).toordinal())
        return found

    @cached_property
    def agencies(self) -> dict[int, Agency]:
        """What each agency counts as: itself or, rolled up, another one."""
        found = self.reader.rows("SELECT id, kind, label, name, side, country FROM v_agency")
        return {row[0]: Agency(*row) for row in found} | (rolled_up(self.reader, self.roll_up) if self.roll_up else {})

    def rule(self, measure: str) -> Rule:
        """Return the rule as SQL, for rows of that measure."""
        return Rule(measure, self.roles, self.with_own_staff, self.criteria)

    def tables(self, rule: Rule, places: Sequence[tuple[str, Sequence[Sequence[int]]]] = ()) -> Where:
        """Return the CTEs that the rule reads: the events, with further columns by name, and who is own staff.

        `places` are the names of columns with, for each event in order, the values that it has there; an event with
        several values is several rows.
        """
        columns = "id at counts line days starts_on=date " + " ".join(name for name, _ in places)
        lines = {event.project_ids: 0 for event in self.events.values()}
        lines = {projects: at for at, projects in enumerate(lines)}
        rows = [
            (event.id, at, int(not event.is_visit), lines[event.project_ids], event.starts_on and event.days,
             event.starts_on, *place)
            for at, event in enumerate(self.events.values())
            for place in product(*(values[at] for _, values in places))
        ]  # fmt: skip
        staff = self._own_staff
        own = {(line, agency) for projects, line in lines.items() for project in projects for agency in staff[project]}
        met = rule.met
        sql = f"""WITH chosen AS MATERIALIZED ({{listed :chosen {columns}}}),
            own AS MATERIALIZED ({{listed :own line agency_id}}),
            forgotten AS MATERIALIZED ({FORGOTTEN})
            {f", {met.sql}" if met else ""}"""
        return Where(
            render(sql, self.reader.dialect),
            {**met.params, "chosen": json.dumps(rows), "own": json.dumps(sorted(own))},
        )

    @cached_property
    def _own_staff(self) -> dict[int, list[int]]:
        """The agencies whose people are own staff, by the project's number."""
        found: dict[int, list[int]] = defaultdict(list)
        for project, agency in self.reader.rows("SELECT project_id, agency_id FROM v_own_staff"):
            found[project].append(agency)
        return found

    def matching(self) -> Where:
        """Return the conditions on `event` whatever its status; `parent` is joined to it.

        A site visit belongs to what its event is: it is found under that number and, left out of totals, that kind.
        """
        criteria = self.criteria
        named = among("event.id", criteria.event_ids, "event")
        family = among("event.parent_id", criteria.event_ids, "event")
        kind = "event.kind" if self.with_visits else "coalesce(parent.kind, event.kind)"
        return every(
            (
                Where(f"({named.sql} OR {family.sql})", named.params) if named else named,
                among(kind, criteria.kinds, "kind"),
                event_conditions(criteria._replace(event_ids=(), kinds=()), "event", "start"),
                involvement(criteria, "event"),
            )
        )

    def _chosen(self) -> Where:
        statuses = EXPECTED_EVENT_STATUSES if self.expected else ("held",)
        return among("event.status", statuses, "counting") & self.matching()

    def _projects(self, events: Iterable[int]) -> dict[int, list[tuple[str, int]]]:
        """Return code and number of each event's projects, by code."""
        sql = """
            WITH chosen AS MATERIALIZED ({listed :chosen id})
            SELECT reported.event_id, project.code, project.id
            FROM chosen
            JOIN v_event_project AS reported ON reported.event_id = chosen.id
            JOIN project ON project.id = reported.project_id
            ORDER BY project.code"""
        projects: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for event, code, number in self._of_events(sql, events):
            projects[event].append((code, number))
        return projects

    def _of_events(self, sql: str, events: Iterable[int]) -> list[tuple[Any, ...]]:
        """Return what a question about the events `:chosen` gives."""
        chosen = json.dumps([[event] for event in events])
        return self.reader.rows(render(sql, self.reader.dialect), {"chosen": chosen})


def _text(day: object) -> str | None:
    return None if day is None else str(day)
