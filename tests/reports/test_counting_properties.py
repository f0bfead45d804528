from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventrec.reports.participants import participants
from eventrec.views.criteria import ALL
from eventrec.vocabulary import COUNTED_ROLES, EVENT_STATUSES, SEXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.views.book import Book

FIRST = date(2024, 1, 1)
AGENCIES = (
    {"code": "IMP"},
    {"code": "PART", "parent_id": 1},
    {"code": "NIA", "side": "China"},
    {"code": "GR", "kind": "group"},
)
ROLES = ("participant", "speaker", "interpreter", "organizer")
DIMENSIONS = ("event", "agency", "side", "modality", "role", "sex", "month", "kind")


@dataclass(frozen=True)
class Row:
    """A participation to be."""

    event: int
    contact: int | None
    agency: int | None
    role: str
    status: str
    counts: tuple[int, int, int, int] | None
    days: int | None

    @property
    def key(self) -> tuple[Any, ...]:
        """What is unique in the book."""
        if self.contact:
            return (self.event, self.contact, self.role)
        return (self.event, None, self.agency, self.role, self.status)


_numbers = st.integers(0, 5)
_rows = st.builds(
    Row,
    event=st.integers(1, 4),
    contact=st.none() | st.integers(1, 3),
    agency=st.none() | st.integers(1, 4),
    role=st.sampled_from(ROLES),
    status=st.sampled_from(["attended", "attended", "attended", "registered", "no-show"]),
    counts=st.none() | st.tuples(_numbers, _numbers, _numbers, _numbers),
    days=st.none() | st.just(1),
)
_events = st.tuples(st.integers(0, 60), st.integers(1, 3), st.sampled_from([*EVENT_STATUSES, "held", "held", "held"]))
_books = st.tuples(
    st.lists(_events, min_size=4, max_size=4),
    st.lists(st.sampled_from(SEXES), min_size=3, max_size=3),
    st.lists(_rows, max_size=14, unique_by=lambda row: row.key),
)


@pytest.fixture(autouse=True)
def _cleared(sqlite_book: Book) -> Iterator[None]:
    yield
    sqlite_book.clear()


def write(book: Book, events: list[tuple[int, int, str]], sexes: list[str], rows: list[Row]) -> list[Row]:
    """Record everything and return the rows that the book could hold."""
    book.clear()
    for agency in AGENCIES:
        book.agency(**agency)  # type: ignore[arg-type]
    project = book.project("P", implementers=(1,))
    for offset, length, status in events:
        first = FIRST + timedelta(offset)
        book.event("E", f"{first}..{first + timedelta(length - 1)}", status=status, projects=(project,))
    for sex in sexes:
        book.contact("C", sex=sex)
    kept = [row for row in rows if row.contact or row.agency or row.counts]
    for row in kept:
        common = {"agency_id": row.agency, "role": row.role, "status": row.status, "days": row.days}
        if row.contact:
            book.named(row.event, row.contact, **common)
        elif row.counts:
            book.unnamed(row.event, *row.counts, **common)
        else:
            book.uncounted(row.event, **common)
    return kept


def counted_again(events: list[tuple[int, int, str]], rows: list[Row]) -> tuple[int | None, int]:
    """Count participations and delegations without a number the plain way: row by row, names in a set."""
    named: set[tuple[int, int]] = set()
    unnamed, uncounted, anybody = 0, 0, False
    for row in rows:
        held = events[row.event - 1][2] == "held"
        if not held or row.status != "attended" or row.role not in COUNTED_ROLES or row.agency in (1, 2):
            continue
        if row.contact:
            named.add((row.event, row.contact))
        elif row.counts:
            unnamed, anybody = unnamed + sum(row.counts), True
        else:
            uncounted += 1
    return (len(named) + unnamed if named or anybody else None), uncounted


@settings(max_examples=60)
@given(_books)
def test_the_report_agrees_with_counting_row_by_row(sqlite_book: Book, drawn: tuple[Any, Any, Any]) -> None:
    events, sexes, rows = drawn
    kept = write(sqlite_book, events, sexes, rows)
    total = participants(sqlite_book.reader, ALL).total
    assert total
    assert (total["participations"], total["uncounted"]) == counted_again(events, kept)


@settings(max_examples=60)
@given(_books, st.lists(st.sampled_from(DIMENSIONS), max_size=2, unique=True), st.booleans(), st.booleans())
def test_the_identities_hold_in_every_row_and_in_the_total(
    sqlite_book: Book, drawn: tuple[Any, Any, Any], by: list[str], expected: bool, with_own_staff: bool
) -> None:
    write(sqlite_book, *drawn)
    found = participants(sqlite_book.reader, ALL, by, expected=expected, with_own_staff=with_own_staff)
    assert found.total
    for row in (*found, found.total):
        if row["participations"] is None:
            assert row["named"] is row["women"] is row["people"] is row["person_days"] is None
            continue
        assert row["participations"] == row["named"] + row["unnamed"]  # type: ignore[operator]
        assert row["participations"] == sum(row[sex] for sex in ("women", "men", "other", "not_stated"))  # type: ignore[misc]
        assert row["people"] <= row["named"]  # type: ignore[operator]
        assert row["people_women"] + row["people_men"] <= row["people"]  # type: ignore[operator]
    assert sum(row["participations"] or 0 for row in found) == (found.total["participations"] or 0)  # type: ignore[misc]


@pytest.mark.parametrize("measure", ["actual", "expected"])
@settings(max_examples=30)
@given(_books)
def test_every_list_that_quotes_the_rule_agrees_with_the_report(
    sqlite_book: Book, measure: str, drawn: tuple[Any, Any, Any]
) -> None:
    write(sqlite_book, *drawn)
    total = participants(sqlite_book.reader, ALL, expected=measure == "expected").total
    assert total
    column = "participants" if measure == "actual" else "expected"
    listed = [row[column] for row in sqlite_book.reader.events() if row[column] is not None]
    assert sum(listed) == (total["participations"] or 0)  # type: ignore[arg-type]
    if measure == "actual":
        counted = [row["counted"] for row in sqlite_book.reader.participants() if row["counted"] is not None]
        assert sum(counted) == (total["participations"] or 0)  # type: ignore[arg-type]
        assert next(iter(sqlite_book.reader.projects()))["participants"] == total["participations"]
