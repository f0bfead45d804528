from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.services import make

import eventrec
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.edits.given import FIELDS
from eventrec.errors import ChangedSince, Conflict, NotFound, Rejected, TakenBack, UsageError
from eventrec.services import participation
from eventrec.services.headcount import HeadCount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Run


@pytest.fixture
def book(address: str) -> Iterator[eventrec.Book]:
    """Event 1 with head-count 1 of agency 1, visit 2, contact 1, project 1."""
    with Book(Settings(address), actor="Anna").writing("the beginning") as work:
        agency = make.agency(work.session)
        make.contact(work.session, agency_id=agency.id)
        make.project(work.session)
        make.event(work.session)
        make.event(work.session, "Visit", parent_id=1)
        participation.add(work.session, event_id=1, agency_id=agency.id, counts=HeadCount(women=4))
    with eventrec.open(address) as opened:
        yield opened


@pytest.mark.parametrize(
    ("noun", "reference", "fields", "saved"),
    [
        ("event", 1, {"date": "17-18 Oct 2025", "time": "09:00-17:00", "city": "Beijing"},
         {"starts_on": "2025-10-17", "ends_on": "2025-10-18", "start_time": "09:00", "timezone": "Asia/Shanghai"}),
        ("event", "Work", {"date": date(2025, 1, 2), "title": {"en": "Training", "zh": "培训"}, "kind": "training"},
         {"starts_on": "2025-01-02", "title_zh": "培训", "title_en": "Training", "kind": "training"}),
        ("event", 1, {"date": (date(2025, 1, 2), date(2025, 1, 3)), "time": (time(9), time(10, 30)), "timezone": "UTC"},
         {"ends_on": "2025-01-03", "end_time": "10:30"}),
        ("event", 1, {"date": None, "note": None, "days": None} | {"days": 1}, {"starts_on": None, "note": None}),
        ("event", 1, {"project": "MMSP-III=60", "contact": "LI Na", "topic": ["return"], "at": "39.9,116.4"},
         {"projects": ["MMSP-III"], "contact_id": 1, "topics": ["return"], "latitude": Decimal("39.9")}),
        ("visit", "Visit", {"country": "China", "venue": "Airport"}, {"country": "CN", "venue_en": "Airport"}),
        ("agency", "NIA", {"name": "Immigration Service", "correct": True, "email": "a@example.org"},
         {"name_en": "Immigration Service", "email": "a@example.org"}),
        ("contact", "LI Na", {"sex": "female", "position": ["Officer", "官员"], "phone": "+86 138 0013 8000"},
         {"sex": "female", "phone": "+8613800138000"}),
        ("project", "MMSP-III", {"status": "active", "date": "2024-01-01..2026-12-31", "donor": "NIA"},
         {"status": "active", "ends_on": "2026-12-31", "donors": ["NIA"]}),
        ("participant", 1, {"men": 3, "about": True}, {"women": 4, "men": 3, "approximate": True}),
    ],
)  # fmt: skip
def test_a_record_is_changed_and_returned_as_it_was_saved(
    book: eventrec.Book, noun: Any, reference: str | int, fields: dict[str, Any], saved: dict[str, object]
) -> None:
    row = book.edit(noun, reference, **fields)
    assert {name: row[name] for name in saved} == saved
    assert int(str(row["version"])) > 1
    again = {"participant": book.participants, "project": book.projects, "contact": book.contacts}
    table = {**again, "agency": book.agencies}.get(noun, book.events)()
    assert row in list(table)


def test_the_history_says_that_a_script_did_it(book: eventrec.Book) -> None:
    book.edit("event", 1, kind="training")
    newest = book._book.reader.history(1)
    assert [(row["actor"], row["command"]) for row in newest] == [("tester", "api: edit event 1")]


