from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm.attributes import flag_modified
from tests.services import make

from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.db.journal import journal_of
from eventrec.models import Event
from eventrec.services import event

if TYPE_CHECKING:
    from eventrec.book import Book

NOW, THEN = "2026-01-02T03:04:05Z", "2024-05-06T07:08:09Z"


@pytest.mark.parametrize(("moment", "signed"), [(THEN, THEN), (None, NOW), ("2099-01-01T00:00:00Z", NOW)])
def test_new_rows_are_signed_as_of_an_earlier_moment(book: Book, moment: str | None, signed: str) -> None:
    with book.writing("a test") as work:
        with journal_of(work.session).as_of(moment):
            make.contact(work.session, points_of=[make.email("li@example.org")])
        make.contact(work.session, "Another")
    first, second = (book.reader.contact(number)["modified_at"] for number in (1, 2))
    assert (first, second) == (signed, NOW)
    assert [row["moment"] for row in book.reader.history()] == [NOW]


def test_a_change_is_signed_now_also_within_an_earlier_moment(book: Book) -> None:
    with book.writing("a test") as work:
        make.event(work.session)
    with book.writing("a test") as work, journal_of(work.session).as_of(THEN):
        event.edit(work.session, 1, {"note": "Changed."})
    assert book.reader.event(1)["modified_at"] == NOW


def test_a_sequence_that_is_given_is_not_counted_twice(book: Book) -> None:
    with book.writing("a test") as work:
        made = make.event(work.session)
        event.edit(work.session, made.id, {"sequence": 5, "start_time": "09:00", "timezone": "UTC"})
        assert made.sequence == 5
        event.edit(work.session, made.id, {"sequence": 5, "start_time": "10:00"})
        assert made.sequence == 6


def test_a_column_that_was_never_set_is_recorded_when_it_is_changed_in_the_same_command(book: Book) -> None:
    with book.writing("a test") as work:
        made = event.add(work.session, title=make.name("Workshop"), kind="workshop")
        made.note = "Set later."
    assert book.reader.event(1)["version"] == 2
    assert check(engine(book.settings.database)) == []


def test_a_row_that_grows_in_nothing_but_its_version_is_in_the_history(book: Book) -> None:
    with book.writing("a test") as work:
        make.event(work.session)
    with book.writing("a test") as work:
        flag_modified(work.session.get_one(Event, 1), "note")
    assert book.reader.event(1)["version"] == 2
    assert check(engine(book.settings.database)) == []
