"""Sheets of many rows of any kind: what is asked of the database grows with batches, and memory not at all."""

from __future__ import annotations

import gc
import tracemalloc
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from tests.counting import counting
from tests.services.imports.sheet import bring, problems, said, sheet
from tests.services.imports.test_many_contacts import asked
from tests.services.imports.test_many_contacts import small as small  # a fixture

from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.localized import Localized
from eventrec.models import Attendance, Change, Participation
from eventrec.services import agency, event, undo
from eventrec.services.imports import lists, people
from eventrec.services.imports.participants import Participants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.book import Book

PEOPLE = ("Event", "Name", "Agency", "Position", "E-mail", "Count", "Status")


class Many:
    """Rows of a kind that nobody holds: each is made when it is asked for."""

    def __init__(self, kind: str, count: int) -> None:
        self._kind = kind
        self._count = count

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        yield {
            "participants": PEOPLE,
            "events": ("Title", "Start date", "End date", "City", "Organizers"),
            "agencies": ("Code", "Name", "Parent", "Aliases", "E-mail"),
        }[self._kind]
        for at in range(self._count):
            yield getattr(self, f"_{self._kind}")(at)

    def _participants(self, at: int) -> tuple[Any, ...]:
        event_id = str(at % 20 + 1)
        if at % 10 == 9:
            return event_id, None, "AG-1", None, None, 1, ("attended", "registered")[at // 20 % 2]
        return event_id, f"Person {at}", f"AG-{at % 3}", "Officer", f"p{at}@example.org", None, "attended"

    def _events(self, at: int) -> tuple[Any, ...]:
        return f"Seminar {at}", "2025-03-04", "2025-03-05", "Beijing", "AG-1; AG-2"

    def _agencies(self, at: int) -> tuple[Any, ...]:
        return f"Z{at}", f"Bureau {at}", "AG-1", f"Office {at}", f"b{at}@example.org"


@pytest.fixture
def ready(book: Book) -> Book:
    """A book with twenty events that are over, and three agencies."""
    with book.writing("test") as changing:
        for number in range(3):
            agency.add(changing.session, name=Localized({"en": f"Agency {number}"}), code=f"AG-{number}")
        for number in range(20):
            event.add(
                changing.session,
                title=Localized({"en": f"Workshop {number}"}),
                starts_on=date(2025, 1, 2),
                ends_on=date(2025, 1, 3),
                status="held",
            )
    return book


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("kind", "most"), [("participants", 80), ("events", 40), ("agencies", 40)])
def test_statements_grow_with_batches_and_not_with_rows(
    ready: Book, monkeypatch: pytest.MonkeyPatch, kind: str, most: int
) -> None:
    taken = []
    for rows in (200, 400, 800):
        with counting(monkeypatch) as counts:
            bring(ready, sheet(*Many(kind, rows)), kind=kind, mode="add", names="further", keep=False)
        taken.append(asked(counts))
    assert taken[1] - taken[0] < 2 * most, taken  # of each hundred rows
    assert taken[2] - taken[1] < 2.2 * (taken[1] - taken[0]), taken


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("kind", "most"), [("participants", 60), ("events", 450)])
def test_a_sheet_that_comes_again_is_looked_up_many_rows_at_once(
    ready: Book, monkeypatch: pytest.MonkeyPatch, kind: str, most: int
) -> None:
    head, *rows = Many(kind, 150)
    bring(ready, sheet(head, *rows), kind=kind, names="further")
    with counting(monkeypatch) as counts:
        found = bring(ready, sheet(head, *rows), kind=kind, names="further")
    assert (found.new, found.updated) == (0, 0)
    assert asked(counts) < most


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", ["participants", "events"])
def test_memory_does_not_grow_with_the_file(ready: Book, kind: str) -> None:
    bring(ready, sheet(*Many(kind, 30)), kind=kind, names="further", keep=False)
    peaks = []
    for rows in (300, 300, 450, 600, 600):
        file = sheet()
        object.__setattr__(file.sheets[0], "rows", Many(kind, rows))
        gc.collect()
        tracemalloc.start()
        bring(ready, file, kind=kind, names="further", keep=False)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    _, *first, last, again = peaks  # the first one warms up; once in a while Python keeps more than it must
    last = min(last, again)
    assert min((last - first[0]) / 300, (last - first[1]) / 150) < 700, peaks


