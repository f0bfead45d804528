from __future__ import annotations

from typing import TYPE_CHECKING

from tests.services import make

from eventrec.db.numbers import use_up
from eventrec.models import Event

if TYPE_CHECKING:
    from eventrec.book import Book


def test_a_number_that_is_used_up_is_never_given_out(book: Book) -> None:
    with book.writing("a test") as work:
        assert use_up(work.session, Event.__table__) == 1  # type: ignore[arg-type]
        assert make.event(work.session).id == 2
        assert use_up(work.session, Event.__table__) == 3  # type: ignore[arg-type]
    with book.writing("a test") as work:
        assert make.event(work.session).id == 4


def test_a_dry_run_uses_up_nothing_in_a_file(book: Book) -> None:
    with book.writing("a test", keep=False) as work:
        first = use_up(work.session, Event.__table__)  # type: ignore[arg-type]
    with book.writing("a test") as work:
        assert use_up(work.session, Event.__table__) >= first  # type: ignore[arg-type]
