"""The child that opens a workbook: it may run out of memory, time or luck without taking eventrec with it.

It writes JSON lines: a sheet is `[name, hidden]`, a row `[number, cells]`, and the last line is `null`, which tells
that all was read.
"""

from __future__ import annotations

import contextlib
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = 1_500 * 2**20


def main(path: str, what: str) -> None:
    """Write the rows of the sheet `=name` of a workbook, or with `-` the names of its sheets."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    def write(line: str) -> None:
        sys.stdout.buffer.write(line.encode("utf-8", "surrogatepass"))

    try:
        book = load_workbook(path)
        if what == "-":
            for each in book.sheets_metadata:
                if each.typ == SheetTypeEnum.WorkSheet:
                    write(json.dumps([each.name, each.visible != SheetVisibleEnum.Visible]) + "\n")
        else:
            for line in _rows(book.get_sheet_by_name(what[1:])):
                write(line)
    except Exception as error:  # every reader's error is told by its words
        write(json.dumps({"error": f"{type(error).__name__}: {error}"}) + "\n")
        return
    write("null\n")


def _rows(sheet: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the rows that hold something, with their numbers; a cell merged over several rows holds for each."""
    if sheet.start is None:
        return
    top, left = sheet.start
    merged = sorted(
        (first_row, column, last_row)
        for (first_row, column), (last_row, last_column) in sheet.merged_cell_ranges or ()
        if column == last_column and last_row > first_row
    )
    open_: dict[int, tuple[int, Any]] = {}
    for at, cells in enumerate(sheet.iter_rows(), top):
        row = [None] * left + [_cell(cell) for cell in cells]
        while merged and merged[0][0] <= at:
            _, column, last = merged.pop(0)
            if column < len(row):
                open_[column] = (last, row[column])
        for column, (last, value) in list(open_.items()):
            if at > last:
                del open_[column]
            elif row[column] is None and any(cell is not None for cell in row):
                row[column] = value
        while row and row[-1] is None:
            row.pop()
        if row:
            yield json.dumps([at + 1, row], ensure_ascii=False) + "\n"


def _cell(cell: Any) -> Any:  # noqa: ANN401
    if cell == "":
        return None
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    if isinstance(cell, timedelta):
        return str(cell)
    return cell
