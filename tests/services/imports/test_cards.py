from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
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
from eventrec.services import merge, participation
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
    return run.cards(work.session, vcard_reader.read(BytesIO(content)), Wish(today=TODAY, **wish))


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
@settings(max_examples=40, phases=[Phase.explicit, Phase.generate])  # a smaller example would take minutes to find
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


# Who a card is


LI = ("FN:LI Na 李娜", "UID:4AD3:ABPerson", "EMAIL:li@example.org")


def test_a_card_brings_its_identity_and_moment_and_is_known_by_it(book: Book) -> None:
    bring(book, card(*LI, "REV:2025-05-01T00:00:00Z"))
    outcome = bring(book, card("FN:Nana Li", "UID:4ad3:abperson"), mode="add")
    assert (outcome.new, outcome.same) == (0, 1)
    (row,) = people(book)
    assert (row["uid"], row["modified_at"], row["revised_at"]) == ("4AD3:ABPerson", *["2025-05-01T00:00:00Z"] * 2)


def test_a_moment_to_come_is_that_of_the_import(book: Book) -> None:
    bring(book, card(*LI, "REV:2999-01-01T00:00:00Z"))
    assert people(book)[0]["modified_at"] == "2026-01-02T03:04:05Z"


@pytest.mark.parametrize("uid", ["a,b", "a b", "é", "x" * 300])
def test_an_identity_that_programs_write_differently_is_not_taken_over(book: Book, uid: str) -> None:
    bring(book, card("FN:LI Na", f"UID:{uid}"))
    assert re.fullmatch(r"[0-9a-f-]{36}", str(people(book)[0]["uid"]))


def test_two_cards_of_one_file_with_their_own_identities_are_two_people(book: Book) -> None:
    assert bring(book, card(*LI) + card(LI[0], "UID:other", LI[2])).new == 2
    assert bring(book, card(*LI) + card(LI[0], "UID:other", LI[2])).same == 2


def test_a_card_without_identity_is_matched_by_e_mail_and_name(book: Book) -> None:
    bring(book, card(*LI))
    assert bring(book, card(LI[0], LI[2])).same == 1


@pytest.mark.parametrize("mode", ["fill", "update"])
def test_a_card_older_than_the_book_changes_nothing_and_is_told(book: Book, mode: str) -> None:
    bring(book, card(*LI, "REV:2025-05-01T00:00:00Z"))
    older = card("FN:Nana Li", LI[1], "TEL:+86 10 6532 1234", "REV:2025-04-30T23:59:59Z")
    outcome = bring(book, older, mode=mode)
    assert (outcome.same, outcome.told) == (1, ["Older than what the book has, which was kept, the card at: line 1."])
    assert people(book)[0]["name"] == {"en": "LI Na", "zh": "李娜"}


@pytest.mark.parametrize(("mode", "name"), [("fill", "LI Na"), ("update", "Nana Li")])
def test_a_newer_card_follows_the_mode(book: Book, mode: str, name: str) -> None:
    bring(book, card(*LI, "REV:2025-05-01T00:00:00Z"))
    bring(book, card("FN:Nana Li", LI[1], "TEL:+86 10 6532 1234", "REV:2025-05-02T00:00:00Z"), mode=mode)
    (row,) = people(book)
    assert (row["name"]["en"], row["phone"]) == (name, "+861065321234")


def test_the_moment_of_a_card_with_another_identity_does_not_matter(book: Book) -> None:
    bring(book, card(*LI, "REV:2025-05-01T00:00:00Z"))
    bring(book, card(LI[0], LI[2], "UID:elsewhere", "TEL:+86 10 6532 1234", "REV:2019-01-01T00:00:00Z"))
    (row,) = people(book)
    assert row["phone"] == "+861065321234"


def test_a_card_of_a_merged_contact_is_the_one_that_took_its_place(book: Book) -> None:
    bring(book, card(*LI) + card("FN:WU Bo", "UID:wu"))
    with book.writing("merge") as work:
        merge.contacts(work.session, 2, 1, {"*": "keep"})
    assert bring(book, card(*LI)).new == 0
    assert [row["id"] for row in people(book)] == [2]


