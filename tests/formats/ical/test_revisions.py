from __future__ import annotations

from typing import Any

import pytest

from eventrec.formats.ical.revisions import changed_at, moved_at, moved_since, times_called_off

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
    assert times_called_off([("", before, after) for before, after in changes]) == times


def state(sequence: int, day: str = "2024-10-17", status: str = "confirmed", url: str = "") -> dict[str, Any]:
    times = dict.fromkeys(("ends_on", "days", "start_time", "end_time", "timezone"))
    return {**times, "sequence": sequence, "starts_on": day, "status": status, "online_url": url}


MADE, LINKED, MOVED = state(0), state(1, url="https://example.org"), state(2, "2024-11-01", url="https://example.org")
HISTORY = [("1", None, MADE), ("2", MADE, LINKED), ("3", LINKED, LINKED)]


def test_a_new_link_is_a_change_and_no_move() -> None:
    assert (changed_at(HISTORY), moved_at(HISTORY)) == ("2", "")
    assert not moved_since(HISTORY, 0)


def test_a_new_date_is_both() -> None:
    history = [*HISTORY, ("4", LINKED, MOVED)]
    assert (changed_at(history), moved_at(history)) == ("4", "4")
    assert [moved_since(history, sequence) for sequence in (0, 1, 2)] == [True, True, False]


def test_what_was_called_off_and_on_again_has_moved() -> None:
    off = state(2, status="postponed")
    history = [*HISTORY, ("4", LINKED, off), ("5", off, state(3))]
    assert moved_at(history) == "5"
    assert moved_since(history, 1)
    assert moved_since(history, 2)


def test_a_history_that_does_not_go_back_so_far_says_nothing() -> None:
    assert moved_since([("1", None, state(5))], 4)
    assert moved_since([], 0)
    assert not moved_since([("1", None, state(5))], 5)
