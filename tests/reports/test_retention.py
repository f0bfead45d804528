from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.views.book import day

from eventrec.models import EventProject, ProjectParty, Setting
from eventrec.reports import retention

if TYPE_CHECKING:
    from tests.views.book import Book

TODAY = date(2026, 1, 2)


@pytest.fixture
def project(book: Book) -> int:
    """A project that ended; its people are due on 2 February 2025 with the book's five years."""
    return book.project("OLD", ends_on=day("2020-02-01"))


def due(book: Book, today: date = TODAY, months: int | None = None) -> list[tuple[object, ...]]:
    table = retention.due(book.reader, today, months=months)
    return list(table.pick("id", "due_since", "decided_by", "events").rows)


def take_part(book: Book, *projects: int, name: str = "LI Na", when: str = "2019-05-01") -> int:
    person = book.contact(name)
    book.named(book.event("Workshop", when, projects=projects), person, status="no-show")
    return person


def test_a_person_is_due_five_years_after_the_end_of_the_project(book: Book, project: int) -> None:
    take_part(book, project)
    assert due(book) == [(1, "2025-02-02", "OLD", 1)]


def test_the_last_day_is_kept_and_the_next_one_is_due(book: Book, project: int) -> None:
    take_part(book, project)
    assert due(book, date(2025, 2, 1)) == []
    assert len(due(book, date(2025, 2, 2))) == 1


def test_one_project_that_runs_keeps_the_person(book: Book, project: int) -> None:
    take_part(book, project, book.project("NEW", ends_on=day("2025-12-31")))
    assert due(book) == []


def test_a_project_without_an_end_keeps_the_person_for_ever(book: Book, project: int) -> None:
    take_part(book, project, book.project("OPEN"))
    assert due(book, date(9999, 1, 1)) == []
    last = retention.deciding(retention.ties_of(book.reader, 1))
    assert (last.decided_by, last.until) == ("OPEN", None)


def test_whoever_has_a_role_in_a_running_project_is_kept(book: Book, project: int) -> None:
    person = take_part(book, project)
    book.add(ProjectParty, project_id=book.project("OPEN"), contact_id=person, role="focal-point")
    assert due(book) == []


def test_whom_to_ask_about_an_event_is_kept_for_it(book: Book, project: int) -> None:
    person = book.contact("LI Na")
    book.event("Workshop", "2019-05-01", projects=(project,), contact_id=person)
    assert due(book) == [(1, "2025-02-02", "OLD", 1)]


def test_an_event_without_a_project_counts_from_its_own_last_day(book: Book) -> None:
    take_part(book, when="2020-05-01..2020-05-31")
    assert due(book) == [(1, "2025-06-01", None, 1)]


def test_an_event_without_project_and_date_keeps_its_people(book: Book) -> None:
    take_part(book, when="")
    assert due(book, date(9999, 1, 1)) == []


def test_a_visit_counts_by_the_projects_of_its_event(book: Book, project: int) -> None:
    event = book.event("Workshop", "2019-05-01", projects=(project,))
    visit = book.event("Visit", "2019-05-01", kind="site-visit", parent_id=event)
    book.named(visit, book.contact("LI Na"))
    assert due(book) == [(1, "2025-02-02", "OLD", 1)]


def test_somebody_tied_to_nothing_counts_from_the_day_of_the_last_change(book: Book) -> None:
    book.contact("LI Na", email="li@example.org")
    assert due(book, date(2030, 1, 1)) == []
    assert due(book, date(2030, 1, 2)) == [(1, "2030-01-02", None, 0)]


def test_a_phase_ends_with_its_programme_and_has_its_months(book: Book) -> None:
    programme = book.project("P", ends_on=day("2024-01-31"), retention_months=1)
    take_part(book, book.project("PHASE", parent_id=book.project("MIDDLE", parent_id=programme)))
    assert due(book) == [(1, "2024-03-01", "P", 1)]


def test_the_months_asked_for_stand_for_the_books_and_not_for_a_projects_own(book: Book, project: int) -> None:
    take_part(book, project)
    take_part(book, book.project("OWN", ends_on=day("2020-02-01"), retention_months=120), name="WANG Fang")
    book.add(Setting, key="retention_months", value=100)
    assert due(book) == []
    assert due(book, months=12) == [(1, "2021-02-02", "OLD", 1)]


def test_who_is_due_for_the_longest_time_comes_first(book: Book, project: int) -> None:
    take_part(book, project, name="A")
    take_part(book, book.project("OLDER", ends_on=day("2019-02-01")), name="B", when="2018-01-01")
    take_part(book, project, name="C")
    assert [row[0] for row in due(book)] == [2, 1, 3]


def test_people_of_a_project_can_be_asked_for(book: Book, project: int) -> None:
    older = book.project("OLDER", ends_on=day("2019-02-01"))
    take_part(book, project, name="A")
    both = take_part(book, project, name="B")
    book.add(EventProject, event_id=2, project_id=older)
    assert [row["id"] for row in retention.due(book.reader, TODAY, project_ids=(older,))] == [both]


def test_more_people_than_are_named_at_once_are_all_named(book: Book, project: int) -> None:
    event = book.event("Workshop", "2019-05-01", projects=(project,))
    for number in range(501):
        book.named(event, book.contact(f"Person {number}"))
    table = retention.due(book.reader, TODAY)
    assert len(table) == 501
    assert all(row["name"] == {"en": f"Person {int(str(row['id'])) - 1}"} for row in table)
