"""Which line is the headline, and a headline that runs into the first sentence without a full stop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.page.furniture import captions, facts
from eventrec.draft.page.scripts import HAN
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST_WORDS: Final = 4
_LEAST_HAN: Final = 8
_LEAST_NAMED: Final = 5
_NAMED_ZH: Final = late(
    r"(?:研讨|座谈|对话|交流|洽谈|推介|培训|报告|磋商|高峰|见面)会$|(?:培训|研修|研讨|进修|讲习)班$|(?:讲座|论坛|培训|研讨|会议)$"
)
"""What a short Chinese headline ends with that is the name of an event."""

_LONGEST_EN: Final = 320
_LONGEST_ZH: Final = 90
_FULL_STOP: Final = late(r"(?:\.|。|；|;|:|：|，|,)[\"'”’)）]{0,2}$")
_HAPPENS: Final = late(
    r"\b(?:workshops?|trainings?|seminars?|conferences?|meetings?|forums?|symposium|dialogues?|consultations?"
    r"|visits?|tours?|courses?|sessions?|roundtables?|round-?table|summits?|launch\w{0,3}|webinars?"
    r"|hold[s]?|held|host(?:s|ed)?|organi[sz]e[sd]?|conduct(?:s|ed)?|train(?:s|ed)?|concludes?d?|opens?"
    r"|convenes?d?|discuss(?:es)?|strengthen(?:s|ed)?|meets?|visits?|joins?|supports?|kicks?|brings?|enhances?"
    r"|attends?|equips?|explores?|facilitates?|gathers?|learns?|builds?|begins?|starts?)\b"
    r"|(?:研讨|培训|会议|论坛|座谈|讲座|会谈|磋商|对话|考察|访问|交流|举办|召开|举行|开班|开幕|闭幕|参加|出席|启动|参观|来访|赴|圆满|班|会|研討|培訓|會議|論壇|座談|講座|會談|舉辦|舉行|召開|參加|會)",
    re.I,
)
_OFFICE: Final = late(
    r"(?:the\s)?(?:permanent\s)?(?:delegation|embassy|consulate|ministry|department|mission|office|university"
    r"|institute|government|bureau|international\sorgani[sz]ation|united\snations|european\sunion)\b",
    re.I,
)


def fits(text: str, language: str) -> bool:
    """Tell whether a line may be a headline: long enough, not too long, and no sentence with its full stop."""
    if facts.is_one(text) or (_FULL_STOP.search(text[-4:]) and not (text[-1] == "." and is_titled(text))):
        return False
    if language == "zh":
        least = _LEAST_NAMED if _NAMED_ZH.search(text) else _LEAST_HAN
        return len(HAN.findall(text)) >= least and len(text) <= _LONGEST_ZH
    words = len(text.split())
    return (words >= _LEAST_WORDS or (words >= 2 and bool(_HAPPENS.search(text)))) and len(text) <= _LONGEST_EN


def best(lines: Sequence[tuple[str, str, bool]], *, above_text: bool = True) -> int | None:
    """Return which of these lines is the headline; each with its language and whether it is marked as one (“# …”).

    The last lines above the text are likelier than what stands higher up; where there is no text, the first are.
    """
    fitting = [index for index, (text, language, _) in enumerate(lines) if fits(text, language)]
    if not fitting:
        return None
    fitting = [index for index in fitting if not captions.may_be_one(lines[index][0])] or fitting
    chosen = max(
        fitting, key=lambda index: (_merit(*lines[index]) + 2 * (above_text and index in fitting[-_NEAR:]), -index)
    )
    before = chosen - 1
    if before in fitting and _is_deck(lines[before][0], lines[chosen][0]):
        return before
    shorter = [index for index in fitting if index != chosen and _without_site(lines[chosen][0], lines[index][0])]
    return shorter[0] if shorter else chosen


_NEAR: Final = 2

_ON_TOPIC: Final = late(
    r"(?:[\w'’-]+\s){0,5}?(?:workshop|training|seminar|conference|meeting|forum|symposium|dialogue|course|consultation"
    r"|round-?\s?table|webinar|lecture|visit)\s(?:on|about|for|in|to)\s\w"
    r"|[^\W\d_A-Za-z]{4,40}(?:研讨|座谈|培训|交流|研討|座談|培訓)[会班會]",
    re.I,
)
"""What an event is called: its noun and its topic."""

_NAME: Final = late(
    r"\b(?:agency|organi[sz]ation|ministry|office|commission|council|cent(?:re|er)|institute|university|delegation|embassy"
    r"|nations|union|programme|fund|website|site|home|news|department|bureau|administration|service|mission)\b",
    re.I,
)
_DECK: Final = 10


def _is_deck(headline: str, text: str) -> bool:
    """Tell whether a line is a sentence below a headline that is written with capitals."""
    words = _WORD.findall(text)
    return (
        len(words) >= _DECK and not _titled(words) and _titled(_WORD.findall(headline)) and not _NAME.search(headline)
    )


def is_titled(text: str) -> bool:
    """Tell whether an English line is written in capitals as headlines are, without any word in small letters."""
    words = _WORD.findall(text)
    weighty = [word for word in words if word.lower() not in _SMALL]
    return len(words) >= _HEADLINE_WORDS and len(weighty) >= 4 and not any(word[0].islower() for word in weighty)


def happens(text: str) -> bool:
    """Tell whether a headline says that something takes place."""
    return bool(_HAPPENS.search(text))


_SITE: Final = late(r"\s*[|_–—·»-]+\s*[^|_]{2,60}")


def _without_site(text: str, other: str) -> bool:
    """Tell whether a line is another one with the name of the site behind it: “Officers trained | Example Agency”."""
    return len(other) < len(text) and text.startswith(other) and bool(_SITE.fullmatch(text, len(other)))


def _merit(text: str, language: str, marked: bool) -> int:
    enough = len(HAN.findall(text)) >= 12 if language == "zh" else len(text.split()) >= 6
    happens = bool(_HAPPENS.search(text))
    return (
        3 * marked
        + 2 * happens
        + enough
        + bool(_ON_TOPIC.match(text))
        - 3 * (not happens and bool(_OFFICE.match(text)))
    )


_SMALL: Final = frozenset((
    "a", "an", "the", "and", "or", "of", "in", "on", "at", "by", "for", "from", "to", "with", "under",
    "between", "as", "its", "into", "over", "against", "through", "during", "towards", "held", "holds",
    "hosted", "hosts", "is", "are", "was", "were", "be", "vs", "via", "nor", "but", "per", "without", "within",
    "among", "amid", "across", "up", "out", "off",
))  # fmt: skip
_OPENS: Final = late(
    r"(?<=[\w)”\"'’])\s+(?=(?:On\s(?:the\s)?(?:\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February"
    r"|March|April|May"
    r"|June|July|August|September|October|November|December)\s\d)|In\s(?:\d{4}|cooperation|collaboration"
    r"|partnership|coordination"
    r"|response|order|the\sframework|total|recent|line|addition|an?\s(?:effort|bid)|early|late|mid|close|support"
    r"|view)\b|From\s\d"
    r"|The\s|At\sthe\s|An?\s(?=[a-z\d])|(?:During|Under|Within|Following)\s(?:the|an?|its|this)\s|Between\s\d"
    r"|Today\b|Yesterday\b"
    r"|This\s(?=[a-z])|More\sthan\s|Over\s\d|Some\s\d|With\s(?:the\s|support|funding|financial)))"
)
_DATED: Final = late(r"(?:On|From|Between|In|Today|Yesterday)\b")
_WORD: Final = late(r"[^\W_][\w'’-]*")
_HEADLINE_WORDS: Final = 5
_LOOKED_AT: Final = 400


def run_in(text: str, span: Span, language: str) -> Span | None:
    """Return the headline that runs into the first sentence of a stretch, where that can be told."""
    return _run_in_zh(text, span) if language == "zh" else _run_in_en(text, span)


def _run_in_en(text: str, span: Span) -> Span | None:
    """Return the headline that an English stretch begins with when its own capitals tell where it ends.

    “Agency X Held a Workshop on Y and Z On 17 October 2024, in Beijing, the agency …”: capitals throughout, then a
    word that only a new sentence writes large, then words in small letters.
    """
    until = min(span.end, span.start + _LOOKED_AT)
    stop = re.search(r"[.!?。]\s|[:：]\s", text[span.start : until])
    limit = span.start + stop.start() if stop else until
    for found in _OPENS.finditer(text, span.start, limit):
        words = _WORD.findall(text, span.start, found.start())
        if len(words) < _HEADLINE_WORDS:
            continue
        if not _titled(words):
            return None
        dated = _DATED.match(text, found.end()) is not None
        if not dated and not happens(text[span.start : found.start()]):
            continue
        if _runs(text, found.end(), span.end) and words[-1].lower() not in _SMALL:
            return Span(span.start, found.start())
    return None


def _titled(words: list[str]) -> bool:
    """Tell whether words are capitalised as in a headline, apart from small ones; one may be a verb."""
    weighty = [word for word in words if word.lower() not in _SMALL and not word[0].isdigit()]
    small = sum(word[0].islower() for word in weighty)
    return len(weighty) >= 3 and small <= len(weighty) // 6


def _runs(text: str, start: int, end: int) -> bool:
    """Tell whether what follows is a sentence in small letters."""
    words = _WORD.findall(text, start, min(end, start + 240))[1:]
    small = [word for word in words if word[0].islower() and word not in _SMALL]
    return len(small) >= 4 or (len(words) < 12 and len(small) >= 2)


_RUN_IN_ZH: Final = late(
    r"[^。！？；，,:：\s]{0,8}[^。！？；，,\n]{8,60}?(?:(?<=[^\W\d_A-Za-z])|(?<=[”》）]))\s+(?=(?:\d{4}年|\d{1,2}月\d{1,2}日"
    r"|\w{2,6}[网社报]?\S{0,6}\d{1,2}月\d{1,2}日|近日|日前|今天|今日|昨日|本报|为|在))"
)


_WIRE: Final = late(r"\d[日号](?:电|讯|消息)?\s*$|[）)】]\s*$")


def _run_in_zh(text: str, span: Span) -> Span | None:
    """Return the headline that a Chinese paragraph begins with, where a blank and then a date or “近日” follows."""
    found = _RUN_IN_ZH.match(text, span.start, span.end)
    if found is None or len(HAN.findall(found[0])) < _LEAST_HAN or _WIRE.search(found[0]):
        return None
    return Span(span.start, span.start + len(found[0].rstrip()))


def bare(text: str) -> str:
    """Return a headline without blanks and marks, by which it is known again."""
    return re.sub(r"[\W_]+", "", text[:_LOOKED_AT]).casefold()
