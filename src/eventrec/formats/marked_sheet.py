"""A copy of the sheets that were read, with the cells coloured and commented that cannot be taken."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from eventrec.formats.cells import clean
from eventrec.formats.width import width
from eventrec.formats.workbook import LONGEST_CELL, Sheet, check_rows, new_workbook, sheet_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from eventrec.formats.sheets import CellValue

NOTE_HEADING: Final = "eventrec"
"""What stands above the column that says what would happen with each row; an import leaves it alone."""

_WIDEST: Final = 40
_MEASURED: Final = 1_000
"""Rows that the widths of the columns are taken from."""

_LONGEST_COMMENT: Final = 1_000
_MOST_COMMENTS: Final = 10_000
"""Comments of one sheet; Excel draws each one, and with more it takes minutes to open."""

_FIRST_MOMENT: Final = datetime(1900, 3, 1)  # noqa: DTZ001 (a cell has no time zone)
_BAD: Final = {"bg_color": "#F8CBAD"}
_HEAD: Final = {"bold": True, "bg_color": "#DDE6F0", "bottom": 1, "text_wrap": True, "valign": "top"}
_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "number": {"valign": "top"},
    "text": {"valign": "top", "num_format": "@"},
    "day": {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"},
    "moment": {"valign": "top", "num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    "hour": {"valign": "top", "num_format": "hh:mm", "align": "left"},
}
_NOTE: Final = {"valign": "top", "italic": True, "font_color": "#595959"}

_Looks = dict[str, "Format"]


@dataclass(frozen=True)
class MarkedSheet:
    """A sheet to copy. Rows and columns count from 0; a mark without a column stands in the row's first cell."""

    name: str
    rows: Sequence[Sequence[CellValue]]
    head_row: int | None = None
    marks: Mapping[tuple[int, int | None], str] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    """What would happen, row by row, for a last column."""


