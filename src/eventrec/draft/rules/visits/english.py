"""Site visits in English: “a site visit to X and the Y, facilitated by Z”, “participants toured the X”."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import SURE, Span
from eventrec.draft.page import Kind
from eventrec.draft.rules.visits.site import HEADS, Site, believed, inside_a_city
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_ARRANGED: Final = late(
    r"\b(?:organi[sz]\w+|arrang\w+|includ\w+|conduct\w+|undert\w+|facilitat\w+|host\w+|featur\w+|benefit\w+|conclud\w+"
    r"|follow\w+|paid|took|taken|join\w+|complement\w+|combin\w+|programme|program|agenda|opportunity|chance|comprised|went)\b",
    re.IGNORECASE,
)
_VISITORS: Final = late(
    r"\b(?:participants?|delegates?|delegations?|officials?|officers?|trainees?|experts?|groups?|they|attendees|representatives"
    r"|members|students?|teams?|visitors|guests|who|inspectors|practitioners|counterparts|trainers|programme|workshop|training"
    r"|seminar|opportunity|chance|visit|tour|able)\b",
    re.IGNORECASE,
)
_TAKEN: Final = late(r"travel|taken|were|was")
_NOT_VISITORS: Final = late(
    r"\b(?:president|minister|website|webpage|million|tourists?|page|victims?)\b", re.IGNORECASE
)
_OVER: Final = late(
    r",\s(?!including)[a-z]{1,20}ing\b|,?\s[a-z]{2,20}ed\b|\s(?:was|were|is|are|will|has|have|had|took|provided|gave|allowed|offered|enabled|helped)\b|"
    r"[;:!?()\n]|\s[\u2013\u2014]|[\u2013\u2014]\s|\.(?!\w)|,?\s(?:facilitat|organi[sz]|arrang|host|coordinat|guid|led|support|accompan)\w*\b"
    r"|,?\s(?:prior\s+to|before|after|during|in\s+order|which|where|who|whose|as\s+(?:part|well\s+as\s+to)|under|with|that"
    r"|when|while|followed|this|last|yesterday|today|by|for(?=\s+[a-z0-9])|so|to(?=\s+(?:learn|see|observe|gain|better|get|familiar|understand"
    r"|study|exchange|view|experience|witness|discuss|meet|share|explore|deepen|help|show|give|provide|have|know))"
    r"|from(?=\s+\d)|on(?=\s+(?:\d|the\s+(?:first|second|third|last|final|same|following)|[A-Z][a-z]+day))|and(?=\s+(?:were|was|had"
    r"|met|learned|learnt|discussed|attended|participated|took|observed|exchanged|received|saw|held|heard|then|also|to(?!\s+(?:the\b|[A-Z]))"
    r"|spoke|paid|made|toured|visited|joined|went|viewed|explored|interacted|tested|listened|attend|conducted|engaged|enjoyed|gained|got|is|are|will|has|have|witnessed|witness|meet|learn|observe|discuss|hear|see)\b))\b",
)
_AND: Final = late(
    r",?\s+(?:including|such\s+as|namely)\s+(?P<first>the\s+)?"
    r"|,?\s+and\s+(?:to\s+|of\s+)?(?P<last>the\s+|a\s+|an\s+)?"
    r"|,?\s+as\s+well\s+as\s+(?:to\s+)?(?P<besides>the\s+)?"
    r"|,\s+(?:to\s+)?(?P<next>the\s+|a\s+|an\s+)?"
)
_EXAMPLES: Final = late(r"including|such|namely")
_PLURAL: Final = late(r"(?:the\s)?(?:Ministries|Departments|Universities|Embassies|Offices|Agencies)\sof\b")
"""“Ministries of A, B and C” is one name."""

_SEVERAL: Final = late(r"(?:several|various|some|many|number|two|three|four|five|six|other|local)\b", re.IGNORECASE)
_LEAD: Final = late(r"(?:(?:the|a|an|its|their|both|to|of)\s+)+", re.IGNORECASE)
_ARRANGED_AFTER: Final = late(
    r"\b(?:was|were|will\s+be|is|are|been)\s+(?:also\s+)?(?:organi[sz]ed|arranged|facilitated|conducted|hosted|included|part|held)\b"
    r"|\b(?:organi[sz]ed|arranged|facilitated|hosted)\s+by\b"
)
_LATER: Final = late(
    r"\b(?:next\s+(?:year|month|phase)|in\s+(?:the\s+)?future|plan(?:s|ned|ning)?|propos\w+|upcoming|future|previous(?:ly)?|in\s+the\s+past"
    r"|since\s+\d{4})\b",
    re.IGNORECASE,
)
_DOUBTED: Final = 60
_IN_CITY: Final = late(r"\s+(?:in|near|of)\s+(?=[A-Z])")
_BY: Final = late(
    r"\b(?:facilitated|organi[sz]ed|arranged|hosted|coordinated|guided|led|supported)\s+(?:and\s+\w+\s+)?(?:jointly\s+)?by\s+(?:the\s+)?"
    r"|\b(?:with|through|thanks\s+to)\s+(?:the\s+)?(?:kind\s+)?(?:support|assistance|help|facilitation|cooperation)\s+(?:of|from|by)\s+(?:the\s+)?"
    r"|\bat\s+the\s+(?:kind\s+)?invitation\s+of\s+(?:the\s+)?"
)
_LED: Final = late(r"led|guided|supported")
_THANKS: Final = late(
    r"\b(?:with|through|thanks\s+to)\s+(?:the\s+)?(?:kind\s+)?(?:support|assistance|help|facilitation)\s+(?:of|from)\s+(?:the\s+)?"
    r"|\bat\s+the\s+(?:kind\s+)?invitation\s+of\s+(?:the\s+)?",
    re.IGNORECASE,
)
_ALL_BY: Final = late(
    r"\b(?:all|both|these|the|site|field)\s+(?:(?:site|field|two|three)\s+)?(?:visits?|tours?|trips?)\s+(?:were|was|are|is|had\s+been)\s+"
    r"(?:jointly\s+|kindly\s+)?(?:facilitated|organi[sz]ed|arranged|hosted|coordinated)\s+(?:and\s+\w+\s+)?by\s+(?:the\s+)?",
    re.IGNORECASE,
)
_DID: Final = late(
    r"[.,;]\s(?:and\s|while\s)?(?:[Tt]he\s)?(?P<who>[A-Z][\w'’.-]{0,30}(?:\s(?:of|for|and|the|[A-Z][\w'’.-]{0,30})){0,9})"
    r"\s(?:kindly\s|also\s|jointly\s)?(?:facilitated|organi[sz]ed|arranged|hosted|coordinated)\s"
    r"(?:the|this|these|both|all)\s(?:(?:site|field|two|three|study|of\sthe)\s)?(?:visits?|tours?|trips?)\b"
)
_HOST_OVER: Final = late(
    r",\s(?!including)[a-z]{1,20}ing\b|,?\s[a-z]{2,20}ed\b|\s(?:was|were|is|are|will|has|have|had|took|provided|gave|allowed|offered|enabled|helped)\b|"
    r"[,;:!?()\u2013\u2014\n]|\.(?!\w)|\s(?:prior|before|after|on|in\s+order|for|to|with|during|at|which|who|where|as|while|under|took|was|were"
    r"|also|included)\b"
)
_HOSTED: Final = late(
    r"\s+(?:(?:also|then|kindly|further|jointly|has|have|will)\s+)*(?:facilitated|organi[sz]ed|arranged|hosted|coordinated|organi[sz]e|arrange|host"
    r"|facilitate)\s+(?:and\s+\w+\s+)?(?:(?:a|an|the|two|several|one|half-day|one-day|two-day|day-long|joint)\s+)*[^.,;]{0,40}$"
)
_NOBODY: Final = late(
    r"^(?:it|they|he|she|we|participants|the\s+(?:workshop|training|seminar|programme|program|project|event|participants|activity|course"
    r"|agenda|visit|delegation|delegates|group))\b",
    re.IGNORECASE,
)
_DELEGATION: Final = late(r"\b(?:delegations?|groups?|teams?|missions?)\b", re.I)
_LONGEST: Final = 260
_FAR: Final = 300
_NEAR: Final = 600
_LONGEST_HOST: Final = 120


def find(reading: Reading, trips: Iterable[tuple[Sentence, re.Match[str]]]) -> Iterator[list[Site]]:
    """Return the places of each trip that the English text tells of."""
    for sentence, trip in trips:
        weight = _weight(reading, sentence, trip)
        if weight and (places := _places(reading, sentence, trip.end(), weight)):
            found = _with_hosts(reading, sentence, trip, places)
            yield found if found[0].hosts else _with_common_host(reading, found)


def _weight(reading: Reading, sentence: Sentence, trip: re.Match[str]) -> int:
    """Return how far the words tell of a site visit: a site visit by name, something arranged, or people who went."""
    text = reading.page.text
    before = text[max(sentence.span.start, trip.start() - 160) : trip.start()]
    groups = trip.groupdict()
    start, end = max(sentence.span.start, trip.start() - _FAR), min(sentence.span.end, trip.end() + _FAR)
    most = _DOUBTED if _LATER.search(text, start, end) else 99
    if _is_the_event(reading, sentence, before + (groups.get("verb") or ""), groups):
        most = min(most, _DOUBTED)
    if "verb" in groups:
        if _NOT_VISITORS.search(before):
            return 0
        if _TAKEN.match(groups["verb"] or ""):
            return _DOUBTED
        return min(most, 90 if _VISITORS.search(before + groups["verb"]) else _DOUBTED)
    if groups["other"]:
        return 0
    if groups["site"]:
        return min(most, 95)
    arranged = _ARRANGED.search(before) or _ARRANGED.search(groups["between"] or "")
    arranged = arranged or _ARRANGED_AFTER.search(text, trip.end(), min(sentence.span.end, trip.end() + 160))
    return min(most, 85) if arranged else 0


def _is_the_event(reading: Reading, sentence: Sentence, before: str, groups: dict[str, str | None]) -> bool:
    """Tell whether a visit is the event itself: a delegation's own, in the headline or in the first sentence."""
    body = next((each for each in reading.page.sentences if each.kind is Kind.BODY and each.language == "en"), None)
    if sentence.kind is not Kind.HEADLINE and (body is None or sentence.span.end > body.span.end):
        return False
    site = (groups.get("site") or "").lower()
    return site in ("study", "exposure", "working") or bool("verb" in groups and _DELEGATION.search(before))


