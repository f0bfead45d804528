"""Words of the vocabulary as people write them in sheets, in English and Chinese."""

# ruff: noqa: E501 (all ways to write a word stand on one line)

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.text.names import normalise
from eventrec.text.typed import shortened
from eventrec.vocabulary import (
    AGENCY_KINDS,
    EVENT_KINDS,
    EVENT_STATUSES,
    MODALITIES,
    PARTICIPATION_MODALITIES,
    PARTICIPATION_STATUSES,
    ROLES,
    SEXES,
    SOURCES,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_MODALITY: Final = {
    "in-person": "in person|onsite|on site|on-site|offline|in the room|physical|face to face|现场|线下|到场|面对面|实地",
    "online": "online|virtual|remote|remotely|by video|zoom|teams|voov|线上|在线|远程|视频|网络|腾讯会议",
}
VOCABULARY: Final[Mapping[str, tuple[tuple[str, ...], Mapping[str, str]]]] = {
    "sex": (
        SEXES,
        {
            "female": "f|w|woman|women|female|ms|ms.|mrs|mrs.|miss|mme|frau|女|女性|女士|小姐|夫人|♀",
            "male": "m|man|men|male|mr|mr.|herr|男|男性|先生|♂",
            "other": "o|x|diverse|non-binary|nonbinary|其他|其它",
            "not-stated": "-|–|—|/|n/a|na|unknown|not stated|prefer not to say|u|不详|未知|未说明|保密|不愿透露",
        },
    ),
    "role": (
        ROLES,
        {
            "participant": "attendee|delegate|member|参会者|参会人员|与会者|参加者|代表|学员|与会人员|参会人|成员|团员",
            "chair": "chairperson|chairman|chairwoman|moderator|主持|主持人|主席",
            "speaker": "presenter|keynote speaker|panelist|panellist|演讲人|发言人|讲者|主讲人|演讲嘉宾|发言嘉宾|主讲",
            "trainer": "instructor|lecturer|resource person|培训师|讲师|教官|授课人|培训老师",
            "interpreter": "translator|翻译|口译|译员|口译员|传译",
            "observer": "观察员|列席|列席人员|旁听",
            "organizer": "organiser|主办|主办方|组织者|组织方",
            "co-organizer": "co-organiser|coorganizer|协办|协办方|联合主办",
            "host": "承办|承办方|东道主|接待方|接待",
            "facilitator": "协调人|协助方|促进者",
            "donor": "资助方|捐助方|出资方",
            "staff": "support staff|工作人员|会务|会务人员|职员|秘书处",
        },
    ),
    "status": (
        PARTICIPATION_STATUSES,
        {
            "invited": "已邀请|邀请|受邀",
            "registered": "signed up|已报名|报名|已注册|注册|拟参加",
            "confirmed": "accepted|yes, coming|已确认|确认|确认参加",
            "declined": "regrets|rejected|谢绝|不参加|婉拒|不能参加|已谢绝",
            "attended": "present|came|participated|出席|已出席|已参加|参加|到会|已到|已签到|到场|实到",
            "no-show": "no show|noshow|absent|did not come|缺席|未到|未出席|未参加|缺勤",
            "cancelled": "canceled|取消|已取消|撤销",
        },
    ),
    "modality": (PARTICIPATION_MODALITIES, _MODALITY | {"not-stated": "-|not stated|unknown|不详|未说明"}),
    "event modality": (
        MODALITIES,
        _MODALITY | {"hybrid": "mixed|blended|混合|线上线下|线上线下结合|线上+线下|线下+线上"},
    ),
    "agency kind": (
        AGENCY_KINDS,
        {
            "government": "gov|ministry|public authority|政府|政府机构|政府部门|机关|行政机关|国家机关",
            "embassy": "consulate|mission|diplomatic mission|使馆|大使馆|领事馆|使领馆|使团|代表团",
            "international-organization": "international organisation|international organization|igo|io|un|un agency|"
            "intergovernmental organisation|国际组织|政府间国际组织|联合国机构",
            "ngo": "non-governmental organisation|non-governmental organization|civil society|cso|非政府组织|社会组织|民间组织",
            "academia": "university|research|academic|think tank|school|高校|大学|学术|学术机构|研究机构|智库|院校|研究所",
            "private": "company|business|private sector|enterprise|企业|公司|私营|私营部门|私营企业",
            "media": "press|媒体|新闻媒体",
            "group": "collective|集体|群体",
            "other": "其他|其它",
        },
    ),
    "event kind": (
        EVENT_KINDS,
        {
            "workshop": "seminar|研讨会|研讨班|工作坊|讲习班|座谈研讨",
            "training": "training course|course|培训|培训班|培训课程|训练",
            "conference": "forum|symposium|大会|论坛|会议（大型）|国际会议",
            "meeting": "roundtable|round table|consultation|dialogue|会议|座谈会|会谈|圆桌会议|磋商|对话",
            "study-visit": "study visit|study tour|考察|考察访问|研修|出访|学习访问",
            "site-visit": "site visit|field visit|实地参访|参访|实地考察|参观|现场考察",
            "other": "其他|其它",
        },
    ),
    "event status": (
        EVENT_STATUSES,
        {
            "planned": "计划|计划中|拟举办",
            "tentative": "暂定|待定",
            "confirmed": "已确认|确认",
            "held": "done|completed|took place|已举办|已举行|已完成|已结束",
            "cancelled": "canceled|取消|已取消",
            "postponed": "推迟|延期|已推迟",
        },
    ),
    "source": (
        SOURCES,
        {
            "sign-in-sheet": "sign in sheet|signature sheet|attendance sheet|签到表|签到单|签到",
            "online-log": "online log|attendance report|在线记录|会议记录|线上记录|入会记录",
            "registration": "registration form|报名表|报名|注册",
            "host-list": "host list|list of the host|主办方名单|接待方名单|名单",
            "publication": "news release|press release|news|新闻|新闻稿|报道|公开报道",
            "estimate": "estimated|估计|估算",
        },
    ),
}
"""By what is meant: the words of the vocabulary, and other ways to write them."""

_YES: Final = frozenset(
    [
        "y",
        "yes",
        "true",
        "1",
        "x",
        "✓",
        "✔",
        "√",
        "☑",
        "v",
        "ok",
        "present",
        "here",
        "attended",
        "是",
        "有",
        "到",
        "已到",
        "出席",
        "已签到",
        "签到",
        "已签",
        "参加",
        "到会",
    ]
)
_NO: Final = frozenset(
    [
        "n",
        "no",
        "false",
        "0",
        "✗",
        "✘",
        "☐",
        "absent",
        "no-show",
        "否",
        "无",
        "没有",
        "未到",
        "缺席",
        "未签到",
        "缺",
        "未参加",
        "不参加",
    ]
)


@lru_cache(maxsize=2048)
def read_word(text: str, meaning: str) -> str:
    """Return the word of the vocabulary that a text stands for. Raises Rejected naming the words there are."""
    words, known = VOCABULARY[meaning][0], _known(meaning)
    plain = normalise(text)
    for key in (plain, _key(text), re.sub(r"\(.*\)", "", plain).strip()):
        if key in known:
            return known[key]
    parts = re.split(r"[/|\n]|(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])", text)
    halves = {known[half] for half in map(normalise, parts) if half in known}
    if len(halves) == 1:
        return halves.pop()
    if meaning in ("modality", "event modality") and len(halves) == 2 and "hybrid" in words:
        return "hybrid"
    raise Rejected(
        f"“{shortened(text)}” is no {meaning.removeprefix('event ').removeprefix('agency ')}.",
        f"Write {', '.join(words)}.",
    )


def read_yes_or_no(text: str) -> bool | None:
    """Return what a tick means; None for a text that is neither a yes nor a no."""
    plain = normalise(text)
    if plain in _YES or text.strip() in _YES:
        return True
    return False if plain in _NO or text.strip() in _NO else None


@cache
def _known(meaning: str) -> dict[str, str]:
    words, others = VOCABULARY[meaning]
    found: dict[str, str] = {}
    for word in words:
        found |= dict.fromkeys((word, _key(word)), word)
    for word, texts in others.items():
        for text in texts.split("|"):
            found.setdefault(normalise(text), word)
            found.setdefault(_key(text), word)
    return found


def _key(text: str) -> str:
    """Return the letters alone; of a sign that has none, itself."""
    return re.sub(r"[\W_]", "", normalise(text)) or text.strip()
