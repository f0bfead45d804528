from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.services import make

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.damage import damage
from eventrec.db.engine import engine


@pytest.fixture
def filled(book: Book) -> str:
    with book.writing("a test") as work:
        make.event(work.session)
    return book.settings.database


def test_a_whole_book_is_not_damaged(filled: str) -> None:
    assert damage(filled) is None


def test_names_that_are_no_json_are_damage(filled: str) -> None:
    with engine(filled).begin() as opened:
        opened.execute(text("UPDATE event SET title = :title"), {"title": '{"en": '})
    told = damage(filled)
    assert told is not None
    assert told.exit_code == 5
    assert told.message.startswith("The record book (")
    assert told.message.endswith(") is damaged.")


@pytest.mark.parametrize(("column", "value"), [("starts_on", "2024-02-31"), ("title", None)])
def test_a_value_that_no_column_holds_is_damage(sqlite_address: str, column: str, value: str | None) -> None:
    """On PostgreSQL there is no way to put it there."""
    with Book(Settings(sqlite_address)).writing("a test") as work:
        make.event(work.session)
    with closing(connection.open_for_writing(sqlite_address)) as opened:
        for pragma in ("ignore_check_constraints=ON", "writable_schema=ON"):
            opened.execute(f"PRAGMA {pragma}")
        rule = "UPDATE sqlite_master SET sql = replace(sql, 'title TEXT NOT NULL', 'title TEXT') WHERE name = 'event'"
        opened.execute(rule)
        opened.execute("PRAGMA schema_version=9999")
        opened.execute(f"UPDATE event SET {column} = :value", {"value": value})
    assert damage(sqlite_address) is not None


def test_a_garbled_view_is_damage_to_whoever_asked_the_database(sqlite_address: str) -> None:
    with closing(connection.open_for_writing(sqlite_address)) as opened:
        opened.execute("DROP VIEW v_participation")
        opened.execute("CREATE VIEW v_participation AS SELECT id FROM participation")
    assert damage(sqlite_address) is None
    assert damage(sqlite_address, question=True) is not None


def test_a_file_that_is_damaged_is_said_to_be(sqlite_address: str) -> None:
    with Path(sqlite_address).open("r+b") as file:
        file.seek(5 * 4096)
        file.write(b"\xff" * 4096)
    assert damage(sqlite_address) is not None


def test_a_book_that_cannot_be_asked_is_not_damaged(tmp_path: Path) -> None:
    assert damage(str(tmp_path / "nowhere.db")) is None
