"""Datelines, the place and day that a news text opens with: “Ha Noi, 3 May 2021 –”, “示例社北京6月28日电”."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions import places
from eventrec.patterns import late

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from eventrec.draft.mentions.days import DayMention
    from eventrec.draft.page import Page
    from eventrec.draft.reading import Reading

_NAME: Final = (
    r"(?!(?:An?|On|In|At|From|This|For)\s|(?:Date|Time|When|Where|Venue|Place|Location)\s?:|The\s(?!Hague))[A-ZÀ-Þ][\w'’.-]{0,30}"
    r"(?:[ /](?:[A-ZÀ-Þ][\w'’.-]{0,30}|am|and|da|de|del|di|do|du|el|la|le|of|the|upon)){0,4}"
)
_DASH: Final = r"(?:\s{0,2}[–—]{1,2}|\s{1,2}-{1,2}|--|\s?(?P<colon>:))\s"
_AGENCY: Final = r"(?:\s?[(（][^()（）]{2,40}[)）])?"
_WEEKDAY: Final = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?"
_DATE: Final = (
    rf"{_WEEKDAY}(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?\s[A-Z][a-z]{{2,8}}\.?|[A-Z][a-z]{{2,8}}\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:[-–]\d{{1,2}})?)"
    r"(?:,?\s\d{4})?|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d{2}-\d{2}|(?:\d{4}年)?\d{1,2}月\d{1,2}日"
)
_ENGLISH: Final = late(
    rf"\s{{0,3}}[(\[]?(?P<place>{_NAME}(?:,\s{_NAME}"
    rf"|\s\({_NAME}\)){{0,2}}?)[)\]]?(?:[,.:;]?\s?[(|]?\s?(?P<date>{_DATE})\)?(?=[)|.,:\s–—-]|$)\|?)?"
    rf"{_AGENCY}(?:[,.:]?{_DASH}|(?(date)(?P<closed>[.)]\s)|(?!))|(?(date)(?P<alone>\s{{0,2}}$)|(?P<only>\.\s(?=[A-Z]))))"
)
_DATE_FIRST: Final = late(
    rf"\s{{0,3}}[(\[]?(?P<date>{_DATE})[)\]]?[,.]?\s(?P<place>{_NAME}(?:,\s{_NAME}){{0,2}}?)(?:{_DASH}|(?P<closed>\.\s))"
)
_STAMPED: Final = late(
    rf"\s{{0,3}}[(（【]?(?P<place>{_NAME}(?:,\s{_NAME})?|[\u3400-\u9fff]{{2,8}})\s?[,，]\s?(?P<date>{_DATE})"
)
_CHINESE: Final = late(
    r"\s{0,3}[【\[（(]?(?P<agency>[\u3400-\u9fffA-Za-z]{0,14}?(?:社|网|报|台|讯|记者站|客户端)?)[/,，]?\s?"
    r"(?P<place>[\u3400-\u9fff]{2,8}?)\s?(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)(?:专?[电讯])[】\]）)]?"
)
_CHINESE_DATE_FIRST: Final = late(
    r"\s{0,3}[【\[（(]?(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)\s?(?:[-–—·|,，]{1,2}|\s)\s?(?P<place>[\u3400-\u9fff]{2,8}?)"
    r"(?:[】\]）):：]|\s|[-–—]{1,2}\s?)"
)
_CHINESE_BARE: Final = late(r"\s{0,3}[【\[（(]?(?:本[报网刊台])?(?P<place>[\u3400-\u9fff]{2,6}?)(?:电|讯)[】\]）):：]")


@dataclass(frozen=True)
class Dateline:
    """A dateline: its whole stretch, where the place stands, and its day if it has one."""

    span: Span
    place: Span
    language: str
    day: DayMention | None = None
    of_agency: bool = False
    """Whether a news agency or paper wrote it, whose reporters sit elsewhere at times: “新华社北京电”."""


def find(reading: Reading) -> Sequence[Dateline]:
    """Return the datelines at the beginning of passages, in order."""
    return list(_datelines(reading))


def _datelines(reading: Reading) -> Iterator[Dateline]:
    page = reading.page
    for passage in page.passages:
        found = _at(page, passage.span, passage.language)
        if not found:
            continue
        span, place = Span(found.start(), found.end()), Span(found.start("place"), found.end("place"))
        written = found.groupdict().get("date")
        known = sum(each.span.end - each.span.start for each in places.everywhere(reading) if each.span in place)
        if known * 2 < place.end - place.start and _is_weak(found):
            continue
        if not known and (found.re.pattern == _STAMPED.pattern or not written):
            continue
        exact = found.re.pattern == _CHINESE_DATE_FIRST.pattern or found.groupdict().get("only")
        if exact and known < place.end - place.start - 2:
            continue
        day = next((each for each in reading.days if each.span.meets(span)), None) if written else None
        yield Dateline(
            span, place, passage.language, day, found.re.pattern in (_CHINESE.pattern, _CHINESE_BARE.pattern)
        )


def _is_weak(found: re.Match[str]) -> bool:
    """Tell whether only a colon or a full stop ends it, as other beginnings of a sentence end too."""
    parts = found.groupdict()
    short = found.re.pattern == _ENGLISH.pattern and found["place"].count(" ") < 2
    return bool(parts.get("colon") or (parts.get("closed") and not short))


def _at(page: Page, span: Span, language: str) -> re.Match[str] | None:
    """Return the dateline that a passage opens with."""
    chinese = (_CHINESE, _CHINESE_BARE, _STAMPED, _CHINESE_DATE_FIRST)
    patterns = chinese if language == "zh" else (_ENGLISH, _DATE_FIRST, _STAMPED)
    end = min(span.end, span.start + 200)
    return next((found for each in patterns if (found := each.match(page.text, span.start, end))), None)
