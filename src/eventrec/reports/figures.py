"""The figures of a row, and the rows that the dimensions make."""

from __future__ import annotations

from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.reports.heads import Shape, head_counts, named
from eventrec.reports.split import LAST, Split
from eventrec.reports.taking import Takings, by_person
from eventrec.views.dialect import render

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from eventrec.reports.counting import Counting
    from eventrec.reports.heads import Rule
    from eventrec.reports.split import Key, Place
    from eventrec.reports.taking import Different, OfEvents, Taking
    from eventrec.views.where import Where

    Heads = Callable[[Rule, Shape], Where]


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


class Named(NamedTuple):
    """What the database adds up of named people."""

    agencies: str | None
    """The numbers of agencies, each once."""
    approximate: int
    evidenced: int | None
    takings: str
    """One for each head, as `Takings` reads them."""


class Counted(NamedTuple):
    """What the database adds up of head-counts."""

    agencies: str | None
    approximate: int
    evidenced: int | None
    takings: str
    heads: int
    known: int
    women: int | None
    men: int | None
    other: int | None
    not_stated: int | None
    delegation_days: int | None


_TAKINGS: Final = Named._fields.index("takings")
_JOINED: Final = (Named._fields.index("agencies"), _TAKINGS)
_ALSO: Final = tuple(
    f"sum(head.{name})" for name in ("counts", "known", "women", "men", "other", "not_stated", "delegation_days")
)
_NOBODY: Final = Named(None, 0, None, "")
_NOTHING: Final = Counted(None, 0, None, "", 0, 0, None, None, None, None, None)


def _merged(one: Sequence[Any], other: Sequence[Any]) -> tuple[Any, ...]:
    """Return what two cells come to that stand at one place."""
    return tuple(
        ",".join(filter(None, pair)) if at in _JOINED else total(pair)
        for at, pair in enumerate(zip(one, other, strict=True))
    )


class Everybody:
    """The named people of all rows, for the total: each row's people are told apart within it already."""

    def __init__(self) -> None:
        self.taken: dict[int, list[int]] = {}
        """By person what was taken part in."""
        self.agencies: set[str | None] = set()
        """The numbers of agencies, as they were listed."""
        self._approximate = 0
        self._evidenced = 0

    def add(self, people: Named, there: dict[int, list[int]]) -> None:
        """Add the people of a row."""
        for person, taken in there.items():
            if person in self.taken:
                self.taken[person] += taken
            else:
                self.taken[person] = taken.copy()
        self.agencies.add(people.agencies)
        self._approximate |= people.approximate
        self._evidenced += people.evidenced or 0

    @property
    def named(self) -> Named:
        """What is added up of all of them, but for who and what it is."""
        return Named(None, self._approximate, self._evidenced, "")


def cells(names: Iterable[str]) -> Callable[[Figures], tuple[Any, ...]]:
    """Return what gives the named figures in order."""
    return itemgetter(*[Figures._fields.index(name) for name in names])


