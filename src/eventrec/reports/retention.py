"""Whose data is not needed any more, and what keeps that of everybody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from eventrec.retention import DEFAULT_MONTHS, SETTING, kept_until
from eventrec.table import Column, Table
from eventrec.views.dialect import render
from eventrec.views.where import Where, among

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eventrec.table import Cell
    from eventrec.views.reader import Reader

DUE: Final = (
    Column("id", "integer"),
    Column("name", "localized"),
    Column("agency"),
    Column("due_since", "date"),
    Column("decided_by"),
    Column("ends_on", "date"),
    Column("retention_months", "integer"),
    Column("events", "integer"),
)
TIES: Final = (
    Column("reason"),
    Column("event", "integer"),
    Column("project"),
    Column("decided_by"),
    Column("ends_on", "date"),
    Column("retention_months", "integer"),
    Column("kept_until", "date"),
)
UNTIED: Final = "last-change"
"""The reason of somebody tied to nothing: the day (UTC) the person's records were last written counts."""

_AT_ONCE: Final = 500

_UNTIED = """
SELECT contact.id, (
    SELECT max(written.modified_at)
    FROM (
        SELECT {moment contact.modified_at} AS modified_at
        UNION ALL
        SELECT {moment contact_point.modified_at} FROM contact_point WHERE contact_point.contact_id = contact.id
        UNION ALL
        SELECT {moment affiliation.modified_at} FROM affiliation WHERE affiliation.contact_id = contact.id
        UNION ALL
        SELECT {moment consent.modified_at} FROM consent WHERE consent.contact_id = contact.id
    ) AS written
)
FROM contact
WHERE NOT EXISTS (SELECT 1 FROM participation WHERE participation.contact_id = contact.id)
    AND NOT EXISTS (SELECT 1 FROM event WHERE event.contact_id = contact.id)
    AND NOT EXISTS (SELECT 1 FROM project_party WHERE project_party.contact_id = contact.id)
"""


@dataclass(frozen=True)
class Tie:
    """Something that a person is kept for; `until` is the last day, inclusive, and None while no end is known."""

    contact_id: int
    reason: str
    event_id: int | None
    project_id: int | None
    project: str | None
    decided_by: str | None
    ends_on: date | None
    months: int

    @property
    def until(self) -> date | None:
        """The last day on which the person is kept for it."""
        return kept_until(self.ends_on, self.months) if self.ends_on else None


def due(reader: Reader, today: date, *, months: int | None = None, project_ids: Sequence[int] = ()) -> Table:
    """Return who is due on a day: everything that the person is tied to ended, and the months after it are over.

    `months` stands for the book's number; projects with a number of their own keep it. `project_ids` are projects of
    which the person is tied to one. Who is due for the longest time comes first.
    """
    found = []
    for contact_id, ties in _by_person(_ties(reader, months)).items():
        last = deciding(ties)
        if _wanted(ties, project_ids) and last.until is not None and last.until < today:
            found.append((last.until + timedelta(days=1), contact_id, last, ties))
    found.sort(key=lambda each: each[:2])
    shown = _names(reader, [contact_id for _, contact_id, _, _ in found])
    return Table(
        DUE,
        [
            (contact_id, *shown[contact_id], since.isoformat(), *_decision(last), _events(ties))
            for since, contact_id, last, ties in found
        ],
    )


def never_due(reader: Reader, *, project_ids: Sequence[int] = ()) -> list[Tie]:
    """Return what decides of each person who cannot become due, since a project has no end or an event no date."""
    return [
        last
        for ties in _by_person(_ties(reader, None)).values()
        if (last := deciding(ties)).until is None and _wanted(ties, project_ids)
    ]


def ties_of(reader: Reader, contact_id: int, *, months: int | None = None) -> list[Tie]:
    """Return what a person is tied to, what keeps it for the longest time first."""
    return sorted(_ties(reader, months, contact_id), key=_lasting, reverse=True)


def as_table(ties: Iterable[Tie]) -> Table:
    """Return ties for people and scripts to read."""
    return Table(
        TIES,
        [(tie.reason, tie.event_id, tie.project, *_decision(tie), _iso(tie.until)) for tie in ties],
    )


def deciding(ties: Iterable[Tie]) -> Tie:
    """Return the tie that keeps a person for the longest time; one without an end before all others."""
    return max(ties, key=_lasting)


def book_months(reader: Reader) -> int:
    """Return the book's months of retention."""
    said = reader.setting(SETTING)
    return DEFAULT_MONTHS if said is None else int(said)


def _wanted(ties: Iterable[Tie], project_ids: Sequence[int]) -> bool:
    return not project_ids or any(tie.project_id in project_ids for tie in ties)


def _lasting(tie: Tie) -> tuple[bool, date, str, int]:
    return tie.until is None, tie.until or date.max, tie.decided_by or "", -(tie.event_id or 0)


def _decision(tie: Tie) -> tuple[Cell, Cell, Cell]:
    return tie.decided_by, _iso(tie.ends_on), tie.months


def _read(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _events(ties: Iterable[Tie]) -> int:
    return len({tie.event_id for tie in ties if tie.event_id is not None})


def _by_person(ties: Iterable[Tie]) -> dict[int, list[Tie]]:
    found: dict[int, list[Tie]] = {}
    for tie in ties:
        found.setdefault(tie.contact_id, []).append(tie)
    return found


def _ties(reader: Reader, months: int | None, contact_id: int | None = None) -> list[Tie]:
    book = book_months(reader) if months is None else months
    only = Where("contact_id = :contact", {"contact": contact_id}) if contact_id is not None else Where()
    columns = "contact_id, reason, event_id, project_id, project, decided_by, ends_on, retention_months"
    rows = reader.rows(f"SELECT {columns} FROM v_retention{only.clause()}", only.params)  # noqa: S608
    found = [
        Tie(person, reason, event_id, project_id, project, decided_by, _read(ends_on), book if own is None else own)
        for person, reason, event_id, project_id, project, decided_by, ends_on, own in rows
    ]
    narrowed = " AND contact.id = :contact" if contact_id is not None else ""
    for number, written in reader.rows(render(_UNTIED, reader.dialect) + narrowed, only.params):
        found.append(Tie(number, UNTIED, None, None, None, None, _read(written[:10]), book))
    return found


def _names(reader: Reader, numbers: Sequence[int]) -> dict[int, tuple[Cell, Cell]]:
    found: dict[int, tuple[Cell, Cell]] = {}
    for at in range(0, len(numbers), _AT_ONCE):
        where = among("id", numbers[at : at + _AT_ONCE], "id")
        for row in reader.table("v_contact", ("id", "name", "agency"), where):
            found[int(str(row["id"]))] = (row["name"], row["agency"])
    return found
