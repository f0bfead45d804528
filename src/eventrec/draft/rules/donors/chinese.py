"""Who pays, in Chinese: 由…资助, 在…资助下, …资助的."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.reading import Reading

_SURE: Final = 88
_GUESS: Final = 60
_ASK: Final = 45
"""How far it is believed where who often pays is only said to support."""

_MONEY: Final = (
    r"(?:慷慨|联合|共同|全额|部分|主要|独家|专项)*(?:资助|出资|供资|赞助|捐资"
    r"|(?:提供|给予)了?的?(?:全部|部分|主要|大力|慷慨)*(?:的)?(?:资金|财政|经费|财务|资助|项目资金)(?:上?的?(?:支持|资助|援助|保障))?"
    r"|(?:的)?(?:资金|财政|经费|财务)(?:上?的?)(?:支持|资助|援助))"
)
_NAME: Final = (
    r"(?P<names>[^,\uff0c。;\uff1b:\uff1a!\uff01?\uff1f“”\"《》()\uff08\uff09\n的由在受获是]{2,50}?"
    r"(?:[(\uff08][A-Za-z]{2,12}[)\uff09])?)"
)
_PATTERNS: Final = (
    (
        late(rf"[,\uff0c;\uff1b]{_NAME}(?:共同|联合)?(?<!提供)(?<!给予)(?<!了)(?:资助|出资)(?=[,\uff0c。;\uff1b]|$)"),
        _SURE,
    ),
    (
        late(
            rf"(?:^|[,\uff0c。;\uff1b\n]){_NAME}(?:为此|对此)?(?:提供|给予)了?(?:全部|部分|主要|慷慨)?的?(?:资助|赞助|(?:资金|财政|经费)(?:支持|资助"
            r"|援助))"
        ),
        _SURE,
    ),
    (late(rf"由{_NAME}{_MONEY}"), _SURE),
    (late(rf"在{_NAME}的?{_MONEY}(?:下|之下)"), _SURE),
    (late(rf"(?:受到|获得|得到|接受|受|获)了?(?![得到了]){_NAME}的?{_MONEY}"), _SURE),
    (late(rf"(?:感谢|鸣谢|得益于){_NAME}(?:对[^,\uff0c。;\uff1b]{{1,20}})?的?{_MONEY}"), _SURE),
    (
        late(rf"(?:资金|经费)(?:主要)?(?:来自于?|来源于|由){_NAME}(?=提供|承担|负担|支付|[,\uff0c。;\uff1b]|$)"),
        _SURE,
    ),
    (
        late(
            rf"(?:^|[,\uff0c。;\uff1b:\uff1a!\uff01?\uff1f\n是系为属在由以]|作为|项目|活动|该|本){_NAME}{_MONEY}(?:的|(?=项目|活动|培训|研讨))"
        ),
        _SURE,
    ),
    (
        late(rf"在{_NAME}(?<=政府|欧盟|使馆|基金|金会)的?(?:慷慨|大力|友好|积极)*(?:支持|赞助)(?:下|之下)"),
        _ASK,
    ),
    (late(rf"(?:得到|获得|获)了?{_NAME}(?<=政府|欧盟|基金|金会)的?(?:慷慨|大力|友好|积极)*支持"), _ASK),
    (
        late(
            rf"(?:^|[,\uff0c。;\uff1b\n]){_NAME}(?:为|对|向)[^,\uff0c。;\uff1b]{{1,24}}(?:提供|给予)了?(?:全部|部分|主要|慷慨)?的?(?:资金"
            r"|财政|经费)(?:支持|资助|援助)"
        ),
        _SURE,
    ),
)
_PAID_FOR: Final = late(r"项目|计划|活动|研讨|培训|会议|论坛|考察|倡议|课程|研修|工作坊|对话")
_SPLIT: Final = late(r"、|以及|及(?!其)|和|与")
_SPECIAL: Final = late(r"专项(?:资金|基金)")
"""What a fund is called that looks like money given."""

_ACRONYM: Final = late(r"[(\uff08][A-Za-z]{2,12}[)\uff09]")
_FOR: Final = late(r"(?:为|对|向)(?:本次|此次|该|本|活动|项目|研讨|培训|会议|论坛|此).*$")
_LEAD: Final = late(r"^(?:作为|项目|活动|会议|该|本次|此次|并|是|系|均|也|还|共同|主要)+")
_WHOLE: Final = late(
    r"外交和|贸易和|和平|和国|共和|公安和|教育和|卫生和|移民和|和难民|和发展|和国际|和社会|与发展|与贸易|与合作|与社会"
)


def find(reading: Reading) -> Iterator[tuple[str, Span, int]]:
    """Yield each donor that Chinese sentences name: the name, where it stands, how far it is believed."""
    seen: set[Span] = set()
    for sentence in reading.page.sentences:
        if sentence.language != "zh":
            continue
        words = reading.page.of(sentence.span)
        paid_for = _PAID_FOR.search(words)
        for pattern, weight in _PATTERNS:
            for found in pattern.finditer(words):
                special = _SPECIAL.match(words, found.end("names"))
                names = found["names"] + (special[0] if special else "")
                for name, span in _split(names, sentence.span.start + found.start("names")):
                    if span not in seen:
                        seen.add(span)
                        yield name, span, weight if paid_for else min(weight, _GUESS)


def _split(names: str, start: int) -> Iterator[tuple[str, Span]]:
    """Yield each donor of a list by itself, with the place where it stands."""
    lead = _LEAD.match(names)
    at = lead.end() if lead else 0
    cuts = [*_SPLIT.finditer(names, at), None]
    for cut in cuts:
        if cut and any(whole.start() <= cut.start() < whole.end() for whole in _WHOLE.finditer(names)):
            continue
        part = _FOR.sub("", names[at : cut.start() if cut else len(names)])
        name = _ACRONYM.sub("", part).strip()
        if len(name) > 1:
            yield name, Span(start + at, start + at + len(part))
        at = cut.end() if cut else len(names)
