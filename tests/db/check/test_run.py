from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from tests.services import make

from eventrec.db.check import check, records
from eventrec.db.engine import engine, reading_engine
from eventrec.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from eventrec.book import Book


@pytest.fixture
def filled(book: Book) -> Book:
    with book.writing("a test") as work:
        make.event(work.session)
        make.contact(work.session, points_of=[make.email("a@example.org")])
    return book


def meddle(book: Book, sql: str) -> list[str]:
    """Change the book behind the back of the history, and return what the check finds."""
    with engine(book.settings.database).begin() as opened:
        opened.execute(text(sql))
    return [str(finding) for finding in check(engine(book.settings.database))]


def test_a_whole_book_has_no_findings(filled: Book) -> None:
    assert check(engine(filled.settings.database)) == []


def test_every_record_is_checked() -> None:
    assert {table.name for table in records()} == {
        "affiliation", "agency", "alias", "attendance", "consent", "contact", "contact_point", "disclosure", "event",
        "event_project", "event_source", "forgotten", "not_same", "participation", "project", "project_party",
        "setting", "tombstone",
    }  # fmt: skip


def test_a_row_changed_without_history_is_found(filled: Book) -> None:
    assert meddle(filled, "UPDATE event SET note = 'x'") == ["event 1 is not as its newest change left it."]


def test_a_row_removed_without_history_is_found(filled: Book) -> None:
    assert "contact_point 1 is gone without a change." in meddle(filled, "DELETE FROM contact_point")


def test_a_row_without_history_is_found(filled: Book) -> None:
    assert meddle(filled, "DELETE FROM change WHERE table_name = 'contact'") == ["contact 1 has no history."]


def test_many_findings_of_one_table_are_summed_up(book: Book) -> None:
    with book.writing("a test") as work:
        for number in range(8):
            make.agency(work.session, f"A-{number}")
    found = meddle(book, "UPDATE agency SET side = 'x'")
    assert len(found) == 6
    assert found[-1] == "3 more rows of agency do not agree with their history."


def test_a_broken_link_is_found(sqlite_address: str) -> None:
    import sqlite3

    with closing(sqlite3.connect(sqlite_address)) as raw:
        raw.execute(
            "INSERT INTO alias (uid, agency_id, name, created_at, modified_at, version)"
            " VALUES ('u', 99, 'x', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', 1)"
        )
        raw.commit()
    assert "alias row 1 refers to a row of agency that is gone." in [
        str(each) for each in check(engine(sqlite_address))
    ]


def test_who_may_not_read_a_table_is_told_so_and_gets_no_findings(postgresql_address: str) -> None:
    import psycopg

    with closing(psycopg.connect(postgresql_address, autocommit=True)) as raw:
        raw.execute("CREATE ROLE check_reader LOGIN")
        raw.execute("GRANT SELECT ON schema_mark TO check_reader")
        try:
            with pytest.raises(DatabaseUnavailable, match="does not let you do that"):
                check(reading_engine(postgresql_address.replace("//eventrec@", "//check_reader@")))
        finally:
            raw.execute("DROP OWNED BY check_reader")
            raw.execute("DROP ROLE check_reader")
