from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from subprocess import run

import pytest
from sqlalchemy import text

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.engine import engine
from eventrec.errors import DatabaseUnavailable

PROCESSES, TIMES = 8, 5

INCREMENT = """
import sys
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from eventrec.db.engine import engine

made = engine(sys.argv[1])
done = 0
while done < int(sys.argv[2]):
    try:
        with made.begin() as opened:
            value = int(opened.execute(text("SELECT value FROM setting WHERE key = 'count'")).scalar())
            opened.execute(text("UPDATE setting SET value = :value WHERE key = 'count'"), {"value": str(value + 1)})
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != "40001":
            raise
    else:
        done += 1
"""
ENDED_AMID_READING = """
import sys
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from eventrec.db.engine import engine, reading_engine

with reading_engine(sys.argv[1]).connect() as opened:
    rows = opened.execute(text("SELECT generate_series(1, 100000)").execution_options(yield_per=10))
    next(rows)
    with engine(sys.argv[1]).connect() as other:
        other.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                           " WHERE datname = current_database() AND pid <> pg_backend_pid()"))
    rows.close()
    try:
        opened.execute(text("SELECT 1"))
    except DBAPIError as error:
        print(type(error).__name__)
"""
SETTING = (
    "INSERT INTO setting (uid, key, value, created_at, modified_at, version)"
    " VALUES ('u', 'count', '0', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', 1)"
)


def test_many_processes_lose_no_update(address: str) -> None:
    with engine(address).begin() as opened:
        opened.execute(text(SETTING))
    command = [sys.executable, "-c", INCREMENT, address, str(TIMES)]
    with ThreadPoolExecutor(PROCESSES) as pool:
        done = list(pool.map(lambda _: run(command, capture_output=True, text=True, check=False), range(PROCESSES)))
    assert [each.stderr for each in done if each.returncode] == []
    with engine(address).connect() as opened:
        assert opened.execute(text("SELECT value FROM setting")).scalar() == str(PROCESSES * TIMES)


def test_a_transaction_takes_the_write_lock_when_it_begins(sqlite_address: str) -> None:
    with engine(sqlite_address).begin(), pytest.raises(Exception, match="database is locked"):
        engine(sqlite_address, timeout=0.05).connect().begin()


def test_a_second_writer_is_told_to_try_again(sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    book = Book(Settings(sqlite_address), actor="tester")
    with (
        engine(sqlite_address).begin(),
        pytest.raises(DatabaseUnavailable, match="Another program is writing"),
        book.writing("a test"),
    ):
        pass


def break_off(address: str) -> None:
    with engine(address).begin() as opened:
        opened.execute(text(SETTING))
        raise KeyboardInterrupt


def test_a_transaction_that_breaks_off_saves_nothing(address: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        break_off(address)
    with engine(address).connect() as opened:
        assert opened.execute(text("SELECT count(*) FROM setting")).scalar() == 0


def test_transactions_on_a_server_are_serializable(postgresql_address: str) -> None:
    with engine(postgresql_address).connect() as opened:
        assert opened.execute(text("SHOW transaction_isolation")).scalar() == "serializable"


def test_a_book_of_another_version_is_not_written_to(sqlite_address: str) -> None:
    with engine(sqlite_address).begin() as opened:
        opened.execute(text("PRAGMA user_version = 1"))
    with pytest.raises(DatabaseUnavailable, match="eventrec"):
        engine(sqlite_address).connect()


def test_a_server_that_ends_amid_reading_is_told_by_us_alone(postgresql_address: str) -> None:
    done = run(
        [sys.executable, "-c", ENDED_AMID_READING, postgresql_address], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("OperationalError\n", "")
