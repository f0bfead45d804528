"""Descriptions that come as HTML, as plain text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

_TAG: Final = re.compile(
    r"</?(?:br|p|div|a|b|i|u|ul|ol|li|span|html|body|table|tr|td|font|strong|em|h[1-6]|html-blob|hr)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_LONGEST: Final = 200_000
_BREAKS: Final = frozenset(("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol"))
_HIDDEN: Final = frozenset(("style", "script", "head", "title"))


def is_html(text: str) -> bool:
    """Tell whether a text holds a tag of HTML; “a < b” is none."""
    return "<" in text and len(text) <= _LONGEST and _TAG.search(text) is not None


def text_of(html: str) -> str:
    """Return the text of HTML, links with their address behind them; at most one blank line in a row."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BREAKS:
            self.parts.append("\n- " if tag == "li" else "\n")
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.parts)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(self._hidden - 1, 0)
        elif tag in ("p", "div", "tr", "ul", "ol"):
            self.parts.append("\n")
        elif tag == "a" and self._links:
            address, at = self._links.pop()
            shown = "".join(self.parts[at:]).strip()
            if address.startswith(("http", "mailto:")) and address.removeprefix("mailto:") not in shown:
                self.parts.append(f" ({address})")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
