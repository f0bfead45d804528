"""Head-counts: delegations, and people who were forgotten."""

from __future__ import annotations

from typing import NamedTuple

from eventrec.reports.split import UNKNOWN_SEX


class Unnamed(NamedTuple):
    """A delegation, or somebody who was forgotten, as counted in one event."""

    women: int | None
    men: int | None
    other: int | None
    not_stated: int | None
    approximate: int
    evidenced: int
    days: int | None
    """Own days."""
    forgotten: int
    """The number of the one person that it is, or 0."""

    @property
    def people(self) -> int | None:
        """How many there are; None when nobody counted them."""
        return None if self.women is None else self.women + self.men + self.other + self.not_stated  # type: ignore[operator]

    def by_sex(self) -> list[tuple[int, Unnamed]]:
        """Return a head-count for each sex that it has people of, with the place of that sex."""
        if self.women is None:
            return [(UNKNOWN_SEX, self)]
        alone = (
            self._replace(men=0, other=0, not_stated=0),
            self._replace(women=0, other=0, not_stated=0),
            self._replace(women=0, men=0, not_stated=0),
            self._replace(women=0, men=0, other=0),
        )
        return [(sex, one) for sex, one in enumerate(alone) if one.people]


class Different:
    """Different head-counts, each with a number; 0 is that of nobody."""

    def __init__(self) -> None:
        self.counts = [Unnamed(0, 0, 0, 0, 0, 0, None, 0)]
        """By their numbers."""
        self._numbers: dict[Unnamed, int] = {}

    def number(self, count: Unnamed) -> int:
        """Return the number of a head-count."""
        number = self._numbers.setdefault(count, len(self.counts))
        if number == len(self.counts):
            self.counts.append(count)
        return number
