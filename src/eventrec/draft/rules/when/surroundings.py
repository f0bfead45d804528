"""What stands around a date: whether it is said of the event, or of something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from eventrec.draft.holding import EVENT_EN, HOLD_EN, OTHER_EVENT_EN, OTHER_EVENT_ZH, names_event, says_held
from eventrec.draft.page import Kind
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.draft.mentions.days import DayMention
    from eventrec.draft.page import Page, Sentence

_NOT_BEFORE_EN: Final = late(
    r"\b(?:since|as of|as at|by|before|no later than|prior to|after|following|starting from its)\s(?:the\s)?$"
    r"|\b(?:adopted|signed|established|founded|created|entered into force|ratified|published|issued|updated|posted"
    r"|dated|born"
    r"|approved|endorsed|promulgated|effective|came into effect|took effect|proclaimed|released|announced|declared"
    r""
    r"|acceded|became|reopened|arrived)\s(?:[\w'-]+\s){0,4}(?:on|from|of)?\s?$"
    rf"|{OTHER_EVENT_EN}"
    rf"|\b(?:a|the)\s(?:second|third|fourth|further|new)\s(?:\w+\s){{0,3}}{EVENT_EN}\b[^.;]{{0,20}}\bwill\b[^.;]{{0,40}}$"
    r"|\b(?:follow(?:s|ing|ed)?(?: up)?|buil(?:t|ds?|ding) (?:up)?on|after|based on|continuation of|recall(?:s|ed"
    r"|ing)|agreed (?:at|in)"
    r"|outcomes? of|subsequent to|comes after|in follow-up to)\b[^.;]{0,140}\b(?:held|organi[sz]ed|conducted|hosted"
    r"|took place|convened|launched)\b"
    r"[^.;,]{0,60}$"
    r"|\b(?:follow(?:s|ed|ing)|after|since|buil(?:t|ds|ding) on)\b(?:[^.;,]|,\s(?:held|which|organi[sz]ed)\b){0,60}"
    r"\b(?:first|previous|earlier|last|initial|second|similar)\b(?:[^.;,]|,\s(?:held|which|organi[sz]ed)\b){0,60}$"
    r"|\b(?-i:Day|Week|Anniversary)(?:\s\d{4})?,?\s(?:on|of|which falls on|celebrated on|marked on"
    r"|observed on)?\s?[(,]?\s?(?:the\s)?$"
    r"|\b(?:Regulation|Directive|Decision|Resolution|Decree|Law|Act|Agreement|Convention|Protocol|Treaty|Memorandum"
    r"|MoU|Order"
    r"|Circular|Declaration|Communiqu[eé]|letter|report|Constitution)\b(?:(?!\bheld\b)[^.;]){0,60}\b(?:of|dated|from|adopted"
    r"|signed)\s(?:on\s)?(?:the\s)?$"
    r"|\b(?:deadline|due|apply|applications?|register|registration|submit|submitted|submissions?|closing date"
    r"|expires?|nominations?)\b"
    r"[^.;]{0,50}$"
    r"|\b(?:earthquake|cyclone|attacks?|crisis|conflict|war|coup|elections?|invasion|floods?|flooding|takeover|quake"
    r"|outbreak)\b"
    r"[^.;,]{0,30}$"
    rf"|\b(?:will|to) be (?:held|followed)[^.;]{{0,40}}\b(?:next|second|third|fourth|final|another)\b[^.;]{{0,60}}$"
    r"|\b(?:originally|initially|previously|first)\s(?:planned|scheduled|due|foreseen)\b[^.;,]{0,60}$"
    r"|©\s?$|\b(?:copyright|last (?:modified|updated)|published|posted|photo|printed|accessed|retrieved)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_NOT_AFTER_EN: Final = late(
    r",?\s(?:deadline|edition|issue|agreement|declaration|earthquake|elections?|attacks?|coup|resolution|law)\b"
    r"|[^.;]{0,60}\b(?:(?:announced|said|reported) that|recently (?:held|organi[sz]ed|hosted|conducted|convened))\b"
    r"|\s?\)?,?\s(?:was|is|marks|marked)\s(?:\w+\s){0,3}(?:International|World|the \w+ anniversary)",
    re.IGNORECASE,
)
_NOT_BEFORE_ZH: Final = late(
    r"(?:[，,]|^)\s?记者$|(?:截至|截止|早在|此前|曾于|原定|去年|报名[^。；]{0,12}|申请[^。；]{0,8}|截止[^。；]{0,6})$"
    rf"|{OTHER_EVENT_ZH}"
    r"|(?:学习|贯彻|传达|落实|根据|按照)[^。；，,]{0,10}$"
    r"|(?:《[^》]{1,40}》|成立|签署|通过|生效|发布|颁布|施行|出生|建交|创建|始建)于$"
)
_NOT_AFTER_ZH: Final = late(
    r"是[^。；，,]{0,12}日|[^。；]{0,60}?(?:获悉|了解到|得知|据悉|日前|近日|近期|不久前)"
    r"|[^。；，、,]{0,14}?(?:以来|成立(?!大会|仪式)|签署(?!仪式)|签订|通过(?!视频|线上|网络|在线|腾讯|[A-Za-z]|云|远程|线下|该|此)"
    r"|生效|发布(?!会)|颁布|公布|印发|施行|实施(?!.{0,10}(?:培训|研讨))|出台|正式加入|建交|诞生|出生|地震|前报名|前提交|截止|之前|以前|前完成)"
)
_VISIT_ASIDE: Final = late(
    rf"\b(?:before|prior to|ahead of|after|following)\s(?:the|this)\s(?:\w+\s){{0,3}}{EVENT_EN}\b[^.;]{{0,60}}$"
    r"|(?:研讨会|培训班?|会议|活动|讲座|论坛|会)(?:召开|举办|开始|结束)?(?:之?前|之?后|期间)[^。；]{0,40}$",
    re.IGNORECASE,
)
"""What stands before the day of a visit beside the event: “Before the training, on 3 June, participants visited”."""

_ASIDE: Final = late(rf"[^.;]{{0,60}}\b(?:before|prior to|ahead of)\s(?:the|this)\s(?:\w+\s){{0,3}}{EVENT_EN}\b")
_VISIT: Final = late(r"\b(?:visit(?:s|ed)?|tour(?:ed)?)\b")
_SITE_VISIT: Final = late(
    r"\b(?:site|field|guided|technical)[ -](?:visits?|trips?|tours?)\b|\bexcursions?\b", re.IGNORECASE
)
_OTHER_THAN_VISIT: Final = late(
    r"\b(?:workshops?|trainings?|seminars?|conferences?|courses?|for(?:um|a)s?|symposi(?:um|a)|round-?\s?tables?|webinars?)\b"
    r"[^.;]{0,60}\b(?:held|took place|organi[sz]ed|hosted|conducted|convened)\b"
    r"|\b(?:held|organi[sz]ed|hosted|conducted|convened)\b[^.;]{0,60}"
    r"\b(?:workshop|training|seminar|conference|course|forum|symposium|round-?\s?table|webinar)\b",
    re.IGNORECASE,
)
_VISITED_ZH: Final = late(r"参观|走访|实地(?:考察|调研|观摩)|參觀|走訪|實地")
_HELD_ZH: Final = late(
    r"举办|举行|召开|主办|承办|协办|开幕|开班|舉辦|舉行|召開|開幕|(?:开展|组织)[^。；，,]{0,20}(?:培训|研讨|论坛|会议)"
)
_READ_AROUND: Final = 300
_LONGEST_EVENT: Final = 100
"""Days; what lasts longer is a project or a campaign."""


@dataclass(frozen=True)
class Surroundings:
    """A date, the sentence it stands in, its place among the sentences of its language, and the words on both sides."""

    mention: DayMention
    sentence: Sentence
    at: int
    before: str
    after: str

    @cached_property
    def language(self) -> str:
        """The language of the sentence."""
        return self.sentence.language

    @cached_property
    def lead(self) -> bool:
        """Tell whether it is one of the first sentences of the body."""
        return self.sentence.kind == Kind.BODY and self.at < 3

    @cached_property
    def held(self) -> bool:
        """Tell whether the sentence says that something is held, and of an event."""
        return says_held(f"{self.before[-220:]} {self.after[:260]}", self.language)

    @cached_property
    def names_event(self) -> bool:
        """Tell whether the words around it name an event."""
        return names_event(f"{self.before} {self.after}", self.language)

    @cached_property
    def of_visit(self) -> bool:
        """Tell whether the sentence only says what was visited: a day of the programme, or beside the event."""
        words = f"{self.before[-220:]} {self.after[:260]}"
        if self.language == "zh":
            return _VISITED_ZH.search(words) is not None and _HELD_ZH.search(words) is None
        verbs = (
            each[0]
            for each in HOLD_EN.finditer(words)
            if not each[0].startswith(("visit", "tour")) or each[0][-2:] == "ed"
        )
        if next(verbs, "") in ("visited", "toured"):
            return True
        return _SITE_VISIT.search(words) is not None and _OTHER_THAN_VISIT.search(words) is None

    @cached_property
    def opens(self) -> bool:
        """Tell whether the sentence begins with the date."""
        return (
            re.fullmatch(
                r"\s*(?:(?:On|From|Between|During|Over|in|自|于|从|当地时间|北京时间|,)\s?)*(?:\w+day,?\s)?(?:the\s)?",
                self.before,
            )
            is not None
        )

    @cached_property
    def of_something_else(self) -> bool:
        """Tell whether the words around the date say it of another thing than the event."""
        if self.mention.length > _LONGEST_EVENT or self.mention.length < 1:
            return True
        if _VISIT_ASIDE.search(self.before[-120:]) or (_ASIDE.match(self.after[:120]) and _VISIT.search(self.before)):
            return True
        if self.mention.language == "zh" or self.language == "zh":
            return bool(_NOT_BEFORE_ZH.search(self.before[-60:]) or _NOT_AFTER_ZH.match(self.after[:70]))
        return bool(_NOT_BEFORE_EN.search(self.before[-240:]) or _NOT_AFTER_EN.match(self.after[:90]))


def orders(page: Page) -> Mapping[int, int]:
    """Return the place of each sentence among those of its language and kind, by where it begins."""
    seen: dict[tuple[str, Kind], int] = {}
    found = {}
    for each in page.sentences:
        key = (each.language, each.kind)
        found[each.span.start] = seen.get(key, 0)
        seen[key] = found[each.span.start] + 1
    return found


def around(page: Page, order: Mapping[int, int], mention: DayMention, skip: int = 0) -> Surroundings | None:
    """Return what stands around a date of a headline or of the body; `skip` is where a dateline before it ends."""
    sentence = page.sentence_at(mention.span)
    if sentence is None:
        return None
    start = max(sentence.span.start, skip, mention.span.start - _READ_AROUND)
    before = page.text[start : mention.span.start]
    after = page.text[mention.span.end : min(sentence.span.end, mention.span.end + _READ_AROUND)]
    return Surroundings(mention, sentence, order[sentence.span.start], before, after)
