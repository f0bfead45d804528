from __future__ import annotations

import shutil
import sqlite3
from array import array
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from benchmarks.data import make_book, of

from eventrec.connection import open_for_reading
from eventrec.reports.crowd import Crowd
from eventrec.reports.events import events
from eventrec.reports.participants import participants
from eventrec.table import Joined
from eventrec.views.criteria import ALL, Criteria
from eventrec.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ONE = Criteria(agency_ids=(7,), since="2024-01-01", until="2024-03-31")
BY = ("agency", "sex", "modality", "quarter")


class Asked(Reader):
    """A reader that remembers what it was asked, and how many rows it gave."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.questions: list[tuple[str, Mapping[str, Any]]] = []
        self.given = 0

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        self.questions.append((sql, params or {}))
        found = super().rows(sql, params)
        self.given += len(found)
        return found

    def batches(self, sql: str, params: Mapping[str, Any] | None = None) -> Iterator[list[tuple[Any, ...]]]:
        self.questions.append((sql, params or {}))
        for rows in super().batches(sql, params):
            self.given += len(rows)
            yield rows

    def plans(self, word: str) -> list[str]:
        """Return what SQLite does for the questions with a word in them."""
        return [
            str(step[3])
            for sql, params in self.questions
            if word in sql
            for step in Reader.rows(self, f"EXPLAIN QUERY PLAN {sql}", params)
        ]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Books of a thousand and of ten thousand participations."""
    folder = tmp_path_factory.mktemp("books")
    made = {rows: folder / f"{rows}.db" for rows in (1_000, 10_000)}
    for rows, path in made.items():
        make_book(path, of(rows))
    return made


@pytest.fixture(params=["analyzed", "as it grew"])
def large(request: pytest.FixtureRequest, books: dict[int, Path], tmp_path: Path) -> Iterator[Asked]:
    """The large book, with statistics and without: nobody has to ask for them."""
    path = books[10_000]
    if request.param == "as it grew":
        path = shutil.copy(path, tmp_path / "grown.db")
        with closing(sqlite3.connect(path)) as book:
            book.execute("DROP TABLE sqlite_stat1")
    with closing(open_for_reading(str(path))) as connection:
        yield Asked(connection)


@pytest.mark.parametrize("by", [(), BY, ("project", "role"), ("side", "month")])
def test_a_report_asks_as_much_of_a_large_book_as_of_a_small_one(books: dict[int, Path], by: tuple[str, ...]) -> None:
    asked = []
    for path in books.values():
        with closing(open_for_reading(str(path))) as connection:
            reader = Asked(connection)
            participants(reader, ALL, by, today="2026-01-01")
            asked.append(len(reader.questions))
    assert asked[0] == asked[1] < 20


def test_the_event_report_asks_as_much_of_a_large_book_as_of_a_small_one(books: dict[int, Path]) -> None:
    asked = []
    for path in books.values():
        with closing(open_for_reading(str(path))) as connection:
            reader = Asked(connection)
            events(reader, ALL, today="2026-01-01")
            asked.append(len(reader.questions))
    assert asked[0] == asked[1] < 20


def test_all_heads_are_counted_from_one_index(large: Asked) -> None:
    participants(large, ALL, BY)
    plans = large.plans("taken")
    of_rows = [step for step in plans if " taken " in step and "uq_participation_forgotten" not in step]
    assert of_rows
    assert {step.split(" (")[0] for step in of_rows if "COVERING" in step} == {
        "SEARCH taken USING COVERING INDEX ix_participation_counting"
    }
    named = "SEARCH taken USING COVERING INDEX ix_participation_counting (event_id=? AND contact_id>?)"
    assert named in plans  # nobody's row is looked up
    assert not [step for step in plans if step.startswith(("SCAN taken", "SCAN participation USING INDEX"))]
    assert not [step for step in plans if "BLOOM FILTER ON taken" in step]  # it would be made from the whole table


def test_one_agency_in_one_quarter_is_found_by_index(large: Asked) -> None:
    participants(large, ONE, BY)
    plans = large.plans("participation")
    assert any("SEARCH participation USING INDEX ix_participation_agency (agency_id=?" in step for step in plans)
    scanned = [step for step in plans if step.startswith("SCAN") and "participation" in step]
    assert all("uq_participation_forgotten" in step for step in scanned)  # those who were forgotten: few, or none
    assert not [step for step in plans if "BLOOM FILTER ON taken" in step]  # it would be made from the whole table


def test_one_agency_in_one_quarter_fetches_what_concerns_it(large: Asked) -> None:
    participants(large, ONE, ("quarter",))
    assert large.given < 200


def test_each_event_is_fetched_as_one_row(books: dict[int, Path]) -> None:
    with closing(open_for_reading(str(books[10_000]))) as connection:
        reader = Asked(connection)
        participants(reader, ALL, BY)
        (unnamed,) = reader.rows("SELECT count(*) FROM participation WHERE contact_id IS NULL")[0]
        assert reader.given < unnamed + 2_000  # events, contacts' agencies and projects; nobody's row


def test_rows_are_held_as_places_of_cells_that_many_share(books: dict[int, Path]) -> None:
    with closing(open_for_reading(str(books[10_000]))) as connection:
        rows = participants(Reader(connection), ALL, BY).rows
    assert isinstance(rows, Joined)
    assert {places.itemsize for _, places in rows.pieces if isinstance(places, array)} == {4}
    assert sum(len(different) for different, _ in rows.pieces) < len(rows) / 2 > 900


def test_the_sexes_of_people_are_one_row(books: dict[int, Path]) -> None:
    with closing(open_for_reading(str(books[1_000]))) as connection:
        reader = Asked(connection)
        participants(reader, ALL, BY)
    assert len([sql for sql, _ in reader.questions if "contact.sex" in sql]) == 1


def test_only_events_with_somebody_in_two_rows_are_asked_about_again(large: Asked) -> None:
    participants(large, ALL, BY)
    assert len([sql for sql, _ in large.questions if "taken.contact_id *" in sql]) == 1


class Seen(list[int]):
    """Heads that know how often all of them were gone through."""

    times: ClassVar[list[int]] = []

    def __iter__(self) -> Iterator[int]:
        Seen.times.append(len(self))
        return super().__iter__()


@pytest.mark.parametrize("by", [("side",), ("side", "event")])
def test_heads_are_gone_through_as_often_however_many_lines_and_people_in_two_places_they_make(
    books: dict[int, Path], monkeypatch: pytest.MonkeyPatch, by: tuple[str, ...]
) -> None:
    monkeypatch.setattr(Seen, "times", [])
    monkeypatch.setattr(Crowd, "_heads", lambda _: Seen())
    with closing(open_for_reading(str(books[10_000]))) as connection:
        participants(Reader(connection), ALL, by)
    assert max(Seen.times) > 1_000
    assert max(Counter(Seen.times).values()) <= 6
