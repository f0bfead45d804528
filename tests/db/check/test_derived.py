from __future__ import annotations

from typing import TYPE_CHECKING

from tests.db.check.meddling import found, meddle
from tests.services import make

from eventrec.services.derived import mend

if TYPE_CHECKING:
    from eventrec.book import Book


def test_computed_columns_that_are_out_of_date_are_found_and_mended(book: Book) -> None:
    with book.writing("add") as work:
        make.agency(work.session, "ONE")
        make.event(work.session)
        make.contact(work.session, points_of=[make.email("a@example.org")])
        make.project(work.session)
    address = book.settings.database
    meddle(
        address,
        "UPDATE agency SET sort_key = 'x'",
        "UPDATE event SET search_text = 'x'",
        "UPDATE contact SET search_text = 'x', sort_key = 'x'",
        "UPDATE project SET sort_key = 'x'",
    )
    stale = [finding for finding in found(address) if finding.kind == "derived"]
    assert [finding.text for finding in stale] == [
        "agency 1: sort_key out of date.",
        "contact 1: search_text and sort_key out of date.",
        "project 1: sort_key out of date.",
        "event 1: search_text out of date.",
    ]
    assert {finding.command for finding in stale} == {"eventrec db check --mend"}
    with book.writing("mend") as work:
        assert mend(work.session) == (4, 0)
    assert found(address) == []


def test_a_value_of_another_kind_is_told_as_what_its_history_does_not_say(book: Book) -> None:
    with book.writing("add") as work:
        make.event(work.session)
    meddle(book.settings.database, "UPDATE event SET topics = '-1'")
    assert [finding.kind for finding in found(book.settings.database)] == ["history"]


def test_a_row_that_was_meddled_with_is_not_mended_over_the_evidence(book: Book) -> None:
    with book.writing("add") as work:
        make.agency(work.session, "ONE")
        make.event(work.session)
    address = book.settings.database
    meddle(address, """UPDATE event SET title = '{"en": "Other"}'""", "UPDATE agency SET sort_key = 'x'")
    before = found(address)
    with book.writing("mend") as work:
        assert mend(work.session) == (1, 1)
    assert [finding.text for finding in found(address)] == [
        "event 1 is not as its newest change left it.",
        "event 1: search_text out of date.",
    ]
    assert not any("mend" in finding.command for finding in found(address))
    assert len(before) == 4
