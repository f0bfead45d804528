from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, date, datetime, timedelta
from difflib import ndiff
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.ical.make import read as read_calendar
from tests.services import make
from tests.services.imports.calendars.books import Plan, Years, fill, plans, rich

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.exports.calendar import CalendarWish, calendar
from eventrec.services import planning
from eventrec.services.imports import run
from eventrec.services.imports.wish import Wish
from eventrec.views.criteria import ALL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.services.imports.outcome import Outcome

TODAY = date(2027, 1, 2)
WISHES = (
    CalendarWish(),
    CalendarWish(languages="en"),
    CalendarWish(languages="zh"),
    CalendarWish(utc=True),
    CalendarWish(attendees=True),
)


def brought(book: Book, content: bytes, **wish: object) -> Outcome:
    with book.writing("eventrec import all.ics") as work:
        return run.calendar(work.session, read_calendar(content), Wish(today=TODAY, **wish))  # type: ignore[arg-type]


def opened(address: object, clock: object = None) -> Book:
    return Book(Settings(str(address)), now=clock or (lambda: datetime(2027, 1, 2, tzinfo=UTC)), actor="tester")  # type: ignore[arg-type]


def differences(before: bytes, after: bytes) -> list[str]:
    """Return the lines that are not in both, and whether anything else is not the same."""
    lines = [
        line
        for line in ndiff(*(each.decode().splitlines(keepends=True) for each in (before, after)))
        if line[:1] != " "
    ]
    return lines or (["other bytes"] if before != after else [])


@settings(max_examples=int(__import__("os").environ.get("N", "20")))
@given(st.lists(plans(), min_size=1, max_size=4), st.sampled_from(WISHES))
def test_a_calendar_goes_into_an_empty_book_and_comes_out_the_same(
    _sqlite_template: Path,  # noqa: PT019
    tmp_path: Path,
    planned: list[Plan],
    wish: CalendarWish,
) -> None:
    folder = Path(tempfile.mkdtemp(dir=tmp_path))  # each example has books of its own
    first, second = (shutil.copy(_sqlite_template, folder / name) for name in ("first.db", "second.db"))
    source, copy = opened(first, Years()), opened(second)
    fill(source, planned)
    content = calendar(source.reader, ALL, wish)
    if content:
        outcome = brought(copy, content)
        assert [str(problem) for problem in outcome.problems] == []
        assert differences(content, calendar(copy.reader, ALL, wish)) == []
    source.close()
    copy.close()


@pytest.fixture
def pair(sqlite_address: str, postgresql_address: str) -> Iterator[tuple[Book, Book]]:
    """Two empty books, in a file and on a server; the clock of the first goes on from change to change."""
    source, copy = opened(sqlite_address, Years()), opened(postgresql_address)
    yield source, copy
    source.close()
    copy.close()


@pytest.mark.parametrize("utc", [False, True])
@pytest.mark.parametrize(
    ("zone", "day", "starts", "ends", "days"),
    [
        ("America/New_York", date(2024, 6, 1), "18:00", "22:00", 3),
        ("Europe/Brussels", date(2024, 3, 30), "09:00", "17:00", 3),
        ("Europe/Brussels", date(2024, 10, 26), "02:30", "03:30", 2),
        ("Asia/Shanghai", date(2024, 1, 1), "00:00", "23:59", 2),
        ("Asia/Shanghai", date(2024, 1, 1), "07:00", None, 1),
        ("Africa/Monrovia", date(1970, 1, 1), "09:00", "17:00", 2),
    ],
)
def test_hours_keep_their_zone_also_when_they_are_written_in_utc(
    pair: tuple[Book, Book],
    zone: str,
    day: date,
    starts: str,
    ends: str | None,
    days: int,
    utc: bool,
) -> None:
    source, copy = pair
    last = day + timedelta(days=days - 1)
    with source.writing("a test") as work:
        make.event(work.session, day=day, ends_on=last, start_time=starts, end_time=ends, timezone=zone)
    content = calendar(source.reader, ALL, CalendarWish(utc=utc))
    assert brought(copy, content).told == []
    row = copy.reader.event(1)
    assert (row["start_time"], row["end_time"], row["timezone"]) == (starts, ends, zone)
    assert differences(content, calendar(copy.reader, ALL, CalendarWish(utc=utc))) == []


@pytest.fixture(params=["to a server", "from a server"])
def both(request: pytest.FixtureRequest, sqlite_address: str, postgresql_address: str) -> Iterator[tuple[Book, Book]]:
    """A rich book and an empty one, one of them in a file and the other one on a server."""
    addresses = [sqlite_address, postgresql_address]
    first, second = addresses if request.param == "to a server" else reversed(addresses)
    source, copy = opened(first, Years()), opened(second)
    fill(source, rich())
    yield source, copy
    source.close()
    copy.close()


def test_a_rich_book_goes_from_one_database_to_the_other_and_again_without_a_change(both: tuple[Book, Book]) -> None:
    source, copy = both
    with copy.writing("eventrec demo") as work:  # numbers of other records must not matter
        planning.remove(work.session, make.event(work.session, day=None).id)
    wish = CalendarWish(attendees=True)
    content = calendar(source.reader, ALL, wish)
    outcome = brought(copy, content)
    assert (outcome.problems, outcome.updated, outcome.same) == ([], 0, 0)
    assert differences(content, calendar(copy.reader, ALL, wish)) == []
    again = brought(copy, content)
    assert (again.saved, again.same, again.told) == (0, outcome.new, [])
    assert differences(content, calendar(copy.reader, ALL, wish)) == []
    back = brought(source, content)
    assert (back.saved, back.told) == (0, [])
    assert differences(content, calendar(source.reader, ALL, wish)) == []
