"""Streams in every format: the octets of a table, of which few rows are held at a time."""

from __future__ import annotations

import tracemalloc
from array import array
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from eventrec.formats import flat
from eventrec.formats.registry import FORMATS, Content, Options, render
from eventrec.table import Anew, Cell, Column, Joined, Piece, Stream, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from eventrec.table import Lines, Part

COLUMNS = (
    Column("id", "integer"), Column("title", "localized"), Column("name"), Column("held", "boolean"),
    Column("share", "decimal"), Column("day", "date"), Column("codes", "list"), Column("more", "object"),
)  # fmt: skip
TEXTS = (
    "", "plain", "a, b", 'a "b"', "two\nlines", "tab\there", "back\\slash", "=1+1", "é·中文", "ESC \x1b", "C1 \x9b",
    "DEL \x7f", "CR\r\nLF\r", "lone \ud800", "{}%s", "|*_<b>", "-", "'=", "\\u0001", "\u2028\u202e",
)  # fmt: skip


def row(i: int, language: str = "zh") -> tuple[Cell, ...]:
    text = TEXTS[i % len(TEXTS)]
    return (
        None if i % 7 == 3 else i, {"en": text, language: f"{i}"} if i % 5 else None, text if i % 3 else None,
        (True, False, None)[i % 3], Decimal(i) / 4 if i % 2 else None, "2024-10-17" if i % 2 else None,
        [text, "x"] if i % 4 == 1 else [], {"k": [text, Decimal("1.50"), None]} if i % 4 == 2 else None,
    )  # fmt: skip


def stream(rows: Sequence[tuple[Cell, ...]], size: int = 3) -> Stream:
    def ask(wanted: tuple[Column, ...]) -> Iterator[Part]:
        at = [COLUMNS.index(column) for column in wanted]
        for start in range(0, len(rows), size):
            columns = list(zip(*rows[start : start + size], strict=True))
            yield [columns[i] for i in at]

    return Stream(COLUMNS, ask)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "xlsx"])
@pytest.mark.parametrize("options", [Options(), Options(for_excel=True, width=60, languages="both")])
def test_a_stream_is_written_as_the_table_of_its_rows(name: str, options: Options) -> None:
    rows = [row(i) for i in range(2 * len(TEXTS))]
    assert render(stream(rows), name, options) == render(Table(COLUMNS, rows), name, options)


def joined(rows: Sequence[tuple[Cell, ...]], *widths: int) -> Joined:
    """Return rows as pieces of so many columns, each of which is there once."""
    pieces, start = [], 0
    for width in widths:
        cells = [row[start : start + width] for row in rows]
        different = [cell for at, cell in enumerate(cells) if cell not in cells[:at]]
        pieces.append(Piece(different, array("I", map(different.index, cells))))
        start += width
    return Joined(tuple(pieces))


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "xlsx"])
@pytest.mark.parametrize("options", [Options(), Options(for_excel=True, width=60, languages="both")])
@pytest.mark.parametrize("widths", [(2, 0, 6), (8,), (1, 1, 1, 1, 1, 1, 2)])
def test_rows_of_pieces_are_written_as_the_same_rows_are(name: str, options: Options, widths: tuple[int, ...]) -> None:
    rows = [*(row(i, "nl") for i in range(2 * len(TEXTS))), *(row(i) for i in range(len(TEXTS)))]
    assert render(Table(COLUMNS, joined(rows, *widths)), name, options) == render(Table(COLUMNS, rows), name, options)
    nothing = Table(COLUMNS, joined([], *widths))
    assert render(nothing, name, options) == render(Table(COLUMNS, []), name, options)


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_each_different_piece_becomes_a_text_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    texts = flat._texts

    def counting(cells: Sequence[Cell]) -> Sequence[str]:
        counted.append(len(cells))
        return texts(cells)

    monkeypatch.setattr(flat, "_texts", counting)
    rows = [("A", number % 3, number % 5) for number in range(5_000)]
    columns = (Column("a"), Column("b", "integer"), Column("c", "integer"))
    assert len(render(Table(columns, joined(rows, 1, 1, 1)), name, Options()).splitlines()) == 5_001
    assert sum(counted) == 1 + 3 + 5


