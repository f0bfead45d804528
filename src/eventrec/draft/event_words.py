"""Nouns and verbs that say an event (“workshop”, “培训班”; “held”), and which kind of the vocabulary a noun means.

What a noun means is what it means in sheets (`text.words`); releases write more of them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from eventrec.errors import Rejected
from eventrec.patterns import late
from eventrec.text.words import read_word

_MORE: Final = {
    "webinar": "workshop",
    "masterclass": "training",
    "bootcamp": "training",
    "training of trainers": "training",
    "summer school": "training",
    "winter school": "training",
    "congress": "conference",
    "summit": "conference",
    "colloquium": "conference",
    "talks": "meeting",
    "briefing": "meeting",
    "exchange visit": "study-visit",
    "study trip": "study-visit",
    "study mission": "study-visit",
    "learning visit": "study-visit",
    "exposure visit": "study-visit",
    "study exchange": "study-visit",
    "tabletop exercise": "training",
    "table top exercise": "training",
    "simulation exercise": "training",
    "field training exercise": "training",
    "search and rescue exercise": "training",
    "lecture": "other",
    "launch": "other",
    "launch ceremony": "other",
    "launching ceremony": "other",
    "ceremony": "other",
    "anniversary": "other",
    "celebration": "other",
    "exhibition": "other",
    "graduation": "other",
    "研讨": "workshop",
    "研习班": "workshop",
    "交流研讨会": "workshop",
    "训练营": "training",
    "培训会": "training",
    "培训活动": "training",
    "进修班": "training",
    "研修班": "training",
    "开班式": "training",
    "开班仪式": "training",
    "结业式": "training",
    "结业仪式": "training",
    "年会": "conference",
    "峰会": "conference",
    "高峰论坛": "conference",
    "学术会议": "conference",
    "工作会": "meeting",
    "协调会": "meeting",
    "交流会": "meeting",
    "座谈交流会": "meeting",
    "座谈": "meeting",
    "对话会": "meeting",
    "磋商会": "meeting",
    "会晤": "meeting",
    "会见": "meeting",
    "会商": "meeting",
    "例会": "meeting",
    "圆桌会": "meeting",
    "工作组会": "meeting",
    "推进会": "meeting",
    "通报会": "meeting",
    "说明会": "meeting",
    "访问交流": "study-visit",
    "交流访问": "study-visit",
    "考察交流": "study-visit",
    "学习考察": "study-visit",
    "考察学习": "study-visit",
    "参观交流": "study-visit",
    "工作访问": "study-visit",
    "工作考察": "study-visit",
    "参访交流": "study-visit",
    "学习交流": "study-visit",
    "参观学习": "study-visit",
    "考察团": "study-visit",
    "研修团": "study-visit",
    "研学": "study-visit",
    "启动仪式": "other",
    "启动会": "meeting",
    "沙龙": "meeting",
    "讲座": "other",
    "启动": "other",
    "揭牌仪式": "other",
    "签约仪式": "other",
    "签字仪式": "other",
    "庆祝活动": "other",
    "周年纪念": "other",
    "招待会": "other",
    "发布会": "other",
}
"""What people do not write in sheets."""

_ENGLISH: Final = (
    r"workshops?|seminars?|webinars?|master-?class(?:es)?|boot-?camps?|training of trainers"
    r"|training(?: (?:courses?|sessions?|workshops?|seminars?|programmes?|programs?|events?|activit(?:y|ies)))?"
    r"|trainings"
    r"|(?:short )?courses?|(?:summer|winter) schools?"
    r"|conferences?|for(?:ums?|a)|symposi(?:um|ums|a)|congress|summit|colloqui(?:um|a)"
    r"|meetings?|round-? ?tables?|consultations?|dialogues?|talks|briefings?|lectures?"
    r"|stud(?:y|ies) (?:visits?|tours?|trips?|missions?|exchanges?)|(?:exchange|learning|exposure) visits?"
    r"|(?:launch(?:ing)? |opening |closing |graduation |signing |award )?ceremon(?:y|ies)|anniversary|celebrations?"
    r"|exhibition|(?:table-?top|simulation|field training|search and rescue) exercises?"
)
ENGLISH_NOUN: Final = late(rf"\b(?:{_ENGLISH})\b(?![-'])", re.IGNORECASE)
"""A noun of an event in English."""

_CHINESE: Final = (
    "交流研讨会|座谈研讨会?|座谈交流会|研讨会|研讨班|研习班|工作坊|讲习班|研讨|"
    "培训课程|培训活动|培训班|培训会|训练营|研修班|进修班|培训|"
    "高峰论坛|论坛|峰会|大会|年会|学术会议|国际会议|"
    "工作会议?|协调会议?|座谈会|交流会|会谈|会晤|会见|会商|磋商会?|对话会?|圆桌会议?|推进会|通报会|说明会|例会|会议|座谈|"
    "访问交流|参观交流|工作访问|工作考察|参访交流|学习交流|参观学习|交流访问|考察交流|学习考察|考察学习|考察访问|考察团|研修团|考察|研修|研学|学习访问|"
    "研討會|研習班|講習班|培訓課程|培訓班|培訓會|訓練營|研修班|進修班|培訓|高峰論壇|論壇|峰會|大會|年會|學術會議|國際會議|"
    "工作會議?|座談會|交流會|會談|會晤|會見|圓桌會議?|會議|訪問交流|交流訪問|考察訪問|講座|研討|座談|"
    "开班式|开班仪式|结业式|结业仪式|启动仪式|启动会|沙龙|讲座|揭牌仪式|签约仪式|签字仪式|庆祝活动|招待会|发布会"
)
CHINESE_NOUN: Final = late(_CHINESE)
"""A noun of an event in Chinese."""

NOUN: Final = {"en": ENGLISH_NOUN, "zh": CHINESE_NOUN}

HOLD: Final = (
    r"(?:(?:co-?)?(?:organi[sz](?:es?|ed|ing)|host(?:s|ed|ing)?|conven(?:es?|ed|ing))|hold(?:s|ing)?|held"
    r"|conduct(?:s|ed|ing)?|deliver(?:s|ed|ing)?|run(?:s|ning)?|ran|launch(?:es|ed|ing)?|facilitat(?:es?|ed|ing)"
    r"|began|begins?|begun|starts?|started|opens?|opened|concludes?|concluded|complet(?:es?|ed)|kicks? off|kicked off"
    r"|wraps? up|wrapped up|attend(?:s|ed|ing)?|join(?:s|ed)?|participat(?:es?|ed|ing) in|took part in|takes? part in)"
)
"""A verb, in any form, of which an event is the object."""

_ENDINGS: Final = late(r"(?:ies|es|s)$")


@cache
def kind_of(noun: str, language: str) -> str | None:
    """Return the kind of the vocabulary that a noun means; of several words the last decides.

    None for a noun that says no kind.
    """
    plain = " ".join(noun.casefold().replace("-", " ").translate(_SIMPLIFIED).split())
    words = plain.split(" ") if language == "en" else [plain]
    for start in range(len(words)):
        for key in _forms(" ".join(words[start:])):
            if key in _MORE:
                return _MORE[key]
            try:
                return read_word(key, "event kind")
            except Rejected:
                continue
    if language == "en" and words[0] == "training":
        return "training"
    return _of_chinese(plain) if language == "zh" else None


def _forms(noun: str) -> list[str]:
    """Return a noun as it is and in the singular."""
    if noun in ("fora", "symposia", "colloquia"):
        return [noun, {"fora": "forum"}.get(noun, f"{noun[:-1]}um")]
    return [noun, noun.removesuffix("s"), noun.removesuffix("es"), _ENDINGS.sub("y", noun)]


_SIMPLIFIED: Final = str.maketrans(
    "討會習講訓課進論壇術國際議談見圓訪問團學動啟儀發開結業營程",
    "讨会习讲训课进论坛术国际议谈见圆访问团学动启仪发开结业营程",
)
"""The characters of events that are written otherwise in Taiwan and Hong Kong."""


def _of_chinese(noun: str) -> str | None:
    """Return what the longest known ending of a noun means."""
    endings = [noun[start:] for start in range(len(noun) - 1)] + [noun.removesuffix("会"), noun.removesuffix("活动")]
    for ending in endings:
        if ending in _MORE:
            return _MORE[ending]
        try:
            return read_word(ending, "event kind")
        except Rejected:
            continue
    return None
