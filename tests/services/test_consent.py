from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from tests.services import make

from eventrec.errors import AlreadyThere, NotFound, Rejected
from eventrec.models import Consent
from eventrec.services import consent, merge, undo
from eventrec.services import contact as contacts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eventrec.book import Book, Work

MAY, JUNE = date(2025, 5, 3), date(2025, 6, 3)


@pytest.fixture
def person(work: Work) -> int:
    return make.contact(work.session).id


def answers(session: Session, number: int) -> list[str]:
    return [f"{row.purpose}: {consent.say(row)}" for row in consent.of_contact(session, number)]


def agree(work: Work, number: int, day: date = MAY, purpose: str = "photographs", **fields: object) -> Consent:
    fields = {"source": "a sheet", **fields}
    return consent.add(work.session, number, purpose=purpose, answered_on=day, **fields)  # type: ignore[arg-type]


def test_an_answer_is_kept_with_its_day_and_source(work: Work, person: int) -> None:
    agree(work, person)
    assert answers(work.session, person) == ["photographs: given on 2025-05-03 (a sheet)"]


def test_nobody_cannot_agree(work: Work) -> None:
    with pytest.raises(NotFound):
        agree(work, 99)


def test_a_purpose_is_one_whatever_its_capitals(work: Work, person: int) -> None:
    agree(work, person)
    agree(work, person, JUNE, "PhotoGraphs", answer="refused")
    assert {row.purpose for row in consent.of_contact(work.session, person)} == {"photographs"}


def test_a_second_answer_of_one_day_is_refused(work: Work, person: int) -> None:
    agree(work, person)
    with pytest.raises(AlreadyThere, match="has an answer of 2025-05-03"):
        agree(work, person, answer="refused")


@pytest.mark.parametrize(("answer", "withdrawn"), [("given", date(2025, 5, 2)), ("refused", JUNE)])
def test_only_a_consent_is_withdrawn_and_not_before_it_was_given(
    work: Work, person: int, answer: str, withdrawn: date
) -> None:
    with pytest.raises(Rejected):
        agree(work, person, answer=answer, withdrawn_on=withdrawn)


def test_the_latest_consent_is_the_one_that_is_withdrawn(work: Work, person: int) -> None:
    agree(work, person)
    agree(work, person, JUNE)
    consent.withdraw(work.session, person, purpose="Photographs", withdrawn_on=date(2025, 7, 1))
    assert answers(work.session, person)[1] == "photographs: given on 2025-06-03 (a sheet), withdrawn on 2025-07-01"


def test_without_a_consent_nothing_is_withdrawn(work: Work, person: int) -> None:
    agree(work, person, answer="refused")
    with pytest.raises(consent.NoAnswer, match="has no consent about “photographs”"):
        consent.withdraw(work.session, person, purpose="photographs", withdrawn_on=JUNE)


def test_the_only_answer_is_corrected_with_its_day(work: Work, person: int) -> None:
    agree(work, person, withdrawn_on=JUNE)
    changes = {"answer": "refused", "source": "an e-mail"}
    consent.correct(work.session, person, purpose="photographs", changes=changes, answered_on=date(2025, 5, 4))
    assert answers(work.session, person) == ["photographs: refused on 2025-05-04 (an e-mail)"]


def test_of_several_answers_the_day_says_which(work: Work, person: int) -> None:
    agree(work, person)
    agree(work, person, JUNE)
    with pytest.raises(Rejected, match="several answers"):
        consent.remove(work.session, person, purpose="photographs")
    with pytest.raises(consent.NoAnswer, match="no answer of 2025-05-04"):
        consent.remove(work.session, person, purpose="photographs", answered_on=date(2025, 5, 4))
    consent.remove(work.session, person, purpose="photographs", answered_on=MAY)
    assert answers(work.session, person) == ["photographs: given on 2025-06-03 (a sheet)"]


def test_a_merge_brings_consents_along_and_undo_gives_them_back(book: Book) -> None:
    with book.writing("two") as work:
        keep, other = make.contact(work.session).id, make.contact(work.session, "Na LI").id
        agree(work, keep)
        agree(work, other, answer="refused", source="an e-mail")
        agree(work, other, JUNE, "contact list")
        before = [answers(work.session, number) for number in (keep, other)]
    with book.writing("merge") as work:
        done = merge.contacts(work.session, keep, other)
        assert answers(work.session, keep) == [
            "photographs: refused on 2025-05-03 (an e-mail)",
            "contact list: given on 2025-06-03 (a sheet)",
        ]
    assert done.moved["consents"] == 2
    assert done.dropped == ["photographs: given on 2025-05-03 (a sheet); kept: refused on 2025-05-03 (an e-mail)"]
    with book.writing("undo") as work:
        undo.undo(work.session)
        work.session.expire_all()
        assert [answers(work.session, number) for number in (keep, other)] == before


def test_of_two_answers_of_one_day_the_one_that_allows_less_stays(work: Work) -> None:
    keep, other = make.contact(work.session).id, make.contact(work.session, "Na LI").id
    agree(work, keep, withdrawn_on=JUNE)
    agree(work, other)
    assert consent.hand_over(work.session, keep, other) == (
        1,
        ["photographs: given on 2025-05-03 (a sheet); kept: given on 2025-05-03 (a sheet), withdrawn on 2025-06-03"],
    )


def test_a_removed_contact_takes_its_consents_along_and_undo_gives_them_back(book: Book) -> None:
    with book.writing("one") as work:
        number = make.contact(work.session).id
        agree(work, number)
    with book.writing("remove") as work:
        contacts.remove(work.session, number)
        assert work.session.scalar(select(Consent)) is None
    with book.writing("undo") as work:
        undo.undo(work.session)
        assert answers(work.session, number) == ["photographs: given on 2025-05-03 (a sheet)"]
