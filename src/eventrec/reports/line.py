"""What is counted of the heads of one line of a report."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.reports.digits import bits
from eventrec.reports.taking import OfEvents
from eventrec.vocabulary import SEXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from eventrec.reports.crowd import Crowd, Unnamed
    from eventrec.reports.taking import Takings

Told = tuple[int, tuple[Any, ...], int]
"""What `Line.read` reads: alike for lines that are alike, and quickly compared."""

_SEXES: Final = len(SEXES)
_MANY: Final = 2**40
"""More than a report can count of anything."""

_NOBODY: Final = (0, 0, 0, 0, 0, 0)


class Named(NamedTuple):
    """What is counted of named people: heads and different people, both by sex, and days (0 without any date).

    Where all are of one `sex`, given by its place, heads and people are just numbers.
    """

    sex: int | None
    heads: Any
    people: Any
    days: int
    approximate: int
    evidenced: int

    def by_sex(self, numbers: Any) -> tuple[int, ...]:  # noqa: ANN401
        """Return heads or people by sex."""
        return numbers if self.sex is None else tuple(numbers if at == self.sex else 0 for at in range(_SEXES))


class Counted(NamedTuple):
    """What is counted of head-counts: of delegations, and of people who were forgotten."""

    heads: int = 0
    known: int = 0
    people: tuple[int, ...] = (0,) * _SEXES
    days: int | None = None
    approximate: bool = False
    evidenced: int = 0


class Line:
    """Counts heads, whose numbers `reports.crowd.Shape` describes."""

    def __init__(self, crowd: Crowd, takings: Takings) -> None:
        self._shape, self._counts, self._takings = crowd.shape, crowd.counts, takings
        self._events, self._taking = self._shape.events - 1, self._shape.taking - 1
        """What leaves of a head the place of its event, and its taking."""
        self._who = bits(self._shape.taking)
        """By how many bits a head is shifted for its line and who it is."""
        self._marked = takings.marks(forgotten=False)
        self._happened = [as_one(event) for event in takings.of_one]
        self._counted = [Counted()]
        """What different head-counts come to; of none comes first."""
        self._places = {Counted(): 0}
        self._known: dict[tuple[tuple[int, int | None], ...], int] = {}
        self._twice: dict[tuple[int, ...], int] = {}

    def told(self, heads: list[int], low: int) -> Told:
        """Return what is counted of the heads of a line, which are in order and no lower than `low`."""
        shape, events, counts = self._shape, self._events, 0
        happened = sum(map(self._happened.__getitem__, {head & events for head in heads}))
        if heads[-1] >= low + shape.counts:
            first = bisect_left(heads, low + shape.counts)
            counts = self.head_counts(heads[first:], low)
            del heads[first:]
        if heads and heads[0] < low + shape.taking:
            del heads[: bisect_left(heads, low + shape.taking)]
        return happened, self._named(heads, low) if heads else _NOBODY, counts

    def read(self, happened: int, people: tuple[Any, ...], counts: int) -> tuple[OfEvents, Named, Counted]:
        """Return what was told."""
        return _apart(happened), Named(*people), self._counted[counts]

    def _named(self, heads: list[int], low: int) -> tuple[Any, ...]:
        """Return what is counted of heads that have a name, as `Named` has it."""
        taking, sex, events, shift = self._taking, self._shape.sex, self._shape.events, self._who
        takings = [head & taking for head in heads]
        days = sum(map(self._takings.days.__getitem__, takings))
        who = {head >> shift for head in heads}
        if len(who) < len(heads) or self._marked:
            days -= self._days_twice(heads, who)
        approximate = evidenced = 0
        if max(takings) >= events:
            own = [one // events for one in takings]
            approximate, evidenced = int(any(one & 2 for one in own)), sum(one & 1 for one in own)
        first = (heads[0] - low) // sex
        if first == (heads[-1] - low) // sex:
            return first, len(heads), len(who), days, approximate, evidenced
        starts = [bisect_left(heads, low + at * sex) for at in range(_SEXES + 1)]
        of_sex = tuple([end - start for start, end in pairwise(starts)])
        each = [((one << shift) - low) // sex for one in who]
        return None, of_sex, tuple([each.count(at) for at in range(_SEXES)]), days, approximate, evidenced

    def _days_twice(self, heads: Sequence[int], who: Collection[int]) -> int:
        """Return by how much the days of heads, added up, are too many: people were in two places, or marked."""
        taking, events, spans = self._taking, self._events, self._takings.spans
        again = {one for one in who if one % self._shape.person in self._marked} if self._marked else set()
        each = [head >> self._who for head in heads]
        for at, (one, later) in enumerate(pairwise(each)):
            if one == later and one not in again:
                span, then = spans[heads[at] & events], spans[heads[at + 1] & events]
                if span and then and then[0] <= span[1]:
                    again.add(one)
        return sum(
            self._twice_by(
                one, tuple([head & taking for head in heads[bisect_left(each, one) : bisect_right(each, one)]])
            )
            for one in again
        )

    def _twice_by(self, who: int, takings: tuple[int, ...]) -> int:
        if self._marked:
            return self._takings.twice(takings, who % self._shape.person)
        if takings not in self._twice:
            self._twice[takings] = self._takings.twice(takings)
        return self._twice[takings]

    def head_counts(self, heads: Sequence[int], low: int) -> int:
        """Return the place of what is counted of head-counts, whose numbers are no lower than `low`."""
        low, events, dated = low + self._shape.counts, self._events, self._takings.dated
        told = tuple([((head - low) >> self._who, dated[head & events]) for head in heads])
        if told in self._known:
            return self._known[told]
        counts = [self._counts[count] for count, _ in told]
        counted = _counted(counts, [days for _, days in told])
        if any(count.forgotten for count in counts):
            days = self._forgotten_days(counts, [head & events for head in heads])
            counted = counted._replace(days=(counted.days or 0) + days if days else counted.days)
        place = self._places.setdefault(counted, len(self._counted))
        if place == len(self._counted):
            self._counted.append(counted)
        if not any(count.forgotten for count in counts):
            self._known[told] = place
        return place

    def _forgotten_days(self, counts: Iterable[Unnamed], places: Iterable[int]) -> int:
        """Return the days of people who were forgotten, each at most once on a day."""
        takings = self._takings
        people: dict[int, list[int]] = defaultdict(list)
        for count, at in zip(counts, places, strict=True):
            if count.forgotten:
                people[count.forgotten].append(takings.number(min(count.days or 0, takings.longest), at))
        return sum(takings.days_of(taken, number, forgotten=True) for number, taken in people.items())


def _counted(counts: Sequence[Unnamed], event_days: Sequence[int | None]) -> Counted:
    """Return what is counted of head-counts, without the days of people who were forgotten."""
    known = [count for count in counts if count.women is not None]
    days = [
        people * (count.days or of_event)
        for count, of_event in zip(counts, event_days, strict=True)
        if not count.forgotten and of_event and (people := count.people) is not None
    ]
    return Counted(
        len(counts),
        len(known),
        tuple(sum(column) for column in zip(*(count[:_SEXES] for count in known), strict=True)) or (0,) * _SEXES,
        sum(days) if days else None,
        any(count.approximate for count in counts),
        sum(count.evidenced * (count.people or 0) for count in known),
    )


def as_one(events: OfEvents) -> int:
    """Return what is counted of events as one number, so that such numbers can be added."""
    number = 0
    for figure in events:
        number = number * _MANY + figure
    return number


def _apart(number: int) -> OfEvents:
    """Return what `as_one` was made of."""
    figures = [number // _MANY**at % _MANY for at in range(len(OfEvents._fields))]
    return OfEvents(*reversed(figures))
