"""How many questions a command puts to the database: as many for ten times the records."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from benchmarks.data import Size, make_book

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import CountedRun

SMALL, LARGE = Size(40, 20, 20, 400), Size(400, 200, 200, 4_000)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[Size, str]:
    folder = tmp_path_factory.mktemp("counted")
    return {size: _made(folder / f"{size.events}.db", size) for size in (SMALL, LARGE)}


def _made(path: Path, size: Size) -> str:
    make_book(path, size)
    return str(path)


@pytest.mark.parametrize(
    "words",
    [
        ("event", "list"),
        ("event", "list", "-f", "json"),
        ("event", "show", "7"),
        ("agenda", "--during", "2024"),
        ("visit", "list"),
        ("agency", "list"),
        ("agency", "show", "AG-3"),
        ("project", "list"),
        ("contact", "list"),
        ("contact", "show", "9"),
        ("participant", "list"),
        ("participant", "show", "9"),
        ("search", "研讨"),
        ("report", "participants", "--by", "agency,sex,modality,quarter"),
        ("report", "participants", "--during", "2024-Q1", "--by", "sex"),
        ("report", "events"),
        ("report", "contacts"),
        ("export", "events", "-o", "-"),
        ("export", "participants", "-f", "csv", "-o", "-"),
        ("export", "contacts", "-o", "-"),
        ("export", "agencies", "-o", "-"),
        ("export", "calendar", "-o", "-"),
        ("log",),
        ("status",),
    ],
    ids=" ".join,
)
def test_a_reading_command_asks_as_often_of_ten_times_the_records(
    words: tuple[str, ...], books: dict[Size, str], counted: CountedRun
) -> None:
    asked = {}
    for size, address in books.items():
        found = counted(*words, address=address)
        assert found.result.code == 0, found.result.err
        assert found.counts.fetched, "a command that reads nothing proves nothing"
        asked[size] = len(found.counts.statements)
    assert asked[LARGE] <= asked[SMALL]  # a search that has found enough looks no further


@pytest.mark.parametrize(
    "words", [("event", "show", "7"), ("contact", "show", "9"), ("participant", "show", "9")], ids=" ".join
)
def test_one_record_is_found_without_fetching_the_others(
    words: tuple[str, ...], books: dict[Size, str], counted: CountedRun
) -> None:
    found = [counted(*words, address=books[size]) for size in (SMALL, LARGE)]
    assert [each.result.code for each in found] == [0, 0]
    assert found[0].counts.fetched == found[1].counts.fetched


def test_an_event_is_added_with_as_many_statements_to_a_book_of_ten_times_the_records(
    books: dict[Size, str], counted: CountedRun, tmp_path: Path
) -> None:
    found = []
    for size, address in books.items():
        copy = shutil.copy(address, tmp_path / f"{size.events}.db")
        words = ("event", "add", "Opening of the library", "图书馆开馆", "--date", "2026-03-04", "--city", "Beijing")
        found.append(counted(*words, address=str(copy)))
    assert [each.result.code for each in found] == [0, 0]
    assert [len(each.counts.statements) for each in found] == [len(found[0].counts.statements)] * 2


def test_a_list_fetches_the_events_that_it_shows_and_one_count_of_each(
    books: dict[Size, str], counted: CountedRun
) -> None:
    found = counted("event", "list", "--during", "2024-Q1", address=books[LARGE])
    shown = len(found.result.out.splitlines()) - 1
    assert 0 < shown < LARGE.events / 4
    assert found.counts.fetched <= 2 * shown + 3
    assert len(found.counts.statements) <= 4
    assert len(found.counts.about("FROM event CROSS JOIN participation")) == 1


@pytest.mark.parametrize("name", ["table", "tsv", "csv", "json"])
@pytest.mark.parametrize("words", [("contact", "list"), ("participant", "list"), ("export", "participants", "-o", "-")])
def test_rows_are_asked_for_once_in_every_format(
    books: dict[Size, str], counted: CountedRun, words: tuple[str, ...], name: str
) -> None:
    found = counted(*words, "--event", "3", "-f", name, address=books[SMALL])
    assert found.result.code == 0
    view = "v_contact" if words[0] == "contact" else "v_participation"
    assert len(found.counts.about(f"FROM {view}")) == 1


def test_a_search_fetches_the_records_that_it_shows(books: dict[Size, str], counted: CountedRun) -> None:
    found = counted("search", "研讨", "--limit", "9", address=books[LARGE])
    assert len(found.result.out.splitlines()) == 10
    assert found.counts.fetched <= 9 + 3
    assert len(found.counts.about("LIKE")) == 1, "the events alone are as many as are shown"
