"""Head-counts of a release: figures, words and Chinese numerals before a word for people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.rules.parties import chinese, english
from eventrec.draft.rules.parties.cues import ORGANISATION
from eventrec.draft.rules.parties.masked import Named, by_sentence
from eventrec.draft.rules.parties.numbers import CHINESE, ENGLISH, read_chinese, read_english
from eventrec.draft.rules.parties.other_times import grammar, is_of_other_time, leads
from eventrec.draft.rules.parties.sums import is_listed, shared, with_sums
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_ABOUT: Final = (
    r"(?:about|around|approximately|approx\.?|some|nearly|almost|roughly|over|more\s+than|at\s+least|up\s+to|"
    r"close\s+to|"
    r"an\s+estimated|as\s+many\s+as|no\s+fewer\s+than|circa|well\s+over|estimated)"
)
_NOT_PEOPLE: Final = (
    rf"(?:\d+|and\s+(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thir|fif|twenty)|"
    rf"for|of|from|in|with|by|at|on|to|through|under|is|are|was|were|has|days?|hours?|weeks?|months?|years?|"
    rf"minutes?|"
    rf"countr(?:y|ies)|provinces?|states?|cities|per\s?cent|percent|million|billion|thousand|usd|eur|euros?|dollars?|"
    rf"articles?|"
    rf"which|who|that|agenc(?:y|ies)|institutions?|ministries|organi[sz]ations|universities|sites?|batch(?:es)?|"
    rf"january|february|march|april|may|june|july|august|september|october|november|december|"
    rf"{english.EVENT})"
)
_WORKERS: Final = (
    r"(?:(?!numbers|papers|cent(?:er|re)s|computers|chapters|sectors|factors|borders|orders|letters|matters|offers|"
    r"powers|quarters|"
    r"headquarters|dollars|meters|others|corridors|vectors|scanners|printers|containers|trailers|partners|shelters|"
    r"visitors|"
    r"errors|mirrors|minors|floors|doors|towers|posters|newsletters|servers|monitors|sensors|counters|indicators|"
    r"generators|"
    r"vouchers|answers|hours|years|specimen|acres)[a-z]{3,}(?:ers|ors|ists|ians|ees|men|women))"
)
"""Other words for people, by how they end; what ends so and is none is left out."""

_PEOPLE: Final = (
    rf"(?:{english.PEOPLE}|women|men|females?|males?|girls|boys|police|individuals|interlocutors|respondents|"
    r"beneficiaries|recruits|entrepreneurs|educators|scientists|engineers|civil\s+servants|parliamentarians|"
    rf"technologists|pharmacists|doctors|nurses|social\s+workers|farmers|trainee|{_WORKERS})"
)
_ENGLISH: Final = late(
    rf"(?<![\w.,/$€£-])(?P<about>{_ABOUT}\s+)?(?:a\s+total\s+of\s+|the\s+)?(?P<number>{ENGLISH})(?:\s?\(\d{{1,6}}\))?(?P<plus>\+|"
    rf"\s+or\s+so|\s+plus)?(?![\w%.:/])"
    rf"(?P<between>(?:[\s-]+(?!{_NOT_PEOPLE}\b)[\w'&{ORGANISATION}-]+,?){{0,8}}?)\s+(?P<people>{_PEOPLE})\b",
    re.IGNORECASE,
)
_CHINESE: Final = late(
    rf"(?<![第\d.零〇一二三四五六七八九十百千])(?P<about>大约|约有?|近|将近|超过|逾|不少于|至少|共约|共计|共有?|总计)?\s*(?P<number>{CHINESE})"
    rf"\s*(?P<plus>余|多|来|几)?\s*(?:名|位|人次|人(?![民工物口事权类间才们])|余名)(?P<between>[^,。;、::\d名位]{{0,24}}?)"
    rf"(?P<people>{chinese.PEOPLE}|(?=[,。;、::\s]|参|出席|与会|在|到|受|接受|$))"
)
_APPROXIMATE_ZH: Final = frozenset(["大约", "约", "约有", "近", "将近", "超过", "逾", "不少于", "至少", "共约"])
_AUDIENCE: Final = late(
    r"(?:\bfor|attended\s+by|together|participation\s+of|\btrain(?:ed|s|ing)|gather\w*|welcom\w+|target(?:s|ed|ing)?|"
    r"joined\s+by|"
    r"total\s+of|benefit(?:s|ed|ing|ting)?|equip(?:s|ped|ping)|reach(?:es|ed|ing)?|attract(?:ed|s)|with|involv(?:ed|"
    r"ing)|"
    r"hosted|convened|assembled|saw|for\s+the\s+benefit\s+of|participants?:)\s+(?:a\s+(?:total|group|delegation|"
    r"class)\s+of\s+)?(?:the\s+)?$"
    r"|\b(?:visit|delegation|group|team|class|course|training|cohort|batch)\s+of\s+$",
    re.IGNORECASE,
)
_DOES: Final = late(
    r"[^.;]{0,260}?\b(?:attend(?:ed|s|ing)?|took\s+part|tak(?:e|ing)\s+part|participat(?:ed|e|ing)|join(?:ed|ing)?|"
    r"gathered|"
    r"(?:were|was|are|being|have\s+been)\s+(?:also\s+)?(?:trained|present|equipped|certified)|received|complet(?:ed|"
    r"ing)|graduated|undergo(?:ing)?|underwent|"
    r"benefit(?:ed|ted)|visited|travell?ed|convened|met|came\s+together|enhanced|learned|learnt|strengthened|"
    r"acquired|improved|are\s+attending)\b",
    re.IGNORECASE,
)
_PART_OF: Final = late(
    r"(?:including|includes?|among\s+(?:them|whom|which)|of\s+(?:whom|which|them)|\band|as\s+well\s+as|plus|\bby|\banother|"
    r"\badditional|\ba\s+further|"
    r"[,(:]|both)\s*$",
    re.IGNORECASE,
)
_ONLY_WORKER: Final = late(rf"(?!{english.PEOPLE}$)(?:{_WORKERS})")
OF_ALL: Final = 86
"""How far a number is believed that the words make one of all who came: “attended by 27 officers”."""

OF_SOME: Final = 83
"""The same where the words only say what these people did: “six officers from the Navy attended”."""

_ASKED: Final = 50
_PARTICIPANTS: Final = frozenset(["participants", "trainees", "attendees", "delegates", "learners"])
_PARTICIPANTS_ZH: Final = frozenset(["学员", "参训者", "与会者", "参会者"])
_MANY: Final = 20
"""From this number on experts and speakers are those who came, and not those who taught."""

_SEXES: Final = frozenset(["women", "men", "female", "females", "male", "males", "girls", "boys"])
_WHOLE_YEAR: Final = late(r"\b[Ii]n\s+(?:19|20)\d\d\b")
_SERIES: Final = late(
    r"\b(?:will|would|to)\s+(?:also\s+)?(?:be\s+)?(?:train|reach|benefit|equip|involve)\w*\b(?=[^.;]{0,120}?\b(?:project|programme|initiative|"
    r"series|in\s+(?:all|total))\b)|\bof\s+(?:three|four|five|six|seven|eight|ten|a\s+series\s+of|several|\d+)\s+"
    r"(?:[\w-]+\s+){0,2}?(?:workshops|trainings|courses|seminars|sessions)\b|\bin\s+(?:all|total),[^.;]{0,80}?\bwill\s+be\b",
    re.IGNORECASE,
)
"""That a sentence is about all that a project does, of which the event is one."""

_SOMEBODY_ELSE: Final = late(
    r"\b(?:took|tak\w+|attend\w*|participat\w+|held|organi[sz]\w+|hosted|joined|conducted|led|was|were|is|are|met|visited|by|"
    r"agencies|institutions|countries|organi[sz]ations)\b",
    re.IGNORECASE,
)
"""Between “officers from” and a name: that the people are not of that one."""

_NO_TOTAL: Final = late(
    r"\b(?:women|men|females?|males?|girls|boys|speakers?|trainers?|facilitators?|experts?|instructors?|lecturers?|"
    r"panell?ists)$",
    re.IGNORECASE,
)
_AUDIENCE_ZH: Final = late(
    r"(?:为|对|面向|来自[^。;]{0,120}的?|共有?|一行|培训了?(?:学员|干部|官员|警员|人员)?|组织|吸引了?|邀请了?|汇聚了?)$"
)
_DOES_ZH: Final = late(
    r"[^。;]{0,60}?(?:参加|参与|出席|参会|与会|参训|受训|到会|赴|培训|研修|学习|结业|接受|开展|进行)"
)
_PART_OF_ZH: Final = late(r"(?:包括|其中|和|及|与|以及|[、((])[^,。;、]{0,8}$")
_NO_TOTAL_ZH: Final = late(r"(?:专家|讲师|教授|培训师|女性|男性|嘉宾|学者|领导|发言人)$")


@dataclass(frozen=True)
class HeadCount:
    """A number of people in one place: of whom, and how it stands there.

    `owner` is the organisation (its place in the reading) whose people alone they are. `believed` says how far it is
    the number of the whole event, 1 to 99; `part` that the words name one part of those who came.
    """

    number: int
    approximate: bool
    span: Span
    language: str
    believed: int
    part: bool
    owner: int | None = None
    of_many: bool = False
    """Whether people of several organisations are counted together."""

    addends: tuple[int, ...] = ()
    """The numbers that it is the sum of, which the text does not say."""

    teacher: bool = False
    """Whether they taught, and did not take part."""


def head_counts(reading: Reading, year: int | None = None) -> list[HeadCount]:
    """Return the numbers of people that the text tells of the event, in order."""
    found: list[HeadCount] = []
    first = leads(reading)
    for text, sentence, named in by_sentence(reading):
        share = _share(text, sentence, year, lead=sentence.span.start in first)
        found += _of_sentence(text, sentence, named, share)
    return found


def _of_sentence(text: str, sentence: Sentence, named: Sequence[Named], share: float) -> list[HeadCount]:
    """Return the counts of one sentence; those after the first that are only listed beside it are parts."""
    zh = sentence.language == "zh"
    pattern = _CHINESE if zh else _ENGLISH
    matches = list(pattern.finditer(text, sentence.span.start, sentence.span.end))
    found = []
    for at, match in enumerate(matches):
        number, approximate = _number(match, zh=zh)
        if number is None or 1900 <= number <= 2099:
            continue
        until = matches[at + 1].start() if at + 1 < len(matches) else sentence.span.end
        owners = _owners(text, match, named, until, zh=zh)
        believed = round(share * _believed(text, match, sentence, zh=zh))
        part = _is_part(text, match, sentence, first=at == 0, zh=zh) or (
            at + 1 < len(matches) and is_listed(text, match.end(), matches[at + 1].start())
        )
        span = Span(match.start() + len(match[0]) - len(match[0].lstrip()), match.end())
        owner = owners[0].owner if len(owners) == 1 else None
        left = matches[at - 1].end() if at else sentence.span.start
        count = HeadCount(number, approximate, span, sentence.language, believed, part, owner, len(owners) > 1)
        found.append((None if zh else shared(text, left, count)) or count)
    return with_sums(text, found)


def _number(match: re.Match[str], *, zh: bool) -> tuple[int | None, bool]:
    if zh:
        about = match["about"] in _APPROXIMATE_ZH or bool(match["plus"])
        return read_chinese(match["number"]), about
    about = bool(match["about"] or match["plus"]) or match["number"].lower() in ("a dozen", "a hundred", "a couple of")
    return read_english(match["number"]), about


def _believed(text: str, match: re.Match[str], sentence: Sentence, *, zh: bool) -> int:
    """Return how far a number is that of the event by the words around it."""
    start, end = sentence.span.start, sentence.span.end
    before = text[max(start, match.start() - 160) : match.start()]
    vague = 50 if grammar(sentence).event.search(text, start, end) else 30
    number = _number(match, zh=zh)[0] or 0
    if zh:
        if _NO_TOTAL_ZH.search(match[0]) and number < _MANY:
            return 35
        if _AUDIENCE_ZH.search(before) or match["people"] in _PARTICIPANTS_ZH:
            return OF_ALL
        return OF_SOME if _DOES_ZH.match(text, match.end(), end) else vague
    noun = match["people"].lower()
    if noun in _SEXES or (number < _MANY and _NO_TOTAL.search(noun)):
        return 35
    audience, does = _AUDIENCE.search(before[-60:]), _DOES.match(text, match.end(), end)
    if noun in _PARTICIPANTS:
        return OF_ALL + 4 if audience or does else 75
    if audience:
        return OF_ALL
    return vague if not does or (vague < _ASKED and _ONLY_WORKER.fullmatch(noun)) else OF_SOME


def _is_part(text: str, match: re.Match[str], sentence: Sentence, *, first: bool, zh: bool) -> bool:
    """Tell whether the words before a number make it one part of those who came."""
    before = text[max(sentence.span.start, match.start() - 40) : match.start()]
    if zh:
        return (not first and _PART_OF_ZH.search(before) is not None) or before.endswith(("及", "和", "其中", "包括"))
    if first:
        return (
            re.search(r"(?:including|of (?:whom|which|them)|among (?:them|whom))\s*$", before, re.IGNORECASE)
            is not None
        )
    return _PART_OF.search(before) is not None


def _owners(text: str, match: re.Match[str], named: Sequence[Named], until: int, *, zh: bool) -> list[Named]:
    """Return the organisations whose people are counted."""
    inside = [each for each in named if match.start() <= each.start < match.end()]
    if inside:
        return inside
    if zh:
        return _owners_zh(text, match, named)
    label = re.compile(r"\s+(?:\w+\s+){0,2}?(?:from|of|representing|at)\s").match(text, match.end())
    if not label:
        return []
    owners: list[Named] = []
    edge = label.end()
    for each in named:
        if each.start < edge or each.start >= until:
            continue
        gap = text[edge : each.start]
        if (
            len(gap) > 120
            or (not owners and _SOMEBODY_ELSE.search(gap))
            or (owners and english.GRAMMAR.ends_list.search(gap))
        ):
            break
        if not owners or english.GRAMMAR.listed.search(gap):
            owners.append(each)
        edge = each.end
    return owners


def _owners_zh(text: str, match: re.Match[str], named: Sequence[Named]) -> list[Named]:
    """Return the organisations right before a Chinese number: A、B的6名官员."""
    owners: list[Named] = []
    edge = match.start()
    for each in reversed(named):
        if each.end > edge:
            continue
        gap = text[each.end : edge]
        if len(gap) > (16 if not owners else 24) or (not owners and "," in gap) or re.search(r"[\d名位]", gap):
            break
        if owners and not chinese.GRAMMAR.listed.search(gap):
            break
        owners.append(each)
        edge = each.start
    return owners[::-1]


def _share(text: str, sentence: Sentence, year: int | None, *, lead: bool) -> float:
    """Return how far a sentence is about the event and not about another time: 1, or less, or 0."""
    if is_of_other_time(text, sentence, year, lead=lead):
        return 0
    if not lead and _SERIES.search(text, sentence.span.start, sentence.span.end):
        return 0.5
    return 0.6 if year is None and _WHOLE_YEAR.search(text, sentence.span.start, sentence.span.end) else 1
