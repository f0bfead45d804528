from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.views.book import Book, in_memory, on_server

if TYPE_CHECKING:
    from collections.abc import Iterator

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
