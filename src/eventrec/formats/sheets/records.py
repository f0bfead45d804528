"""A file of sheets as it is read: rows of plain cells, numbered as in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from eventrec.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable

CellValue = str | int | float | bool | date | datetime | time | None
Row = tuple[CellValue, ...]

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
"""What an Excel sheet holds; a text table with more is none."""


@dataclass(frozen=True)
class Sheet:
    """One sheet. Its rows may be gone through more than once; row i is row i + 1 of the file, blank ones included.

    A formula is the value that the file keeps of it, an error in a cell its text, such as #N/A; a duration is text,
    36:30:00. Empty cells and rows at the ends are left out. A cell merged over several rows holds for each of them
    that holds anything else; one merged over several columns holds for the first.
    """

    name: str
    rows: Iterable[Row]
    hidden: bool = False


@dataclass(frozen=True)
class SheetFile:
    """A file with its sheets; `told` says what a person should know of how it was read."""

    kind: str
    sheets: tuple[Sheet, ...]
    told: tuple[str, ...] = field(default=())


class Unreadable(Rejected):
    """The file is not what it seems, damaged, locked with a password, or too large."""


def locked(place: object) -> Unreadable:
    """Return the refusal of a file that only opens with a password."""
    return Unreadable(
        f"{place} is protected with a password.", "Open it in Excel, save it without a password, and import that."
    )


def damaged(place: object, why: str) -> Unreadable:
    """Return the refusal of a file that is broken; `why` ends the sentence."""
    return Unreadable(f"{place} is damaged: {why}.", "Open it where it was made and save it again.")


def trimmed(cells: list[CellValue]) -> Row:
    """Return a row without empty cells at its end."""
    last = len(cells)
    while last and cells[last - 1] in (None, ""):
        last -= 1
    return tuple([None if cell == "" else cell for cell in cells[:last]])
