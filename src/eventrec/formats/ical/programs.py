"""What calendar programs need beyond the standard, or cannot read of it; one line for each program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Program:
    """How a calendar is written for one program.

    `zone_of_calendar`: X-WR-TIMEZONE. `busy_status`: Outlook's own words for free and busy ([MS-OXCICAL]
    2.1.3.1.1.20.31). `on_a_map`: the place as Apple's map wants it, and the calendar's colour.
    """

    zone_of_calendar: bool = False
    busy_status: bool = False
    on_a_map: bool = False


ANY: Final = Program()
"""The default, which every program reads."""

PROGRAMS: Final = {
    "outlook": Program(busy_status=True),
    "google": Program(zone_of_calendar=True),
    "apple": Program(on_a_map=True),
    "thunderbird": ANY,
    "khal": ANY,
}
"""The programs by the word that asks for them."""
