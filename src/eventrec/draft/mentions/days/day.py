"""A day as it is written, and a place where days are named."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.evidence import Span

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
_LEAP: Final = 2000
"""Stands for a year that is not said: 29 February may be meant."""


@dataclass(frozen=True)
class Day:
    """A day as it is written; without `year` the text does not say it."""

    month: int
    day: int
    year: int | None = None

    @property
    def exists(self) -> bool:
        """Tell whether there is such a day, in the year or in any."""
        year = _LEAP if self.year is None else self.year
        return (
            FIRST_YEAR <= year <= LAST_YEAR
            and 1 <= self.month <= 12
            and 1 <= self.day <= monthrange(year, self.month)[1]
        )

    @property
    def written(self) -> str:
        """The day in ISO 8601; without its year in RFC 3339's form: --09-21."""
        year = "-" if self.year is None else f"{self.year:04}"
        return f"{year}-{self.month:02}-{self.day:02}"

    def on(self, year: int | None = None) -> date:
        """Return the date, in a year where the day has none of its own."""
        return date(self.year or year or _LEAP, self.month, self.day)

    def later(self, days: int) -> Day:
        """Return the day that is some days later; where the year is not said, it is still not said."""
        moved = self.on() + timedelta(days=days)
        return Day(moved.month, moved.day, None if self.year is None else moved.year)

    def within(self, year: int | None) -> Day:
        """Return the day in a year, where it has none of its own."""
        return replace(self, year=year) if self.year is None else self


@dataclass(frozen=True)
class DayMention:
    """First and last day, both inclusive, that words of the text name; equal for a single day."""

    span: Span
    first: Day
    last: Day
    language: str
    days: tuple[Day, ...] = ()
    """The days one by one, where they do not follow each other: “5, 7 and 9 May”."""

    other: tuple[Day, Day] | None = None
    """The days that figures may mean as well, with month and day the other way round: “06/02”."""

    weekday: int | None = None
    """The weekday that stands beside the first day; Monday is 0."""

    borrowed: Span | None = None
    """Where the year or month stands that these words leave out: a dateline."""

    in_figures: bool = False

    @property
    def length(self) -> int:
        """Days from first to last, both counted."""
        return length(self.first, self.last)

    @property
    def full(self) -> bool:
        """Tell whether the year is said."""
        return self.first.year is not None and self.last.year is not None

    @property
    def exists(self) -> bool:
        """Tell whether there are such days, in this order."""
        if not all(each.exists for each in (self.first, self.last, *self.days)):
            return False
        return not self.full or self.first.on() <= self.last.on()

    @property
    def wrong_weekday(self) -> bool:
        """Tell whether another weekday stands beside the first day than it is."""
        return self.weekday is not None and self.first.year is not None and self.first.on().weekday() != self.weekday


def length(first: Day, last: Day) -> int:
    """Return the days from first to last, both counted; without years, the shortest way round."""
    days = (last.on() - first.on()).days
    if days < 0 and (first.year is None or last.year is None):
        days += 365
    return days + 1


def in_one_year(first: Day, last: Day) -> tuple[Day, Day]:
    """Return both days with the year that one of them has; 29 December – 2 January 2023 begins in 2022."""
    turned = (first.month, first.day) > (last.month, last.day)
    if first.year is None and last.year is not None:
        return first.within(last.year - turned), last
    if last.year is None and first.year is not None:
        return first, last.within(first.year + turned)
    return first, last


def follow_each_other(days: Sequence[Day]) -> bool:
    """Tell whether each day is the one after that before it."""
    return all(one.later(1).written[-5:] == next_one.written[-5:] for one, next_one in pairwise(days))
