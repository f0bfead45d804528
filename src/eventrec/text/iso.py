"""Whether a text is a date as databases write it: the most frequent one that people type, told without a pattern."""

from __future__ import annotations

from datetime import date
from typing import Final

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
"""The years that a record may lie in, both inclusive."""


def is_day(text: str) -> bool:
    """Tell whether a text is a date of the calendar, YYYY-MM-DD, in a year that a record may lie in."""
    if len(text) != 10 or not text.isascii():
        return False
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return text[4] == "-" == text[7] and FIRST_YEAR <= day.year <= LAST_YEAR
