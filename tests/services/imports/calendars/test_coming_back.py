from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from tests.services import make
from tests.services.imports.calendars.incoming import LATER, MODIFIED, UID, VISIT_UID, bring, entry, said

from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.exports.calendar import calendar
from eventrec.models import Change, Event, Tombstone
from eventrec.services import event as events
from eventrec.services import planning, undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from eventrec.book import Book

UNDONE = "2026-01-01T00:00:00Z"
"""Before the clock of the book, after all that the calendars said."""
GONE = entry("Gone", uid=VISIT_UID, is_ours=True, removed=True, status="CANCELLED", sequence=3, line=9)


def do(book: Book, command: Callable[[Session], Any]) -> Any:
    with book.writing("a test") as work:
        return command(work.session)


def versions(book: Book, table: str, number: int = 1) -> list[int]:
    with engine(book.settings.database).connect() as opened:
        query = select(Change.version).where(Change.table_name == table, Change.row_id == number).order_by(Change.id)
        return list(opened.scalars(query))


def source(book: Book) -> tuple[int | None, str | None]:
    with engine(book.settings.database).connect() as opened:
        return tuple(opened.execute(select(Event.source_sequence, Event.source_modified_at)).one())  # type: ignore[return-value]


def edit(**changes: Any) -> Callable[[Session], Any]:
    return lambda session: events.edit(session, 1, changes)


def whole(book: Book) -> bool:
    return check(engine(book.settings.database)) == []


def test_an_import_that_is_done_again_has_its_cancellations_again(book: Book) -> None:
    bring(book, entry(uid=UID, is_ours=True), GONE)
    before = calendar(book.reader)
    removed = list(book.reader.removed_events())
    do(book, undo.undo)
    do(book, undo.redo)
    assert list(book.reader.removed_events()) == removed
    assert f"UID:{VISIT_UID}" in calendar(book.reader).decode()
    assert calendar(book.reader).count(b"BEGIN:VEVENT") == before.count(b"BEGIN:VEVENT")
    assert bring(book, GONE).same == 1
    assert whole(book)
    do(book, undo.undo)
    assert VISIT_UID not in [row["uid"] for row in book.reader.removed_events()]


def test_a_cancellation_that_was_given_back_is_nothing_that_an_undo_removed(book: Book) -> None:
    bring(book, GONE)
    do(book, undo.undo)
    do(book, undo.redo)
    assert bring(book, entry(uid=VISIT_UID, is_ours=True, sequence=2)).same == 1
    assert len(book.reader.events()) == 0


def test_a_removal_that_was_done_again_was_done_on_purpose(book: Book) -> None:
    bring(book, entry(uid=UID))
    do(book, lambda session: planning.remove(session, 1))
    do(book, undo.undo)
    do(book, undo.redo)
    assert bring(book, entry(uid=UID)).same == 1
    assert len(book.reader.events()) == 0


def test_the_sequence_of_a_cancellation_does_not_turn_back(book: Book) -> None:
    bring(book, GONE)
    bring(book, entry("Gone", uid=VISIT_UID, is_ours=True, removed=True, status="CANCELLED", sequence=5))
    do(book, undo.undo)
    assert "SEQUENCE:5" in calendar(book.reader).decode()
    do(book, undo.redo)
    assert "SEQUENCE:5" in calendar(book.reader).decode()
    for _ in range(2):
        do(book, undo.undo)
    assert len(list(book.reader.removed_events())) == 0
    for _ in range(2):
        do(book, undo.redo)
    assert "SEQUENCE:5" in calendar(book.reader).decode()
    assert whole(book)


def test_an_event_that_comes_back_by_the_wish_goes_on_counting_its_versions(book: Book) -> None:
    bring(book, entry(uid=UID))
    do(book, edit(note="a"))
    do(book, lambda session: planning.remove(session, 1))
    assert bring(book, entry(uid=UID), mode="update").new == 1
    assert versions(book, "event") == [1, 2, 3, 4]
    assert book.reader.event(1)["version"] == 4
    do(book, edit(note="b"))
    assert book.reader.event(1)["version"] == 5
    assert whole(book)


def test_an_event_that_comes_back_after_an_undo_goes_on_counting_its_versions(book: Book) -> None:
    for _ in range(2):
        bring(book, entry(uid=UID))
        do(book, undo.undo)
    bring(book, entry(uid=UID))
    assert versions(book, "event") == [1, 2, 3, 4, 5]
    assert book.reader.event(1)["sequence"] == 4
    assert whole(book)


