"""Many rows at once: what is put into a table arrives as it was, or is refused with all around it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from eventrec.db.copying import in_turn, inserter, wait
from eventrec.db.engine import engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

TEXTS = ["plain", "", None, "\\N", "tab\tand\nline\r", "a\\tb \\ 李娜", "“%s”"]


@pytest.fixture
def opened(address: str) -> Iterator[Connection]:
    with engine(address).connect() as connection, connection.begin() as transaction:
        connection.execute(text("CREATE TEMPORARY TABLE met (id INTEGER PRIMARY KEY, told TEXT, is_so BOOLEAN)"))
        yield connection
        transaction.rollback()


def told(opened: Connection) -> list[tuple[int, str | None, bool | None]]:
    rows = opened.execute(text("SELECT id, told, is_so FROM met ORDER BY id"))
    return [(number, words, None if flag is None else bool(flag)) for number, words, flag in rows]


def test_every_cell_arrives_as_it_was(opened: Connection) -> None:
    numbers = list(range(len(TEXTS)))
    flags = [None if number == 1 else number % 2 == 0 for number in numbers]
    inserter(opened)("met", ("id", "told", "is_so"), [numbers, TEXTS, flags])
    assert told(opened) == list(zip(numbers, TEXTS, flags, strict=True))


def test_tables_are_filled_in_the_order_in_which_they_are_given(opened: Connection) -> None:
    opened.execute(text("CREATE TEMPORARY TABLE part (met_id INTEGER REFERENCES met (id))"))
    insert = inserter(opened)
    insert("met", ("id",), [list(range(5_000))])
    insert("part", ("met_id",), [list(range(5_000))])
    assert opened.execute(text("SELECT count(*) FROM part")).scalar() == 5_000


def test_what_is_done_in_turn_meets_the_rows_before_it_and_not_those_after_it(opened: Connection) -> None:
    insert = inserter(opened)
    insert("met", ("id",), [[1]])
    in_turn(opened, lambda: set_told(opened, "first"))
    insert("met", ("id",), [[2]])
    assert told(opened) == [(1, "first", None), (2, None, None)]


def set_told(opened: Connection, words: str) -> None:
    opened.execute(text("UPDATE met SET told = :words"), {"words": words})


def test_a_row_that_is_refused_is_told_when_it_is_waited_for(opened: Connection) -> None:
    with pytest.raises(IntegrityError):
        copied(opened, [1, 1])


def test_whoever_asks_next_hears_that_a_row_was_refused_and_nothing_after_it_is_added(opened: Connection) -> None:
    with pytest.raises(IntegrityError):  # noqa: PT012 - SQLite tells at once
        insert = inserter(opened)
        insert("met", ("id",), [[1, 1]])
        insert("met", ("id",), [[2, 3]])
        opened.execute(text("SELECT 1"))


def test_what_is_taken_back_with_a_refused_row_leaves_the_connection_usable(opened: Connection) -> None:
    copied(opened, [1])
    savepoint = opened.begin_nested()
    with suppress(IntegrityError):
        inserter(opened)("met", ("id",), [[2, 1]])
    savepoint.rollback()
    copied(opened, [3])
    assert [number for number, _, _ in told(opened)] == [1, 3]


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_a_character_that_no_server_takes_is_refused_and_moves_no_cell(opened: Connection) -> None:
    inserter(opened)("met", ("id", "told"), [[1, 2], ["one\0two", "three"]])
    with pytest.raises(DBAPIError, match="0x00"):
        wait(opened)


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
@pytest.mark.parametrize("savepoints", [0, 1])
def test_a_command_that_is_interrupted_does_not_wait_for_the_lock_of_another(address: str, savepoints: int) -> None:
    made, before = engine(address), (threading.active_count(), sys.getswitchinterval())
    with made.connect() as other, other.begin():
        other.execute(text("LOCK TABLE setting"))
        with pytest.raises(KeyboardInterrupt), made.connect() as opened, opened.begin():
            interrupted(opened, other, savepoints)
    assert (threading.active_count(), sys.getswitchinterval()) == before


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_ctrl_c_ends_an_import_that_waits_for_the_lock_of_another(address: str, tmp_path: Path) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text("Name\n" + "".join(f"Ferry Master {number}\n" for number in range(50)), "utf-8")
    command = [sys.executable, "-m", "eventrec.cli.main", "--no-input", "--database", address]
    with engine(address).connect() as other, other.begin():
        other.execute(text("LOCK TABLE contact IN SHARE MODE"))
        importing = subprocess.Popen([*command, "import", sheet, "--as", "contacts"], stderr=subprocess.PIPE, text=True)
        while not other.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar():
            assert importing.poll() is None
        importing.send_signal(signal.SIGINT)
        _, said = importing.communicate(timeout=25)
        assert (importing.returncode, said) == (130, "\nStopped; nothing was saved.\n")
        assert other.execute(text("SELECT count(*) FROM contact")).scalar() == 0


def interrupted(opened: Connection, other: Connection, savepoints: int) -> None:
    """Begin to add a row, and be interrupted as soon as the server waits."""
    opened.execute(text("SET lock_timeout = 0"))
    for _ in range(savepoints):
        opened.begin_nested()
    inserter(opened)("setting", ("id",), [[1]])
    while not other.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar():
        pass
    raise KeyboardInterrupt


def copied(opened: Connection, numbers: list[int]) -> None:
    """Add rows with these numbers, and wait for them."""
    inserter(opened)("met", ("id",), [numbers])
    wait(opened)
