from __future__ import annotations

import pytest

from eventrec.formats.ical.revisions import times_called_off

INVITED, CANCELLED = {"status": "invited"}, {"status": "cancelled"}


@pytest.mark.parametrize(
    ("changes", "times"),
    [
        ([], 0),
        ([(None, INVITED)], 0),
        ([(None, CANCELLED)], 1),
        ([(None, INVITED), (INVITED, CANCELLED)], 1),
        ([(INVITED, CANCELLED), (CANCELLED, CANCELLED)], 1),
        ([(INVITED, CANCELLED), (CANCELLED, INVITED), (INVITED, CANCELLED)], 2),
        ([(INVITED, CANCELLED), (CANCELLED, None)], 1),
    ],
)
def test_each_time_that_somebody_is_called_off_counts(
    changes: list[tuple[dict[str, str] | None, dict[str, str] | None]], times: int
) -> None:
    assert times_called_off(changes) == times
