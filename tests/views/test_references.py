from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eventrec.errors import Ambiguous, NotFound
from eventrec.models import Alias, Change, ChangeSet, Tombstone
from eventrec.views.references import Reference, find

if TYPE_CHECKING:
    from tests.views.book import Book

WHEN = "2025-01-01T00:00:00Z"


@pytest.fixture
def filled(book: Book) -> Book:
    book.agency("NIA", "National Immigration Administration", "国家移民管理局")
    book.agency("NIA-X", "Another Administration")
    book.add(Alias, agency_id=1, name="Exit-Entry Office")
    book.contact("LI Na", "李娜", agency=1, email="Li.Na@example.org")
    book.contact("LI Ning", agency=2)
    book.contact("Andrei Zaitsev")
    book.event("Workshop on Returns", "2024-10-17", zh="返回研讨会")
    book.visit(1, "Airport")
    return book


@pytest.mark.parametrize(
    ("noun", "text", "number"),
    [
        ("agency", "1", 1),
        ("agency", "#2", 2),
        ("agency", "nia", 1),
        ("agency", "NIA-x", 2),
        ("agency", "national immigration administration", 1),
        ("agency", "国家移民管理局", 1),
        ("agency", "exit-entry office", 1),
        ("contact", "li.na@EXAMPLE.org", 1),
        ("contact", "李娜", 1),
        ("event", "返回研讨会", 1),
        ("visit", "2", 2),
        ("visit", "Airport", 2),
    ],
)
def test_a_whole_reference_is_exact(filled: Book, noun: str, text: str, number: int) -> None:
    found = find(filled.reader, noun, text)
    assert (found.id, found.exact) == (number, True)


@pytest.mark.parametrize(
    ("noun", "text", "number"),
    [
        ("agency", "国家移民", 1),
        ("agency", "another", 2),
        ("agency", "exit-entry", 1),
        ("event", "workshop on", 1),
        ("contact", "LI Ni", 2),
        ("contact", "zaitsev", 3),
    ],
)
def test_an_unambiguous_beginning_is_enough_and_said_to_be_one(filled: Book, noun: str, text: str, number: int) -> None:
    found = find(filled.reader, noun, text)
    assert (found.id, found.exact) == (number, False)


def test_a_uid_leads_to_its_record_with_and_without_hyphens(filled: Book) -> None:
    uid = str(filled.reader.agency(2)["uid"])
    assert {find(filled.reader, "agency", text).id for text in (uid, uid.upper(), uid.replace("-", ""))} == {2}


def test_the_label_tells_two_of_a_name_apart(filled: Book) -> None:
    uid = str(filled.reader.contact(1)["uid"])
    assert find(filled.reader, "contact", 1) == Reference(1, uid, "LI Na (NIA)")
    assert str(find(filled.reader, "event", 1)) == "#1 Workshop on Returns (2024-10-17)"
    assert str(find(filled.reader, "agency", 1)) == "#1 NIA National Immigration Administration"


def test_an_ambiguous_beginning_names_the_candidates(filled: Book) -> None:
    with pytest.raises(Ambiguous) as caught:
        find(filled.reader, "contact", "LI N")
    assert caught.value.message == "“LI N” is more than one contact: #1 LI Na (NIA); #2 LI Ning (NIA-X)."
    assert not caught.value.exact


def test_an_unknown_name_names_the_nearest(filled: Book) -> None:
    with pytest.raises(NotFound) as caught:
        find(filled.reader, "contact", "Andrey Zaitsev")
    assert caught.value.message == "There is no contact “Andrey Zaitsev”. Nearest: #3 Andrei Zaitsev."


@pytest.mark.parametrize("text", ["9", "xyz", "", "  ", "%", "00000000-0000-0000-0000-000000000000"])
def test_what_leads_nowhere_is_not_found(filled: Book, text: str) -> None:
    with pytest.raises(NotFound):
        find(filled.reader, "agency", text)


def test_a_workshop_is_no_visit(filled: Book) -> None:
    with pytest.raises(NotFound):
        find(filled.reader, "visit", 1)


def test_a_removed_number_says_when_it_was_removed(filled: Book) -> None:
    filled.add(ChangeSet, actor="staff", moment=WHEN, command="agency remove 7")
    filled.add(Change, change_set_id=1, table_name="agency", row_id=7, row_uid="x", version=2, before={"id": 7})
    filled.add(Tombstone, table_name="agency", row_id=7, row_uid="x", removed_at=WHEN)
    with pytest.raises(NotFound) as caught:
        find(filled.reader, "agency", 7)
    assert caught.value.message == "Agency 7 was removed on 2025-01-01."
    assert "change set 1" in caught.value.hint


def test_a_merged_number_leads_to_the_record_that_took_its_place(filled: Book) -> None:
    uid = filled.reader.agency(2)["uid"]
    filled.add(Tombstone, table_name="agency", row_id=7, row_uid="x", replaced_by=uid, removed_at=WHEN)
    assert find(filled.reader, "agency", 7).id == 2
