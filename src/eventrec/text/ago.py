"""How long ago a moment was, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Final

_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
_LONG_AGO: Final = 60 * 86_400
"""Seconds after which a date says more than a number of days."""


def say_ago(moment: str, now: str) -> str:
    """Say how long before `now` a moment was: “2 minutes ago”; a very old or a future one by its UTC date or time.

    Both are UTC, `YYYY-MM-DDTHH:MM:SSZ`.
    """
    seconds = int((datetime.fromisoformat(now) - datetime.fromisoformat(moment)).total_seconds())
    if seconds < 0:
        return f"at {moment}"
    if seconds >= _LONG_AGO:
        return f"on {moment[:10]}"
    for unit, length in _UNITS:
        if number := seconds // length:
            return f"{number} {unit}{'' if number == 1 else 's'} ago"
    return "just now"
