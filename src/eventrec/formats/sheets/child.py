"""The child that opens a workbook: it may run out of memory, time or luck without taking eventrec with it.

It is run as a script and imports nothing of eventrec. It writes JSON lines: a sheet is `[number, name, hidden]`, a row
`[number, cells]`, and the last line is `null`, which tells that all was read, or `{"error": …}`.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as Xml

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY: Final = 300 * 2**20
"""Bytes of address space, where the system can limit them; a hundred thousand rows of a dozen cells need half."""

_LONGEST: Final = 100_000
"""Characters of a cell; Excel holds a third of that."""


_CHUNK: Final = 2**20
_CELL: Final = re.compile(rb'<(?:\w+:)?c\s([^>]*\bt="e"[^>]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_PLACE: Final = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE: Final = re.compile(rb"<(?:\w+:)?v>\s*(#[^<]{1,30})</")


def main(path: str, sheet: int) -> None:
    """Write the rows of a workbook's sheet, counted from 0, or with -1 which sheets it has."""
    try:
        book = _opened(path)
        lines = _sheets(book) if sheet < 0 else _rows(book.get_sheet_by_index(sheet), _errors(path, sheet))
        for line in lines:
            _write(line)
    except BrokenPipeError:
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        _write({"error": f"{type(error).__name__}: {error}"})
    else:
        _write(None)


def _write(line: Any) -> None:  # noqa: ANN401
    sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _opened(path: str) -> Any:  # noqa: ANN401
    """Open a workbook by its name's ending, and if that lies, by its content."""
    from python_calamine import CalamineError, load_workbook

    try:
        return load_workbook(path)
    except (CalamineError, OSError, UnicodeError) as error:
        try:
            return load_workbook(io.BytesIO(Path(path).read_bytes()))
        except CalamineError:
            raise error from None


def _sheets(book: Any) -> Iterator[Any]:  # noqa: ANN401
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for number, each in enumerate(book.sheets_metadata):
        if each.typ == SheetTypeEnum.WorkSheet:
            yield [number, each.name, each.visible != SheetVisibleEnum.Visible]


def _rows(sheet: Any, errors: Iterator[tuple[int, int, str]]) -> Iterator[Any]:  # noqa: ANN401
    """Yield the rows that hold something, with their numbers.

    The reader's rows begin with the sheet's first, but its cells with the first column that holds anything.
    """
    if sheet.start is None:
        return
    left = [None] * sheet.start[1]
    spans = _Spans(sheet.merged_cell_ranges or ())
    error = next(errors, None)
    for at, cells in enumerate(sheet.iter_rows()):
        row = left + [_cell(cell) for cell in cells]
        while error is not None and error[0] <= at:
            if error[0] == at and error[1] < len(row):
                row[error[1]] = error[2]
            error = next(errors, None)
        spans.fill(at, row)
        while row and row[-1] is None:
            row.pop()
        if row:
            yield [at + 1, row]


class _Spans:
    """Cells merged over several rows of one column: the value of the first holds for each row that holds anything."""

    def __init__(self, merged: Any) -> None:  # noqa: ANN401
        self._waiting = sorted(
            (
                (top, column, last_row)
                for (top, column), (last_row, last_column) in merged
                if column == last_column and last_row > top
            ),
            reverse=True,
        )
        self._open: dict[int, tuple[int, Any]] = {}

    def fill(self, at: int, row: list[Any]) -> None:
        while self._waiting and self._waiting[-1][0] <= at:
            _, column, last = self._waiting.pop()
            if column < len(row):
                self._open[column] = (last, row[column])
        if not self._open or all(cell is None for cell in row):
            return
        self._open = {column: span for column, span in self._open.items() if span[0] >= at}
        for column, (_, value) in self._open.items():
            if row[column] is None:
                row[column] = value


def _cell(cell: Any) -> Any:  # noqa: ANN401
    if isinstance(cell, str):
        if len(cell) > _LONGEST:
            raise ValueError(f"a cell holds {len(cell):,} characters")
        return cell or None
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    if isinstance(cell, timedelta):
        return _duration(cell)
    return cell


def _duration(length: timedelta) -> str:
    seconds = round(abs(length).total_seconds())
    sign = "-" if length < timedelta(0) else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _errors(path: str, sheet: int) -> Iterator[tuple[int, int, str]]:
    """Yield the errors in an XLSX sheet's cells (ECMA-376 18.18.11), such as #N/A, which the reader gives as empty."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_part(archive, sheet)) as part:
            yield from _errors_of(part)
    except (zipfile.BadZipFile, KeyError, IndexError, OSError, Xml.ParseError, NotImplementedError, RuntimeError):
        return


def _errors_of(part: Any) -> Iterator[tuple[int, int, str]]:  # noqa: ANN401
    held = b""
    while chunk := part.read(_CHUNK):
        held += chunk
        if b't="e"' in held:
            for found in _CELL.finditer(held):
                place, value = _PLACE.search(found[1]), _VALUE.search(found[2])
                if place and value:
                    yield int(place[2]) - 1, _column(place[1]), value[1].decode("utf-8", "replace")
        cut = max(held.rfind(b"<c "), held.rfind(b":c "))
        held = held[max(cut - 30, 0) :] if cut >= 0 and len(held) - cut < _CHUNK else held[-30:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _part(archive: zipfile.ZipFile, sheet: int) -> str:
    """Return which part of an XLSX archive holds a sheet. Raises KeyError, IndexError where none is."""
    sheets = [each for each in _elements(archive, "xl/workbook.xml") if each.tag.endswith("}sheet")]
    wanted = next(value for key, value in sheets[sheet].items() if key.endswith("}id"))
    for each in _elements(archive, "xl/_rels/workbook.xml.rels"):
        if each.get("Id") == wanted:
            target = each.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(wanted)


def _elements(archive: zipfile.ZipFile, name: str) -> Iterator[Xml.Element]:
    return Xml.fromstring(archive.read(name)).iter()  # noqa: S314 (in a child with limits, and expat has its own)


if __name__ == "__main__":
    _limit_memory()
    sys.path.append(sys.argv[1])
    main(sys.argv[2], int(sys.argv[3]))
