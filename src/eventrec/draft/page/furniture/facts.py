"""Lines that tell a fact of the event by its name: “Venue: …”, “主办单位：…”."""

from __future__ import annotations

import re
from typing import Final

from eventrec.draft.page.furniture.words import MONTH
from eventrec.patterns import late

_KEY: Final = late(
    r"[*_>•·-]{0,3}\s?(?:(?:活动|会议|培训|举办|召开|开会|研讨会?|论坛)?(?:时间|日期|地点|地址|场所|主题|名称|形式)"
    r"|(?:主办|承办|协办|支持|资助|参会|参加|参与|组织|合作)(?:单位|方|机构|部门|人员|人数|者|对象)?|联系(?:人|方式|电话|邮箱|地址)"
    r"|电话|手机|邮箱|电子邮[件箱]|传真|语言|人数|对象|主讲人?|讲师"
    r"|(?:活动|会议|培训)?(?:時間|地點|日期)|dates?|(?:start|end)(?:\s(?:date|time))?|time|when|where|venue|place|location|city|country|what|who|(?:co-?)?organi[sz]ers?|(?:co-?)?organi[sz]ed\sby|hosts?|hosted\sby"
    r"|donors?|funded\sby|supported\sby|participants|partners|speakers?|facilitators?|(?:media\s|press\s)?contacts?(?:\sperson)?|tel(?:ephone)?|phone|mobile"
    r"|e-?mail|fax|title|subject|topic|theme|format|project|languages?|for\s(?:more|further)\sinformation)\.?[*_]{0,3}\s?[:：]",
    re.I,
)


_DAYS: Final = late(
    rf"(?:\d{{1,2}}(?:\s{MONTH})?\s?(?:[-–—]|to|and|&)\s?\d{{1,2}}\s{MONTH}|{MONTH}\s\d{{1,2}}\s?(?:[-–—]|to|and|&)\s?(?:{MONTH}\s)?\d{{1,2}})"
    r"(?:,?\s\d{4})?|(?:\d{4}年)?\d{1,2}月\d{1,2}日?\s?[-–—至到]\s?(?:\d{1,2}月)?\d{1,2}日",
    re.I,
)


_NO_LATIN: Final = late(r"[^\W\d_A-Za-zÀ-ɏ]")
_MOST_WORDS: Final = 7
_MOST_HAN: Final = 6


def is_one(line: str) -> bool:
    """Tell whether a line begins with the name of a fact, or is nothing but several days, with a place or without.

    Several days are never when a page was put up.
    """
    return bool(_KEY.match(line)) or is_days(line)


def is_days(line: str) -> bool:
    """Tell whether a line is nothing but days from one to another: “Nowhere – March 3-4, 2031”."""
    found = _DAYS.search(line) if len(line) <= 100 else None
    if found is None:
        return False
    left, right = line[: found.start()], line[found.end() :].strip(" ,.–—|-:)")
    if len(left.split()) + len(right.split()) > _MOST_WORDS or len(_NO_LATIN.findall(left + right)) > _MOST_HAN:
        return False
    return not re.search(r"[.!?。]\s", left) and (not left or left.rstrip()[-1] in ",–—|-:(，")
