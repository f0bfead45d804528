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
        assert mend(work.session) == 4
    assert [finding for finding in found(address) if finding.kind == "derived"] == []
