from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from tests.services import make

from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.db.journal import stored
from eventrec.errors import AlreadyThere, Rejected, UsageError
from eventrec.models import Base
from eventrec.services import agency as agency_service
from eventrec.services import attendance, merge, not_same, participation, rows, undo
from eventrec.services import contact as contact_service
from eventrec.services import event as events
from eventrec.services.affiliation import Place
from eventrec.services.headcount import HeadCount
from eventrec.services.merge import Clashes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.book import Book

GROWS = ("version", "modified_at", "sequence", "search_text", "sort_key")


@pytest.fixture
def two(book: Book) -> Book:
    """Two contacts that are one person, in one event and in another one each, and two agencies that are one."""
    with book.writing("a test") as work:
        session = work.session
        make.agency(session, "NIA", country="CN")
        make.agency(session, "MFA", side="China", aliases=["Waijiaobu"])
        make.project(session)
        contact_service.add(
            session,
            name=make.name("LI Na"),
            sex="female",
            place=Place(1, make.name("Officer")),
            points_of=[make.email("li@example.org")],
            manages=[1],
            note="first",
        )
        contact_service.add(
            session,
            name=make.name("Na LI", "李娜"),
            place=Place(1),
            points_of=[make.email("li@example.org"), make.email("na@example.org")],
            manages=[1],
            aliases=["Nana"],
            note="second",
        )
        shared = make.event(session, status="held", ends_on=date(2024, 10, 19))
        own = make.event(session, "Meeting", status="held", contact_id=2)
        one = participation.add(session, event_id=shared.id, contact_id=1)
        other = participation.add(session, event_id=shared.id, contact_id=2, note="came late")
        participation.add(session, event_id=own.id, contact_id=2, role="speaker")
        attendance.mark(session, one, date(2024, 10, 17))
        attendance.mark(session, other, date(2024, 10, 17))
        attendance.mark(session, other, date(2024, 10, 18))
    return book


def merged(book: Book, prefer: Mapping[str, str] | None = None, noun: str = "contacts") -> None:
    with book.writing("eventrec merge") as work:
        getattr(merge, noun)(work.session, 1, 2, prefer)


def content(book: Book) -> dict[str, list[dict[str, Any]]]:
    """Return all records without the columns that only grow."""
    with engine(book.settings.database).connect() as opened:
        return {
            table.name: [
                {name: value for name, value in stored(table, dict(row)).items() if name not in GROWS}
                for row in opened.execute(select(table).order_by(table.c.id)).mappings()
            ]
            for table in Base.metadata.sorted_tables
            if table.name not in ("change", "change_set")
        }


def test_everything_of_the_other_moves(two: Book) -> None:
    merged(two)
    (row,) = two.reader.contacts()
    assert row["name"] == {"en": "LI Na", "zh": "李娜"}
    assert row["emails"] == ["li@example.org", "na@example.org"]
    assert set(row["aliases"]) == {"Na LI", "Nana"}  # type: ignore[arg-type]
    assert (row["sex"], row["note"], row["agency"]) == ("female", "first\nsecond", "NIA")
    assert [(each["event"], each["role"]) for each in two.reader.participants()] == [(1, "participant"), (2, "speaker")]
    assert two.reader.event(2)["contact_id"] == 1


def test_the_words_under_which_either_card_was_filed_are_kept(two: Book) -> None:
    with two.writing("a test") as work:
        for number, words in ((1, ["Tea", "Old"]), (2, ["Old", "New"])):
            contact_service.edit(work.session, number, {"categories": words})
        merge.contacts(work.session, 1, 2, {"*": "keep"})
    assert two.reader.contact(1)["categories"] == ["Tea", "Old", "New"]


def test_two_rows_of_one_event_become_one_with_the_days_of_both(two: Book) -> None:
    merged(two)
    row = next(row for row in two.reader.participants() if row["event"] == 1)
    assert row["attended_days"] == ["2024-10-17", "2024-10-18"]
    assert row["note"] == "came late"


def test_number_and_uid_of_the_other_lead_to_the_kept_one(two: Book) -> None:
    from eventrec.views.references import find

    uid = str(two.reader.contact(2)["uid"])
    merged(two)
    assert [find(two.reader, "contact", reference).id for reference in ("2", uid)] == [1, 1]


def test_undo_takes_a_merge_wholly_apart_and_redo_makes_it_again(two: Book) -> None:
    before = content(two)
    merged(two)
    after = content(two)
    with two.writing("eventrec undo") as work:
        undo.undo(work.session)
    assert content(two) == before
    assert check(engine(two.settings.database)) == []
    with two.writing("eventrec redo") as work:
        undo.redo(work.session)
    again = content(two)
    for each in (after, again):
        each["tombstone"] = [{name: row[name] for name in ("row_uid", "replaced_by")} for row in each["tombstone"]]
    assert again == after
    assert check(engine(two.settings.database)) == []


def test_what_the_two_say_differently_is_asked(two: Book) -> None:
    with two.writing("a test") as work:
        contact_service.edit(work.session, 2, {"sex": "male", "honorific": "Dr."})
    with pytest.raises(Clashes, match="sex: “female” or “male”") as clash:
        merged(two)
    assert [each.key for each in clash.value.clashes] == ["sex"]
    assert len(two.reader.contacts()) == 2


