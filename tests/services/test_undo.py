from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from tests.db.rows import forget
from tests.services import make

from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.errors import NotFound, UndoRefused
from eventrec.models import ChangeSet, Contact, Event, Participation, Tombstone
from eventrec.services import contact as contacts
from eventrec.services import event as events
from eventrec.services import participation, planning
from eventrec.services.headcount import HeadCount
from eventrec.services.undo import redo, undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from eventrec.book import Book


def do(book: Book, command: Callable[[Session], Any]) -> Any:
    with book.writing("a test") as work:
        return command(work.session)


def everything(book: Book) -> dict[str, Any]:
    """Return all records apart from what only grows."""
    tables = ("agency", "contact", "contact_point", "affiliation", "project", "event", "participation", "event_project")
    found = {}
    for table in tables:
        rows = book.reader.connection.execute(f"SELECT * FROM {table} ORDER BY id")
        names = rows.names
        grows = ("version", "modified_at", "sequence")
        found[table] = [{n: v for n, v in zip(names, row, strict=True) if n not in grows} for row in rows.fetchall()]
    return found


def a_full_event(session: Session) -> Event:
    nia = make.agency(session)
    person = make.contact(session, agency_id=nia.id, sex="female", points_of=[make.email("li@example.org")])
    event = make.event(session, contact_id=person.id)
    make.event(session, "Airport", parent_id=event.id, parties=[("facilitator", nia.id)])
    participation.add(session, event_id=event.id, agency_id=nia.id, counts=HeadCount(women=4, men=8))
    return event


COMMANDS: dict[str, Callable[[Session], object]] = {
    "add": lambda session: make.event(session, "Another"),
    "edit": lambda session: events.edit(session, 1, {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 1, 2)}),
    "cancel": lambda session: planning.cancel(session, 1, reason="Venue closed"),
    "postpone": lambda session: planning.postpone(session, 1, reason=None),
    "copy": lambda session: planning.copy(session, 1, starts_on=None, ends_on=None),
    "remove an event": lambda session: planning.remove(session, 1),
    "remove a contact": lambda session: contacts.remove(session, 1),
    "name one of a delegation": lambda session: participation.add(
        session, event_id=1, contact_id=1, from_headcount=True
    ),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_undo_takes_back_any_command_and_redo_does_it_again(book: Book, name: str) -> None:
    do(book, a_full_event)
    before = everything(book)
    do(book, COMMANDS[name])
    after = everything(book)
    assert after != before
    do(book, undo)
    assert everything(book) == before
    do(book, redo)
    assert everything(book) == after
    do(book, undo)
    assert everything(book) == before
    assert check(engine(book.settings.database)) == []


def forget_later_columns(book: Book) -> None:
    with engine(book.settings.database).begin() as opened:
        forget(opened)


@pytest.mark.parametrize("name", COMMANDS)
def test_what_was_done_before_an_upgrade_can_be_taken_back_after_it(book: Book, name: str) -> None:
    do(book, a_full_event)
    before = everything(book)
    do(book, COMMANDS[name])
    after = everything(book)
    forget_later_columns(book)
    assert check(engine(book.settings.database)) == []
    do(book, undo)
    assert everything(book) == before
    forget_later_columns(book)
    do(book, redo)
    assert everything(book) == after
    assert check(engine(book.settings.database)) == []


def test_what_an_upgrade_brought_and_was_filled_since_is_a_change(book: Book) -> None:
    do(book, make.contact)
    forget_later_columns(book)
    do(book, lambda session: setattr(session.get_one(Contact, 1), "categories", ["speaker"]))
    forget_later_columns(book)

    def reverse_the_first(session: Session) -> None:
        from eventrec.services.undo import _reverse

        _reverse(session, session.get_one(ChangeSet, 1))

    with pytest.raises(UndoRefused, match="Contact 1 was changed since"):
        do(book, reverse_the_first)


