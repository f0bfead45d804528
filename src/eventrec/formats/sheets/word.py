"""The tables of a Word document, each as a sheet."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import UsageError
from eventrec.formats.sheets.records import Sheet, SheetFile, Unreadable, damaged, trimmed

if TYPE_CHECKING:
    from pathlib import Path

    from eventrec.formats.sheets.records import CellValue, Row

_DAY: Final = re.compile(r"(?:date|日期)\D{0,20}(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_NAMED: Final = (".docx", ".docm", ".dotx", ".dotm")


def read(path: Path) -> SheetFile:
    """Return the tables of a document. A date that stands above a table, as on our sign-in sheets, is its first row.

    Cells are text on one line. Raises UsageError where python-docx is not installed, and Unreadable.
    """
    try:
        from docx import Document
        from docx.table import Table
    except ImportError as error:
        raise UsageError("Word documents need one more library.", "Install it: pip install 'eventrec[docx]'") from error
    sheets: list[Sheet] = []
    day: date | None = None
    try:
        for block in Document(str(path)).iter_inner_content():
            if isinstance(block, Table):
                above: list[Row] = [("Date 日期", day)] if day else []
                name = f"table {len(sheets) + 1}"
                sheets.append(Sheet(name, above + [_row(row) for row in block.rows]))
            else:
                day = _day(block.text) or day
    except Exception as error:  # the library has no error of its own for what it cannot read
        raise damaged(path, "it is no Word document that can be read") from error
    if not sheets:
        raise Unreadable(f"{path} has no table.", "Put the list into a table, or import an XLSX or CSV file.")
    told = () if path.suffix.lower() in _NAMED else (f"{path.name} was read as DOCX.",)
    return SheetFile("docx", tuple(sheets), told)


def _row(row: Any) -> Row:  # noqa: ANN401
    """Return the cells of a row; of one merged over several columns only the first holds its text."""
    cells: list[CellValue] = [None] * row.grid_cols_before
    before = None
    for cell in row.cells:
        same, before = cell._tc is before, cell._tc
        cells.append(None if same else " ".join(cell.text.split()))
    return trimmed(cells)


def _day(text: str) -> date | None:
    found = _DAY.search(text)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
