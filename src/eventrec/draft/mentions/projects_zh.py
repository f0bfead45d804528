"""Projects named in Chinese: what stands before 项目 in its clause, or in quotation marks beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from eventrec.draft import phases
from eventrec.draft.evidence import Span
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.page import Sentence

_PHASE: Final = r"(?:第(?:[一二三四五六七八九十]|\d{1,2}|[IVX]{1,4})(?:期|阶段)|[一二三四五六七八九十]期)"
_CODE: Final = (
    r"[(\uff08]\s*(?:简称)?[“\"]?(?P<code>[A-Z][A-Za-z0-9&/-]{1,14}?)"
    r"[ -]?(?P<coded>[IVX]{1,4}|\d|[一二三四五六七八九十]期)?[”\"]?\s*[)\uff09]"
)
_QUOTED: Final = late(
    rf"[“\"《「](?P<name>[^“”\"《》「」。]{{3,60}})[”\"》」](?:{_CODE})?\s*(?P<first>{_PHASE})?(?P<noun>合作项目|项目|计划"
    rf"|倡议)?\s*[(\uff08]?(?P<phase>{_PHASE})?(?(phase)[)\uff09]?)"
)
_PROJECT_ENDS: Final = late(rf"项目(?:{_PHASE})?$")
_PLAIN: Final = late(
    rf"(?P<name>[^,\uff0c。;\uff1b:\uff1a!\uff01?\uff1f、“”\"《》\n]{{3,80}}?项目)(?!(?:经理|官员|主任|办公室|负责人|协调员|专家|助理|组|官))"
    rf"\s*(?:{_CODE})?\s*[(\uff08]?(?P<phase>{_PHASE})?[)\uff09]?"
)
_LED_AFTER: Final = late(
    r"的?(?:整体|总体|总|合作|大)?(?:框架|支持|资助|项)(?:下|内|之下)?|的?(?:一部分|组成部分|系列活动|活动之一|资助|提供(?:资金)?支持|支持|下开展|下举办|下举行|成果)"
    r"|的(?:一项|系列|重要|重点)*活动"
    r"|(?:团队|执行方)?(?:在[^,\uff0c。;\uff1b]{1,12})?(?:成功|共同|联合)?(?:举办|召开|举行)"
)
_LED_BEFORE: Final = late(r"(?:在|作为|属于?|系|依托|通过|借助|根据|按照|由|启动)\s*$")
_HELD: Final = late(r"^.*(?:召开|举办|举行|启动|参加|出席)了?(?=.{4,}项目)")
"""What stands before a project of which an event is held: 召开…项目协调会."""

_OF_EVENT: Final = late(
    rf"\s*{_PHASE}?(?:的)?(?:第[一二三四五六七八九十]+次)?(?:中期|年度|工作|项目)*(?:协调|启动|总结|结项|推进|评审|指导|研讨|培训|座谈|交流)"
)

_LAUNCH: Final = late(
    rf"\s*{_PHASE}?(?:的)?(?:中期|年度|正式)*(?:启动|总结|结项|协调|推进|收官)(?:会|仪式|活动|大会|研讨会|培训)"
)
"""What names an event after its project."""

_CUT: Final = late(
    r"^.*?(?:(?<!\w)在|(?:[处局部会委院所团署司组]|组织|大学|公司|中心|使馆|[A-Z])在|作为|属于|依托|通过|借助|根据|按照|(?:\d|[一二三四五六七八九十])[日月时]?(?:上午|下午"
    r"|晚)?[,\uff0c]?|今天|今日|昨日|近日|日前|活动(?:是|系|由|在)"
    r"|(?:研讨|培训|研修|座谈|论坛|课程|讲座|考察|访问|会议|会|班)(?:会|班)?(?:是|系|由|在))(?=[^,\uff0c]{3,}项目)"
)
_OWNED: Final = late(
    r"^.*(?:资助|出资|支持|赞助|供资|实施|执行|开展|牵头|发起|负责|主导|推动|合作|组织|管理)的(?=.{3,}项目)"
)
_THIS: Final = late(
    r"^(?:该|本|此|这一|这个|上述|一个|各|多个|有关|相关|合作|新|其|我们|他们)?(?:系列|合作|培训|援助|技术|能力建设|研究|交流|发展|试点|重点)*项目$"
)
_TWO: Final = late(r"(?:暨|[会班]|论坛|仪式|活动|[及和与])项目$")
"""An event and a project, of which the project has no name: 研讨会暨项目启动仪式."""

_SENTENCE: Final = late(r"[了是将等为并]|合作项目$|讨论|介绍|开展|实施|关于|召开|举办|举行|启动|参加")
"""What tells that words before 项目 are a sentence and no name."""

_LEAD: Final = late(
    r"^(?:在|作为|属于|系|这是|是|为|由|依托|通过|借助|根据|按照|该|本次|此次|活动|及|和|与|的)(?=.{4,}项目)"
)
_LEADING_PHASE: Final = late(rf"^({_PHASE})(?:的)?[“\"《]?")


def in_sentence(text: str, sentence: Sentence) -> Iterator[dict[str, Any]]:
    """Yield the projects that a sentence names: the fields of a mention."""
    taken: list[Span] = []
    at = 0
    for found in _QUOTED.finditer(text, sentence.span.start, sentence.span.end):
        name = found["name"].strip()
        left = text[max(sentence.span.start, found.start() - 4) : found.start()]
        planned = name.endswith("计划") and (_LED_AFTER.match(text, found.end()) or _LED_BEFORE.search(left))
        if not (found["noun"] or _PROJECT_ENDS.search(name) or found["code"] or planned):
            continue
        if found["noun"]:
            name += found["noun"]
        span = Span(found.start(), found.end())
        taken.append(span)
        yield _mention(text, found, name, span, quoted=True)
    for found in _PLAIN.finditer(text, sentence.span.start, sentence.span.end):
        span = Span(found.start("name"), found.end())
        while at < len(taken) and taken[at].end <= span.start:
            at += 1
        if (at == len(taken) or not taken[at].meets(span)) and (mention := _plain(text, found)):
            yield mention


def _plain(text: str, found: re.Match[str]) -> dict[str, Any] | None:
    name, start = found["name"], found.start("name")
    led = bool(_LED_BEFORE.search(text[max(0, start - 4) : start]))
    held = _HELD.match(name)
    for pattern in (_HELD, _CUT, _LEAD, _OWNED, _LEAD):
        if cut := pattern.match(name):
            led = led or bool(_LED_BEFORE.search(cut[0]))
            start, name = start + cut.end(), name[cut.end() :]
    blanks = len(name) - len(name.lstrip())
    start, name = start + blanks, name[blanks:]
    if _THIS.match(name) or _TWO.search(name):
        return None
    mention = _mention(text, found, name, Span(start, found.end()), quoted=False)
    mention["led"] = (
        mention["led"]
        or led
        or bool((_OF_EVENT if held else _LAUNCH).match(text, found.end()) and not (_SENTENCE.search(name) and not held))
    )
    told = mention["led"] or mention["phase"] or mention["code"]
    return mention if told or not _SENTENCE.search(name) else None


def _mention(text: str, found: re.Match[str], name: str, span: Span, *, quoted: bool) -> dict[str, Any]:
    """Take the phase off a name, and see whether words around it say that the event belongs to it."""
    phase = found["phase"] or found["coded"] or (found["first"] if "first" in found.groupdict() else None)
    if leading := _LEADING_PHASE.match(name):
        phase, name = leading[1], name[leading.end() :]
    elif inside := re.search(rf"{_PHASE}(?=项目$)|(?<=项目){_PHASE}$", name):
        phase, name = inside[0], name[: inside.start()] + name[inside.end() :]
    elif quoted and (before := re.search(rf"({_PHASE})的?$", text[max(0, span.start - 6) : span.start])):
        phase = before[1]
    after = text[span.end : span.end + 12]
    batch = bool(found["phase"]) and bool(re.match(r"的?\d{0,4}余?名?(?:学员|班|学生|培训班|成员|人员)", after))
    return {
        "span": span,
        "name": name.strip(' “”"《》'),
        "code": found["code"],
        "written": _written(found["code"], found["coded"]),
        "phase": _phase(phase, batch=batch),
        "led": bool(quoted and _OF_EVENT.match(text, span.end))
        or bool(_LED_AFTER.match(after))
        or bool(_LED_BEFORE.search(text[max(0, span.start - 4) : span.start])),
        "quoted": quoted,
        "batch": batch,
    }


def _written(code: str | None, phase: str | None) -> str | None:
    """Return an acronym with the phase that is written behind it, as English writes it: MMSP三期 is MMSP III."""
    return f"{code} {phases.roman(phase.removesuffix('期'))}" if code and phase else code


def _phase(written: str | None, *, batch: bool) -> str | None:
    """Return a phase in Roman figures, as English writes it; a batch of people (第七期学员) as it is written."""
    if not written or batch:
        return written
    return phases.roman(written.removeprefix("第").removesuffix("期").removesuffix("阶段"))