HEAD = ("Event", "Name", "Agency", "E-mail", "Modality", "Days", "Note", "Count")


def _others(count: int) -> list[tuple[Any, ...]]:
    """Rows of people who are neither the first nor the last of a file."""
    return [("1", f"Other {at % 5}", "AG-0", f"o{at % 5}@example.org", None, None, None, None) for at in range(count)]


def _list_of(book: Book) -> list[Participation]:
    with book.writing("test", keep=False) as reading:
        found = list(reading.session.scalars(select(Participation).order_by(Participation.id)))
        reading.session.expunge_all()
    return found


@pytest.mark.usefixtures("small")
def test_somebody_who_changes_in_two_batches_keeps_both_changes(ready: Book) -> None:
    who = ("1", "LI Na", "AG-0", "li@example.org")
    bring(ready, sheet(HEAD, (*who, None, None, None, None), *_others(5)), kind="participants")
    rows = [(*who, "online", None, "first", None), *_others(110), (*who, None, 1, "last", None)]
    assert bring(ready, sheet(HEAD, *rows), kind="participants", mode="update").updated == 2
    row = _list_of(ready)[0]
    assert (row.modality, row.days, row.note, row.version) == ("online", 1, "first\nlast", 3)
    noted = select(Change.version).where(Change.table_name == "participation", Change.row_id == row.id)
    with ready.writing("test", keep=False) as reading:
        assert sorted(reading.session.scalars(noted)) == [1, 2, 3]
    assert check(engine(ready.settings.database)) == []


@pytest.mark.usefixtures("small")
def test_a_new_person_who_comes_again_in_the_next_batch_is_on_the_list_once(
    ready: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "NEAR_UNTIL", 1_000)  # else what waits is written between the batches
    monkeypatch.delattr(Participants, "back_to")  # nothing is tried again by halves
    who = ("1", "LI Na", "AG-0", "li@example.org")
    rows = [*_others(99), (*who, None, None, None, None), *_others(5), (*who, "online", None, "last", None)]
    found = bring(ready, sheet(HEAD, *rows), kind="participants", mode="update")
    assert (found.new, found.updated, found.problems) == (6, 1, [])
    assert [(row.modality, row.note) for row in _list_of(ready)[5:]] == [("online", "last")]


@pytest.mark.usefixtures("small")
def test_a_head_count_that_waits_is_known_after_all_was_forgotten(ready: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "NEAR_UNTIL", 1_000)  # else what waits is written between the batches
    monkeypatch.delattr(Participants, "back_to")  # nothing is tried again by halves
    monkeypatch.setattr(lists, "_AT_HAND", 0)
    count = ("1", None, "AG-1", None, None, None, None)
    rows = [*_others(99), (*count, 7), *_others(5), (*count, 8)]
    found = bring(ready, sheet(HEAD, *rows), kind="participants", mode="update")
    assert (found.new, found.updated, found.problems) == (6, 1, [])
    assert [(row.not_stated, row.version) for row in _list_of(ready)[5:]] == [(8, 2)]


