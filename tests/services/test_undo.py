from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update
from tests.db.rows import forget
from tests.services import make

from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.errors import NotFound, UndoRefused
from eventrec.models import Base, Change, Contact, Event, Participation, Tombstone
from eventrec.services import agency as agencies
from eventrec.services import contact as contacts
from eventrec.services import event as events
from eventrec.services import participation, planning
from eventrec.services.headcount import HeadCount
from eventrec.services.undo import Taken, redo, undo

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
    with pytest.raises(UndoRefused, match="contact 1 was changed since"):
        do(book, lambda session: undo(session, "1"))


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


def test_an_undo_is_not_done_again_over_what_was_changed_since(book: Book) -> None:
    do(book, make.contact)
    do(book, lambda session: contacts.edit(session, 1, {"note": "a"}))
    do(book, undo)
    do(book, lambda session: contacts.edit(session, 1, {"note": "b"}))
    with pytest.raises(UndoRefused, match=r"#4 by tester at .*: a test \(contact 1 was changed since\)"):
        do(book, lambda session: redo(session, "2"))


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


def numbers(taken: Taken) -> tuple[list[int], list[int]]:
    return [told.id for told in taken.wanted], [told.id for told in taken.later]


def test_a_change_set_in_the_middle_goes_back_alone_when_nothing_stands_on_it(book: Book) -> None:
    do(book, make.event)
    do(book, make.agency)
    do(book, make.contact)
    assert numbers(do(book, lambda session: undo(session, "2"))) == ([2], [])
    assert len(book.reader.agencies()) == 0
    assert (len(book.reader.events()), len(book.reader.contacts())) == (1, 1)
    do(book, lambda session: redo(session, "#2"))
    assert book.reader.agency(1)["code"] == "NIA"
    assert check(engine(book.settings.database)) == []


def test_a_change_set_is_found_by_its_uid(book: Book) -> None:
    do(book, make.event)
    do(book, make.agency)
    uid = next(row["uid"] for row in book.reader.history() if row["id"] == 1)
    assert numbers(do(book, lambda session: undo(session, str(uid).upper()))) == ([1], [])


def test_the_last_commands_go_back_together_newest_first(book: Book) -> None:
    do(book, make.event)
    do(book, lambda session: events.edit(session, 1, {"note": "a"}))
    do(book, lambda session: events.edit(session, 1, {"note": "b"}))
    do(book, lambda session: events.edit(session, 1, {"note": "c"}))
    assert numbers(do(book, lambda session: undo(session, last=3))) == ([4, 3, 2], [])
    assert book.reader.event(1)["note"] is None
    assert [row["reverses"] for row in book.reader.history(3)] == [2, 3, 4]


def test_no_such_change_set(book: Book) -> None:
    do(book, make.event)
    for reference in ("7", "00000000-0000-4000-8000-000000000000", "nothing"):
        with pytest.raises(NotFound, match=f"There is no change set “{reference}”"):
            do(book, lambda session, reference=reference: undo(session, reference))


def test_what_is_taken_back_already_is_not_taken_back_again(book: Book) -> None:
    do(book, make.event)
    do(book, undo)
    with pytest.raises(UndoRefused, match="Change set 1 was taken back already, by change set 2"):
        do(book, lambda session: undo(session, "1"))
    do(book, lambda session: undo(session, "2"))
    with pytest.raises(UndoRefused, match="Change set 1 is in force"):
        do(book, lambda session: redo(session, "1"))
    with pytest.raises(UndoRefused, match="Change set 2 was taken back already, by change set 3"):
        do(book, lambda session: undo(session, "2"))
    do(book, lambda session: undo(session, "1"))
    do(book, lambda session: redo(session, "1"))
    assert book.reader.event(1)["title"] == {"en": "Workshop"}


def edited_later(session: Session) -> None:
    contacts.edit(session, 1, {"note": "Later."})


def referred_to_later(session: Session) -> None:
    make.event(session, contact_id=1)


