from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.conftest import NOW
from tests.services import make
from tests.services.imports.sheet import TODAY, problems

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.db.journal import journal_of
from eventrec.errors import Rejected
from eventrec.exports.cards import CardWish, cards
from eventrec.formats import vcard_reader
from eventrec.localized import Localized
from eventrec.models import Agency
from eventrec.services import agency as agencies
from eventrec.services import contact as contacts
from eventrec.services import participation
from eventrec.services.affiliation import Place
from eventrec.services.event import ProjectShare
from eventrec.services.imports import run
from eventrec.services.imports.wish import Wish
from eventrec.services.points import Point
from eventrec.text.names import clean

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from eventrec.book import Work
    from eventrec.formats.vcard import Version
    from eventrec.services.imports.outcome import Outcome

LATER = NOW + timedelta(days=9)


def card(*lines: str, version: str = "3.0") -> bytes:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


def settle(work: Work, content: bytes, **wish: Any) -> Outcome:
    return run.cards(work.session, vcard_reader.read(content), Wish(today=TODAY, **wish))


def bring(book: Book, content: bytes, **wish: Any) -> Outcome:
    with book.writing("eventrec import cards.vcf") as work:
        return settle(work, content, **wish)


def people(book: Book) -> list[dict[str, Any]]:
    return sorted(book.reader.contacts(), key=lambda row: int(str(row["id"])))


def points(book: Book, kind: str) -> list[tuple[Any, ...]]:
    rows = book.reader.everything("v_contact_point")
    return [(row["value"], row["label"], row["preferred"]) for row in rows if row["kind"] == kind]


# There and back


def moment(session: Session, text: str) -> None:
    """Let what follows be done at another moment."""
    journal_of(session).moment = text


def rich(session: Session) -> None:
    """Record an agency in two languages, one without a code, and people with everything and with a name only."""
    moment(session, "2025-01-01T00:00:00Z")
    mission = Localized({"en": "Example Mission", "zh": "示例代表处"})
    agencies.add(
        session,
        name=mission,
        code="EM",
        kind="embassy",
        website="www.example.org",
        note="Closed on Fridays.",
        points_of=[Point("phone", "+861065321234;ext=12"), Point("url", "https://example.org/zh", "中文")],
    )
    moment(session, "2025-02-01T00:00:00Z")
    agencies.add(session, name=Localized({"en": "Office (Example Mission)"}))
    make.project(session, "EX-1")
    make.project(session, "EX-2")
    moment(session, "2025-03-01T00:00:00Z")
    contacts.add(
        session,
        name=Localized({"en": "Andrei Zaitsev", "zh": "翟安瑞", "fr": "André Zaitsev"}),
        family_name="Zaitsev",
        given_name="Andrei",
        honorific="Mr.",
        sex="male",
        languages=["en", "zh"],
        categories=["Speakers; 2025", "EX-2"],
        note="Met in May:\nlikes tea, and\\or coffee; WeChat: andrei_z",
        place=Place(1, Localized({"en": "Officer", "zh": "官员"}), "Programmes; Unit 2"),
        points_of=[
            Point("email", "andrei@example.org"),
            Point("email", "az@example.org", "home", preferred=True),
            Point("phone", "+861065321235", "fax"),
            Point("phone", "+861065321236", "assistant, mornings"),
            Point("mobile", "+8613800138000", "work"),
            Point("wechat", "andrei_z"),
            Point("address", "1 Example Road; Beijing, 100000", "home"),
        ],
        manages=[2],
    )
    moment(session, "2025-04-01T00:00:00Z")
    contacts.add(session, name=Localized({"zh": "李娜"}), place=Place(2), family_name="李")
    contacts.add(session, name=Localized({"zh": "李娜"}), place=Place(2), namesake=True)
    contacts.add(session, name=Localized({"ar": "محمد علي"}))
    event = make.event(session, projects=[ProjectShare(1)])
    participation.add(session, event_id=event.id, contact_id=2)


def exported(work: Work, version: Version) -> bytes:
    return b"".join(cards(work.reader, what, wish=CardWish(version)) for what in ("agencies", "contacts"))


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_cards_imported_into_an_empty_book_are_exported_with_the_same_bytes(book: Book, version: Version) -> None:
    with book.writing("record", keep=False) as work:
        rich(work.session)
        before = exported(work, version)
    later = Book(book.settings, now=lambda: LATER)
    with later.writing("eventrec import cards.vcf") as work:
        outcome = settle(work, before)
        assert exported(work, version) == before
    assert (outcome.new, outcome.problems) == (6, [])
    assert check(engine(book.settings.database)) == []
    assert bring(later, before).same == 6


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_contacts_alone_bring_their_agencies_along(book: Book, version: Version) -> None:
    with book.writing("record", keep=False) as work:
        rich(work.session)
        before = cards(work.reader, wish=CardWish(version))
    with Book(book.settings, now=lambda: LATER).writing("eventrec import cards.vcf") as work:
        settle(work, before)
        assert cards(work.reader, wish=CardWish(version)) == before
        assert {"en": "Example Mission", "zh": "示例代表处"} in [row["name"] for row in work.reader.agencies()]


