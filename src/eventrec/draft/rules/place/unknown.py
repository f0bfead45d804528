"""Places that no table has: “in Kara-Balta, Kyrgyzstan”, “in the city of …”, “在云南省瑞丽市举办”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Found, Span
from eventrec.draft.holding import says_held
from eventrec.draft.mentions import datelines
from eventrec.draft.page import Kind
from eventrec.draft.rule import rule
from eventrec.draft.rules.place import towns
from eventrec.draft.rules.place.finding import City, placed
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_NAME: Final = r"[A-ZÀ-Þ][\w'’-]{1,30}(?:\s[A-ZÀ-Þ][\w'’-]{1,30}){0,2}"
_KIND: Final = r"(?:Island|City|Peninsula|Municipality|Town|Village|County|District|Atoll|Prefecture)"
_PLACE: Final = late(
    rf"\b(?:in|on|at)\s(?:the\s)?(?:(?P<of>{_NAME})['’]s?\s)?(?:[a-z-]+\s){{0,3}}?(?:(?:city|town|village|island|port"
    rf"|municipality|district)\sof\s(?P<after>{_NAME})|(?P<whole>{_NAME}\s{_KIND}))\b"
)
_IN_COUNTRY: Final = late(rf"\b(?:in|In)\s(?P<name>{_NAME}),\s(?P<region>(?:{_NAME},\s)?)$")
_HOUSE_THEN_TOWN: Final = late(
    rf"\bat\s(?:the\s)?[^.;,]{{3,60}}\b(?:Hotel|Academy|University|College|Institute|Cent(?:er|re)|Hall|School|Resort|Lodge)"
    rf"(?:\s[^.;,]{{2,40}})?(?:,\s|\sin\s)(?P<name>{_NAME}),\s$"
)
_CHINESE: Final = late(
    r"(?:在|于|赴)(?P<before>[\u3400-\u9fff]{0,12}?(?:省|自治区|自治州|市|国))?(?P<name>[\u3400-\u9fff]{2,5}[市县区镇岛])(?![长政委局公外民府])"
)
_BEFORE_COUNTRY: Final = late(rf"(?P<name>{_NAME})(?:,\s|\s\()")
_NO_NAME: Final = late(
    r"^(?:The|This|Our|Its|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Ministry|Academy|University)\b"
)
_TOWN: Final = late(r"(?![A-Z]{2,5}$)[A-ZÀ-Þ][\w'’-]{2,30}(?:[ -][A-ZÀ-Þ]?[\w'’-]{1,30}){0,2}")
_NO_TOWN: Final = late(
    r"(?i:press|release|news|media|statement|update|story|photo|joint|published|posted|announcement|report|article|feature"
    r"|newsletter|event|workshop|training|seminar|conference|office|ministry|institute|university|agency|centre|center"
    r"|international|organi[sz]ation)"
)
"""What a line may open with that is no town."""


def _leading(reading: Reading, language: str) -> list[Sentence]:
    return [each for each in reading.page.sentences if each.kind == Kind.BODY and each.language == language][:4]


@rule("city", weight=84, reason="is where the event is said to be held")
def _named_with_its_kind(reading: Reading) -> Iterator[Found]:
    for sentence in _leading(reading, "en"):
        if not says_held(reading.page.of(sentence.span), "en"):
            continue
        for found in _PLACE.finditer(reading.page.text, sentence.span.start, sentence.span.end):
            group = "after" if found["after"] else "whole"
            span = Span(found.start(group), found.end(group))
            if _NO_NAME.match(found[group]) or _known(reading, span):
                continue
            country = _country_at(reading, Span(found.start(), found.end() + 30)) or _country_of_text(reading)
            yield Found(City(country, found[group], None), (span,), "en", 84 if country else 66)


@rule("city", weight=84, reason="stands before its country, where the event is said to be held")
def _before_country(reading: Reading) -> Iterator[Found]:
    for each in placed(reading).places:
        if each.mention.city or each.language != "en" or not each.lead or not each.held:
            continue
        found = _IN_COUNTRY.search(each.before[-110:]) or _HOUSE_THEN_TOWN.search(each.before[-110:])
        if not found or _NO_NAME.match(found["name"]):
            continue
        start = each.mention.span.start - len(each.before[-110:]) + found.start("name")
        span = Span(start, start + len(found["name"]))
        if not _known(reading, span):
            yield Found(City(each.mention.country, found["name"], None), (span, each.mention.span), "en", 82)


@rule("city", weight=84, reason="is where the event is said to be held")
def _chinese_with_its_kind(reading: Reading) -> Iterator[Found]:
    for sentence in _leading(reading, "zh"):
        if not says_held(reading.page.of(sentence.span), "zh"):
            continue
        for found in _CHINESE.finditer(reading.page.text, sentence.span.start, sentence.span.end):
            span = Span(found.start("name"), found.end("name"))
            if _known(reading, Span(found.start(), found.end())):
                continue
            country = _country_at(reading, Span(found.start(), found.end())) or _country_of_text(reading)
            name = found["name"].removesuffix("市")
            yield Found(City(country, None, name), (span,), "zh", 84 if country and found["before"] else 62)


@rule("city", weight=70, reason="stands beside the words that say the event is held")
def _beside_holding(reading: Reading) -> Iterator[Found]:
    for each in towns.find(reading):
        in_line = any(each.name in reading.page.of(line.place) for line in datelines.find(reading))
        city = City(_country_of_text(reading) if in_line else None, each.name, None)
        yield Found(city, (each.span,), "en", 70 if each.strong else 50)


@rule("city", weight=62, reason="is where the text was written, and is in no table")
def _unknown_in_dateline(reading: Reading) -> Iterator[Found]:
    for line in datelines.find(reading):
        name = reading.page.of(line.place)
        if line.language != "en" or any(each.span in line.place for each in placed(reading).lines):
            continue
        if _TOWN.fullmatch(name) and not _NO_TOWN.search(name):
            again = re.compile(rf"\b(?:in|at)\s{re.escape(name)}\b")
            repeated = any(True for _ in reading.page.search(again, line.language))
            yield Found(City(None, name, None), (line.place,), "en", 84 if repeated else 62)


@rule("city", weight=82, reason="is where the text was written")
def _in_dateline(reading: Reading) -> Iterator[Found]:
    known = placed(reading)
    for line in datelines.find(reading):
        found = _BEFORE_COUNTRY.match(reading.page.text, line.place.start, line.place.end)
        country = next((each for each in known.lines if each.span in line.place and not each.city), None)
        if not found or country is None or any(each.span in line.place and each.city for each in known.lines):
            continue
        span = Span(found.start("name"), found.end("name"))
        held = any(each.mention.city and each.held and each.inside and each.lead for each in known.places)
        again = re.compile(rf"\b(?:in|at)\s{re.escape(found['name'])}\b")
        repeated = any(True for _ in reading.page.search(again, line.language))
        weight = 30 if held else 90 if repeated else 50 if known.online else 82
        yield Found(City(country.country, found["name"], None), (span,), line.language, weight)


def _known(reading: Reading, span: Span) -> bool:
    """Tell whether a table has a city in these words."""
    return any(each.mention.city and each.mention.span.meets(span) for each in placed(reading).places)


def _country_at(reading: Reading, span: Span) -> str | None:
    """Return the country of a name within or close after a stretch."""
    return next((each.mention.country for each in placed(reading).places if each.mention.span.meets(span)), None)


def _country_of_text(reading: Reading) -> str | None:
    """Return the country of the dateline, where there is one only."""
    countries = {each.country for each in placed(reading).lines}
    return countries.pop() if len(countries) == 1 else None
