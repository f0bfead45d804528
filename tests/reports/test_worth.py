from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eventrec.reports.worth import Sums, Worth

LARGEST = 1_000
_worths = st.lists(st.builds(Worth, *[st.integers(0, LARGEST // 4)] * len(Worth._fields)), max_size=4)


@given(_worths)
def test_worths_that_are_added_up_as_numbers_are_read_as_their_sum(worths: list[Worth]) -> None:
    sums = Sums(LARGEST)
    assert sums.read(sum(map(sums.of, worths))) == tuple(map(sum, zip(Worth(), *worths, strict=True)))


@given(st.integers(0, 10**12))
def test_days_may_be_more_than_anything_else(days: int) -> None:
    sums = Sums(1)
    everything = Worth(*[1] * len(Worth._fields))
    assert sums.read(sums.of(everything) + sums.days(days)) == everything._replace(days=days + 1)
