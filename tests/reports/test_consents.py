from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.views.book import day

from eventrec.models import Consent
from eventrec.reports.consents import consents, latest, missing
from eventrec.views.criteria import ALL, Criteria

if TYPE_CHECKING:
    from tests.views.book import Book

TODAY = "2025-06-10"


def answer(book: Book, when: str, *, contact: int = 1, said: str = "given", withdrawn: str = "", **fields: Any) -> int:
    return book.add(
        Consent,
        contact_id=contact,
        answer=said,
        answered_on=day(when),
        withdrawn_on=day(withdrawn) if withdrawn else None,
        **{"purpose": "photographs", **fields},
    )


@pytest.mark.parametrize(
    ("history", "valid"),
    [
        ([("2025-06-10", "given", "")], True),
        ([("2025-06-11", "given", "")], False),
        ([("2025-05-01", "refused", "")], False),
        ([("2025-05-01", "given", "2025-06-10")], False),
        ([("2025-05-01", "given", "2025-06-11")], True),
        ([("2025-05-01", "given", ""), ("2025-06-01", "refused", "")], False),
        ([("2025-05-01", "refused", ""), ("2025-06-01", "given", "")], True),
        ([("2025-05-01", "given", "2025-05-20"), ("2025-06-01", "given", "")], True),
        ([("2025-05-01", "given", "2025-06-01"), ("2025-05-20", "given", "")], False),
        ([("2025-05-01", "given", ""), ("2025-06-20", "refused", "")], True),
        ([], False),
    ],
)
def test_a_consent_is_valid_until_the_person_says_no(
    book: Book, history: list[tuple[str, str, str]], valid: bool
) -> None:
    book.contact("LI Na")
    for when, said, withdrawn in history:
        answer(book, when, said=said, withdrawn=withdrawn)
    asked = Criteria(consents=("photographs",), consent_on=TODAY)
    assert [row["id"] for row in book.reader.contacts(asked)] == ([1] if valid else [])
    assert len(missing(book.reader, ALL, "photographs", TODAY)) == (0 if valid else 1)
    assert any(row["valid"] for row in consents(book.reader, ALL, (), TODAY)) == valid


def test_several_purposes_ask_for_a_consent_to_every_one(book: Book) -> None:
    for at, purposes in enumerate((("photographs",), ("photographs", "contact list")), 1):
        book.contact(f"Person {at}")
        for purpose in purposes:
            answer(book, "2025-05-01", contact=at, purpose=purpose)
    asked = Criteria(consents=("photographs", "contact list"), consent_on=TODAY)
    assert [row["id"] for row in book.reader.contacts(asked)] == [2]


def test_a_list_of_participants_with_consent_has_no_unnamed_ones(book: Book) -> None:
    agency = book.agency("NIA")
    event = book.event("Workshop", "2025-05-01")
    for name in ("LI Na", "WANG Fang"):
        book.named(event, book.contact(name))
    book.unnamed(event, women=3, agency_id=agency)
    answer(book, "2025-05-01")
    asked = Criteria(consents=("photographs",), consent_on=TODAY)
    assert [row["contact_id"] for row in book.reader.participants(asked)] == [1]


def test_answers_are_listed_person_by_person_and_can_be_narrowed(book: Book) -> None:
    for name in ("ZHAO Lin", "CHEN Jie"):
        book.contact(name)
    answer(book, "2025-05-01")
    answer(book, "2025-04-01", purpose="contact list")
    answer(book, "2025-05-01", contact=2, said="refused")
    listed = consents(book.reader, ALL, (), TODAY)
    assert [(row["contact_id"], row["purpose"]) for row in listed] == [
        (2, "photographs"),
        (1, "contact list"),
        (1, "photographs"),
    ]
    assert len(consents(book.reader, Criteria(contact_ids=(1,)), ("photographs",), TODAY)) == 1


def test_of_each_purpose_the_latest_answer_is_shown_with_the_person(book: Book) -> None:
    book.contact("LI Na")
    answer(book, "2025-05-01")
    answer(book, "2025-06-01", said="refused")
    assert [(row["answer"], row["answered_on"]) for row in latest(book.reader, 1)] == [("refused", "2025-06-01")]
