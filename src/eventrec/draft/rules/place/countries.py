"""The rules that say in which country an event is held, where no city says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Found
from eventrec.draft.holding import says_holding
from eventrec.draft.page import Kind
from eventrec.draft.rule import rule
from eventrec.draft.rules.place import towns
from eventrec.draft.rules.place.finding import (
    HEADQUARTERS,
    TO_PLACE,
    cities,
    countries,
    enumerated,
    is_held,
    is_several,
    is_visited,
    placed,
)
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.reading import Reading

_OFFICE_BEFORE: Final = late(
    r"\b(?!(?:The|In|And|For|With|From|To|At|By)\b)[A-Z]\w+\s$|\b(?:Embassy|Delegation|Mission|Office|Ambassador)\b[^.;,]{0,40}\s(?:to|in)\s(?:the\s)?$"
)
_HOLDS_AFTER: Final = late(
    r"(?:\s(?:Country\s)?(?:Office|Mission))?\s(?:(?:has|is|today|jointly|recently|successfully)\s){0,2}"
    r"(?:co-?)?(?:held|hold|host|organi[sz]|conduct|train|conven|launch|open|conclud|deliver|facilitat|welcom)\w*\b"
)


def in_several_countries(reading: Reading) -> bool:
    """Tell whether the lead says in one breath that something is held or visited in more than one country."""
    for each in placed(reading).places:
        there = each.inside or (each.language == "en" and TO_PLACE.search(each.before[-40:]) is not None)
        plain = each.lead and there and not each.part_of_name and not each.of_people
        if plain and any(other.mention.country != each.mention.country for other in enumerated(reading, each)):
            return True
    return False


@rule("country", weight=86, reason="is where the event is said to be held")
def _held_in_country(reading: Reading) -> Iterator[Found]:
    for each in countries(reading):
        if each.held and each.inside and each.sentence.kind == Kind.BODY:
            near = says_holding(each.before[-70:], "en") or each.language == "zh"
            plain = each.lead and near and not is_several(reading, each)
            yield Found(each.mention.country, (each.mention.span,), each.language, 84 if plain else 50)


@rule("country", weight=82, reason="is where the text was written")
def _dateline_country(reading: Reading) -> Iterator[Found]:
    known = placed(reading)
    written_in = {each.country for each in known.lines}
    others = [each for each in known.places if each.mention.country not in written_in]
    abroad = any(is_visited(each) for each in others) or any(
        is_held(reading, each) for each in cities(reading) if each in others
    )
    unknown = any(each.strong for each in towns.find(reading))
    for each in known.lines:
        doubtful = abroad or unknown or known.online or len(written_in) > 1 or each.city.get("en") in HEADQUARTERS
        weight = 45 if doubtful else 82
        yield Found(each.country, (each.span,), each.language, weight)


@rule("country", weight=82, reason="is visited")
def _visited_country(reading: Reading) -> Iterator[Found]:
    for each in placed(reading).places:
        if each.mention.city or not (each.lead or each.sentence.kind == Kind.HEADLINE):
            continue
        chinese = each.language == "zh" and re.search(r"(?:赴|访问|走进|来到|来)$", each.before)
        if chinese or (each.language == "en" and TO_PLACE.search(each.before[-40:])):
            several = [each, *enumerated(reading, each)] if is_several(reading, each) else []
            for one in several or [each]:
                yield Found(one.mention.country, (one.mention.span,), one.language, 50 if several else 82)


@rule("country", weight=50, reason="is the only country that the headline places something in")
def _headline_country(reading: Reading) -> Iterator[Found]:
    found = [each for each in placed(reading).places if each.sentence.kind == Kind.HEADLINE and each.inside]
    if len({each.mention.country for each in found}) == 1:
        yield Found(found[0].mention.country, (found[0].mention.span,), found[0].language, 50)


@rule("country", weight=60, reason="is in the name of the office that holds the event")
def _of_office(reading: Reading) -> Iterator[Found]:
    for each in placed(reading).places:
        if each.mention.city or each.mention.word or each.language != "en" or each.at > 1:
            continue
        if _OFFICE_BEFORE.search(each.before[-60:]) and _HOLDS_AFTER.match(each.after):
            yield Found(each.mention.country, (each.mention.span,), "en", 60)


@rule("country", weight=45, reason="is the only country that the text names")
def _only_country(reading: Reading) -> Iterator[Found]:
    known = placed(reading)
    codes = {each.mention.country for each in known.places} | {each.country for each in known.lines}
    found = [each for each in countries(reading) if not each.mention.word]
    found = [each for each in found if each.language == "en" or each.inside]
    if len(codes) == 1 and found and not known.online:
        yield Found(found[0].mention.country, (found[0].mention.span,), found[0].language, 45)
