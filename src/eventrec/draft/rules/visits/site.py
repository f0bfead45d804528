"""A place that people went to see, as one sentence names it, and what tells a site from a city or an idea."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.patterns import late

if TYPE_CHECKING:
    from eventrec.draft.evidence import Span
    from eventrec.draft.reading import Reading

HEADS: Final = frozenset(
    re.findall(
        r"\w+",
        " airport airports center centers centre centres port ports harbour harbor station stations checkpoint"
        " checkpoints crossing crossings post posts office offices bureau headquarters museum museums university"
        " institute institution academy college school schools hospital hospitals clinic clinics shelter shelters camp"
        " camps prison prisons court courts laboratory laboratories lab labs factory factories plant company companies"
        " park village villages community farm farms library administration ministry agency department division unit"
        " facility facilities hub terminal base command hall site sites border bridge gate market zone temple wall"
        " palace embassy consulate exhibition memorial archive archives house building tower complex warehouse"
        " authority secretariat police customs parliament inspection commission service services mission settlement"
        " settlements",
    )
)
"""Words of which the name of a site has one, in small letters."""

HEADS_ZH: Final = (
    "机场|航站楼|中心|口岸|总站|检查站|边检站|车站|火车站|站|局|部|厅|所|院|馆|校|大学|学院|公司|工厂|厂|基地|园区|园|开发区|自贸区"
    "|区|村|镇|港|码头|海关|法院|监狱|大厅|医院|社区|企业|大楼|总部|中队|支队|营地|营|实验室|办公室|服务站|通道|哨所|隔离区|农场"
    "|寺|宫|城墙|长城|遗址|大桥|广场|庇护所|安置点|难民营|收容所|拘留所|指挥部|委员会|使馆|领事馆|代表处|署|司|处|社|场|室|楼|城|塔|矿|库|湖|山|店|台"
)
"""What the name of a Chinese site ends in, for a pattern."""

_HEAD_ZH: Final = late(rf"(?:{HEADS_ZH})(?:[（(][^（()）]{{1,20}}[)）])?$")
_WORD: Final = late(r"[^\W\d_][\w'’-]*")
_COMMON: Final = late(r"^(?:a|an|some|several|various|two|three|four|five|local|nearby|other|number)\b", re.IGNORECASE)
_CLAUSE_ZH: Final = late(r"[了的是在有]|进行|讨论|情况|交流|经验|流程|过程|系统|设备|演示|做法")
_GENERIC_ZH: Final = late(
    r"(?:多[家个所处]|知名|当地|有关|相关|高新|高科技|科技|技术|新能源|汽车|智能|人工|物流|电商|跨境|互联网|外资|民营|国有|龙头|重点|优秀"
    r"|典型|代表性?|制造业?|涉外|中小|大型|先进|现代|数字|生物|医药|农业|旅游|文化|教育|创新|示范|本地|部分|一批|其他|各|的|性"
    r"|[一二三四五六七八九十两几数\d]+余?[家个所处])+"
    r"(?:企业|公司|工厂|机构|单位|场所|部门|景点|社区|学校|园区|基地|博物馆|产业园区?|中心)|[^、，]{0,12}(?:现场|课堂)|(?:学校|该校|我校|公司|企业)的[^、，]{1,6}"
)
"""A kind of place and none by name: “新能源汽车企业”."""

_NO_SITE: Final = late(
    r"^(?:project|programme|program)\b(?!\s(?:sites?|office|area|village))|\b(?:visit|implemented|funded|financed|web\s?site|web\s?page)\b",
    re.I,
)
_LOOSE: Final = late(
    r"\b(?:along|under|within)\b|^(?:Ministries|Departments|Universities|Embassies|Offices|Agencies)\b"
)
_PEOPLE: Final = late(
    r"\b(?:authorities|experts|officials|officers|counterparts|colleagues|partners|representatives|companies|enterprises"
    r"|businesses|institutions|agencies|stakeholders|delegates|students|teachers|communities|exchanges?)$",
    re.I,
)
_DEMONYM: Final = late(
    r"[A-Z][a-z]+(?:ian|ese|ish)|Thai|German|French|Dutch|Swiss|Greek|Czech|American|African|Korean|Mexican|Moroccan|Kenyan"
    r"|European|Lao|Iraqi|Kazakh|Tajik|Uzbek|Turkmen|Kyrgyz"
)
_TERRITORY: Final = late(r"[^\W\d_A-Za-zÀ-ɏ]{1,6}[省市县州国]")


@dataclass(frozen=True)
class Site:
    """A visited place as it is written, who facilitated the visit, and which trip it was of; `weight` from 1 to 99."""

    title: str
    language: str
    span: Span
    facilitators: tuple[str, ...] = ()
    hosts: tuple[Span, ...] = ()
    """Where the facilitators are named."""

    weight: int = 90


def believed(reading: Reading, span: Span, language: str) -> int:
    """Return how far a stretch is believed to name a site, 0 for a city, a country, or what is no place at all."""
    text = reading.page.of(span).strip()
    if _only_places(reading, span) or _TERRITORY.fullmatch(text):
        return 0
    named = any(
        mention.span in span or span in mention.span for each in reading.organisations for mention in each.mentions
    )
    if language == "zh":
        if _GENERIC_ZH.fullmatch(text):
            return 0
        return 90 if _HEAD_ZH.search(text) else 50 * (len(text) > 2 and not _CLAUSE_ZH.search(text))
    if _NO_SITE.search(text):
        return 0
    found = [word for word in _WORD.findall(text) if not _DEMONYM.fullmatch(word)]
    headed = any(word.lower().removesuffix("'s") in HEADS for word in found)
    capital = sum(word[0].isupper() for word in found)
    if _COMMON.match(text) or not capital:
        return 60 if headed and not _PEOPLE.search(text) else 0
    if _LOOSE.search(text) or (_PEOPLE.search(text) and not named):
        return 60
    return 90 if headed or named else 60


def _only_places(reading: Reading, span: Span) -> bool:
    """Tell whether a stretch names cities and countries and nothing else: “Norway and Sweden”."""
    left = reading.page.of(span)
    for place in reading.places:
        if place.span in span:
            left = left.replace(reading.page.of(place.span), " ")
        elif span in place.span:
            return True
    return not left.replace("and", "").replace("和", "").strip(" ,、与")


def inside_a_city(reading: Reading, at: int, end: int) -> bool:
    """Tell whether a stretch is a city or a country and nothing else."""
    return any(place.span.start <= at and end <= place.span.end for place in reading.places)
