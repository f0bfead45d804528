"""The named people of a whole question, each once, for its total."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from eventrec.reports.digits import OF_SEX, bits
from eventrec.reports.worth import Worth
from eventrec.vocabulary import HEAD_COUNTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eventrec.reports.crowd import Shape
    from eventrec.reports.taking import Takings


class Everybody:
    """Adds people up event by event, in the order of days, so that a day which two events share is seen at once.

    All that somebody took part in is looked at again only when it is not told who was where on such a day. A person is
    a number with the sex as its lowest digit.
    """

    def __init__(self, shape: Shape, takings: Takings) -> None:
        self._shape, self._takings = shape, takings
        self._own = shape.taking // shape.events
        self._heads: Counter[int] = Counter()
        """How many heads there are, by sex."""
        self._approximate = 0
        self._evidenced = 0
        self._days = 0
        self._through: dict[int, int] = {}
        """By person, the last day so far."""
        self._latest = 0
        self._partly: set[int] = set()
        """Who was not at the whole of an event."""
        self._unsure: set[int] = set()
        """Whose days are counted again, one by one."""
        self._shared: dict[int, int] = defaultdict(int)
        """By person, how many days were in more than one event."""

    def add(self, at: int, people: Sequence[int]) -> None:
        """Add the people of an event, each with own days as the lowest digit."""
        own, takings = self._own, self._takings
        shift = bits(own)
        who = [one >> shift for one in people]
        self._heads.update([person % OF_SEX for person in who])
        apart = [(one >> shift, lowest) for one in people if (lowest := one & (own - 1))]
        self._days += (len(people) - len(apart)) * takings.days[at]
        for person, lowest in apart:
            taking = lowest * self._shape.events + at
            self._days += takings.days[taking]
            self._approximate += lowest >> 1 & 1
            self._evidenced += lowest & 1
            if not takings.is_whole(taking):
                self._partly.add(person)
        if not takings.is_whole(at):
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

    def worth(self, parts: Iterable[Iterable[int]]) -> Worth:
        """Return what is counted of all; `parts` are the numbers of all heads."""
        people = Counter(person % OF_SEX for person in self._through)
        by_sex = {name: self._heads[sex] for sex, name in enumerate(HEAD_COUNTS)}
        return Worth(
            named=self._heads.total(),
            people=people.total(),
            people_women=people[0],
            people_men=people[1],
            counted=self._heads.total(),
            approximate=self._approximate,
            evidenced=self._evidenced,
            days=self._different_days(parts),
        )._replace(**by_sex)

    def _different_days(self, parts: Iterable[Iterable[int]]) -> int:
        """Return on how many days they were there, each person at most once a day; 0 without any date."""
        marks = self._takings.marks(forgotten=False)
        again = self._unsure | {who for who in self._through if marks and who // OF_SEX in marks}
        taking, line = self._shape.taking, self._shape.line
        found: dict[int, set[int]] = defaultdict(set)
        for heads in parts if again else ():
            for head in heads:
                if (who := (head & (line - 1)) >> bits(taking)) in again:
                    found[who].add(head & (taking - 1))
        days = self._days - sum(shared for who, shared in self._shared.items() if who not in again)
        for who, takings in found.items():
            days -= self._takings.twice(takings, who // OF_SEX)
        return days
