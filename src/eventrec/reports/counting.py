"""The counting rule put to work: which events and which heads a question is about.

Who counts is decided in one place, the view `v_head`; DESIGN "What counts" is its text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.reports.roll_up import rolled_up
from eventrec.views.criteria import event_conditions, involvement, row_conditions
from eventrec.views.dialect import body, render
from eventrec.views.where import Where, among, every
from eventrec.vocabulary import COUNTED_ROLES, EXPECTED_EVENT_STATUSES

if TYPE_CHECKING:
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
    projects: tuple[str, ...]


class Head(NamedTuple):
    """A row of `v_head`. The five before the last are read only when the report is split by them."""

    event_id: int
    participation_id: int
    contact_id: int | None
    forgotten_as: str | None
    agency_id: int | None
    agency_kind: str | None
    modality: str
    role: str
    status: str
    sex: str | None
    people: int | None
    approximate: bool
    starts_on: str | None
    ends_on: str | None
    days: int | None
    source: str | None
    measure: str | None
    counted_role: bool
    own_staff: bool
    agency_code: str | None = None
    agency_name: str | None = None
    label: str | None = None
    side: str | None = None
    country: str | None = None
    attended_on: tuple[str, ...] = ()
    """The days on which the person was marked present (ISO); none where no sheet was kept."""

    @property
    def person(self) -> int | str | None:
        """Who it is, so that nobody counts twice: a contact, or somebody who was forgotten; None for a delegation."""
        return self.contact_id or self.forgotten_as


_ALWAYS: Final = Head._fields[:19]
_FOR_DIMENSION: Final = {
    "agency": ("agency_code", "agency_name", "label"),
    "side": ("side",),
    "country": ("country",),
}


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
                event.starts_on, coalesce(event.days, {{days event.starts_on event.ends_on}})
            FROM event
            LEFT JOIN event AS parent ON parent.id = event.parent_id
            WHERE {where.sql}"""  # noqa: S608
        projects = self._projects()
        return {
            row[0]: Happened._make((*row[:2], bool(row[2]), *row[3:6], _text(row[6]), row[7], projects.get(row[0], ())))
            for row in self.reader.rows(render(sql, self.reader.dialect), where.params)
        }

    @cached_property
    def recorded(self) -> list[Head]:
        """The heads recorded for those events that meet the criteria, whether or not they count."""
        chosen, heads = self._chosen(), self._heads()
        names = [*_ALWAYS, *(name for dimension in self.by for name in _FOR_DIMENSION.get(dimension, ()))]
        sql = f"""
            {self._rule()}
            SELECT {", ".join(f"head.{name}" for name in names)}
            FROM v_head AS head
            WHERE head.event_id IN (
                SELECT event.id FROM event
                LEFT JOIN event AS parent ON parent.id = event.parent_id
                WHERE {chosen.sql}
            ){heads.clause("AND")}
            ORDER BY head.event_id, head.participation_id"""  # noqa: S608
        found = [_head(names, row) for row in self.reader.rows(sql, {**chosen.params, **heads.params})]
        if marked := self._marked():
            found = [head._replace(attended_on=marked.get((head.event_id, head.person), ())) for head in found]
        return self._rolled_up(found) if self.roll_up else found

    @cached_property
    def counted(self) -> list[Head]:
        """The heads that count, those of site visits left out of totals among them."""
        return [
            head
            for head in self.recorded
            if head.measure == self.measure and head.counted_role and (self.with_own_staff or not head.own_staff)
        ]

    def _rolled_up(self, heads: list[Head]) -> list[Head]:
        """Return the heads under the agencies that theirs count under; who is own staff stays as it is."""
        under = rolled_up(self.reader, self.roll_up)
        return [head._replace(**under[head.agency_id]._asdict()) if head.agency_id in under else head for head in heads]

    def _marked(self) -> dict[tuple[int, int | str | None], tuple[str, ...]]:
        """Return the days on which each person was marked present, by event and person."""
        chosen = self._chosen()
        sql = f"""
            SELECT participation.event_id, participation.contact_id, participation.forgotten_as, attendance.day
            FROM attendance
            JOIN participation ON participation.id = attendance.participation_id
            JOIN event ON event.id = participation.event_id
            LEFT JOIN event AS parent ON parent.id = event.parent_id
            WHERE {chosen.sql}
            ORDER BY attendance.day"""  # noqa: S608
        found: dict[tuple[int, int | str | None], tuple[str, ...]] = {}
        for event, contact, forgotten_as, day in self.reader.rows(sql, chosen.params):
            who = event, contact or forgotten_as
            found[who] = (*found.get(who, ()), str(day))
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
                event_conditions(replace(criteria, event_ids=(), kinds=()), "event", "start"),
                involvement(criteria, "event"),
            )
        )

    def _chosen(self) -> Where:
        statuses = EXPECTED_EVENT_STATUSES if self.expected else ("held",)
        return among("event.status", statuses, "counting") & self.matching()

    def _heads(self) -> Where:
        """Return the conditions on `head` beyond those on its event: a person meets them with any of the rows."""
        rows = row_conditions(self.criteria, "taking")
        met = (
            "EXISTS (SELECT 1 FROM v_on_the_day AS taking WHERE taking.event_id = head.event_id"  # noqa: S608
            " AND (taking.id = head.participation_id OR taking.contact_id = head.contact_id"
            " OR taking.forgotten_as = head.forgotten_as)"
            f" AND coalesce(taking.measure, '') = coalesce(head.measure, '') AND {rows.sql})"
        )
        contact = among("head.contact_id", self.criteria.contact_ids, "contact")
        return every((Where(met, rows.params) if rows else rows, contact))

    def _rule(self) -> str:
        """Return `v_head` as a CTE that counts other roles, or nothing when the view itself will do."""
        if self.roles == COUNTED_ROLES:
            return ""
        return f"WITH v_head AS ({body('v_head', self.reader.dialect, self.roles)})"

    def _projects(self) -> dict[int, tuple[str, ...]]:
        chosen = self._chosen()
        sql = f"""
            SELECT reported.event_id, project.code
            FROM v_event_project AS reported
            JOIN project ON project.id = reported.project_id
            JOIN event ON event.id = reported.event_id
            LEFT JOIN event AS parent ON parent.id = event.parent_id
            WHERE {chosen.sql}
            ORDER BY project.code"""  # noqa: S608
        projects: dict[int, tuple[str, ...]] = {}
        for event, code in self.reader.rows(sql, chosen.params):
            projects[event] = (*projects.get(event, ()), code)
        return projects


def _head(names: list[str], row: tuple[Any, ...]) -> Head:
    cells = dict(zip(names, row, strict=True))
    for name in ("approximate", "counted_role", "own_staff"):
        cells[name] = bool(cells[name])
    return Head(**{**cells, "starts_on": _text(cells["starts_on"]), "ends_on": _text(cells["ends_on"])})


def _text(day: object) -> str | None:
    return None if day is None else str(day)
