"""Phone numbers: kept in E.164, read as people write them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.errors import Rejected
from eventrec.patterns import late
from eventrec.text.typed import plain, shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from phonenumbers import PhoneNumber

_EXTENSION: Final = late(r"\s*(?:转|轉|分机)\s*(?=\d)")
_CALLED_ABROAD: Final = late(r"\(?00\)?[\s.-]*(?=[1-9])")
_DASH: Final = late("[\u2010-\u2015\u2212]")
_WRITTEN: Final = late(
    r"(?:tel:)?[+(\d][\d\s().\-/~]*(?:[\s,;]*(?:ext(?:ension)?|x|#)[\s.:=]*\d+|;phone-context=\+\d+)*", re.IGNORECASE
)
_WHOLE: Final = re.compile(r"\+([1-9][0-9]*(?:[ -][0-9]+)*)")
_LONGEST: Final = 60
_HINT: Final = "Write it as +86 10 6532 1234, with an extension as +86 10 6532 1234 ext. 12."


class NoCountry(Rejected):
    """A number that may be right, and does not say the country or area that it belongs to."""


def read_phone(text: str, country: str | None) -> str:
    """Return a number in E.164 (`+861065321234`), with an extension as in RFC 3966 (`;ext=12`).

    `country` (ISO) says which national numbers are meant; a number that begins with + or 00 needs none. Raises Rejected
    for what is no number, and NoCountry for one that lacks its country or area code.
    """
    if (whole := _WHOLE.fullmatch(text.strip())) and len(text) <= _LONGEST:
        kept = "+" + whole[1].replace(" ", "").replace("-", "")
        if _is_as_written(kept):
            return kept
    return _kept(_parsed(text, country))


def show_phone(kept: str) -> str:
    """Return a number that is kept as `read_phone` returns it as it is written abroad: `+86 10 6532 1234 ext. 12`.

    What is kept in any other way is shown as it is: phonenumbers would read its letters as digits.
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(kept)
    except phonenumbers.NumberParseException:
        return kept
    if _kept(number) != kept:
        return kept
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _kept(number: PhoneNumber) -> str:
    import phonenumbers

    kept = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{kept};ext={number.extension}" if number.extension else kept


def _is_as_written(number: str) -> bool:
    """Tell whether a number with its country's code is possible, and none of its digits is for dialling only."""
    for length in (2, 3, 4):
        if numbering := _numbering(number[1:length]):
            rest = number[length:]
            return len(rest) in numbering.lengths and rest[0] != "0" and not numbering.dialled_before(rest)
    return False


class _Numbering(NamedTuple):
    """How the numbers of a country's code are built."""

    lengths: frozenset[int]
    dialled_before: Callable[[str], re.Match[str] | None]


@cache
def _numbering(code: str) -> _Numbering | None:
    """Return what is known of a country's code; None for what is none."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, PhoneNumber, is_possible_number

    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code))
    if not regions:
        return None
    known = PhoneMetadata.metadata_for_region_or_calling_code(int(code), regions[0])
    prefix = known.national_prefix_for_parsing if known else None
    possible = (PhoneNumber(country_code=int(code), national_number=10 ** (digits - 1)) for digits in range(2, 18))
    lengths = frozenset(digits for digits, each in enumerate(possible, 2) if is_possible_number(each))
    return _Numbering(lengths, re.compile(prefix or "(?!)").match)


def _parsed(text: str, country: str | None) -> PhoneNumber:
    import phonenumbers

    written = _EXTENSION.sub(" ext. ", _DASH.sub("-", plain(text, "A phone number", _LONGEST)))
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
