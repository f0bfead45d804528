"""The heads that the counting rule decides about, as SQL that goes through the participations once.

It says of many events at once what `v_head` says of one, and only what a report adds up. Who stands for whom, who is
own staff and on which day somebody was whose, is decided in the database; the events are handed over, so that what is
true of an event is worked out once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.views.criteria import possibly_of_agencies, row_conditions
from eventrec.views.dialect import quoted
from eventrec.views.where import Where, among
from eventrec.vocabulary import EVIDENCE_SOURCES, EXPECTED_PARTICIPATION_STATUSES, HEAD_COUNTS, SEXES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eventrec.views.criteria import Criteria

_AFFILIATED: Final = """coalesce({row}.agency_id, (
    SELECT valid.agency_id FROM affiliation AS valid
    WHERE valid.contact_id = {row}.contact_id
        AND (valid.starts_on IS NULL OR chosen.starts_on IS NULL OR valid.starts_on <= chosen.starts_on)
        AND (valid.ends_on IS NULL OR valid.ends_on >= chosen.starts_on)
    ORDER BY valid.is_primary DESC, valid.starts_on DESC NULLS LAST, valid.id DESC
    LIMIT 1
))"""
_STATUSES: Final = {
    "actual": "{row}.status = 'attended'",
    "expected": f"{{row}}.status IN ({quoted(EXPECTED_PARTICIPATION_STATUSES)})",
    "": "{row}.status <> 'attended'",
}
FORGOTTEN: Final = """SELECT participation.forgotten_as AS word, min(participation.id) AS number FROM participation
    WHERE participation.forgotten_as IS NOT NULL GROUP BY participation.forgotten_as"""
"""The words that stand for people who were forgotten, each with a number."""
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
        return f"{row}.agency_id" if self.measure == "actual" else _AFFILIATED.format(row=row)

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

    def rows(self, person: str, condition: str, joined: str = "") -> Where:
        """Return FROM and WHERE for the rows of named people (`contact_id`), forgotten ones or, without a word, others.

        Each person has one row for each event. Who counts as what is measured is in it when the condition is true of
        `taken`, which `joined` may add to.
        """
        contacts = among("taken.contact_id", self.criteria.contact_ids, "contact")
        tables, met = "chosen CROSS JOIN participation AS taken", ""
        if self.met:
            tables, met = "participation AS taken CROSS JOIN chosen", " AND taken.id IN (SELECT met.id FROM met)"
        of = _of_person(person, indexed=not met)
        alone = f" AND {self.stands_for_all(person)}" if person else ""
        sql = f"""FROM {tables} {joined}
            WHERE taken.event_id = chosen.id AND {of} AND {self.has_status("taken")}{met}{contacts.clause("AND")}
                AND {condition}{alone}"""
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


@dataclass(frozen=True)
class Shape:
    """What a report reads of each head: the columns it is split by, and whether people are told apart by evidence."""

    columns: Mapping[str, str]
    """Columns of the head by name, as expressions over `taken` and `chosen`; `sex` only when people are split by it."""

    evidence: bool = False
    one_by_one: bool = False
    """Whether the number of the person is read too."""


def named(rule: Rule, shape: Shape) -> Where:
    """Return the SELECT of the named people who count, with `taking` as `reports.taking` reads it."""
    person = f"CAST(taken.contact_id AS bigint) * {len(SEXES)} + {_SEX}"
    columns = _common(rule, shape, person, _SEX, "chosen.counts")
    contact = "JOIN contact ON contact.id = taken.contact_id"
    return _select(columns, rule.rows("contact_id", rule.counts("taken"), contact))


def head_counts(rule: Rule, shape: Shape) -> Where:
    """Return the SELECT of the head-counts that count: delegations, and people who were forgotten.

    Split by sex, each is one row per sex that it has people of. What is added up is 0 for a site visit left out of
    totals, as is `counts`.
    """
    sexes, of_sex = _sexes(shape)
    forgotten = f"JOIN forgotten ON forgotten.word = taken.forgotten_as {sexes}"
    condition = f"{rule.counts('taken')} AND {of_sex}"
    people = _people(shape)
    days = f"""CASE WHEN chosen.counts = 1 AND chosen.days IS NOT NULL THEN ({" + ".join(people.values())}) * coalesce(
        (SELECT CAST(nullif(count(*), 0) AS integer) FROM attendance WHERE attendance.participation_id = taken.id),
        taken.days, chosen.days
    ) END"""  # noqa: S608
    parts = [
        _select(
            _of_a_count(rule, shape, "forgotten.number", "CAST(NULL AS integer)"),
            rule.rows("forgotten_as", condition, forgotten),
        ),
        _select(_of_a_count(rule, shape, "0", days), rule.rows("", condition, sexes)),
    ]
    return Where("\nUNION ALL\n".join(part.sql for part in parts), parts[0].params)


def _of_a_count(rule: Rule, shape: Shape, person: str, days: str) -> dict[str, str]:
    """Return the columns of a head-count, or of one sex of it."""
    people = _people(shape)
    return {
        **_common(rule, shape, f"CAST({person} AS bigint)", "sexes.at", f"({' + '.join(people.values())})"),
        "known": "CASE WHEN taken.women IS NULL THEN 0 ELSE chosen.counts END",
        **people,
        "delegation_days": days,
    }


def _people(shape: Shape) -> dict[str, str]:
    """Return the numbers of a head-count by column."""
    people = {name: f"taken.{name} * chosen.counts" for name in HEAD_COUNTS}
    if "sex" not in shape.columns:
        return people
    return {
        name: f"CASE sexes.at WHEN {at} THEN {counted} WHEN {len(SEXES)} THEN NULL ELSE 0 END"
        for at, (name, counted) in enumerate(people.items())
    }


def _sexes(shape: Shape) -> tuple[str, str]:
    """Return join and condition that make one row for each sex that a head-count has people of."""
    if "sex" not in shape.columns:
        return "", "TRUE"
    known = " ".join(f"WHEN {at} THEN taken.{name} > 0" for at, name in enumerate(HEAD_COUNTS))
    numbers = " UNION ALL ".join(f"SELECT {at} AS at" for at in range(len(SEXES) + 1))
    return f"CROSS JOIN ({numbers}) AS sexes", f"CASE sexes.at {known} ELSE taken.women IS NULL END"


def _common(rule: Rule, shape: Shape, person: str, sex: str, people: str) -> dict[str, str]:
    """Return the columns that every head has."""
    evidenced = f"CASE WHEN taken.source IN ({quoted(EVIDENCE_SOURCES)}) THEN {people} END"
    own_days = "CASE WHEN taken.days > :longest THEN :longest ELSE coalesce(taken.days, 0) END"
    return {
        **{name: sex if name == "sex" else column for name, column in shape.columns.items()},
        "agency_id": rule.agency("taken"),
        "counts": "chosen.counts",
        "approximate": "CASE WHEN taken.approximate THEN chosen.counts ELSE 0 END",
        **({"evidenced": evidenced} if shape.evidence else {}),
        **({"person": person} if shape.one_by_one else {}),
        "taking": f"(({person}) * chosen.counts * :events + chosen.at) * (:longest + 1) + {own_days}",
    }


def _select(columns: Mapping[str, str], rows: Where) -> Where:
    names = ", ".join(f"{column} AS {name}" for name, column in columns.items())
    return Where(f"SELECT {names} {rows.sql}", rows.params)


def places(column: str, words: Sequence[str]) -> str:
    """Return the place of a word in the vocabulary as an expression."""
    found = " ".join(f"WHEN '{word}' THEN {at}" for at, word in enumerate(words))
    return f"CASE {column} {found} END"


_SEX: Final = places("contact.sex", SEXES)
