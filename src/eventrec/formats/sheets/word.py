"""The tables of a Word document, each as a sheet."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from eventrec.errors import UsageError
from eventrec.formats.sheets.records import Sheet, SheetFile, Unreadable, trimmed

if TYPE_CHECKING:
    from pathlib import Path

    from eventrec.formats.sheets.records import CellValue, Row

_DAY: Final = re.compile(r"(?:date|日期)\D{0,20}(\d{4}-\d{2}-\d{2})", re.IGNORECASE)


def read(path: Path) -> SheetFile:
    """Return the tables of a document. A date that stands above a table, as on our sign-in sheets, is its first row.

    Raises UsageError where python-docx is not installed, and Unreadable.
    """
    try:
        from docx import Document
        from docx.table import Table
    except ImportError as error:
        raise UsageError("Word documents need one more library.", "Install it: pip install 'eventrec[docx]'") from error
    try:
        blocks = list(Document(str(path)).iter_inner_content())
    except Exception as error:
        raise Unreadable(f"{path} is damaged or no Word document.", "Open it in Word and save it again.") from error
    sheets: list[Sheet] = []
    day: str | None = None
    for block in blocks:
        if not isinstance(block, Table):
            found = _DAY.search(block.text)
            day = found[1] if found else day
            continue
        rows: list[Row] = [("Date 日期", date.fromisoformat(day))] if day else [()]
        for row in block.rows:
            cells: list[CellValue] = [" ".join(cell.text.split()) for cell in row.cells]
            rows.append(trimmed(cells))
        sheets.append(Sheet(f"table {len(sheets) + 1}", rows))
    if not sheets:
        raise Unreadable(f"{path} has no table.", "Put the list into a table, or import an XLSX or CSV file.")
    return SheetFile("docx", tuple(sheets))