def test_the_identity_of_a_removed_contact_is_never_used_again(book: Book) -> None:
    bring(book, card(*LI))
    with book.writing("remove") as work:
        contacts.remove(work.session, 1)
    assert bring(book, card(*LI)).new == 1
    assert people(book)[0]["uid"] != "4AD3:ABPerson"


# What a book has no place for


def test_what_cannot_be_read_is_kept_in_the_note_and_told(book: Book) -> None:
    lines = ("FN:LI Na", "EMAIL:broken@", "item1.TEL;TYPE=CELL:555-1234", "item1.X-ABLabel:Desk", "NOTE:met in May")
    outcome = bring(book, card(*lines))
    assert (outcome.problems, people(book)[0]["note"]) == ([], "met in May\nE-mail: broken@\nMobile (Desk): 555-1234")
    assert outcome.told == [
        "An e-mail address that is none is kept in the note, the card at: line 1.",
        "A phone number that is none, or does not say its country, is kept in the note, the card at: line 1.",
    ]


def test_a_position_without_an_organization_is_kept_in_the_note(book: Book) -> None:
    bring(book, card("FN:LI Na", "TITLE:Officer / 官员"))
    assert people(book)[0]["note"] == "Position: Officer / 官员"


def test_marks_of_direction_around_a_name_are_taken_off(book: Book) -> None:
    bring(book, card("FN:\u202bمحمد علي\u202c"))
    assert people(book)[0]["name"] == {"ar": "محمد علي"}


def test_a_long_category_is_kept_in_the_note_and_told(book: Book) -> None:
    outcome = bring(book, card("FN:LI Na", f"CATEGORIES:{'x' * 201},Tea"))
    assert (people(book)[0]["categories"], people(book)[0]["note"]) == (["Tea"], f"Category: {'x' * 201}")
    assert outcome.told == ["Category kept in the note, the card at: line 1."]


def test_a_name_too_long_is_a_problem_with_its_line_and_the_others_are_read(book: Book) -> None:
    outcome = bring(book, card("FN:" + "x" * 501) + card("FN:B"))
    assert (outcome.new, problems(outcome)) == (1, [(1, "FN")])
    assert outcome.problems[0].told(outcome.unit).startswith("line 1, FN: The FN has 501 characters")


def test_a_nickname_is_another_name_and_a_group_a_category(book: Book) -> None:
    group = card("FN:Friends", "KIND:group", "MEMBER:4AD3:ABPerson", version="4.0")
    outcome = bring(book, card(*LI, "NICKNAME:Nana", "CATEGORIES:Tea") + group)
    (row,) = people(book)
    assert (row["aliases"], row["categories"]) == (["Nana"], ["Tea", "Friends"])
    assert outcome.told == ["A group whose name is now a category of its members, the card at: line 9."]


def test_a_file_of_groups_alone_is_no_error(book: Book) -> None:
    outcome = bring(book, card("FN:Friends", "KIND:group", version="4.0"))
    assert (outcome.rows, outcome.told) == (0, ["A group without its members, left out, the card at: line 1."])


def test_a_file_without_cards_is_refused(book: Book) -> None:
    with pytest.raises(Rejected, match="no line BEGIN:VCARD"):
        bring(book, b"--BEGIN:VCARD\nFN:A\nEND:VCARD\n")


def test_words_of_a_card_that_are_projects_of_the_person_are_not_kept_twice(book: Book) -> None:
    with book.writing("record") as work:
        make.project(work.session, "EX-1")
        contacts.add(work.session, name=make.name("LI Na"), points_of=[make.email("li@example.org")], manages=[1])
    bring(book, card("FN:LI Na", LI[2], "CATEGORIES:EX-1,Tea"))
    assert people(book)[0]["categories"] == ["Tea"]


def test_points_keep_their_labels_and_the_preferred_one(book: Book) -> None:
    bring(book, card("FN:LI Na", "EMAIL;TYPE=HOME:a@example.org", "EMAIL;TYPE=WORK,PREF:b@example.org"))
    assert points(book, "email") == [("b@example.org", None, True), ("a@example.org", "home", False)]


# Agencies


AGENCY = ("FN:Example Agency / 示例机构", "ORG:Example Agency / 示例机构", "X-ABShowAs:COMPANY", "UID:agency-1")


