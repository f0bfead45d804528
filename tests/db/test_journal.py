from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm.attributes import flag_modified
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.db.journal import journal_of
from eventrec.models import Event
from eventrec.services import event

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


def test_on_a_server_the_role_that_logged_in_is_written_beside_the_actor(postgresql_address: str) -> None:
    book = Book(Settings(postgresql_address), now=lambda: datetime(2026, 1, 2, tzinfo=UTC), actor="tester")
    with book.writing("a test") as work:
        make.event(work.session)
    with book.writing("another") as work:
        opened = work.session.connection()
        for statement in (
            "CREATE ROLE writer_of_a_test",
            "GRANT ALL ON ALL TABLES IN SCHEMA public TO writer_of_a_test",
            "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO writer_of_a_test",
            "SET LOCAL ROLE writer_of_a_test",
        ):
            opened.exec_driver_sql(statement)
        make.event(work.session)
        work.session.flush()
        for statement in ("RESET ROLE", "DROP OWNED BY writer_of_a_test", "DROP ROLE writer_of_a_test"):
            opened.exec_driver_sql(statement)
    ((role,),) = book.reader.rows("SELECT CAST(session_user AS text)")
    roles = book.reader.rows("SELECT database_role FROM change_set ORDER BY id")
    book.close()
    assert roles == [(role,), (f"{role} as writer_of_a_test",)]


def test_in_a_file_there_is_no_role_of_the_database(sqlite_address: str) -> None:
    book = Book(Settings(sqlite_address), actor="tester")
    with book.writing("a test") as work:
        make.event(work.session)
    roles = book.reader.rows("SELECT database_role FROM change_set")
    book.close()
    assert roles == [(None,)]
