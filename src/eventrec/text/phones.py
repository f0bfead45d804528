"""Phone numbers: kept in E.164, shown in the international form."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from eventrec.errors import Rejected

_EXTENSION: Final = re.compile(r"\s*(?:转|轉|分机)\s*(?=\d)")
_LONGEST: Final = 60


def read_phone(text: str, country: str | None) -> str:
    """Return a number in E.164 (`+861065321234`), with an extension as in RFC 3966 (`;ext=12`).

    `country` (ISO) says which national numbers are meant. Raises Rejected.
    """
    import phonenumbers

    plain = _EXTENSION.sub(" ext. ", unicodedata.normalize("NFKC", text).strip())
    if len(plain) > _LONGEST:
        raise Rejected(f"A phone number has no {len(plain)} characters.", "Give one number at a time.")
    try:
        number = phonenumbers.parse(plain, country)
    except phonenumbers.NumberParseException as error:
        if country is None and re.search(r"\d", plain):
            raise Rejected(
                f"“{text}” does not say its country.", "Write it with the country's code: +86 10 6532 1234."
            ) from error
        raise Rejected(f"“{text}” is no phone number.", "Write it as +86 10 6532 1234.") from error
    if not phonenumbers.is_possible_number(number):
        raise Rejected(f"“{text}” has too many or too few digits for a phone number.", "Write it as +86 10 6532 1234.")
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{written};ext={number.extension}" if number.extension else written


def show_phone(value: str) -> str:
    """Return a kept number in the international form: `+86 10 6532 1234 ext. 12`."""
    import phonenumbers

    try:
        number = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return value
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
