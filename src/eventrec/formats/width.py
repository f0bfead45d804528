"""How many cells of a terminal a text takes: Chinese characters take two, combining marks none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDE: Final = "\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
_NARROW: Final = " -~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u03a1\u0400-\u0482\u2010-\u2027"
# wcwidth takes 20 ms to import, which a list would feel; most bilingual texts need none of its tables.
_SIMPLE: Final = re.compile(f"[{_WIDE}{_NARROW}]*")
_WIDE_CHARACTER: Final = re.compile(f"[{_WIDE}]")


def width(text: str) -> int:
    """Return the cells that a text without control characters takes."""
    if text.isascii():
        return len(text)
    if _SIMPLE.fullmatch(text):
        return len(text) + len(_WIDE_CHARACTER.findall(text))
    from wcwidth import wcswidth

    return max(0, wcswidth(text))


def shorten(text: str, cells: int) -> str:
    """Return the text if it fits, else what fits of it before an ellipsis; no character is cut in two."""
    if width(text) <= cells:
        return text
    taken, room = [], cells - 1
    for character in _characters(text):
        room -= width(character)
        if room < 0:
            break
        taken.append(character)
    return "".join(taken).rstrip() + "…" if cells > 0 else ""


def pad(text: str, cells: int, right: bool = False) -> str:
    """Fill a text with spaces to so many cells, on its right side, or on its left to align it right."""
    spaces = " " * (cells - width(text))
    return spaces + text if right else text + spaces


def wrapped(text: str, cells: int | None) -> str:
    """Break a sentence into lines of at most so many cells; None leaves it on one line."""
    if cells is None or width(text) <= cells:
        return text
    from wcwidth import wrap

    return "\n".join(wrap(text, max(cells, 20)))


def _characters(text: str) -> Iterable[str]:
    if _SIMPLE.fullmatch(text):
        return text
    from wcwidth import iter_graphemes

    return iter_graphemes(text)
