"""The rows that the counting rule decides about, as SQL that goes through the participations once.

It says of many events at once what `v_head` says of one, and only what a report adds up. Who stands for whom and on
which day somebody was whose is decided in the database; the events are handed over, so that what is true of an event is
worked out once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.views.criteria import possibly_of_agencies, row_conditions
from eventrec.views.dialect import quoted, valid
from eventrec.views.where import Where, among
from eventrec.vocabulary import EXPECTED_PARTICIPATION_STATUSES, HEAD_COUNTS

if TYPE_CHECKING:
    from eventrec.views.criteria import Criteria

_STATUSES: Final = {
    "actual": "{row}.status = 'attended'",
    "expected": f"{{row}}.status IN ({quoted(EXPECTED_PARTICIPATION_STATUSES)})",
    "": "{row}.status <> 'attended'",
}
FORGOTTEN: Final = """SELECT participation.forgotten_as AS word, min(participation.id) AS number FROM participation
    WHERE participation.forgotten_as IS NOT NULL GROUP BY participation.forgotten_as"""
"""The words that stand for people who were forgotten, each with a number."""
OTHERS: Final = """SELECT participation.label, participation.side,
    row_number() OVER (ORDER BY min(participation.id)) AS number FROM participation
    WHERE participation.agency_id IS NULL AND (participation.label IS NOT NULL OR participation.side IS NOT NULL)
    GROUP BY participation.label, participation.side"""
"""What is no agency and yet has a name or a side, numbered from 1 without gaps."""
OTHER: Final = """(SELECT -party.number FROM participation AS told JOIN party
    ON coalesce(party.label, '') = coalesce(told.label, '') AND coalesce(party.side, '') = coalesce(told.side, '')
    WHERE told.id = taken.id)"""
"""The number below zero of the row `taken`; it alone is looked up, so that an index has all of the others."""
_PERSONS: Final = ("contact_id", "forgotten_as")
"""What says that rows are of one person."""


@dataclass(frozen=True)
class Rule:
    """The rule as it is applied to participations of the CTE `chosen`, whose rows are events.

    `measure` is "actual" or "expected"; empty for rows of held events that are not marked attended.
    """

    measure: str
    roles: tuple[str, ...]
    with_own_staff: bool
    criteria: Criteria

    def counts(self, row: str) -> str:
        """Return the condition that a row counts, be its status what it may."""
        role = f"{row}.role IN ({quoted(self.roles)})"
        return role if self.with_own_staff else f"{role} AND NOT {self.own_staff(row)}"

    def own_staff(self, row: str) -> str:
        """Return the condition that a row is of an agency that implements a project of the event, or of a part."""
        own = f"own.line = chosen.line AND own.agency_id = {self.agency(row)}"
        return f"EXISTS (SELECT 1 FROM own WHERE {own})"  # noqa: S608

    def agency(self, row: str) -> str:
        """Return the agency of a row on the day."""
        if self.measure == "actual":
            return f"{row}.agency_id"
        return f"coalesce({row}.agency_id, ({valid('agency_id', row, 'chosen')}))"

    def has_status(self, row: str) -> str:
        """Return the condition that a row's status makes it count as what is measured."""
        return _STATUSES[self.measure].format(row=row)

    def stands_for_all(self, person: str) -> str:
        """Return the condition that of a person's rows in the event `taken` is the one that stands for all of them."""
        return f"""NOT EXISTS (
            SELECT 1 FROM participation AS other
            WHERE other.event_id = taken.event_id AND other.{person} = taken.{person} AND other.id <> taken.id
                AND {self._comes_before("other", "taken")}
        )"""  # noqa: S608

    def _comes_before(self, other: str, taken: str) -> str:
        """Return the condition that one row comes before another: its role counts, not own staff, the lower number."""
        before = f"({self._place(other)}) < ({self._place(taken)})"
        if self.measure:
            return f"{self.has_status(other)} AND {before}"
        return f"({other}.status = 'attended' OR {before})"

    def _place(self, row: str) -> str:
        return f"{row}.role NOT IN ({quoted(self.roles)}), {self.own_staff(row)}, {row}.id"

    @property
    def met(self) -> Where:
        """The CTE `met` of the rows that the criteria on participations ask for, or nothing when there are none.

        A person meets them with any row of the same measure.
        """
        rows = row_conditions(self.criteria, "asked")
        if not rows:
            return rows
        few = possibly_of_agencies(self.criteria, "participation") if self.measure != "actual" else Where()
        narrow = self.criteria.agency_ids
        tables = "participation CROSS JOIN chosen" if narrow else "chosen CROSS JOIN participation"
        agency = self.agency("participation")
        also = " ".join(
            f"UNION SELECT other.id FROM asked JOIN participation AS other"  # noqa: S608
            f" ON other.event_id = asked.event_id AND other.{person} = asked.{person}"
            for person in _PERSONS
        )
        sql = f"""asked AS MATERIALIZED (
                SELECT asked.id, asked.event_id, asked.contact_id, asked.forgotten_as
                FROM (
                    SELECT participation.id, participation.event_id, participation.contact_id,
                        participation.forgotten_as, {agency} AS agency_id,
                        coalesce(
                            (SELECT v_agency.side FROM v_agency WHERE v_agency.id = {agency}), participation.side
                        ) AS side,
                        (SELECT agency.country FROM agency WHERE agency.id = {agency}) AS country,
                        participation.role, participation.status, participation.modality, participation.source
                    FROM {tables}
                    WHERE chosen.id = participation.event_id AND {self.has_status("participation")}
                        {few.clause("AND")}
                ) AS asked
                WHERE {rows.sql}
            ),
            met AS MATERIALIZED (SELECT asked.id FROM asked {also})"""  # noqa: S608
        return Where(sql, rows.params)

    def by_event(self, person: str, told: str, *, alone: bool) -> Where:
        """Return the SELECT of the place of each event with its rows as `told`, joined with commas.

        With `alone` each person has one row for each event, else all that have the status.
        """
        rows = self._those(person, "TRUE", alone=alone)
        told = f"{{joined {told}}}"
        if self.met:
            tables = "participation AS taken CROSS JOIN chosen"
            sql = f"SELECT chosen.at, {told} FROM {tables} {rows.sql} GROUP BY chosen.at ORDER BY chosen.at"  # noqa: S608
        else:
            each = f"SELECT {told} FROM participation AS taken {rows.sql}"  # noqa: S608
            sql = f"SELECT chosen.at, ({each}) FROM chosen"  # noqa: S608
        return Where(sql, rows.params)

    def rows(self, person: str, condition: str = "TRUE", joined: str = "") -> Where:
        """Return FROM and WHERE for the rows of named people (`contact_id`), forgotten ones or, without a word, others.

        Each person has one row for each event. Who counts as what is measured is in it when the condition is true of
        `taken`, which `joined` may add to.
        """
        rows = self._those(person, condition, alone=True)
        tables = "chosen CROSS JOIN participation AS taken"
        if self.met:
            tables = "participation AS taken CROSS JOIN chosen"
        return Where(f"FROM {tables} {joined} {rows.sql}", rows.params)

    def _those(self, person: str, condition: str, *, alone: bool) -> Where:
        """Return the WHERE of rows `taken` of the event `chosen`."""
        contacts = among("taken.contact_id", self.criteria.contact_ids, "contact")
        met = " AND taken.id IN (SELECT met.id FROM met)" if self.met else ""
        of = _of_person(person, indexed=not met)
        stands = f" AND {self.stands_for_all(person)}" if person and alone else ""
        sql = f"""WHERE taken.event_id = chosen.id AND {of} AND {self.has_status("taken")}{met}{contacts.clause("AND")}
            AND {condition}{stands}"""
        return Where(sql, contacts.params)


