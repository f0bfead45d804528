"""The figures of a row, and the rows that the dimensions make."""

from __future__ import annotations

from array import array
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from eventrec.reports.crowd import Crowd
from eventrec.reports.lines import Lines
from eventrec.reports.split import Split
from eventrec.reports.taking import Takings
from eventrec.table import Joined, Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from eventrec.reports.counting import Counting
    from eventrec.reports.worth import Worth
    from eventrec.table import Cell

Of = TypeVar("Of")


class Figures(NamedTuple):
    """All figures of one row; those of people are None when nobody was counted."""

    events: int
    event_days: int
    visits: int
    shared: int
    agencies: int | None
    uncounted: int
    approximate: bool
    participations: int | None = None
    named: int | None = None
    unnamed: int | None = None
    women: int | None = None
    men: int | None = None
    other: int | None = None
    not_stated: int | None = None
    people: int | None = None
    people_women: int | None = None
    people_men: int | None = None
    evidenced: int | None = None
    person_days: int | None = None


def picked(names: Iterable[str]) -> Callable[[Figures], tuple[Any, ...]]:
    """Return what gives the named figures in order."""
    return itemgetter(*[Figures._fields.index(name) for name in names])


class Counts:
    """The figures of a question: of its rows, and over everything.

    The total is not the sum of rows, so that nobody and no event counts twice.
    """

    def __init__(self, counting: Counting, *, evidence: bool = False) -> None:
        """With `evidence` the figure `evidenced` is counted too."""
        self._split = Split(counting, counting.by)
        takings = Takings(counting)
        self._crowd = Crowd(counting, self._split, takings, evidence=evidence)
        self._crowd.read()
        self._lines = Lines(self._crowd, takings)
        self.left_out = self._crowd.left_out
        """How many people were left out, by role or as own staff."""

    def rows(self, shown: Callable[[Figures], tuple[Cell, ...]]) -> Joined:
        """Return every row of the dimensions asked for, in order, with its figures as they are to be shown.

        Dimensions of the event alone also show events with nobody recorded; a delegation of twelve men is no row
        under "female".
        """
        split, crowd, lines = self._split, self._crowd, self._lines
        firsts = _Cells[int](lambda place: split.key(place * split.first, first=True))
        rests = _Cells[int](lambda rest: split.key(rest, first=False))
        figures = _Cells[tuple[int, int]](lambda told: shown(_figures(lines.sums.read(told[0]), told[1])))
        for place in sorted(crowd.named.keys() | crowd.others.keys()):
            worth = lines.of(place)
            found = sorted(worth)
            agencies = crowd.agencies([place * split.first + rest for rest in found])
            firsts.add([place] * len(found))
            rests.add(found)
            figures.add(zip(map(worth.__getitem__, found), agencies, strict=True))
        return Joined((firsts.piece, rests.piece, figures.piece))

    @cached_property
    def total(self) -> Figures:
        """The figures over everything."""
        return _figures(self._lines.total(), self._crowd.all_agencies())


def _figures(worth: Worth, agencies: int) -> Figures:
    """Return all figures of what something is worth, with how many agencies are in it."""
    happened = Figures(
        worth.events,
        worth.event_days,
        worth.visits,
        worth.shared,
        agencies=agencies if worth.counted or worth.uncounted else None,
        uncounted=worth.uncounted,
        approximate=worth.approximate > 0,
    )
    if not worth.counted:
        return happened
    participations = worth.women + worth.men + worth.other + worth.not_stated
    return happened._replace(
        participations=participations,
        named=worth.named,
        unnamed=participations - worth.named,
        women=worth.women,
        men=worth.men,
        other=worth.other,
        not_stated=worth.not_stated,
        people=worth.people,
        people_women=worth.people_women,
        people_men=worth.people_men,
        evidenced=worth.evidenced,
        person_days=worth.days if worth.days or worth.dated else None,
    )


class _Cells(dict[Of, int]):
    """Cells by what they are made of, each made once: most lines are like others."""

    def __init__(self, make: Callable[[Of], tuple[Cell, ...]]) -> None:
        self._make = make
        self._different: list[tuple[Cell, ...]] = []
        self._rows = array("I")

    def __missing__(self, of: Of) -> int:
        self[of] = len(self._different)
        self._different.append(self._make(of))
        return self[of]

    def add(self, rows: Iterable[Of]) -> None:
        """Add rows by what their cells are made of."""
        self._rows.extend(map(self.__getitem__, rows))

    @property
    def piece(self) -> Piece:
        """The cells of all rows."""
        return Piece(self._different, self._rows)
