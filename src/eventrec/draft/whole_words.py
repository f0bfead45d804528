"""Names of the book as whole words of a text, however their blanks and dashes are written.

A pattern is made only for a name of which the text has every word, so that a large book takes no longer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD: Final = late(r"[^\W_\u3400-\u9fff]+")
_BETWEEN: Final = late(r"[\s–—-]+")
_HAN: Final = late(r"[\u3400-\u9fff]")


class WholeWords:
    """A text that names are looked for in; case does not matter, but for a name that is written in capitals alone."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = text.lower()
        self._words = set(_WORD.findall(self._folded))

    def find(self, name: str, *, plural: bool = False) -> Iterator[Span]:
        """Yield each place where a name stands; with `plural` also with the s of the plural."""
        parts = [re.escape(part) for part in _BETWEEN.split(name.strip()) if part]
        if not parts or not self._may_hold(name, plural=plural):
            return
        joined = r"(?:\s*[–—-]\s*|\s+)".join(parts) + ("s?" if plural and not name.endswith("s") else "")
        for found in re.finditer(joined, self._text, 0 if name.isupper() else re.IGNORECASE):
            if not self._goes_on(found.start() - 1, found[0][0]) and not self._goes_on(found.end(), found[0][-1]):
                yield Span(*found.span())

    def _may_hold(self, name: str, *, plural: bool) -> bool:
        """Tell whether the text has every word of a name; Chinese, which has no words, is looked for whole."""
        if _HAN.search(name):
            return all(part in self._folded for part in _BETWEEN.split(name.strip().lower()))
        words = _WORD.findall(name.lower())
        return all(word in self._words or (plural and f"{word}s" in self._words) for word in words)

    def _goes_on(self, at: int, last: str) -> bool:
        """Tell whether a word goes on beyond a name; between Chinese characters no word ends."""
        if not 0 <= at < len(self._text) or _HAN.match(last):
            return False
        beyond = self._text[at]
        return beyond.isalnum() and not _HAN.match(beyond) and last.isalnum()
