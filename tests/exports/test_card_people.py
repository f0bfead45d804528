"""Cards of people are written from a few questions; here each is held against the views, which answer one by one."""

from __future__ import annotations

import tracemalloc
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.data import Size, make_book
from tests.counting import counting
from tests.views.book import Book, day, in_memory, on_server

from eventrec.connection import open_for_reading
from eventrec.errors import DatabaseUnavailable
from eventrec.exports import card_people
from eventrec.exports.card_people import People, in_languages
from eventrec.exports.cards import CardWish, cards, pieces
from eventrec.formats.vcard import Card, Point, render
from eventrec.localized import Localized
from eventrec.models import Affiliation, ContactPoint, EventProject, ProjectParty, Setting
from eventrec.views.criteria import ALL, Criteria
from eventrec.views.reader import Reader
from eventrec.views.where import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres import Server

    from eventrec.formats.vcard import Version

PEOPLE, AGENCIES, EVENTS, PROJECTS = 60, 5, 12, 4
NAMES = [
    {"en": "Anna Bakker"}, {"zh": "李娜"}, {"en": "Anna Bakker", "zh": "李娜"}, {"en": "O'Brien, Zoë", "zh": "翟安瑞"},
    {"fr": "Émile Müller"}, {"en": "3rd; “Ana”", "zh": "安娜 Ana"}, {"en": "Anna Bakker", "zh": "Anna Bakker"},
    {"ru": "Иван", "en": "Ivan " + "Long" * 20}, {"zh-Hant": "陳", "en": "Chan", "zh": "陈"}, {"en": "A\\B"},
    {"en": "A\u2028B", "ja": "さくら"}, {"zh": "长" * 40}, {"en": "Søren  Two", "zh": "李"},
]  # fmt: skip
TEXTS = ["", "", "Officer", "a;b,c\\d", "line\nline", "科员", "Long " * 30, "\t", "work"]
VALUES = {
    "email": ["a@example.org", "b@example.org", f"{'long' * 20}@example.org", "ü@example.org"],
    "phone": ["+861012345678", "+861012345678;ext=12"],
    "mobile": ["+8613912345678", "+8613912345679"],
    "wechat": ["anna", "安娜 1"],
    "url": ["www.example.org/a b", "https://example.org"],
    "address": ["1 Example Road\nBeijing; China", "1 Road"],
}
LABELS = [None, None, None, "work", "home", "fax", "assistant", "a/b", "微信"]
MOMENTS = [f"2025-{month:02}-01T00:00:00Z" for month in range(1, 13)]


@pytest.fixture(params=["sqlite", "postgresql"])
def book(request: pytest.FixtureRequest) -> Iterator[Book]:
    if request.param == "sqlite":
        with in_memory() as opened:
            yield opened
        return
    server: Server = request.getfixturevalue("postgres")
    template: str = request.getfixturevalue("_postgresql_template")
    with on_server(server.create("cards", template)) as opened:
        yield opened
    server.drop("cards")


def fill(book: Book, chance: Random) -> None:
    """Record people of every kind, with all that their cards come from."""
    for at in range(PROJECTS):
        book.project(f"P-{at}")
    for at in range(AGENCIES):
        name = chance.choice(NAMES)
        number = book.agency(f"AG-{at}", modified_at=chance.choice(MOMENTS))
        book.connection.exec_driver_sql(
            "UPDATE agency SET name = '{}' WHERE id = {}".format(Localized(name).to_json().replace("'", "''"), number)
        )
        if at % 2:
            book.add(ContactPoint, agency_id=number, kind="email", value="office@example.org", preferred=True,
                     modified_at=chance.choice(MOMENTS))  # fmt: skip
    for at in range(EVENTS):
        number = book.event(f"Event {at}", "2025-01-01")
        for project in chance.sample(range(1, PROJECTS + 1), chance.choice([0, 1, 1, 2])):
            book.add(EventProject, event_id=number, project_id=project, modified_at=chance.choice(MOMENTS))
    for at in range(3):
        book.visit(at + 1, f"Visit {at}", "2025-01-02")
    for _ in range(PEOPLE):
        add_person(book, chance)


