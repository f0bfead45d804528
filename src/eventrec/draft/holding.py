"""Words by which a sentence says that an event is held, begins or ends, in English and Chinese."""

from __future__ import annotations

import re
from typing import Final

from eventrec.patterns import late

EVENT_EN: Final = (
    r"(?:workshops?|trainings?|seminars?|conferences?|meetings?|courses?|sessions?|for(?:um|a)s?|symposi(?:um|a)"
    r"|round-?\s?tables?"
    r"|consultations?|dialogues?|visits?|tours?|summits?|webinars?|briefings?|events?|programmes?|exercises?"
    r"|activit(?:y|ies)"
    r"|retreats?|lectures?|ceremon(?:y|ies)|class(?:es)?|exchanges?|discussions?|talks|congress(?:es)?|colloquium"
    r"|panels?|(?:summer|winter|spring|autumn) schools?"
    r"|mission|orientation|launch|training-of-trainers|ToT|rounds?|modules?|boot ?camps?|study)"
)
EVENT_ZH: Final = (
    r"(?:研讨|培训|讲座|会议|论坛|研修|座谈|交流|考察|访问|研习|工作坊|对话|年会|峰会|大会|圆桌|磋商|会谈|活动|班|仪式|演练"
    r"|课程|讲习|参访|推介|发布会|沙龙|例会|会晤|会|研討|培訓|講座|會|論壇|座談|訪問|研習|工作坊|對話|峰會|考察|交流|課程|講習|圓桌)"
)
HOLD_EN: Final = late(
    r"\b(?:held|hold(?:s|ing)?|(?:took|takes?|taken|taking) place|(?:co-?)?organi[sz](?:ed?|es|ing)"
    r"|(?:co-?)?host(?:ed|s|ing)?"
    r"|conduct(?:ed|s|ing)?|(?:co-?)?conven(?:ed?|es|ing)|start(?:s|ed|ing)?|beg[aiu]n(?:s|ning)?|kick(?:s|ed"
    r"|ing)?[ -]off"
    r"|open(?:s|ed|ing)?|launch(?:es|ed|ing)?|conclud(?:es|ed|ing)|clos(?:es|ed|ing)|wrap(?:s|ped)? up|complet(?:es"
    r"|ed)|end(?:s|ed)"
    r"|gather(?:s|ed|ing)?|m[e]{1,2}t(?:s)?|came together|attend(?:s|ed|ing)?|participat(?:es?|ed|ing)|train(?:s|ed)"
    r"|deliver(?:s|ed)?"
    r"|facilitat(?:es?|ed|ing)|(?:is|are|was|were|been) (?:jointly )?(?:run|arranged|scheduled|provided|implemented"
    r"|delivered|given)|ran|carried out|provided|undert(?:akes?|ook)|visit(?:s|ed|ing)?|join(?:s|ed|ing)?"
    r"|br(?:ings?|ought|inging) together|welcom(?:es|ed)|inaugurat(?:es|ed)|exchanged|discuss(?:es|ed)?|arrang(?:es"
    r"|ed)|toured"
    r"|met|took part|received|underwent|(?:will )?runs?|tak(?:es?|ing) part|scheduled|equipped|trained|led|co-led"
    r"|announc(?:es"
    r"|ed) the opening)\b"
)
HOLD_ZH: Final = late(
    r"举办|举行|召开|开幕|闭幕|开班|结业|结束|启动|开展|组织|主办|承办|开课|开营|落幕|圆满|进行|参加|出席|赴|访问|来访|到访|前往"
    r"|走进|帷幕|开讲|授课|交流|座谈|会谈|参访|考察|会见|参观|开训|开坛|举辦|舉辦|舉行|開幕|召開|開班|來訪|会晤|接待|參加|參與|主辦|承辦|閉幕|啟動|組織|結束|訪問|參觀|會見|會談|座談|迎来|汇聚|齐聚"
)
_MEETS: Final = late(
    r"\b(?:met|gathered|came together|convened|visited|toured|(?:is|are|was|were) (?:meeting|gathering)|paid an? "
    r"|(?:was|were|been) trained)\b"
    r"|\b[Ii]t (?:(?:was|is|will be|is being|is to be) (?:\w+ly )?(?:held|hosted|organi[sz]ed)|t(?:ook|akes) place)\b"
    r"|\btrained\s(?:(?:about|some|over|around|nearly|up to|more than|a total of|another|the first)\s)?"
    r"(?:\d|(?:ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty\w*|a group)\b)"
)
"""Verbs that say an event by themselves."""

STARTS: Final = late(
    r"\b(?:start(?:s|ed)?|beg[aiu]n|begins|kick(?:s|ed)?[ -]off|open(?:s|ed)|launch(?:es|ed)|inaugurated)\b"
    r"|开幕|开班|开始|启动|开课|开营|开训|開幕|開班|開始|啟動"
)
ENDS: Final = late(
    r"\b(?:conclud(?:es|ed)|clos(?:es|ed)|wrap(?:s|ped)? up|end(?:s|ed)|complet(?:es|ed)|finish(?:es|ed)"
    r"|culminat(?:es|ed)|(?:is|are|was|were)\s(?:now\s|today\s)?"
    r"(?:concluding|completing|ending|closing|finishing|wrapping up)"
    r"|received certificates|graduated|closing ceremony)\b"
    r"|闭幕|结业|结束|落幕|收官|閉幕|結業|結束"
)
_OTHER: Final = (
    r"(?:previous|earlier|last|next|another|similar|follow-up|subsequent|future|preceding|past|former)"
    r"(?!\s(?:week|month|year|few))"
)
OTHER_EVENT_EN: Final = rf"\b{_OTHER}\s(?:[\w'-]+\s){{0,4}}{EVENT_EN}\b[^.;]{{0,80}}$"
"""What stands before words of another event: “the next workshop will be held on”."""

OTHER_EVENT_ZH: Final = r"(?:上|前|下|后续|另)一?[期届次轮场个](?!后)[^。；，]{0,30}$"
_EVENT: Final = {"en": late(rf"\b{EVENT_EN}\b", re.IGNORECASE), "zh": late(EVENT_ZH)}


def names_event(text: str, language: str) -> bool:
    """Tell whether a text names an event: a workshop, a visit, 培训."""
    return _EVENT["zh" if language == "zh" else "en"].search(text) is not None


def says_holding(text: str, language: str) -> bool:
    """Tell whether a text has a verb that says something is held, given or attended."""
    return (HOLD_ZH if language == "zh" else HOLD_EN).search(text) is not None


def says_held(text: str, language: str) -> bool:
    """Tell whether a text says that an event is held, or that people met."""
    if language != "zh" and _MEETS.search(text):
        return True
    return says_holding(text, language) and names_event(text, language)


def is_quoted(before: str) -> bool:
    """Tell whether what follows these words of a sentence is said by somebody: an open quotation mark is in them."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
