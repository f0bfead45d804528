"""What was typed, made ready for reading, and shortened where a refusal quotes it."""

from __future__ import annotations

import unicodedata
from typing import Final

from eventrec.errors import Rejected
from eventrec.patterns import late

_UNSEEN: Final = late("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks that come along when text is copied from Outlook, a web page or a file's properties, and mean nothing."""


def plain(text: str, what: str, longest: int = 100) -> str:
    """Return the text in plain width, without invisible marks and surplus space.

    Raises Rejected for a text of more than `longest` characters, which can be no `what`.
    """
    text = text.strip()
    if len(text) > longest:
        raise Rejected(f"{what} has no {len(text):,} characters.", f"{longest} are the most.")
    return " ".join(without_marks(unicodedata.normalize("NFKC", text)).split())


def without_marks(text: str) -> str:
    """Return the text without invisible marks."""
    return _UNSEEN.sub("", text)


def shortened(text: str, longest: int = 60) -> str:
    """Return the text as a refusal quotes it."""
    text = text.strip()
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
