from __future__ import annotations

from datetime import date

import pytest

from eventrec.retention import kept_until


@pytest.mark.parametrize(
    ("ends_on", "months", "until"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2020-12-31", 60, "2025-12-31"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2025-06-15", 0, "2025-06-15"),
        ("9999-12-01", 1, "9999-12-31"),
        ("2025-06-15", 10**6, "9999-12-31"),
    ],
)
def test_months_after_a_day_end_on_that_day_or_the_last_of_a_shorter_month(
    ends_on: str, months: int, until: str
) -> None:
    assert kept_until(date.fromisoformat(ends_on), months) == date.fromisoformat(until)