STANDING: dict[str, tuple[Callable[[Session], object], str]] = {
    "changed": (edited_later, "contact 1 was changed since"),
    "referred to": (referred_to_later, "event 1 refers to contact 1"),
    "of an event": (
        lambda session: participation.add(session, event_id=make.event(session).id, contact_id=1),
        "participant 1 refers to contact 1",
    ),
    "a card": (
        lambda session: contacts.edit(session, 1, {}, points_of=[make.email("li@example.org")]),
        "contact 1 was changed since",
    ),
}


@pytest.mark.parametrize("name", STANDING)
def test_undo_names_what_stands_on_it_and_takes_it_along_when_asked(book: Book, name: str) -> None:
    later, why = STANDING[name]
    do(book, make.contact)
    do(book, make.agency)
    before = everything(book)
    do(book, later)
    after = everything(book)
    with pytest.raises(UndoRefused) as refused:
        do(book, lambda session: undo(session, "1"))
    (line,) = refused.value.message.splitlines()[1:]
    assert line.startswith("  #3 by tester at 2026-01-02 ")
    assert line.endswith(f": a test ({why})")
    assert refused.value.hint.endswith("eventrec undo 1 --with-later")
    assert everything(book) == after
    assert len(book.reader.history()) == 3
    assert numbers(do(book, lambda session: undo(session, "1", with_later=True))) == ([1], [3])
    assert (len(book.reader.contacts()), len(book.reader.agencies()), len(book.reader.events())) == (0, 1, 0)
    do(book, lambda session: redo(session, "1"))
    assert everything(book) == before
    do(book, lambda session: redo(session, "3"))
    assert everything(book) == after
    assert check(engine(book.settings.database)) == []


def test_a_removal_does_not_go_back_where_a_code_was_taken_since(book: Book) -> None:
    do(book, make.agency)
    do(book, lambda session: agencies.remove(session, 1))
    do(book, lambda session: make.agency(session, "nia"))
    do(book, lambda session: agencies.edit(session, 2, {"note": "Another."}))
    with pytest.raises(UndoRefused, match=r"#3 .*agency 2 has taken the place of agency 1"):
        do(book, lambda session: undo(session, "2"))
    assert numbers(do(book, lambda session: undo(session, "2", with_later=True))) == ([2], [4, 3])
    assert [row["id"] for row in book.reader.agencies()] == [1]


def test_a_removal_does_not_go_back_where_an_unnamed_party_was_entered_since(book: Book) -> None:
    def number(session: Session) -> None:
        participation.add(session, event_id=1, agency_id=1, counts=HeadCount(women=4, men=8))

    do(book, lambda session: (make.event(session), make.agency(session)))
    do(book, number)
    do(book, lambda session: participation.remove(session, [1]))
    do(book, number)
    with pytest.raises(UndoRefused, match=r"#4 .*participant 2 has taken the place of participant 1"):
        do(book, lambda session: undo(session, "3"))


def test_a_removal_does_not_go_back_where_its_owner_was_removed_since(book: Book) -> None:
    do(book, lambda session: (make.event(session), make.agency(session)))
    do(book, lambda session: participation.add(session, event_id=1, agency_id=1))
    do(book, lambda session: participation.remove(session, [1]))
    do(book, lambda session: planning.remove(session, 1))
    with pytest.raises(UndoRefused, match=r"#4 .*event 1, which participant 1 needs, was removed since"):
        do(book, lambda session: undo(session, "3"))
    assert numbers(do(book, lambda session: undo(session, "3", with_later=True))) == ([3], [4])
    assert len(book.reader.participants()) == 1


def test_what_was_taken_back_since_does_not_stand_in_the_way(book: Book) -> None:
    do(book, make.contact)
    do(book, edited_later)
    do(book, undo)
    assert numbers(do(book, lambda session: undo(session, "1"))) == ([1], [])


