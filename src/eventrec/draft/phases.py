"""Phases of a project: “Phase III”, “third phase”, “MMSP II”, “第三期”, “二期”."""

from __future__ import annotations

import re
from typing import Final

from eventrec.patterns import late

_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_CARDINALS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_HAN: Final = "一二三四五六七八九十"

NUMBER_EN: Final = (
    r"(?:[IVX]{1,4}|\d{1,2}|" + "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in _CARDINALS) + ")"
)
"""The number after “Phase”."""

ENGLISH: Final = late(
    rf"\b[Pp](?:hase|HASE) (?P<after>{NUMBER_EN})\b|\b(?P<before>{'|'.join(_ORDINALS)}|[1-9](?:st|nd|rd|th)) phase\b",
)
"""A phase that is named in English."""

CHINESE: Final = late(
    r"第(?P<nth>[一二三四五六七八九十]|\d{1,2}|[IVX]{1,4})(?:期|阶段)|(?P<plain>[一二三四五六七八九十])期(?!间)"
)
"""A phase that is named in Chinese."""


def roman(number: str) -> str:
    """Return the number of a phase in Roman figures where it is written in words; figures stay as they are written."""
    for words in (_ORDINALS, _CARDINALS, _HAN):
        if number.lower() in words:
            return _ROMAN[words.index(number.lower())]
    if found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", number):
        return _ROMAN[int(found[1]) - 1]
    return number


def number_of(phase: str) -> int | None:
    """Return the number that a phase has, however it is written: 3 for III, 3, “third”, 第三期."""
    plain = roman(phase.strip("第期阶段 "))
    if plain in _ROMAN:
        return _ROMAN.index(plain) + 1
    return int(plain) if plain.isascii() and plain.isdigit() else None
