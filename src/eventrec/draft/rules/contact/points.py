"""E-mails and phones as a contact block has them: also hidden ones, broken ones, and those of a fax."""

from __future__ import annotations

import re
from typing import Final

from eventrec.patterns import late

_LOCAL: Final = r"[A-Za-z0-9][A-Za-z0-9.!#$%&'*+/=?^_{|}~\-]{0,63}"
_DOMAIN: Final = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,62}\.)+[A-Za-z]{2,24}"

EMAIL: Final = rf"(?<![A-Za-z0-9._%+\-]){_LOCAL}[@＠]{_DOMAIN}(?![A-Za-z0-9\-])"
"""An e-mail address, for a pattern."""

HIDDEN_EMAIL: Final = (
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}"
    r"(?:\s?[\[({<（【]\s?(?:at|AT|At|@)\s?[\])}>）】]\s?|\s(?:at|AT)\s|\s?[\[(]?#[\])]?\s?|\s?\[@\]\s?|\s@\s?|@\s)"
    r"[A-Za-z0-9\-]{1,63}(?:(?:\s?[\[({<（【]\s?(?:dot|DOT|Dot|\.)\s?[\])}>）】]\s?|\s(?:dot|DOT)\s|\.)[A-Za-z0-9\-]{1,63}){1,4}"
    r"|\[email[\s\u00a0]protected\]"
)
"""An address that is written so that machines do not read it, for a pattern."""

BROKEN_EMAIL: Final = rf"(?<![A-Za-z0-9._%+\-]){_LOCAL}[@＠](?:[A-Za-z0-9\-]{{1,63}})?"
"""The beginning of an address, for a pattern."""

PHONE: Final = (
    r"(?:(?<![\w.])|(?<=[^\W\d_A-Za-zÀ-ɏḀ-ỿ]))[+＋(（]{0,2}\d(?:[ \u00a0().（）\-\u2010-\u2015\u2212]{0,3}\d){3,24}"
    r"(?:[\s,;，；]{0,3}(?:ext(?:ension)?|x|#|转|轉|分机(?:号)?)[\s.:：=]{0,3}\d{1,6})?(?!\d)"
)
_PLUS_APART: Final = r"[+＋]\s{1,2}\d(?:[ \u00a0().（）\-\u2010-\u2015\u2212]{0,3}\d){3,24}(?!\d)"
PHONES: Final = rf"{_PLUS_APART}|{PHONE}"
"""A phone number with its extension, for a pattern; also one of too few digits."""

_AT: Final = late(r"\s?[\[({<（【]?\s?(?<![A-Za-z])(?:at|AT|At|@|#)(?![A-Za-z])\s?[\])}>）】]?\s?")
_DOT: Final = late(r"\s?[\[({<（【]\s?(?:dot|DOT|Dot|\.)\s?[\])}>）】]\s?|\s(?:dot|DOT)\s")


def address(text: str) -> str:
    """Return an address as it is kept: the domain in small letters, the part before it as written."""
    local, _, domain = text.replace("＠", "@").rpartition("@")
    return f"{local}@{domain.lower()}"


def uncovered(text: str) -> str | None:
    """Return the address that a hidden one stands for, or None where nothing of it is left."""
    if text.startswith("[email"):
        return None
    plain = _DOT.sub(".", _AT.sub("@", text, count=1)).strip()
    return address(plain) if re.fullmatch(EMAIL, plain) else None
