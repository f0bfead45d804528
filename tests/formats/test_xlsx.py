from __future__ import annotations

import io
import zipfile
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventrec.errors import Rejected
from eventrec.formats import registry, workbook, xlsx
from eventrec.formats.cells import NUMBERS, clean
from eventrec.formats.registry import Options
from eventrec.table import Cell, Column, Kind, Report, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet
    from xlsxwriter.format import Format

    from eventrec.formats.workbook import Sheet
    from eventrec.table import Part


def render(table: Table, options: Options) -> bytes:
    return registry.render(table, "xlsx", options)


def read(data: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return sheet


def cell(value: Cell, kind: Kind = "text") -> object:
    return read(render(Table((Column("a", kind),), [(value,)]), Options()))["A2"].value


def test_a_date_is_a_date_and_a_number_a_number(events: Table) -> None:
    row = [one.value for one in read(render(events, Options()))[2]]
    title = ["Workshop on Practical Cooperation on Returns", "返回和重新接纳务实合作研讨会"]
    assert row == [1, datetime(2024, 10, 17), *title, "Beijing", "MMSP-III; CBMM-2", 60.5, True]  # noqa: DTZ001


@pytest.mark.parametrize("text", ["+86 10 5879 9696", "=1+1", "0012", "https://example.org", "1e5", "TRUE", "_x0041_"])
def test_a_text_stays_a_text(text: str) -> None:
    assert cell(text) in (text, text.replace("_x0041_", "_x005F_x0041_"))
    assert read(render(Table((Column("a"),), [(text,)]), Options()))["A2"].data_type == "s"


@pytest.mark.parametrize("day", ["1899-01-01", "1900-02-28", "2024-13-01", "mid-March"])
def test_a_date_that_excel_cannot_hold_stays_a_text(day: str) -> None:
    assert cell(day, "date") == day


def test_a_number_beyond_fifteen_digits_stays_exact() -> None:
    assert cell(12345678901234567, "integer") == "12345678901234567"
    assert cell(Decimal("-12.5"), "decimal") == -12.5


@given(st.text(max_size=20))
@settings(max_examples=60)
def test_any_text_makes_a_sound_workbook(text: str) -> None:
    value = cell("x" + text)
    if "_x" not in text and not {"\ufffe", "\uffff"} & set(text):
        assert value == "x" + clean(text)


def test_the_heading_row_is_frozen_and_filtered(events: Table) -> None:
    sheet = read(render(events, Options(title="Events: 2024/25")))
    assert sheet.title == "Events 2024 25"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H3"
    assert sheet["A1"].font.bold


def test_a_report_has_a_bold_total_and_its_rule_below(report: Report) -> None:
    sheet = read(render(report, Options()))
    assert [one.value for one in sheet[5]] == ["Total", 1, 14, 0, 3]
    assert sheet["C5"].font.bold
    assert [sheet.cell(at, 1).value for at in (7, 8, 9)] == [
        "Asked with: project MMSP-III.",
        "Counted: people who attended events that were held.",
        "Not counted: 2 interpreters.",
    ]


def test_a_lower_bound_is_a_number_that_shows_as_one(report: Report) -> None:
    sheet = read(render(report, Options()))
    assert (sheet["C3"].value, sheet["C3"].number_format) == (2, '"≥"General')
    assert sheet["C2"].number_format == "General"
    assert sheet["C4"].value is None


def test_a_total_stands_under_its_column_when_titles_are_spread(events: Table) -> None:
    spread = Report(events.columns[2:6:3], [(events.rows[0][2], Decimal(60))], total={"share": 60})
    assert spread.names == ("title", "share")
    assert [one.value for one in read(render(spread, Options()))[3]] == ["Total", None, 60]


def test_a_cell_that_is_too_long_is_refused_by_row_and_column() -> None:
    table = Table((Column("a"), Column("b")), [("x", "y" * 32_767), ("x", "y" * 32_768)])
    with pytest.raises(Rejected, match="Row 3, column B holds 32,768 characters"):
        render(table, Options())


def test_characters_outside_the_basic_plane_count_twice() -> None:
    with pytest.raises(Rejected, match="Row 2, column A"):
        render(Table((Column("a"),), [("👍" * 16_384,)]), Options())


def test_more_rows_than_a_sheet_has_are_refused() -> None:
    workbook.check_rows(1_048_576)
    with pytest.raises(Rejected, match="ends at row 1,048,576"):
        workbook.check_rows(1_048_577)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a/b[c]:*?\\d", "a b c d"), ("x" * 40, "x" * 31), ("'", "Sheet1"), ("History", "Sheet1"), ("", "Sheet1")],
)
def test_a_sheet_name_is_one_that_excel_takes(text: str, expected: str) -> None:
    assert workbook.sheet_name(text) == expected


MANY = 1_001
"""Rows that are written row by row: more than are read at a time."""


def sheet_xml(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def test_many_rows_are_written_as_xlsxwriter_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ("a", "", " b ", "c\n", "\td", "<e&f>", "_x0041_", "=g", "日本", "2024-10-17", "'h\"")
    columns = (
        Column("text"), Column("title", "localized"), Column("n", "integer"), Column("share", "decimal"),
        Column("day", "date"), Column("held", "boolean"), Column("codes", "list"), Column("mixed", "integer"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            texts[i % len(texts)], {"en": texts[(i * 7) % len(texts)]} if i % 3 else None, 10**15 - i % 2,
            Decimal(i) / 8, ("2024-10-17", "1900-02-28", "soon", None)[i % 4], (True, False, None)[i % 3],
            [texts[i % 5], "z"] if i % 2 else [], (i, None, True)[i % 3],
        )
        for i in range(MANY)
    ]  # fmt: skip
    table = Table(columns, rows)
    ours = sheet_xml(render(table, Options()))
    monkeypatch.setattr(xlsx, "SheetRows", OneByOne)
    assert ours == sheet_xml(render(table, Options()))


class OneByOne:
    """Writes rows as SheetRows does, in XlsxWriter's own way."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column], text: Format, number: Format, day: Format) -> None:
        self.sheet, self.columns, self.styles, self.last = sheet, columns, (text, number, day), 0

    def write(self, part: Part) -> None:
        text, number, day = self.styles
        for row in zip(*part, strict=True):
            self.last += 1
            for i, (column, cell) in enumerate(zip(self.columns, row, strict=True)):
                self.sheet.write(self.last, i, cell, column.kind, number if column.kind in NUMBERS else text, day)

    def close(self) -> None:
        pass

    def give_up(self) -> None:
        raise AssertionError


def test_many_rows_read_as_few_do() -> None:
    table = Table((Column("id", "integer"), Column("name")), [(i, f"<{i}>") for i in range(MANY)])
    sheet = read(render(table, Options()))
    assert [cell.value for cell in sheet[MANY + 1]] == [MANY - 1, f"<{MANY - 1}>"]
    assert (sheet.max_row, sheet.auto_filter.ref, sheet.freeze_panes) == (MANY + 1, f"A1:B{MANY + 1}", "A2")


def test_in_many_rows_a_cell_that_is_too_long_is_named_too() -> None:
    table = Table((Column("a"), Column("b")), [("x", "y")] * MANY + [("x", "y" * 32_768)])
    with pytest.raises(Rejected, match="Row 1003, column B holds 32,768 characters"):
        render(table, Options())


@pytest.mark.parametrize("rows", [1, MANY])
def test_what_looks_like_a_piece_of_the_sheet_stays_a_text(rows: int) -> None:
    text = "<r><t>a</t></r>"
    assert read(render(Table((Column("a"),), [(text,)] * rows), Options()))["A2"].value == text
