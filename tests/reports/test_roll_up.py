from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import eventrec
from eventrec.errors import UsageError
from eventrec.reports.events import events
from eventrec.reports.participants import participants
from eventrec.views.criteria import ALL
from eventrec.views.options import resolve

if TYPE_CHECKING:
    from tests.conftest import Run
    from tests.views.book import Book

    from eventrec.table import Report


def report(book: Book, *by: str, roll_up: str = "", **options: Any) -> Report:
    return participants(book.reader, resolve(book.reader, **options) if options else ALL, by, roll_up=roll_up)


def rows(found: Report, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in found]


@pytest.fixture
def chain(book: Book) -> Book:
    """One held event with 1 of OLD, 2 of MIDDLE and 4 of NEW, each the successor of the one before, and 8 of OTHER."""
    new = book.agency("NEW", "New Ministry", "新部", side="China", country="CN")
    middle = book.agency("MIDDLE", successor_id=new, side="Elsewhere")
    old = book.agency("OLD", successor_id=middle, country="HK")
    event = book.event("Workshop", "2024-10-17")
    for women, agency in ((1, old), (2, middle), (4, new), (8, book.agency("OTHER", parent_id=old))):
        book.unnamed(event, women, agency_id=agency)
    return book


def test_without_it_agencies_stand_for_themselves(chain: Book) -> None:
    found = report(chain, "agency")
    assert rows(found, "agency", "women") == [("MIDDLE", 2), ("NEW", 4), ("OLD", 1), ("OTHER", 8)]
    assert "roll_up" not in found.criteria
    assert "counted under" not in found.rule


def test_agencies_are_counted_under_the_last_that_succeeded_them(chain: Book) -> None:
    found = report(chain, "agency", roll_up="successors")
    assert rows(found, "agency", "agency_name", "women", "agencies") == [
        ("NEW", {"en": "New Ministry", "zh": "新部"}, 7, 1),
        ("OTHER", {"en": "Agency OTHER"}, 8, 1),
    ]


def test_the_total_has_the_same_people_and_fewer_agencies(chain: Book) -> None:
    plain, rolled = report(chain).total, report(chain, roll_up="successors").total
    assert plain
    assert rolled == {**plain, "agencies": 2}
    assert plain["agencies"] == 4


@pytest.mark.parametrize(
    ("dimension", "found"), [("side", [("China", 7), (None, 8)]), ("country", [("CN", 7), (None, 8)])]
)
def test_side_and_country_are_those_of_the_successor(chain: Book, dimension: str, found: list[Any]) -> None:
    assert rows(report(chain, dimension, roll_up="successors"), dimension, "women") == found


def test_the_report_says_so(chain: Book) -> None:
    found = report(chain, roll_up="successors")
    assert found.criteria["roll_up"] == "successors"
    assert found.rule.endswith(" Agencies are counted under those that succeeded them.")


def test_an_agency_that_is_asked_for_is_that_of_the_day(chain: Book) -> None:
    found = report(chain, "agency", roll_up="successors", agency="OLD", only=True)
    assert rows(found, "agency", "women") == [("NEW", 1)]


def test_agencies_are_counted_under_the_topmost_whole(book: Book) -> None:
    top = book.agency("TOP", side="EU")
    middle = book.agency("MIDDLE", parent_id=top)
    part = book.agency("PART", parent_id=middle, successor_id=book.agency("ELSE"))
    event = book.event("Workshop", "2024-10-17")
    book.unnamed(event, 1, agency_id=part)
    book.named(event, book.contact("LI Na"), agency_id=middle)
    found = report(book, "agency", "side", roll_up="parents")
    assert rows(found, "agency", "side", "participations", "agencies") == [("TOP", "EU", 2, 1)]
    assert found.rule.endswith("the whole that they are part of; a group is no such whole.")


@pytest.mark.parametrize(("roll_up", "link"), [("parents", "parent_id"), ("successors", "successor_id")])
def test_nothing_is_counted_under_a_group(book: Book, roll_up: str, link: str) -> None:
    states = book.agency("STATES", kind="group", **{link: book.agency("UNION")})
    state = book.agency("STATE", **{link: states})
    ministry = book.agency("MINISTRY", **{link: state})
    book.unnamed(book.event("Workshop", "2024-10-17"), 1, agency_id=ministry)
    assert rows(report(book, "agency", roll_up=roll_up), "agency", "agencies") == [("STATE", 1)]


def test_own_staff_stay_own_staff_of_whom_they_work_for(book: Book) -> None:
    later = book.agency("LATER")
    implementer = book.agency("IOM", successor_id=later)
    event = book.event("Workshop", "2024-10-17", projects=(book.project("P", implementers=(implementer,)),))
    book.unnamed(event, 1, agency_id=implementer)
    book.unnamed(event, 2, agency_id=later)
    found = report(book, "agency", roll_up="successors")
    assert rows(found, "agency", "women") == [("LATER", 2)]
    assert found.notes == ("Not counted: 1 own staff.",)


def test_people_without_an_agency_stay_as_they_are(book: Book) -> None:
    event = book.event("Workshop", "2024-10-17")
    book.unnamed(event, 1, side="EU")
    book.uncounted(event, label={"en": "Others"})
    assert rows(report(book, "side", roll_up="parents"), "side", "women") == [("EU", 1), (None, None)]


def test_the_event_report_counts_agencies_in_the_same_way(chain: Book) -> None:
    found = events(chain.reader, ALL, roll_up="successors")
    assert rows(found, "agencies", "women") == [(2, 15)]
    assert found.criteria["roll_up"] == "successors"


@pytest.mark.parametrize("count", [participants, events])
def test_a_word_that_is_no_roll_up_is_refused(book: Book, count: Any) -> None:
    with pytest.raises(UsageError, match="“successor” is no roll-up"):
        count(book.reader, ALL, roll_up="successor")


@pytest.fixture
def reorganised(run: Run, sqlite_address: str) -> str:
    """A book with 3 people of OLD, which NEW succeeded."""
    for line in (
        ("agency", "add", "New", "--code", "NEW"),
        ("agency", "add", "Old", "--code", "OLD", "--successor", "NEW"),
        ("event", "add", "Workshop", "--date", "2024-10-17", "--status", "held"),
        ("participant", "add", "1", "--agency", "OLD", "--women", "3"),
    ):
        assert run(*line, address=sqlite_address).code == 0
    return sqlite_address


def test_the_command_line_rolls_up(run: Run, reorganised: str) -> None:
    words = ("report", "participants", "--by", "agency", "--roll-up", "successors", "-f", "json")
    found = json.loads(run(*words, address=reorganised).out)
    assert [(row["agency"], row["women"]) for row in found["rows"]] == [("NEW", 3)]
    assert found["criteria"]["roll_up"] == "successors"


def test_scripts_roll_up(reorganised: str) -> None:
    with eventrec.open(reorganised) as book:
        found = book.report("participants", by=["agency"], roll_up="successors")
        assert [(row["agency"], row["women"]) for row in found] == [("NEW", 3)]
        assert book.report("events", roll_up="parents").criteria["roll_up"] == "parents"


def test_the_contact_report_knows_no_roll_up(reorganised: str) -> None:
    with eventrec.open(reorganised) as book, pytest.raises(UsageError, match="contacts knows no roll_up"):
        book.report("contacts", roll_up="parents")
