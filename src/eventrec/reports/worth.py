"""What a head, an event or a line is worth: all that is counted of it, in figures that can be added up."""

from __future__ import annotations

from typing import NamedTuple


class Worth(NamedTuple):
    """Figures that can be added up. Each person's first head in a line is worth a person too, an event the event."""

    events: int = 0
    event_days: int = 0
    visits: int = 0
    shared: int = 0
    women: int = 0
    men: int = 0
    other: int = 0
    not_stated: int = 0
    named: int = 0
    people: int = 0
    people_women: int = 0
    people_men: int = 0
    counted: int = 0
    """How many heads stand for a number of people."""
    uncounted: int = 0
    """How many heads are delegations that nobody counted."""
    approximate: int = 0
    evidenced: int = 0
    dated: int = 0
    """How many heads are delegations whose days are known."""
    days: int = 0


class Sums:
    """Worths as single numbers, which are added up much quicker."""

    def __init__(self, largest: int) -> None:
        """No figure is more than `largest`, added up, but for days: they are the highest digit."""
        self._bits = largest.bit_length()
        self._days = self._bits * (len(Worth._fields) - 1)

    def of(self, worth: Worth) -> int:
        """Return a worth as a number."""
        number = 0
        for figure in reversed(worth):
            number = (number << self._bits) + figure
        return number

    def days(self, many: int) -> int:
        """Return the number of so many days."""
        return many << self._days

    def read(self, number: int) -> Worth:
        """Return the worth that a number says."""
        digit = (1 << self._bits) - 1
        figures = [number >> at & digit for at in range(0, self._days, self._bits)]
        return Worth._make([*figures, number >> self._days])
