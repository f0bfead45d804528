from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from eventrec.models import Attendance
from eventrec.reports.participants import participants
from eventrec.views.criteria import ALL, Criteria

if TYPE_CHECKING:
    from tests.views.book import Book

MONDAY, TUESDAY, WEDNESDAY = (date(2025, 3, day) for day in (10, 11, 12))


@pytest.fixture
def li_na(book: Book) -> int:
    return book.contact("LI Na")


def course(book: Book) -> int:
    return book.event("Course", f"{MONDAY}..{WEDNESDAY}")


def mark(book: Book, row: int, *days: date) -> None:
    for day in days:
        book.add(Attendance, participation_id=row, day=day)


def person_days(book: Book, criteria: Criteria = ALL) -> object:
    return (participants(book.reader, criteria).total or {})["person_days"]


def test_without_marks_somebody_counts_for_the_days_of_the_event(book: Book, li_na: int) -> None:
    book.named(course(book), li_na)
    assert person_days(book) == 3


def test_marked_days_are_those_that_count(book: Book, li_na: int) -> None:
    mark(book, book.named(course(book), li_na), MONDAY, WEDNESDAY)
    assert person_days(book) == 2


def test_marks_come_before_the_days_recorded_for_somebody(book: Book, li_na: int) -> None:
    mark(book, book.named(course(book), li_na, days=1), MONDAY, TUESDAY)
    assert person_days(book) == 2


def test_two_events_on_one_day_are_one_person_day(book: Book, li_na: int) -> None:
    for event in (course(book), course(book)):
        mark(book, book.named(event, li_na), TUESDAY)
    assert person_days(book) == 1


def test_marks_on_different_days_of_two_events_add_up(book: Book, li_na: int) -> None:
    for day in (MONDAY, WEDNESDAY):
        mark(book, book.named(course(book), li_na), day)
    assert person_days(book) == 2


def test_a_marked_day_within_an_event_without_marks_is_no_further_day(book: Book, li_na: int) -> None:
    book.named(course(book), li_na)
    mark(book, book.named(course(book), li_na), TUESDAY)
    assert person_days(book) == 3


def test_marks_of_a_person_with_two_roles_belong_together(book: Book, li_na: int) -> None:
    event = course(book)
    mark(book, book.named(event, li_na), MONDAY)
    mark(book, book.named(event, li_na, role="speaker"), MONDAY, TUESDAY)
    assert person_days(book) == 2


def test_marks_of_one_person_say_nothing_of_another(book: Book, li_na: int) -> None:
    event = course(book)
    mark(book, book.named(event, li_na), MONDAY)
    book.named(event, book.contact("WU Bo"))
    assert person_days(book) == 4


def test_marks_of_another_event_say_nothing_of_this_one(book: Book, li_na: int) -> None:
    asked, other = course(book), course(book)
    book.named(asked, li_na)
    mark(book, book.named(other, li_na), MONDAY)
    assert person_days(book, Criteria(event_ids=(asked,))) == 3


def test_marks_of_somebody_who_did_not_attend_count_nothing(book: Book, li_na: int) -> None:
    mark(book, book.named(course(book), li_na, status="no-show"), MONDAY)
    assert person_days(book) is None


def test_a_list_shows_the_marked_days_in_order(book: Book, li_na: int) -> None:
    row = book.named(course(book), li_na)
    mark(book, row, WEDNESDAY, MONDAY)
    shown = book.reader.participation(row)
    assert (shown["attended_days"], shown["effective_days"]) == (["2025-03-10", "2025-03-12"], 2)
    assert shown["days"] is None


def test_the_list_of_days_is_the_same_text_on_both_databases(book: Book, li_na: int) -> None:
    mark(book, book.named(course(book), li_na), TUESDAY, MONDAY)
    (row,) = book.reader.rows("SELECT attended_days FROM v_participation")
    assert row[0] == '["2025-03-10","2025-03-11"]'


def test_heads_have_the_marked_days(book: Book, li_na: int) -> None:
    mark(book, book.named(course(book), li_na), MONDAY)
    assert book.reader.rows("SELECT days FROM v_head") == [(1,)]