@pytest.mark.parametrize(
    ("prefer", "sex"), [({"sex": "other"}, "male"), ({"*": "keep"}, "female"), ({"*": "other"}, "male")]
)
def test_a_preference_decides(two: Book, prefer: dict[str, str], sex: str) -> None:
    with two.writing("a test") as work:
        contact_service.edit(work.session, 2, {"sex": "male"})
    merged(two, prefer)
    assert two.reader.contact(1)["sex"] == sex


def test_a_preference_for_what_does_not_clash_is_refused(two: Book) -> None:
    with pytest.raises(UsageError, match="“honorific” does not clash"):
        merged(two, {"honorific": "other"})


def test_what_is_dropped_of_a_row_stands_in_the_note(two: Book) -> None:
    with two.writing("a test") as work:
        participation.edit(work.session, 1, [2], {"modality": "online"})
    merged(two, {"row 2 modality": "keep"})
    row = next(row for row in two.reader.participants() if row["event"] == 1)
    assert row["note"] == "came late\nMerged with row 2, which said row 2 modality: online."


def test_two_present_places_are_asked_and_both_kept(two: Book) -> None:
    with two.writing("a test") as work:
        contact_service.edit(work.session, 2, {}, place=Place(2, correct=True))
    with pytest.raises(Clashes, match="agency: “NIA” or “MFA”"):
        merged(two)
    merged(two, {"agency": "other"})
    assert two.reader.contact(1)["agency"] == "MFA"
    assert two.reader.rows("SELECT count(*) FROM affiliation WHERE contact_id = 1") == [(2,)]


def test_two_that_were_told_apart_are_not_merged(two: Book) -> None:
    from eventrec.models import Contact

    with two.writing("a test") as work:
        pair = [rows.get(work.session, Contact, number) for number in (1, 2)]
        not_same.remember(work.session, *pair)
        with pytest.raises(AlreadyThere):
            not_same.remember(work.session, *reversed(pair))
    with pytest.raises(Rejected, match="not the same"):
        merged(two)


@pytest.mark.parametrize("noun", ["contacts", "agencies"])
def test_nothing_is_merged_with_itself(two: Book, noun: str) -> None:
    with two.writing("a test") as work, pytest.raises(Rejected, match="with itself"):
        getattr(merge, noun)(work.session, 1, 1)


def test_who_was_apart_from_the_other_is_apart_from_the_kept_one(two: Book) -> None:
    from eventrec.models import Contact

    with two.writing("a test") as work:
        third = make.contact(work.session, "Nala")
        not_same.remember(work.session, rows.get(work.session, Contact, 2), third)
    merged(two)
    with two.writing("a test") as work:
        assert not_same.is_known(work.session, rows.get(work.session, Contact, 1), rows.get(work.session, Contact, 3))


class TestAgencies:
    @pytest.fixture
    def counted(self, two: Book) -> Book:
        with two.writing("a test") as work:
            for agency_id, women in ((1, 3), (2, 4)):
                participation.add(work.session, event_id=1, agency_id=agency_id, counts=HeadCount(women=women))
            participation.add(work.session, event_id=2, agency_id=2, role="organizer")
            make.agency(work.session, "PART", parent_id=2)
        return two

    def women(self, book: Book) -> list[object]:
        return [row["women"] for row in book.reader.participants() if row["contact"] is None and row["event"] == 1]

    @pytest.mark.parametrize(("choice", "women"), [("keep", 3), ("other", 4), ("sum", 7)])
    def test_head_counts_that_meet_are_decided_about(self, counted: Book, choice: str, women: int) -> None:
        with pytest.raises(Clashes) as clash:
            merged(counted, {"code": "keep"}, "agencies")
        (key,) = [each.key for each in clash.value.clashes]
        merged(counted, {"code": "keep", key: choice}, "agencies")
        assert self.women(counted) == [women]

    def test_the_code_that_is_not_used_becomes_an_alias(self, two: Book) -> None:
        merged(two, {"code": "other"}, "agencies")
        row = two.reader.agency(1)
        assert (row["code"], row["side"], row["country"]) == ("MFA", "China", "CN")
        assert {"NIA", "Waijiaobu"} <= set(row["aliases"])  # type: ignore[arg-type]

    def test_parts_and_organized_events_move_along(self, counted: Book) -> None:
        merged(counted, {"*": "keep"}, "agencies")
        assert counted.reader.agency(3)["parent"] == "NIA"
        assert counted.reader.event(2)["organizers"] == ["NIA"]

    def test_a_part_merged_into_its_whole_is_not_above_itself(self, two: Book) -> None:
        with two.writing("a test") as work:
            agency_service.edit(work.session, 2, {"parent_id": 1})
        merged(two, {"code": "keep"}, "agencies")
        assert two.reader.agency(1)["parent"] is None

    def test_undo_takes_it_apart(self, counted: Book) -> None:
        before = content(counted)
        merged(counted, {"*": "keep", "code": "other"}, "agencies")
        with counted.writing("eventrec undo") as work:
            undo.undo(work.session)
        assert content(counted) == before


def test_a_calendar_hears_of_a_merged_organizer(two: Book) -> None:
    with two.writing("a test") as work:
        event = events.add(work.session, title=make.name("Talk"), starts_on=make.THAT_DAY, ends_on=make.THAT_DAY)
        participation.add(work.session, event_id=event.id, agency_id=2, role="organizer")
    merged(two, {"code": "keep"}, "agencies")
    assert two.reader.event(3)["organizers"] == ["NIA"]
