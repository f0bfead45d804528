"""Rows that come as lines say what their cells say, and come as cells where something is to be cleaned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.views.book import fill

from eventrec.errors import DatabaseUnavailable
from eventrec.formats.registry import Content, Options, asked, render
from eventrec.table import Anew, Table
from eventrec.views.dialect import VIEWS

if TYPE_CHECKING:
    from tests.views.book import Book

    from eventrec.views.reader import Reader

FORMATS = ("csv", "tsv")
HOSTILE = {"en": 'a, "b"\n=1+1', "zh": "一\t二\\三", "nl": "C1"}


def cells(reader: Reader, view: str) -> Table:
    found = reader.everything(view)
    return Table(found.columns, list(found.rows))


@pytest.fixture
def filled(book: Book) -> Book:
    fill(book)
    event = book.event('E, “F” "G"', "2024-01-01", note="two\nlines, \t and \\", latitude=39.9, longitude=100.0)
    contact = book.contact(HOSTILE, note="=1+1")
    book.named(event, contact, status="attended", agency_name=HOSTILE, note="-")
    book.unnamed(event, 3, approximate=True)
    return book


def test_lines_say_what_the_cells_say(filled: Book) -> None:
    reader = filled.reader
    for view in VIEWS:
        for name in FORMATS:
            for options in (Options(), Options(for_excel=True)):
                assert render(reader.everything(view), name, options) == render(cells(reader, view), name, options)


def test_columns_that_are_picked_are_lines_too(filled: Book) -> None:
    picked = ("note", "id", "title", "days", "topics", "latitude")
    found = filled.reader.stream("v_event", picked, order=("-starts_on",), limit=3)
    table = filled.reader.table("v_event", picked, order=("-starts_on",), limit=3)
    assert render(found, "csv", Options()) == render(table, "csv", Options())


def test_a_wide_row_comes_as_few_texts(filled: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    widths = []
    batches = filled.reader.batches

    def noted(sql: str, params: object = None) -> object:
        for rows in batches(sql, params):  # type: ignore[arg-type]
            widths.append(len(rows[0]))
            yield rows

    monkeypatch.setattr(filled.reader, "batches", noted)
    found = filled.reader.records("participants")
    assert asked(found, "csv")
    assert render(found, "csv", Options())
    assert len(found.columns) > 40
    assert set(widths) <= {12, 5}  # the texts between those by language and the list; those by language alone


def test_the_question_whether_there_is_a_row_is_the_one_that_is_written(
    filled: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = []
    batches = filled.reader.batches
    monkeypatch.setattr(filled.reader, "batches", lambda *words: put.append(words) or batches(*words))
    found = filled.reader.records("agencies")
    assert asked(found, "csv")
    assert b"".join(Content(found, "csv", Options()))
    assert len(put) == 1
    assert asked(filled.reader.records("agencies"), "json")
    assert len(put) == 2


def test_a_language_without_a_column_is_found_before_anything_is_written(filled: Book) -> None:
    found = filled.reader.records("contacts")
    assert asked(found, "csv")
    assert b"name_nl" in b"".join(Content(found, "csv", Options()))


def test_what_is_to_be_cleaned_begins_anew_as_cells(filled: Book) -> None:
    filled.event("E", "2024-01-01", note="a\x1fb")
    content = Content(filled.reader.stream("v_event", ("id", "note", "kind")), "csv", Options())
    with pytest.raises(Anew):
        b"".join(content)
    assert b",ab,workshop\n" in b"".join(content)


def test_a_text_of_no_such_language_map_is_damage(sqlite_book: Book) -> None:
    sqlite_book.event("E")
    sqlite_book.reader.connection.execute("PRAGMA ignore_check_constraints=ON")
    try:
        sqlite_book.reader.connection.execute("UPDATE event SET title = '{\"en\": '")
        with pytest.raises(DatabaseUnavailable, match="is damaged"):
            render(sqlite_book.reader.stream("v_event", ("id", "title")), "csv", Options())
    finally:
        sqlite_book.clear()
        sqlite_book.reader.connection.execute("PRAGMA ignore_check_constraints=OFF")


@pytest.mark.parametrize("name", ["csv", "tsv", "json"])
@pytest.mark.parametrize("value", ["'abc'", "x'6162'"])
def test_a_word_where_a_number_belongs_is_damage_in_every_format(sqlite_book: Book, value: str, name: str) -> None:
    sqlite_book.event("E")
    sqlite_book.reader.connection.execute("PRAGMA ignore_check_constraints=ON")
    try:
        sqlite_book.reader.connection.execute(f"UPDATE event SET days = {value}, version = {value}")
        with pytest.raises(DatabaseUnavailable, match="is damaged"):
            render(sqlite_book.reader.stream("v_event", ("id", "days", "version", "note")), name, Options())
    finally:
        sqlite_book.clear()
        sqlite_book.reader.connection.execute("PRAGMA ignore_check_constraints=OFF")


def test_what_is_neither_true_nor_false_is_told_as_the_cells_tell_it(sqlite_book: Book) -> None:
    sqlite_book.uncounted(sqlite_book.event("E"), agency_id=sqlite_book.agency("EX"))
    sqlite_book.reader.connection.execute("PRAGMA ignore_check_constraints=ON")
    try:
        sqlite_book.reader.connection.execute("UPDATE participation SET approximate = 5")
        stream = sqlite_book.reader.stream("v_participation", ("approximate", "role", "note"))
        assert render(stream, "csv", Options()).splitlines()[1] == b"false,participant,"
    finally:
        sqlite_book.clear()
        sqlite_book.reader.connection.execute("PRAGMA ignore_check_constraints=OFF")
