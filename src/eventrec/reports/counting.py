"""The counting rule put to work: which events and which heads a question is about.

Who counts is decided in one place, the view `v_head`; DESIGN "What counts" is its text.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from eventrec.reports.heads import FORGOTTEN, OTHER, OTHERS, Rule
from eventrec.reports.roll_up import Agency, rolled_up
from eventrec.views.criteria import event_conditions, involvement
from eventrec.views.dialect import render
from eventrec.views.where import Where, among, every
from eventrec.vocabulary import COUNTED_ROLES, EXPECTED_EVENT_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable

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


class Party(NamedTuple):
    """Whom somebody came from: an agency, or a party that is none. `name` is Localized as stored."""

    agency: int
    """As what agency it counts; 0 for none, as a group is none."""
    code: str | None
    name: str | None
    side: str | None
    country: str | None


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
        """The events that are held (or expected) and meet the criteria, by number and in the order of their days."""
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
            WHERE {where.sql}
            ORDER BY event.starts_on, event.id"""  # noqa: S608
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
        if not self.reader.rows("SELECT 1 FROM attendance LIMIT 1"):
            return found
        for event, contact, forgotten, day in self._of_events(sql, self.events):
            who = event, contact is None, contact or forgotten
            found[who] = (*found.get(who, ()), date.fromisoformat(str(day)).toordinal())
        return found

    @cached_property
    def parties(self) -> dict[int, Party]:
        """All that somebody can have come from: agencies by their number, others by one below zero, and 0 for nothing.

        Others are told apart only when the question is split by what they are called or by their side.
        """
        found = self.reader.rows("SELECT id, kind, label, name, side, country FROM v_agency")
        agencies = {row[0]: Agency(*row) for row in found}
        agencies |= rolled_up(self.reader, self.roll_up) if self.roll_up else {}
        parties = {
            number: Party(
                0 if one.agency_kind == "group" else one.agency_id, one.agency_code, one.agency_name, one.side or None,
                one.country or None,
            )
            for number, one in agencies.items()
        }  # fmt: skip
        if not {"agency", "side"}.isdisjoint(self.by):
            others = self.reader.rows(f"SELECT label, side, number FROM ({OTHERS}) AS party")  # noqa: S608
            parties |= {-number: Party(0, None, label, side, None) for label, side, number in others}
        return {0: Party(0, None, None, None, None), **parties}

    def party(self, rule: Rule) -> str:
        """Return the number of the party of the row `taken` on the day as an expression."""
        told = rule.agency("taken")
        return f"coalesce({told}, {OTHER}, 0)" if min(self.parties) < 0 else f"coalesce({told}, 0)"

    @cached_property
    def unnamed(self) -> tuple[str, ...]:
        """What tells apart those who are not named: `forgotten_as`, where anybody was forgotten, or nothing."""
        forgotten = self.reader.rows("SELECT 1 FROM participation WHERE forgotten_as IS NOT NULL LIMIT 1")
        return ("forgotten_as", "") if forgotten else ("",)

    @cached_property
    def highest(self) -> int:
        """The highest number of a contact or of a row of an event's list."""
        sql = "SELECT (SELECT max(contact.id) FROM contact), (SELECT max(participation.id) FROM participation)"
        (numbers,) = self.reader.rows(sql)
        return max(number or 0 for number in numbers)

    def rule(self, measure: str) -> Rule:
        """Return the rule as SQL, for rows of that measure."""
        return Rule(measure, self.roles, self.with_own_staff, self.criteria)

    def tables(self, rule: Rule, places: Iterable[int]) -> Where:
        """Return the CTEs that the rule reads: events by their place among all, and who is own staff."""
        events = list(self.events.values())
        lines: dict[tuple[int, ...], int] = {}
        rows = []
        for at in places:
            event = events[at]
            line = lines.setdefault(event.project_ids, len(lines))
            rows.append((event.id, at, line, event.starts_on))
        own = {(line, agency) for projects, line in lines.items() for agency in self._staff(projects)}
        met, parties = rule.met, f", party AS MATERIALIZED ({OTHERS})" if min(self.parties) < 0 else ""
        sql = f"""WITH chosen AS MATERIALIZED ({{listed :chosen id at line starts_on=date}}),
            own AS MATERIALIZED ({{listed :own line agency_id}}),
            forgotten AS MATERIALIZED ({FORGOTTEN})
            {parties} {f", {met.sql}" if met else ""}"""
        return Where(
            render(sql, self.reader.dialect),
            {**met.params, "chosen": json.dumps(rows), "own": json.dumps(sorted(own))},
        )

    def staff(self, projects: Iterable[int]) -> frozenset[int]:
        """Return the agencies whose people are own staff at events of these projects, and left out."""
        return frozenset() if self.with_own_staff else self._staff(projects)

    def _staff(self, projects: Iterable[int]) -> frozenset[int]:
        return frozenset(agency for project in projects for agency in self._own_staff[project])

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