def add_person(book: Book, chance: Random) -> None:
    def text() -> str | None:
        return chance.choice(TEXTS) or None

    name = chance.choice(NAMES)
    split = chance.random() < 0.2
    number = book.contact(
        name, family_name=text() if split else None, given_name=text() if split else None, note=text(),
        honorific=chance.choice([None, "Ms.", "Dr.; h.c."]), sex=chance.choice(["female", "male", "not-stated"]),
        languages=chance.choice([None, ["en", "zh"], ["x y"]]), categories=chance.choice([None, ["Tea", "P-1"]]),
        sort_key=chance.choice(["anna bakker", "b", "c d", "é", "长" * 30]), modified_at=chance.choice(MOMENTS),
    )  # fmt: skip
    for at in range(chance.choice([0, 1, 1, 2])):
        book.add(
            Affiliation, contact_id=number, agency_id=chance.randint(1, AGENCIES), is_primary=at == 0, unit=text(),
            position=chance.choice([None, Localized(chance.choice(NAMES))]), modified_at=chance.choice(MOMENTS),
            ends_on=chance.choice([None, day("2024-01-01")]) if at == 0 else None,
        )  # fmt: skip
    kinds = chance.choices(list(VALUES), k=chance.choice([0, 1, 2, 2, 3, 5]))
    preferred = set[str]()
    for kind, value in {(kind, chance.choice(VALUES[kind])) for kind in kinds}:
        first = kind not in preferred and chance.random() < 0.7
        preferred |= {kind} if first else set()
        book.add(ContactPoint, contact_id=number, kind=kind, value=value, label=chance.choice(LABELS), preferred=first,
                 modified_at=chance.choice(MOMENTS))  # fmt: skip
    for event in chance.sample(range(1, EVENTS + 4), chance.choice([0, 0, 1, 3])):
        status = chance.choice(["attended", "registered", "declined", "no-show"])
        book.named(event, number, status=status, modified_at=chance.choice(MOMENTS))
    if chance.random() < 0.2:
        book.add(ProjectParty, project_id=chance.randint(1, PROJECTS), contact_id=number, role="finance",
                 modified_at=chance.choice(MOMENTS))  # fmt: skip


def as_the_views_say(reader: Reader, criteria: Criteria, version: Version, languages: str) -> bytes:
    """Return the cards of people from what the views say of each."""
    main = reader.main_language()
    columns = ("contact_id", "kind", "value", "label", "preferred")
    points: dict[int, list[Point]] = {}
    rows: Any = reader.table("v_contact_point", columns, Where("contact_id IS NOT NULL"), ("-preferred",))
    for row in rows:
        point = Point(row["kind"], row["value"], row["label"] or "", row["preferred"])
        points.setdefault(row["contact_id"], []).append(point)
    contacts: Any = reader.contacts(criteria)
    made = [
        Card(
            uid=row["uid"],
            name=in_languages(row["name"], languages, main),
            family_name=row["family_name"] or "",
            given_name=row["given_name"] or "",
            honorific=row["honorific"] or "",
            organization=in_languages(row["agency_name"], languages, main),
            unit=row["unit"] or "",
            position=in_languages(row["position"], languages, main),
            points=points.get(row["id"], []),
            note=row["note"] or "",
            sex=row["sex"],
            categories=list(dict.fromkeys([*row["involved_in"], *(row["categories"] or ())])),
            languages=row["languages"] or (),
            sort_key=row["sort_key"],
            revised_at=row["revised_at"],
        )
        for row in contacts
    ]
    return render(made, version, main)


@pytest.mark.parametrize("main", ["en", "zh"])
def test_cards_say_what_the_views_say_of_each_person(book: Book, main: str) -> None:
    fill(book, Random(main))  # noqa: S311 (the same people every time)
    book.add(Setting, key="language", value=main)
    for criteria in (ALL, Criteria(agency_ids=(1, 2)), Criteria(project_ids=(1,)), Criteria(contact_ids=(3,))):
        for version in ("3.0", "4.0"):
            for languages in ("both", "en", "zh", "fr"):
                found = cards(book.reader, "contacts", criteria, CardWish(version, languages))
                assert found
                assert found == as_the_views_say(book.reader, criteria, version, languages)


