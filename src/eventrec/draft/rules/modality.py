"""Whether people met in the room, online, or both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft import choosing
from eventrec.draft.evidence import SURE, Candidate, Evidence, Found, Span
from eventrec.draft.rule import rule
from eventrec.draft.rules.parties.masked import narrow
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.occasions import Occasion
    from eventrec.draft.proposal import Draft
    from eventrec.draft.reading import Reading

_HELD_THING: Final = (
    r"(?:workshops?|trainings?|seminars?|conferences?|meetings?|events?|courses?|sessions?|webinars?|symposium|forums?|"
    r"dialogues?|consultations?|round-?\s?tables?|lectures?|summits?|briefings?|format|mode|modality|discussions?|"
    r"classes|"
    r"training\s+(?:workshop|course|session)s?)"
)
_MET: Final = rf"(?:{_HELD_THING}|participants?|participation|attendance|attendees|delegates|presence)"
_TOOK_PART: Final = (
    r"(?:attend(?:ed|ing|s)?|participat(?:ed?|ing|es)|tak(?:e|ing|es)\s+part|took\s+part|join(?:ed|ing|s)?|held|"
    r"conducted|organi[sz]ed|"
    r"delivered|convened|hosted|met|meet|present|connect(?:ed|ing)|spoke|speaking|gathered|took\s+place|"
    r"taking\s+place|presented)"
)
_HELD: Final = r"(?:held|conducted|organi[sz]ed|convened|hosted|took\s+place|tak(?:e|ing|es)\s+place|met|meet)"
_CAME: Final = (
    r"(?:attend(?:ed|ing|s)?|participat(?:ed?|ing|es)|tak(?:e|ing|es)\s+part|took\s+part|join(?:ed|ing|s)?|delivered|"
    r"present|connect(?:ed|ing)|"
    r"spoke|speaking|gathered|presented)"
)
_VIA: Final = (
    r"(?:via|by|through|over|using|on)\s+(?:a\s+|the\s+)?(?:video\s*-?\s*(?:conferenc(?:e|ing)|link|call)|zoom|"
    r"(?:ms\s+|microsoft\s+)?teams|"
    r"webex|skype|teleconference|google\s+meet)"
)
_PART_ONLINE_EN: Final = late(
    rf"\b{_CAME}(?:\s+[\w'-]+){{0,5}}?\s+(?:online|virtually|remotely|{_VIA})\b(?!\s+(?:fraud|crime|scam|platform|"
    rf"exploitation|abuse|safety))"
    rf"|\bvirtually\s+(?:attended|joined|by|from)\b|\b(?:online|remotely|virtually)\s+(?:from|by)\b|\b(?:lectures?|"
    rf"remarks|speech|message|address|"
    rf"presentations?|sessions?)\s+{_VIA}\b|\b(?:online|virtual|remote)\s+(?:participants?|participation|attendance|"
    rf"attendees|delegates|presence)\b",
    re.IGNORECASE,
)
_ONLINE_EN: Final = late(
    rf"\b{_HELD}(?:\s+[\w'-]+){{0,5}}?\s+(?:online|virtually|remotely|{_VIA})\b(?!\s+(?:fraud|crime|scam|platform|"
    rf"exploitation|abuse|safety))"
    rf"|\b(?:online|virtual|remote|web-based)\s+(?:[a-z-]+\s+){{0,2}}?{_HELD_THING}\b(?!\s+(?:platform|module|tool|"
    rf"portal|material|system|hub|catalog))"
    rf"|\bvirtually\s+held\b|\bwebinars?\b|\b(?:online|virtual)\s+(?:format|mode)\b",
    re.IGNORECASE,
)
_IN_PERSON_EN: Final = late(
    rf"\b(?:in[- ]person|face[- ]to[- ]face|physical|on-?site)\s+(?:[a-z-]+\s+){{0,2}}?{_MET}\b"
    rf"|\b{_TOOK_PART}(?:\s+[\w'-]+){{0,5}}?\s+(?:in[- ]person|face[- ]to[- ]face|physically)\b|"
    rf"\bin[- ]person\s+(?:from|by)\b"
    rf"|\bin[- ]person\s+and\s+(?:online|virtual|remote)",
    re.IGNORECASE,
)
_HYBRID_EN: Final = late(
    rf"\bhybrid\s+(?:[a-z-]+\s+){{0,2}}?{_MET}\b|\b(?:in|as|through)\s+(?:an?\s+)?hybrid\b|"
    rf"\bheld\s+(?:in\s+)?hybrid\b|\bhybrid\s*[-(,]"
    r"|\b(?:both\s+)?(?:in[- ]person|physical(?:ly)?|face[- ]to[- ]face|on-?site|offline)\s+(?:and|as\s+well\s+as|or|"
    r"&)\s+(?:online|virtual(?:ly)?|remote(?:ly)?)"
    r"|\b(?:both\s+)?(?:online|virtual(?:ly)?|remote(?:ly)?)\s+(?:and|as\s+well\s+as|or|&)\s+(?:in[- ]person|"
    r"physical(?:ly)?|face[- ]to[- ]face|on-?site|offline)",
    re.IGNORECASE,
)
_PART_ONLINE_ZH: Final = late(
    r"(?:在线|线上|远程|云端)(?:上)?(?:的)?(?:参加|参与|出席|参会|与会|致辞|发言|授课|分享|交流|观看)|视频(?:连线|参会|参加|接入|致辞)"
    r"|(?:通过|以)(?:网络|视频|线上|在线)[^,。;]{0,8}?(?:参加|参与|出席|授课|致辞|发言)",
    re.IGNORECASE,
)
_ONLINE_ZH: Final = late(
    r"(?:在线|线上|远程|云端)(?:上)?(?:的)?(?:举办|举行|召开|会议|研讨会|培训|论坛|讲座|学习|座谈会|(?:方式|形式)(?:联合|共同|成功)?(?:举办|举行|召开|进行|开展))"
    r"|视频(?:会议(?!系统|设备|平台|室|技术|终端|软件)|研讨会?|培训|座谈会)|网络(?:会议|研讨会|直播|培训)|腾讯会议|(?:通过|以)Zoom|云(?:会议|培训|论坛|讲座)|"
    r"(?:通过|以)(?:网络|视频|线上|在线)[^,。;]{0,6}?(?:方式|形式)?(?:联合|共同|成功)?(?:举办|举行|召开|进行|开展)|"
    r"(?:通过|以)(?:网络|视频|线上|在线)[^,。;]{0,6}?(?:方式|形式)(?:(?!参加|参与|出席|致辞|发言|与会|授课)[^,。;]){1,24}?"
    r"(?:举办|举行|召开)",
    re.IGNORECASE,
)
_IN_PERSON_ZH: Final = late(
    r"(?:到场|现场|线下|面对面|亲临现场|亲自)(?:的)?(?:参会|参加|参与|出席|与会|举办|举行|召开|方式|形式|培训|研讨|会议|授课)|亲临(?:现场|会场)"
)
_HYBRID_ZH: Final = late(
    r"线上(?:和|与|、|加|\+|及|\s)?线下|线下(?:和|与|、|加|\+|及|\s)?线上|混合(?:形式|方式|模式|会议)|(?:在线|线上)[和与+](?:现场|到场)|现场[和与+](?:在线|线上|视频)"
    r"|(?:线上|线下)[^,。;]{0,6}相结合"
)
_OTHER: Final = late(
    r"\b(?:previous|last|next|earlier|follow-up|upcoming|future|subsequent)\s+(?:\w+\s+){0,2}?(?:online|virtual|"
    r"webinar|in-person|face)|"
    r"\bprior\s+(?:online|virtual)\b|\b(?:completed|after)\s+(?:an?|the)\s+online\s+(?:course|module|self)|"
    r"\bonline\s+(?:recruitment|fraud|scam)",
    re.IGNORECASE,
)

_ORDER: Final = ("hybrid", "in-person", "online", "partly online")
_PATTERNS: Final = (
    ("hybrid", "en", _HYBRID_EN),
    ("hybrid", "zh", _HYBRID_ZH),
    ("online", "en", _ONLINE_EN),
    ("online", "zh", _ONLINE_ZH),
    ("partly online", "en", _PART_ONLINE_EN),
    ("partly online", "zh", _PART_ONLINE_ZH),
    ("in-person", "en", _IN_PERSON_EN),
    ("in-person", "zh", _IN_PERSON_ZH),
)


def _said(reading: Reading, modality: str) -> Iterator[Found]:
    text = narrow(reading.page.text)
    for value, language, pattern in _PATTERNS:
        if value != modality:
            continue
        for sentence in reading.page.sentences:
            start, end = sentence.span.start, sentence.span.end
            if sentence.language != language:
                continue
            for match in pattern.finditer(text, start, end):
                if not _OTHER.search(text, start, end):
                    yield Found(modality, (Span(match.start(), match.end()),), language)


@rule("modality", weight=90, reason="said to be held in the room and online")
def hybrid_in_words(reading: Reading) -> Iterator[Found]:
    """Find “hybrid workshop”, “in-person and online participants”, 线上线下相结合."""
    yield from _said(reading, "hybrid")


@rule("modality", weight=82, reason="said to be held online")
def held_online(reading: Reading) -> Iterator[Found]:
    """Find words by which people met online; a topic, such as online fraud, is none."""
    yield from _said(reading, "online")


@rule("modality", weight=82, reason="some took part online")
def joined_online(reading: Reading) -> Iterator[Found]:
    """Find people who took part online, which does not say how the others did."""
    yield from _said(reading, "partly online")


@rule("modality", weight=82, reason="said to be held in the room")
def held_in_person(reading: Reading) -> Iterator[Found]:
    """Find words by which people met in the room."""
    yield from _said(reading, "in-person")


def fill(reading: Reading, occasion: Occasion, draft: Draft) -> None:
    """Fill the modality: said outright, or from both ways in which people took part; silent if nothing is said."""
    del occasion
    found = choosing.candidates(reading, "modality")
    by_value = {each.value: each for each in found}
    _of_parties(by_value, draft)
    online = {"online", "partly online"} & by_value.keys()
    told = [by_value[value].evidence for value in _ORDER if value in by_value]
    words = [each for at in range(max(map(len, told), default=0)) for one in told for each in one[at : at + 1]]
    if "hybrid" in by_value or ("in-person" in by_value and online):
        _put(draft, "hybrid", words)
    elif "in-person" in by_value or "online" in by_value:
        _put(draft, "in-person" if "in-person" in by_value else "online", words)
    elif online:
        _put(draft, "hybrid" if draft.city else "online", words)
        draft.uncertain["modality"] = "Some took part online. Did the others meet in the room?"


def _of_parties(by_value: dict[str, Candidate], draft: Draft) -> None:
    """Add how single parties took part: some online makes the event at least partly online."""
    for at, party in enumerate(draft.agencies):
        if party.modality and party.modality not in by_value:
            evidence = tuple(draft.evidence.get(f"agencies[{at}]", ()))[:1]
            value = "partly online" if party.modality == "online" else party.modality
            by_value.setdefault(value, Candidate(value, evidence, SURE))


def _put(draft: Draft, modality: str, words: list[Evidence]) -> None:
    draft.modality = modality
    draft.evidence["modality"] = list(dict.fromkeys(words))
