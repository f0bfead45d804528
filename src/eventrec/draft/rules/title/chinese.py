"""Where Chinese releases say what an event is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.event_words import CHINESE_NOUN
from eventrec.draft.evidence import Found, Span
from eventrec.draft.mentions.projects import named_at
from eventrec.draft.rules.lead import headlines
from eventrec.draft.rules.lead import lead as read_lead
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_LEAD: Final = 4
_SHORTEST: Final = 6
"""Characters of a headline that is a title."""

_NOUN: Final = f"(?:{CHINESE_NOUN.pattern})"
_QUOTE: Final = late(
    rf"(?P<open>[“\"《「『])(?P<name>[^“”\"《》「」『』。]{{3,60}})[”\"》」』](?P<after>[^,\uff0c。;\uff1b:\uff1a\s“”的在]{{0,8}}?{_NOUN})?"
)
_THEMED: Final = late(r"(?:以|主题[为是]?|围绕)[:\uff1a]?$")
_HOLD: Final = (
    r"(?:(?:组织)?(?:举办|举行|召开|开展|舉辦|舉行|召開|開展)|主办|承办|协办|主辦|承辦|協辦|组织(?=了)|开办|参加|參加|出席"
    r"|启动|啟動)"
)
_AHEAD: Final = late(rf"{_HOLD}了?(?P<words>(?:(?!{_HOLD})[^,\uff0c。;\uff1b:\uff1a\s“”]){{2,16}})$")
_ACTIVE: Final = late(
    rf"{_HOLD}了?(?P<what>(?:(?!{_HOLD})[^,\uff0c。;\uff1b!\uff01?\uff1f\n])+?{_NOUN})[”\"》]?"
    r"(?=$|[\s,\uff0c:\uff1a!\uff01]|并|活动|圆满|顺利|成功|开班|开幕)"
)
_PASSIVE: Final = late(
    rf"^(?P<what>[^,\uff0c。;\uff1b!\uff01?\uff1f\n]+{_NOUN})[”\"》]?(?:(?:在|于|走进)[^,\uff0c。;\uff1b]{{1,24}}?)?(?:成功|圆满"
    r"|顺利|正式|隆重|如期|今日|今天)*"
    r"(?:举行|召开|举办|开幕|闭幕|落幕|开班|开讲|结业|启动|结束|收官|舉行|召開|舉辦|開幕|閉幕|開班|啟動|結束)"
)
_HELD: Final = late(
    rf"{_HOLD}了?(?P<what>(?:(?!{_HOLD})[^,\uff0c。;\uff1b!\uff01?\uff1f“”\"《》\n]){{2,60}}?{_NOUN})(?=[,\uff0c。;\uff1b!\uff01?\uff1f\n]|$|活动)"
)
_TAKES_PLACE: Final = late(
    rf"(?:^|[,\uff0c。;\uff1b\n]|日电|讯|日)\s*(?P<what>[^,\uff0c。;\uff1b!\uff01?\uff1f“”\"《》\n]{{2,60}}?{_NOUN})(?:(?:在"
    rf"|于)[^,\uff0c。;\uff1b]{{1,24}}?)?(?:成功|圆满|顺利"
    r"|正式|隆重|如期)*"
    r"(?:举行|召开|举办|开幕|闭幕|落幕|开班|开讲|拉开帷幕|舉行|召開|舉辦|開幕|閉幕|開班)"
)
_TAKEN_PART_IN: Final = late(rf"{_HOLD}了?$")
"""What says that even a short name in quotation marks is that of the event: 参加“海洋论坛”."""

_NTH: Final = late(r"(?:第[一二三四五六七八九十百\d]{1,4}[届次期]|首届)$")
_OF_OTHERS: Final = late(r"(?:参加|出席)了?(?:(?!会$|班$|论坛$).)*(?:培训|会议|研讨|考察|座谈|研修)$")
"""What somebody takes part in, without a name: 参加国际组织培训."""

_SITE: Final = late(r"\s*(?:[|_].{1,30}|[-—–]{1,2}\s?[^-—–]{1,12}(?:网|报|社|新闻|频道|官网))$")
"""The name of the site behind a headline."""

_LABEL: Final = late(r"^(?:【[^】]{1,10}】|\[[^\]]{1,10}\])\s*")
"""What stands before a headline and says what kind of text it is."""

_SPEAKER: Final = late(r"^[^:\uff1a,\uff0c“《]{2,14}[:\uff1a]\s*(?=[^:\uff1a]{5})")
"""Who is named before what is held: “北方大学:…论坛举行”."""

_QUANTITY: Final = late(
    r"^(?:了|(?:预计)?为期[^的,\uff0c]{1,6}的?|(?:一|两|二|三|四|五|\d+)(?:期|次|场|个|届|天的?|项)|题为|名为|主题为|关于|的|由[^,\uff0c]{2,40}?(?:主办"
    r"|举办|组织|承办"
    r"|召开)的?|\s)+"
)
_DATED: Final = late(
    r"^.{0,24}?\d{1,2}[日号](?:上午|下午|晚|至\d{1,2}[日号])?[,\uff0c\s]*|^(?:近日|日前|今天|今日|昨日)[,\uff0c]?"
)
_BY: Final = late(r"^[^,\uff0c]{2,40}?(?:主办|举办|组织|承办|牵头|主辦|舉辦|承辦)的")
_WHERE: Final = late(r"^(?:在|于)[^,\uff0c]{1,16}?(?=举办|举行|召开|舉辦|舉行|召開)")
_FEWEST: Final = 3
"""Characters beside the word for an event that make a name of it."""


def quoted(reading: Reading) -> Iterator[Found]:
    """Yield names in quotation marks that end in a word for an event, or stand before one: “…”培训班."""
    text = reading.page.text
    for sentence in _first(reading):
        for found in _QUOTE.finditer(text, sentence.span.start, sentence.span.end):
            name, span = found["name"], Span(*found.span("name"))
            ends = re.search(f"{_NOUN}$", name)
            left = text[max(sentence.span.start, found.start() - 24) : found.start()]
            if not found["after"] and (project := named_at(reading.projects, span)) and project.quoted:
                continue
            if _THEMED.search(left) and not ends:
                yield Found(name, (span,), "zh", 45)
            elif ends and (_named(name) or _TAKEN_PART_IN.search(left)):
                if nth := _NTH.search(left):
                    span = Span(found.start() - len(nth[0]), found.end())
                yield Found(_tidy(text[span.start : span.end]), (span,), "zh")
            elif found["after"]:
                span = Span(found.start() - len(_ahead(left)), found.end())
                yield Found(_tidy(text[span.start : span.end]), (span,), "zh")


def _ahead(left: str) -> str:
    """Return the words between the verb and the quotation mark, which are part of a name: 举办第三期“…”研修班."""
    found = _AHEAD.search(left)
    return _QUANTITY.sub("", found["words"]) if found else ""


def held(reading: Reading) -> Iterator[Found]:
    """Yield what a headline says that somebody holds, or that is held."""
    for passage in _headlines(reading)[:1]:
        words = _SITE.sub("", reading.page.of(passage.span)).rstrip(" 。!\uff01")
        found = _ACTIVE.search(words) or _PASSIVE.match(words)
        if found and not _QUOTE.fullmatch(found["what"]) and not _OF_OTHERS.search(words[: found.end()]):
            yield from _found(passage.span.start + found.start("what"), found["what"])


def headline(reading: Reading) -> Iterator[Found]:
    """Yield the headline as it stands."""
    for passage in _headlines(reading)[:1]:
        yield Found(_tidy(reading.page.of(passage.span)), (passage.span,), "zh")


def lead(reading: Reading) -> Iterator[Found]:
    """Yield what the first sentences say that is held."""
    text = reading.page.text
    for sentence in read_lead(reading, "zh", _LEAD):
        for pattern in (_TAKES_PLACE, _HELD):
            found = pattern.search(text, sentence.span.start, sentence.span.end)
            made = [*_found(found.start("what"), found["what"])] if found else []
            if made:
                yield from made
                return


def _found(start: int, what: str) -> Iterator[Found]:
    """Yield a name without date, number and who holds it in front; nothing where only the kind of event is said."""
    for pattern in (_LABEL, _SPEAKER, _DATED, _BY, _QUANTITY, _WHERE, _QUANTITY):
        if cut := pattern.match(what):
            start, what = start + cut.end(), what[cut.end() :]
    if _named(what):
        yield Found(_tidy(what), (Span(start, start + len(what)),), "zh")


def _named(what: str) -> bool:
    """Tell whether words say more than the kind of an event."""
    return len(re.sub(rf"{_NOUN}|[\W_]|本次|此次|该|系列|活动|国际|专题|主题", "", what)) >= _FEWEST


def _headlines(reading: Reading) -> list[Sentence]:
    """Return the headlines that are long enough to be a title."""
    return [each for each in headlines(reading, "zh") if each.span.end - each.span.start >= _SHORTEST]


def _first(reading: Reading) -> list[Sentence]:
    """Return the headlines and the first sentences of the body."""
    return headlines(reading, "zh") + read_lead(reading, "zh", _LEAD)


def _tidy(words: str) -> str:
    """Return a title without blanks and punctuation around it."""
    return " ".join(_SITE.sub("", _LABEL.sub("", words)).split()).strip(" ,\uff0c.。;\uff1b:\uff1a!\uff01—-")
