"""The hash by which a text is known again."""

from __future__ import annotations

import hashlib


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, hexadecimal; octets that were no UTF-8 count as they were."""
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()