def test_undo_again_takes_back_the_command_before(book: Book) -> None:
    do(book, make.event)
    do(book, lambda session: events.edit(session, 1, {"title": make.name("Second")}))
    do(book, lambda session: events.edit(session, 1, {"title": make.name("Third")}))
    do(book, undo)
    do(book, undo)
    assert book.reader.event(1)["title"] == {"en": "Workshop"}
    do(book, redo)
    assert book.reader.event(1)["title"] == {"en": "Second"}


def test_there_is_nothing_to_undo_in_an_empty_book(book: Book) -> None:
    with pytest.raises(NotFound, match="nothing to undo"):
        do(book, undo)


def test_something_new_leaves_nothing_to_redo(book: Book) -> None:
    do(book, make.event)
    do(book, undo)
    do(book, make.agency)
    with pytest.raises(NotFound, match="nothing to do again"):
        do(book, redo)


def test_version_and_sequence_never_turn_back(book: Book) -> None:
    do(book, make.event)
    do(book, lambda session: events.edit(session, 1, {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 1, 1)}))
    do(book, undo)
    row = book.reader.event(1)
    assert (row["starts_on"], row["sequence"], row["version"]) == ("2024-10-17", 2, 3)


def test_a_removed_event_comes_back_with_its_number_and_a_higher_sequence(book: Book) -> None:
    uid = do(book, make.event).uid
    do(book, lambda session: planning.remove(session, 1))
    do(book, undo)
    row = book.reader.event(1)
    assert (row["uid"], row["sequence"]) == (uid, 2)
    assert do(book, lambda session: session.scalars(select(Tombstone)).all()) == []


def test_an_event_whose_adding_was_undone_is_cancelled_in_calendars(book: Book) -> None:
    do(book, make.event)
    do(book, undo)
    (tombstone,) = do(book, lambda session: session.scalars(select(Tombstone)).all())
    assert tombstone.calendar["sequence"] == 1


def test_a_number_is_never_used_again(book: Book) -> None:
    do(book, make.event)
    do(book, undo)
    assert do(book, make.event).id == 2


def test_undo_is_refused_when_somebody_changed_the_row_behind_the_history(book: Book) -> None:
    do(book, make.contact)
    first = do(book, lambda session: contacts.edit(session, 1, {"note": "a"}))
    do(book, undo)
    do(book, lambda session: contacts.edit(session, 1, {"note": "b"}))
    assert first is not None

    def reverse_the_first(session: Session) -> None:
        from eventrec.services.undo import _reverse

        _reverse(session, session.get_one(ChangeSet, 1))

    with pytest.raises(UndoRefused, match=r"Contact 1 was changed since by tester .* a test"):
        do(book, reverse_the_first)


def test_a_command_that_fails_leaves_nothing(book: Book) -> None:
    def fail(session: Session) -> None:
        a_full_event(session)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        do(book, fail)
    assert not any(everything(book).values())
    assert len(book.reader.history()) == 0


def test_every_row_has_its_history(book: Book) -> None:
    do(book, a_full_event)
    recorded = {str(name) for row in book.reader.history() for name in row["rows"]}
    assert {"agency 1", "contact 1", "contact_point 1", "affiliation 1", "event 2", "participation 2"} <= recorded


def test_a_dry_run_keeps_nothing(book: Book) -> None:
    with book.writing("a test", keep=False) as work:
        a_full_event(work.session)
    assert not any(everything(book).values())


def test_the_models_stay_in_step_with_what_was_undone(book: Book) -> None:
    do(book, a_full_event)
    with book.writing("undo in the same session") as work:
        planning.cancel(work.session, 1, reason=None)
        work.session.flush()
        assert work.session.scalars(select(Event.status).where(Event.id == 1)).one() == "cancelled"
        assert work.session.scalars(select(Contact)).one().sex == "female"
        assert len(work.session.scalars(select(Participation)).all()) == 2
