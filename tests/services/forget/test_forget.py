from __future__ import annotations

import json
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Text, cast, select
from tests.services import make
from tests.services.forget.rich_book import Rich, everything_around

from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.errors import NotFound, Rejected, UndoRefused
from eventrec.models import (
    Attendance,
    Base,
    Change,
    ChangeSet,
    Contact,
    Disclosure,
    Event,
    Forgotten,
    Participation,
    Setting,
)
from eventrec.services import contact as contacts
from eventrec.services import event as events
from eventrec.services import merge, participation
from eventrec.services.forget.forget import forget
from eventrec.services.points import Point
from eventrec.services.undo import undo

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eventrec.book import Book
    from eventrec.services.forget.forget import Erased

HELD = ("LI Na Lan", "李娜兰", "Nana LI", "li.na@example.org", "+8613800001234", "lina_1980", "lina.example.org",
        "1 Example Road")  # fmt: skip
"""What the tests hold of the person, each as it is kept."""


_CHANCE = Random(5)  # noqa: S311


def octets() -> str:
    return _CHANCE.randbytes(32).hex()


def add(session: Session, **fields: Any) -> Contact:
    return make.contact(session, "LI Na Lan", **fields)


def gone(book: Book, contact_id: int, **wish: Any) -> Erased:
    with book.writing(f"eventrec contact forget {contact_id}") as work:
        return forget(work.session, contact_id, chance=octets, **wish)


def dump(book: Book) -> str:
    """Return every cell of every table as text."""
    with engine(book.settings.database).connect() as opened:
        return "\n".join(
            str(list(row))
            for table in Base.metadata.sorted_tables
            for row in opened.execute(select(*(cast(column, Text) for column in table.columns)))
        )


def rich(book: Book) -> int:
    """Write a book with all kinds of rows, commands and a merge; returns the person's number."""
    with book.writing("eventrec contact add 'LI Na Lan' --email li.na@example.org") as work:
        found = Rich(work.session, Random(3))  # noqa: S311
        number = found.write()
        everything_around(work.session, number, found.people[1])
    with book.writing("eventrec contact edit 'Nana LI' zh=李娜兰 --phone '138 0000 1234'") as work:
        row = work.session.get_one(Contact, number)
        contacts.edit(work.session, number, {"name": row.name | {"zh": "李娜兰"}, "note": "Speaks French."})
    with book.writing("eventrec contact add 'Nana LI'") as work:
        other = make.contact(work.session, "Nana LI", points_of=[Point("email", "nana@example.org")])
    with book.writing(f"eventrec contact merge {number} {other.id}") as work:
        merge.contacts(work.session, number, other.id, {"*": "keep"})
    return number


def test_nothing_of_a_forgotten_person_is_in_any_table(book: Book) -> None:
    number = rich(book)
    before = dump(book)
    assert all(text in before for text in HELD)
    done = gone(book, number)
    after = dump(book)
    assert not [text for text in (*HELD, "nana@example.org", "Speaks French", "138 0000 1234") if text in after]
    assert (list(done.texts), list(done.others)) == ([], [])
    assert check(engine(book.settings.database)) == []


def test_the_numbers_say_what_was_erased(book: Book) -> None:
    with book.writing("eventrec contact add 'LI Na Lan'") as work:
        number = add(work.session, points_of=[Point("email", "li.na@example.org")]).id
    done = gone(book, number)
    assert (done.rows, done.history, done.commands) == ({"contact_point": 1, "contact": 1}, 2, 1)


def test_the_uid_by_which_cards_know_the_person_goes_too(book: Book) -> None:
    with book.writing("a test") as work:
        row = add(work.session)
        number, uid = row.id, row.uid
    gone(book, number)
    assert uid not in dump(book)


def test_the_command_that_forgets_does_not_say_whom(book: Book) -> None:
    with book.writing("a test") as work:
        number = add(work.session).id
    with book.writing("eventrec contact forget 'Na LI Lan' -y") as work:
        forget(work.session, number, chance=octets)
    with book.writing("a test", keep=False) as work:
        newest = work.session.scalar(select(ChangeSet.command).order_by(ChangeSet.id.desc()).limit(1).offset(0))
    assert newest == "eventrec contact forget [erased]"


def test_a_command_about_others_stays_as_it_was_typed(book: Book) -> None:
    with book.writing("eventrec agency add 'Agency NIA' --code NIA") as work:
        make.agency(work.session)
    with book.writing("eventrec contact add 'LI Na Lan'") as work:
        number = add(work.session).id
    gone(book, number)
    with book.writing("a test", keep=False) as work:
        commands = work.session.scalars(select(ChangeSet.command).order_by(ChangeSet.id)).all()
    assert commands == [
        "eventrec agency add 'Agency NIA' --code NIA",
        "eventrec contact add [erased]",
        "eventrec contact forget [erased]",
    ]  # fmt: skip


