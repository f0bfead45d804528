"""A named person counts at most once per calendar day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Span = tuple[int, int, int]
"""First and last day of an event (ordinals, both inclusive) and the number of days that the person was there."""


def calendar_days(spans: Sequence[Span]) -> int:
    """Return how many different calendar days the spans can hold, each no more than its number of days."""
    if len(spans) == 1:
        first, last, days = spans[0]
        return min(days, last - first + 1)
    held, through = 0, 0
    for first, last, days in sorted(spans):
        if days <= last - first:
            return _given_out(spans)
        if last > through:
            held += last - max(first - 1, through)
            through = last
    return held


def _given_out(spans: Sequence[Span]) -> int:
    """Give days out in order, each to the open span that ends first, which leaves the fewest without a day."""
    waiting = sorted(spans)
    open_spans: list[tuple[int, int]] = []
    held, day = 0, 0
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
            day += 1
    return held