def test_the_version_that_was_read_protects_what_somebody_else_wrote(book: eventrec.Book, address: str) -> None:
    (read, _) = book.events()
    with eventrec.open(address) as other:
        other.edit("event", 1, city="Beijing")
    with pytest.raises(ChangedSince) as told:
        book.edit("event", 1, if_version=read["version"], city="Shanghai")  # type: ignore[arg-type]
    assert "Event 1 was changed by tester" in told.value.message
    assert "city empty → “Beijing” (you: “Shanghai”)" in told.value.message
    assert [(each.before, each.after, each.yours) for each in told.value.changes if each.field == "city"] == [
        (None, {"en": "Beijing"}, {"en": "Shanghai"})
    ]
    saved = book.edit("event", 1, if_version=told.value.version, city="Shanghai")
    assert (saved["city_en"], saved["version"]) == ("Shanghai", 3)


def test_a_conflict_is_tried_again(book: eventrec.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [TakenBack("Somebody was faster."), TakenBack("Somebody was faster.")]
    original = Book.writing

    def writing(self: Book, command: str) -> Any:
        if left:
            raise left.pop()
        return original(self, command)

    monkeypatch.setattr(Book, "writing", writing)
    book._book.pause = lambda _: None
    assert book.edit("event", 1, kind="training")["kind"] == "training"
    left += [TakenBack("Somebody was faster.")] * 99
    with pytest.raises(Conflict, match="Somebody was faster"):
        book.edit("event", 1, kind="meeting")


@pytest.mark.parametrize(
    ("noun", "reference", "fields", "error", "words"),
    [
        ("event", 1, {"colour": "blue"}, UsageError, "“colour” is no field of event"),
        ("event", 1, {"starts_on": "2025-01-01"}, UsageError, "“starts_on” is no field"),
        ("event", 1, {}, UsageError, "Nothing was given"),
        ("money", 1, {"note": "x"}, UsageError, "“money” cannot be edited"),
        ("event", 77, {"note": "x"}, NotFound, "no event “77”"),
        ("visit", 1, {"note": "x"}, NotFound, "no visit"),
        ("event", 1, {"kind": "party"}, UsageError, "“party” is none of: workshop"),
        ("event", 1, {"days": "2"}, UsageError, "days is a whole number, not '2'"),
        ("event", 1, {"days": True}, UsageError, "days is a whole number"),
        ("event", 1, {"days": None}, UsageError, "days is a whole number, not None"),
        ("event", 1, {"not_visits": 1}, UsageError, "True or False"),
        ("event", 1, {"note": 1.5}, UsageError, "note is a text, not 1.5"),
        ("event", 1, {"topic": {"a"}}, UsageError, "a text or a list of texts"),
        ("event", 1, {"date": datetime(2025, 1, 2, 9)}, UsageError, "a day, not a moment"),  # noqa: DTZ001
        ("event", 1, {"date": "06/02/2025"}, Rejected, "06/02/2025"),
        ("event", 1, {"title": None}, Rejected, "title is empty"),
        ("event", 1, {"title": {}}, Rejected, "title is empty"),
        ("event", 1, {"title": {"english": "x"}}, Rejected, "english"),
        ("event", 1, {"note": "a\x00b"}, Rejected, "control"),
        ("participant", 1, {"women": -1}, Rejected, "cannot be negative"),
        ("participant", 1, {"women": 1, "count": 2}, UsageError, "not stated by sex"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_saved(
    book: eventrec.Book, noun: Any, reference: int, fields: dict[str, Any], error: type[Exception], words: str
) -> None:
    before = (list(book.events()), list(book.participants()))
    with pytest.raises(error, match=words):
        book.edit(noun, reference, **fields)
    assert (list(book.events()), list(book.participants())) == before


def test_every_field_is_an_option_of_the_command(run: Run) -> None:
    """A script may say what a person may type, under the same name."""
    for noun, fields in FIELDS.items():
        text = run(noun, "edit", "--help").out
        for name in set(fields) - {"title", "name"}:
            assert f"--{name.removesuffix('_').replace('_', '-')}" in text, f"{noun} {name}"
