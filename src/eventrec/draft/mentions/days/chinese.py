"""Dates in Chinese: “2024年10月17日”, “6月26日至28日”, “5月6日、8日”, “二〇二四年十月十七日”."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.days.day import Day, DayMention
from eventrec.patterns import late
from eventrec.text.numerals import arabic

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_NUMBER: Final = r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})"
_YEAR: Final = r"(?P<year>\d{4}|[一二][〇零○Ο一二三四五六七八九]{3})\s?年\s?"
_WEEKDAY: Final = r"\s?[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?"
_PART: Final = r"(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|晚)"
_TO: Final = r"(?:\s?(?:至|到|[-–—－~～〜−]{1,2}|起至)\s?)"
_AND: Final = r"(?:\s?(?:、|和|及|与|,|，|以及)\s?)"
_ONE: Final = rf"{_NUMBER}(?:\s?[日号號](?:{_WEEKDAY})?(?:{_PART})?)"
_BARE: Final = rf"{_NUMBER}(?:\s?[日号號](?:{_WEEKDAY})?(?:{_PART})?)?"
_DAYS: Final = rf"(?P<days>(?:{_BARE}(?:{_TO}|{_AND})){{0,6}}{_ONE})"
_DATE: Final = late(rf"(?:{_YEAR}|(?<![\d.]))(?P<month>{_NUMBER})\s?月\s?{_DAYS}")
_NO_MONTH: Final = late(
    rf"(?<![\d月日号至到、和及与年.\-–—~一二三四五六七八九十第零百千])(?P<month>本月)?(?P<days>"
    rf"\d{{1,2}}[日号](?:{_WEEKDAY})?(?:{_PART})?(?:(?:{_TO}|{_AND})\d{{1,2}}[日号]){{0,4}})(?![内游龄均线元本常程夜后前文令楼房馆院店])"
)
_ONE_DAY: Final = late(rf"{_NUMBER}(?=\s?(?:[日号號]|$|{_TO}|{_AND}))")
_IN_BRACKETS: Final = late(_WEEKDAY)
_RANGE: Final = late(_TO)
_NAMED: Final = late(r"(?:星期|周|礼拜)([一二三四五六日天])")
_WEEK: Final = "一二三四五六日"

JOINED: Final = late(rf"(?P<to>{_TO})|(?P<and>{_AND})")
"""What stands between two dates that are one range: “6月26日至7月1日”."""


def find(text: str) -> Iterator[DayMention]:
    """Return each date, in order; days and months that do not exist are among them."""
    for found in _DATE.finditer(text):
        year = int(_figures(found["year"], "年")) if found["year"] else None
        yield _mention(found, year, int(_figures(found["month"], "月")), text)


def find_without_month(text: str, year: int | None, month: int) -> Iterator[DayMention]:
    """Return each day that stands without its month (“28日”), in the year and month of a dateline."""
    for found in _NO_MONTH.finditer(text):
        yield _mention(found, year, month, text)


def weekday_number(name: str) -> int:
    """Return the weekday of its last character; Monday is 0."""
    return _WEEK.index(name[-1].replace("天", "日"))


def _mention(found: re.Match[str], year: int | None, month: int, text: str) -> DayMention:
    span = Span(found.start(), found.end())
    named = _NAMED.search(text, found.start(), min(len(text), found.end() + 5))
    written = _IN_BRACKETS.sub("", found["days"])
    days = tuple(Day(month, int(_figures(each[0], "日")), year) for each in _ONE_DAY.finditer(written))
    listed = len(days) > 2 or (len(days) == 2 and not _RANGE.search(written))
    weekday = weekday_number(named[1]) if named else None
    return DayMention(span, days[0], days[-1], "zh", days if listed else (), weekday=weekday)


def _figures(number: str, unit: str) -> str:
    """Return a number in Chinese or plain figures as plain ones; what is no number as 0."""
    plain = arabic(number.replace("Ο", "〇") + unit)[:-1]
    return plain if plain.isdecimal() and plain.isascii() else "0"
