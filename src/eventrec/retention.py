"""How long personal data is kept: the last day of what it was collected for, and some months after it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

SETTING: Final = "retention_months"
"""The book's setting: months after the end of a project that says nothing of its own."""

DEFAULT_MONTHS: Final = 60
"""Five years: so long the records of money from the European Union are kept after its last payment.

Regulation (EU, Euratom) 2018/1046, article 132; three years for at most 60,000 euros.
"""

LONGEST: Final = 1200
"""The most months that are taken: a hundred years."""


def kept_until(ends_on: date, months: int) -> date:
    """Return the last day, inclusive, on which data is kept that is kept for some months after a day.

    It has the same number as that day, or is the last of its month when the month is shorter: 31 January and one month
    is 28 or 29 February. The calendar ends with the year 9999.
    """
    years, month = divmod(ends_on.month - 1 + months, 12)
    if ends_on.year + years > date.max.year:
        return date.max
    year, month = ends_on.year + years, month + 1
    return date(year, month, min(ends_on.day, monthrange(year, month)[1]))