def _places(reading: Reading, sentence: Sentence, at: int, weight: int) -> list[Site]:
    """Return the places of a list, up to what is no more of it."""
    text = reading.page.text
    limit = min(sentence.span.end, at + _LONGEST)
    over = _OVER.search(text, at, limit)
    parts = list(_parts(reading, at, over.start() if over else limit))
    found = []
    for begin, end in parts:
        begin, end = _trimmed(reading, begin, end)
        if begin >= end:
            continue
        span = Span(begin, end)
        if site := believed(reading, span, "en"):
            title = " ".join(text[begin:end].split()).strip(" ,'\"“”‘’")
            found.append(Site(title, "en", span, weight=min(weight, site) if site < SURE else weight))
    return [site for site in found if len(found) == 1 or not _SEVERAL.match(site.title)]


def _parts(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split “X, Y and the Z” where each side is a site by itself; “Exit and Entry Administration” stays whole."""
    text, at = reading.page.text, start
    for joint in _AND.finditer(text, start, end):
        left, right = Span(at, joint.start()), Span(joint.end(), _next_joint(text, joint.end(), end))
        if left.start >= left.end or inside_a_city(reading, right.start, right.end):
            continue
        if _PLURAL.match(text, at):
            break
        if inside_a_city(reading, left.start, left.end):
            at = joint.end()
        elif _EXAMPLES.search(joint[0]) or _two_sites(reading, left, right, article=any(joint.groups())):
            yield at, joint.start()
            at = joint.end()
    yield at, end


def _two_sites(reading: Reading, left: Span, right: Span, *, article: bool) -> bool:
    return believed(reading, left, "en") >= SURE and (article or believed(reading, right, "en") >= _DOUBTED)


def _next_joint(text: str, at: int, end: int) -> int:
    following = _AND.search(text, at, end)
    return following.start() if following else end


def _trimmed(reading: Reading, begin: int, end: int) -> tuple[int, int]:
    """Take articles, blanks and quotation marks off, and the city after the name of a place."""
    text = reading.page.text
    if lead := _LEAD.match(text, begin, end):
        begin = lead.end()
    while begin < end and text[begin] in " \n,'\"“”‘’":
        begin += 1
    while begin < end and text[end - 1] in " \n,'\"“”‘’":
        end -= 1
    for city in _IN_CITY.finditer(text, begin, end):
        if inside_a_city(reading, city.end(), end) and text[city.start() : city.end()].split()[0] != "of":
            return (begin, city.start()) if text[begin].isupper() else (begin, end)
    return begin, end


def _with_hosts(reading: Reading, sentence: Sentence, trip: re.Match[str], places: list[Site]) -> list[Site]:
    """Add who facilitated the trip: named after “facilitated by”, or as who arranged it."""
    text = reading.page.text
    hosts: tuple[Span, ...] = ()
    begin = trip.end() if (trip.groupdict().get("between") is None) else trip.start()
    by = _BY.search(text, begin, min(sentence.span.end, places[-1].span.end + 160))
    by = by or _THANKS.search(text, max(sentence.span.start, trip.start() - _FAR), trip.start())
    if by:
        over = _HOST_OVER.search(text, by.end(), sentence.span.end)
        end = over.start() if over else sentence.span.end
        hosts = tuple(_named(reading, by.end(), end))
        if _LED.match(by[0]):
            hosts = tuple(host for host in hosts if _is_office(reading, host))
    elif "between" in trip.groupdict():
        first = max(sentence.span.start, trip.start() - _FAR)
        before = text[first : trip.start()]
        if (hosted := _HOSTED.search(before, max(0, len(before) - 120))) and not _NOBODY.match(before.strip()):
            comma = before.rfind(", ", 0, hosted.start())
            start = comma + 2 if comma >= 0 else 0
            subject = before[start : hosted.start()]
            if not _NOBODY.match(subject.strip()):
                offset = first + start + (4 if subject.lower().startswith("the ") else 0)
                hosts = tuple(_named(reading, offset, first + hosted.start()))
    return _hosted_by(reading, places, hosts)


def _is_office(reading: Reading, host: Span) -> bool:
    """Tell whether a host is an organisation: a trip may also be led by a person."""
    known = any(mention.span.meets(host) for each in reading.organisations for mention in each.mentions)
    return known or any(word.isupper() or word.lower() in HEADS for word in reading.page.of(host).split())


def _with_common_host(reading: Reading, places: list[Site]) -> list[Site]:
    """Add who facilitated every visit of the text: “all visits were facilitated by X”."""
    text, start = reading.page.text, places[-1].span.end
    limit = min(len(text), start + _NEAR)
    if not (by := _ALL_BY.search(text, start, limit)):
        did = _DID.search(text, start, limit)
        return _hosted_by(reading, places, tuple(_named(reading, *did.span("who")))) if did else places
    over = _HOST_OVER.search(text, by.end())
    return _hosted_by(reading, places, tuple(_named(reading, by.end(), over.start() if over else len(text))))


def _hosted_by(reading: Reading, places: list[Site], hosts: tuple[Span, ...]) -> list[Site]:
    names = tuple(" ".join(reading.page.of(each).split()) for each in hosts)
    return [replace(each, facilitators=names, hosts=hosts) for each in places]


def _named(reading: Reading, start: int, end: int) -> Iterator[Span]:
    """Return each organisation of a short stretch: those that the text knows, else the stretch itself."""
    text = reading.page.text
    while end > start and text[end - 1] in " \n,":
        end -= 1
    if start >= end or end - start > _LONGEST_HOST:
        return
    whole = text[start:end]
    if " and " not in whole and "," not in whole and whole[0].isupper():
        yield Span(start, end)
        return
    known = {
        mention.span for each in reading.organisations for mention in each.mentions if mention.span in Span(start, end)
    }
    yield from sorted(span for span in known if not any(span in other and span != other for other in known))
