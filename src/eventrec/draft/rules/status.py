"""Whether an event was called off: “has been cancelled”, “因故推迟”; then nobody took part, whatever number is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Evidence, Span
from eventrec.draft.holding import OTHER_EVENT_EN, OTHER_EVENT_ZH
from eventrec.draft.page import Kind
from eventrec.draft.rules.lead import headlines, lead
from eventrec.patterns import late

if TYPE_CHECKING:
    from eventrec.draft.occasions import Occasion
    from eventrec.draft.page import Sentence
    from eventrec.draft.proposal import Draft
    from eventrec.draft.reading import Reading

_SENTENCES: Final = 6
_YEAR: Final = late(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REASON: Final = "says that it was called off"
_OFF: Final = r"(?:(?P<cancelled>cancell?ed|called off|scrapped)|postponed|put off|deferred)"
_NOUN: Final = (
    r"(?:workshops?|trainings?|seminars?|conferences?|meetings?|courses?|for(?:um|a)s?|symposi(?:um|a)|round-?\s?tables?"
    r"|consultations?|dialogues?|visits?|tours?|summits?|webinars?|briefings?|events?|lectures?)"
)
_SAID_EN: Final = late(
    rf"\b{_NOUN}\b[^.;]{{0,160}}?\b(?:is|are|was|were|has|have|be)\s(?:(?:been|being|now|therefore|unfortunately|officially"
    rf"|again|also|to be)\s){{0,3}}{_OFF}\b",
    re.IGNORECASE,
)
_DECIDED_EN: Final = late(
    r"\b(?:(?P<cancelled>cancel(?:s|led|ed)?|cancellation of|called off|calls off)|postpone[sd]?|postponement of)"
    rf"\s(?:the|this|its)?\s?(?:[\w'’-]+\s){{0,5}}?{_NOUN}\b",
    re.IGNORECASE,
)
_HEAD_EN: Final = late(
    rf"\b{_NOUN}\b.{{0,120}}\b{_OFF}\b|^\W{{0,3}}(?:(?P<cancelled2>cancell?ed)|postponed)\b.{{0,160}}\b{_NOUN}\b",
    re.IGNORECASE,
)
_YET_HELD_EN: Final = late(
    r"\b(?:was|were|is|are|being|finally|eventually)\s(?:\w+ly\s)?held\b|\btook place\b|\bfinally\b"
    r"|\b(?:which|that) (?:was|had been)\b|\bnot (?:been )?(?:cancel|postpone)",
    re.IGNORECASE,
)
_NOUN_ZH: Final = (
    r"(?:研讨会|培训班?|会议|论坛|活动|讲座|座谈会|大会|讲习班|研修班|考察|访问|研討會|培訓|會議|論壇|活動|講座)"
)
_OFF_ZH: Final = r"(?:(?P<cancelled>取消)|推迟|延期|暂缓|延后|推遲|暫緩|延後)"
_WHY_ZH: Final = r"(?:因故|因[^。；，,]{1,12}[，,]?|已|将|被|宣布|决定|不得不|临时|暂时|予以)"
_SAID_ZH: Final = late(
    rf"{_NOUN_ZH}[^。；]{{0,30}}?{_WHY_ZH}(?:经|被|予以|决定|临时|宣布){{0,2}}{_OFF_ZH}"
    r"(?![^。；，,]{0,8}(?:政策|签证|限制|规定|资格|收费|手续))"
    rf"|{_OFF_ZH.replace('cancelled', 'cancelled2')}"
    rf"(?:举办|举行|召开|舉辦|舉行|召開|(?:本次|此次|该|原定的?)[^。；，,]{{0,20}}{_NOUN_ZH})"
)
_HEAD_ZH: Final = late(rf"{_NOUN_ZH}[^。；]{{0,12}}{_OFF_ZH}\s*$")
_YET_HELD_ZH: Final = late(
    r"(?:终于|最终|如期|顺利|圆满|后于)[^。；]{0,20}(?:举办|举行|召开)"
    r"|(?:取消|推迟|延期)[^。；]{0,6}后[^。；]{0,30}(?:举办|举行|召开)|(?:未|没有|不)(?:被)?(?:取消|推迟)"
)
_PATTERNS: Final = {
    "en": (_YET_HELD_EN, (_SAID_EN, _DECIDED_EN), _HEAD_EN, late(OTHER_EVENT_EN, re.IGNORECASE)),
    "zh": (_YET_HELD_ZH, (_SAID_ZH,), _HEAD_ZH, late(OTHER_EVENT_ZH)),
}
"""By language: that it was held after all; what any sentence says; what only a headline says; another event."""


def fill(reading: Reading, occasion: Occasion, draft: Draft) -> None:
    """Ask about an event that the text says was cancelled or postponed."""
    if occasion.days is not None or occasion.place is not None:
        return
    for language in ("en", "zh"):
        for sentence in (*headlines(reading, language), *lead(reading, language, _SENTENCES)):
            found = _said(reading, sentence)
            if found and not _is_of_another_year(reading.page.of(sentence.span), draft):
                how = "cancelled" if any(found.groupdict().values()) else "postponed"
                start = sentence.span.start
                span = Span(start + found.start(), start + found.end())
                draft.evidence["status"] = [Evidence(reading.page.quoted(span), span.start, span.end, _REASON)]
                draft.uncertain["status"] = f"The text says that it was {how}."
                return


def _is_of_another_year(words: str, draft: Draft) -> bool:
    """Tell whether a sentence names years, and not the one in which the event starts."""
    years = _YEAR.findall(words)
    return draft.starts_on is not None and bool(years) and draft.starts_on[:4] not in years


def _said(reading: Reading, sentence: Sentence) -> re.Match[str] | None:
    yet_held, anywhere, in_headline, other = _PATTERNS[sentence.language]
    text = reading.page.of(sentence.span)
    if yet_held.search(text):
        return None
    patterns = (*anywhere, in_headline) if sentence.kind is Kind.HEADLINE else anywhere
    found = next((match for match in (each.search(text) for each in patterns) if match), None)
    return None if found and other.search(text[: found.end()]) else found


def is_called_off(draft: Draft) -> bool:
    """Tell whether the text says that the event did not take place."""
    return "status" in draft.uncertain
