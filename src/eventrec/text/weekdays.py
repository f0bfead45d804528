"""Weekdays beside a date: taken off before the date is read, so that they can be compared with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.patterns import late

if TYPE_CHECKING:
    from datetime import date

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_ENGLISH: Final = (
    r"\b(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
    r"\b\.?"
)
_CHINESE: Final = "一二三四五六日"
_NAME: Final = rf"{_ENGLISH}|(?:星期|周|礼拜)[{_CHINESE}天]"
_NAMES: Final = late(
    rf",?\s*\(?\s*(?P<one>{_NAME})(?:\s*(?:-|~|to|and|&|[至到、和])\s*(?P<other>{_NAME}))?\s*\)?\s*,?"
    rf"|\((?P<alone>[{_CHINESE}天])\)"
)
_RANGE_BEGUN: Final = late(r"(?:\.\.|[-~至到]|\bto|\buntil)\s*$")


class Named(NamedTuple):
    """A weekday that was written (Monday is 0), and whether it belongs to the last day of a range."""

    weekday: int
    of_last: bool


def bilingual(day: date) -> str:
    """Return the weekday in English and Chinese: `Thursday 星期四`."""
    return f"{WEEKDAYS[day.weekday()]} {chinese(day)}"


def chinese(day: date) -> str:
    """Return the weekday in Chinese: `星期四`."""
    return f"星期{_CHINESE[day.weekday()]}"


def take_weekdays(text: str) -> tuple[str, list[Named]]:
    """Return a text in lower case without its weekdays, and the weekdays."""
    taken: list[Named] = []

    def take(found: re.Match[str]) -> str:
        ends = bool(_RANGE_BEGUN.search(text[: found.start()])) or not re.search(r"[\d日号]", text[found.end() :])
        if found["other"]:
            taken.extend((Named(_number(found["one"]), of_last=False), Named(_number(found["other"]), of_last=True)))
        else:
            taken.append(Named(_number(found["one"] or found["alone"]), of_last=ends))
        return " "

    return _NAMES.sub(take, text), taken


def _number(name: str) -> int:
    if name[0].isascii():
        return [weekday[:3].lower() for weekday in WEEKDAYS].index(name[:3])
    return _CHINESE.index(name[-1].replace("天", "日"))
