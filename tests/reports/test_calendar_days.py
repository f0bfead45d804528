from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from eventrec.reports.calendar_days import calendar_days


@st.composite
def spans(draw: st.DrawFn) -> list[tuple[int, int, int]]:
    """Events in one week as first and last day (0 to 6) with the days that somebody was there."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        first = draw(st.integers(0, 5))
        last = draw(st.integers(first, 5))
        found.append((first, last, draw(st.integers(1, 3))))
    return found


def by_trying(week: list[tuple[int, int, int]]) -> int:
    """Give each day to one of the events or to none, in every way there is."""
    best = 0
    for days in product([None, *range(len(week))], repeat=6):
        fits = all(event is None or week[event][0] <= day <= week[event][1] for day, event in enumerate(days))
        if fits and all(days.count(event) <= week[event][2] for event in range(len(week))):
            best = max(best, sum(event is not None for event in days))
    return best


@settings(max_examples=40)
@given(spans())
def test_it_is_the_most_that_any_way_of_giving_out_days_reaches(week: list[tuple[int, int, int]]) -> None:
    assert calendar_days([(first + 1, last + 1, days) for first, last, days in week]) == by_trying(week)


def test_two_meetings_on_one_day_are_one_day() -> None:
    assert calendar_days([(5, 5, 1)] * 2) == 1


def test_two_meetings_on_one_day_within_a_long_event_leave_its_other_days() -> None:
    assert calendar_days([(1, 10, 2), *[(5, 5, 1)] * 2]) == 3
