"""What every workbook shares: a fixed date, nothing taken for a formula, and Excel's limits said in words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.formats.cells import clean, plain
from eventrec.formats.marks import COMMENT, WRITTEN_ON
from eventrec.formats.width import width

if TYPE_CHECKING:
    from typing import BinaryIO

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from eventrec.table import Cell, Kind

LONGEST_CELL: Final = 32_767
MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
_NARROWEST: Final = 6
_WIDEST: Final = 60
_MARGIN: Final = 2
_LINE_HEIGHT: Final = 15
EXACT: Final = 10**15
# Excel counts a 29 February 1900 that never was; dates before it would be a day wrong.
_FIRST_DAY: Final = date(1900, 3, 1)
_NOT_IN_A_SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def new_workbook(
    title: str, *, row_by_row: bool = False, file: BinaryIO | None = None, folder: str | None = None
) -> tuple[Workbook, BytesIO]:
    """Return an empty workbook with the fixed properties, and the buffer that holds its bytes once closed.

    With `row_by_row` each row goes to the disk when the next begins, and may not be written to again: into `folder`,
    where one is named. With a `file` the bytes go there instead.
    """
    from xlsxwriter import Workbook

    buffer = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "tmpdir": folder}
    mode = "constant_memory" if row_by_row else "in_memory"
    workbook = Workbook(file or buffer, {mode: True, **options})
    workbook.set_properties(
        {"title": clean(title)[:255], "comments": COMMENT, "created": WRITTEN_ON.replace(tzinfo=None)}
    )
    return workbook, buffer


def sheet_name(text: str) -> str:
    r"""Return a name that Excel takes: at most 31 characters, none of `[]:*?/\\`, no apostrophe at its ends."""
    name = _NOT_IN_A_SHEET_NAME.sub(" ", clean(text))
    name = " ".join(name.split())[:31].strip("' ")
    return "Sheet1" if not name or name.lower() == "history" else name


class Sheet:
    """Writes cells of one worksheet by their kind, and remembers how wide its columns have to be.

    Rows and columns are counted from 0 as XlsxWriter does; sentences name them as the reader sees them.
    """

    def __init__(self, worksheet: Worksheet) -> None:
        self.worksheet = worksheet
        self._widths: dict[int, int] = {}
        self._texts: dict[int, list[tuple[int, str]]] = {}

    def write(self, row: int, column: int, cell: Cell, kind: Kind, style: Format, date_style: Format) -> None:
        """Write a cell: a date as a date, a number as a number, all else as text; None leaves it blank."""
        day = day_of(cell) if kind == "date" else None
        if day is not None:
            self.worksheet.write_datetime(row, column, day, date_style)
            self.remember(column, "2024-10-17")
        elif isinstance(cell, bool):
            self.worksheet.write_boolean(row, column, cell, style)
            self.remember(column, "FALSE")
        elif isinstance(cell, (int, Decimal)) and -EXACT < cell < EXACT:
            self.worksheet.write_number(row, column, cell, style)
            self.remember(column, str(cell))
        else:
            self.text(row, column, plain(cell), style)

    def text(self, row: int, column: int, text: str, style: Format, counts: bool = True) -> None:
        """Write a text that stays text. `counts` says whether the column's width heeds it."""
        cleaned = clean(text)
        check_length(cleaned, row + 1, column)
        if cleaned.startswith("<r>") and cleaned.endswith("</r>"):  # XlsxWriter takes that for XML of its own
            self.worksheet.write_rich_string(row, column, *cleaned[:2], cleaned[2:], style)
        elif cleaned:
            self.worksheet.write_string(row, column, cleaned, style)
        else:
            self.worksheet.write_blank(row, column, None, style)
        if counts:
            self.remember(column, cleaned)
            self._texts.setdefault(row, []).append((column, cleaned))

    def set_widths(self, widest: int = _WIDEST) -> None:
        """Give each column the width of its longest line, within reason."""
        for column, cells in self._widths.items():
            self.worksheet.set_column(column, column, min(max(cells + _MARGIN, _NARROWEST), widest))

    def set_heights(self, widest: int) -> None:
        """Give each row the height of its tallest text when no column is wider than `widest`.

        LibreOffice does not find it by itself in a row with borders.
        """
        for row, cells in self._texts.items():
            lines = max(_lines(text, min(self._widths[column] + _MARGIN, widest)) for column, text in cells)
            if lines > 1:
                self.worksheet.set_row(row, lines * _LINE_HEIGHT)

    def paragraph(self, row: int, last_column: int, text: str, style: Format, widest: int) -> None:
        """Write a text over all columns to the last one, as many lines high as it needs; widths are set already."""
        cells = sum(
            min(max(self._widths.get(column, 0) + _MARGIN, _NARROWEST), widest) for column in range(last_column + 1)
        )
        self.worksheet.merge_range(row, 0, row, last_column, "", style)
        self.worksheet.write_string(row, 0, clean(text), style)
        self.worksheet.set_row(row, _lines(text, cells) * _LINE_HEIGHT)

    def reserve(self, column: int, cells: int) -> None:
        """Make a column at least so many characters wide."""
        if cells > self._widths.get(column, 0):
            self._widths[column] = cells

    def remember(self, column: int, text: str) -> None:
        """Make a column at least as wide as a text."""
        self.reserve(column, max(map(width, text.split("\n"))) if "\n" in text else width(text))


def check_length(text: str, row: int, column: int) -> None:
    """Refuse a text that no cell of an Excel sheet takes; rows are counted from 1, columns from 0. Raises Rejected."""
    if len(text) * 2 > LONGEST_CELL and len(text.encode("utf-16-le")) // 2 > LONGEST_CELL:
        raise Rejected(
            f"Row {row}, column {_letters(column)} holds {len(text):,} characters; "
            f"a cell of an Excel sheet takes {LONGEST_CELL:,}.",
            "Write it as CSV or JSON, which have no such limit.",
        )


def check_rows(rows: int, columns: int = 1) -> None:
    """Refuse more rows or columns than an Excel sheet has. Raises Rejected."""
    if rows > MOST_ROWS:
        raise Rejected(
            f"The sheet needs {rows:,} rows; an Excel sheet ends at row {MOST_ROWS:,}.",
            "Write it as CSV, or ask for less with --since and --until.",
        )
    if columns > _MOST_COLUMNS:
        raise Rejected(
            f"The sheet needs {columns:,} columns; an Excel sheet ends at column XFD, the {_MOST_COLUMNS:,}th.",
            "Write it as CSV or JSON.",
        )


def _lines(text: str, cells: int) -> int:
    """Return how many lines a text takes; as words wrap early, the column counts as narrower than it is."""
    return sum(max(1, -(-width(line) // max(cells - _MARGIN, 1))) for line in text.split("\n"))


def day_of(cell: Cell) -> date | None:
    """Return the day of a cell that Excel can hold as a date."""
    if not isinstance(cell, str):
        return None
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return None
    return day if day >= _FIRST_DAY else None


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
