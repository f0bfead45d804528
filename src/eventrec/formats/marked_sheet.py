"""A copy of the sheets that were read, with the cells coloured and commented that cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import clean
from eventrec.formats.workbook import Sheet, check_rows, new_workbook, sheet_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from eventrec.formats.sheets import CellValue

NOTE_HEADING: Final = "eventrec"
"""What stands above the column that says what would happen with each row; an import leaves it alone."""

_WIDEST: Final = 40
_LONGEST_COMMENT: Final = 1_000
_COMMENT: Final = {"author": "eventrec", "x_scale": 2, "y_scale": 1}


@dataclass(frozen=True)
class MarkedSheet:
    """A sheet to copy. Rows and columns count from 0; a mark without a column stands in the row's first cell."""

    name: str
    rows: Sequence[Sequence[CellValue]]
    head_row: int | None = None
    marks: Mapping[tuple[int, int | None], str] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    """What would happen, row by row, for a last column."""


def render(sheets: Sequence[MarkedSheet]) -> bytes:
    """Write the copies as one workbook: dates as dates, texts as texts, never a formula."""
    workbook, buffer = new_workbook("eventrec")
    head = workbook.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1, "text_wrap": True, "valign": "top"})
    looks = {
        "cell": workbook.add_format({"valign": "top"}),
        "text": workbook.add_format({"valign": "top", "num_format": "@"}),
        "day": workbook.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"}),
        "bad": workbook.add_format({"valign": "top", "bg_color": "#F8CBAD", "num_format": "@"}),
        "note": workbook.add_format({"valign": "top", "italic": True, "font_color": "#595959"}),
    }
    used: set[str] = set()
    for each in sheets:
        check_rows(len(each.rows))
        name = sheet_name(each.name)
        while name.lower() in used:
            name = f"{name[:28]} {len(used) + 1}"
        used.add(name.lower())
        _write(Sheet(workbook.add_worksheet(name)), each, head, looks)
    workbook.close()
    return buffer.getvalue()


def _write(sheet: Sheet, each: MarkedSheet, head: Format, looks: Mapping[str, Format]) -> None:
    last = max((len(row) for row in each.rows), default=0)
    for at, row in enumerate(each.rows):
        for column, cell in enumerate(row):
            _cell(sheet, at, column, cell, head if at == each.head_row else None, looks)
        if at in each.notes:
            sheet.text(at, last, each.notes[at], looks["note"])
    if each.notes and each.head_row is not None:
        sheet.text(each.head_row, last, NOTE_HEADING, head)
    comments: dict[tuple[int, int], list[str]] = {}
    for (at, marked), message in each.marks.items():
        comments.setdefault((at, marked or 0), []).append(message)
    for (at, column), messages in comments.items():
        row = each.rows[at]
        _cell(sheet, at, column, row[column] if column < len(row) else None, looks["bad"], looks)
        _comment(sheet.worksheet, at, column, "\n".join(messages))
    sheet.set_widths(_WIDEST)
    if each.head_row is not None:
        sheet.worksheet.freeze_panes(each.head_row + 1, 0)


def _cell(
    sheet: Sheet, at: int, column: int, cell: CellValue, style: Format | None, looks: Mapping[str, Format]
) -> None:
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, date) and not isinstance(cell, datetime) and style is None:
        sheet.write(at, column, cell.isoformat(), "date", looks["cell"], looks["day"])
    elif isinstance(cell, (bool, int)):
        sheet.write(at, column, cell, "integer", style or looks["cell"], looks["day"])
    elif isinstance(cell, float):
        sheet.worksheet.write_number(at, column, cell, style or looks["cell"])
    elif cell is not None or style is not None:
        sheet.text(at, column, _text(cell), style or looks["text"])


def _text(cell: CellValue) -> str:
    if cell is None:
        return ""
    if isinstance(cell, (date, time)):
        return cell.isoformat(" ", "minutes") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell)


def _comment(worksheet: Worksheet, at: int, column: int, message: str) -> None:
    text = clean(message)
    worksheet.write_comment(at, column, text[:_LONGEST_COMMENT], dict(_COMMENT))
