"""Words that say a day only from where the writer stands: “today”, “昨天”, “this week”, “on Tuesday”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.days.chinese import weekday_number as chinese_weekday
from eventrec.draft.mentions.days.english import weekday_number as english_weekday
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eventrec.draft.page import Page

_OFFSETS: Final = {
    "today": 0, "tomorrow": 1, "yesterday": -1, "this morning": 0, "this afternoon": 0,
    "今天": 0, "今日": 0, "今晨": 0, "今早": 0, "昨天": -1, "昨日": -1, "明天": 1, "明日": 1, "前天": -2, "前日": -2,
}  # fmt: skip
_MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_ENGLISH: Final = late(
    r"\b(?P<day>today|yesterday|tomorrow|this (?:morning|afternoon))\b"
    r"|\b(?P<vague>(?:earlier )?this (?:week|month|year)|(?:late )?last (?:week|month|year)|next (?:week|month)"
    r"|(?:over )?the (?:past|coming) (?:week|few days)|recently|(?:in|during|late|early"
    rf"|mid-?)[ -](?:{_MONTHS})\b(?:,? \d{{4}})?)"
    r"|(?:\b(?:on|this|last) |(?<=ed )|(?<=held )|(?<=began ))(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b",
    re.IGNORECASE,
)
_CHINESE: Final = late(
    r"(?P<day>[今昨明前][天日]|今[晨早](?!年))"
    r"|(?P<vague>近日|日前|近期|不久前|本周(?![一二三四五六日天])|上周(?![一二三四五六日天])|下周(?![一二三四五六日天])"
    r"|这周|本月(?!\d)|(?:\d{4}年)?(?<!\d)\d{1,2}月(?:份|初|底|上旬|中旬|下旬)?(?!\d|[一二三四五六七八九十])|上月|上个月|下月|下个月)"
    r"|(?P<weekday>(?:本周|这周|上周|星期|(?<![本上下这])周)[一二三四五六日天])"
)
_ADJECTIVE: Final = late(r"(?:'s|’s) (?:world|society|challenges|youth|context|global|interconnected|increasingly)")


@dataclass(frozen=True)
class RelativeMention:
    """Words for a day: `offset` in days from that of the writing, or a weekday (Monday is 0); vague words have none."""

    span: Span
    language: str
    offset: int | None = None
    weekday: int | None = None


def find(page: Page) -> Sequence[RelativeMention]:
    """Return the words of headlines and body that say a day relative to that of the writing, in order."""
    english = (each for each in page.search(_ENGLISH, "en") if not _ADJECTIVE.match(page.text, each.end()))
    found = [
        *(_mention(each, "en", english_weekday) for each in english),
        *(_mention(each, "zh", chinese_weekday) for each in page.search(_CHINESE, "zh")),
    ]
    return sorted(found, key=lambda mention: mention.span)


def _mention(found: re.Match[str], language: str, number: Callable[[str], int]) -> RelativeMention:
    weekday = number(found["weekday"]) if found["weekday"] else None
    offset = _OFFSETS.get(found["day"].lower(), 0) if found["day"] else None
    return RelativeMention(Span(found.start(), found.end()), language, offset, weekday)
