"""Reading tables out of files: workbooks, text tables, tables of a Word document.

What a file is, its content says and not its name. Nothing here knows what the rows mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.formats.sheets.kind import kind_of
from eventrec.formats.sheets.records import CellValue, Row, Sheet, SheetFile, Unreadable

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["CellValue", "Row", "Sheet", "SheetFile", "Unreadable", "read"]


def read(path: Path) -> SheetFile:
    """Open a file of sheets. Raises Unreadable naming the file, and the place in it where there is one.

    Rows are read when they are asked for, so an error in the middle of a text table comes then.
    """
    kind = kind_of(path)
    if kind in ("csv", "tsv"):
        from eventrec.formats.sheets.delimited import read as read_text

        return read_text(path)
    if kind == "docx":
        from eventrec.formats.sheets.word import read as read_word

        return read_word(path)
    from eventrec.formats.sheets.workbook import read as read_workbook

    return read_workbook(path, kind)
