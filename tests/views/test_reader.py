from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from eventrec.errors import DatabaseUnavailable, NotFound
from eventrec.models import Change, ChangeSet, Setting
from eventrec.table import Column
from eventrec.views.reader import Reader
from eventrec.views.where import Where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.views.book import Book
    from tests.views.conftest import Planned


class Listening:
    """A connection that keeps what it was asked."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self.asked: tuple[str, Mapping[str, Any]] = ("", {})

    def execute(self, sql: str, params: Mapping[str, Any]) -> Listening:
        self.asked = (sql, params)
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        return []


def asked(dialect: str, sql: str) -> str:
    connection = Listening(dialect)
    Reader(connection).rows(sql, {"name": 1})  # type: ignore[arg-type]
    return connection.asked[0]


def test_names_are_left_to_sqlite() -> None:
    assert asked("sqlite", "x = :name AND y LIKE '%'") == "x = :name AND y LIKE '%'"


def test_names_are_rendered_for_psycopg_and_per_cents_doubled() -> None:
    assert asked("postgresql", "x = :name AND y LIKE '%'") == "x = %(name)s AND y LIKE '%%'"


def test_casts_and_times_of_day_are_no_names() -> None:
    sql = "SELECT x::text, 'HH24:MI:SS', '09:00'"
    assert asked("postgresql", sql) == sql


def test_events_are_by_date_and_those_without_one_last(book: Book) -> None:
    book.event("Undated")
    book.event("Late", "2024-02-01")
    book.event("Afternoon", "2024-01-01", start_time="14:00", timezone="Asia/Shanghai")
    book.event("Morning", "2024-01-01", start_time="09:00", timezone="Asia/Shanghai")
    assert [row["id"] for row in book.reader.events(columns=("id",))] == [4, 3, 2, 1]


def test_only_the_columns_asked_for_are_read_in_their_order(book: Book) -> None:
    book.event("E", "2024-01-01")
    assert list(book.reader.events(columns=("title", "id"))) == [{"title": {"en": "E"}, "id": 1}]


def test_order_can_be_descending_and_rows_limited(book: Book) -> None:
    for day in ("2024-01-01", "2024-01-02", ""):
        book.event("E", day)
    found = book.reader.table("v_event", ("id",), Where("id < :most", {"most": 9}), ("-starts_on",), limit=2)
    assert found.rows == [(2,), (1,)]


@pytest.mark.parametrize(("view", "order"), [("v_contact", ("sort_key", "name_any")), ("v_agency", ("sort_key",))])
def test_what_no_index_orders_is_read_as_it_stands_in_the_file(
    planned: Planned, view: str, order: tuple[str, ...]
) -> None:
    planned.table(view, ("name",), order=order)
    assert planned.steps[0] == f"SCAN {view.removeprefix('v_')}"


def test_cells_are_of_their_column_s_kind(book: Book) -> None:
    event = book.event("E", "2024-01-01", latitude=39.9, longitude=100.0, topics=["returns"])
    book.unnamed(event, 1, approximate=True)
    row = book.reader.event(event)
    assert (row["latitude"], row["longitude"], row["topics"]) == (Decimal("39.9"), Decimal(100), ["returns"])
    assert str(row["longitude"]) == "100"
    assert book.reader.participation(1)["approximate"] is True


@pytest.mark.parametrize(("kind", "value"), [("localized", '{"en": '), ("integer", "many"), ("decimal", "lorem")])
def test_a_cell_of_no_such_kind_is_damage(book: Book, kind: Any, value: str) -> None:
    with pytest.raises(DatabaseUnavailable, match="is damaged"):
        book.reader.select([Column("x", kind)], "SELECT :value AS x", {"value": value})


def test_a_number_that_is_not_there_is_not_found(book: Book) -> None:
    with pytest.raises(NotFound, match="There is no event “7”"):
        book.reader.event(7)


def test_settings_are_json(book: Book) -> None:
    book.add(Setting, key="topics", value=["returns"])
    assert book.reader.setting("topics") == ["returns"]
    assert book.reader.setting("country") is None
    assert book.reader.main_language() == "en"


def test_search_finds_any_noun_in_any_language(book: Book) -> None:
    book.agency("NIA", "National Immigration Administration", "国家移民管理局")
    book.event("Migration 移民", "2024-01-01")
    book.contact("LI Na", "李娜")
    found = [(row["noun"], row["id"], row["code"]) for row in book.reader.search("移民")]
    assert found == [("event", 1, None), ("agency", 1, "NIA")]


@pytest.mark.parametrize("needle", ["100%", "a_b", "c\\d"])
def test_search_takes_wild_cards_literally(book: Book, needle: str) -> None:
    book.event("x", search_text=needle)
    book.event("x", search_text="1000 axb cd")
    assert [row["id"] for row in book.reader.search(needle)] == [1]


def test_history_is_newest_first_and_can_be_of_one_row(book: Book) -> None:
    for number, table in enumerate(("event", "agency", "event"), start=1):
        book.add(ChangeSet, actor="staff", moment=f"2025-01-0{number}T00:00:00Z", command=f"command {number}",
                 reverses_id=1 if number == 3 else None)  # fmt: skip
        book.add(Change, change_set_id=number, table_name=table, row_id=5, row_uid="x", version=1, after={"id": 5})
    assert [row["id"] for row in book.reader.history()] == [3, 2, 1]
    assert [row["id"] for row in book.reader.history(limit=1)] == [3]
    of_event = list(book.reader.history(table_name="event", row_id=5))
    assert [(row["id"], row["reverses"], row["reversed_by"]) for row in of_event] == [(3, 1, None), (1, None, 3)]
    assert (of_event[0]["added"], of_event[0]["rows"]) == (1, ["event 5"])


def test_a_stream_gives_the_rows_of_the_table_whenever_it_is_read(book: Book) -> None:
    for day in ("2024-02-01", "2024-01-01", ""):
        book.event("E", day, topics=["returns"])
    asked = ("v_event", ("id", "title", "topics", "latitude"), Where("id < :most", {"most": 9}), ("-starts_on",))
    stream, table = book.reader.stream(*asked), book.reader.table(*asked)
    assert stream.columns == table.columns
    assert list(stream.rows) == table.rows
    assert list(stream.rows) == table.rows


def test_a_stream_gives_a_row_by_its_names_too(book: Book) -> None:
    book.event("E")
    assert list(book.reader.stream("v_event", ("title", "id"))) == [{"title": {"en": "E"}, "id": 1}]
