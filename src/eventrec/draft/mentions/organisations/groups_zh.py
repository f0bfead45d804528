"""Parties without a name of their own, in Chinese: “欧盟成员国”, “中国政府机构”, “老挝的移民部门”."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.mentions.organisations import nations
from eventrec.draft.mentions.organisations.sighting import Sighting
from eventrec.patterns import late

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from eventrec.draft.page import Page

_KIND: Final = (
    "政府|移民|出入境|边防|边境|边检|管理|执法|警务|海关|外交|公安|司法|检察|劳工|劳动|卫生|外事|安全|国家|中央|地方|省级|市级|相关|有关|主管|检查|检验|"
    "和|与|及|业务|职能|民间|社会|非政府|学术|研究|教育|科研|联系|签证|领事|驻华|驻外|商务|旅游|农业|航空|机场|反贩运|禁毒|国际|"
    "警察|内政|行政|媒体|民政|妇女"
)
_MANY: Final = (
    "成员国|联系国|政府机构|机构|部门|单位|当局|机关|部委|使领馆|使馆|领馆|"
    "大使馆|总领馆|组织|高校|院校|企业|专家|学者|同行|代表机构"
)
_UNION: Final = (
    "欧盟|欧洲|申根|东盟|非盟|非洲|亚洲|中亚|东南亚|上合组织|上海合作组织|北约|金砖|"
    "湄公河|澜湄|太平洋岛国|阿拉伯|拉美|联合国|北欧"
)
_LEAGUE: Final = late(
    rf"(?P<other>其他)?(?:{_UNION})(?:(?:和|与|及)(?:{_UNION}))?(?:各|的)?(?:成员国|联系国|国家)"
    rf"(?:(?:驻[\u4e00-\u9fff]{{1,4}}?)(?:使领馆|大使馆|使馆|领馆|总领馆)(?:(?:和|与|及)总?领(?:事)?馆)?)?"
)
_BARE: Final = late(
    rf"(?P<other>其他|其它|有关|相关|多个|各|各级|各地|全国各地)?(?:省级|地方|国际|外国|各国|政府|民间|社会|非政府|执法|驻华)(?:{_KIND}){{0,3}}(?:{_MANY}|外事办公室)"
)
_JOINS: Final = late(r"(?:、|和|与|及|以及|,|，)")
_TAIL_WORDS: Final = (
    rf"(?:等)?(?:\d+|[一二三四五六七八九十]+|多|各)?(?:个)?国?(?:的)?(?P<kind>(?:{_KIND}){{0,5}}(?:{_MANY}))"
)
_TAIL: Final = late(_TAIL_WORDS)
_OF_UNION: Final = late(rf"(?:其他)?(?:{_UNION}){_TAIL_WORDS}")


def sightings(page: Page) -> Iterator[Sighting]:
    """Return every collective that Chinese sentences name; of several countries each has its own."""
    for match in page.search(_LEAGUE, "zh"):
        belief = 45 if match[0].endswith("国家") else 86
        yield _group(match.start(), match.end(), match[0], belief, "成员国")
    for match in page.search(_OF_UNION, "zh"):
        yield _of_one(match.start(), match, None)
    for sentence in page.sentences:
        if sentence.language == "zh":
            yield from _of_countries(page.text, sentence.span)
    for match in page.search(_BARE, "zh"):
        belief = 60 if match["other"] or match[0].startswith("省级") else 45
        yield _group(match.start(), match.end(), match[0], belief, "机构")


def _of_countries(text: str, span: Span) -> Iterator[Sighting]:
    """Return what the authorities of one country, or of each of several, are named together."""
    listed: list[nations.Nation] = []
    for nation in nations.nations_in(text, span.start, span.end):
        if listed and not _JOINS.fullmatch(text, listed[-1].end, nation.start):
            listed = []
        listed.append(nation)
        tail = _TAIL.match(text, nation.end, span.end)
        if not tail:
            continue
        if len(listed) == 1:
            other = text.startswith("其他", nation.start - 2) and nation.start >= 2
            yield _of_one(nation.start - 2 * other, tail, nation.code)
            continue
        for each in listed:
            yield _group(each.start, each.end, text[each.start : each.end] + tail["kind"], 80, tail["kind"], each.code)


def _of_one(start: int, tail: re.Match[str], country: str | None) -> Sighting:
    people = tail["kind"].endswith(("专家", "学者", "同行", "企业"))
    return _group(start, tail.end(), tail.string[start : tail.end()], 60 if people else 80, tail["kind"], country)


def _group(start: int, end: int, text: str, belief: int, head: str, country: str | None = None) -> Sighting:
    return Sighting(Span(start, end), "zh", text, "is a collective", head, country=country, group=True, belief=belief)
