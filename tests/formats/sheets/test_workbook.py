from __future__ import annotations

import os
import sys
from datetime import date, datetime, time, timedelta
from itertools import islice
from threading import Event
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import PatternFill
from tests.formats.sheets.make import archive, kept_at_once, rows, workbook

from eventrec.errors import Rejected
from eventrec.formats import sheets
from eventrec.formats.sheets import workbook as opened

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet


def page(path: Path, fill: object) -> Path:
    """Write a workbook whose only sheet is filled by a function."""
    with xlsxwriter.Workbook(path) as book:
        fill(book, book.add_worksheet("名单"))  # type: ignore[operator]
    return path


def test_rows_and_columns_are_numbered_as_in_the_file(tmp_path: Path) -> None:
    def fill(_: object, sheet: Worksheet) -> None:
        sheet.write("C4", "Name")
        sheet.write("B6", "LI Na")

    path = page(tmp_path / "list.xlsx", fill)
    assert rows(path) == [(), (), (), (None, None, "Name"), (), (None, "LI Na")]


def test_cells_keep_their_types(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        day, moment, hour, length = (
            book.add_format({"num_format": each}) for each in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm", "[h]:mm:ss")
        )
        sheet.write_datetime(0, 0, datetime(2024, 10, 17), day)  # noqa: DTZ001
        sheet.write_datetime(0, 1, datetime(2024, 10, 17, 9, 30), moment)  # noqa: DTZ001
        sheet.write_datetime(0, 2, time(9, 30), hour)
        sheet.write_datetime(0, 3, timedelta(hours=36, minutes=30), length)
        sheet.write_row(0, 4, [2.5, True, "007"])
        sheet.write_string(0, 7, "=1+1")
        sheet.write_formula(0, 8, "=1+1", None, 2)

    assert rows(page(tmp_path / "list.xlsx", fill)) == [
        (
            date(2024, 10, 17),
            datetime(2024, 10, 17, 9, 30),  # noqa: DTZ001
            time(9, 30),
            "36:30:00",
            2.5,
            True,
            "007",
            "=1+1",
            2,
        )
    ]


def test_errors_in_cells_stay_text(tmp_path: Path) -> None:
    def fill(_: object, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ["Name", "单位"])
        for row, error in enumerate(["#N/A", "#REF!", "#DIV/0!"], 1):
            sheet.write(row, 0, "LI Na")
            sheet.write_formula(row, 1, "=A1", None, error)

    got = rows(page(tmp_path / "list.xlsx", fill))
    assert [row[1] for row in got[1:]] == ["#N/A", "#REF!", "#DIV/0!"]


def test_errors_stay_with_their_sheet(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("a").write("A1", "Name")
        book.add_worksheet("b").write_formula("A1", "=NA()", None, "#N/A")
    assert [list(sheet.rows) for sheet in sheets.read(path).sheets] == [[("Name",)], [("#N/A",)]]


def test_a_title_merged_over_columns_stands_in_the_first(tmp_path: Path) -> None:
    def fill(_: object, sheet: Worksheet) -> None:
        sheet.merge_range("A1:C1", "Participants 参会名单")
        sheet.write_row(1, 0, ["Name", "City", "Sex"])

    assert rows(page(tmp_path / "list.xlsx", fill))[0] == ("Participants 参会名单",)


def test_a_cell_merged_over_rows_holds_for_each_row_that_holds_anything(tmp_path: Path) -> None:
    def fill(_: object, sheet: Worksheet) -> None:
        sheet.merge_range("A1:A4", "NIA")
        for row in (0, 1, 3):
            sheet.write(row, 1, f"person {row}")
        sheet.write("B6", "nobody's")

    assert rows(page(tmp_path / "list.xlsx", fill)) == [
        ("NIA", "person 0"),
        ("NIA", "person 1"),
        (),
        ("NIA", "person 3"),
        (),
        (None, "nobody's"),
    ]


def test_a_title_merged_over_rows_and_columns_stands_once(tmp_path: Path) -> None:
    def fill(_: object, sheet: Worksheet) -> None:
        sheet.merge_range("A1:B2", "Participants")
        sheet.write("C2", "2024")

    assert rows(page(tmp_path / "list.xlsx", fill)) == [("Participants",), (None, None, "2024")]


def test_hidden_sheets_are_marked_and_charts_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("first").write("A1", 1)
        book.add_chartsheet("chart").set_chart(chart := book.add_chart({"type": "line"}))
        chart.add_series({"values": "=first!$A$1:$A$1"})
        book.add_worksheet("hidden").hide()
        book.add_worksheet("very").very_hidden()
        book.add_worksheet("last").write("A1", "last")
    found = sheets.read(path).sheets
    assert [(sheet.name, sheet.hidden) for sheet in found] == [
        ("first", False),
        ("hidden", True),
        ("very", True),
        ("last", False),
    ]
    assert list(found[-1].rows) == [("last",)]


def test_rows_may_be_gone_through_twice_and_left_halfway(tmp_path: Path) -> None:
    sheet = sheets.read(workbook(tmp_path / "list.xlsx", *[(number,) for number in range(50)])).sheets[0]
    assert list(islice(sheet.rows, 2)) == [(0,), (1,)]
    assert len(list(sheet.rows)) == len(list(sheet.rows)) == 50


def test_an_empty_sheet_has_no_rows(tmp_path: Path) -> None:
    assert rows(workbook(tmp_path / "list.xlsx")) == []


def test_formatting_far_below_costs_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "Name"
    sheet.cell(1_048_576, 9).fill = PatternFill("solid", fgColor="FF0000")
    book.save(tmp_path / "list.xlsx")
    assert rows(tmp_path / "list.xlsx") == [("Name",)]


def cells(path: Path, **content: str) -> Path:
    book = openpyxl.Workbook()
    for place, value in content.items():
        book.worksheets[0][place] = value
    book.save(path)
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="only there is memory limited")
@pytest.mark.parametrize("far", ["XFD1048576", "CV1048576"], ids=["400 GB", "2.5 GB"])
def test_cells_far_apart_are_one_sentence(tmp_path: Path, far: str) -> None:
    path = cells(tmp_path / "list.xlsx", A1="x", **{far: "y"})
    with pytest.raises(Rejected, match=r"list\.xlsx, sheet Sheet needs more memory than a sheet should"):
        rows(path)


def test_a_stray_cell_far_below_is_told_with_its_row(tmp_path: Path) -> None:
    path = cells(tmp_path / "list.xlsx", A1="x", A200000="y")
    with pytest.raises(Rejected, match="sheet Sheet: between row 1 and row 200000 there is nothing"):
        rows(path)


def test_a_workbook_without_its_parts_is_damaged(tmp_path: Path) -> None:
    path = archive(tmp_path / "list.xlsx", {"xl/workbook.xml": b"<workbook/>"})
    with pytest.raises(Rejected, match="is damaged"):
        sheets.read(path)


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """Let another script do the child's work."""
    child = tmp_path / "child.py"
    child.write_text(script)
    monkeypatch.setattr(opened, "_CHILD", child)
    return workbook(tmp_path / "list.xlsx", ("Name",))


def test_a_child_that_says_nothing_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = stand_in(tmp_path, monkeypatch, "import time\ntime.sleep(60)\n")
    monkeypatch.setattr(opened, "_PATIENCE", 0.2)
    with pytest.raises(Rejected, match="takes longer to open than a sheet should"):
        sheets.read(path)


def test_time_that_the_reader_of_the_rows_takes_is_not_the_childs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "list.xlsx", *[("x" * 1000,)] * 500)
    sheet = sheets.read(path).sheets[0]
    monkeypatch.setattr(opened, "_PATIENCE", 0.3)
    got = iter(sheet.rows)
    next(got)
    Event().wait(1)
    assert len(list(got)) == 499


@pytest.mark.skipif(os.name == "nt", reason="there are no signals there")
def test_a_child_that_is_brought_down_is_a_matter_of_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = stand_in(tmp_path, monkeypatch, "import os\nos.abort()\n")
    with pytest.raises(Rejected, match="needs more memory"):
        sheets.read(path)


def test_a_child_that_ends_without_its_last_word_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stand_in(tmp_path, monkeypatch, "print('[0, \"Sheet1\", false]')\n")
    with pytest.raises(Rejected, match="cannot be opened"):
        sheets.read(path)


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_is_no_hindrance(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", ("Name",)).rename(tmp_path / os.fsdecode(b"\xff\xfe.xlsx"))
    assert rows(path) == [("Name",)]


def test_many_rows_do_not_stay_in_memory(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", *[(f"name {number}", "x" * 100, number) for number in range(5_000)])
    assert kept_at_once(sheets.read(path).sheets[0]) < 200_000
