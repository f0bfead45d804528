from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from tests.services import make

from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.errors import AlreadyThere
from eventrec.localized import Localized
from eventrec.models import EventSource
from eventrec.services import planning, source
from eventrec.services.undo import undo
from eventrec.text.digests import digest_of

if TYPE_CHECKING:
    from eventrec.book import Book, Work

TEXT = "A workshop was held.\n在北京举行。\n"


def number_of_sources(book: Book) -> int:
    with book.writing("a look", keep=False) as work:
        return work.session.scalar(select(func.count()).select_from(EventSource)) or 0


def test_a_release_is_kept_with_its_hash_and_address(work: Work) -> None:
    event = make.event(work.session)
    row = source.add(work.session, event.id, text=TEXT, name="news.txt", url="https://example.org/news")
    assert row.sha256 == digest_of(TEXT) == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [
        dict(each) for each in work.reader.table("v_event_source", ("event_id", "name", "url", "sha256", "text"))
    ] == [{"event_id": 1, "name": "news.txt", "url": "https://example.org/news", "sha256": row.sha256, "text": TEXT}]


def test_one_event_has_a_release_once_and_several_events_may_have_it(book: Book) -> None:
    with book.writing("a test") as work:
        for number in (1, 2):
            make.event(work.session, f"Workshop {number}")
            source.add(work.session, number, text=TEXT)
    with pytest.raises(AlreadyThere, match="This release is with the event already"), book.writing("a test") as work:
        source.add(work.session, 1, text=TEXT)


def test_events_are_found_by_the_text_that_they_were_drafted_from(work: Work) -> None:
    event = make.event(work.session)
    source.add(work.session, event.id, text=TEXT)
    assert source.drafted_from(work.session, TEXT) == [event]
    assert source.drafted_from(work.session, TEXT.strip()) == []


def test_events_are_found_by_a_title_in_one_language_and_their_first_day(work: Work) -> None:
    event = make.event(work.session, 'Workshop "A" 100% _x')
    title = Localized({"en": 'Workshop "A" 100% _x', "zh": "研讨会"})
    assert source.of_title_and_day(work.session, title, make.THAT_DAY) == [event]
    assert source.of_title_and_day(work.session, title, None) == []
    assert source.of_title_and_day(work.session, Localized({"en": 'Workshop "A" 100% ax'}), make.THAT_DAY) == []
    assert source.of_title_and_day(work.session, Localized({"zh": title["en"]}), make.THAT_DAY) == []


def test_a_release_goes_and_comes_back_with_its_event(book: Book) -> None:
    with book.writing("a test") as work:
        make.event(work.session)
        source.add(work.session, 1, text=TEXT)
    with book.writing("event remove 1") as work:
        planning.remove(work.session, 1)
    assert number_of_sources(book) == 0
    with book.writing("undo") as work:
        undo(work.session)
    assert number_of_sources(book) == 1
    assert check(engine(book.settings.database)) == []


def test_a_copy_of_an_event_was_drafted_from_nothing(book: Book) -> None:
    with book.writing("a test") as work:
        make.event(work.session)
        source.add(work.session, 1, text=TEXT)
        planning.copy(work.session, 1, starts_on=None, ends_on=None)
    assert number_of_sources(book) == 1
