"""That what counts the others is right itself."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import psycopg
from tests.counting import counting

if TYPE_CHECKING:
    import pytest
    from tests.postgres import Server

ASK = "SELECT * FROM (VALUES (1), (2), (3)) AS given"


def test_every_way_of_fetching_from_a_file_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    with counting(monkeypatch) as counts:
        book = sqlite3.connect(":memory:")
    for fetch in ("fetchone", "fetchall", "fetchmany", "__next__"):
        getattr(book.execute(ASK), fetch)()
    assert (len(counts.statements), counts.fetched) == (4, 1 + 3 + 1 + 1)
    assert [*book.execute(ASK)] == [(1,), (2,), (3,)]
    assert (len(counts.statements), counts.fetched) == (5, 9)
    book.execute("SELECT 1 WHERE 0").fetchone()
    assert (len(counts.statements), counts.fetched) == (6, 9)
    book.close()


def test_many_rows_are_sent_in_one_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    with counting(monkeypatch) as counts:
        book = sqlite3.connect(":memory:", isolation_level=None)
    book.execute("CREATE TABLE given (number)")
    book.executemany("INSERT INTO given VALUES (?)", [(1,), (2,), (3,)])
    assert (len(counts.statements), counts.rows_sent) == (2, 4)
    assert counts.about("INSERT", "given") == ["INSERT INTO given VALUES (?)"]
    book.close()


def test_what_a_connection_says_for_itself_is_no_question(monkeypatch: pytest.MonkeyPatch) -> None:
    with counting(monkeypatch) as counts:
        book = sqlite3.connect(":memory:", isolation_level=None)
    for words in ("PRAGMA query_only=OFF", "BEGIN IMMEDIATE", "COMMIT"):
        book.execute(words)
    assert (len(counts.sent), counts.statements) == (3, [])
    book.close()


def test_every_way_of_fetching_from_a_server_counts(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with counting(monkeypatch) as counts:
        book = psycopg.connect(postgres.url("postgres"))
    for fetch in ("fetchone", "fetchall", "fetchmany", "__next__"):
        getattr(book.execute(ASK), fetch)()
    assert (len(counts.statements), counts.fetched) == (4, 1 + 3 + 1 + 1)
    with book.cursor("of_the_server") as cursor:
        assert [*cursor.execute(ASK)] == [(1,), (2,), (3,)]
    with book.cursor() as cursor:
        assert [*cursor.stream(ASK)] == [(1,), (2,), (3,)]
    assert (len(counts.statements), counts.fetched) == (6, 12)
    book.close()


def test_rows_copied_to_a_server_count(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with counting(monkeypatch) as counts:
        book = psycopg.connect(postgres.url("postgres"))
    with book.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE given (number INTEGER)")
        with cursor.copy("COPY given FROM STDIN") as copy:
            for number in range(5):
                copy.write_row((number,))
        cursor.executemany("INSERT INTO given VALUES (%s)", [(1,), (2,)])
    assert (len(counts.statements), counts.rows_sent) == (3, 1 + 5 + 2)
    assert book.execute("SELECT count(*) FROM given").fetchone() == (7,)
    book.close()
