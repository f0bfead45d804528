from __future__ import annotations

from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.connection import open_for_reading
from eventrec.reports.participants import participants
from eventrec.services import participation
from eventrec.services.headcount import HeadCount
from eventrec.views.criteria import ALL
from eventrec.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def writer(address: str) -> Iterator[Book]:
    opened = Book(Settings(address), actor="writer")
    yield opened
    opened.close()


NUMBERS = count(1)


def add_women(writer: Book, event: int) -> None:
    with writer.writing("a test") as work:
        agency = make.agency(work.session, code=f"AG-{next(NUMBERS)}")
        participation.add(work.session, event_id=event, agency_id=agency.id, counts=HeadCount(women=1000))


def test_the_total_is_that_of_the_rows_whoever_writes_between_the_questions(
    address: str, writer: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writer.writing("a test") as work:
        event = make.event(work.session, status="held").id
    add_women(writer, event)
    with closing(open_for_reading(address)) as connection:
        ask, asked = connection.execute, []

        def asked_while_somebody_writes(sql: str, params: Any = None) -> Any:
            asked.append(sql)
            add_women(writer, event)
            return ask(sql, params)

        monkeypatch.setattr(connection, "execute", asked_while_somebody_writes)
        found = participants(Reader(connection), ALL, ["agency"])
    assert len(asked) > 3
    assert found.total
    assert sum(row["women"] for row in found) == found.total["women"] > 0  # type: ignore[misc]
