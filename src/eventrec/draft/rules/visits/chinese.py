"""Site visits in Chinese: “赴甲机场和乙中心实地考察”, “参观了甲、乙和丙”, “赴某局指挥中心交流”."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.rules.visits.site import HEADS_ZH, Site, believed
from eventrec.draft.rules.visits.trips_zh import SEE
from eventrec.patterns import late

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_NOT_A_VISIT: Final = late(r"国事访问|礼节性|正式访问|回访|友好访问|对华|访华")
_JOINT: Final = late(r"[、]|以及|和|与|及")
_LATER: Final = late(r"计划|拟|将来|未来|下一步|今后|曾|以来|往年|过去")
_DOUBTED: Final = 60
_FAR: Final = 150
_PEOPLE: Final = late(r"同行|人员|官员|代表|同事|负责人|专家|有关|相关")
_TAIL: Final = late(r"(?:等(?:地|单位|机构|部门|处|场所|[一二三四五六七八九两]?[地处家个]?)?|的|了)+$")
_LEAD: Final = late(
    rf"(?:[、和及]?(?:{SEE}|拜访|到访)(?=了|[、和及]|[^\W\d_A-Za-z]{{2}})|了|位于|该市|当地的?|还|并|，|\s|的)+"
)
_ENDS: Final = late(rf"(?:{HEADS_ZH})$")
_OFFICE: Final = (
    "国际移民组织|移民组织|管理局|总局|分局|总署|总站|大学|学院|研究院|研究所|委员会|办公室|代表处|代表团|使馆|领事馆|中心|组织|协会"
    "|学会|基金会|公司|海关|局|部|署|厅|院|司|处|所"
)
_HOST_BEFORE: Final = late(
    rf"(?:由|经|得到)?(?P<who>(?:[^\s\dA-Za-z，,。.;；:：!！?？、“”\"《》…—-]{{1,28}}(?:{_OFFICE})|[A-Z][A-Za-z.-]{{1,12}}))"
    r"(?:还|也|又|均|特别|专门|特意|精心|热情|共同|联合|积极|为[^，,。]{1,12}?)*"
    r"(?:协助|负责|帮助|支持|统筹|牵头)?(?:组织|安排|协调|举办|邀请|带领|接待|承办|协助)(?:和?(?:组织|安排|协调))?(?:了|开展|下)?"
    r"[^，,。;；]{0,16}$"
)
_HOST_BY: Final = late(
    r"(?:由(?P<by>[^，,。;；由]{2,30}?)(?:协助|负责|统筹)?(?:组织|安排|接待|协调|承办|带领|提供)"
    r"|在(?P<with>[^，,。;；在]{2,30}?)的?(?:大力|积极)?(?:协助|支持|安排|组织|陪同|帮助|邀请|协调)下|应(?P<at>[^，,。;；应]{2,30}?)的?邀请)"
)
_HOST_AFTER: Final = late(
    rf"(?:[，,。]|以上|上述|全部|各项|此次|参观|考察|活动)?[，,]?(?:由)?(?P<who>[^\s\da-z，,。.;；:：!！?？、“”\"《》…—-]{{2,28}}?(?:{_OFFICE}))"
    r"(?:共同|联合|负责|大力|积极)?(?:协助|负责|帮助|支持|提供)?(?:组织|安排|接待|协调|承办|协助|支持)(?:了)?(?:此次|本次|上述|以上|该)?(?:参观|考察|活动|走访)?(?=[，,。；;\n]|$)"
)
_IN_FRONT: Final = late(
    r"(?:此外|期间|其间|同时|会后|会前|随后|活动|当天|本次|次日|之后|另外|在此|上午|下午|由|在|应|经|并|还|中国(?=国家))+"
)
_RUN_BY: Final = late(
    r"(?:局|总署|总站|总队|委员会)[^\W\d_A-Za-z]{0,6}(?:指挥|调度|监控|信息|培训|服务|数据|应急)中心$"
)
_ORGANISATION_OF: Final = late(
    r"(?:中国)?(?P<whole>[^\W\d_A-Za-z]{2,24}?(?:总局|管理局|总署|总站|委员会|大学|局|部|署))(?=[^\W\d_A-Za-z]{2})"
)


def find(reading: Reading, trips: Iterable[tuple[Sentence, re.Match[str]]]) -> Iterator[list[Site]]:
    """Return the places of each trip that the Chinese text tells of."""
    taken: list[Span] = []
    for sentence, trip in trips:
        span = _listed(trip)
        if any(span.meets(other) for other in taken) or _NOT_A_VISIT.search(trip[0]):
            continue
        if places := list(_places(reading, span, _weight(reading, sentence, trip))):
            taken.append(Span(*trip.span()))
            yield _with_hosts(reading, sentence, trip, places)


def _listed(trip: re.Match[str]) -> Span:
    """Return where the places of a trip stand: “A与B” are two places, “A与同行” is one."""
    start, end = trip.span("places")
    if (joined := trip.groupdict().get("with")) and _ENDS.search(joined) and not _PEOPLE.search(joined):
        end = trip.end("with")
    return Span(start, end)


def _weight(reading: Reading, sentence: Sentence, trip: re.Match[str]) -> int:
    """Return how far the words tell of a site visit: to see something, or to meet somebody there."""
    groups = trip.groupdict()
    start, end = max(sentence.span.start, trip.start() - _FAR), min(sentence.span.end, trip.end() + _FAR)
    most = _DOUBTED if _LATER.search(reading.page.text, start, end) else 99
    if "to" not in groups:
        return min(most, 85)
    if groups["see"]:
        return min(most, 95 if groups["to"] else 85)
    if groups["near"] == "到" and groups["meet"] == "调研":
        return min(most, _DOUBTED)
    return min(most, 80) if groups["to"] else 0


def _places(reading: Reading, span: Span, weight: int) -> Iterator[Site]:
    """Return the places of a list; what is no place by itself is no end of one."""
    text = reading.page.text
    at = span.start
    joints = [*_JOINT.finditer(text, span.start, span.end)]
    for start, following in [*((each.start(), each.end()) for each in joints), (span.end, span.end)]:
        begin, end = _trimmed(text, at, start)
        if start < span.end and text[start] != "、" and not _ENDS.search(text, begin, end):
            continue
        at = following
        if begin < end and weight and (site := believed(reading, Span(begin, end), "zh")):
            yield Site(text[begin:end], "zh", Span(begin, end), weight=weight if site >= 80 else min(weight, site))


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    if lead := _LEAD.match(text, begin, end):
        begin = lead.end()
    tail = _TAIL.search(text, begin, end)
    end = tail.start() if tail else end
    while end > begin and text[end - 1] in " 的":
        end -= 1
    return begin, end


def _with_hosts(reading: Reading, sentence: Sentence, trip: re.Match[str], places: list[Site]) -> list[Site]:
    """Add who facilitated the trip: who arranged it, or whose place it is when people met there."""
    text = reading.page.text
    host = _host(text, sentence, trip)
    groups = trip.groupdict()
    went = groups.get("to") and (groups.get("too") or _RUN_BY.search(places[0].title))
    if host is None and (groups.get("meet") or went):
        owner = _ORGANISATION_OF.match(text, places[0].span.start, places[0].span.end)
        host = Span(*owner.span("whole")) if owner else None
    if host is None:
        return places
    name = _known(reading, host)
    return [Site(each.title, each.language, each.span, (name,), (host,), each.weight) for each in places]


def _host(text: str, sentence: Sentence, trip: re.Match[str]) -> Span | None:
    """Return where the clause says who arranged the trip."""
    comma = max(text.rfind(mark, sentence.span.start, trip.start()) for mark in "，,；;")
    begin = max(sentence.span.start, comma + 1)
    before = _HOST_BEFORE.search(text, max(begin, trip.start() - 70), trip.start())
    if before is not None:
        return _bare(text, *before.span("who"))
    for named in _HOST_BY.finditer(
        text, max(sentence.span.start, trip.start() - 120), min(sentence.span.end, trip.end() + 60)
    ):
        who = next(group for group in ("by", "with", "at") if named[group])
        return _bare(text, *named.span(who))
    after = _HOST_AFTER.match(text, trip.end(), min(sentence.span.end, trip.end() + 60))
    return _bare(text, *after.span("who")) if after else None


def _bare(text: str, start: int, end: int) -> Span | None:
    front = _IN_FRONT.match(text, start, end)
    start = front.end() if front else start
    return Span(start, end) if end - start >= 2 else None


def _known(reading: Reading, host: Span) -> str:
    """Return the name of a host, without the words before it that the organisations of the text do not have."""
    text = reading.page.of(host)
    names = {name for each in reading.organisations for name in each.names.values()}
    within = [name for name in names if text.endswith(name) and len(name) >= 3]
    return max(within, key=len) if within else text
