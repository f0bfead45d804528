"""When two names are the same: the rules by which what was read is held against what a person wrote down.

Names are compared without case, accents, quotation marks, articles and the words for a country's own; what stands in
brackets is another name of the same (“SEF (Portugal)”, “National Immigration Administration (NIA)”), unless it is a
country. An acronym is a name. Some organisations are known here in both languages (`_SAME`), since facts name them
in one and releases in the other. Else the words decide: nine tenths alike in any order, or all words of the shorter
name, two of them its own, within the longer one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from rapidfuzz import fuzz

ALIKE: Final = 85
"""From this similarity on (0 to 100) names are the same."""

_SAME: Final = (
    ("iom", "international organization for migration", "international organisation for migration", "国际移民组织",
     "联合国移民署", "iom liaison office", "iom mission", "iom office", "国际移民组织代表处", "un migration agency",
     "联合国移民机构", "联合国国际移民组织", "联合国移民署国际移民组织"),
    ("european union delegation", "delegation european union", "欧盟代表团", "欧洲联盟代表团", "delegation",
     "欧盟代表处"),
    ("european union", "欧盟", "欧洲联盟"),
    ("european commission", "欧盟委员会", "欧委会", "european union commission"),
    ("european union member states", "欧盟成员国", "欧盟各成员国", "member states european union"),
    ("schengen associated states", "申根成员国", "申根联系国"),
    ("nia", "national immigration administration", "国家移民管理局", "移民管理局"),
    ("dg home", "directorate general migration home affairs", "directorate general for migration and home affairs",
     "欧盟移民与内政总司", "移民与内政总司"),
    ("mfa", "ministry foreign affairs", "外交部"),
    ("mps", "ministry public security", "公安部"),
    ("mofcom", "ministry commerce", "商务部"),
    ("ministry civil affairs", "民政部"),
    ("ministry justice", "司法部"),
    ("ministry human resources social security", "人力资源和社会保障部", "人社部", "mohrss"),
    ("ministry education", "教育部"),
    ("ilo", "international labour organization", "international labour organisation", "国际劳工组织",
     "international labour office"),
    ("unhcr", "office high commissioner refugees", "un refugee agency", "联合国难民署", "united nations refugee agency",
     "united nations high commissioner refugees", "联合国难民事务高级专员署", "联合国难民事务高级专员公署"),
    ("unodc", "united nations office drugs crime", "联合国毒品和犯罪问题办公室", "联合国毒罪办"),
    ("unicef", "united nations children's fund", "联合国儿童基金会", "联合国儿基会"),
    ("undp", "united nations development programme", "联合国开发计划署"),
    ("icmpd", "international centre migration policy development", "国际移民政策发展中心"),
    ("interpol", "国际刑警组织", "international criminal police organization"),
    ("asean secretariat", "东盟秘书处"),
    ("asean", "association southeast asian nations", "东盟"),
    ("frontex", "european border coast guard agency"),
    ("osce", "organization security cooperation europe", "organization security co-operation europe"),
    ("icrc", "international committee red cross", "红十字国际委员会"),
    ("un", "united nations", "联合国"),
    ("other european experts", "european experts", "其他欧洲专家", "欧洲专家"),
    ("government agencies", "政府机构", "政府部门"),
    ("embassy european union member states", "欧盟成员国使馆", "欧盟成员国驻华使馆", "欧盟成员国大使馆"),
    ("un women", "联合国妇女署"),
    ("giz", "deutsche gesellschaft fur internationale zusammenarbeit", "德国国际合作机构"),
)  # fmt: skip

_ADJECTIVES: Final = {
    "american": "united states", "australian": "australia", "austrian": "austria", "belgian": "belgium",
    "british": "united kingdom", "canadian": "canada", "danish": "denmark", "dutch": "netherlands",
    "finnish": "finland", "french": "france", "german": "germany", "iranian": "iran", "italian": "italy",
    "japanese": "japan", "kenyan": "kenya", "korean": "korea", "norwegian": "norway", "polish": "poland",
    "portuguese": "portugal", "spanish": "spain", "swedish": "sweden", "swiss": "switzerland", "thai": "thailand",
    "turkish": "turkey", "vietnamese": "vietnam",
}  # fmt: skip
_WRITTEN: Final = (
    (re.compile(r"\beu\b"), "european union"),
    (re.compile(r"\beea\b"), "european economic area"),
    (re.compile(r"\bus\b|\bu\.s\.a?\.?|\busa\b"), "united states"),
    (re.compile(r"\buk\b|\bu\.k\.?"), "united kingdom"),
    (re.compile(r"\bviet nam\b"), "vietnam"),
    (re.compile(r"\b(?:(?:islamic|federal|democratic|socialist|people's) )*(?:republic|kingdom) of (?:the )?"), ""),
    *((re.compile(rf"\b{adjective}\b"), noun) for adjective, noun in _ADJECTIVES.items()),
    (re.compile(r"\bembassies\b"), "embassy"),
    (re.compile(r"\bministries\b"), "ministry"),
    (re.compile(r"\bcentre\b"), "center"),
    (re.compile(r"\borganisation"), "organization"),
    (re.compile(r"\bdirectorate-general\b"), "directorate general"),
)
_OWN_COUNTRY: Final = re.compile(
    r"(?:of|in|to) (?:the )?(?:people's republic of china|pr china|prc|china)\b|\bpeople's republic of china\b"
    r"|\bchina's\b|\bchinese\b|\bchina\b|中华人民共和国|驻华|中国(?!语言)"
)
_EMPTY: Final = re.compile(r"\b(?:the|a|an|of|for|and|in|to|on|from|with|by|at)\b")
_COMMON: Final = frozenset({
    "administration", "agency", "association", "authority", "bureau", "center", "committee", "council", "department",
    "directorate", "division", "european", "experts", "general", "government", "institute", "international", "liaison",
    "members", "ministry", "mission", "national", "office", "officers", "officials", "other", "police", "present",
    "programme", "project", "representatives", "service", "several", "state", "union", "unit", "university",
})  # fmt: skip
_BRACKETS: Final = re.compile(r"[(（]([^()（）]*)[)）]")
_WHOSE: Final = re.compile(r"^[^']{3,40}'s? (?=\w)")
_WHERE: Final = re.compile(r"^((?:the )?(?:embassy|consulate|delegation|mission|office)\b.{4,60}?) (?:in|to) .{3,40}$")
_OFFICE_OF: Final = re.compile(
    r"(iom|ilo|unhcr|unodc|undp|unicef|giz|icmpd|international organization migration|united nations office drugs crime"
    r"|国际移民组织|联合国毒品和犯罪问题办公室|国际劳工组织|联合国难民署)"
    r"(?: (?!.*\b(?:fund|center)\b).{2,40}|.{0,5}(?:代表处|办事处|办公室))"
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_KIND_WORDS: Final = re.compile(
    r"\b(?:(?:joint|regional|national|international|two-day|three-day) )?"
    r"(?:workshop|training|seminar|course|meeting|conference|webinar|programme)s?(?: (?:on|about|for))?\b"
    r"|研讨会|培训班|培训|座谈会|会议|研修班|工作坊|讲习班"
)
_DIGITS: Final = {**{digit: at for at, digit in enumerate("零一二三四五六七八九十")}, "两": 2, "〇": 0}
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def plain(text: str) -> str:
    """Return a text without case, accents, quotation marks and doubled blanks, with its abbreviations written out."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    text = "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each)).lower()
    for pattern, written in _WRITTEN:
        text = pattern.sub(written, text)
    return " ".join(re.sub(r"[\"“”«»「」《》*]|(?<!\w)'|'(?!\w)", " ", text).split())