@pytest.mark.parametrize("name", ["csv", "tsv"])
@pytest.mark.parametrize("name_of_it", ["name", "held", "id"])
def test_a_stream_of_one_column_is_written_as_its_table(name: str, name_of_it: str) -> None:
    rows = [row(i) for i in range(2 * len(TEXTS))]
    table = Table(COLUMNS, rows).pick(name_of_it)
    assert render(stream(rows).pick(name_of_it), name, Options()) == render(table, name, Options())


@pytest.mark.parametrize("name", list(FORMATS))
def test_no_rows_are_written_as_an_empty_table(name: str) -> None:
    assert render(stream([]), name, Options()) == render(Table(COLUMNS, []), name, Options())
    assert not stream([])


@pytest.mark.parametrize("name", ["csv", "tsv", "xlsx"])
def test_a_language_that_turns_up_late_has_its_column(name: str) -> None:
    rows = [row(1), row(2), row(3), row(4, "nl"), row(6, "mn-Cyrl"), row(7)]
    content = Content(stream(rows, 1), name, Options())
    with pytest.raises(Anew):
        b"".join(content)
    assert b"".join(content)  # it has learnt
    if name != "xlsx":
        assert b"".join(content) == render(Table(COLUMNS, rows), name, Options())
    assert render(stream(rows, 1), name, Options())


def test_as_many_rows_as_come_at_once_are_asked_for_once() -> None:
    asked = []

    def ask(_: tuple[Column, ...]) -> Iterator[Part]:
        asked.append(1)
        yield [[1, 2]]

    few = Stream((Column("a", "integer"),), ask)
    assert few
    assert list(few.rows) == list(few.rows) == [(1,), (2,)]
    assert list(few.pick("a").rows) == [(1,), (2,)]
    assert len(asked) == 1


def test_nothing_is_asked_before_it_is_wanted() -> None:
    def ask(_: tuple[Column, ...]) -> Iterator[Part]:
        raise AssertionError

    Stream(COLUMNS, ask).pick("id").map(list, COLUMNS[:1])


@pytest.mark.parametrize("name", ["csv", "tsv"])
@pytest.mark.parametrize("text", ["\x1f", "\x1b", "\r", "\x7f", "\x85", "\ud800"])
def test_lines_with_something_to_be_cleaned_come_as_cells(name: str, text: str) -> None:
    rows: list[Sequence[Cell]] = [("a", f"b{text}"), ("c", "d")]

    def ask(_: object) -> Iterator[Part]:
        yield list(zip(*rows, strict=True))

    def ask_lines(_: object) -> Iterator[Lines]:
        yield ["\x1f".join(map(str, row)) for row in rows]

    columns = (Column("x"), Column("y"))
    content = Content(Stream(columns, ask, ask_lines), name, Options())
    with pytest.raises(Anew):
        b"".join(content)
    assert b"".join(content) == render(Table(columns, [tuple(row) for row in rows]), name, Options())


@pytest.mark.parametrize("name", list(FORMATS))
def test_memory_does_not_grow_with_the_rows(name: str) -> None:
    few, many = (_peak(name, parts) for parts in (6, 36))
    assert many < 1.25 * few + 50_000


def _peak(name: str, parts: int) -> int:
    """Return the octets in use at most while so many parts of rows are written."""

    def ask(wanted: tuple[Column, ...]) -> Iterator[Part]:
        for part in range(parts):
            yield [[made[column.kind](part * 100 + i) for i in range(100)] for column in wanted]

    made: dict[str, Callable[[int], Cell]] = {
        "text": lambda i: f"person {i} of the office for newcomers", "integer": int,
        "localized": lambda i: {"en": f"Title {i}", "zh": f"标题{i}"},
    }  # fmt: skip
    content = Content(Stream((COLUMNS[0], COLUMNS[1], COLUMNS[2]), ask), name, Options(width=80))
    for _ in content:  # imports and caches
        pass
    tracemalloc.start()
    try:
        for _ in content:
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
