"""What our own calendars say in their descriptions beside the description: why, and where to join."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from eventrec.formats.ical.incoming import Properties

_WORDS: Final = r"(?:Cancelled|已取消|(?P<postponed>Postponed|已延期))(?: / (?:Cancelled|已取消|Postponed|已延期))?"
_CALLED_OFF: Final = re.compile(rf"{_WORDS}(?:: (?P<reason>.*))?", re.DOTALL)
_JOIN: Final = re.compile(r"(?:Join online|在线参加)(?: / (?:Join online|在线参加))?: (?P<link>.*)", re.DOTALL)
_SAFE: Final = "%:/?#[]@!$&'()*+=~-._"


class Ours(NamedTuple):
    """The parts of a description that eventrec wrote."""

    paragraphs: list[str]
    online_url: str | None
    status_reason: str | None = None
    postponed: bool = False
    removed: bool = False


def taken_apart(said: Properties, text: str, online_url: str | None) -> Ours:
    """Take a description of ours apart. A cancelled event that does not say so is what is left of a removed one."""
    parts = text.split("\n\n") if text else []
    join = _JOIN.fullmatch(parts[-1]) if parts and online_url else None
    if join and quote(join["link"], safe=_SAFE) == online_url:
        online_url = join["link"]
        parts.pop()
    if said.text("STATUS").upper() != "CANCELLED":
        return Ours(parts, online_url)
    off = _CALLED_OFF.fullmatch(parts[-1]) if parts else None
    if off is None:
        return Ours(parts, online_url, removed=True)
    return Ours(parts[:-1], online_url, off["reason"], postponed=off["postponed"] is not None)