def test_what_is_read_and_written_at_once_is_what_row_by_row_was(ready: Book) -> None:
    found = bring(ready, sheet(*Many("participants", 40)), kind="participants", names="further")
    assert (found.new, found.same) == (40, 0)
    query = select(Participation).where(Participation.event_id == 1).order_by(Participation.id)
    with ready.writing("test", keep=False) as reading:
        rows = [(row.agency_name, row.position, row.status) for row in reading.session.scalars(query)]
    assert rows == [
        ({"en": "Agency 0"}, {"en": "Officer"}, "attended"),
        ({"en": "Agency 2"}, {"en": "Officer"}, "attended"),
    ]
    assert check(engine(ready.settings.database)) == []
    with ready.writing("undo") as changing:
        undo.undo(changing.session)
    assert not list(ready.reader.contacts())


@pytest.mark.parametrize("kind", ["contacts", "participants"])
def test_a_refused_row_leaves_no_agency_behind_that_only_it_named(ready: Book, kind: str) -> None:
    head = ("Contact number", "Name", "Agency", "Event")
    rows = [(None, "LI Na", "NIA", "1"), ("9", "WU Bo", "Nowhere", "1"), (None, "HE Yan", "Somewhere", "1")]
    if kind == "contacts":
        head, rows = head[:3], [row[:3] for row in rows]
    found = bring(ready, sheet(head, *rows), kind=kind)
    assert problems(found) == [(3, "Contact number")]
    assert said(found) == {2: "new", 3: "problem", 4: "new"}
    assert {row["name"]["en"] for row in ready.reader.agencies()} >= {"NIA", "Somewhere"}
    assert "Nowhere" not in {row["name"]["en"] for row in ready.reader.agencies()}
    assert not any("Nowhere" in sentence for sentence in found.told)
    assert check(engine(ready.settings.database)) == []


def test_rows_around_many_that_are_refused_too_late_are_taken_in(ready: Book) -> None:
    rows = [
        ("1", f"Person {at}", f"New {at}", "Officer", None, None, "attended", 99 if at % 3 == 1 else 1)
        for at in range(60)
    ]
    found = bring(ready, sheet((*PEOPLE, "Days"), *rows), kind="participants")
    assert (found.rows, found.people, found.new, len(found.problems)) == (60, 60, 40, 20)
    assert [each.row for each in found.results] == list(range(2, 62))
    assert len(list(ready.reader.agencies())) == 3 + 40
    assert check(engine(ready.settings.database)) == []


SIGNED = (("Date 2025-01-02",), ("Event", "Name", "Agency", "E-mail", "Attended"))


def _marks(book: Book) -> list[tuple[int, date]]:
    query = select(Attendance.participation_id, Attendance.day).order_by(Attendance.participation_id)
    with book.writing("test", keep=False) as reading:
        return [(number, day) for number, day in reading.session.execute(query)]


@pytest.mark.usefixtures("small")
def test_a_sign_in_sheet_marks_many_people_at_once(ready: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [row for row in list(Many("participants", 150))[1:] if row[1]]
    bring(ready, sheet(PEOPLE, *people), kind="participants", names="further")
    rows = [(who[0], who[1], who[2], who[4], "yes") for who in people]
    with counting(monkeypatch) as counts:
        found = bring(ready, sheet(*SIGNED, *rows), kind="participants")
    assert (found.new, found.updated, found.problems) == (0, 135, [])
    assert asked(counts) < 100
    assert _marks(ready) == [(number, date(2025, 1, 2)) for number in range(1, 136)]
    assert check(engine(ready.settings.database)) == []
    with ready.writing("undo") as changing:
        undo.undo(changing.session)
    assert _marks(ready) == []


@pytest.mark.usefixtures("small")
def test_whom_a_later_row_says_to_have_been_absent_is_marked_no_more(ready: Book) -> None:
    who = ("1", "LI Na", "AG-0", "li@example.org")
    others = [("2", f"Other {at % 5}", "AG-0", f"o{at % 5}@example.org", None) for at in range(110)]
    file = sheet(*SIGNED, (*who, "yes"), (*who, "yes"), *others, (*who, "no"))
    assert bring(ready, file, kind="participants").problems == []
    assert _marks(ready) == []
    assert check(engine(ready.settings.database)) == []
