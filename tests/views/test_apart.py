from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING

import pytest
from benchmarks.data import Size, make_book
from tests.views.book import fill

from eventrec import connection
from eventrec.table import Column
from eventrec.views import apart
from eventrec.views.columns import COLUMNS, COUNTED
from eventrec.views.reader import Reader
from eventrec.views.where import Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.views.book import Book


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A book of 40 events with 400 rows of participants."""
    path: Path = tmp_path_factory.mktemp("apart") / "book.db"
    make_book(path, Size(40, 20, 20, 400))
    reader = Reader(connection.open_for_reading(str(path)))
    yield reader
    reader.connection.close()


@pytest.fixture(scope="module", params=["ANALYZE", "DROP TABLE sqlite_stat1"])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A book of 100 events without site visits and 10,000 rows of participants, with statistics and without."""
    path: Path = tmp_path_factory.mktemp("large") / "book.db"
    make_book(path, Size(1_000, 20, 100, 10_000))
    with closing(sqlite3.connect(path)) as book:
        book.execute(request.param)
    reader = Reader(connection.open_for_reading(str(path)))
    yield reader
    reader.connection.close()


def of_the_view(reader: Reader) -> list[tuple[object, ...]]:
    return [tuple(row) for row in reader.rows(f"SELECT id, {', '.join(COUNTED)} FROM v_event ORDER BY id")]


@pytest.mark.parametrize("by_number", [0, 500])
def test_people_are_counted_apart_as_the_view_counts_them(
    many: Reader, by_number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_BY_NUMBER", by_number)
    expected = of_the_view(many)
    assert any(row[1] for row in expected)
    assert any(row[4] for row in expected)
    assert many.table("v_event", ("id", *COUNTED)).rows == expected


@pytest.fixture
def strange(sqlite_book: Book) -> Iterator[Reader]:
    """A small book with rows of every kind."""
    fill(sqlite_book)
    yield sqlite_book.reader
    sqlite_book.clear()


def test_strange_rows_are_counted_apart_as_the_view_counts_them(strange: Reader) -> None:
    expected = of_the_view(strange)
    assert any(None in row for row in expected)
    assert strange.table("v_event", ("id", *COUNTED)).rows == expected


def test_the_columns_come_as_asked_whatever_is_counted_apart(many: Reader) -> None:
    found = many.table("v_event", ("women", "title", "participants"), Where("id = 7"))
    whole = many.one("v_event", "event", 7)
    assert found.columns == (
        Column("women", "integer"),
        Column("title", "localized"),
        Column("participants", "integer"),
    )
    assert found.rows == [(whole["women"], whole["title"], whole["participants"])]
    assert tuple(whole) == tuple(COLUMNS["v_event"])


def test_of_no_event_nothing_is_counted(many: Reader) -> None:
    assert many.table("v_event", ("id", *COUNTED), Where("id = -1")).rows == []


def test_the_leaner_view_has_all_that_is_not_counted(many: Reader) -> None:
    names = [name for name in COLUMNS["v_event"] if name not in COUNTED]
    assert list(COLUMNS["v_event_itself"]) == names
    rows = many.rows(f"SELECT {', '.join(names)} FROM v_event ORDER BY id")
    assert many.rows(f"SELECT {', '.join(names)} FROM v_event_itself ORDER BY id") == rows


@pytest.mark.parametrize(("names", "lean"), [(("id", "title"), True), ((), True), (("id", "women"), False)])
def test_the_leaner_view_is_read_only_where_it_has_what_is_asked(
    many: Reader, names: tuple[str, ...], lean: bool
) -> None:
    assert apart.relation(many, "v_event", names) == ("v_event_itself AS v_event" if lean else "v_event")
    assert apart.relation(many, "v_contact", names) == "v_contact"


def test_people_of_many_events_are_counted_in_few_steps_each(large: Reader) -> None:
    """By `v_head`, which works out for every row who it is and what it counts as, it took twice as many."""
    thousands = count()
    large.connection.raw.set_progress_handler(lambda: next(thousands) < 0, 1_000)
    counted = large.table("v_event", ("id", *COUNTED))
    large.connection.raw.set_progress_handler(None, 0)
    assert len(counted.rows) == 100
    assert next(thousands) * 1_000 < 150 * 10_000


@pytest.mark.parametrize(
    ("column", "index"),
    [
        ("visits", "ix_event_parent_id"),
        ("organizers", "ix_participation_organizer"),
        ("organizer", "ix_participation_organizer"),
        ("organizer_email", "ix_participation_organizer"),
    ],
)
def test_few_of_an_event_are_looked_up_by_their_index_whatever_the_statistics_say(
    large: Reader, column: str, index: str
) -> None:
    question = f"EXPLAIN QUERY PLAN SELECT {column} FROM v_event_itself"
    steps = [str(step[3]) for step in large.rows(question)]
    assert any(index in step for step in steps)
    assert not {"SCAN visit", "SCAN participation"}.intersection(steps)
    assert not any("ix_participation_counting" in step for step in steps)
