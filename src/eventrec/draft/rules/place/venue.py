"""The house in which an event is held."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Found, Span
from eventrec.draft.holding import says_held
from eventrec.draft.page import Kind
from eventrec.draft.rule import rule
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.reading import Reading

_WORD: Final = r"(?:[A-ZÀ-Þ0-9][\w'’&.-]{0,25}|of|and|for|the|de|du|&)"
_HOUSE: Final = (
    r"(?:Hotel|Academy|University|College|Institute|Cent(?:er|re)|Hall|School|Headquarters|Building|Palace|Museum|Resort|Campus|House"
    r"|Club|Library|Auditorium|Complex|Theat(?:er|re)|Plaza|Tower|Inn|Suites|Lodge|Villa|Secretariat|Facility|Ballroom|Pavilion)"
)
_OF: Final = r"(?:\s(?:of|for)\s(?:the\s)?[A-Z]\w+(?:\s(?:and\s)?[A-Z]\w+){0,5})"
_ENGLISH: Final = late(
    rf"\bat\s(?:the\s)?(?:(?:[A-Z]\w+['’]s)\s)?(?P<house>Hotel(?:\s[A-Z][\w'’-]+){{1,3}}"
    rf"|(?:{_WORD}\s){{1,9}}?{_HOUSE}\b(?:\s(?:[A-Z]\w+\s){{0,2}}{_HOUSE}\b)?{_OF}?|{_HOUSE}{_OF})"
)
_CHINESE: Final = late(
    r"(?:在|于|假)(?P<before>[\u3400-\u9fff]{2,4}省)?(?P<city>[\u3400-\u9fff]{2,4}市)?(?P<house>[\u3400-\u9fffA-Za-z0-9·]{2,20}?"
    r"(?:酒店|宾馆|饭店|学院|大学|会议中心|会展中心|培训中心|中心|会议厅|会堂|大厦|礼堂|学校|党校|总部|校区|基地|博物馆|会议室|报告厅|会议楼))"
    r"(?:隆重|成功|顺利|圆满|正式|联合|共同|如期)?(?=举办|举行|召开|舉辦|舉行|召開|开幕|闭幕|开班|启动|组织|开营|结业|落幕|为)"
)
_SOMEBODY: Final = late(
    r"\b(?:professors?|directors?|deans?|lecturers?|students?|experts?|researchers?|fellows?|heads?|coordinators?|scholars?"
    r"|chairs?|based|working|studying|teaching)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
"""Who is at a university, and not what is held there."""

_WITH: Final = late(r"市?(?:与|和|同|及|跟|、|與)")
_READ_BEFORE: Final = 250
_LABELLED: Final = late(r"(?:\bVenue|地点)\s?[:：]\s?(?P<house>[^\n。;；,，]{3,60})")


@rule("venue", weight=84, reason="is the house after “at” where the event is said to be held")
def _at_house(reading: Reading) -> Iterator[Found]:
    for sentence in reading.page.sentences:
        if sentence.language != "en" or sentence.kind != Kind.BODY:
            continue
        if not says_held(reading.page.of(sentence.span), "en"):
            continue
        for found in _ENGLISH.finditer(reading.page.text, sentence.span.start, sentence.span.end):
            before = reading.page.text[max(sentence.span.start, found.start() - _READ_BEFORE) : found.start()]
            if not _SOMEBODY.search(before):
                span = Span(found.start("house"), found.end("house"))
                yield Found(found["house"], (span,), "en", 84 if says_held(before, "en") else 60)


@rule("venue", weight=84, reason="is the house after “在” where the event is said to be held")
def _at_chinese_house(reading: Reading) -> Iterator[Found]:
    for found in reading.page.search(_CHINESE, "zh"):
        span = Span(found.start("house"), found.end("house"))
        if not _is_city_with(reading, span):
            yield Found(found["house"], (span,), "zh")


def _is_city_with(reading: Reading, house: Span) -> bool:
    """Tell whether the words are a city and with whom it was held there: 在西安与某大学举行."""
    return _WITH.match(reading.page.text, house.start, house.end) is not None or any(
        each.span.start == house.start and _WITH.match(reading.page.text, each.span.end, house.end)
        for each in reading.places
    )


@rule("venue", weight=88, reason="is given as the place")
def _labelled(reading: Reading) -> Iterator[Found]:
    for found in reading.page.search(_LABELLED):
        house = found["house"].strip()
        if re.search(rf"{_HOUSE}\b|[店馆院学心厅堂厦校区]$", house):
            sentence = reading.page.sentence_at(Span(found.start(), found.end()))
            yield Found(
                house, (Span(found.start("house"), found.end("house")),), sentence.language if sentence else "en"
            )
