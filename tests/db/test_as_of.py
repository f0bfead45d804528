from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.errors import NotFound, NotInHistory
from eventrec.models import Setting
from eventrec.services import agency as agencies
from eventrec.services import contact as contacts
from eventrec.services import event as events
from eventrec.services import planning
from eventrec.services.setting import put
from eventrec.services.undo import undo
from eventrec.text.moments import AsOf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from eventrec.views.reader import Reader


class Clock:
    """Runs as it is told."""

    def __init__(self) -> None:
        self.now = datetime(2024, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed(address: str, clock: Clock) -> Iterator[Book]:
    """A new empty book on a clock."""
    opened = Book(Settings(address), now=clock, actor="tester")
    yield opened
    opened.close()


def on(book: Book, clock: Clock, day: str, command: Callable[[Session], object]) -> None:
    clock.now = datetime.fromisoformat(day).replace(tzinfo=UTC)
    with book.writing("a test") as work:
        command(work.session)


def at(day: str) -> AsOf:
    return AsOf(f"{day}T23:59:59Z", date.fromisoformat(day), day)


@contextlib.contextmanager
def then(book: Book, day: str | None) -> Iterator[Reader]:
    reader = book.reader_as_of(at(day) if day else None)
    yield reader
    reader.connection.close()


def titles(book: Book, day: str) -> list[object]:
    with then(book, day) as reader:
        return [row["title"] for row in reader.events()]


def test_a_record_is_as_the_last_change_until_that_day_left_it(timed: Book, clock: Clock) -> None:
    on(timed, clock, "2024-01-01", make.event)
    on(timed, clock, "2024-02-01", lambda session: events.edit(session, 1, {"title": make.name("Second")}))
    on(timed, clock, "2024-03-01", lambda session: planning.remove(session, 1))
    on(timed, clock, "2024-04-01", undo)
    found = {day: titles(timed, day) for day in ("2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01", "2024-04-01")}
    first, second = [{"en": "Workshop"}], [{"en": "Second"}]
    assert list(found.values()) == [first, second, second, [], second]


def test_before_the_first_change_there_was_nothing(timed: Book, clock: Clock) -> None:
    on(timed, clock, "2024-01-01", make.event)
    with pytest.raises(NotInHistory, match="nothing in the book on 2023-12-31; its history begins on 2024-01-01") as no:
        timed.reader_as_of(at("2023-12-31"))
    assert no.value.exit_code == 3


def test_an_empty_book_says_so(timed: Book) -> None:
    with pytest.raises(NotInHistory, match="it is empty to this day"):
        timed.reader_as_of(at("2024-12-31"))
    with then(timed, None) as reader:
        assert len(reader.events()) == 0


def test_references_lead_to_what_had_that_name_then(timed: Book, clock: Clock) -> None:
    from eventrec.views.references import find

    on(timed, clock, "2024-01-01", make.agency)
    on(timed, clock, "2024-02-01", lambda session: agencies.edit(session, 1, {"code": "NEW"}))
    with then(timed, "2024-01-15") as reader:
        assert find(reader, "agency", "NIA").id == 1
        with pytest.raises(NotFound):
            find(reader, "agency", "NEW")
    with then(timed, "2024-02-15") as reader:
        assert find(reader, "agency", "NEW").id == 1


def test_what_is_removed_then_says_so(timed: Book, clock: Clock) -> None:
    from eventrec.views.references import Removed, find

    on(timed, clock, "2024-01-01", make.contact)
    on(timed, clock, "2024-02-01", lambda session: contacts.remove(session, 1))
    on(timed, clock, "2024-03-01", undo)
    with then(timed, "2024-02-15") as reader, pytest.raises(Removed, match="was removed on 2024-02-01"):
        find(reader, "contact", "1")


def test_settings_are_those_of_then(timed: Book, clock: Clock) -> None:
    on(timed, clock, "2024-01-01", lambda session: put(session, "language", "zh"))
    on(timed, clock, "2024-02-01", lambda session: put(session, "language", "en"))
    with then(timed, "2024-01-15") as reader:
        assert reader.main_language() == "zh"


def test_nothing_in_the_past_can_be_changed(timed: Book, clock: Clock) -> None:
    on(timed, clock, "2024-01-01", make.event)
    with then(timed, None) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.connection.raw.execute("DELETE FROM event")


def test_columns_that_came_later_have_their_defaults(timed: Book, clock: Clock) -> None:
    from tests.db.rows import forget

    from eventrec.db.engine import engine

    on(timed, clock, "2024-01-01", make.contact)
    with engine(timed.settings.database).begin() as opened:
        forget(opened)
    with then(timed, None) as reader:
        assert reader.contact(1)["categories"] is None


WRONG_CLOCKS = {
    "set back for one change": (
        ["2024-01-01", "2024-02-01", "2024-02-02", "1970-01-01", "2024-04-01"],
        {"2024-01-15": 1, "2024-03-01": 4},
    ),
    "set ahead for one change": (
        ["2024-01-01", "2099-01-01", "2024-03-01", "2024-04-01"],
        {"2024-03-15": 3, "2024-12-31": 4},
    ),
    "set back for an hour's work": (
        ["2024-01-01", "2024-01-03", "2024-01-02", "2024-01-04"],
        {"2024-01-02": 3, "2024-01-03": 3},
    ),
}


@pytest.mark.parametrize("name", WRONG_CLOCKS)
def test_where_a_clock_was_wrong_the_order_of_the_log_decides(name: str, timed: Book, clock: Clock) -> None:
    days, expected = WRONG_CLOCKS[name]
    for number, day in enumerate(days):
        on(timed, clock, day, lambda session, number=number: make.agency(session, f"A{number}"))  # type: ignore[misc]
    found = {}
    for day in expected:
        with then(timed, day) as reader:
            found[day] = len(reader.agencies())
    assert found == expected


def test_a_setting_that_was_removed_is_none(timed: Book, clock: Clock) -> None:
    on(timed, clock, "2024-01-01", lambda session: put(session, "language", "zh"))
    on(timed, clock, "2024-02-01", lambda session: [session.delete(row) for row in session.query(Setting)])
    with then(timed, None) as reader:
        assert reader.setting("language") is None
