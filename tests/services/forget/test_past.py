"""What the history told of others: a merge that was taken back, a slip that was put right."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from tests.services import make
from tests.services.forget.test_forget import add, dump, gone

from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.models import Change, ChangeSet, Contact, ContactPoint, Disclosure, Event, Participation
from eventrec.services import contact as contacts
from eventrec.services import event as events
from eventrec.services import merge, participation
from eventrec.services.forget.forget import forget_all
from eventrec.services.points import Point
from eventrec.services.undo import undo

if TYPE_CHECKING:
    from eventrec.book import Book

NAME, EMAIL = "Zoé QUUX", "Zquux@example.org"
TRACES = (NAME, "zoe quux", EMAIL, EMAIL.lower())


def merged_and_taken_back(book: Book) -> tuple[int, int]:
    with book.writing("a test") as work:
        kept = add(work.session, points_of=[Point("email", "li.na@example.org")]).id
        other = make.contact(work.session, NAME, points_of=[Point("email", EMAIL)]).id
        event = make.event(work.session)
        participation.add(work.session, event_id=event.id, contact_id=other)
    with book.writing(f"eventrec contact merge {kept} {other}") as work:
        merge.contacts(work.session, kept, other, {"*": "keep"})
    with book.writing("eventrec undo") as work:
        undo(work.session)
    return kept, other


def test_a_merge_that_was_taken_back_leaves_nothing_at_the_other_contact(book: Book) -> None:
    kept, other = merged_and_taken_back(book)
    assert all(trace in dump(book) for trace in TRACES)
    gone(book, other)
    after = dump(book)
    assert not [trace for trace in TRACES if trace in after]
    assert check(engine(book.settings.database)) == []
    with book.writing("a test", keep=False) as work:
        assert "li.na@example.org" in work.session.get_one(Contact, kept).search_text


def test_the_other_contact_of_such_a_merge_stays_known(book: Book) -> None:
    kept, other = merged_and_taken_back(book)
    done = gone(book, kept)
    assert list(done.others) == []
    with book.writing("a test") as work:
        theirs = contacts.edit(work.session, other, {"note": "Still here."})
        assert theirs.name["en"] == NAME
        assert work.session.scalars(select(ContactPoint.value)).all() == [EMAIL]
        contacts.edit(work.session, other, {}, no_points=[EMAIL])
        make.contact(work.session, NAME, namesake=True, points_of=[Point("email", EMAIL)])


def test_both_of_such_a_merge_can_be_forgotten_at_once(book: Book) -> None:
    numbers = merged_and_taken_back(book)
    with book.writing("eventrec privacy purge") as work:
        done = forget_all(work.session, numbers, chance=lambda: "ab" * 32)
    after = dump(book)
    assert not [trace for trace in (*TRACES, "li.na@example.org", "li na lan") if trace in after]
    assert (done.rows["contact"], sum(done.rows_of_each.values())) == (2, sum(done.rows.values()))
    with book.writing("a test", keep=False) as work:
        heads = work.session.execute(select(Participation.contact_id, Participation.not_stated)).all()
    assert heads == [(None, 1)]
    assert check(engine(book.settings.database)) == []


def test_an_address_that_was_first_typed_at_somebody_else_goes(book: Book) -> None:
    with book.writing("a test") as work:
        first = add(work.session, points_of=[Point("email", EMAIL), Point("email", "li.na@example.org")]).id
        wrong = work.session.scalar(select(ContactPoint.id).where(ContactPoint.value == EMAIL))
    with book.writing("a test") as work:
        contacts.edit(work.session, first, {}, no_points=[EMAIL])
        other = make.contact(work.session, NAME, points_of=[Point("email", EMAIL)]).id
    assert wrong is not None
    gone(book, other)
    assert not [trace for trace in TRACES if trace in dump(book)]
    assert "li.na@example.org" in dump(book)
    assert check(engine(book.settings.database)) == []


def test_a_name_that_somebody_else_was_first_given_goes(book: Book) -> None:
    with book.writing("a test") as work:
        first = make.contact(work.session, NAME).id
    with book.writing("a test") as work:
        contacts.edit(work.session, first, {"name": make.name("WANG Wei")})
        other = make.contact(work.session, NAME).id
    gone(book, other)
    assert not [trace for trace in TRACES if trace in dump(book)]
    assert "WANG Wei" in dump(book)
    assert check(engine(book.settings.database)) == []


def test_an_address_that_two_people_share_stays_in_the_history_of_the_other(book: Book) -> None:
    with book.writing("a test") as work:
        number = add(work.session, points_of=[Point("phone", "+861065321234")]).id
        other = make.contact(work.session, "WANG Wei", points_of=[Point("phone", "+861065321234")])
        contacts.edit(work.session, other.id, {"note": "Same office."})
    done = gone(book, number)
    assert [each.shown for each in done.others if each.column == "value"] == [f"phone of contact {other.id}"]
    with book.writing("a test", keep=False) as work:
        theirs = select(Change.erased_at).where(Change.row_id == other.id, Change.table_name == "contact")
        assert set(work.session.scalars(theirs)) == {None}


def test_whom_a_list_was_given_to_is_not_named_either(book: Book) -> None:
    with book.writing("a test") as work:
        number = add(work.session).id
        given = {"disclosed_at": "2024-05-01T00:00:00Z", "what": "participants", "people": 0, "contact_ids": []}
        work.session.add(Disclosure(recipient="Na Lan LI", purpose="as LI Na Lan asked", **given))
        work.session.add(Disclosure(recipient="EU", purpose="final report", **given))
    done = gone(book, number)
    with book.writing("a test", keep=False) as work:
        rows = work.session.execute(select(Disclosure.recipient, Disclosure.purpose).order_by(Disclosure.id)).all()
    assert rows == [("[erased]", "as [erased] asked"), ("EU", "final report")]
    assert (done.rows["disclosure"], list(done.texts)) == (1, [])
    assert not [trace for trace in ("LI Na Lan", "Na Lan LI") if trace in dump(book)]
    assert check(engine(book.settings.database)) == []


def test_the_name_of_an_actor_is_looked_for_among_actors_alone(book: Book) -> None:
    book.actor = "Training"
    with book.writing("eventrec demo: training") as work:
        number = add(work.session).id
        event = make.event(work.session, results=make.name("The training went well."))
    with book.writing("eventrec event edit 1 --results training") as work:
        events.edit(work.session, event.id, {"results": make.name("All well.")})
    book.actor = "tester"
    done = gone(book, number, actors=["training"])
    assert (done.actors, list(done.texts)) == (2, [])
    assert "The training went well." in dump(book)
    with book.writing("a test", keep=False) as work:
        told = work.session.execute(select(ChangeSet.actor, ChangeSet.command).order_by(ChangeSet.id)).all()
    assert told[1:] == [
        ("[forgotten]", "eventrec event edit 1 --results training"),
        ("tester", "eventrec contact forget [erased]"),
    ]


def test_an_actor_called_as_an_address_begins_is_told_and_stays(book: Book) -> None:
    book.actor = "Zquux"
    with book.writing("a test") as work:
        number = add(work.session, points_of=[Point("email", EMAIL)]).id
    book.actor = "tester"
    done = gone(book, number)
    assert (done.perhaps, done.actors) == (["Zquux"], 0)


def test_a_clock_that_was_set_back_turns_no_moment_back(book: Book) -> None:
    then, book.now = book.now, lambda: datetime(2030, 1, 1, tzinfo=UTC)
    with book.writing("a test") as work:
        number = add(work.session).id
        event = make.event(work.session, status="held", contact_id=number, note="Contact: LI Na Lan")
        participation.add(work.session, event_id=event.id, contact_id=number)
        given = {"disclosed_at": "2024-05-01T00:00:00Z", "what": "participants", "people": 1, "contact_ids": [number]}
        work.session.add(Disclosure(recipient="EU", purpose="final report", **given))
    book.now = then
    gone(book, number)
    with book.writing("a test", keep=False) as work:
        for model in (Event, Participation, Disclosure):
            assert work.session.scalars(select(model.modified_at)).all() == ["2030-01-01T00:00:00Z"]
