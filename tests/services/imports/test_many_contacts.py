"""Many contacts at once: what is asked of the database grows with batches and not with rows, and memory not at all."""

from __future__ import annotations

import gc
import tracemalloc
from io import BytesIO
from threading import Event
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy import text
from tests.counting import Counts, counting
from tests.services.imports.sheet import TODAY, bring, problems, said, sheet

from eventrec.db import bulk, copying
from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.formats import vcard_reader
from eventrec.services import undo
from eventrec.services.imports import index, known, outcome, people, rows_of, run, work
from eventrec.services.imports.index import Index
from eventrec.services.imports.wish import Wish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.book import Book

HEAD: Final = ("Name", "Agency", "Position", "E-mail", "Phone")


class Many:
    """Rows of people that nobody holds: each is made when it is asked for."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        yield HEAD
        for at in range(self._count):
            name, agency = f"Person {at % 50}", f"AG-{at // 50}"
            yield name, agency, "Officer", f"p{at}@example.org", f"+86 10 {6000_0000 + at}"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything that goes by the thousand go by the hundred, so that few rows are many."""
    for module, name in ((bulk, "_CHUNK"), (work, "_AT_ONCE"), (known, "_AT_HAND"), (index, "_CHUNK")):
        monkeypatch.setattr(module, name, 100)
    monkeypatch.setattr(work, "_TOGETHER", 200)
    monkeypatch.setattr(rows_of, "_CHUNK", 100)
    monkeypatch.setattr(people, "NEAR_UNTIL", 20)
    monkeypatch.setattr(outcome, "_TOLD_ROWS", 100)


def asked(counts: Counts) -> int:
    """Return how many statements went to the book, and not to what lies beside it."""
    return len([sql for sql in counts.statements if " found" not in sql and " met" not in sql])


