"""Where a release tells whom to ask: “For more information, contact …”, “Media contact:”, “如需更多信息，请联系…”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.page import Page, Sentence

_ASKED: Final = late(
    r"\b(?:information|info|details?|inquir(?:y|ies)|enquir(?:y|ies)|quer(?:y|ies)|questions?|interviews?|media|press"
    r"|clarifications?|(?:learn|know|find\s+out|read)\s+more|comments?|feedback|interested|regist(?:er|ration)"
    r"|journalists?|assistance|visuals|photos)\b",
    re.IGNORECASE,
)
_ABOUT_OTHERS: Final = late(
    r"\b(?:victims?|migrants|survivors|hotline|helpline|citizens|callers|police)\b", re.IGNORECASE
)
_CALL: Final = late(
    r"\b(?:(?P<asked>please|kindly|to|may|can|should|and|or|,)\s+(?:also\s+|feel\s+free\s+to\s+|do\s+not\s+hesitate\s+to\s+)?)?"
    r"(?P<verb>contact(?:ing)?|get\s+in\s+touch\s+with|reach\s+out\s+to|reach|write\s+to|e-?mail|call|liaise\s+with|speak\s+to"
    r"|(?:directed|addressed|sent|submitted|referred|emailed)\s+to|(?:available|obtained|requested)\s+from)"
    r"(?:\s*,|(?:(?<=contact)|(?<=reach)|(?<=ng to))\s*:)?(?:\s+|$)",
    re.IGNORECASE,
)
_LABEL: Final = late(
    r"(?:(?:for\s+)?(?:media|press|programme|program|project|general|event|main|public|news|communications?|further|more)\s+)?"
    r"(?:(?:contact|focal)(?:\s+(?:persons?|points?|details|information|us))?|contacts|(?:en|in)quir(?:ies|y)|point\s+of\s+contact"
    r"|information|queries)"
    r"(?:\s*[:\u2013\u2014]|\s+-(?=\s)|\s*(?=\n|$))\s*",
    re.IGNORECASE,
)
_ASKED_ZH: Final = late(
    r"信息|情况|详情|资讯|资料|内容|细节|咨询|问题|疑问|了解|垂询|采访|媒体|报名|详细|更多|查询|意见|需要|需求"
)
_CALL_ZH: Final = late(
    r"(?:请|敬请|欢迎|可|可以|烦请|均可|也可|并可|直接)\s*(?:直接|随时|及时)?\s*(?:联系|联络|咨询|致电|来电|致信|致函|来信|来函|垂询|洽询|洽|邮件联系|发邮件|发送邮件|电邮|邮件|写信)\s*[:：]?"
    r"|(?:请|敬请|可|可以|欢迎)\s*(?:直接|随时)?\s*[与和同跟向](?=[^。!?！？\n]{1,60}?(?:联系|联络|咨询|索取|了解|洽询))"
)
_LABEL_ZH: Final = late(
    r"(?:媒体|新闻|项目|会务|活动|采访|业务|报名|主要)?(?:联系人|联络人|联系方式|联系电话|联系邮箱|咨询电话|咨询邮箱|咨询方式|垂询|媒体联系|媒体咨询|新闻联络|联系信息|联络方式|咨询)"
    r"(?:及(?:电话|方式|联系方式))?\s*(?:[:：]|(?=\n|$)|(?=\s))\s*"
)


@dataclass(frozen=True)
class Trigger:
    """Words that say that whom to ask follows at `end`."""

    start: int
    end: int
    language: str
    weight: int


def asked_for_more(page: Page) -> Iterator[Trigger]:
    """Find “For more information …, contact”, “Questions may be directed to”, “please contact”."""
    for sentence in page.sentences:
        for call in _CALL.finditer(page.text, sentence.span.start, sentence.span.end):
            before = page.text[max(sentence.span.start, call.start() - 200) : call.start()]
            if _ABOUT_OTHERS.search(before):
                continue
            asked = bool(_ASKED.search(before))
            if asked or (call["asked"] or "").lower() in ("please", "kindly"):
                strong = asked and (
                    call["asked"] or not before.strip() or before.rstrip().endswith((",", ":")) or "to" in call["verb"]
                )
                yield Trigger(call.start(), call.end(), "en", 90 if strong else 80)
            elif not before.strip() and call["verb"].lower().startswith("contact"):
                yield Trigger(call.start(), call.end(), "en", 80)


def asked_for_more_in_chinese(page: Page) -> Iterator[Trigger]:
    """Find “如需更多信息，请联系”, “详情请咨询”, “请与…联系”."""
    for sentence in page.sentences:
        for call in _CALL_ZH.finditer(page.text, sentence.span.start, sentence.span.end):
            before = page.text[max(sentence.span.start, call.start() - 80) : call.start()]
            yield Trigger(call.start(), call.end(), "zh", 90 if _ASKED_ZH.search(before) else 80)


def labels(page: Page) -> Iterator[Trigger]:
    """Find “Media contact:” and “联系人：” at the beginning of a line or sentence."""
    for sentence in page.sentences:
        yield from _labels_in(page, sentence)


def _labels_in(page: Page, sentence: Sentence) -> Iterator[Trigger]:
    text, span = page.text, sentence.span
    for pattern, language in ((_LABEL, "en"), (_LABEL_ZH, "zh")):
        for label in pattern.finditer(text, span.start, span.end):
            before = text[max(0, label.start() - 3) : label.start()]
            begins = label.start() == span.start or page.source[label.start() - 1] == "\n"
            if begins or before.rstrip(" ").endswith(("\n", ".", "。", "(", "（", "|", "*", "【", "■", ";")):
                yield Trigger(label.start(), label.end(), language, 90)
