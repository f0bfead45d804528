"""Contact cards: vCard 3.0 (RFC 2426), which Outlook takes, and vCard 4.0 (RFC 6350), in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.formats import vcard_3, vcard_4
from eventrec.formats.vcard_records import Card, Point, Version

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Card", "Point", "Version", "render", "written"]


def render(cards: Iterable[Card], version: Version = "3.0", main: str = "en") -> bytes:
    """Write cards one after the other: UTF-8, CRLF, folded at 75 octets. `main` is the language put first."""
    return "".join([written(card, version, main) for card in cards]).encode()


def written(card: Card, version: Version = "3.0", main: str = "en") -> str:
    """Return one card as it stands in a file, with the end of its last line."""
    lines = vcard_3.lines(card, main) if version == "3.0" else vcard_4.lines(card, main)
    lines.append("")
    return "\r\n".join(lines)