def test_the_person_is_no_actor_any_more(book: Book) -> None:
    with book.writing("a test") as work:
        number = add(work.session, points_of=[Point("email", "li.na@example.org")]).id
    for actor in ("li.na@example.org", "LI NA LAN", "lina"):
        book.actor = actor
        with book.writing("eventrec agency add") as work:
            make.agency(work.session, f"A-{actor[:4].strip('.')}{len(actor)}")
    book.actor = "tester"
    gone(book, number, actors=["lina"])
    with book.writing("a test", keep=False) as work:
        actors = work.session.scalars(select(ChangeSet.actor).order_by(ChangeSet.id)).all()
    assert actors == ["tester", "[forgotten]", "[forgotten]", "[forgotten]", "tester"]


def test_a_disclosure_keeps_its_number_of_people_and_not_the_person(book: Book) -> None:
    number = rich(book)
    gone(book, number)
    with book.writing("a test", keep=False) as work:
        row = work.session.scalars(select(Disclosure)).one()
        history = work.session.scalars(select(Change).where(Change.table_name == "disclosure")).all()
        assert (row.people, row.criteria) == (2, "contact […]")
        assert number not in row.contact_ids
        assert all(number not in side["contact_ids"] for each in history for side in (each.before, each.after) if side)


def test_what_somebody_wrote_about_something_else_is_listed_and_stays(book: Book) -> None:
    with book.writing("a test") as work:
        number = add(work.session, points_of=[Point("phone", "+8613800001234")]).id
        event = make.event(work.session, results=make.name("Opened by Lan LI Na; call (138) 0000-1234."))
        events.edit(work.session, event.id, {"description": make.name("Thanks to li na lan.")})
    done = gone(book, number)
    assert [each.shown for each in done.texts] == ["description of event 1", "results of event 1"]
    assert "Opened by Lan LI Na" in dump(book)


def test_what_a_text_said_before_it_was_edited_is_cleaned(book: Book) -> None:
    with book.writing("a test") as work:
        number = add(work.session).id
        event = make.event(work.session, results=make.name("Opened by LI Na Lan."))
    with book.writing("a test") as work:
        events.edit(work.session, event.id, {"results": make.name("Opened by the host.")})
    done = gone(book, number)
    assert list(done.texts) == []
    assert "LI Na Lan" not in dump(book)
    assert check(engine(book.settings.database)) == []


def test_lines_that_an_import_left_in_a_note_go(book: Book) -> None:
    note = "Bring a badge.\nAttendee: Na Lan LI <other@example.org> (accepted)\nAttendee: Bob <bob@example.org>"
    with book.writing("a test") as work:
        number = add(work.session).id
        make.event(work.session, note=note)
    done = gone(book, number)
    with book.writing("a test", keep=False) as work:
        assert work.session.scalar(select(Event.note)) == "Bring a badge.\nAttendee: Bob <bob@example.org>"
    assert (done.rows["note"], list(done.texts)) == (1, [])
    assert "other@example.org" not in dump(book)
    assert check(engine(book.settings.database)) == []


def test_a_namesake_keeps_everything_and_is_named(book: Book) -> None:
    with book.writing("a test") as work:
        number = add(work.session).id
        other = add(work.session, namesake=True, points_of=[Point("email", "other@example.org")])
    with book.writing("a test") as work:
        contacts.edit(work.session, other.id, {"note": "Another one."})
    done = gone(book, number)
    assert [each.shown for each in done.others] == [f"name of contact {other.id}"]
    with book.writing("a test", keep=False) as work:
        theirs = select(Change.erased_at).where(Change.table_name == "contact", Change.row_id == other.id)
        assert set(work.session.scalars(theirs)) == {None}
    assert check(engine(book.settings.database)) == []


def test_what_the_person_undid_cannot_be_done_again(book: Book) -> None:
    with book.writing("a test") as work:
        number = add(work.session).id
    gone(book, number)
    with pytest.raises(UndoRefused, match="forgotten"), book.writing("a test") as work:
        undo(work.session)


def test_somebody_who_was_removed_can_still_be_forgotten(book: Book) -> None:
    with book.writing("a test") as work:
        number = add(work.session, points_of=[Point("email", "li.na@example.org")]).id
    with book.writing("a test") as work:
        contacts.remove(work.session, number)
    assert "li.na@example.org" in dump(book)
    gone(book, number)
    assert "li.na@example.org" not in dump(book)
    with pytest.raises(NotFound), book.writing("a test") as work:
        forget(work.session, number, chance=octets)


