"""Workbooks, opened in a child process with limits on memory and time."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from eventrec.formats.sheets.records import Sheet, SheetFile, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.sheets.records import CellValue, Row

_PATIENCE: Final = 120.0
"""Seconds for a whole sheet; a hundred thousand rows take a few."""

_CHILD: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from eventrec.formats.sheets.child import main; main(*sys.argv[2:])"
)

_MOST_BLANK: Final = 100_000
"""Blank rows between two that hold something: more are a mistake in the file."""


def read(path: Path, kind: str) -> SheetFile:
    """Return the sheets of a workbook, which is opened again for the rows of each. Raises Unreadable."""
    names = list(_lines(path, "-"))
    if not names:
        raise Unreadable(f"{path} has no sheet of cells.", "Save the table as XLSX or CSV and import that.")
    told = (
        () if path.suffix.lower().lstrip(".")[:3] in (kind, kind[:3]) else (f"{path.name} was read as {kind.upper()}.",)
    )
    return SheetFile(kind, tuple(Sheet(name, _Rows(path, name), hidden) for name, hidden in names), told)


@dataclass(frozen=True)
class _Rows:
    """The rows of one sheet, read anew each time."""

    path: Path
    sheet: str

    def __iter__(self) -> Iterator[Row]:
        at = 0
        for number, cells in _lines(self.path, f"={self.sheet}"):
            if number - at > _MOST_BLANK:
                raise Unreadable(
                    f"{self.path}, sheet {self.sheet}: between row {at} and row {number} there is nothing.",
                    "Delete the stray cells far below the table.",
                )
            for _ in range(number - at - 1):
                yield ()
            at = number
            yield tuple(map(_cell, cells))


def _lines(path: Path, what: str) -> Iterator[Any]:
    """Yield what the child writes, up to its last word. Raises Unreadable when it fails or dies."""
    command = [sys.executable, "-c", _CHILD, str(Path(__file__).parents[3]), str(path.absolute()), what]
    child = subprocess.Popen(  # noqa: S603 (our own module)
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
    timer = threading.Timer(_PATIENCE, child.kill)
    timer.start()
    try:
        yield from _until_done(path, child.stdout)
    finally:
        timer.cancel()
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def _until_done(path: Path, lines: IO[bytes] | None) -> Iterator[Any]:
    for line in lines or ():
        found = json.loads(line.decode("utf-8", "surrogatepass"))
        if found is None:
            return
        if isinstance(found, dict):
            raise _told(path, found["error"])
        yield found
    raise Unreadable(
        f"{path} needs more memory or time than a sheet should: it may hold a stray cell far away from the others.",
        "Copy the table into a new workbook, or save it as CSV, and import that.",
    )


def _told(path: Path, error: str) -> Unreadable:
    if "assword" in error:
        return Unreadable(f"{path} is protected with a password.", "Open it, save it without one, and import that.")
    if error.startswith("MemoryError"):
        return Unreadable(f"{path} needs more memory than a sheet should.", "Split it and import the parts.")
    return Unreadable(f"{path} is damaged or no workbook ({error}).", "Open it in Excel and save it again as XLSX.")


def _cell(cell: Any) -> CellValue:  # noqa: ANN401
    if not isinstance(cell, dict):
        return cell  # type: ignore[no-any-return]
    (kind, text), *_ = cell.items()
    if kind == "moment":
        return datetime.fromisoformat(text)
    return date.fromisoformat(text) if kind == "date" else time.fromisoformat(text)
