"""Paragraphs that say what an organisation is, below or above every one of its releases."""

from __future__ import annotations

import re
from typing import Final

from eventrec.patterns import late

_BODY: Final = r"(?:organi[sz]ation|agency|body|institution|entity|office|fund|network|think[\s-]tank|forum|union|bank)"
_TEXT: Final = late(
    rf"(?:established|founded|created|formed|set\sup)\s(?:in|on)\s[^.]{{0,20}}\d{{4}},?\s[^.]{{2,80}}?\sis\s(?:the|a|an|part|one)\b[^.]{{0,160}}\b{_BODY}"
    rf"|(?:the\s)?[A-Z][^.,;:]{{1,90}}?,?\s(?:[^.,]{{0,60}},\s)?is\s(?:the|a|an|part\sof\sthe|one\sof\sthe)\s"
    r"(?:UN\b|United\sNations|leading|world's|global|principal|lead|speciali[sz]ed|premier|only|related|international|inter-?governmental|independent)\b"
    rf"[^.]{{0,120}}(?:{_BODY}\b[^.]{{0,160}}\b(?:since|member\sstates|migration|dedicated|mandate|promot\w*|works?|field)|system\b[^.]{{0,60}}\bas\sthe\sleading)"
    rf"|as\sthe\sleading\s[^.]{{0,40}}{_BODY}\b[^.]{{0,80}}\bsince\s\d{{4}}"
    r"|[^.]{0,160}\b\d{2,3}\smember\s(?:states|countries)\b[^.]{0,40}\b(?:presence|offices)\b"
    r"|[^。]{2,40}(?:成立于|创建于|创立于|始建于|建立于)\s?\d{4}年?[^。]{0,60}(?:组织|机构)[^。]{0,80}(?:成员国|致力于|总部)"
    r"|[^。，]{2,40}是[^。，]{0,30}(?:领先|主导|主要|专门)的?(?:政府间|国际|全球|联合国)[^。]{0,12}(?:组织|机构)",
    re.I,
)
_OF_THE_EVENT: Final = late(
    r"\b(?:workshop|training|project|programme|program|seminar|meeting|event|visit|course|conference|initiative|dialogue|action)\b"
    r"|项目|活动|培训|研讨|会议|对话",
    re.I,
)
_HEAD: Final = late(
    r"(?:about\s(?:us$|(?:the\s)?[A-Z][^.]{1,80})|about|who\swe\sare|(?:notes?|information)\s(?:to|for)\s(?:the\s)?(?:editors?|media|journalists|press)"
    r"|boilerplate|关于(?:我们|[^。，]{2,30})|编者按|编辑注|机构(?:简介|介绍))\s?[:：]?$",
    re.I,
)
_LOOKED_AT: Final = 600


def is_one(text: str) -> bool:
    """Tell whether a paragraph tells what an organisation is, and nothing of an event or a project."""
    found = _TEXT.match(text[:_LOOKED_AT])
    return found is not None and not _OF_THE_EVENT.search(found[0])


def heads_one(line: str) -> bool:
    """Tell whether a line stands above such paragraphs; “About the project” does not."""
    return len(line) < 120 and bool(_HEAD.match(line)) and not _OF_THE_EVENT.search(line)
