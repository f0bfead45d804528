"""Words that say what a picture shows, or who took it."""

from __future__ import annotations

import re
from typing import Final

from eventrec.patterns import late

_BEGINS: Final = late(
    r"(?:photos?|pictures?|images?|captions?|figure|fig\.|pic|photo\scaption|photo\scredits?|pictured|above|in\sthe\sphoto)\s?\d{0,2}\s?[:：©]"
    r"|(?:photo|image|picture)s?\s(?:by|credit|courtesy|©)|(?:©|\(c\))\s?\D\S{0,20}(?:\s\S{1,20}){0,5}$"
    r"|(?:上|下|左|右|本|组|此)?图(?:片|\d{1,2}|[一二三四五六七八九])?(?:[:：]|为|[/／]|说明)|(?:照片|图片|摄影|摄)\s?[:：/]"
    r"|[(（](?:相关|资料)?(?:资料图?|图片|配图)片?[)）]$|(?:group|family)\sphoto(?:graph)?\b[^.]{0,120}\.?$|\d\s?/\s?\d{1,2}$",
    re.I,
)
_ENDS: Final = late(
    r"[(（][^()（）]{0,24}(?:供图|摄影?|图片?|photos?(?:\s?by)?[^()]{0,30}|(?:photo|image|credit)s?[:：][^()]{0,40}|©[^()]{0,40})[)）]。?$"
    r"|(?:©|\bphotos?(?:\scredits?)?[:：]|\bphotos?\sby\s|图片来源[:：]|摄影[:：])\s?[^.。]{1,60}\.?$|\w{2,4}\s?[/／]?\s?摄[)）]?$",
    re.I,
)
_SCENE: Final = late(r"(?:现场|合影|合照|留影|留念|剪影|掠影|照片|场景|一角)$")
_SHOWN: Final = late(
    r"(?:the\s)?(?:\w+\s)?(?:participants|delegates|officials|trainees|attendees|experts|speakers|panel(?:l)?ists|facilitators|representatives|officers|students|trainers)\s"
    r"(?:at|of\sthe|from\sthe|during|attending|posing?|listen(?:ing)?|gather(?:ed|ing)?|in\saction|tak(?:e|ing)\spart)\b",
    re.I,
)
_LONGEST: Final = 400
_SHORT: Final = 240
_SCENE_LONGEST: Final = 18


def is_one(line: str) -> bool:
    """Tell whether words say themselves that they belong to a picture."""
    if len(line) <= _SCENE_LONGEST and _SCENE.search(line):
        return True
    if len(line) > _LONGEST:
        return False
    return bool(_BEGINS.match(line)) or (len(line) <= _SHORT and bool(_ENDS.search(line)))


def may_be_one(line: str) -> bool:
    """Tell whether a line without a full stop, among the paragraphs of a text, says whom a picture shows."""
    return len(line) <= _SHORT and line[-1] not in ".!?。！？:：;；" and bool(_SHOWN.match(line))
