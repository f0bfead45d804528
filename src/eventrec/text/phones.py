"""Phone numbers: kept in E.164, shown in the international form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.text.typed import plain, shortened

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_EXTENSION: Final = re.compile(r"\s*(?:转|轉|分机)\s*(?=\d)")
_CALLED_ABROAD: Final = re.compile(r"\(?00\)?[\s.-]*(?=[1-9])")
_DASH: Final = re.compile("[\u2010-\u2015\u2212]")
_WRITTEN: Final = re.compile(
    r"(?:tel:)?[+(\d][\d\s().\-/~]*(?:[\s,;]*(?:ext(?:ension)?|x|#)[\s.:=]*\d+|;phone-context=\+\d+)*", re.IGNORECASE
)
_HINT: Final = "Write it as +86 10 6532 1234, with an extension as +86 10 6532 1234 ext. 12."


class NoCountry(Rejected):
    """A number that may be right, and does not say the country or area that it belongs to."""


def read_phone(text: str, country: str | None) -> str:
    """Return a number in E.164 (`+861065321234`), with an extension as in RFC 3966 (`;ext=12`).

    `country` (ISO) says which national numbers are meant; a number that begins with + or 00 needs none. Raises Rejected
    for what is no number, and NoCountry for one that lacks its country or area code.
    """
    import phonenumbers

    number = _parsed(text, country)
    kept = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{kept};ext={number.extension}" if number.extension else kept


def _parsed(text: str, country: str | None) -> PhoneNumber:
    import phonenumbers

    written = _EXTENSION.sub(" ext. ", _DASH.sub("-", plain(text, "A phone number", 60)))
    if abroad := _CALLED_ABROAD.match(written):
        written = "+" + written[abroad.end() :]
    quoted = f"“{shortened(text)}”"
    if not _WRITTEN.fullmatch(written):
        raise Rejected(f"{quoted} is no phone number.", _HINT)
    try:
        number = phonenumbers.parse(written, country.upper() if country else None)
    except phonenumbers.NumberParseException as error:
        nowhere = error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE
        if nowhere and "+" not in written:
            raise NoCountry(
                f"{quoted} does not say its country.", "Write it with the country's code: +86 10 6532 1234."
            ) from error
        raise Rejected(f"{quoted} is no phone number.", _HINT) from error
    if not phonenumbers.is_possible_number(number):
        raise Rejected(f"{quoted} has too many or too few digits for a phone number.", _HINT)
    trunk = phonenumbers.ndd_prefix_for_region(country.upper(), True) if country and "+" not in written else None
    if trunk and not written.lstrip("(").startswith(trunk) and not phonenumbers.is_valid_number(number):
        raise NoCountry(
            f"{quoted} is no whole number in {country}: its area code may be missing.",
            "Write it as it is called from abroad: +86 10 6532 1234.",
        )
    return number


def show_phone(value: str) -> str:
    """Return a kept number in the international form: `+86 10 6532 1234 ext. 12`."""
    import phonenumbers

    try:
        number = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return value
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