def cleaned(most: int = 30, *, lines: bool = False) -> st.SearchStrategy[str]:
    """Return texts of all of Unicode that the book accepts."""

    def accept(text: str) -> str:
        try:
            return clean(text, "text", lines=lines)
        except Rejected:
            return "text"

    return st.text(max_size=most).map(accept)


NAMES = st.dictionaries(st.sampled_from(["en", "zh", "fr", "zh-Hant", "ar"]), cleaned(), min_size=1, max_size=3)
LABELS = st.sampled_from(["", "", "home", "work", "fax", "pager"]) | cleaned(10)
WAYS = st.one_of(
    st.tuples(st.just("email"), st.sampled_from(["a@example.org", "B.c@example.org", "李@例子.example.org"])),
    st.tuples(st.sampled_from(["phone", "mobile"]), st.sampled_from(["+861065321234", "+861065321234;ext=1"])),
    st.tuples(st.sampled_from(["wechat", "address"]), cleaned()),
    st.tuples(st.just("url"), cleaned().map(lambda text: f"example.org/{text}")),
)
ADDED = st.lists(
    st.tuples(WAYS, LABELS, st.booleans()).map(lambda each: Point(*each[0], each[1] or None, each[2])),
    max_size=6,
    unique_by=lambda point: (point.kind, point.value),
)


@dataclass
class Person:
    """What a contact is recorded with."""

    name: dict[str, str]
    halves: tuple[str, str]
    honorific: str
    agency: int | None
    position: dict[str, str]
    unit: str
    points: list[Point]
    note: str
    categories: list[str]
    sex: str
    days: int


PEOPLE = st.builds(
    Person,
    NAMES,
    st.tuples(st.just("") | cleaned(8), st.just("") | cleaned(8)),
    st.just("") | cleaned(5),
    st.none() | st.integers(0, 1),
    st.just({}) | NAMES,
    st.just("") | cleaned(),
    ADDED,
    st.just("") | cleaned(60, lines=True),
    st.lists(cleaned(), max_size=3, unique=True),
    st.sampled_from(["female", "male", "other", "not-stated"]),
    st.integers(0, 3),
)
ORGANISATIONS = st.lists(
    st.tuples(NAMES, ADDED, st.just("") | cleaned(), st.integers(0, 3)),
    min_size=2,
    max_size=2,
    unique_by=tuple(lambda each, tag=tag: each[0].get(tag, id(each)) for tag in ("en", "zh", "fr", "zh-Hant", "ar")),  # type: ignore[misc]
)


def record(session: Session, organisations: list[Any], found: list[Person]) -> None:
    for name, added, website, day in organisations:
        moment(session, f"2025-01-0{day + 1}T00:00:00Z")
        agencies.add(session, name=Localized(name), points_of=added, website=website or None)
    numbers = list(session.scalars(select(Agency.id).order_by(Agency.id)))
    for each in found:
        moment(session, f"2025-02-0{each.days + 1}T00:00:00Z")
        position = Localized(each.position) if each.position else None
        contacts.add(
            session,
            name=Localized(each.name),
            family_name=each.halves[0] or None,
            given_name=each.halves[1] or None,
            honorific=each.honorific or None,
            sex=each.sex,
            note=each.note or None,
            categories=each.categories or None,
            place=None if each.agency is None else Place(numbers[each.agency], position, each.unit or None),
            points_of=each.points,
            namesake=True,
        )


@given(ORGANISATIONS, st.lists(PEOPLE, min_size=1, max_size=3), st.sampled_from(["3.0", "4.0"]))
@settings(max_examples=40)
def test_whatever_a_book_holds_comes_back_from_its_cards(
    sqlite_address: str, organisations: list[Any], found: list[Person], version: Version
) -> None:
    book = Book(Settings(sqlite_address), now=lambda: LATER)
    with book.writing("record", keep=False) as work:
        record(work.session, organisations, found)
        before = exported(work, version)
    with book.writing("import", keep=False) as work:
        settle(work, before)
        assert exported(work, version).decode() == before.decode()
