"""What the fault tests found, added up into one table: fault, tries, survived, lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pytest

PROPERTY: Final = "fault"
_HEADINGS: Final = ("fault", "tries", "survived", "lost")


@dataclass(frozen=True)
class Tally:
    """How often a fault was tried, how often the book was whole afterwards, and how much of it was lost."""

    tries: int = 0
    survived: int = 0
    lost: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.tries + other.tries, self.survived + other.survived, self.lost + other.lost)


def added_up(reports: list[pytest.TestReport]) -> dict[str, Tally]:
    """Return the tally of every fault that the reports of the tests tell of, in the order of the alphabet."""
    found: dict[str, Tally] = {}
    for report in reports:
        for name, value in report.user_properties:
            if name == PROPERTY and isinstance(value, list | tuple):
                fault, tries, survived, lost = value
                found[str(fault)] = found.get(str(fault), Tally()) + Tally(int(tries), int(survived), int(lost))
    return dict(sorted(found.items()))


def as_table(tallies: dict[str, Tally]) -> list[str]:
    """Return the lines of the table, the sum last."""
    total = sum(tallies.values(), Tally())
    rows = [
        _HEADINGS,
        *((fault, f"{each.tries:,}", f"{each.survived:,}", f"{each.lost:,}") for fault, each in tallies.items()),
        ("all", f"{total.tries:,}", f"{total.survived:,}", f"{total.lost:,}"),
    ]
    first, *rest = (max(len(row[at]) for row in rows) for at in range(len(_HEADINGS)))
    return [_line(row, first, rest) for row in rows]


def _line(row: tuple[str, ...], first: int, rest: list[int]) -> str:
    return "  ".join([row[0].ljust(first), *(cell.rjust(width) for cell, width in zip(row[1:], rest, strict=True))])
