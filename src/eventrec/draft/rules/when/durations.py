"""How long an event lasts: “two-day workshop”, “one-week training”, “为期三天”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.holding import EVENT_EN
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.page import Page

_NUMBERS: Final = {
    "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "half": 1, "full": 1, "single": 1, "twelve": 12, "fourteen": 14, "fifteen": 15,
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "半": 1,
    "十二": 12, "十四": 14, "十五": 15, "十天": 10,
}  # fmt: skip
_NUMBER_EN: Final = r"one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|half|full|single|\d{1,2}"
_ENGLISH: Final = late(
    rf"\b(?P<n>{_NUMBER_EN}|a)(?P<half>-and-a-half)?[- ]+(?P<unit>day|week|month|year)s?(?:-long"
    rf"|\s?long)?\b(?=[^.;]{{0,90}}?\b{EVENT_EN}\b)"
    r"|\b(?:over|for|lasted|lasting|during|across"
    rf"|spanning)\s(?:the\s)?(?:course\sof\s)?(?P<n2>{_NUMBER_EN})(?:\sfull|\sconsecutive)?\s(?P<unit2>day|week|month)s\b"
    rf"|\b(?P<n3>{_NUMBER_EN})\s(?P<unit3>day|week|month)s\sof\s(?:\w+\s){{0,2}}{EVENT_EN}\b",
    re.IGNORECASE,
)
_NUMBER_ZH: Final = r"[一二两三四五六七八九]|十[二四五]?|半|\d{1,2}"
_CHINESE: Final = late(
    rf"(?:为期|历时|为时|会期|时长|持续)(?:约)?(?P<n>{_NUMBER_ZH})\s?(?:个)?(?P<unit>天|日|周(?!年)|星期|月|年)(?:半)?"
    rf"|(?<![第近])(?P<n2>{_NUMBER_ZH})(?P<unit2>天|周(?!年))的?(?=[\u3400-\u9fff“\"]{{0,12}}(?:培训|研讨|会|课程|研修|交流|访问|活动))"
)
_DAYS_OF: Final = {"week": 7, "周": 7, "星期": 7, "month": 30, "月": 30, "year": 365, "年": 365}
"""Days of the units that do not say their last day exactly."""

_SEVERAL: Final = late(r"\b(?:two|three|four|five|six|several|\d+)\s$", re.IGNORECASE)


@dataclass(frozen=True)
class Duration:
    """How long something lasts; a week may be five days or seven, and is not `exact`."""

    span: Span
    days: int
    exact: bool
    sentence: int
    """The place of its sentence among all."""


def find(page: Page) -> Iterator[Duration]:
    """Return the durations of events that the text gives, in order."""
    for at, sentence in enumerate(page.sentences):
        pattern = _CHINESE if sentence.language == "zh" else _ENGLISH
        for found in pattern.finditer(page.text, sentence.span.start, sentence.span.end):
            groups = found.groupdict()
            written = (groups["n"] or groups["n2"] or groups.get("n3") or "").lower()
            unit = groups["unit"] or groups["unit2"] or groups.get("unit3") or ""
            number = int(written) if written.isdecimal() else _NUMBERS.get(written, 0)
            number += 1 if groups.get("half") else 0
            if number and not _SEVERAL.search(page.text, max(0, found.start() - 8), found.start()):
                length = _DAYS_OF.get(unit.lower(), 1)
                yield Duration(Span(found.start(), found.end()), number * length, length == 1, at)
