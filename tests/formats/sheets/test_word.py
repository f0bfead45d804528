from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import docx
import pytest
from tests.formats.sheets.make import archive, rows

from eventrec.errors import Rejected, UsageError
from eventrec.formats import sheets

if TYPE_CHECKING:
    from pathlib import Path


def document(path: Path, *above: str, table: list[list[str]] | None = None) -> Path:
    made = docx.Document()
    for text in above:
        made.add_paragraph(text)
    if table:
        grid = made.add_table(len(table), len(table[0]))
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                grid.cell(row, column).text = cell
    made.save(str(path))
    return path


def test_each_table_is_a_sheet(tmp_path: Path) -> None:
    path = document(tmp_path / "list.docx", "Participants", table=[["Name", "单位"], ["LI\nNa ", ""], ["", ""]])
    file = sheets.read(path)
    assert (file.kind, [sheet.name for sheet in file.sheets]) == ("docx", ["table 1"])
    assert rows(path) == [("Name", "单位"), ("LI Na",), ()]


def test_the_date_above_a_table_is_its_first_row(tmp_path: Path) -> None:
    path = document(tmp_path / "list.docx", "Date 日期: 2024-10-17", table=[["Name"]])
    assert rows(path) == [("Date 日期", date(2024, 10, 17)), ("Name",)]


def test_merged_cells_hold_for_rows_and_not_for_columns(tmp_path: Path) -> None:
    path = document(tmp_path / "list.docx", table=[["", ""], ["", "LI Na"], ["", "WANG Wei"]])
    made = docx.Document(str(path))
    grid = made.tables[0]
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "Participants"
    grid.cell(1, 0).merge(grid.cell(2, 0)).text = "NIA"
    made.save(str(path))
    assert rows(path) == [("Participants",), ("NIA", "LI Na"), ("NIA", "WANG Wei")]


def test_a_document_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match="has no table"):
        sheets.read(document(tmp_path / "list.docx", "Dear all"))


def test_a_broken_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match=r"list\.docx is damaged"):
        sheets.read(archive(tmp_path / "list.docx", {"word/document.xml": b"<w:document"}))


def test_the_library_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = document(tmp_path / "list.docx", table=[["Name"]])
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(UsageError) as refused:
        sheets.read(path)
    assert "pip install 'eventrec[docx]'" in refused.value.hint


def test_a_cell_that_spans_more_columns_than_there_are_is_refused(tmp_path: Path) -> None:
    from tests.faults import bombs

    for properties in (b'<w:gridSpan w:val="2000000000"/>', b'<w:gridSpan w:val="16385"/>'):
        cell = bombs.word_cell(b"x", b"<w:tcPr>" + properties + b"</w:tcPr>")
        bombs.docx(tmp_path / "list.docx", bombs.table(bombs.word_row(cell)))
        with pytest.raises(Rejected, match=r"list\.docx: a table in it has more than the 16,384 columns"):
            sheets.read(tmp_path / "list.docx")
