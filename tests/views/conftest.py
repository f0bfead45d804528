from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.data import Size, make_book
from tests.views.book import Book, in_memory, on_server

from eventrec import connection
from eventrec.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.postgres import Server


@pytest.fixture(scope="package")
def sqlite_book() -> Iterator[Book]:
    """A book in memory for all tests here; what a test writes is taken back."""
    with in_memory() as book:
        yield book


@pytest.fixture(scope="package")
def postgresql_book(postgres: Server, _postgresql_template: str) -> Iterator[Book]:
    """A book on a server for all tests here; what a test writes is taken back."""
    name = __name__.replace(".", "_")
    with on_server(postgres.create(name, _postgresql_template)) as book:
        yield book
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def book(request: pytest.FixtureRequest) -> Iterator[Book]:
    """An empty book that is written row by row, on either database."""
    book: Book = request.getfixturevalue(f"{request.param}_book")
    yield book
    book.clear()


class Planned(Reader):
    """A reader that keeps what SQLite does for each of its questions."""

    def __init__(self, opened: connection.Connection) -> None:
        super().__init__(opened)
        self.steps: list[str] = []

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        self.steps += [str(step[3]) for step in super().rows(f"EXPLAIN QUERY PLAN {sql}", params)]
        return super().rows(sql, params)


@pytest.fixture(params=["ANALYZE", "DROP TABLE sqlite_stat1"])
def planned(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Planned]:
    """A book of 40 events and 200 contacts, with statistics and without."""
    make_book(tmp_path / "book.db", Size(200, 20, 40, 400))
    with closing(sqlite3.connect(tmp_path / "book.db")) as book:
        book.execute(request.param)
    with closing(connection.open_for_reading(str(tmp_path / "book.db"))) as opened:
        yield Planned(opened)