class _Styles:
    """The formats of one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self.usual: _Looks = {name: workbook.add_format(dict(look)) for name, look in _LOOKS.items()}
        self.bad: _Looks = {name: workbook.add_format({**look, **_BAD}) for name, look in _LOOKS.items()}
        self.head: _Looks = dict.fromkeys(_LOOKS, workbook.add_format(_HEAD))
        self.note = workbook.add_format(_NOTE)


def render(sheets: Sequence[MarkedSheet]) -> bytes:
    """Write the copies as one workbook: dates as dates, texts as texts, never a formula. Raises Rejected.

    A text longer than an Excel cell takes is cut there, and marked.
    """
    workbook, buffer = new_workbook("eventrec", row_by_row=True)
    styles = _Styles(workbook)
    used: set[str] = set()
    for each in sheets:
        columns = max((len(row) for row in each.rows), default=0)
        check_rows(len(each.rows), columns + 1)
        _write(Sheet(workbook.add_worksheet(_unused(sheet_name(each.name), used))), each, columns, styles)
    workbook.close()
    return buffer.getvalue()


def _unused(name: str, used: set[str]) -> str:
    """Return the name, or with a number behind it when another sheet has it; Excel heeds no case."""
    found, number = name, 1
    while found.lower() in used:
        number += 1
        found = f"{name[: 30 - len(str(number))]} {number}"
    used.add(found.lower())
    return found


def _write(sheet: Sheet, each: MarkedSheet, columns: int, styles: _Styles) -> None:
    """Write one sheet row by row; what was written of a row cannot be changed once the next one has begun."""
    marks = _marks_by_row(each.marks)
    comments = 0
    for at, row in enumerate(each.rows):
        bad = marks.get(at, {})
        usual = styles.head if at == each.head_row else styles.usual
        for column in range(max(len(row), *(marked + 1 for marked in bad), 0)):
            cell = row[column] if column < len(row) else None
            messages = [*bad.get(column, ()), *_cut(cell)]
            _cell(sheet, at, column, cell, styles.bad if messages else usual, marked=bool(messages))
            if messages and comments < _MOST_COMMENTS:
                _comment(sheet, at, column, "\n".join(messages))
                comments += 1
        note = NOTE_HEADING if at == each.head_row and each.notes else each.notes.get(at, "")
        if note:
            sheet.text(at, columns, note, styles.head["text"] if at == each.head_row else styles.note, counts=False)
    _set_up_page(sheet, each, columns)


def _set_up_page(sheet: Sheet, each: MarkedSheet, columns: int) -> None:
    """Set widths by the headings and what stands below them; a title above may run over the cells beside it."""
    first = each.head_row or 0
    for row in each.rows[first : first + _MEASURED]:
        for column, cell in enumerate(row):
            sheet.reserve(column, _wide(_text(cell)))
    sheet.reserve(columns, max(map(_wide, islice(each.notes.values(), _MEASURED)), default=0))
    sheet.set_widths(_WIDEST)
    if each.head_row is not None:
        sheet.worksheet.freeze_panes(each.head_row + 1, 0)
    sheet.worksheet.set_landscape()
    sheet.worksheet.set_paper(9)
    sheet.worksheet.fit_to_pages(1, 0)


def _marks_by_row(marks: Mapping[tuple[int, int | None], str]) -> dict[int, dict[int, list[str]]]:
    found: dict[int, dict[int, list[str]]] = {}
    for (at, column), message in marks.items():
        found.setdefault(at, {}).setdefault(column or 0, []).append(message)
    return found


def _cell(sheet: Sheet, at: int, column: int, cell: CellValue, looks: _Looks, *, marked: bool) -> None:
    """Write a cell by what it is; what Excel cannot hold as such is written as text."""
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, datetime) and cell >= _FIRST_MOMENT:
        sheet.worksheet.write_datetime(at, column, cell, looks["moment"])
    elif isinstance(cell, date) and not isinstance(cell, datetime):
        sheet.write(at, column, cell.isoformat(), "date", looks["text"], looks["day"])
    elif isinstance(cell, time):
        sheet.worksheet.write_datetime(at, column, cell, looks["hour"])
    elif isinstance(cell, int):
        sheet.write(at, column, cell, "integer", looks["number"], looks["day"])
    elif isinstance(cell, float) and math.isfinite(cell):
        sheet.worksheet.write_number(at, column, cell, looks["number"])
    elif cell is not None or marked:
        sheet.text(at, column, _shortened(_text(cell)), looks["text"], counts=False)


def _text(cell: CellValue) -> str:
    if cell is None:
        return ""
    return cell.isoformat(" ", "minutes") if isinstance(cell, datetime) else clean(str(cell))


def _wide(text: str) -> int:
    return max(map(width, text[:_LONGEST_COMMENT].split("\n")))


def _cut(cell: CellValue) -> Sequence[str]:
    """Say that a text is longer than an Excel cell takes."""
    if not isinstance(cell, str) or _units(cell) <= LONGEST_CELL:
        return ()
    return (f"Cut here: the cell holds {len(cell):,} characters, an Excel cell takes {LONGEST_CELL:,}.",)


def _shortened(text: str) -> str:
    if _units(text) <= LONGEST_CELL:
        return text
    return text.encode("utf-16-le")[: LONGEST_CELL * 2].decode("utf-16-le", "ignore")


def _units(text: str) -> int:
    """Return how many characters Excel counts: those beyond the first plane of Unicode are two."""
    return len(text) if len(text) * 2 <= LONGEST_CELL else len(text.encode("utf-16-le")) // 2


def _comment(sheet: Sheet, at: int, column: int, message: str) -> None:
    text = clean(message)
    shown = text if len(text) <= _LONGEST_COMMENT else f"{text[:_LONGEST_COMMENT]}…"
    sheet.worksheet.write_comment(at, column, shown, {"author": "eventrec", "x_scale": 2, "y_scale": 1})
