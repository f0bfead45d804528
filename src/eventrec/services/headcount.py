"""People further and unnamed: the head-counts of delegations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from eventrec.errors import Rejected
from eventrec.models import Event, Participation
from eventrec.services import affiliation, rows
from eventrec.vocabulary import HEAD_COUNTS, SEXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

_COLUMN_OF_SEX = dict(zip(SEXES, HEAD_COUNTS, strict=True))
_ABSENT = ("declined", "no-show", "cancelled")


@dataclass(frozen=True)
class HeadCount:
    """Numbers of people further and unnamed."""

    women: int = 0
    men: int = 0
    other: int = 0
    not_stated: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.women + self.men + self.other + self.not_stated


@dataclass(frozen=True)
class Delegation:
    """How an agency stands in an event with one role: people with a name, and further ones without."""

    named: int
    further: int
    uncounted: bool
    """A row without a name has no number: the total is "at least"."""

    def __str__(self) -> str:
        if self.uncounted:
            return f"{self.named} named + others not counted"
        return f"{self.named} named + {self.further} further = {self.named + self.further}"


def of_row(row: Participation) -> HeadCount | None:
    """Return the row's head-count; None for a named person and for a delegation nobody counted."""
    return of_columns({name: getattr(row, name) for name in HEAD_COUNTS})


def of_columns(row: Mapping[str, Any]) -> HeadCount | None:
    """Return the head-count of a row that is given by its columns."""
    if row["women"] is None:
        return None
    return HeadCount(*[row[name] or 0 for name in HEAD_COUNTS])


def unnamed(session: Session, event_id: int, agency_id: int, role: str) -> list[Participation]:
    """Return the delegation's rows that hold a head-count above 0; somebody who was forgotten is none of them."""
    found = session.scalars(
        select(Participation)
        .where(
            Participation.event_id == event_id,
            Participation.agency_id == agency_id,
            Participation.contact_id.is_(None),
            Participation.forgotten_as.is_(None),
            Participation.role == role,
            Participation.status.not_in(_ABSENT),
        )
        .order_by(Participation.id)
    )
    return [row for row in found if (count := of_row(row)) and count.total]


def is_of(row: Mapping[str, Any], agency_id: int | None, role: str) -> bool:
    """Tell whether a row without a name, given by its columns, is one of `unnamed`."""
    count = of_columns(row)
    is_theirs = row["agency_id"] == agency_id and row["role"] == role and row["status"] not in _ABSENT
    return is_theirs and row["forgotten_as"] is None and count is not None and count.total > 0


def take_one(session: Session, unnamed_rows: list[Participation], *, sex: str, like: Participation) -> Participation:
    """Take one person off a head-count, of the sex given if there is one, else of those not stated.

    Of several rows the one with the status and modality of `like` is taken first. A row that reaches 0 is removed.
    """
    nearest = sorted(unnamed_rows, key=lambda row: (row.status != like.status, row.modality != like.modality, row.id))
    for column in (_COLUMN_OF_SEX[sex], "not_stated"):
        for row in nearest:
            number = getattr(row, column)
            if number:
                setattr(row, column, number - 1)
                if (count := of_row(row)) and not count.total:
                    session.delete(row)
                session.flush()
                return row
    held = "; ".join(f"row {row.id}: {describe(row)}" for row in nearest)
    word = {"female": "woman", "male": "man"}.get(sex, "person")
    raise Rejected(
        f"The head-count holds no further {word} and nobody not stated ({held}).",
        "Add the person on top with --further, or correct the head-count first.",
    )


def describe(row: Participation) -> str:
    """Say a row's head-count in words: "4 women, 8 men"."""
    return in_words(of_row(row), approximate=row.approximate)


def in_words(count: HeadCount | None, *, approximate: bool) -> str:
    """Say a head-count in words: "4 women, 8 men"."""
    if count is None:
        return "not counted"
    words = {"women": "women", "men": "men", "other": "other", "not_stated": "not stated"}
    parts = [f"{getattr(count, name)} {words[name]}" for name in HEAD_COUNTS if getattr(count, name)]
    return ("about " if approximate else "") + (", ".join(parts) or "0")


def delegation_of(session: Session, event_id: int, contact_id: int | None, agency_id: int | None) -> int | None:
    """Return the agency that a row stands for: its own, else that of the person's affiliation on the day."""
    if agency_id is not None or contact_id is None:
        return agency_id
    place = affiliation.on_day(session, contact_id, rows.get(session, Event, event_id).starts_on)
    return place.agency_id if place else None


def delegation(session: Session, event_id: int, agency_id: int, role: str) -> Delegation:
    """Count an agency's people in an event with one role, apart from those who declined or did not come."""
    query = select(Participation).where(
        Participation.event_id == event_id, Participation.role == role, Participation.status.not_in(_ABSENT)
    )
    theirs = [
        row
        for row in session.scalars(query)
        if delegation_of(session, event_id, row.contact_id, row.agency_id) == agency_id
    ]
    counts = [of_row(row) for row in theirs if row.contact_id is None]
    return Delegation(
        named=len({row.contact_id for row in theirs if row.contact_id is not None}),
        further=sum(count.total for count in counts if count),
        uncounted=None in counts,
    )
