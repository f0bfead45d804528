"""Who took part in what, handed over as one number each: different people, different events, and days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.reports.calendar_days import calendar_days
from eventrec.vocabulary import SEXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from eventrec.reports.calendar_days import Span
    from eventrec.reports.counting import Counting, Happened

Taking = tuple[int, int]
"""Who, and at which event for how many days."""


class Different(NamedTuple):
    """Named people: how many heads, also by sex, how many different people, and on how many days (None: no date)."""

    heads: int
    women: int
    men: int
    other: int
    not_stated: int
    people: int
    people_women: int
    people_men: int
    days: int | None


class OfEvents(NamedTuple):
    """What is counted of different events."""

    events: int
    event_days: int
    visits: int
    shared: int


_SEXES: Final = len(SEXES)
_FEMALE, _MALE, _OTHER, _NOT_STATED = range(_SEXES)


class Takings:
    """Reads the numbers that `reports.heads` makes of a person, an event (its place among all) and own days.

    A named person is the contact's number times four with the place of the sex, somebody forgotten a number, and 0
    stands for a delegation. Own days are 0 for somebody who stayed for as many as the event has.
    """

    def __init__(self, counting: Counting) -> None:
        events = list(counting.events.values())
        self._first_days = [_first_and_last(event) for event in events]
        self.events = max(len(events), 1)
        """How many different places there are."""
        self.longest = max((last - first + 1 for first, last in filter(None, self._first_days)), default=1)
        """The most days that somebody can have been at an event."""
        self._room = self.longest + 1
        self._person = self.events * self._room
        self._days = [event.days or 0 for event in events]
        self._numbers = [event.id for event in events]
        self._of_one = [_of_one(event) for event in events]
        self._marked = counting.marked
        self._known: dict[int, list[Span]] = {}
        self._days_of_one: dict[int, int] = {}

    def read(self, numbers: str) -> list[Taking]:
        """Return takings as the database joined them."""
        person = self._person
        return [divmod(int(number), person) for number in numbers.split(",")] if numbers else []

    def places(self, takings: Iterable[Taking]) -> set[int]:
        """Return the places of the events."""
        room = self._room
        return {taken // room for _, taken in takings}

    def of_events(self, places: Collection[int]) -> OfEvents:
        """Return what is counted of different events, given by their places."""
        events = event_days = visits = shared = 0
        for at in places:
            event, days, visit, of_several = self._of_one[at]
            events += event
            event_days += days
            visits += visit
            shared += of_several
        return OfEvents(events, event_days, visits, shared)

    def different(self, people_taken: Mapping[int, list[int]]) -> Different:
        """Return what is counted of named people, each at most once on a day."""
        heads, people, days = [0] * _SEXES, [0] * _SEXES, None
        for person, taken in people_taken.items():
            sex = person % _SEXES
            heads[sex] += len(taken)
            people[sex] += 1
            if there := self._days_of(taken, person // _SEXES, forgotten=False):
                days = (days or 0) + there
        return Different(
            sum(heads),
            heads[_FEMALE],
            heads[_MALE],
            heads[_OTHER],
            heads[_NOT_STATED],
            sum(people),
            people[_FEMALE],
            people[_MALE],
            days,
        )

    def days_of_forgotten(self, takings: Iterable[Taking]) -> int | None:
        """Return the days of people who were forgotten, each at most once on a day; None without any date."""
        people = by_person(takings)
        return sum(self._days_of(taken, person, forgotten=True) for person, taken in people.items()) or None

    def _days_of(self, taken: list[int], number: int, *, forgotten: bool) -> int:
        """Return the days of one person, 0 without any date."""
        if self._marked:
            return calendar_days([span for one in taken for span in self._marked_spans(one, number, forgotten)])
        if len(taken) > 1:
            return calendar_days([span for one in taken for span in self._spans(one)])
        if taken[0] not in self._days_of_one:
            self._days_of_one[taken[0]] = calendar_days(self._spans(taken[0]))
        return self._days_of_one[taken[0]]

    def _marked_spans(self, taken: int, number: int, forgotten: bool) -> list[Span]:
        """Return the days of a person at an event: those marked on its sheets, else as many as it has."""
        at = taken // self._room
        if self._first_days[at] and (days := self._marked.get((self._numbers[at], forgotten, number))):
            return [(day, day, 1) for day in days]
        return self._spans(taken)

    def _spans(self, taken: int) -> list[Span]:
        if taken not in self._known:
            at, own_days = divmod(taken, self._room)
            span = self._first_days[at]
            self._known[taken] = [(*span, own_days or self._days[at])] if span else []
        return self._known[taken]


def by_person(takings: Iterable[Taking]) -> dict[int, list[int]]:
    """Return by person what was taken part in; delegations are nobody."""
    people: dict[int, list[int]] = {}
    for person, taken in takings:
        if person in people:
            people[person].append(taken)
        elif person:
            people[person] = [taken]
    return people


def _first_and_last(event: Happened) -> tuple[int, int] | None:
    if not (event.starts_on and event.ends_on):
        return None
    return date.fromisoformat(event.starts_on).toordinal(), date.fromisoformat(event.ends_on).toordinal()


def _of_one(event: Happened) -> OfEvents:
    visit = int(event.kind == "site-visit")
    if event.is_visit:
        return OfEvents(0, 0, visit, 0)
    return OfEvents(1, event.days or 0, visit, int(len(event.projects) > 1))
