from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.services import make

from eventrec.errors import Rejected
from eventrec.models import Participation
from eventrec.reports.participants import participants
from eventrec.services import attendance, participation, planning, rows, undo
from eventrec.services.headcount import HeadCount
from eventrec.views.criteria import ALL

if TYPE_CHECKING:
    from eventrec.book import Book

FIRST, LAST = date(2024, 10, 17), date(2024, 10, 19)


@pytest.fixture
def training(book: Book) -> Book:
    """Three held days with two people on the list, one of them registered."""
    with book.writing("a test") as work:
        make.event(work.session, status="held", ends_on=LAST)
        for name, status in (("LI Na", "attended"), ("WU Bo", "registered")):
            participation.add(work.session, event_id=1, contact_id=make.contact(work.session, name).id, status=status)
    return book


def mark(book: Book, row: int, *days: int, present: bool = True) -> None:
    with book.writing("a test") as work:
        for day in days:
            attendance.mark(work.session, rows.get(work.session, Participation, row), date(2024, 10, day), present)


def person_days(book: Book) -> object:
    return (participants(book.reader, ALL).total or {})["person_days"]


def test_marked_days_are_what_person_days_count(training: Book) -> None:
    assert person_days(training) == 3
    mark(training, 1, 17, 19)
    assert person_days(training) == 2


def test_being_there_on_a_day_is_having_attended(training: Book) -> None:
    mark(training, 2, 18)
    row = training.reader.participation(2)
    assert (row["status"], row["attended_days"], row["effective_days"]) == ("attended", ["2024-10-18"], 1)
    assert person_days(training) == 4


def test_two_events_on_one_day_are_one_person_day(training: Book) -> None:
    with training.writing("a test") as work:
        make.event(work.session, "Talk", FIRST, status="held")
        row = participation.add(work.session, event_id=2, contact_id=1)
        attendance.mark(work.session, row, FIRST)
    mark(training, 1, 17, 18)
    assert person_days(training) == 2


def test_the_same_mark_again_changes_nothing(training: Book) -> None:
    with training.writing("a test") as work:
        row = rows.get(work.session, Participation, 1)
        assert attendance.mark(work.session, row, FIRST) is True
        assert attendance.mark(work.session, row, FIRST) is False
        assert attendance.mark(work.session, row, LAST, False) is False


def test_a_mark_of_somebody_who_had_not_attended_is_news_again(training: Book) -> None:
    mark(training, 2, 17)
    with training.writing("a test") as work:
        participation.edit(work.session, 1, [2], {"status": "no-show"})
        assert attendance.mark(work.session, rows.get(work.session, Participation, 2), FIRST) is True
    assert training.reader.participation(2)["status"] == "attended"


def test_days_are_told_by_row_in_order(training: Book) -> None:
    mark(training, 1, 19, 17)
    with training.writing("a test") as work:
        assert attendance.days_of(work.session, [1, 2]) == {1: [FIRST, LAST]}


def test_a_mark_keeps_who_somebody_was_on_the_day(training: Book) -> None:
    with training.writing("a test") as work:
        agency = make.agency(work.session)
        row = participation.add(
            work.session,
            event_id=1,
            contact_id=make.contact(work.session, "XU Di", agency.id).id,
            status="confirmed",
        )
        assert row.agency_name is None
        attendance.mark(work.session, row, FIRST)
        assert row.agency_name == agency.name


def test_an_event_without_a_date_has_no_days(training: Book) -> None:
    with training.writing("a test") as work:
        make.event(work.session, "Some day", None)
        row = participation.add(work.session, event_id=2, contact_id=1)
        with pytest.raises(Rejected, match="is no day of event 2"):
            attendance.mark(work.session, row, FIRST)


def test_a_mark_is_taken_off_again(training: Book) -> None:
    mark(training, 1, 17, 18)
    mark(training, 1, 18, present=False)
    assert training.reader.participation(1)["attended_days"] == ["2024-10-17"]


def test_a_day_outside_the_event_is_refused(training: Book) -> None:
    with pytest.raises(Rejected, match="2024-10-20 is no day of event 1"):
        mark(training, 1, 20)


def test_a_head_count_has_no_days(training: Book) -> None:
    with training.writing("a test") as work:
        make.agency(work.session)
        row = participation.add(work.session, event_id=1, agency_id=1, counts=HeadCount(women=3))
        with pytest.raises(Rejected, match="presence by day is of named people"):
            attendance.mark(work.session, row, FIRST)


def test_undo_takes_marks_back(training: Book) -> None:
    mark(training, 2, 17)
    with training.writing("undo") as work:
        undo.undo(work.session)
    row = training.reader.participation(2)
    assert (row["status"], row["attended_days"]) == ("registered", [])


def test_marks_go_with_their_row_and_come_back_with_it(training: Book) -> None:
    mark(training, 1, 17)
    with training.writing("remove") as work:
        participation.remove(work.session, [1])
    with training.writing("undo") as work:
        undo.undo(work.session)
    assert training.reader.participation(1)["attended_days"] == ["2024-10-17"]


def test_an_event_is_removed_with_its_marks(training: Book) -> None:
    mark(training, 1, 17)
    with training.writing("remove") as work:
        planning.remove(work.session, 1)
    assert training.reader.rows("SELECT count(*) FROM attendance") == [(0,)]
