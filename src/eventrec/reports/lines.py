"""What is counted of the lines of a report: each is worth what its heads and its different events are worth."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from eventrec.reports.digits import MARKS, OF_SEX, bits
from eventrec.reports.worth import Sums, Worth
from eventrec.vocabulary import HEAD_COUNTS, SEXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eventrec.reports.crowd import Crowd, Shape
    from eventrec.reports.taking import Takings
    from eventrec.reports.unnamed import Unnamed


class Lines:
    """Counts heads, whose numbers `reports.crowd.Shape` describes; what a line is worth is a number of `sums`."""

    def __init__(self, crowd: Crowd, takings: Takings) -> None:
        self._crowd, self._takings, self._shape = crowd, takings, crowd.shape
        self._counts = crowd.different.counts
        self._forgotten = {at: count.forgotten for at, count in enumerate(self._counts) if count.forgotten}
        self.sums = Sums(_largest(crowd, takings))
        self._happened = [self.sums.of(Worth(*event)) for event in takings.of_one]
        self._named = _Named(self.sums, self._shape, takings)
        self._counted = _Counted(self.sums, self._counts)
        self._marked = takings.marks(forgotten=False)

    def of(self, place: int) -> dict[int, int]:
        """Return what each line at a place of the first dimension is worth."""
        named, others = self._crowd.named.get(place, ()), self._crowd.others.get(place, ())
        line, event, events = bits(self._shape.line), self._shape.events - 1, bits(self._shape.events)
        happened, worth, taken = self._happened, self._named, self._shape.person - 1
        found: dict[int, int] = defaultdict(int)
        for one in {head >> line << events | head & event for head in chain(named, others)}:
            found[one >> events] += happened[one & event]
        for head in named:
            found[head >> line] += worth[head & taken]
        self._take_away(found, named)
        self._add_counts(found, others)
        return found

    def total(self) -> Worth:
        """Return what all is worth: nobody and no event counts twice."""
        counted = {0: sum(self._happened)}
        self._add_counts(counted, self._crowd.all_counts)
        people = self._crowd.everybody.worth(self._crowd.named.values())
        return Worth(*map(sum, zip(self.sums.read(counted[0]), people, strict=True)))

    def _take_away(self, found: dict[int, int], heads: Sequence[int]) -> None:
        """Take away what people are worth too much who have several heads in a line, or were marked present."""
        shape, taking = self._shape, bits(self._shape.taking)
        each, person, width = [head >> taking for head in heads], shape.line // shape.taking - 1, bits(shape.line)
        several = {who for who, many in Counter(each).items() if many > 1}
        if self._marked:
            several.update(who for who in each if (who & person) // OF_SEX in self._marked)
        takings: dict[int, list[int]] = defaultdict(list)
        for head, who in zip(heads, each, strict=True) if several else ():
            if who in several:
                takings[who].append(head & (shape.taking - 1))
        for who, taken in takings.items():
            twice = self.sums.days(self._takings.twice(taken, (who & person) // OF_SEX))
            found[who >> width - taking] -= twice + (len(taken) - 1) * self._named.person[who % OF_SEX]

    def _add_counts(self, found: dict[int, int], heads: Iterable[int]) -> None:
        shape, dated, worth = self._shape, self._takings.dated, self._counted
        line, events, event, number = bits(shape.line), bits(shape.events), shape.events - 1, shape.line - 1
        for head in heads:
            found[head >> line] += worth[(head & number) >> events, dated[head & event]]
        if not self._forgotten:
            return
        people: dict[tuple[int, int], list[int]] = defaultdict(list)
        for head in heads:
            if who := self._forgotten.get((head & number) >> events):
                days = self._counts[(head & number) >> events].days or 0
                people[head >> line, who].append(self._takings.number(days, head & event))
        for (at, who), taken in people.items():
            found[at] += self.sums.days(self._takings.days_of(taken, who, forgotten=True))


def _largest(crowd: Crowd, takings: Takings) -> int:
    """Return what no figure but days comes to, be it of everything."""
    heads = sum(map(len, chain(crowd.named.values(), crowd.others.values()))) + len(crowd.all_counts)
    people = max(count.people or 0 for count in crowd.different.counts)
    days = max((event.event_days for event in takings.of_one), default=0)
    return (heads + len(takings.of_one) + 1) * max(people, days, 1)


class _Named(dict[int, int]):
    """What a named person's head is worth by sex, own days and event."""

    def __init__(self, sums: Sums, shape: Shape, takings: Takings) -> None:
        self._sums, self._days, self._taking, self._events = sums, takings.days, shape.taking, shape.events
        self.person = [
            sums.of(Worth(people=1, people_women=int(sex == "female"), people_men=int(sex == "male"))) for sex in SEXES
        ]
        """What is counted of somebody once in a line, by sex."""
        self._heads = [
            sums.of(Worth(named=1, counted=1, approximate=marks >> 1, evidenced=marks & 1)._replace(**{name: 1})) + once
            for name, once in zip(HEAD_COUNTS, self.person, strict=True)
            for marks in range(MARKS)
        ]

    def __missing__(self, head: int) -> int:
        sex, taking = divmod(head, self._taking)
        marks = taking // self._events % MARKS
        self[head] = self._heads[sex * MARKS + marks] + self._sums.days(self._days[taking])
        return self[head]


class _Counted(dict[tuple[int, "int | None"], int]):
    """What a head-count is worth by its number and how many days the event has."""

    def __init__(self, sums: Sums, counts: Sequence[Unnamed]) -> None:
        self._sums, self._counts = sums, counts

    def __missing__(self, head: tuple[int, int | None]) -> int:
        number, event_days = head
        self[head] = self._sums.of(_worth(self._counts[number], event_days)) if number else 0
        return self[head]


def _worth(count: Unnamed, event_days: int | None) -> Worth:
    """Return what a head-count is worth, without the days of people who were forgotten."""
    people = count.people
    if people is None:
        return Worth(uncounted=1, approximate=count.approximate)
    dated = bool(event_days) and not count.forgotten
    by_sex = {name: number or 0 for name, number in zip(HEAD_COUNTS, count[: len(SEXES)], strict=True)}
    return Worth(
        counted=1,
        approximate=count.approximate,
        evidenced=count.evidenced * people,
        dated=int(dated),
        days=people * (count.days or event_days or 0) if dated else 0,
    )._replace(**by_sex)
