"""Lists of words, written as running text."""

from __future__ import annotations


def words_in(text: str) -> frozenset[str]:
    """Return the words of a text that blanks part."""
    return frozenset(text.split())
