"""How often somebody was called off from an event, which the SEQUENCE of their messages counts.

Calling off one participant changes nothing for the others, so the event's own SEQUENCE stays; yet a CANCEL must carry a
higher one than the invitation before it (RFC 5546 §3.2.5), and a new invitation none that is lower (§2.1.5). Hence what
is sent to a participant has the event's SEQUENCE and one more for each time that participant was called off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def times_called_off(changes: Iterable[tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]) -> int:
    """Count how often a participation became `cancelled`, from its row before and after each change."""
    return sum(
        1
        for before, after in changes
        if after is not None and after["status"] == "cancelled" and (before is None or before["status"] != "cancelled")
    )
