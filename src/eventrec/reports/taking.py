"""What is counted of events and of days, for people who took part in several."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from eventrec.reports.calendar_days import calendar_days
from eventrec.reports.digits import MARKS, room

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from eventrec.reports.calendar_days import Span
    from eventrec.reports.counting import Counting, Happened


class OfEvents(NamedTuple):
    """What is counted of different events."""

    events: int
    event_days: int
    visits: int
    shared: int


class Takings:
    """Reads takings: a number for an event, and on how many days somebody was there.

    It is the lowest digit of `reports.digits` times the number of events, plus the place of the event among all. Later
    events have later places.
    """

    def __init__(self, counting: Counting) -> None:
        events = list(counting.events.values())
        self.spans = [_first_and_last(event) for event in events]
        """First and last day of each event, ordinals, both inclusive; None without a date."""
        self.events = room(max(len(events), 1))
        """How many different places there may be."""
        self.longest = max((last - first + 1 for first, last in filter(None, self.spans)), default=1)
        """The most days that somebody can have been at an event."""
        self.of_one = [_of_one(event) for event in events]
        self.dated = [event.days if event.starts_on else None for event in events]
        """How many days each event has; None without a date."""
        self.days = _Days(self)
        """By taking, on how many days somebody was there; 0 without a date."""
        self._numbers = [event.id for event in events]
        self._marked = counting.marked
        self._marks = self.marks(forgotten=False)

    def number(self, own_days: int, at: int) -> int:
        """Return the taking of somebody who was at an event, for as many days as it has when `own_days` is 0."""
        return own_days * MARKS * self.events + at

    def marks(self, *, forgotten: bool) -> set[int]:
        """Return the numbers of the people who were marked present on single days."""
        return {number for _, of_forgotten, number in self._marked if of_forgotten == forgotten}

    def is_whole(self, taking: int) -> bool:
        """Tell whether somebody was there on each day of the event."""
        span = self.spans[taking % self.events]
        return not span or self.days[taking] > span[1] - span[0]

    def twice(self, takings: Collection[int], number: int) -> int:
        """Return by how much the days of one person's takings, added up, are more than the days that there were."""
        if number not in self._marks:
            shared = self._shared(takings)
            if not shared or all(map(self.is_whole, takings)):
                return shared
        return sum(map(self.days.__getitem__, takings)) - self.days_of(takings, number)

    def _shared(self, takings: Collection[int]) -> int:
        """Return how many days of events are in another of them too, as often as they are."""
        shared, through, event = 0, 0, self.events - 1
        for first, last in sorted([span for taking in takings if (span := self.spans[taking & event])]):
            if first <= through:
                shared += min(last, through) - first + 1
            through = max(last, through)
        return shared

    def days_of(self, takings: Collection[int], number: int, *, forgotten: bool = False) -> int:
        """Return on how many calendar days one person was there, 0 without any date."""
        return calendar_days([span for taking in takings for span in self._marked_spans(taking, number, forgotten)])

    def _marked_spans(self, taking: int, number: int, forgotten: bool) -> Sequence[Span]:
        """Return the days of a person at an event: those marked on its sheets, else as many as it has."""
        at = taking % self.events
        if self._marked and self.spans[at] and (days := self._marked.get((self._numbers[at], forgotten, number))):
            return [(day, day, 1) for day in days]
        return self.days_at(taking)

    def days_at(self, taking: int) -> Sequence[Span]:
        """Return first and last day of a taking and the number of days; nothing without a date."""
        own, at = divmod(taking, self.events)
        span = self.spans[at]
        return [(*span, own // MARKS or self.dated[at] or 0)] if span else []


class _Days(dict[int, int]):
    def __init__(self, takings: Takings) -> None:
        self._takings = takings

    def __missing__(self, taking: int) -> int:
        days = self[taking] = calendar_days(self._takings.days_at(taking))
        return days


def _first_and_last(event: Happened) -> tuple[int, int] | None:
    if not (event.starts_on and event.ends_on):
        return None
    return date.fromisoformat(event.starts_on).toordinal(), date.fromisoformat(event.ends_on).toordinal()


def _of_one(event: Happened) -> OfEvents:
    visit = int(event.kind == "site-visit")
    if event.is_visit:
        return OfEvents(0, 0, visit, 0)
    return OfEvents(1, event.days or 0, visit, int(len(event.projects) > 1))
