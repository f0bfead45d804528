"""Numbers of people in words: English up to the hundreds, Chinese up to the thousands."""

from __future__ import annotations

import re
from typing import Final

_ONES: Final = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES: Final = (
    {word: at for at, word in enumerate(_ONES, 1)}
    | {word: 10 * at for at, word in enumerate(_TENS, 2)}
    | {"a": 1, "dozen": 12}
)
_SMALL: Final = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_ONES[:9])}))?|{'|'.join(sorted(_ONES, key=len, reverse=True))})"
)
ENGLISH: Final = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|(?:(?:a|{'|'.join(_ONES[:9])})\s+hundred(?:\s+(?:and\s+)?{_SMALL})?)"
    rf"|a\s+dozen|two\s+dozen|three\s+dozen|{_SMALL})"
)
CHINESE: Final = r"(?:\d{1,3}(?:,\d{3})+|\d{1,6}|[〇零一二三四五六七八九十百千两]{1,8})"

_DIGITS: Final = {char: at for at, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}


def read_english(text: str) -> int | None:
    """Return the number that figures or words say: “1,200”, “Twenty-three”, “two hundred and five”."""
    words = re.split(r"[\s-]+", text.strip().lower())
    if words[0][:1].isdigit():
        return int(words[0].replace(",", ""))
    total = 0
    for word in words:
        if word == "hundred":
            total = max(total, 1) * 100
        elif word == "dozen":
            total = max(total, 1) * 12
        elif word in _VALUES:
            total += _VALUES[word]
    return total or None


def read_chinese(text: str) -> int | None:
    """Return the number that figures or Chinese numerals say: 26, 二十三, 百 (as in 百余名); none if neither."""
    if text[0].isdigit():
        return int(text.replace(",", ""))
    total = digit = 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif digit:
            return None
        else:
            digit = _DIGITS[char]
    return (total + digit) or None
