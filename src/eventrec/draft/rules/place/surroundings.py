"""What stands around the name of a place: whether something is held there, or people only come from there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from eventrec.draft.holding import OTHER_EVENT_EN, OTHER_EVENT_ZH, says_held
from eventrec.draft.page import Kind
from eventrec.draft.rules.when.surroundings import orders
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.mentions.places import PlaceMention
    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_KINDS: Final = (
    r"(?:city|town|capital|municipality|district|county|village|port|region|island|province|state|resort|prefecture"
    r"|governorate)"
)
IN: Final = late(
    rf"\b(?:in|In|IN|at|near|on)\s(?:the\s)?(?:(?:[\w'’-]+\s){{0,4}}?{_KINDS}(?:\scity)?(?:\sof|,)?\s(?:the\s)?"
    rf"|(?:downtown|central|nearby)\s|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){{0,2}},\s)?$"
)
_IN_REGION: Final = late(r"\bin\s[A-Z][\w'’ -]{2,40},\s$")
_AT_VENUE: Final = late(r"\b(?:at|in)\s(?:the\s)?[A-Z][^,.;]{2,70},\s$|\)\s(?:in\s)?$")
_LISTED: Final = late(r"\bin\s(?:[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2}(?:,\sand\s|,\s|\sand\s)){1,4}$")
_LISTED_ZH: Final = late(r"(?:在|于)(?:[\u3400-\u9fff]{2,5}[、和及与]){1,5}$")
_PEOPLE: Final = (
    r"agenc(?:y|ies)|officials?|officers?|authorities|migrants|communities|people|population|posts|workers|counterparts"
    r"|partners|refugees|students|victims|citizens|guards|judges|journalists|staff|personnel|organi[sz]ations?"
    r"|stakeholders"
)
_NOT_HELD_EN: Final = late(
    r"\b(?:from|representing|between|across|throughout|than|like|including|through|via|transit(?:ing)?|outside)\s"
    r"(?:the\s)?(?:[\w'-]+\s){0,2}$"
    r"|\b(?:based|headquartered|located|living|residing|working|stationed|posted|serving|present|accredited|born"
    r"|offices?"
    r"|embass(?:y|ies)|consulates?(?:\s(?:General|general))?|delegations?|representations?|universit(?:y|ies)"
    r"|nationals|presence)\s(?:in|to|at|of)\s(?:the\s)?(?:[\w'-]+\s){0,2}$"
    rf"|\b(?:{_PEOPLE})\sof\s(?:the\s)?(?:[\w'-]+\s){{0,2}}$"
    r"|\b(?:Embass(?:y|ies)|Consulates?(?:\sGeneral)?|Delegation|Mission|Representation|Office|Ambassador|Cent(?:er|re)|Bureau|Institute|Ministry"
    r"|Government)"
    r"(?:\s(?:of|for)\s(?:the\s)?[A-Z][\w'’-]*(?:\s(?:of\s|and\s|the\s)?[A-Z(][\w'’)-]*){0,5})?"
    r"(?:\s\([A-Z]{2,8}\))?\s(?:in|to|of|for)\s(?:the\s)?$"
    r"|\b(?:University|Institute|Academy|College|School|Bank|Municipality|Bureau|Convention|Declaration|Treaty|Protocol"
    r"|Agreement|Republic|Kingdom|Bishop|Airport|Police|Chamber|Consul(?:ate)?(?:[-\s][Gg]eneral)?|Principles|Process"
    r"|Plan"
    r"|Port|Province|People|State|Ministers?|Head)\sof\s(?:the\s)?$"
    r"|\b(?:last (?:year|month)|previous(?:ly)?|earlier)\b[^.;]{0,60}$"
    rf"|{OTHER_EVENT_EN}"
    r"|\b(?:follow(?:s|ed|ing)|after|since|similar to|buil(?:t|ds|ding) on)\b(?:[^.;,]|,\s(?:held|which)\b){0,60}"
    r"\b(?:first|previous|earlier|last|initial|second|similar|another)\b(?:[^.;,]|,\s(?:held|which)\b){0,60}$"
    r"|\b(?i:the|its|our) (?:first|second|third|previous|last|other|former)"
    r"(?: (?:one|two|three|edition|editions|round|rounds))?"
    r" (?:took place|(?:was|were|had been|is|will be) (?:held|organi[sz]ed|hosted|conducted))\s(?:\w+\s){0,2}in\s$"
)
_SIGNED: Final = late(
    r"\b(?:signed|adopted|established|founded|agreed|ratified|endorsed)\b[^.;,]{0,60}\s(?:in|at)\s(?:the\s)?$"
    r"|\b[Ss]ince\b[^.;,]{0,60}\sin\s$|\b(?:originally|initially|previously|first)\s(?:planned|scheduled|due|foreseen)\b[^.;,]{0,60}$"
)
_FOLLOWING: Final = late(
    r"\b(?:[Ff]ollowing|[Aa]fter|[Ss]ince|[Bb]uilding on|following up on|follows|follow-up to)\s[^.;,]{0,100}$"
)
_PAST_YEAR: Final = late(r"(?:,\s[A-Z]\w+,?)?\s\(?(?:in|back in)\s(?:19|20|21)\d\d\b")
_TOWN: Final = late(r"(?:[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2}(?:,\sand\s|,\s|\sand\s)){1,6}$")
"""A town before its country, or the places before it in an enumeration."""

_AT_OFFICE: Final = late(r"\bat\s(?:the\s|its\s|their\s)?(?:\(?[\w'’&-]+\)?\s){1,8}in\s(?:the\s)?$")
_SOMEBODY_AT: Final = late(
    r"\b(?:professors?|directors?|deans?|lecturers?|students?|experts?|researchers?|fellows?|scholars?|officers?|staff"
    r"|ambassadors?|working|studying|based)\s(?:[\w'’-]+\s){0,3}at\s(?:[\w'’&-]+\s){1,9}in\s(?:the\s)?$",
    re.IGNORECASE,
)
_ONE_OF_SERIES: Final = late(r"\b[Tt]he (?:first|second|third|fourth|fifth|other|final)\b")
_PEOPLE_IN: Final = late(rf"\b(?:{_PEOPLE})\sin\s(?:the\s)?(?:[\w'-]+\s){{0,2}}$")
_SUBJECT_IN: Final = late(
    rf"\b(?:{_PEOPLE}|situation|crisis|conflict|war|operations|management|system|migration|projects?|trafficking"
    r"|borders?"
    r"|development|policy|policies|challenges|law|smuggling|labour|data)\sin\s(?:the\s)?(?:[\w'-]+\s){0,2}$"
)
_NAME_BEFORE: Final = late(r"(?<![.!?]\s)\b(?!(?:In|At|On|From|The|And|Near)\b)[A-Z][\w&'’-]*\s$")
_NAME_AFTER: Final = late(
    r"\s(?!(?:Province|City|Municipality|County|District|Prefecture|Region|On|From|Between|In|To|For|The|With|And|Jan"
    r"|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|Mon|Tue|Wed|Thu|Fri|Sat|Sun|SAR|IOM|UN\w*)\w*\b)[A-Z][a-z]"
    r"|\s?-\s?(?:based|born|led|style)\b|['’]s\s(?!\w+\s?(?:district|suburb|outskirts|capital))"
)
_PART_OF_ZH: Final = late(
    r"[市省]?(?:大学|学院|外事|公安|出入境|边检|边防|海关|机场|国际机场|首都|总领|领事|办事处|代表处|办公室|分[公局院校]|师范|理工|政府|移民|警察|检察|法院|人民"
    r"|中学|日报|晚报|卫视|电视|共识|宣言|公约|议定书|进程|条约|协定|体育|语言|外国语|交通|科技|财经|海事|航空|籍|方面|裔|官员|专家|代表|学员|驻|大使|使馆|王国|共和国|总站|商务|教育|司法|民政"
    r"|红十字|社会|侨|新闻|时间|青年|研究|协会|学会|局|厅|委|部(?!分))"
)
_VENUE_ZH: Final = late(
    r"(?:[市省][\u3400-\u9fff]{0,4})?[\u3400-\u9fff]{0,12}?(?:饭店|宾馆|酒店|会议中心|会展中心|会议厅|大厦|礼堂|大学|学院|中心|基地|党校|会堂)"
)
_NESTED: Final = late(r"(?:省|市|自治区|首都|的)?")
_READ_AROUND: Final = 300
_FROM_ZH: Final = late(r"(?:来自|驻|从|途经|分布在|位于|由|对|与|和|籍|是|向|经)(?:了|于)?[^在于。；,，]{0,30}$")
_OTHER_ZH: Final = late(OTHER_EVENT_ZH)
_AT_ZH: Final = late(
    r"(?:在|于|赴|抵达|走进|访问|假|齐聚|相聚|落户|来到|前往|奔赴|(?<![未年以近后从])来|(?<![达得提受感直遇看])到)(?:了)?(?:[\u3400-\u9fff]{1,6}(?:省|自治区|国|州|首都|市))?(?:美丽的|首都|我国|中国|其首都)?$"
)


@dataclass(frozen=True)
class Surroundings:
    """A place, the sentence it stands in, where that stands among those of its language, and the words around."""

    mention: PlaceMention
    sentence: Sentence
    at: int
    before: str
    after: str
    before_wider: str
    """What stands before the country and province that a Chinese text puts before a city: 在泰国清迈."""

    @cached_property
    def language(self) -> str:
        """The language of the sentence."""
        return self.sentence.language

    @cached_property
    def lead(self) -> bool:
        """Tell whether it is one of the first sentences of the body."""
        return self.sentence.kind == Kind.BODY and self.at < 4

    @cached_property
    def held(self) -> bool:
        """Tell whether the sentence says that something is held, and of an event."""
        return says_held(f"{self.before[-260:]} {self.after[:220]}", self.language)

    @cached_property
    def inside(self) -> bool:
        """Tell whether “in” or “在” stands before it."""
        if self.language == "zh":
            return _AT_ZH.search(self.before_wider[-24:]) is not None
        return IN.search(self.before[-100:]) is not None or _IN_REGION.search(self.before[-60:]) is not None

    @cached_property
    def in_list(self) -> bool:
        """Tell whether it stands in an enumeration that “in” or “在” stands before."""
        return (_LISTED_ZH if self.language == "zh" else _LISTED).search(self.before[-90:]) is not None

    @cached_property
    def after_venue(self) -> bool:
        """Tell whether a house stands before it: “at the Sunrise Hotel, Bangkok”."""
        return self.language == "en" and _AT_VENUE.search(self.before[-90:]) is not None

    @cached_property
    def part_of_name(self) -> bool:
        """Tell whether it belongs to the name of an organisation, an airport or an agreement."""
        if self.language == "zh":
            return _PART_OF_ZH.match(self.after[:8]) is not None
        return bool(_NAME_BEFORE.search(self.before[-40:]) or _NAME_AFTER.match(self.after[:40]))

    @cached_property
    def names_venue(self) -> bool:
        """Tell whether it begins the name of a house in which something is held: 北京国际会议中心."""
        return self.language == "zh" and _VENUE_ZH.match(self.after[:24]) is not None

    @cached_property
    def one_of_series(self) -> bool:
        """Tell whether a later sentence says it of one in a series: “The first training was held in”."""
        return self.at > 0 and self.language == "en" and _ONE_OF_SERIES.search(self.before) is not None

    @cached_property
    def of_people(self) -> bool:
        """Tell whether people come from there, or an office is there, and nothing more is said."""
        if self.language == "zh":
            before = self.before_wider[-60:]
            if self.in_list or self.inside:
                return _OTHER_ZH.search(before) is not None
            return _FROM_ZH.search(before[-40:]) is not None or _OTHER_ZH.search(before) is not None
        if _AT_OFFICE.search(self.before[-140:]) and not _SOMEBODY_AT.search(self.before[-140:]):
            return False
        before = self.before[-140:]
        if _PAST_YEAR.match(self.after) or _SIGNED.search(before):
            return True
        return _NOT_HELD_EN.search(before) is not None or _NOT_HELD_EN.search(_TOWN.sub("", before)) is not None

    @cached_property
    def after_another(self) -> bool:
        """Tell whether something else may have been there: “Following the workshop in Riga, …”."""
        return self.language == "en" and _FOLLOWING.search(self.before) is not None

    @cached_property
    def of_subject(self) -> bool:
        """Tell whether it may say where people are, or what is spoken of: “course for officers in Riga”."""
        pattern = _PEOPLE_IN if self.mention.city else _SUBJECT_IN
        return self.language == "en" and pattern.search(self.before[-80:]) is not None


def all_around(reading: Reading, places: Sequence[PlaceMention]) -> list[Surroundings]:
    """Return what stands around each place of a headline or of the body."""
    page, order = reading.page, orders(reading.page)
    found = []
    wider, last = 0, None
    for mention in places:
        if last is None or last.city or not _NESTED.fullmatch(page.text, last.span.end, mention.span.start):
            wider = mention.span.start
        last = mention
        sentence = page.sentence_at(mention.span)
        if sentence:
            start = max(sentence.span.start, mention.span.start - _READ_AROUND)
            after = page.text[mention.span.end : min(sentence.span.end, mention.span.end + _READ_AROUND)]
            before, before_wider = page.text[start : mention.span.start], page.text[start:wider]
            found.append(Surroundings(mention, sentence, order[sentence.span.start], before, after, before_wider))
    return found
