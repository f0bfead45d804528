"""Entries that are written many at once: what comes of it, and how little is asked of the database for it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from functools import partialmethod
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from tests.conftest import NOW
from tests.counting import Counts, counting
from tests.services import make
from tests.services.imports.calendars.incoming import DAY, LATER, bring, entry, party, said

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.services.imports.calendars import taking_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from eventrec.formats.ical.incoming import IncomingEvent

PEOPLE = 40
"""How many people the files below name, again and again: who is in the book is asked once for the file."""


def file(count: int, *, is_ours: bool = False, **fields: Any) -> list[IncomingEvent]:
    """Return a file of so many events: every fifth is a visit to the one before, and each names three people."""
    found = []
    for at in range(count):
        people = [party(f"Guest {(at + each) % PEOPLE}", f"g{(at + each) % PEOPLE}@example.org") for each in range(3)]
        given: dict[str, Any] = {"uid": f"{at}@host", "line": at + 2, "starts_on": DAY + timedelta(days=at % 300)}
        if at % 5 == 4:
            given |= {"parent_uid": f"{at - 1}@host", "categories": ("site-visit",)}
        elif at % 5 == 1:
            given |= {"categories": ("P-1", "returns"), "start_time": "09:00", "timezone": "Asia/Shanghai"}
        agency = party(f"Agency {at % 7}", f"a{at % 7}@example.org", group=True)
        given |= {"organizer": agency, "contact_party": people[0], "attendees": tuple(people[1:])}
        found.append(entry(f"Event {at}", f"活动{at}", is_ours=is_ours, **(given | fields)))
    return found


def prepare(book: Book, contacts: int = 0) -> None:
    with book.writing("test") as work:
        make.project(work.session, "P-1")
    meet(book, range(contacts))


def meet(book: Book, numbers: range) -> None:
    with book.writing("test") as work:
        for number in numbers:
            make.contact(work.session, f"Guest {number}", points_of=[make.email(f"g{number}@example.org")])


def asked(book: Book, patch: pytest.MonkeyPatch, *entries: IncomingEvent, **wish: Any) -> Counts:
    with counting(patch) as counts:
        bring(book, *entries, **wish)
    return counts


@pytest.mark.parametrize("wish", [{"is_ours": True}, {"with_people": True}, {}], ids=["ours", "with people", "others'"])
def test_new_events_are_some_statements_for_hundreds_and_none_for_each(
    book: Book, monkeypatch: pytest.MonkeyPatch, wish: dict[str, bool]
) -> None:
    prepare(book)
    options = {name: value for name, value in wish.items() if name != "is_ours"}
    few, many = (file(count, is_ours="is_ours" in wish) for count in (100, 500))
    first = asked(book, monkeypatch, *few, keep=False, **options)
    second = asked(book, monkeypatch, *many, keep=False, **options)
    assert len(second.statements) - len(first.statements) <= 30
    assert not second.about("SAVEPOINT") or len(second.about("SAVEPOINT")) == len(first.about("SAVEPOINT"))


@pytest.mark.parametrize(
    ("again", "wish"),
    [({}, {}), ({"modified": LATER}, {}), ({}, {"mode": "update"}), ({}, {"with_people": True}), ({}, {"mode": "add"})],
    ids=["the same", "newer", "update", "with people", "add"],
)
def test_a_file_that_comes_again_and_says_nothing_new_is_some_questions_for_hundreds(
    book: Book, monkeypatch: pytest.MonkeyPatch, again: dict[str, Any], wish: dict[str, Any]
) -> None:
    prepare(book)
    many = file(500)
    bring(book, *many, with_people=True)
    changed = [replace(each, **again) for each in many]
    few = asked(book, monkeypatch, *changed[:100], **wish)
    all_ = asked(book, monkeypatch, *changed, **wish)
    assert len(all_.statements) - len(few.statements) <= 20
    assert not all_.about("UPDATE")
    assert not all_.about("INSERT INTO event")
    assert bring(book, *changed, **wish).same == 500


def test_a_book_of_many_contacts_is_gone_through_as_often_as_one_of_few(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = file(50)
    prepare(book, contacts=PEOPLE)
    few = asked(book, monkeypatch, *entries, keep=False)
    meet(book, range(PEOPLE, 5 * PEOPLE))
    assert len(asked(book, monkeypatch, *entries, keep=False).statements) == len(few.statements)


def rows_of(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that was written, without the uids that are of chance and the order of the history."""
    found = {}
    with book.writing("test", keep=False) as work:
        for table in ("event", "event_project", "participation", "contact", "agency", "contact_point"):
            rows = work.session.execute(text(f"SELECT * FROM {table} ORDER BY id")).mappings()
            found[table] = [tuple(value for name, value in row.items() if name != "uid") for row in rows]
        history = work.session.execute(text("SELECT table_name, row_id, version, before, after FROM change"))
        found["change"] = sorted((row[0], row[1], row[2], row[3] is None, row[4] is None) for row in history)
    return found


def _one_by_one(self: Any, started: Callable[..., None], *given: Any, **_: Any) -> None:
    started(self, *given, one_by_one=True)


@pytest.mark.parametrize("is_ours", [True, False])
def test_what_is_written_at_once_is_what_is_written_one_by_one(
    sqlite_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_ours: bool
) -> None:
    other = str(shutil.copy(sqlite_address, tmp_path / "other.db"))
    book, one_by_one = (Book(Settings(each), now=lambda: NOW, actor="tester") for each in (sqlite_address, other))
    entries = file(60, is_ours=is_ours)
    twice = party("Guest 1", "g1@example.org")
    entries[7] = replace(entries[7], attendees=(twice, twice), organizer=party("Agency 99", group=True))
    entries[8] = replace(
        entries[8],
        start_time="02:30",
        timezone="Europe/Brussels",
        is_ours=True,
        starts_on=DAY.replace(2024, 3, 31),
        ends_on=DAY.replace(2024, 3, 31),
    )
    results = []
    for each in (book, one_by_one):
        prepare(each, contacts=4)
        if each is one_by_one:
            monkeypatch.setattr(taking_in._Import, "__init__", partialmethod(_one_by_one, taking_in._Import.__init__))
        outcome = bring(each, *entries, with_people=True)
        results.append((said(outcome), outcome.told, [str(problem) for problem in outcome.problems]))
    assert results[0] == results[1]
    assert len(results[0][2]) == 2
    assert rows_of(book) == rows_of(one_by_one)
    one_by_one.close()


def test_one_that_the_database_refuses_is_found_though_it_was_written_with_others(sqlite_address: str) -> None:
    book = Book(Settings(sqlite_address), now=lambda: NOW, actor="tester")
    with book.writing("test") as work:
        work.session.execute(
            text(
                "CREATE TRIGGER no_event BEFORE INSERT ON event WHEN NEW.title LIKE '%Event 3\"%'"
                " BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: ck_event_dates'); END"
            )
        )
    outcome = bring(book, *file(9, is_ours=True))
    assert (outcome.new, [each.row for each in outcome.problems]) == (8, [5])
    assert [book.reader.event(number)["title"] for number in (3, 4)] == [
        {"en": "Event 2", "zh": "活动2"},
        {"en": "Event 5", "zh": "活动5"},
    ]
