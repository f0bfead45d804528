from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from tests.services import make

from eventrec.connection import open_for_reading
from eventrec.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.book import Book
    from eventrec.dbapi import Connection

NUMBERS = {
    "sqlite": "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT i FROM n",
    "postgresql": "SELECT i FROM generate_series(1, 2500) AS i",
}


@pytest.fixture
def connection(address: str) -> Iterator[Connection]:
    opened = open_for_reading(address)
    yield opened
    opened.close()


def test_a_stream_holds_some_rows_at_a_time(connection: Connection) -> None:
    batches = list(connection.stream(NUMBERS[connection.dialect]).batches())
    assert [len(rows) for rows in batches] == [1000, 1000, 500]
    assert [row[0] for rows in batches for row in rows] == list(range(1, 2501))


def test_several_streams_and_other_questions_go_side_by_side(connection: Connection) -> None:
    one, other = (connection.stream(NUMBERS[connection.dialect]).batches() for _ in range(2))
    seen = 0
    for rows, same in zip(one, other, strict=True):
        assert rows == same
        assert connection.execute("SELECT 1").fetchone()[0] == 1
        seen += 1
    assert seen == 3


def test_a_stream_that_nobody_reads_to_its_end_can_be_closed(connection: Connection) -> None:
    rows = connection.stream(NUMBERS[connection.dialect]).batches()
    next(rows)
    rows.close()  # type: ignore[attr-defined]
    assert connection.execute("SELECT 1").fetchone()[0] == 1


def test_a_stream_may_outlive_its_connection(connection: Connection) -> None:
    rows = connection.stream(NUMBERS[connection.dialect]).batches()
    next(rows)
    connection.close()
    rows.close()  # type: ignore[attr-defined]


def test_an_error_of_the_question_comes_at_once(connection: Connection) -> None:
    with pytest.raises(Exception, match="no_such_view"):
        connection.stream("SELECT 1 FROM no_such_view")


def test_an_error_between_rows_is_a_sentence(sqlite_address: str) -> None:
    opened = open_for_reading(sqlite_address)
    rows = opened.stream("SELECT CASE WHEN i < 1500 THEN i ELSE json('{') END FROM (" + NUMBERS["sqlite"] + ")")
    with pytest.raises(DatabaseUnavailable, match="damaged"):
        list(rows.batches())
    opened.close()


def test_within_a_snapshot_nothing_changes_whoever_writes(address: str, book: Book) -> None:
    counted = "SELECT count(*) FROM agency"
    with closing(open_for_reading(address)) as connection:
        with connection.snapshot():
            before = connection.execute(counted).fetchone()[0]
            with book.writing("test") as work:
                make.agency(work.session, code="LATE")
            assert connection.execute(counted).fetchone()[0] == before
        assert connection.execute(counted).fetchone()[0] == before + 1


def test_a_question_that_fails_does_not_end_a_snapshot(address: str, book: Book) -> None:
    with closing(open_for_reading(address)) as connection, connection.snapshot():
        before = connection.execute("SELECT count(*) FROM agency").fetchone()[0]
        with book.writing("test") as work:
            make.agency(work.session, code="LATE")
        with pytest.raises(Exception, match="nowhere"):
            connection.execute("SELECT 1 FROM nowhere")
        assert connection.execute("SELECT count(*) FROM agency").fetchone()[0] == before


def test_a_stream_that_nobody_reads_is_closed_with_its_connection(connection: Connection) -> None:
    stream = connection.stream(NUMBERS[connection.dialect])
    connection.close()
    assert connection.dialect == "sqlite" or stream.is_closed
