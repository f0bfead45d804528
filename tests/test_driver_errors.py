from __future__ import annotations

import sqlite3
from contextlib import closing

import psycopg
import pytest
from sqlalchemy.exc import DatabaseError

from eventrec import connection
from eventrec.driver_errors import is_of_a_driver, translate
from eventrec.errors import DatabaseUnavailable, EventrecError, NotAllowed, ServerLost


def test_a_full_disk_is_no_fault_of_the_database(sqlite_address: str) -> None:
    with closing(connection.open_for_writing(sqlite_address)) as opened:
        opened.execute("PRAGMA max_page_count = 1")
        with pytest.raises(EventrecError, match="disk is full") as told:
            opened.execute("CREATE TABLE more AS SELECT zeroblob(1000000)")
    assert told.value.exit_code == 1


def test_no_room_for_the_file_that_readers_share_is_a_full_disk() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    told = translate(error)
    assert told is not None
    assert told.message == "The disk is full; nothing was saved."


@pytest.mark.parametrize(
    ("error", "sentence", "code"),
    [
        (psycopg.errors.DiskFull, "The disk is full; nothing was saved.", 1),
        (psycopg.errors.SerializationFailure, "Somebody else changed the same records", 1),
        (psycopg.errors.DeadlockDetected, "Somebody else changed the same records", 1),
        (psycopg.errors.InsufficientPrivilege, "does not let you do that", 5),
        (psycopg.errors.ReadOnlySqlTransaction, "may only be read here", 5),
        (psycopg.errors.TooManyConnections, "has no connection left", 5),
        (psycopg.errors.AdminShutdown, "cannot be reached", 5),
        (psycopg.errors.ConnectionFailure, "cannot be reached", 5),
        (psycopg.OperationalError, "cannot be reached", 5),
    ],
)
def test_a_server_speaks_its_own_language(error: type[psycopg.Error], sentence: str, code: int) -> None:
    told = translate(error("在服务器的语言中"))
    assert told is not None
    assert sentence in told.message
    assert told.exit_code == code


@pytest.mark.parametrize(
    "words", ["Could not decode to UTF-8 column 'title' with text", "malformed JSON", "malformed database schema (x)"]
)
def test_what_no_book_holds_is_damage(words: str) -> None:
    told = translate(sqlite3.OperationalError(words))
    assert told is not None
    assert told.message == "The record book is damaged."
    assert told.exit_code == 5


def test_an_error_in_the_hands_of_sqlalchemy_is_the_drivers() -> None:
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    told = translate(DatabaseError("SELECT 1", None, error))
    assert told is not None
    assert told.message == "The record book is damaged."


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (sqlite3.OperationalError("x"), True),
        (psycopg.OperationalError("x"), True),
        (DatabaseError("SELECT 1", None, sqlite3.DatabaseError("x")), True),
        (ValueError("x"), False),
    ],
)
def test_errors_of_a_driver_are_known(error: Exception, expected: bool) -> None:
    assert is_of_a_driver(error) == expected


@pytest.mark.parametrize(
    "words", ["session is read-only", "server is in hot standby mode", "server is not in hot standby mode"]
)
def test_no_server_of_the_wanted_kind_is_worth_waiting_for(words: str) -> None:
    """A standby may be promoted in a moment: whoever looks up a lost COMMIT asks again."""
    told = translate(psycopg.OperationalError(f"connection to server at db1 failed: {words}"))
    assert isinstance(told, ServerLost)
    assert "target_session_attrs" in told.message


def test_who_lacks_a_right_is_told_how_to_get_it() -> None:
    told = translate(psycopg.errors.InsufficientPrivilege("permission denied for table change"))
    assert isinstance(told, NotAllowed)
    assert "eventrec db grant writer" in told.hint


def test_a_session_that_was_ended_says_so(postgresql_address: str) -> None:
    with closing(connection.open_for_writing(postgresql_address)) as opened:
        with pytest.raises(DatabaseUnavailable, match="cannot be reached"):
            opened.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        with pytest.raises(DatabaseUnavailable, match="cannot be reached"):
            opened.execute("SELECT 1")


@pytest.mark.parametrize("fault", [ValueError("database is locked"), sqlite3.ProgrammingError("closed")])
def test_a_fault_of_ours_keeps_its_traceback(fault: Exception) -> None:
    assert translate(fault) is None


def test_a_wrong_statement_keeps_its_traceback(address: str) -> None:
    with (
        closing(connection.open_for_reading(address)) as opened,
        pytest.raises((sqlite3.OperationalError, psycopg.ProgrammingError)),
    ):
        opened.execute("SELECT 1 FROM nowhere")
