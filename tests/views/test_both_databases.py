from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.views.book import fill

from eventrec.reports.contacts import contacts
from eventrec.reports.events import events
from eventrec.reports.participants import participants
from eventrec.reports.split import DIMENSIONS
from eventrec.views.dialect import VIEWS
from eventrec.views.options import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.views.book import Book

Pair = tuple["Book", "Book"]


@pytest.fixture
def books(sqlite_book: Book, postgresql_book: Book) -> Iterator[Pair]:
    """The same records on both databases."""
    for book in (sqlite_book, postgresql_book):
        fill(book)
    yield sqlite_book, postgresql_book
    for book in (sqlite_book, postgresql_book):
        book.clear()


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_the_same_cells(books: Pair, view: str) -> None:
    here, there = (list(book.reader.everything(view)) for book in books)
    assert here
    assert [(name, type(cell)) for row in here for name, cell in row.items()] == [
        (name, type(cell)) for row in there for name, cell in row.items()
    ]
    assert here == there


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_the_same_columns_and_the_flat_ones_the_same_texts(books: Pair, view: str) -> None:
    columns, flat = [], []
    for book in books:
        cursor = book.reader.connection.execute(f"SELECT * FROM {view}")
        names = cursor.names
        texts = [at for at, name in enumerate(names) if name.endswith(("_en", "_zh", "_any"))]
        columns.append(names)
        flat.append(sorted(repr([row[at] for at in texts]) for row in cursor.fetchall()))
    assert columns[0] == columns[1]
    assert flat[0] == flat[1]


@pytest.mark.parametrize("view", VIEWS)
def test_every_column_of_a_view_is_declared_in_its_order(books: Pair, view: str) -> None:
    cursor = books[0].reader.connection.execute(f"SELECT * FROM {view}")
    names = [name for name in cursor.names if not name.endswith(("_en", "_zh", "_any"))]
    assert names == [column.name for column in books[0].reader.everything(view).columns]


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("expected", [False, True])
def test_the_participant_report_is_the_same(books: Pair, dimension: str, expected: bool) -> None:
    here, there = (
        participants(
            book.reader, resolve(book.reader, project="MMSP"), [dimension], expected=expected, today="2026-06-01"
        )
        for book in books
    )
    assert here == there
    assert here.rows


def test_other_reports_are_the_same(books: Pair) -> None:
    for report in (events, contacts):
        here, there = (report(book.reader, resolve(book.reader, project="MMSP")) for book in books)  # type: ignore[operator]
        assert here == there
        assert here.rows


def test_search_and_history_are_the_same(books: Pair) -> None:
    for ask in (lambda book: book.reader.search("移民"), lambda book: book.reader.history()):
        here, there = map(ask, books)
        assert here == there
        assert here.rows
