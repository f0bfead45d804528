from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.reports.contacts import contacts
from eventrec.views.criteria import ALL
from eventrec.views.options import resolve

if TYPE_CHECKING:
    from tests.views.book import Book


def test_a_contact_is_one_row_with_what_was_attended(book: Book) -> None:
    person = book.contact("LI Na", "李娜", agency=book.agency("NIA"), email="li@example.org")
    for day, status in (("2024-01-01", "attended"), ("2024-03-01", "attended"), ("2024-05-01", "no-show")):
        event = book.event("E", day)
        book.named(event, person, status=status)
        book.named(event, person, status=status, role="interpreter")
    (row,) = contacts(book.reader, ALL)
    assert (row["name"], row["agency"], row["email"]) == ({"en": "LI Na", "zh": "李娜"}, "NIA", "li@example.org")
    assert (row["events"], row["first_event_on"], row["last_event_on"]) == (2, "2024-01-01", "2024-03-01")


def test_the_events_are_those_of_the_criteria(book: Book) -> None:
    person = book.contact("LI Na")
    for day in ("2023-01-01", "2024-01-01"):
        book.named(book.event("E", day, projects=(book.project(f"P{day[:4]}"),)), person)
    book.contact("Elsewhere")
    found = contacts(book.reader, resolve(book.reader, project="P2024"))
    assert [(row["id"], row["events"], row["first_event_on"]) for row in found] == [(person, 1, "2024-01-01")]


def test_site_visits_are_left_out_unless_they_are_asked_for(book: Book) -> None:
    person = book.contact("LI Na")
    book.named(book.visit(book.event("E", "2024-01-02"), "V", "2024-01-01"), person)
    assert [row["events"] for row in contacts(book.reader, ALL)] == [0]
    assert [row["events"] for row in contacts(book.reader, resolve(book.reader, kind="site-visit"))] == [1]
