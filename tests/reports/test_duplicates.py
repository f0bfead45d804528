from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.models import Agency, Contact
from eventrec.reports import duplicates
from eventrec.services import contact, not_same, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.table import Stream


@pytest.fixture
def book(address: str) -> Iterator[Book]:
    """An empty book."""
    opened = Book(Settings(address))
    yield opened
    opened.close()


def pairs(table: Stream) -> list[tuple[object, object]]:
    return [(row["first"], row["second"]) for row in table]


def test_likely_pairs_come_with_score_and_reasons(book: Book) -> None:
    with book.writing("a test") as work:
        make.agency(work.session)
        make.contact(work.session, "LI Na", 1)
        make.contact(work.session, "Na LI", 1)
        make.contact(work.session, "WU Bo", 1)
    (row,) = duplicates.contacts(book.reader)
    assert (row["first"], row["second"], row["score"]) == (1, 2, 96)
    assert row["reasons"] == ["the same words in another order", "same agency"]
    assert (row["first_name"], row["first_agency"]) == ({"en": "LI Na"}, "NIA")


def test_pairs_that_were_told_apart_are_left_out(book: Book) -> None:
    with book.writing("a test") as work:
        one, other = make.contact(work.session, "LI Na"), make.contact(work.session, "Na LI")
        assert pairs(duplicates.contacts(work.reader)) == [(1, 2)]
        not_same.remember(work.session, rows.get(work.session, Contact, other.id), one)
    assert pairs(duplicates.contacts(book.reader)) == []


def test_agencies_too(book: Book) -> None:
    with book.writing("a test") as work:
        for code, name in (("NIA", "National Immigration Administration"), (None, "NIA of China"), ("X", "Museum")):
            work.session.add(Agency(code=code, name=make.name(name)))
            work.session.flush()
        work.session.add(Agency(name=make.name("National Imigration Administration")))
    assert pairs(duplicates.agencies(book.reader)) == [(1, 4)]


def test_a_crowd_of_one_common_name_is_still_answered(book: Book) -> None:
    with book.writing("a test") as work:
        work.session.add_all([Contact(name=make.name("Li Na")) for _ in range(230)])
    assert len(pairs(duplicates.contacts(book.reader))) == 200 * 199 / 2


def test_names_without_a_letter_are_like_no_other(book: Book) -> None:
    with book.writing("a test") as work:
        work.session.add_all([Contact(name=make.name(name)) for name in ("???", "???", "—", "LI Na", "Na LI")])
    assert pairs(duplicates.contacts(book.reader)) == [(4, 5)]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)  # a server's numbers end much sooner
def test_people_with_the_largest_numbers_are_compared_too(book: Book) -> None:
    with book.writing("a test") as work:
        work.session.add_all(
            [Contact(id=2**63 - 9 + at, name=make.name(name)) for at, name in ((0, "LI Na"), (1, "Na LI"))]
        )
    assert pairs(duplicates.contacts(book.reader)) == [(2**63 - 9, 2**63 - 8)]


def test_who_was_removed_while_the_list_was_written_is_not_on_it(book: Book) -> None:
    with book.writing("a test") as work:
        for name in ("LI Na", "Na LI", "WU Bo", "Bo WU"):
            make.contact(work.session, name)
    found = duplicates.contacts(book.reader)
    with book.writing("a test") as work:
        contact.remove(work.session, 2)
    assert pairs(found) == [(3, 4)]
