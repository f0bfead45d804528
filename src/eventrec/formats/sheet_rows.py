"""Many rows of a worksheet at once, as XlsxWriter would write them one by one, whose way for a cell takes far longer.

They go to the file in which XlsxWriter keeps the rows of a workbook that is written `row_by_row`. A test holds that the
sheet is the same, octet for octet.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from eventrec.formats.cells import NUMBERS, clean, plain
from eventrec.formats.workbook import EXACT, LONGEST_CELL, Sheet, check_length, day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format

    from eventrec.table import Cell, Column, Part

_ALIKE: Final = (frozenset({str, type(None)}), frozenset({int, type(None)}))
_BEFORE_THE_FIRST: Final = 693_594
"""The ordinal of 1899-12-30, from which Excel counts days."""


class SheetRows:
    """Writes the rows below the headings of a sheet, to its end."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column], text: Format, number: Format, day: Format) -> None:
        from xlsxwriter.utility import xl_col_to_name

        self._sheet = sheet
        self._columns = columns
        self._letters = [xl_col_to_name(i) for i in range(len(columns))]
        self._inner: Any = sheet.worksheet
        self._inner._write_single_row(1)
        self._text, self._number, self._day = (f' s="{style._get_xf_index()}"' for style in (text, number, day))
        self.last = 0
        """The last row that was written, counted from 0."""

    def write(self, part: Part) -> None:
        """Write some rows. Raises Rejected for a text that is too long for a cell."""
        rows = [str(self.last + 2 + i) for i in range(len(part[0]))]
        cells = (self._cells(at, column, rows) for at, column in enumerate(part))
        lines = [
            f'<row r="{row}">{"".join(xml)}</row>' for row, xml in zip(rows, zip(*cells, strict=True), strict=True)
        ]
        self._inner.fh.write("".join(lines))
        self.last += len(rows)

    def close(self) -> None:
        """Tell the worksheet which rows it holds."""
        self._inner._check_dimensions(self.last, len(self._columns) - 1)
        self._inner.previous_row = self.last + 1

    def give_up(self) -> None:
        """Close the file of the rows: there will be no workbook."""
        self._inner._opt_close()

    def _cells(self, at: int, cells: Sequence[Cell], rows: Sequence[str]) -> list[str]:
        """Return a column as XML; each of its values is looked at once."""
        kinds = set(map(type, cells))
        if any(kinds <= alike for alike in _ALIKE):
            known = {cell: self._xml(at, cell, cells, rows) for cell in set(cells)}
            found = [known[cell] for cell in cells]
        else:
            found = [self._xml(at, cell, cells, rows) for cell in cells]
        letters = self._letters[at]
        return [f'<c r="{letters}{row}"{xml}' for row, xml in zip(rows, found, strict=True)]

    def _xml(self, at: int, cell: Cell, cells: Sequence[Cell], rows: Sequence[str]) -> str:
        """Return a cell without its place; its width counts for that of the column."""
        kind = self._columns[at].kind
        style = self._number if kind in NUMBERS else self._text
        day = day_of(cell) if kind == "date" else None
        if day is not None:
            self._sheet.remember(at, "2024-10-17")
            return f"{self._day}><v>{day.toordinal() - _BEFORE_THE_FIRST}</v></c>"
        if isinstance(cell, bool):
            self._sheet.remember(at, "FALSE")
            return f'{style} t="b"><v>{int(cell)}</v></c>'
        if isinstance(cell, (int, Decimal)) and -EXACT < cell < EXACT:
            self._sheet.remember(at, str(cell))
            return f"{style}><v>{cell:.16G}</v></c>"
        text = clean(plain(cell))
        self._sheet.remember(at, text)
        if not text:
            return f"{style}/>"
        if len(text) * 2 > LONGEST_CELL:
            check_length(text, int(rows[cells.index(cell)]), at)
        return f"{style} {self._string(text)}"

    def _string(self, text: str) -> str:
        space = ' xml:space="preserve"' if text != text.strip() else ""
        if "_x" in text:
            text = self._inner._escape_control_characters(text)
        if "&" in text or "<" in text or ">" in text:
            text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f't="inlineStr"><is><t{space}>{text}</t></is></c>'
