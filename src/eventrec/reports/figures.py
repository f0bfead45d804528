"""The figures of a row, and the rows that the dimensions make."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby
from operator import add, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from eventrec.reports.crowd import Crowd
from eventrec.reports.digits import bits
from eventrec.reports.line import Line, as_one
from eventrec.reports.split import Split
from eventrec.reports.taking import Takings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from eventrec.reports.counting import Counting
    from eventrec.reports.split import Key

Shown = TypeVar("Shown")


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
        self._takings = Takings(counting)
        self._crowd = Crowd(counting, self._split, self._takings, evidence=evidence)
        self._line = Line(self._crowd, self._takings)
        self.left_out = self._crowd.left_out
        """How many people were left out, by role or as own staff."""

    def rows(self, shown: Callable[[Figures], Shown]) -> Iterator[tuple[Key, Shown]]:
        """Yield every row of the dimensions asked for, in order, with its figures as they are to be shown.

        Dimensions of the event alone also show events with nobody recorded; a delegation of twelve men is no row
        under "female".
        """
        told, split, parts = self._line.told, self._split, self._crowd.parts
        width, known, rests, listed = self._crowd.shape.line, _Known(self, shown), _Rests(split), self._crowd.agencies
        for place in sorted(parts):
            line = place * split.first
            first, agency = split.key(line, first=True), split.agency(line, first=True)
            for rest, heads in groupby(sorted(parts[place]), bits(width).__rrshift__):
                after, agencies = rests[rest]
                agencies = agencies + agency if split.tells_agency else len(listed.get(line + rest, ()))
                yield first + after, known[agencies, *told(list(heads), rest * width)]

    @cached_property
    def total(self) -> Figures:
        """The figures over everything."""
        people = self._crowd.everybody
        days = people.days(self._crowd.parts.values())
        named = (None, tuple(people.heads), tuple(people.people()), days, people.approximate, people.evidenced)
        happened = sum(as_one(event) for event in self._takings.of_one)
        counts = self._line.head_counts(self._crowd.all_counts, 0)
        return self.figures(len(self._crowd.all_agencies), happened, named, counts)

    def figures(self, agencies: int, *told: Any) -> Figures:  # noqa: ANN401
        """Return all figures of what `Line` told."""
        of_events, named, counts = self._line.read(*told)
        of_sex, different = named.by_sex(named.heads), named.by_sex(named.people)
        heads = sum(of_sex)
        happened = Figures(
            *of_events,
            agencies=agencies if heads + counts.heads else None,
            uncounted=counts.heads - counts.known,
            approximate=bool(named.approximate or counts.approximate),
        )
        if not heads + counts.known:
            return happened
        unnamed = sum(counts.people)
        known = [days for days in (named.days or None, counts.days) if days is not None]
        women, men, other, not_stated = map(add, of_sex, counts.people)
        return happened._replace(
            participations=heads + unnamed,
            named=heads,
            unnamed=unnamed,
            women=women,
            men=men,
            other=other,
            not_stated=not_stated,
            people=sum(different),
            people_women=different[0],
            people_men=different[1],
            evidenced=named.evidenced + counts.evidenced,
            person_days=sum(known) if known else None,
        )


class _Known(dict[tuple[Any, ...], Any]):
    """What is shown of agencies and what `Line` told, worked out once: most lines are like others."""

    def __init__(self, counts: Counts, shown: Callable[[Figures], Any]) -> None:
        self._counts, self._shown = counts, shown

    def __missing__(self, told: tuple[Any, ...]) -> Any:  # noqa: ANN401
        self[told] = self._shown(self._counts.figures(*told))
        return self[told]


class _Rests(dict[int, tuple["Key", int]]):
    """What rows show of all dimensions but the first, and how many agencies these tell of, by the rest of the line."""

    def __init__(self, split: Split) -> None:
        self._split = split

    def __missing__(self, rest: int) -> tuple[Key, int]:
        self[rest] = self._split.key(rest, first=False), self._split.agency(rest, first=False)
        return self[rest]
