"""Workbooks, opened in a child process with limits on memory and time."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eventrec.formats.sheets.records import Sheet, SheetFile, Unreadable, damaged, locked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.sheets.records import CellValue, Row

_PATIENCE: Final = 120.0
"""Seconds without a word of the child; a hundred thousand rows begin to come after a few."""

_CHILD: Final = Path(__file__).with_name("child.py")

_MOST_SHEETS: Final = 250
"""Each is opened by a child of its own."""

_MOST_BLANK: Final = 100_000
"""Blank rows between two that hold something: more are a mistake in the file."""

_NAMED: Final = {
    "xlsx": (".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm"),
    "xls": (".xls", ".xlt", ".et"),
    "ods": (".ods",),
}


def read(path: Path, kind: str) -> SheetFile:
    """Return the sheets of a workbook, which is opened again for the rows of each. Raises Unreadable."""
    found = list(_lines(path, -1, str(path)))
    if not found:
        raise Unreadable(f"{path} has no sheet of cells.", "Save the table as XLSX or CSV and import that.")
    if len(found) > _MOST_SHEETS:
        raise Unreadable(
            f"{path} has {len(found):,} sheets; no more than {_MOST_SHEETS} are read.", "Import the sheets in parts."
        )
    told = () if path.suffix.lower() in _NAMED[kind] else (f"{path.name} was read as {kind.upper()}.",)
    sheets = tuple(Sheet(name, _Rows(path, number, name), hidden) for number, name, hidden in found)
    return SheetFile(kind, sheets, told)


@dataclass(frozen=True)
class _Rows:
    """The rows of one sheet, read anew each time."""

    path: Path
    number: int
    name: str

    def __iter__(self) -> Iterator[Row]:
        at = 0
        for row, cells in _lines(self.path, self.number, f"{self.path}, sheet {self.name}"):
            if row - at > _MOST_BLANK:
                raise Unreadable(
                    f"{self.path}, sheet {self.name}: between row {at} and row {row} there is nothing.",
                    "Delete the stray cells far below the table.",
                )
            for _ in range(row - at - 1):
                yield ()
            at = row
            yield tuple(map(_cell, cells))


class _Child:
    """The process that reads; it is ended when it says nothing for too long."""

    def __init__(self, path: Path, sheet: int) -> None:
        reader = find_spec("python_calamine")
        home = str(Path(reader.origin).parents[1]) if reader and reader.origin else ""
        self._process = subprocess.Popen(  # noqa: S603 (our own module)
            [sys.executable, "-I", str(_CHILD), home, str(path.absolute()), str(sheet)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._asked = self._heard = 0
        self._over = threading.Event()
        self.silent = False
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        before = -1
        while not self._over.wait(_PATIENCE):
            if self._asked > self._heard == before:
                self.silent = True
                self._process.kill()
                return
            before = self._heard

    def lines(self) -> Iterator[bytes]:
        """Yield what the child writes, until it ends."""
        output = self._process.stdout
        while output is not None:
            self._asked += 1
            line = output.readline()
            self._heard += 1
            if not line:
                return
            yield line

    def end(self) -> None:
        self._over.set()
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def fell(self) -> bool:
        """Tell whether it was brought down from outside, or by itself for want of memory."""
        return self._process.wait() not in (0, 1)


def _lines(path: Path, sheet: int, place: str) -> Iterator[Any]:
    """Yield what the child tells, up to its last word. Raises Unreadable naming the place when it fails or dies."""
    child = _Child(path, sheet)
    try:
        for line in child.lines():
            found = json.loads(line.decode("utf-8", "surrogatepass"))
            if found is None:
                return
            if isinstance(found, dict):
                raise _told(place, found["error"])
            yield found
        raise _dead(place, child)
    finally:
        child.end()


def _dead(place: str, child: _Child) -> Unreadable:
    hint = "Copy the table into a new workbook, or save it as CSV, and import that."
    if child.silent:
        return Unreadable(f"{place} takes longer to open than a sheet should.", hint)
    if child.fell():
        return _too_large(place)
    return Unreadable(f"{place} cannot be opened.", hint)


def _too_large(place: str) -> Unreadable:
    return Unreadable(
        f"{place} needs more memory than a sheet should: a cell may stand far away from the others.",
        "Copy the table into a new workbook, or save it as CSV, and import that.",
    )


def _told(place: str, error: str) -> Unreadable:
    name, _, words = error.partition(": ")
    if name == "PasswordError":
        return locked(place)
    if name in ("MemoryError", "OverflowError"):
        return _too_large(place)
    return damaged(place, words.strip().rstrip(".") or name)


def _cell(cell: Any) -> CellValue:  # noqa: ANN401
    if not isinstance(cell, dict):
        return cell  # type: ignore[no-any-return]
    (kind, text), *_ = cell.items()
    if kind == "moment":
        return datetime.fromisoformat(text)
    return date.fromisoformat(text) if kind == "date" else time.fromisoformat(text)
