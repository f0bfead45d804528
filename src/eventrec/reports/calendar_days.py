"""A named person counts at most once per calendar day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Span = tuple[str, str, int]
"""First and last day of an event (ISO, both inclusive) and the number of days that the person was there."""


def calendar_days(spans: Sequence[Span]) -> int:
    """Return how many different calendar days the spans can hold, each no more than its number of days.

    Days are given out in order, each to the open span that ends first, which leaves the fewest without a day.
    """
    waiting = sorted((date.fromisoformat(first), date.fromisoformat(last), days) for first, last, days in spans)
    open_spans: list[tuple[date, int]] = []
    held = 0
    day = date.min
    while waiting or open_spans:
        if not open_spans:
            day = max(day, waiting[0][0])
        while waiting and waiting[0][0] <= day:
            _, last, days = waiting.pop(0)
            open_spans.append((last, days))
        open_spans = [(last, days) for last, days in open_spans if last >= day and days > 0]
        if open_spans:
            open_spans.sort()
            last, days = open_spans[0]
            open_spans[0] = (last, days - 1)
            held += 1
            day += timedelta(days=1)
    return held
