"""E-mail addresses, checked without asking the network."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from eventrec.errors import Rejected
from eventrec.patterns import late
from eventrec.text.typed import shortened, without_marks

_WRAPPED: Final = late(r"[^<>]*<([^<>]+)>\s*")
_FULL_WIDTH: Final = {0x3002: "."} | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_LONGEST: Final = 500
_PLAIN: Final = re.compile(
    r"([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}|(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)+)"
    r"@([A-Za-z0-9.-]+)"
)
"""An address whose local part is a dot-atom of ASCII (RFC 5322, 3.2.3); only its domain is in question."""

_LONGEST_PLAIN: Final = 254


def read_email(text: str) -> str:
    """Return an address (RFC 5322, RFC 6531) with its domain in lower case and its local part as typed.

    `Name <address>` and `mailto:` are taken off, full-width letters made plain. Raises Rejected.
    """
    if (plain := _PLAIN.fullmatch(text.strip())) and len(plain[0]) <= _LONGEST_PLAIN:
        domain = _domain(plain[2])
        if domain:
            return f"{plain[1]}@{domain}"
    from email_validator import EmailNotValidError, validate_email

    if len(text) > _LONGEST:
        raise Rejected(f"An e-mail address has no {len(text):,} characters.", "Give one address at a time.")
    bare = _bare(text)
    try:
        found = validate_email(bare, check_deliverability=False)
    except EmailNotValidError as error:
        raise Rejected(
            f"“{shortened(bare)}” is no e-mail address: {_reason(bare)}.", "Write it as name@example.org."
        ) from error
    return f"{bare.rpartition('@')[0]}@{found.domain.lower()}"


@lru_cache(maxsize=4096)
def _domain(domain: str) -> str:
    """Return a domain in lower case; nothing for one that no address has."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(f"a@{domain}", check_deliverability=False).domain.lower()
    except EmailNotValidError:
        return ""


def _bare(text: str) -> str:
    bare = unicodedata.normalize("NFC", without_marks(text).translate(_FULL_WIDTH)).strip()
    wrapped = _WRAPPED.fullmatch(bare)
    bare = (wrapped[1] if wrapped else bare).strip()
    if bare.lower().startswith("mailto:"):
        bare = unquote(bare[len("mailto:") :].partition("?")[0])
    return bare


def _reason(bare: str) -> str:
    """Say in our own words what is wrong with an address that is not valid."""
    from email_validator import SPECIAL_USE_DOMAIN_NAMES

    local, at, domain = bare.rpartition("@")
    ending = domain.lower().rpartition(".")[2]
    reasons = (
        (not at, "it has no @"),
        ("@" in local or "," in bare or ";" in bare, "it seems to be more than one"),
        (not local, "nothing stands before the @"),
        (not domain, "nothing stands after the @"),
        (re.search(r"\s", bare), "there is a space in it"),
        (ending in SPECIAL_USE_DOMAIN_NAMES, f"no mail can be sent to “{shortened(ending)}”"),
        ("." not in domain, f"“{shortened(domain)}” is no domain"),
        (".." in bare or bare.startswith(".") or ".@" in bare, "a dot stands where none can"),
    )
    return next((words for wrong, words in reasons if wrong), "some of its characters cannot stand there")
