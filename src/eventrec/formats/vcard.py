"""Contact cards: vCard 3.0 (RFC 2426), which Outlook takes, and vCard 4.0 (RFC 6350), in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.formats import vcard_3, vcard_4
from eventrec.formats.content_lines import fold
from eventrec.formats.vcard_records import Card, Point, Version

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Card", "Point", "Version", "render"]


def render(cards: Sequence[Card], version: Version = "3.0", main: str = "en") -> bytes:
    """Write cards one after the other: UTF-8, CRLF, folded at 75 octets. `main` is the language put first."""
    write = vcard_3.lines if version == "3.0" else vcard_4.lines
    lines = (fold(line) for card in cards for line in write(card, main))
    return "".join(f"{line}\r\n" for line in lines).encode()