def _of_person(person: str, *, indexed: bool) -> str:
    """Return the condition that a row `taken` is of a named person, a forgotten one or, without a word, of neither.

    Where it is not `indexed`, no index may be taken: SQLite holds one that finds every delegation for a quick way.
    """
    contact, forgotten = "taken.contact_id", "taken.forgotten_as"
    if not indexed:
        contact, forgotten = f"nullif({contact}, 0)", f"nullif({forgotten}, '')"
    if not person:
        return f"{contact} IS NULL AND {forgotten} IS NULL"
    return f"{contact if person == 'contact_id' else forgotten} IS NOT NULL"


def head_counts(rule: Rule, person: str, party: str, evidenced: str) -> Where:
    """Return the SELECT of head-counts: of people who were forgotten (`forgotten_as`) or, without a word, delegations.

    The columns are the place of the event, the party, role and modality, and those of `Unnamed`. They are no UNION:
    SQLite knows how many rows `chosen` has only where it is read first, and would go through all participations once
    more, to know which events they are of.
    """
    counts = ", ".join(f"taken.{name}" for name in HEAD_COUNTS)
    own, joined = "taken.days, forgotten.number", "JOIN forgotten ON forgotten.word = taken.forgotten_as"
    if not person:
        marked = (
            "SELECT CAST(nullif(count(*), 0) AS integer) FROM attendance WHERE attendance.participation_id = taken.id"
        )
        own, joined = f"coalesce(({marked}), taken.days), 0", ""
    rows = rule.rows(person, joined=joined)
    sql = f"""SELECT chosen.at, {party}, taken.role, taken.modality, {counts},
        CASE WHEN taken.approximate THEN 1 ELSE 0 END, {evidenced}, {own} {rows.sql}"""
    return Where(sql, rows.params)