class Counts:
    """The figures of a question: of its rows, and over everything.

    The total is not the sum of rows, so that nobody and no event counts twice.
    """

    def __init__(self, counting: Counting, *, evidence: bool = False) -> None:
        """With `evidence` the figure `evidenced` is counted too."""
        self._counting = counting
        self._evidence = evidence
        self._takings = Takings(counting)
        self._agency = {
            str(number): one.agency_id for number, one in counting.agencies.items() if one.agency_kind != "group"
        }
        """As what an agency counts, by its number; a group never does."""
        self._everybody: Everybody | None = None

    def rows(self) -> Iterator[tuple[Key, Figures]]:
        """Yield every row of the dimensions asked for, in order, with its figures.

        Dimensions of the event alone also show events with nobody recorded; a delegation of twelve men is no row
        under "female".
        """
        split = Split(self._counting, self._counting.by)
        people, counts = self._people(split), self._counts(split)
        happened = split.events_by_place() if split.of_event_alone else {}
        everybody = Everybody()
        for place in dict.fromkeys(sorted(happened or [*people, *counts])):
            them = people.pop(place, _NOBODY)
            taken = self._takings.read(them.takings)
            there = by_person(taken)
            everybody.add(them, there)
            yield (
                split.key(place),
                self._figures(them, taken, there, counts.pop(place, _NOTHING), happened.get(place)),
            )
        if "project" not in self._counting.by:  # or somebody is in the rows of several
            self._everybody = everybody

    def _people(self, split: Split) -> dict[Place, Named]:
        """Return what is added up of named people, by place."""
        found: dict[Place, Named] = {}
        for cells, added in self._added(split, named):
            place = split.place(cells)
            found[place] = Named(*(_merged(found[place], added) if place in found else added))
        return found

    def _counts(self, split: Split) -> dict[Place, Counted]:
        """Return what is added up of head-counts, by place."""
        found: dict[Place, Counted] = {}
        for cells, added in self._added(split, head_counts, _ALSO):
            place = split.place(cells)
            found[place] = Counted(*(_merged(found[place], added) if place in found else added))
        return found

    def total(self) -> Figures:
        """Return the figures over everything; quickly when all rows were taken before."""
        split = Split(self._counting, ())
        everybody = self._everybody
        if everybody is None:
            everybody = Everybody()
            for _, added in self._added(split, named, one_by_one=True):
                them = Named(*added)
                everybody.add(them, by_person(self._takings.read(them.takings)))
        counts = next((Counted(*added) for _, added in self._added(split, head_counts, _ALSO)), _NOTHING)
        return _together(
            self._takings.of_events(range(len(self._counting.events))),
            self._different_agencies({counts.agencies, *everybody.agencies}),
            everybody.named,
            self._takings.different(everybody.taken),
            counts,
            self._takings.days_of_forgotten(self._takings.read(counts.takings)),
        )

    def _different_agencies(self, listed: Iterable[str | None]) -> int:
        """Return how many different agencies there are in lists of numbers."""
        numbers = {number for one in listed if one for number in one.split(",")}
        return len({self._agency[number] for number in numbers if number in self._agency})

    def _figures(
        self,
        people: Named,
        taken: list[Taking],
        there: dict[int, list[int]],
        counts: Counted,
        happened: Collection[int] | None,
    ) -> Figures:
        """Return the figures of a cell; `happened` are the places of its events, when the heads do not tell them."""
        also = self._takings.read(counts.takings)
        if happened is None:
            happened = self._takings.places((*taken, *also) if also else taken)
        return _together(
            self._takings.of_events(happened),
            self._different_agencies({people.agencies, counts.agencies}),
            people,
            self._takings.different(there),
            counts,
            self._takings.days_of_forgotten(also) if also else None,
        )

    def _added(
        self, split: Split, heads: Heads, also: tuple[str, ...] = (), *, one_by_one: bool = False
    ) -> Iterator[tuple[tuple[Any, ...], Sequence[Any]]]:
        """Yield the cells that heads are split by, with what is added up; one by one, for every person apart."""
        rule = self._counting.rule(self._counting.measure)
        columns = split.columns(rule.agency("taken"))
        tables = self._counting.tables(rule, split.places)
        counted = heads(rule, Shape(columns, self._evidence, one_by_one))
        agencies = "CASE WHEN head.counts = 1 THEN head.agency_id END"
        added = (
            f"CAST(max({agencies}) AS text)" if split.by_agency else f"{{joined DISTINCT {agencies}}}",
            "max(head.approximate)",
            "sum(head.evidenced)" if self._evidence else "NULL",
            "{joined head.taking}",
            *also,
        )
        groups = [f"head.{name}" for name in columns]
        places = ", ".join([*groups, *(["head.person"] if one_by_one else [])])
        sql = f"""{tables.sql}
            SELECT {", ".join([*groups, *added])}
            FROM ({counted.sql}) AS head
            {f"GROUP BY {places}" if places else ""}"""  # noqa: S608
        params = {
            **tables.params,
            **counted.params,
            "events": self._takings.events,
            "longest": self._takings.longest,
            "last": LAST,
        }
        wide = len(groups)
        found = self._counting.reader.batches(render(sql, self._counting.reader.dialect), params)
        for row in chain.from_iterable(found):
            if row[wide + _TAKINGS]:
                yield row[:wide], row[wide:]


def _together(
    happened: OfEvents,
    agencies: int,
    people: Named,
    different: Different,
    counts: Counted,
    forgotten_days: int | None,
) -> Figures:
    """Return all figures; those of people are None when nobody was counted."""
    heads = different.heads + counts.heads
    first = (
        *happened,
        agencies if heads else None,
        counts.heads - counts.known,
        bool(people.approximate or counts.approximate),
    )
    if not different.heads + counts.known:
        return Figures(*first)
    unnamed = (counts.women or 0) + (counts.men or 0) + (counts.other or 0) + (counts.not_stated or 0)
    return Figures(
        *first,
        different.heads + unnamed,
        different.heads,
        unnamed,
        different.women + (counts.women or 0),
        different.men + (counts.men or 0),
        different.other + (counts.other or 0),
        different.not_stated + (counts.not_stated or 0),
        different.people,
        different.people_women,
        different.people_men,
        (people.evidenced or 0) + (counts.evidenced or 0),
        total((different.days, forgotten_days, counts.delegation_days)),
    )


def total(column: Iterable[int | None]) -> int | None:
    """Return a sum in which nothing known is nothing."""
    known = [number for number in column if number is not None]
    return sum(known) if known else None
