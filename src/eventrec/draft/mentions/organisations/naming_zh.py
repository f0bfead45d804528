"""What a stretch of Chinese, already cut out, names: the whole, its parts, the acronym behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.organisations import lexicon, nations
from eventrec.draft.mentions.organisations.sighting import Sighting
from eventrec.draft.mentions.organisations.signs import DASHES
from eventrec.draft.mentions.organisations.wordlist import words_in
from eventrec.draft.mentions.organisations.words_zh import LOCAL, WEAK
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.mentions.organisations.signs import Sign
    from eventrec.draft.page import Page

_EXPLAINED: Final = late(
    r"[(（](?:以下简称|下称|简称|英文简称|英文缩写为?|缩写为?|英文名称?)?[:：,，]? ?['\"“「《]?"
    r"(?P<name>[A-Za-z][A-Za-z &'-]{1,60}|[\u3400-\u9fff]{2,10})['\"”」》]?"
    r"(?:[,，;；、] ?(?:以下)?(?:简称)?['\"“「]?(?P<more>[A-Za-z][A-Za-z-]{1,15}|[\u3400-\u9fff]{2,10})['\"”」]?)?[)）]"
)
_STARTS: Final = late(
    r"国家(?!级)|全国|中国|联合国|国际(?!合作|执法|协力|贸易|发展|关系|事务|交流|教育|司|部|处|局|业务|法|学院)"
)
_NOT_A_NAME: Final = words_in(
    "国家 国际 全国 中国 地方 世界 各级 当地 社会 民间 政府 公共 中央 人民 主要 多个 一些 外国 我国 管理 行政"
)
_NAMES_ALONE: Final = words_in("国务院 共青团中央 总工会")
_OF_THE_PARTY: Final = words_in("综治办 政法委")
_JOINTS: Final = DASHES | {"和", "与", "及"}
"""What has been found to stand inside a name."""

_HOLDERS: Final = words_in("大学 部 科学院 委员会 学院")
_HELD: Final = words_in("司 研究院 研究所 研究中心 中心 学院 委员会 办公室")
_OF_A_HOUSE: Final = words_in("培训 市场 国际 综合 业务 项目 教务 编辑 销售 客服 技术 行政 办公 校 我校 该校 研发 事业")
"""With “部” or “处” these are parts of any house, and name none."""

_REPRESENTS: Final = late(
    r"(?:[\u4e00-\u9fff]{2,6}事务)?(?:特别|全权)?(?:代表(?!团|处)|特使)|奖学金|友谊奖|工作报告|总理"
)
"""What makes of “中国政府” a title."""

_TITLE_BEHIND: Final = late(r"[副司长处有相](?!与)|官员|代表|负责")
_OFFICE_BEHIND: Final = late(
    r"(?:驻[\u4e00-\u9fff]{1,6}?|[\u4e00-\u9fff]{2,6}?(?:地区|区域)|亚太|东南亚|东亚|东北亚|中国|北京|区域|地区)?"
    r"(?:代表处|办事处|联络处|联络办公室|代表团|办公室|秘书处|总部|分部|使团)(?!主任|负责|代表|官员)"
)
"""An office behind the acronym of its organisation: “…组织(ABC)驻华代表处”."""

_REGIONS: Final = (
    "湄公河", "澜湄", "东盟", "欧洲", "非洲", "亚洲", "阿拉伯", "拉美", "金砖", "岛", "中亚", "东南亚", "西非", "东非",
    "南亚", "多", "各", "发展中", "中华", "成员", "上合组织", "加勒比", "太平洋",
)  # fmt: skip
"""What “国家” is said of that is not the state: “湄公河国家”."""

_KINDS: Final = words_in(
    "大学 公司 学校 学院 医院 中心 组织 协会 部 局 研究所 研究院 基金会 集团 学会 智库 司 使馆 领馆 图书馆 博物馆"
)
_SEVERAL: Final = ("其他", "其它", "省级", "市级", "地市级", "县级", "各级", "地方", "各省", "各地")
"""What names of several begin with: “省级外事办公室”."""

_COUNTED: Final = late(
    r"(?:全国|全省|全市|全区)?[一二三四五六七八九十两\d]{1,3}(?:大|个|家|所)(?:主要|重点)?(?=[\u4e00-\u9fff]{3})"
)
"""How many there are of a name: “全国九大边检总站”."""

_ANY_PROVINCE: Final = late(r"省|[市县](?![场民政])")
"""“各省交通厅” is of no one province."""

_FEWEST: Final = 3
_LONG_OF_THE_CITY: Final = 6
_ONE_BEFORE: Final = 2
_SHORT_AGENCY: Final = 5
_MOST_SIGNS: Final = 24
_LONGEST: Final = 60
"""A name has no more words and no more signs than these."""
_COLLECTIVE: Final = words_in(
    "国际组织 社会组织 民间组织 非政府组织 地方政府 各国政府 政府机构 国家机关 国际公司 人民政府 中央政府"
    " 外国政府 国际机构 公益组织 慈善组织"
)


def named(page: Page, item: Sequence[Sign]) -> Iterator[Sighting]:
    """Return what an item of an enumeration names; words behind the last name are left out."""
    whole: Sighting | None = None
    start = 0
    for at, sign in enumerate(item):
        if sign.kind not in ("end", "part"):
            continue
        own = item[max(start, at - _MOST_SIGNS) : at + 1]
        if sign.kind == "part" and whole is None:
            continue
        if whole and sign.text == "组织" and start == at:
            break
        if whole and sign.end - whole.span.start > _LONGEST:
            yield whole
            whole = None
        made = _one(page, own, whole)
        if made is None:
            continue
        if made.span.start != (whole.span.start if whole else -1) and whole:
            yield whole
        whole, start = made, at + 1
    if whole:
        yield _with_names_behind(page, whole)
    elif item[0].kind == "code":
        yield _code(page, item)


def _one(page: Page, own: Sequence[Sign], whole: Sighting | None) -> Sighting | None:
    """Return the name that ends here, as a part of the whole before it or for itself."""
    text = page.text[own[0].start : own[-1].end]
    begins = _STARTS.match(text) is not None and not (whole and _is_of_it(whole, text, own[-1].text))
    if whole is not None and not begins and own[0].kind != "country":
        return _part(page, own, whole)
    own = _without_words_before(own)
    text = page.text[own[0].start : own[-1].end]
    suffix = own[-1].text
    stem = text[: len(text) - len(suffix)]
    if (_ANY_PROVINCE.match(text) and not _is_of_the_city(page, own, text)) or text[0] == "驻":
        return None
    if suffix in ("部", "处") and stem in _OF_A_HOUSE:
        return None
    if suffix == "政府" and _REPRESENTS.match(page.text, own[-1].end):
        return None
    if suffix == "组织" and not _is_named_organisation(own, stem):
        return None
    if suffix == "机构" and not ("国际" in stem and len(text) > _SHORT_AGENCY):
        return None
    if (not stem and suffix not in _NAMES_ALONE) or (suffix in WEAK and len(text) < _FEWEST) or _is_any(stem, suffix):
        return None
    return _whole(own, text, suffix, stem)


def _is_of_it(whole: Sighting, text: str, suffix: str) -> bool:
    """Tell whether “国家…研究院” directly behind a university, or “国际…司” behind a ministry, is of it."""
    return whole.head in _HOLDERS and suffix in _HELD and text.startswith(("国家", "国际"))


def _is_of_the_city(page: Page, own: Sequence[Sign], text: str) -> bool:
    """Tell whether “省教育厅” or “市教委” is that of the place the text is about, and not one of “各省、市”."""
    before = page.text[max(0, own[0].start - 2) : own[0].start].removeprefix("国")
    if before.endswith(("省、", "区、", "市、", "州、", "各", "个", "及", "级")) or before[-1:].isdigit():
        return False
    if text[0] == "省" and text[1] not in "市区级、" and not text[1:].startswith("自治"):
        return not _ANY_PROVINCE.match(text[1:])
    return text.endswith(("教委", "工委")) and len(text) <= _LONG_OF_THE_CITY


def _is_named_organisation(own: Sequence[Sign], stem: str) -> bool:
    """Tell whether “组织” is a noun: not in “在北京组织举办”, “中国组织开展”."""
    if nations.city(stem) or (len(own) == _ONE_BEFORE and own[0].kind == "country"):
        return False
    return len(stem) > _FEWEST or lexicon.is_topic(stem) or "国际" in stem


def _is_any(stem: str, suffix: str) -> bool:
    """Tell whether the words name no organisation but any of a kind: “中国大学”, “有关机构”."""
    if stem + suffix == "世界银行":
        return False
    if stem in ("中国", "全国"):
        return suffix in _KINDS
    if stem == "中央" and suffix in _OF_THE_PARTY:
        return False
    return stem in _NOT_A_NAME and suffix not in ("政府", "党校", "安全部")


def _whole(own: Sequence[Sign], text: str, suffix: str, stem: str) -> Sighting:
    counted = _COUNTED.match(text)
    span = Span(own[0].start + (counted.end() if counted else 0), own[-1].end)
    if counted:
        return Sighting(span, "zh", text[counted.end() :], "is several of one name", suffix, group=True, belief=85)
    country = nations.chinese().get(_usual(own[0].text)) if own[0].kind == "country" else None
    if text in _COLLECTIVE or text.startswith(_SEVERAL) or text.endswith("非政府组织"):
        belief = 60 if text.startswith(_SEVERAL) else 45
        return Sighting(span, "zh", text, "is a collective", suffix, group=True, belief=belief, country=country)
    if suffix in LOCAL and own[0].kind not in ("country", "code"):
        return Sighting(span, "zh", text, f"ends in “{suffix}”", suffix, belief=50)
    weak = suffix in WEAK and len(stem) < 3 and country is None and stem not in lexicon.words()
    made = Sighting(span, "zh", text, f"ends in “{suffix}”", suffix, country=country, belief=55 if weak else 85)
    if own[0].kind == "code" and suffix in LOCAL:
        return replace(made, owner=own[0].text, code=own[0].text, why=f"is an office of {own[0].text}")
    return made


def _part(page: Page, own: Sequence[Sign], whole: Sighting) -> Sighting:
    """Return a part: a division or an office abroad stands for the whole, an institute for itself."""
    span = Span(whole.span.start, own[-1].end)
    suffix = own[-1].text
    name = page.text[span.start : span.end]
    at_once = len(own) == 1
    if suffix == "司" and len(own) > 1 and not _TITLE_BEHIND.match(page.text, own[-1].end):
        return Sighting(span, "zh", name, "ends in “司”", suffix, country=whole.country, parent=whole.name)
    abroad = suffix in ("办公室", "中心") and any(each.text in ("地区", "区域") for each in own)
    there = (
        suffix == "局" and whole.head == "组织" and nations.city("".join(each.text for each in own[:-1])) is not None
    )
    if suffix == "部门" and len(own) > 1:
        return Sighting(span, "zh", name, "ends in “部门”", suffix, group=True, belief=85, country=whole.country)
    if own[-1].kind == "part" or there or suffix in LOCAL or abroad or (at_once and suffix in ("总局", "总部", "本部")):
        return replace(whole, span=span, name=name, owner=whole.owner or whole.name)
    parent = whole.parent if at_once else whole.name
    return Sighting(span, "zh", name, f"ends in “{suffix}”", suffix, country=whole.country, parent=parent)


def _without_words_before(own: Sequence[Sign]) -> Sequence[Sign]:
    """Leave out what stands before “国家…” or a country and cannot be of the name: a person, a verb."""
    for at in range(len(own) - 1, 0, -1):
        text = "".join(each.text for each in own[at:])
        before = own[:at]
        if any(each.text[0] in "驻对赴" for each in before):
            continue
        begins = own[at].kind == "country" or (
            _STARTS.match(text) and own[at].text.startswith(("国家", "全国", "联合国"))
        )
        if own[at].text.startswith(("国家", "全国")) and "".join(each.text for each in before).endswith(_REGIONS):
            continue
        if begins and before[-1].kind not in ("country", "end") and before[-1].text not in _JOINTS:
            return own[at:]
        if _STARTS.match(text) and own[at - 1].text in ("机构", "组织"):
            return own[at:]
    return own


def _usual(text: str) -> str:
    found = nations.nation_at(text)
    return found.usual if found else text


def _with_names_behind(page: Page, made: Sighting) -> Sighting:
    """Add the acronym and the short name that brackets behind a name give it."""
    found = _EXPLAINED.match(page.text, made.span.end)
    if not found:
        return made
    given = [each for each in (found["name"], found["more"]) if each]
    code = next(
        (each for each in given if each.isascii() and " " not in each and sum(map(str.isupper, each)) > 1), None
    )
    also = tuple(each for each in given if each != code)
    made = replace(made, code=code or made.code, also=also)
    office = _OFFICE_BEHIND.match(page.text, found.end())
    if office is None:
        return made
    span = Span(made.span.start, office.end())
    return replace(made, span=span, name=page.text[span.start : span.end], owner=made.owner or made.name)


def _code(page: Page, item: Sequence[Sign]) -> Sighting:
    sign = item[0]
    found = _EXPLAINED.match(page.text, sign.end)
    also = (found["name"],) if found else ()
    return Sighting(
        Span(sign.start, sign.end), "zh", sign.text, "is written like an acronym", code=sign.text, belief=40, also=also
    )
