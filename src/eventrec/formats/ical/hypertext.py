"""Descriptions that come as HTML, as plain text.

Each text is gone through once, since whoever writes a calendar may leave a thousand tags open: a tag is what ends
before the next one begins, but for what stands in quotes.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

_TAG: Final = re.compile(
    r"</?(?:br|p|div|a|b|i|u|ul|ol|li|span|html|body|table|tr|td|font|strong|em|h[1-6]|html-blob|hr)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_PIECE: Final = re.compile(
    r"<(?:(?P<end>/?)(?P<name>[a-z][\w-]*+(?::[\w-]++)?+)(?=[\s/>])(?P<more>(?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+(?=>)|[^<>]*+)"
    r"|[!?][^<>]*+)>",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"(?<![\w-])href\s*+=\s*+(?:\"([^\"]*+)|'([^']*+)|([^\s\"'>]++))", re.IGNORECASE)
_LONG_NUMBER: Final = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
_LONGEST: Final = 200_000
_BREAKS: Final = frozenset(("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol"))
_BREAKS_AFTER: Final = frozenset(("p", "div", "tr", "ul", "ol"))
_HIDDEN: Final = frozenset(("style", "script", "head", "title"))


def is_html(text: str) -> bool:
    """Tell whether a text holds a tag of HTML; “a < b” is none."""
    return "<" in text and len(text) <= _LONGEST and _TAG.search(text) is not None


def text_of(html: str, *, with_addresses: bool = True) -> str:
    """Return the text of HTML, links with their address behind them; at most one blank line in a row."""
    reader, at = _Text(with_addresses), 0
    html = _without_comments(html)
    for piece in _PIECE.finditer(html):
        reader.text(html[at : piece.start()])
        at = piece.end()
        name = (piece["name"] or "").lower()
        if piece["end"]:
            reader.end(name)
        elif name:
            reader.begin(name, piece["more"])
    reader.text(html[at:])
    reader.end("a")
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_comments(html: str) -> str:
    """Return HTML without comments; one that does not end is text."""
    kept, at = list[str](), 0
    while (begin := html.find("<!--", at)) >= 0 and (end := html.find("-->", begin + 4)) >= 0:
        kept.append(html[at:begin])
        at = end + 3
    return "".join((*kept, html[at:]))


def _plain(text: str) -> str:
    """Return a text without references to characters; a number that no character has is the sign for none."""
    return unescape(_LONG_NUMBER.sub("\ufffd", text))


class _Text:
    """The parts of the text as they are found, and what is open: what nobody sees, and a link."""

    def __init__(self, with_addresses: bool) -> None:
        self._with_addresses = with_addresses
        self.parts: list[str] = []
        self._hidden = ""
        self._link = ""
        self._link_at = 0

    def begin(self, name: str, more: str) -> None:
        """Take the beginning of an element; a link ends where the next one begins."""
        if name == "body" and self._hidden == "head":
            self._hidden = ""
        elif self._hidden:
            return
        elif name in _HIDDEN:
            self._hidden = name
        elif name in _BREAKS:
            self.parts.append("\n- " if name == "li" else "\n")
        elif name == "a":
            self.end(name)
            found = _ADDRESS.search(more) if self._with_addresses else None
            self._link = _plain(next(filter(None, found.groups()), "")) if found else ""
            self._link_at = len(self.parts)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self._hidden:
            self._hidden = "" if name == self._hidden else self._hidden
        elif name in _BREAKS_AFTER:
            self.parts.append("\n")
        elif name == "a" and self._link:
            address, self._link = self._link, ""
            shown = "".join(self.parts[self._link_at :]).strip()
            if address.startswith(("http", "mailto:")) and address.removeprefix("mailto:") not in shown:
                self.parts.append(f" ({address})")

    def text(self, text: str) -> None:
        """Take what stands between two tags."""
        if text and not self._hidden:
            self.parts.append(_plain(text))
