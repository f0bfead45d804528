from __future__ import annotations

from datetime import date

import pytest

from eventrec.text.dates import read_bound
from eventrec.text.iso import is_day


@pytest.mark.parametrize("text", ["2024-10-17", "1900-01-01", "2200-12-31", "2024-02-29"])
def test_a_whole_date_is_the_day_that_reading_finds(text: str) -> None:
    assert is_day(text)
    assert {read_bound(text, date(2026, 1, 1), last) for last in (False, True)} == {date.fromisoformat(text)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "2024-10",
        "2024-02-30",
        "1899-12-31",
        "2201-01-01",
        "2024-W42-4",
        "20241017  ",
        "２０２４-10-17",
        "today",
    ],
)
def test_all_else_is_left_to_reading(text: str) -> None:
    assert not is_day(text)
