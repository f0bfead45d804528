"""A text of the same length with plain characters: what looks alike is written alike."""

from __future__ import annotations

import unicodedata
from typing import Final

from eventrec.draft.evidence import Span

_KEPT_WIDE: Final = frozenset("！（），：；？～")
"""Full-width marks that Chinese sentences are told by."""

_WIDE: Final = {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE
}  # fmt: skip
_BLANKS: Final = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff\t"
)
_BREAKS: Final = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_CONTROLS: Final = [*range(9), *range(0x0E, 0x1C), 0x1F, *range(0x7F, 0x85), *range(0x86, 0xA0)]
_MARKS: Final = "\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
_PLAIN: Final[dict[int, int | str]] = {
    **_WIDE,
    **dict.fromkeys([*map(ord, _BLANKS), *_CONTROLS, *map(ord, _MARKS)], " "),
    **dict.fromkeys(map(ord, _BREAKS), "\n"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u2032\u00b4`"), "'"),
    **dict.fromkeys(map(ord, "\u2010\u2011"), "-"),
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
}


def plain(source: str) -> str:
    """Return the text with plain blanks, quotes and figures, and every line end a line feed (CR LF: blank, LF)."""
    text = source.translate(_PLAIN)
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return text


def trimmed(text: str, start: int, end: int) -> Span:
    """Return a stretch without the blanks around it; empty, at its start, where there is nothing else."""
    inside = text[start:end]
    left = len(inside) - len(inside.lstrip())
    return Span(start + left, start + max(left, len(inside.rstrip()))) if left < len(inside) else Span(start, start)