def same_title(expected: str, given: str) -> bool:
    """Tell whether two titles are the same, but for what kind of event they say and punctuation."""
    first, second = (re.sub(r"[^\w]+", " ", plain(each)).strip() for each in (expected, given))
    if fuzz.ratio(first, second) >= 92:
        return True
    bare = [" ".join(_KIND_WORDS.sub(" ", each).split()) for each in (first, second)]
    return len(bare[0]) > 3 and fuzz.ratio(*(re.sub(r"^(?:the|a|an) ", "", each) for each in bare)) >= 92


def same_place(expected: str, *given: str) -> bool:
    """Tell whether a city is one of the names given: “Ha Noi” is “Hanoi”."""
    bare = re.sub(r"[\W_]+|(?<=[\u3400-\u9fff])市$", "", plain(expected))
    return any(bare == re.sub(r"[\W_]+|(?<=[\u3400-\u9fff])市$", "", plain(each)) for each in given)


def same_project(expected: str, acronym: str | None, *given: str) -> bool:
    """Tell whether a project is meant: its acronym (with or without a phase), or nearly its name."""
    wanted = {form for each in (expected, acronym) if each for form in _forms_of_project(each)}
    offered = {form for each in given for form in _forms_of_project(each)}
    return any(one == two or fuzz.token_sort_ratio(one, two) >= ALIKE for one in wanted for two in offered)