def test_an_undo_that_stands_in_the_way_is_taken_back_itself(book: Book) -> None:
    do(book, make.event)
    do(book, make.agency)
    do(book, lambda session: participation.add(session, event_id=1, agency_id=1))
    do(book, lambda session: participation.remove(session, [1]))
    do(book, lambda session: undo(session, "1"))
    with pytest.raises(UndoRefused, match="#5 by tester"):
        do(book, lambda session: undo(session, "4"))
    do(book, lambda session: undo(session, "4", with_later=True))
    assert [row["event"] for row in book.reader.participants()] == [1]


def hold_a_forgotten_person(session: Session, number: int) -> None:
    session.execute(update(Change).where(Change.change_set_id == number).values(erased_at="2026-01-02T03:04:05Z"))


def test_what_held_a_forgotten_person_is_not_taken_back(book: Book) -> None:
    do(book, make.contact)
    do(book, lambda session: hold_a_forgotten_person(session, 1))
    with pytest.raises(
        UndoRefused, match=r"^Change set 1 held a person who was forgotten; that cannot be taken back\.$"
    ):
        do(book, undo)


def test_what_stands_under_a_forgotten_person_is_not_taken_back_either(book: Book) -> None:
    do(book, make.event)
    do(book, lambda session: events.edit(session, 1, {"note": "LI Na"}))
    do(book, lambda session: hold_a_forgotten_person(session, 2))
    with pytest.raises(UndoRefused, match="Change set 2 held a person who was forgotten") as refused:
        do(book, lambda session: undo(session, "1", with_later=True))
    assert "change set 1, which therefore stays too" in refused.value.message
    assert book.reader.event(1)["note"] == "LI Na"


def test_a_row_changed_behind_the_history_is_not_taken_back(book: Book) -> None:
    do(book, make.contact)
    do(book, lambda session: session.execute(update(Contact).values(note="Behind it.")))
    with pytest.raises(UndoRefused, match="the log does not say by whom") as refused:
        do(book, lambda session: undo(session, "1", with_later=True))
    assert "eventrec db check" in refused.value.hint


def test_a_large_change_set_goes_back_in_order(book: Book) -> None:
    """More rows than one statement takes, with owners, what they own, and rows that refer to their own table."""

    def many(session: Session) -> None:
        whole = make.agency(session, "A0")
        for number in range(1, 700):
            part = make.agency(session, f"A{number}", parent_id=whole.id)
            whole = part if number % 3 else whole
        session.flush()

    do(book, many)
    after = everything(book)
    do(book, undo)
    assert len(book.reader.agencies()) == 0
    do(book, redo)
    assert everything(book) == after
    do(book, undo)
    assert check(engine(book.settings.database)) == []


def test_both_databases_can_be_asked_whether_any_row_would_clash(book: Book) -> None:
    """Also when columns are empty in some rows and not in others, which types the values differently."""
    from eventrec.services.undo.obstacles import _that_clash

    with book.writing("a test") as work:
        a_full_event(work.session)
        make.project(work.session)
        work.session.flush()
        for table in (table for table in Base.metadata.sorted_tables if "uid" in table.columns):
            found = work.session.connection().execute(select(table)).mappings()
            rows = [{**row, "id": row["id"] + 1000} for row in found]
            empty = {**dict.fromkeys(table.columns.keys()), "id": 2000}
            clashing = {each.key for each in _that_clash(work.session, table, [empty, *rows, empty], {})}
            assert clashing == {(table.name, row["id"] - 1000) for row in rows}, table.name


def test_many_changes_in_the_way_are_named_once(book: Book) -> None:
    def many(session: Session) -> None:
        for number in range(120):
            make.contact(session, f"Person {number}")

    do(book, many)
    do(book, lambda session: [contacts.edit(session, number, {"note": "a"}) for number in range(1, 121)])
    do(book, lambda session: [make.event(session, f"Event {number}", contact_id=number) for number in range(1, 121)])
    with pytest.raises(UndoRefused) as refused:
        do(book, lambda session: undo(session, "1"))
    assert [line.split()[0] for line in refused.value.message.splitlines()[1:]] == ["#3", "#2"]
    do(book, lambda session: undo(session, "1", with_later=True))
    assert (len(book.reader.contacts()), len(book.reader.events())) == (0, 0)
