"""Sheets of many rows: few are held, the question is put once, and what counts is what the rule counts."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from benchmarks.data import Size, make_book
from tests.counting import counting

from eventrec.connection import open_for_reading
from eventrec.exports import carried
from eventrec.exports.sheets import sheet, whole_book
from eventrec.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheets") / "book.db"
    make_book(path, Size(450, 200, 45, 4_500))
    return path


@pytest.fixture
def reader(made: Path, tmp_path: Path) -> Iterator[Reader]:
    path = tmp_path / "book.db"
    shutil.copy(made, path)
    connection = open_for_reading(str(path))
    yield Reader(connection)
    connection.close()


def test_rows_are_fetched_as_they_are_wanted(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with counting(monkeypatch) as counts:
        connection = open_for_reading(str(made))
        before = counts.fetched
        parts = sheet(Reader(connection), "participants").parts()
        assert len(next(parts)[0]) == 1_000
        assert counts.fetched - before <= 2_000  # one part ahead, to know whether these are all
        assert sum(len(part[0]) for part in parts) == 3_500
        connection.close()
    assert len(counts.about("v_participation")) == 1


@pytest.mark.parametrize("what", ["events", "agencies", "contacts", "participants"])
def test_a_sheet_is_the_table_of_its_records(reader: Reader, what: str) -> None:
    streamed = sheet(reader, what)
    assert list(streamed.rows) == getattr(reader, what)(columns=streamed.names).rows


def test_what_a_row_adds_is_what_the_rule_counts(reader: Reader) -> None:
    counted = "SELECT sum(people) FROM v_head WHERE participation_id = row.id AND measure = 'actual' AND reason = ''"
    differing = reader.rows(f"SELECT id FROM v_participation AS row WHERE counted IS NOT ({counted})")
    assert differing == []
    assert reader.rows("SELECT count(counted) > 1000, count(*) > count(counted) FROM v_participation") == [(1, 1)]


def test_the_whole_book_is_what_the_views_hold(reader: Reader) -> None:
    tables, left_out = whole_book(reader)
    assert left_out == []
    for view, table in tables.items():
        ((held,),) = reader.rows(f"SELECT count(*) FROM {view}")
        assert sum(len(part[0]) for part in table.parts()) == held


def test_whom_the_whole_book_names_is_taken_from_what_was_written(reader: Reader) -> None:
    tables, named = carried.whole_book(whole_book(reader)[0])
    assert not named
    for table in tables.values():
        for _ in table.parts():
            pass
    assert sorted(named) == [number for (number,) in reader.rows("SELECT id FROM contact ORDER BY id")]


def test_somebody_whom_only_the_participants_name_is_noted_too(reader: Reader) -> None:
    tables, named = carried.whole_book({"v_participation": whole_book(reader)[0]["v_participation"]})
    for _ in tables["v_participation"].parts():
        pass
    sql = "SELECT DISTINCT contact_id FROM participation WHERE contact_id IS NOT NULL ORDER BY contact_id"
    assert sorted(named) == [number for (number,) in reader.rows(sql)]
