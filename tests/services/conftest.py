from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.book import Book, Work


@pytest.fixture
def work(book: Book) -> Iterator[Work]:
    """A transaction that is saved at the end."""
    with book.writing("a test") as opened:
        yield opened
