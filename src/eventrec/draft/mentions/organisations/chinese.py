"""Chinese names of organisations, each where it stands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.organisations import lexicon, nations
from eventrec.draft.mentions.organisations.naming_zh import named
from eventrec.draft.mentions.organisations.signs import Sign, signs
from eventrec.draft.mentions.organisations.traditional import as_written, simplified
from eventrec.patterns import late
from eventrec.text.names import SURNAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.mentions.organisations.sighting import Sighting
    from eventrec.draft.page import Page

_COUNTED: Final = late(r"^等?[两二三四五六七八九十\d]{1,3}(?:个)?(?:省区市|省市|省区|[省市地国区])")
_OWN: Final = late(
    r"国家|中国|全国|联合国|中华|世界|国际(?!合作|贸易|发展|关系|事务|交流|教育|司)|欧盟|欧洲|东盟|英国|[\u4e00-\u9fff]{2,3}[省市](?!场)"
)
"""What only a name of its own begins with."""

_UNIVERSITY: Final = late(r"[\u4e00-\u9fff]{2,20}?大学")
_SCHOOL: Final = late(r"(?:学院|系|研究所|研究中心)$")
_SHORT: Final = 7
"""A school of the university that an enumeration named before has no longer name."""

_MOST_SIGNS: Final = 40
"""So many signs before and behind a conjunction are looked at."""

_PLACES: Final = (
    "机场",
    "口岸",
    "大厅",
    "港口",
    "码头",
    "酒店",
    "宾馆",
    "饭店",
    "广场",
    "园区",
    "基地",
    "车站",
    "现场",
)
"""What ends the name of a place that is visited."""

_SURNAMES: Final = frozenset(SURNAMES) | frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)


def sightings(page: Page) -> Iterator[Sighting]:
    """Return every Chinese name of an organisation, in order."""
    plain = simplified(page)
    for sentence in page.sentences:
        if sentence.language == "zh":
            found = _of_sentence(plain, list(signs(plain.text, sentence.span.start, sentence.span.end)))
            yield from found if plain is page else (replace(each, name=as_written(page, each)) for each in found)


def _of_sentence(page: Page, found: Sequence[Sign]) -> Iterator[Sighting]:
    stretch: list[Sign] = []
    for sign in [*found, Sign("", 0, 0, "stop")]:
        if sign.kind != "stop":
            stretch.append(sign)
            continue
        if any(each.kind in ("end", "code") for each in stretch):
            yield from _of_stretch(page, stretch)
        stretch = []


def _of_stretch(page: Page, stretch: Sequence[Sign]) -> Iterator[Sighting]:
    """Return the names between two stops: parted by “、” and “和”, unless these stand inside one."""
    items = _items(stretch)
    waiting: list[list[Sign]] = []
    school_of: str | None = None
    for item in items:
        if not any(each.kind in ("end", "code") for each in item):
            waiting.append(item)
            continue
        made = list(named(page, item))
        if waiting and made:
            yield from _shared(waiting, made[0])
            made[0] = _uncounted(made[0])
        waiting = []
        if school_of and made and _is_school_alone(made[0].name):
            made[0] = replace(made[0], name=school_of + made[0].name, parent=school_of)
        else:
            school_of = _university(made[0].name) if made else None
        yield from made


def _university(name: str) -> str | None:
    """Return the university that the name of its school begins with."""
    found = _UNIVERSITY.match(name)
    return found[0] if found and found[0] != name else None


def _is_school_alone(name: str) -> bool:
    """Tell whether a school is named without its university: “中文学院”."""
    if len(name) > _SHORT or _UNIVERSITY.match(name) or not _SCHOOL.search(name):
        return False
    return not _OWN.match(name) and _leading_place(name) is None


def _items(stretch: Sequence[Sign]) -> list[list[Sign]]:
    """Return the items of an enumeration, “人力资源和社会保障部” as one."""
    items: list[list[Sign]] = [[]]
    for at, sign in enumerate(stretch):
        if sign.kind != "and":
            items[-1].append(sign)
        elif _inside(items[-1][-_MOST_SIGNS:], sign, stretch[at + 1 : at + _MOST_SIGNS]):
            items[-1].append(replace(sign, kind="word"))
        else:
            items.append([])
    return [item for item in items if item]


def _inside(left: Sequence[Sign], sign: Sign, right: Sequence[Sign]) -> bool:
    """Tell whether a conjunction stands inside a name."""
    ahead: list[Sign] = []
    for each in right:
        if each.kind == "and" and ahead:
            break
        ahead.append(each)
    ends = ("end", "part") if any(each.kind == "end" for each in left) and sign.text != "、" else ("end",)
    if not left or not any(each.kind in ends for each in ahead):
        return sign.text == "、" and bool(left) and _topics_ahead(left, right)
    text = "".join(each.text for each in left)
    following = "".join(each.text for each in ahead)
    own = [each for each in left if each.kind == "end"]
    of_a_country = left[0].kind == "country" and len(left) > 1 and not own and not text.endswith("国")
    if of_a_country and sign.text != "、" and following.startswith("国家") and lexicon.is_topic(text):
        return True
    if left[-1].kind in ("end", "part", "country", "code") or _OWN.match(following):
        return False
    if (
        text.endswith(_PLACES)
        or nations.city(text)
        or (len(text) in (2, 3) and text[0] in _SURNAMES and not lexicon.is_topic(text))
    ):
        return False
    if sign.text == "、" and not (lexicon.is_topic(text) and left[0].kind == "country"):
        return False
    tail = "".join(each.text for each in left[left.index(own[-1]) + 1 :]) if own else text
    tail = tail.rpartition("、")[2]
    return lexicon.is_topic(tail) or (len(tail) <= 6 and sign.text != "、" and not own)


def _topics_ahead(left: Sequence[Sign], right: Sequence[Sign]) -> bool:
    """Tell whether “、” parts topics of one name: “越南劳动、荣军和社会部”."""
    text = "".join(each.text for each in left)
    if (
        left[0].kind != "country"
        or len(left) < 2
        or not lexicon.is_topic(text)
        or any(each.kind == "end" for each in left)
    ):
        return False
    kinds = [each.text for each in right[:6] if each.kind == "and"]
    return bool(kinds) and kinds[0] in ("和", "与", "及") and any(each.kind == "end" for each in right[:8])


def _shared(waiting: Sequence[Sequence[Sign]], made: Sighting) -> Iterator[Sighting]:
    """Return the names that places before an enumeration's last item share with it: “北京、上海和广州边防检查总站”."""
    place = _leading_place(made.name)
    if place is None:
        return
    rest = _COUNTED.sub("", made.name[len(place) :])
    for each in waiting:
        text = "".join(sign.text for sign in each)
        own = _leading_place(text)
        if own == text:
            span = Span(each[0].start, each[-1].end)
            yield replace(made, span=span, name=text + rest, country=_country(text), code=None)


def _uncounted(made: Sighting) -> Sighting:
    """Leave out how many share a name: “河北三省海事局” is that of 河北."""
    place = _leading_place(made.name) or ""
    return replace(made, name=place + _COUNTED.sub("", made.name[len(place) :])) if place else made


def _leading_place(text: str) -> str | None:
    """Return the city, province or country that Chinese text begins with."""
    nation = nations.nation_at(text)
    if nation:
        return text[: nation.end]
    found = re.match(r"[\u4e00-\u9fff]{2,4}?(?<![两二三四五六七八九十])[省市](?!场)", text)
    if found:
        return found[0]
    for length in (4, 3, 2):
        if len(text) >= length and nations.city(text[:length]):
            return text[:length]
    return None


def _country(text: str) -> str | None:
    found = nations.nation_at(text)
    return found.code if found else None
