"""What an event's history says of its invitations: which are out of date, and who was called off how often.

Calling off one participant changes nothing for the others, so the event's own SEQUENCE stays; yet a CANCEL must carry a
higher one than the invitation before it (RFC 5546 §3.2.5), and a new invitation none that is lower (§2.1.5). Hence what
is sent to a participant has the event's SEQUENCE and one more for each time that participant was called off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

Row = Mapping[str, Any]
Changes = Iterable[tuple[str, Row | None, Row | None]]
"""Moment (UTC), and the whole row before and after, in the order in which they happened."""

_WHEN: Final = ("starts_on", "ends_on", "days", "start_time", "end_time", "timezone")
_OFF: Final = ("cancelled", "postponed")


def times_called_off(changes: Changes) -> int:
    """Count how often a participation became `cancelled`."""
    return sum(
        1
        for _, before, after in changes
        if after is not None and after["status"] == "cancelled" and (before is None or before["status"] != "cancelled")
    )


def changed_at(changes: Changes) -> str:
    """Return when an event's SEQUENCE last grew; empty when it never did."""
    return max(
        (moment for moment, before, after in _revisions(changes) if after["sequence"] > before["sequence"]), default=""
    )


def moved_at(changes: Changes) -> str:
    """Return when an event last got another time, or was called off or on; empty when it never was.

    Answers from before do not hold any more; a new room or link leaves them as they are.
    """
    return max((moment for moment, before, after in _revisions(changes) if _moved(before, after)), default="")


def moved_since(changes: Changes, sequence: int) -> bool:
    """Tell whether an event got another time, or was called off or on, after the invitation with that SEQUENCE.

    True as well when its history does not go back so far.
    """
    known = list(changes)
    first = next((row for _, *rows in known for row in rows if row is not None), None)
    if first is None or first["sequence"] > sequence:
        return True
    return any(after["sequence"] > sequence and _moved(before, after) for _, before, after in _revisions(known))


def _revisions(changes: Changes) -> Iterable[tuple[str, Row, Row]]:
    return [(moment, before, after) for moment, before, after in changes if before is not None and after is not None]


def _moved(before: Row, after: Row) -> bool:
    if (before["status"] in _OFF) != (after["status"] in _OFF):
        return True
    return any(before[name] != after[name] for name in _WHEN)