def test_a_card_of_an_organization_is_an_agency(book: Book) -> None:
    more = ("NICKNAME:EXA", "URL:https://example.org", "TEL:+86 10 6532 1234", "CATEGORIES:Embassy,Old", "NOTE:hi")
    assert bring(book, card(*AGENCY, *more)).new == 1
    (row,) = book.reader.agencies()
    assert row["name"] == {"en": "Example Agency", "zh": "示例机构"}
    assert (row["uid"], row["code"], row["kind"], row["website"]) == (
        "agency-1",
        "EXA",
        "embassy",
        "https://example.org",
    )
    assert (row["phone"], row["note"]) == ("+861065321234", "hi\nCategories: Old")
    assert people(book) == []


@pytest.mark.parametrize("line", ["UID:agency-1", "NICKNAME:EXA", "NOTE:nothing"])
def test_an_agency_is_known_by_identity_code_or_name(book: Book, line: str) -> None:
    bring(book, card(*AGENCY, "NICKNAME:EXA"))
    name = "Example Agency" if line.startswith("NOTE") else "Renamed"
    outcome = bring(book, card(f"FN:{name}", "KIND:org", line, version="4.0"))
    assert (outcome.new, len(book.reader.agencies())) == (0, 1)


def test_an_agency_older_than_the_book_is_kept(book: Book) -> None:
    bring(book, card(*AGENCY, "REV:2025-05-01T00:00:00Z"))
    outcome = bring(book, card("FN:Renamed", *AGENCY[2:], "REV:2025-04-01T00:00:00Z"), mode="update")
    assert outcome.told == ["Older than what the book has, which was kept, the card at: line 1."]
    assert next(iter(book.reader.agencies()))["name"] == {"en": "Example Agency", "zh": "示例机构"}


def test_people_find_the_agency_whose_card_stands_after_theirs(book: Book) -> None:
    bring(book, card("FN:LI Na", "ORG:Example Agency") + card(*AGENCY))
    assert (len(book.reader.agencies()), people(book)[0]["agency_id"]) == (1, 1)


def test_on_an_events_list_agencies_are_left_out_and_told(book: Book) -> None:
    with book.writing("record") as work:
        make.event(work.session)
    outcome = bring(book, card(*AGENCY) + card("FN:LI Na"), event_id=1)
    assert (outcome.new, outcome.told) == (1, ["An organisation and not a person, left out, the card at: line 1."])


HOSTILE = (
    "FN:A", "FN:", "N:;;;;", "UID:1", "KIND:org", "KIND:group", "MEMBER:1", "ORG:A / B (C);U", "TEL:+", "TEL:1;ext=",
    "EMAIL:a@@b", "REV:0000", "REV:9999-12-31T23:59:59Z", "NICKNAME:,A", "CATEGORIES:,,", "LANG;PREF=x:zz zz",
    "PRODID:-//eventrec//x", "X-ALT-FN;LANGUAGE=en:B", "URL:", "ADR:;;;;;;", "IMPP;X-SERVICE-TYPE=WeChat:weixin:",
)  # fmt: skip
LINES = st.lists(
    st.sampled_from(HOSTILE)
    | st.text(max_size=20).map(lambda text: f"NOTE:{text}")
    | st.text(max_size=20).map(lambda text: f"FN;LANGUAGE=zh:{text}"),
    max_size=8,
)


@given(st.lists(st.tuples(LINES, st.sampled_from(["2.1", "3.0", "4.0"])), min_size=1, max_size=3))
def test_any_cards_are_taken_or_refused_in_words_and_can_be_written_again(
    sqlite_address: str, found: list[tuple[list[str], str]]
) -> None:
    content = b"".join(
        "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode("utf-8", "replace")
        for lines, version in found
    )
    with Book(Settings(sqlite_address), now=lambda: LATER).writing("import", keep=False) as work:
        try:
            settle(work, content)
        except Rejected as error:
            assert error.message  # noqa: PT017
        for version in ("3.0", "4.0"):
            again = vcard_reader.read(BytesIO(exported(work, version)))  # type: ignore[arg-type]
            assert again.problems == []
            assert len(again.people) + len(again.agencies) == len(work.reader.contacts()) + len(work.reader.agencies())