def test_cards_are_the_same_when_what_is_known_is_forgotten_meanwhile(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(book, Random(3))  # noqa: S311 (the same people every time)
    monkeypatch.setattr(card_people, "_KNOWN", 1)
    assert cards(book.reader) == as_the_views_say(book.reader, ALL, "3.0", "both")


def test_no_more_is_fetched_of_many_events_than_of_few(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    project, contact = book.project("P-1"), book.contact("Anna")
    events = [book.event(f"E{number}", "2024-01-01", projects=(project,)) for number in range(20)]
    book.named(events[0], contact)
    with counting(monkeypatch) as counts:
        assert b"CATEGORIES:P-1" in cards(book.reader)
    assert counts.fetched < 10


@pytest.mark.parametrize(("between", "shown"), [("|", "|"), ("\x1f", "")])
@pytest.mark.parametrize("label", [None, "a{0}b", "a{0}2{0}email/1/"])
def test_a_value_that_holds_what_separates_values_stays_a_value(
    book: Book, between: str, shown: str, label: str | None
) -> None:
    number = book.contact("Anna", "李娜")
    for value in ("1 Road{0}5{0}email/1/{0}x@example.org", "2 Road{0}5", "3 Road{0}5{0}email/1/", "4 Road{0}5{0}x"):
        point = book.add(ContactPoint, contact_id=number, kind="address", value=value.format(between),
                         label=label and label.format(between))  # fmt: skip
        found = cards(book.reader).decode()
        assert f":;;{value.format(shown)};;;;" in found
        assert "EMAIL" not in found
        assert cards(book.reader) == as_the_views_say(book.reader, ALL, "3.0", "both")
        book.connection.exec_driver_sql(f"DELETE FROM contact_point WHERE id = {point}")


def test_an_agency_and_a_project_that_were_added_meanwhile_are_read_too(book: Book) -> None:
    book.contact("Anna", agency=book.agency("AG-1"), sort_key="a")
    people = People(book.reader, "3.0", "both", "en", lambda _: None)
    added = book.contact("Bea", agency=book.agency("AG-2"), sort_key="b")
    book.named(book.event("E", "2024-01-01", projects=(book.project("P-1"),)), added)
    found = [text for _, text in people.written(ALL)]
    assert ["ORG:Agency AG-1" in found[0], "ORG:Agency AG-2" in found[1]] == [True, True]
    assert "CATEGORIES:P-1" in found[1]


def test_a_damaged_name_is_told() -> None:
    with in_memory() as book:
        number = book.contact("Anna")
        book.connection.exec_driver_sql(f"UPDATE contact SET name = 'no JSON' WHERE id = {number}")
        with pytest.raises(DatabaseUnavailable, match="damaged"):
            cards(book.reader)


@pytest.fixture(scope="module")
def sized(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    folder = tmp_path_factory.mktemp("sized")
    made = {}
    for people in (2_000, 8_000):
        make_book(folder / f"{people}.db", Size(people, 20, 20, 100))
        made[people] = str(folder / f"{people}.db")
    return made


@pytest.mark.parametrize("what", ["contacts", "agencies"])
def test_as_much_memory_is_needed_for_few_cards_as_for_many(sized: dict[int, str], what: str) -> None:
    peaks = []
    for address in (sized[2_000], *sized.values()):  # what is remembered for good is remembered by the first
        reader = Reader(open_for_reading(address))
        tracemalloc.start()
        size = sum(map(len, pieces(reader, what)))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert size
    assert peaks[2] < 1.2 * peaks[1]


def test_no_more_people_are_fetched_than_are_asked_for(sized: dict[int, str], monkeypatch: pytest.MonkeyPatch) -> None:
    with counting(monkeypatch) as counts:
        found = pieces(Reader(open_for_reading(sized[8_000])))
        next(found)
        assert counts.fetched < 2_000
