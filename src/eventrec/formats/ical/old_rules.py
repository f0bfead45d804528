"""Rules of repetition as vCalendar 1.0 writes them (its §2.4.1: basic recurrence rule grammar), as RFC 5545 does."""

from __future__ import annotations

import re
from typing import Final

_RULE: Final = re.compile(
    r"(D|W|MP|MD|YM|YD)([0-9]{1,4})((?: +[0-9A-Z+$-]+)*?)(?: +#([0-9]{1,9})| +([0-9]{8}(?:T[0-9]{6}Z?)?))?"
)
_FREQUENCY: Final = {"D": "DAILY", "W": "WEEKLY", "MP": "MONTHLY", "MD": "MONTHLY", "YM": "YEARLY", "YD": "YEARLY"}
_LIST: Final = {"W": "BYDAY", "MD": "BYMONTHDAY", "YM": "BYMONTH", "YD": "BYYEARDAY"}


def from_version_1(text: str) -> str:
    """Return a rule such as `W1 MO TU #5` as `FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU;COUNT=5`; what is none as it is.

    Without an end it is followed twice, `#0` is without end.
    """
    found = _RULE.fullmatch(text.strip())
    if not found:
        return text
    kind, interval, listed, count, until = found.groups()
    words = [_signed(word) for word in listed.split()]
    parts = [f"FREQ={_FREQUENCY[kind]}", f"INTERVAL={interval}"]
    if kind == "MP" and words:
        parts.append(f"BYDAY={','.join(_positions(words))}")
    elif words and kind in _LIST:
        parts.append(f"{_LIST[kind]}={','.join(words)}")
    if until:
        parts.append(f"UNTIL={until}")
    elif count != "0":
        parts.append(f"COUNT={count or 2}")
    return ";".join(parts)


def _signed(word: str) -> str:
    """Return `1-` as -1, `2+` as 2 and `LD`, the last day, as -1."""
    if word == "LD":
        return "-1"
    return f"-{word[:-1]}" if word.endswith("-") else word.rstrip("+")


def _positions(words: list[str]) -> list[str]:
    """Return `1 MO TU -1 FR` as 1MO, 1TU and -1FR."""
    found, position = [], ""
    for word in words:
        if re.fullmatch("-?[0-9]+", word):
            position = word
        else:
            found.append(f"{position}{word}")
    return found
