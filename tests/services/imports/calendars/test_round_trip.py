from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, date, datetime
from difflib import ndiff
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.services.imports.calendars.books import Plan, Years, fill, plans

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.exports.calendar import CalendarWish, calendar
from eventrec.formats.ical import reader as calendars
from eventrec.services.imports import run
from eventrec.services.imports.wish import Wish
from eventrec.views.criteria import ALL

if TYPE_CHECKING:
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
        return run.calendar(work.session, calendars.read(content), Wish(today=TODAY, **wish))  # type: ignore[arg-type]


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