def test_a_reason_must_not_say_who_it_was(book: Book) -> None:
    with book.writing("a test") as work:
        number = add(work.session).id
    with pytest.raises(Rejected, match="must not say"), book.writing("a test") as work:
        forget(work.session, number, chance=octets, reason="request of Li Na Lan")


def test_a_row_says_no_more_than_that_somebody_was_there(book: Book) -> None:
    with book.writing("a test") as work:
        agency = make.agency(work.session)
        number = add(work.session, agency_id=agency.id, sex="female").id
        event = make.event(work.session, status="held")
        participation.add(
            work.session,
            event_id=event.id,
            contact_id=number,
            role="speaker",
            source="sign-in-sheet",
            note="On borders",
        )
    gone(book, number)
    with book.writing("a test", keep=False) as work:
        row = work.session.scalars(select(Participation)).one()
        assert (row.contact_id, row.women, row.men, row.role, row.status, row.source, row.agency_id) == (
            None, 1, 0, "speaker", "attended", "sign-in-sheet", agency.id,
        )  # fmt: skip
        assert (row.note, row.position, row.answered_at) == (None, None, None)


def test_events_that_do_not_meet_have_nothing_in_common(book: Book) -> None:
    with book.writing("a test") as work:
        number = add(work.session).id
        for day, last in ((1, 3), (3, 4), (10, 11)):
            event = make.event(work.session, day=date(2024, 10, day), ends_on=date(2024, 10, last), status="held")
            participation.add(work.session, event_id=event.id, contact_id=number)
    gone(book, number)
    with book.writing("a test", keep=False) as work:
        first, second, third = work.session.scalars(select(Participation.forgotten_as).order_by(Participation.id))
    assert first == second != third


@pytest.mark.parametrize(("present", "days"), [((0, 1), 2), ((0, 1, 2), None)])
def test_marks_of_a_sign_in_sheet_become_a_number_of_days(
    book: Book, present: tuple[int, ...], days: int | None
) -> None:
    with book.writing("a test") as work:
        number = add(work.session).id
        event = make.event(work.session, ends_on=make.THAT_DAY + timedelta(2), status="held")
        row = participation.add(work.session, event_id=event.id, contact_id=number)
        for at in present:
            work.session.add(Attendance(participation_id=row.id, day=make.THAT_DAY + timedelta(at)))
    done = gone(book, number)
    with book.writing("a test", keep=False) as work:
        assert work.session.scalars(select(Attendance)).all() == []
        assert work.session.scalar(select(Participation.days)) == days
    assert not done.days_kept


def test_the_history_tells_an_anonymous_head_from_the_beginning(book: Book) -> None:
    with book.writing("a test") as work:
        old, new = make.agency(work.session, "OLD"), make.agency(work.session, "NEW")
        number = add(work.session, agency_id=old.id, sex="male").id
        event = make.event(work.session)
        participation.add(work.session, event_id=event.id, contact_id=number)
    with book.writing("a test") as work:
        place = contacts.affiliation.Place(new.id, starts_on=date(2024, 1, 1))
        contacts.edit(work.session, number, {"sex": "female"}, place=place)
    with book.writing("a test") as work:
        participation.edit(work.session, event.id, [1], {"status": "attended"})
    gone(book, number)
    with book.writing("a test", keep=False) as work:
        changes = work.session.scalars(select(Change).where(Change.table_name == "participation").order_by(Change.id))
        told = [(side["agency_id"], side["women"], side["men"], side["contact_id"]) for change in changes
                for side in (change.before, change.after) if side]  # fmt: skip
    assert {told[0], told[1], told[-1]} == {(new.id, 1, 0, None)}


def test_the_salt_is_made_once_and_every_trait_is_kept_as_a_hash(book: Book) -> None:
    with book.writing("a test") as work:
        number = add(
            work.session, points_of=[Point("email", "Li.Na@example.org"), Point("mobile", "+8613800001234")]
        ).id
        other = make.contact(work.session, "WANG Wei").id
    gone(book, number)
    gone(book, other)
    with book.writing("a test", keep=False) as work:
        assert len(work.session.scalars(select(Setting.value).where(Setting.key == "salt")).all()) == 1
        kinds = work.session.execute(select(Forgotten.person, Forgotten.kind).order_by(Forgotten.id)).all()
    assert sorted(kind for _, kind in kinds) == ["email", "name", "name", "name", "phone", "uid", "uid"]
    assert len({person for person, _ in kinds}) == 2


def test_json_of_the_history_stays_json(book: Book) -> None:
    number = rich(book)
    gone(book, number)
    with engine(book.settings.database).connect() as opened:
        for before, after in opened.execute(select(cast(Change.before, Text), cast(Change.after, Text))):
            for side in (before, after):
                assert side is None or isinstance(side, (str, dict))
                assert side is None or not isinstance(side, str) or json.loads(side)
