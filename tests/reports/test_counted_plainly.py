from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import IntegrityError
from tests.reports.plainly import Plainly, any_day, grouped

from eventrec.models import Affiliation, Attendance
from eventrec.reports.participants import participants
from eventrec.views.criteria import ALL
from eventrec.vocabulary import EVENT_STATUSES, PARTICIPATION_MODALITIES, SEXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.views.book import Book

BOOKS = {"sqlite": 40, "postgresql": 8}
ROLES = ("participant", "participant", "speaker", "interpreter", "organizer", "observer")
STATUSES = ("attended", "attended", "attended", "registered", "confirmed", "declined", "no-show")


def if_it_may(book: Book, add: Callable[..., int], *given: Any, **values: Any) -> int | None:
    """Add a row unless the book refuses it."""
    try:
        with book.connection.begin_nested():
            return add(*given, **values)
    except IntegrityError:
        return None


def write(book: Book, chance: Random) -> None:
    """Record a small book with everything that the rule has a word about."""
    some = chance.choice
    agencies: list[int] = []
    for at in range(chance.randint(2, 5)):
        parent = some([*agencies, None])
        agencies.append(book.agency(f"A{at}", kind=some(["government", "group"]), parent_id=parent))
    contacts = [book.contact(f"C{at}", sex=some(SEXES)) for at in range(chance.randint(1, 4))]
    for contact in contacts:
        day = any_day(chance.randint(-20, 40))
        dates = {"starts_on": some([None, day]), "ends_on": some([None, day + timedelta(chance.randint(0, 30))])}
        primary = {"is_primary": chance.random() < 0.5}
        if_it_may(book, book.add, Affiliation, contact_id=contact, agency_id=some(agencies), **dates, **primary)
    projects = [
        book.project(f"P{at}", implementers=tuple(chance.sample(agencies, chance.randint(0, 2)))) for at in range(2)
    ]
    events = [_event(book, chance, projects, contacts) for _ in range(chance.randint(1, 4))]
    visited = book.event("Visited", str(any_day(3)), projects=(projects[0],))
    events.append(book.visit(visited, "Visit", str(any_day(3)), projects=some([(), (projects[1],)])))
    for _ in range(chance.randint(0, 20)):
        _taking_part(book, chance, some(events), contacts, some([*agencies, None]))


def _event(book: Book, chance: Random, projects: list[int], contacts: list[int]) -> int:
    status = chance.choice([*EVENT_STATUSES, "held", "held", "confirmed"])
    first = any_day(chance.randint(0, 6))
    dated = status == "held" or chance.random() < 0.8
    when = f"{first}..{first + timedelta(chance.randint(0, 3))}" if dated else ""
    days = chance.choice([None, None, 1, 2, 5])
    reported = tuple(chance.sample(projects, chance.randint(0, 2)))
    return book.event("Event", when, status=status, days=days, projects=reported, contact_id=contacts[0])


def _taking_part(book: Book, chance: Random, event: int, contacts: list[int], agency: int | None) -> None:
    some = chance.choice
    common = {
        "role": some(ROLES),
        "status": some(STATUSES),
        "modality": some(PARTICIPATION_MODALITIES),
        "days": some([None, None, 1, 2]),
        "approximate": chance.random() < 0.2,
        "agency_id": agency,
    }
    kind = some("nnnufd")
    if kind == "n":
        row = if_it_may(book, book.named, event, some(contacts), **common)
    elif kind == "u":
        row = if_it_may(book, book.unnamed, event, *(some([0, 0, 1, 4]) for _ in range(4)), **common)
    elif kind == "f":
        woman = chance.random() < 0.5
        common["forgotten_as"] = "a woman" if woman else "a man"
        row = if_it_may(book, book.unnamed, event, int(woman), int(not woman), **common)
    else:
        row = if_it_may(book, book.uncounted, event, **{**common, "agency_id": agency or 1})
    for _ in range(2 if row and chance.random() < 0.2 else 0):
        if_it_may(book, book.add, Attendance, participation_id=row, day=any_day(chance.randint(0, 6)))


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_reports_say_what_plain_counting_says(database: str, request: pytest.FixtureRequest) -> None:
    book: Book = request.getfixturevalue(f"{database}_book")
    for seed in range(BOOKS[database]):
        book.clear()
        write(book, Random(seed))  # noqa: S311 (the same books every time)
        for expected, with_own_staff in ((False, False), (True, False), (False, True)):
            plainly = Plainly(book, expected, with_own_staff)
            heads = plainly.heads()
            asked = {"expected": expected, "with_own_staff": with_own_staff}
            whole = participants(book.reader, ALL, **asked)  # type: ignore[arg-type]
            assert whole.total
            assert whole.total.items() >= plainly.figures(heads).items(), seed
            held = [event for event in plainly.happened() if event["kind"] != "site-visit"]
            assert whole.total["events"] == len(held)
            assert whole.total["event_days"] == sum(plainly.days(event) or 0 for event in held)
            split = participants(book.reader, ALL, ["modality", "role"], **asked)  # type: ignore[arg-type]
            rows = {f"{row['modality']} {row['role']}": row for row in split}
            for name, group in grouped(heads, lambda row: f"{row['modality']} {row['role']}").items():
                assert rows[name].items() >= plainly.figures(group).items(), seed
    book.clear()


@pytest.mark.parametrize("by", [("agency", "sex", "event"), ("project", "month", "agency"), ("side", "agency")])
def test_the_order_of_dimensions_orders_rows_and_changes_none(by: tuple[str, ...], sqlite_book: Book) -> None:
    for seed in range(10):
        sqlite_book.clear()
        write(sqlite_book, Random(seed))  # noqa: S311 (the same books every time)
        told = {
            str(sorted(str(sorted(row.items())) for row in participants(sqlite_book.reader, ALL, order)))
            for order in permutations(by)
        }
        assert len(told) == 1, seed
    sqlite_book.clear()