@pytest.mark.usefixtures("small")
def test_statements_grow_with_batches_and_not_with_rows(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []
    for rows in (300, 1_300):
        with counting(monkeypatch) as counts:
            bring(book, sheet(*Many(rows)), kind="contacts", mode="add", keep=False)
        taken.append(asked(counts))
    assert taken[1] - taken[0] < 10 * 75  # for each hundred rows, which are four hundred of the book


@pytest.mark.usefixtures("small")
def test_known_contacts_are_asked_for_many_at_once(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(book, sheet(*Many(300)), kind="contacts")
    with counting(monkeypatch) as counts:
        found = bring(book, sheet(*Many(300)), kind="contacts")
    assert (found.same, found.new, found.updated) == (300, 0, 0)
    assert asked(counts) < 40


@pytest.mark.usefixtures("small")
def test_those_whom_the_file_told_of_before_are_asked_for_many_at_once(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "_AT_HAND", 4_000)
    head, *rows = Many(300)
    with counting(monkeypatch) as counts:
        found = bring(book, sheet(head, *rows, *rows), kind="contacts", keep=False)
    assert (found.new, found.same) == (300, 300)
    assert len(counts.about("FROM contact_point")) < 40


@pytest.mark.usefixtures("small")
def test_a_column_that_is_filled_is_written_many_at_once(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(book, sheet(*Many(300)), kind="contacts")
    head, *rows = Many(300)
    with counting(monkeypatch) as counts:
        found = bring(book, sheet((*head, "Sex"), *((*row, "F") for row in rows)), kind="contacts")
    assert found.updated == 300
    assert len(counts.about("UPDATE contact")) <= 4
    assert {row["sex"] for row in book.reader.contacts()} == {"female"}
    assert check(engine(book.settings.database)) == []


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_memory_does_not_grow_with_the_file(book: Book) -> None:
    bring(book, sheet(*Many(30)), kind="contacts", keep=False)
    peaks = []
    for rows in (400, 1_200):
        file = sheet()
        object.__setattr__(file.sheets[0], "rows", Many(rows))
        gc.collect()
        tracemalloc.start()
        bring(book, file, kind="contacts", keep=False)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 800 * 700, peaks  # of each row an address and a number, as long as they are few


def test_history_of_many_holds_every_text_as_it_is(book: Book) -> None:
    name, note = 'O"Neil \\ 100%s', "tab\tand\nline \\N %d “…” 李"
    bring(
        book, sheet(("Name", "Note", "Position", "Agency"), (name, note, "50 % \\", "NIA"), ("WU Bo",)), kind="contacts"
    )
    row = next(row for row in book.reader.contacts() if row["note"])
    assert (row["name"], row["note"], row["position"]) == ({"en": name}, note, {"en": "50 % \\"})
    assert check(engine(book.settings.database)) == []
    with book.writing("undo") as changing:
        undo.undo(changing.session)
    with book.writing("redo") as changing:
        undo.redo(changing.session)
    assert next(row for row in book.reader.contacts() if row["note"])["name"] == {"en": name}


def test_somebody_in_the_file_twice_is_filled_by_the_second_row(book: Book) -> None:
    rows = [("LI Na", "NIA", None, None, "+86 10 6532 1234"), ("LI Na", "NIA", "Officer", "li@example.org", None)]
    found = bring(book, sheet(HEAD, *rows), kind="contacts")
    assert said(found) == {2: "new", 3: "updated"}
    assert found.results[1].text == "LI Na (contact 1), as in row 2"
    row = next(iter(book.reader.contacts()))
    assert (row["emails"], row["phone"], row["position"]) == (["li@example.org"], "+861065321234", {"en": "Officer"})
    assert check(engine(book.settings.database)) == []


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_rows_are_put_while_the_server_takes_in_those_before_them(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, is_put, met = Event(), Event(), []
    add, copy, find = copying._Copies.add, copying._Copies._copy, people.People.find

    def added(self: Any, table: str, *rows: Any) -> None:
        add(self, table, *rows)
        if table == "contact":
            begun.set()

    def copied(self: Any, statement: str, block: bytes) -> None:
        if not met and "COPY contact (" in statement:
            met.append(is_put.wait(30))
        copy(self, statement, block)

    def found(self: Any, *row: Any) -> int | None:
        if begun.is_set():
            is_put.set()
        return find(self, *row)

    monkeypatch.setattr(copying._Copies, "add", added)
    monkeypatch.setattr(copying._Copies, "_copy", copied)
    monkeypatch.setattr(people.People, "find", found)
    monkeypatch.setattr(bulk, "_CHUNK", 4_000)
    assert bring(book, sheet(*Many(300)), kind="contacts").new == 300
    assert met == [True]


def test_a_refused_row_is_not_the_end_of_what_is_known_of_the_file(book: Book) -> None:
    rows = [(None, "LI Na"), ("9", "WU Bo"), ("1", "LI Na")]
    bring(book, sheet(("Name",), ("LI Na",)), kind="contacts")
    found = bring(book, sheet(("Contact number", "Name"), ("1", "LI Na"), *rows), kind="contacts")
    assert problems(found) == [(4, "Contact number")]
    assert found.results[-1].text == "LI Na (contact 1), as in row 2"


def test_an_index_gives_what_waits_and_what_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_CHUNK", 2)
    found = Index()
    for number, key in enumerate("abcab"):
        found.add(number, key)
    assert found.look_ahead("ax") == {0, 3}
    found.add(9, ["x"])
    found.add(10, ["a"])
    assert ({*found.find("a")}, {*found.find("b")}, {*found.find("x")}) == ({0, 3, 10}, {1, 4}, {9})
    assert not found.find("y")


def _refuse_ghosts(book: Book) -> None:
    """Let the database itself refuse whoever has the position “Ghost”."""
    with book.writing("test") as changing:
        if changing.session.get_bind().dialect.name == "sqlite":
            sentence = (
                "CREATE TRIGGER no_ghost BEFORE INSERT ON affiliation WHEN NEW.position LIKE '%Ghost%'"
                " BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: ck_affiliation_dates'); END"
            )
        else:
            sentence = "ALTER TABLE affiliation ADD CONSTRAINT ck_ghost CHECK (position::text NOT LIKE '%Ghost%')"
        changing.session.execute(text(sentence))


@pytest.mark.parametrize("country", [(), ("CN",)])
def test_one_that_the_database_refuses_is_found_though_it_was_written_with_others(
    book: Book, monkeypatch: pytest.MonkeyPatch, country: tuple[str, ...]
) -> None:
    monkeypatch.setattr(work, "_AT_ONCE", 4)
    monkeypatch.setattr(work, "_TOGETHER", 8)
    _refuse_ghosts(book)
    rows = [
        (f"Person {at}", "AG-7" if at == 4 else "AG-1", "Ghost" if at in (5, 17) else "Officer", *country)
        for at in range(20)
    ]
    file = sheet(("Name", "Agency", "Position", *("Country" for _ in country)), *rows, rows[6])
    found = bring(book, file, kind="contacts")
    assert (found.rows, found.people, found.new, found.same) == (21, 21, 18, 1)
    assert [each.row for each in found.problems] == [7, 19]
    told = [sentence.rpartition(" ")[2] for sentence in found.told if "agency" in sentence]
    assert told == ["AG-1.", "AG-7."]
    assert found.results[-1].text.endswith(", as in row 8")
    names = [row["name"]["en"] for row in book.reader.contacts()]
    assert sorted(names) == sorted(name for name, _, position, *_ in rows if position != "Ghost")
    assert check(engine(book.settings.database)) == []
    assert bring(book, file, kind="contacts").same == 19


def test_a_card_that_the_database_refuses_is_the_only_one_that_is_left_out(book: Book) -> None:
    _refuse_ghosts(book)
    cards = [
        f"BEGIN:VCARD\nVERSION:3.0\nFN:Person {at}\nUID:{at}@host\nORG:AG-1\n"
        f"TITLE:{'Ghost' if at == 2 else 'Officer'}\nEND:VCARD\n"
        for at in range(5)
    ]
    with book.writing("test") as changing:
        found = run.cards(changing.session, vcard_reader.read(BytesIO("".join(cards).encode())), Wish(today=TODAY))
    assert (found.new, [each.row for each in found.problems]) == (4, [15])
    assert {row["uid"] for row in book.reader.contacts()} == {f"{at}@host" for at in (0, 1, 3, 4)}
    assert check(engine(book.settings.database)) == []
