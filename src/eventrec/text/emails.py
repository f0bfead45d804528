"""E-mail addresses, checked without asking the network."""

from __future__ import annotations

import re
from typing import Final

from eventrec.errors import Rejected

_WRAPPED: Final = re.compile(r"[^<>]*<([^<>]+)>\s*")
_LONGEST: Final = 500


def read_email(text: str) -> str:
    """Return an address (RFC 5322) with its domain in lower case and its local part as typed.

    `Name <address>` and `mailto:` are taken off. Raises Rejected.
    """
    from email_validator import EmailNotValidError, validate_email

    bare = text.strip()[:_LONGEST]
    wrapped = _WRAPPED.fullmatch(bare)
    bare = (wrapped[1] if wrapped else bare).strip()
    if bare.lower().startswith("mailto:"):
        bare = bare[len("mailto:") :]
    try:
        found = validate_email(bare, check_deliverability=False)
    except EmailNotValidError as error:
        raise Rejected(f"“{bare}” is no e-mail address: {error}", "Write it as name@example.org.") from error
    return f"{bare.rpartition('@')[0]}@{found.domain.lower()}"
