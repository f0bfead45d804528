from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.grants import grant
from eventrec.draft.gazetteer import Gazetteer, KnownContact, of_book
from eventrec.localized import Localized
from eventrec.services import agency, contact, event, project, setting
from eventrec.services.affiliation import Place
from eventrec.services.aliases import add_alias
from eventrec.services.points import Point
from eventrec.services.project import Party
from eventrec.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def filled(book: Book) -> Book:
    """A book with two agencies, a programme with a phase, two people and a workshop."""
    with book.writing("stock") as work:
        session = work.session
        body = agency.add(
            session, name=named("Migration Body", "移民机构"), code="MB", kind="international-organization"
        )
        border = agency.add(
            session, name=named("Border Administration", "边境局"), code="BA", kind="government", country="CN",
            parent_id=body.id,
        )  # fmt: skip
        add_alias(session, border, "Exit Office", language="en")
        programme = project.add(session, code="PRO", name=named("Programme"))
        parties = [Party("donor", border.id), Party("implementer", body.id)]
        project.add(session, code="PRO-II", name=named("Phase II"), parent_id=programme.id, parties=parties)
        anna = contact.add(
            session, name=named("Anna Berg", "白安娜"), honorific="Ms.", aliases=["Anna Lind"],
            place=Place(body.id, named("Programme Manager", "项目经理")),
            points_of=[Point("email", "A.Berg@example.org"), Point("phone", "+8613800000000")],
        )  # fmt: skip
        assert anna.id == 1
        contact.add(session, name=named("Li Na"))
        event.add(
            session, title=named("Workshop"), city=named("Beijing", "北京"), country="CN", topics=["returns", "回返"]
        )
    return book


def named(english: str, chinese: str = "") -> Localized:
    return Localized({"en": english, **({"zh": chinese} if chinese else {})})


@pytest.fixture
def known(filled: Book) -> Gazetteer:
    return of_book(filled.reader)


def test_an_agency_brings_all_that_it_is_called(known: Gazetteer) -> None:
    border = known.agencies_by_id[2]
    assert set(border.called()) == {"BA", "Border Administration", "边境局", "Exit Office"}
    assert (border.country, border.parent, border.kind) == ("CN", 1, "government")


def test_a_project_brings_its_programme_and_who_pays(known: Gazetteer) -> None:
    phase = next(each for each in known.projects if each.code == "PRO-II")
    assert (phase.parent, phase.donors, phase.implementers) == (1, (2,), (1,))


def test_cities_and_topics_are_those_of_events(known: Gazetteer) -> None:
    assert known.cities == (({"en": "Beijing", "zh": "北京"}, "CN"),)
    assert known.topics == ("returns", "回返")
    assert (known.main_language, known.country) == ("en", None)


def test_settings_of_the_book_come_first(filled: Book) -> None:
    with filled.writing("settings") as work:
        setting.put(work.session, "topics", ["visas", "returns"])
        setting.put(work.session, "country", "CN")
        setting.put(work.session, "language", "zh")
    known = of_book(filled.reader)
    assert known.topics == ("visas", "returns", "回返")
    assert (known.main_language, known.country) == ("zh", "CN")


@pytest.mark.parametrize("point", ["A.Berg@example.org", "a.berg@EXAMPLE.ORG", "+8613800000000"])
def test_a_contact_is_found_by_e_mail_and_phone(known: Gazetteer, point: str) -> None:
    (found,) = known.contacts_reached_by(point)
    assert (found.id, found.honorific, found.agency) == (1, "Ms.", 1)
    assert found.names == {"en": "Anna Berg", "zh": "白安娜"}
    assert found.position == {"en": "Programme Manager", "zh": "项目经理"}


@pytest.mark.parametrize("name", ["Anna Berg", "ANNA  BÉRG", "白安娜", "anna lind"])
def test_a_contact_is_found_by_each_name(known: Gazetteer, name: str) -> None:
    assert [each.id for each in known.contacts_called("Nobody Else", name)] == [1]


@pytest.mark.parametrize("name", ["Anna", "na Berg", "%", "_nna Berg", "a.berg@example.org", "", " "])
def test_what_is_no_whole_name_finds_nobody(known: Gazetteer, name: str) -> None:
    assert known.contacts_called(name) == ()


def test_a_name_that_is_part_of_many_others_is_still_found(filled: Book) -> None:
    with filled.writing("stock") as work:
        for number in range(60):
            contact.add(work.session, name=named(f"Kim Nilsson {number}"))
        last = contact.add(work.session, name=named("Kim Nilsson")).id
    assert [each.id for each in of_book(filled.reader).contacts_called("Kim Nilsson")] == [last]


def test_an_empty_gazetteer_knows_nobody() -> None:
    assert Gazetteer().contacts_called("Anna Berg") == Gazetteer().contacts_reached_by("a@example.org") == ()


def test_people_at_hand_are_found_without_a_book() -> None:
    anna = KnownContact(7, {"en": "Anna Berg"}, aliases=("Anna Lind",), emails=("anna@example.org",))
    at_hand = Gazetteer(contacts=(anna,))
    assert at_hand.contacts_called("anna lind") == at_hand.contacts_reached_by("Anna@example.org") == (anna,)
    assert at_hand.contacts_called("Berg") == ()


@pytest.fixture
def counting(postgresql_address: str) -> Iterator[str]:
    """A book on a server as somebody sees it who may count people and never learn who they are."""
    with Book(Settings(postgresql_address), actor="tester").writing("stock") as work:
        agency.add(work.session, name=named("Office"), code="OFF", kind="government")
        contact.add(work.session, name=named("Li Na"), points_of=[Point("email", "li@example.org")])
        event.add(work.session, title=named("Workshop"), city=named("Beijing"), country="CN", topics=["visas"])
        setting.put(work.session, "country", "CN")
    with closing(connection.open_for_writing(postgresql_address)) as owner:
        owner.raw.execute("CREATE ROLE counting LOGIN")
        grant(postgresql_address, "reader", "counting", apply=True)
        yield postgresql_address.replace("eventrec@", "counting@")
        owner.raw.execute("DROP OWNED BY counting")
        owner.raw.execute("DROP ROLE counting")


def test_a_role_that_may_not_see_people_knows_all_else(counting: str) -> None:
    with closing(connection.open_for_reading(counting)) as opened:
        known = of_book(Reader(opened))
        assert known.contacts_called("Li Na") == known.contacts_reached_by("li@example.org") == ()
        assert [each.code for each in known.agencies] == ["OFF"]
        assert (known.cities, known.topics, known.country) == ((({"en": "Beijing"}, "CN"),), ("visas",), "CN")
