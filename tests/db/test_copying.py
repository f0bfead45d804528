"""Many rows at once: what is put into a table arrives as it was, or is refused with all around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from eventrec.db.copying import inserting
from eventrec.db.engine import engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from eventrec.db.copying import Insert

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
    with inserting(opened) as insert:
        insert("met", ("id", "told", "is_so"), [numbers, TEXTS, flags])
    assert told(opened) == list(zip(numbers, TEXTS, flags, strict=True))


def test_tables_are_filled_in_the_order_in_which_they_are_given(opened: Connection) -> None:
    opened.execute(text("CREATE TEMPORARY TABLE part (met_id INTEGER REFERENCES met (id))"))
    with inserting(opened) as insert:
        insert("met", ("id",), [list(range(5_000))])
        insert("part", ("met_id",), [list(range(5_000))])
    assert opened.execute(text("SELECT count(*) FROM part")).scalar() == 5_000


def test_a_row_that_is_refused_is_told_when_the_block_ends_at_the_latest(opened: Connection) -> None:
    with pytest.raises(IntegrityError), inserting(opened) as insert:
        insert("met", ("id",), [[1, 1]])


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_a_character_that_no_server_takes_is_refused_and_moves_no_cell(opened: Connection) -> None:
    with pytest.raises(DBAPIError, match="0x00"), inserting(opened) as insert:
        insert("met", ("id", "told"), [[1, 2], ["one\0two", "three"]])


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_a_command_that_is_interrupted_does_not_wait_for_the_lock_of_another(address: str) -> None:
    made = engine(address)
    with made.connect() as opened, made.connect() as other, other.begin():
        other.execute(text("LOCK TABLE setting"))
        opened.execute(text("SET lock_timeout = 0"))
        with pytest.raises(KeyboardInterrupt), inserting(opened) as insert:
            interrupted(insert, other)


def interrupted(insert: Insert, other: Connection) -> None:
    """Begin to add a row, and be interrupted as soon as the server waits."""
    insert("setting", ("id",), [[1]])
    while not other.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar():
        pass
    raise KeyboardInterrupt
