from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import NOW
from tests.services import make

from eventrec.book import Book
from eventrec.connection import open_for_reading
from eventrec.dbapi import Cursor
from eventrec.exports.cards import CardWish, cards, one_by_one, safe_name
from eventrec.localized import Localized
from eventrec.services import agency as agencies
from eventrec.services import contact as contacts
from eventrec.services import participation, project
from eventrec.services.affiliation import Place
from eventrec.services.event import ProjectShare
from eventrec.services.points import Point
from eventrec.services.project import Party
from eventrec.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _recorded(book: Book) -> None:
    with book.writing("record") as work:
        mission = Localized({"en": "Mission", "zh": "代表处"})
        agencies.add(work.session, name=mission, code="MIS", points_of=[Point("email", "mission@example.org")])
        make.project(work.session, "EX-1")
        make.project(work.session, "EX-2")
        make.event(work.session, projects=[ProjectShare(1)])
        contacts.add(
            work.session,
            name=Localized({"en": "LI Na", "zh": "李娜"}),
            place=Place(1, Localized({"en": "Officer"})),
            points_of=[Point("email", "li@example.org"), Point("phone", "+861065321234", "assistant")],
            note="Likes tea.",
            categories=["Tea", "EX-2"],
        )


def lines(book: Book, what: str = "contacts", **wish: Any) -> list[str]:
    with Book(book.settings).writing("read", keep=False) as work:
        return cards(work.reader, what, wish=CardWish(**wish)).decode().split("\r\n")


def test_a_card_has_note_and_labels(book: Book) -> None:
    found = lines(book, version="4.0")
    assert "NOTE:Likes tea." in found
    assert "item1.X-ABLabel:assistant" in found


@pytest.mark.parametrize(
    ("status", "categories"), [("registered", "EX-1,Tea,EX-2"), ("declined", "Tea,EX-2"), ("no-show", "Tea,EX-2")]
)
def test_a_card_is_filed_under_the_projects_of_the_events_the_person_takes_part_in(
    book: Book, status: str, categories: str
) -> None:
    with book.writing("take part") as work:
        participation.add(work.session, event_id=1, contact_id=1, status=status)
    assert f"CATEGORIES:{categories}" in lines(book)


@pytest.mark.parametrize("role", ["programme-manager", "focal-point"])
def test_a_card_is_filed_under_the_projects_in_which_the_person_has_a_part(book: Book, role: str) -> None:
    with book.writing("have a part") as work:
        project.edit(work.session, 2, {}, parties=[Party(role, contact_id=1)])
    assert "CATEGORIES:EX-2,Tea" in lines(book)


def edit_contact(session: Session) -> None:
    contacts.edit(session, 1, {"honorific": "Ms."})


def add_a_point(session: Session) -> None:
    contacts.edit(session, 1, {}, points_of=[Point("mobile", "+8613800138000")])


def remove_a_point(session: Session) -> None:
    contacts.edit(session, 1, {}, no_points=["+861065321234"])


def change_the_position(session: Session) -> None:
    contacts.edit(session, 1, {}, place=Place(1, Localized({"en": "Director"})))


def rename_the_agency(session: Session) -> None:
    agencies.edit(session, 1, {"name": Localized({"en": "Delegation"})})


def take_part(session: Session) -> None:
    participation.add(session, event_id=1, contact_id=1)


def get_a_role(session: Session) -> None:
    project.edit(session, 2, {}, parties=[Party("finance", contact_id=1)])


@pytest.mark.parametrize(
    "change",
    [edit_contact, add_a_point, remove_a_point, change_the_position, rename_the_agency, take_part, get_a_role],
)
def test_whatever_changes_a_card_moves_its_revision(book: Book, change: Callable[[Session], None]) -> None:
    before = lines(book)
    assert "REV:2026-01-02T03:04:05Z" in before
    with Book(book.settings, now=lambda: LATER).writing("change") as work:
        change(work.session)
    after = lines(book)
    assert "REV:2026-01-03T03:04:05Z" in after
    assert before != after


def test_an_agencys_revision_is_the_latest_of_it_and_its_points(book: Book) -> None:
    with Book(book.settings, now=lambda: LATER).writing("change") as work:
        agencies.edit(work.session, 1, {}, points_of=[Point("phone", "+861065321234")])
    assert "REV:2026-01-03T03:04:05Z" in lines(book, "agencies")


def test_one_language_that_is_not_there_is_the_main_one(book: Book) -> None:
    found = lines(book, languages="zh")
    assert {"FN:李娜", "ORG:代表处", "TITLE:Officer"} <= set(found)


def test_cards_one_by_one_are_the_cards_of_the_file(book: Book) -> None:
    with book.writing("read", keep=False) as work:
        found = {name: b"".join(pieces) for name, pieces in one_by_one(work.reader)}
        assert b"".join(found.values()) == cards(work.reader)
        assert list(found) == [f"{next(iter(work.reader.contacts()))['uid']}.vcf"]


def test_a_uid_that_is_no_name_of_a_file_gives_its_hash() -> None:
    assert safe_name("0190d3a0-0000-7000-8000-000000000001") == "0190d3a0-0000-7000-8000-000000000001"
    for uid in ("../x", "A", "a", "4AD3:ABPerson", "CON/..", "x" * 200):
        assert len(safe_name(uid)) in (1, 32)
    assert safe_name("A") != safe_name("a")


def test_cards_are_of_one_state_of_the_book_whoever_writes_meanwhile(
    book: Book, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cursor.batches, "__defaults__", (1,))
    with book.writing("two people at two events of one project") as work:
        for name in ("AAA", "AAB"):
            event, person = make.event(work.session, projects=[ProjectShare(2)]), make.contact(work.session, name)
            participation.add(work.session, event_id=event.id, contact_id=person.id, from_headcount=False)
    with closing(open_for_reading(address)) as opened:
        read = one_by_one(Reader(opened))
        _, before = next(read)
        with book.writing("rename") as work:
            project.edit(work.session, 2, {"code": "LATER"})
        _, after = next(read)
        read.close()  # type: ignore[attr-defined]
    assert [b"CATEGORIES:EX-2" in before[0], b"CATEGORIES:EX-2" in after[0]] == [True, True]
