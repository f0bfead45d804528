"""The tables of a Word document, each as a sheet."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import UsageError
from eventrec.formats.sheets.records import MOST_COLUMNS, Sheet, SheetFile, Unreadable, damaged, trimmed

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
                sheets.append(Sheet(name, above + _rows(path, block)))
            else:
                day = _day(block.text) or day
    except Unreadable:
        raise
    except Exception as error:  # the library has no error of its own for what it cannot read
        raise damaged(path, "it is no Word document that can be read") from error
    if not sheets:
        raise Unreadable(f"{path} has no table.", "Put the list into a table, or import an XLSX or CSV file.")
    told = () if path.suffix.lower() in _NAMED else (f"{path.name} was read as DOCX.",)
    return SheetFile("docx", tuple(sheets), told)


def _rows(path: Path, table: Any) -> list[Row]:  # noqa: ANN401
    """Return the rows of a table; a cell merged over several columns holds for the first, over rows for all of them.

    The library's own way takes a cell's word for how many columns it spans, which may be two thousand million.
    """
    from docx.table import _Cell

    found: list[Row] = []
    above: list[CellValue] = []
    for row in table._tbl.tr_lst:
        spans = [cell.grid_span for cell in row.tc_lst]
        if row.grid_before + sum(spans) > MOST_COLUMNS:
            raise Unreadable(
                f"{path}: a table in it has more than the {MOST_COLUMNS:,} columns that a sheet has.",
                "Make the table anew, and import that.",
            )
        cells: list[CellValue] = [None] * row.grid_before
        for cell, span in zip(row.tc_lst, spans, strict=True):
            at = len(cells)
            goes_on = cell.vMerge == "continue" and at < len(above)
            text = above[at] if goes_on else " ".join(_Cell(cell, table).text.split())
            cells += [text, *[None] * (span - 1)]
        above = cells
        found.append(trimmed(cells))
    return found


def _day(text: str) -> date | None:
    found = _DAY.search(text)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
