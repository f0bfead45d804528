from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from tests.views.book import Book


def _module() -> ModuleType:
    """Load the factory that the tests of views and reports share."""
    if "reading_book" not in sys.modules:
        spec = importlib.util.spec_from_file_location("reading_book", Path(__file__).parents[1] / "views" / "book.py")
        assert spec
        assert spec.loader
        sys.modules["reading_book"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["reading_book"])
    return sys.modules["reading_book"]


@pytest.fixture(scope="module")
def _kept_book() -> Iterator[Book]:
    book: Book = _module().in_memory()
    yield book
    book.connection.close()
    book.connection.engine.dispose()


@pytest.fixture
def book(_kept_book: Book) -> Book:
    """An empty book in memory."""
    _kept_book.clear()
    return _kept_book
