"""When an event's iCalendar SEQUENCE grows (RFC 5545, 3.8.7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

CALENDAR_STATUS: Final = {
    "planned": "TENTATIVE",
    "tentative": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "held": "CONFIRMED",
    "cancelled": "CANCELLED",
    "postponed": "CANCELLED",
}
_SIGNIFICANT: Final = (
    "starts_on",
    "ends_on",
    "days",
    "start_time",
    "end_time",
    "timezone",
    "venue",
    "address",
    "city",
    "country",
    "latitude",
    "longitude",
    "online_url",
)


def says_the_same(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether a VEVENT says the same of dates, times, place and STATUS; held is still CONFIRMED."""
    if CALENDAR_STATUS[before["status"]] != CALENDAR_STATUS[after["status"]]:
        return False
    return all(before[name] == after[name] for name in _SIGNIFICANT)
