"""The value types of RFC 5545 §3.3: what a value means, and what is wrong with one that means nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check.finding import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

_DATE: Final = re.compile(r"[0-9]{8}")
_DATE_TIME: Final = re.compile(r"[0-9]{8}T[0-9]{6}Z?")
_DURATION: Final = re.compile(
    r"([+-])?P(?:([0-9]+)W|(?:([0-9]+)D)?(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)S)?)?)"
)
_OFFSET: Final = re.compile(r"([+-])([0-9]{2})([0-5][0-9])([0-5][0-9])?")
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20\x7f<>\"{}|\\^`]*")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MAILTO: Final = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_FLOAT: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_TIME: Final = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9]|60)Z?")
_BASE_64: Final = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_LARGEST: Final = 2**31 - 1
_LONGEST: Final = 10**9
"""A duration's figures beyond this are no length of anything, and too large to be added to a date."""


def moment(text: str) -> date | None:
    """Return what a DATE or DATE-TIME means, in UTC where it ends in Z, else without a zone; None for no such value."""
    return _moment(text) if len(text) in (8, 15, 16) else None


@lru_cache(maxsize=20_000)
def _moment(text: str) -> date | None:
    try:
        if _DATE.fullmatch(text):
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        if _DATE_TIME.fullmatch(text):
            second = min(int(text[13:15]), 59) if text[13:15] == "60" else int(text[13:15])  # a leap second (§3.3.12)
            return datetime(
                int(text[:4]), int(text[4:6]), int(text[6:8]), int(text[9:11]), int(text[11:13]), second,
                tzinfo=UTC if text[-1] == "Z" else None,
            )  # fmt: skip
    except ValueError:
        pass
    return None


def is_utc(value: date | None) -> bool:
    """Tell whether a value is a moment in UTC."""
    return isinstance(value, datetime) and value.tzinfo is not None


def duration(text: str) -> timedelta | None:
    """Return what a DURATION means (§3.3.6), None for no such value or one beyond all dates."""
    found = _DURATION.fullmatch(text)
    if not found or text[-1] == "P":
        return None
    weeks, days, hours, minutes, seconds = (int(each[:11] if each else 0) for each in found.groups()[1:])
    if max(weeks, days, hours, minutes, seconds) > _LONGEST:
        return None
    length = timedelta(days=0)
    try:
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None
    return -length if found[1] == "-" else length


def offset(text: str) -> timedelta | None:
    """Return what a UTC-OFFSET means (§3.3.14); None for no such value."""
    found = _OFFSET.fullmatch(text)
    if not found or int(found[2]) > 23:
        return None
    length = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return -length if found[1] == "-" else length


def period(text: str) -> tuple[datetime, datetime] | None:
    """Return start and end of a PERIOD (§3.3.9); None for no such value."""
    first, _, last = text.partition("/")
    start = moment(first)
    if not isinstance(start, datetime):
        return None
    length, end = duration(last), moment(last)
    if length is not None:
        try:
            return start, start + length
        except OverflowError:
            return None
    if isinstance(end, datetime) and is_utc(end) == is_utc(start):
        return start, end
    return None


def _date(text: str) -> str:
    if _DATE.fullmatch(text) and moment(text):
        return ""
    return f"{quoted(text)} is no date, which is written 20241017"


def _date_time(text: str) -> str:
    if isinstance(moment(text), datetime):
        return ""
    return f"{quoted(text)} is no date with a time, which is written 20241017T090000"


def _duration(text: str) -> str:
    return "" if duration(text) is not None else f"{quoted(text)} is no duration, which is written PT1H30M or P2D"


def _period(text: str) -> str:
    return "" if period(text) is not None else f"{quoted(text)} is no period, which is written START/END or START/PT1H"


def _offset(text: str) -> str:
    return "" if offset(text) is not None else f"{quoted(text)} is no offset from UTC, which is written +0100"


def _integer(text: str) -> str:
    if _INTEGER.fullmatch(text) and len(text) < 12 and -_LARGEST - 1 <= int(text) <= _LARGEST:
        return ""
    return f"{quoted(text)} is no whole number of at most 31 bits"


def _float(text: str) -> str:
    return "" if _FLOAT.fullmatch(text) else f"{quoted(text)} is no number"


def _boolean(text: str) -> str:
    return "" if text.upper() in ("TRUE", "FALSE") else f"{quoted(text)} is neither TRUE nor FALSE"


def _time(text: str) -> str:
    return "" if _TIME.fullmatch(text) else f"{quoted(text)} is no time of day, which is written 090000"


def _uri(text: str) -> str:
    if _URI.fullmatch(text):
        return ""
    if not _SCHEME.match(text):
        return f"{quoted(text)} is no address: it does not begin like https: or mailto:"
    return f"{quoted(text)} is no address: it holds blanks or other characters that an address has not"


def _cal_address(text: str) -> str:
    if text[:7].lower() != "mailto:":
        return _uri(text)
    return "" if _MAILTO.fullmatch(text[7:]) else f"{quoted(text)} is no e-mail address"


def _binary(text: str) -> str:
    return "" if _BASE_64.fullmatch(text) else "the value is no Base64"


def _anything(_: str) -> str:
    return ""


FAULT_OF: Final[dict[str, Callable[[str], str]]] = {
    "DATE": _date,
    "DATE-TIME": _date_time,
    "DURATION": _duration,
    "PERIOD": _period,
    "UTC-OFFSET": _offset,
    "INTEGER": _integer,
    "FLOAT": _float,
    "BOOLEAN": _boolean,
    "TIME": _time,
    "URI": _uri,
    "CAL-ADDRESS": _cal_address,
    "BINARY": _binary,
    "TEXT": _anything,
    "RECUR": _anything,
}
"""For each value type what is wrong with a text as such a value; empty when it is one."""

TYPE_PARAGRAPHS: Final = {
    "BINARY": "3.3.1", "BOOLEAN": "3.3.2", "CAL-ADDRESS": "3.3.3", "DATE": "3.3.4", "DATE-TIME": "3.3.5",
    "DURATION": "3.3.6", "FLOAT": "3.3.7", "INTEGER": "3.3.8", "PERIOD": "3.3.9", "RECUR": "3.3.10", "TEXT": "3.3.11",
    "TIME": "3.3.12", "URI": "3.3.13", "UTC-OFFSET": "3.3.14",
}  # fmt: skip
"""Where RFC 5545 describes each type."""
