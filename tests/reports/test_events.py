from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.reports.events import events
from eventrec.views.criteria import ALL
from eventrec.views.options import resolve

if TYPE_CHECKING:
    from tests.views.book import Book


def test_cancelled_and_undated_events_are_listed_by_date(book: Book) -> None:
    book.event("Undated")
    book.event("Cancelled", "2024-02-01", status="cancelled", status_reason="no venue")
    book.unnamed(book.event("Held", "2024-01-01..2024-01-02"), 2, 1)
    found = [(row["id"], row["status_reason"], row["days"], row["participations"]) for row in events(book.reader, ALL)]
    assert found == [(3, None, 2, 3), (2, "no venue", 1, None), (1, None, None, None)]


def test_evidenced_are_people_on_a_sign_in_sheet_or_an_online_log(book: Book) -> None:
    event = book.event("E", "2024-01-01")
    for source, women in (("sign-in-sheet", 4), ("online-log", 2), ("estimate", 9)):
        book.unnamed(event, women, source=source, label={"en": source})
    (row,) = events(book.reader, ALL)
    assert (row["evidenced"], row["participations"]) == (6, 15)


def test_site_visits_are_a_number_unless_they_are_asked_for(book: Book) -> None:
    event = book.event("E", "2024-01-02")
    book.unnamed(book.visit(event, "V", "2024-01-01"), 2)
    assert [(row["id"], row["visits"]) for row in events(book.reader, ALL)] == [(event, 1)]
    asked = events(book.reader, resolve(book.reader, kind="site-visit"))
    assert [(row["id"], row["participations"]) for row in asked] == [(2, 2)]


def test_projects_and_donors_are_listed(book: Book) -> None:
    eu = book.agency("EU")
    book.event("E", "2024-01-01", projects=(book.project("P", donors=(eu,)), book.project("Q", donors=(eu,))))
    (row,) = events(book.reader, ALL)
    assert (row["projects"], row["donors"]) == (["P", "Q"], ["EU"])


def test_the_total_is_that_of_the_participant_report(book: Book) -> None:
    person = book.contact("A")
    for day in ("2024-01-01", "2024-01-01"):
        book.named(book.event("E", day), person)
    total = events(book.reader, ALL).total
    assert total
    assert (total["participations"], total["person_days"], total["id"]) == (2, 1, None)