def _forms_of_project(name: str) -> set[str]:
    text = plain(name)
    forms = {_BRACKETS.sub(" ", text), *_BRACKETS.findall(text)}
    bare = (re.sub(r"\b(?:project|programme|phase)\b|项目|第.{1,3}期", " ", each) for each in forms)
    return {" ".join(re.sub(r"[^\w]+|\b[ivx]+$", " ", each.strip()).split()) for each in bare} - {"", "china"}


def phase(text: str) -> int | None:
    """Return the number of a phase: “III”, “Phase 3”, “第三期”, “第七期”."""
    bare = re.sub(r"phase|第|期|阶段|\W", "", text.lower())
    if bare.isdigit():
        return int(bare)
    if bare and all(each in _DIGITS for each in bare):
        tens, ten, ones = bare.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0) if ten else _DIGITS[bare[-1]]
    return _ROMAN.get(bare)


def likeness(expected: str, *given: str) -> int:
    """Return how far one of the given names is the expected organisation: 100 the same, from `ALIKE` on a match."""
    return max((_likeness(one, two) for one in _forms(expected) for each in given for two in _forms(each)), default=0)


@lru_cache(maxsize=4096)
def _forms(name: str) -> frozenset[str]:
    """Return the forms of a name: without brackets, and what stands in them; without whose it is, and where."""
    text = plain(name)
    forms = set()
    for part in (_BRACKETS.sub(" ", text), *_BRACKETS.findall(text)):
        for each in (part, _WHOSE.sub("", part), _WHERE.sub(r"\1", part.strip())):
            form = _bare(each)
            office = _OFFICE_OF.match(form)
            forms |= {form, _known().get(form, ""), _known().get(office[1], "") if office else ""}
    return frozenset(forms - {""})


@cache
def _known() -> dict[str, str]:
    """Return each form of an organisation that is known in both languages, with the first of its forms."""
    return {_bare(plain(form)): _bare(plain(each[0])) for each in _SAME for form in each}


def _bare(name: str) -> str:
    """Return the words of a name that count, without its own country."""
    own = " ".join(re.sub(r"[^\w\s'/-]", " ", _OWN_COUNTRY.sub(" ", name)).split())
    if _HAN.search(own):
        return re.sub(r"\s+|等$", "", own)
    return " ".join(_EMPTY.sub(" ", own.replace("'s ", " ")).split())


@lru_cache(maxsize=65536)
def _likeness(one: str, two: str) -> int:
    if one == two:
        return 100
    if _HAN.search(one) or _HAN.search(two):
        return round(fuzz.ratio(one, two)) if abs(len(one) - len(two)) < 3 and min(len(one), len(two)) > 5 else 0
    first, second = set(one.split()), set(two.split())
    own, others = first - _COMMON, second - _COMMON
    shared = own & others
    alike = round(fuzz.token_sort_ratio(one, two))
    if shared and alike >= ALIKE + 5:
        return alike
    if shared in (own, others) and (len(shared) > 1 or (own and own == others)):
        return min(ALIKE + 4, round(fuzz.token_set_ratio(one, two)))
    return 0
