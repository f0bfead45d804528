"""The named people of a whole question, each once, for its total."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from eventrec.reports.digits import bits
from eventrec.vocabulary import SEXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eventrec.reports.crowd import Shape
    from eventrec.reports.taking import Takings


class Everybody:
    """Adds people up event by event, in the order of days, so that a day which two events share is seen at once.

    All that somebody took part in is looked at again only when it is not told who was where on such a day.
    """

    def __init__(self, shape: Shape, takings: Takings) -> None:
        self._shape, self._takings = shape, takings
        self._own = shape.taking // shape.events
        self.heads = [0] * len(SEXES)
        """How many heads there are, by sex."""
        self.approximate = False
        self.evidenced = 0
        self._days = 0
        self._through: dict[int, int] = {}
        """By person with sex, the last day so far."""
        self._latest = 0
        self._partly: set[int] = set()
        """Who was not at the whole of an event."""
        self._unsure: set[int] = set()
        """Whose days are counted again, one by one."""
        self._shared: dict[int, int] = defaultdict(int)
        """By person, how many days were in more than one event."""

    def add(self, at: int, who: Sequence[int], people: Sequence[int]) -> None:
        """Add the people of an event: who it is, and the same numbers with own days as the lowest digit."""
        own, days, sex = self._own, self._takings.days, self._shape.person
        ordered, counted = sorted(who), 0
        for at_sex in range(len(SEXES)):
            before, counted = counted, bisect_left(ordered, (at_sex + 1) * sex)
            self.heads[at_sex] += counted - before
        apart = [(number // own, lowest) for number in people if (lowest := number & (own - 1))]
        self._days += (len(people) - len(apart)) * days[at]
        for person, lowest in apart:
            taking = lowest * self._shape.events + at
            self._days += days[taking]
            self.approximate = self.approximate or bool(lowest & 2)
            self.evidenced += lowest & 1
            if not self._takings.is_whole(taking):
                self._partly.add(person)
        if not self._takings.is_whole(at):
            self._partly.update(who)
        self._meet(at, who)

    def _meet(self, at: int, who: Sequence[int]) -> None:
        """Note which people were at another event on one of its days."""
        through, event = self._through, self._takings.spans[at]
        if not event:
            for person in who:
                through.setdefault(person, 0)
            return
        first, last = event
        ends, shared, until = dict.fromkeys(who, last), self._shared, through.get
        met = [(person, before) for person in who if (before := until(person, 0)) >= first]
        for person, before in met:
            if before > last:
                ends[person] = before
                shared[person] += last - first + 1
            else:
                shared[person] += before - first + 1
        self._unsure.update(person for person, _ in met if first < self._latest or person in self._partly)
        through.update(ends)
        self._latest = max(self._latest, first)

    def people(self) -> list[int]:
        """Return how many different people there are, by sex."""
        people = [0] * len(SEXES)
        for who in self._through:
            people[who // self._shape.person] += 1
        return people

    def days(self, parts: Iterable[Iterable[int]]) -> int:
        """Return on how many days they were there, each person at most once a day; 0 without any date.

        `parts` are the numbers of all heads.
        """
        marks, person = self._takings.marks(forgotten=False), self._shape.person
        again = self._unsure | {who for who in self._through if marks and who % person in marks}
        taking, line = self._shape.taking, self._shape.line
        found: dict[int, set[int]] = defaultdict(set)
        for numbers in parts if again else ():
            for number in numbers:
                if (who := (number & (line - 1)) >> bits(taking)) in again:
                    found[who].add(number % taking)
        days = self._days - sum(shared for who, shared in self._shared.items() if who not in again)
        for who, takings in found.items():
            days -= self._takings.twice(takings, who % person)
        return days