def test_what_comes_back_in_the_same_command_may_be_changed_in_it(book: Book) -> None:
    bring(book, entry(uid=UID))
    do(book, undo.undo)
    with book.writing("a test") as work:
        new = events.add(work.session, id=1, uid=UID, title=make.name("Workshop"), kind="workshop")
        new.source_url = "https://example.org/a"
        work.session.delete(work.session.scalars(select(Tombstone)).one())
        work.session.flush()
        assert new.version == 4
    assert versions(book, "event") == [1, 2, 3, 4]
    assert whole(book)


def test_an_event_without_a_date_comes_back_with_a_sequence_above_its_own(book: Book) -> None:
    bring(book, entry(uid=UID, sequence=6))
    do(book, edit(starts_on=None))
    assert book.reader.event(1)["sequence"] == 7
    do(book, lambda session: planning.remove(session, 1))
    assert bring(book, entry(uid=UID, sequence=7, modified=MODIFIED)).same == 1
    assert bring(book, entry(uid=UID, sequence=6), mode="update").new == 1
    assert book.reader.event(1)["sequence"] == 9


def test_a_cancellation_reaches_an_event_that_was_changed_here(book: Book) -> None:
    bring(book, entry())
    do(book, edit(starts_on=date(2024, 10, 18), ends_on=date(2024, 10, 18)))
    do(book, edit(venue=make.name("Hall")))
    assert bring(book, entry(status="CANCELLED", sequence=1, modified=LATER)).updated == 1
    row = book.reader.event(1)
    assert (row["status"], row["sequence"]) == ("cancelled", 3)
    assert source(book) == (1, LATER)


@pytest.mark.parametrize("sequence", [0, 1])
def test_a_cancellation_reaches_an_event_that_came_back_after_an_undo(book: Book, sequence: int) -> None:
    bring(book, entry())
    do(book, undo.undo)
    bring(book, entry())
    assert book.reader.event(1)["sequence"] == 2
    assert bring(book, entry(status="CANCELLED", sequence=sequence, modified=LATER)).updated == 1
    row = book.reader.event(1)
    assert (row["status"], row["sequence"]) == ("cancelled", 3)


def test_a_state_that_was_taken_back_may_come_again(book: Book) -> None:
    later = entry("Later title", modified=LATER)
    bring(book, entry())
    assert bring(book, later).updated == 1
    do(book, undo.undo)
    assert source(book) == (0, MODIFIED)
    assert bring(book, later).updated == 1
    assert book.reader.event(1)["title"]["en"] == "Later title"


def test_the_same_state_again_goes_over_nothing_that_was_changed_here(book: Book) -> None:
    bring(book, entry(sequence=1))
    same_but_for_its_moment = entry(sequence=1, modified=LATER)
    assert bring(book, same_but_for_its_moment).saved == 0
    do(book, edit(title=make.name("Ours")))
    for state in (same_but_for_its_moment, entry(sequence=1)):
        assert said(bring(book, state)) == [("same", "Ours (event 1); the book has a later state")]
    assert bring(book, entry("Theirs", sequence=2, modified=LATER)).updated == 1
    assert book.reader.event(1)["title"]["en"] == "Theirs"
    assert bring(book, entry("Theirs", sequence=2, modified=LATER)).same == 1


def test_a_sequence_that_alone_has_grown_is_remembered(book: Book) -> None:
    bring(book, entry())
    do(book, edit(starts_on=date(2024, 10, 18), ends_on=date(2024, 10, 18)))
    do(book, edit(starts_on=date(2024, 10, 17), ends_on=date(2024, 10, 17)))
    bring(book, entry(sequence=1))
    assert source(book) == (1, MODIFIED)
    do(book, edit(title=make.name("Ours")))
    assert bring(book, entry(sequence=1)).same == 1
    assert book.reader.event(1)["title"]["en"] == "Ours"


def test_an_older_state_by_the_wish_is_not_the_latest(book: Book) -> None:
    bring(book, entry(sequence=3))
    bring(book, entry("Earlier title", sequence=2), mode="update")
    assert source(book) == (3, MODIFIED)
    assert bring(book, entry(sequence=3)).same == 1


def test_an_older_state_of_our_own_that_comes_home_goes_over_nothing(book: Book) -> None:
    here = do(book, lambda session: make.event(session, uid=UID))
    theirs = entry(uid=UID, is_ours=True, sequence=here.sequence + 1, modified=LATER)
    assert bring(book, theirs).updated == 1
    do(book, edit(starts_on=date(2024, 10, 18), ends_on=date(2024, 10, 18)))
    row = book.reader.event(1)
    old = entry(uid=UID, is_ours=True, sequence=row["sequence"], modified=row["dtstamp"])
    do(book, edit(starts_on=date(2024, 10, 19), ends_on=date(2024, 10, 19)))
    assert bring(book, old).same == 1
    assert book.reader.event(1)["starts_on"] == "2024-10-19"
    assert bring(book, entry(uid=UID, is_ours=True, sequence=row["sequence"], modified=UNDONE)).updated == 1
