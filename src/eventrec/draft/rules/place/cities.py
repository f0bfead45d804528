"""The rules that say in which city an event is held."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Found, Span
from eventrec.draft.holding import EVENT_EN, names_event, says_held
from eventrec.draft.mentions.places import PlaceMention
from eventrec.draft.page import Kind
from eventrec.draft.rule import rule
from eventrec.draft.rules.place import towns
from eventrec.draft.rules.place.finding import (
    HEADQUARTERS,
    TO_PLACE,
    cities,
    city_of,
    countries,
    enumerated,
    is_held,
    is_listed,
    is_several,
    is_visited,
    is_within_city,
    placed,
)
from eventrec.draft.rules.when.finding import dated
from eventrec.patterns import late
from eventrec.text.place_names import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.reading import Reading
    from eventrec.draft.rules.place.surroundings import Surroundings
    from eventrec.draft.rules.when.surroundings import Surroundings as DaySurroundings

_THE_EVENT: Final = late(rf"\b(?:[Tt]he|[Tt]his)\s(?:[\w'-]+\s){{0,4}}{EVENT_EN}\b|(?:此次|本次|该|这次|本届|本期)")
_LABEL: Final = late(
    r"(?:\b(?:Venue|Location|Place|Where|City)|(?:活动|会议|培训|举办)?(?:地点|地址|地點))[*_]{0,3}\s?[::：]\s{0,3}[^\n:：]{0,60}$"
)
_EVENT_IN: Final = late(
    rf"\b{EVENT_EN}\s(?:(?:was|is|were|are|being|to be|will be)\s)?(?:held\s|taking place\s)?(?:today\s"
    r"|here\s)?in\s(?:the\s\w+\s(?:city|capital)\sof\s)?$",
    re.IGNORECASE,
)
_CITY_BEFORE_VERB: Final = late(
    r"市?(?:隆重|成功|顺利|圆满)?(?:举办|举行|召开|开幕|闭幕|开班|启动|舉辦|舉行|召開|落幕|开营|开讲)"
)
_ABBREVIATED: Final = {
    "京": "北京", "沪": "上海", "津": "天津", "渝": "重庆", "穗": "广州", "杭": "杭州", "蓉": "成都",
    "邕": "南宁", "榕": "福州",
}  # fmt: skip
_CAMPUS: Final = late(r"市?(?:校区|分校|基地|训练基地|培训基地|园区)")
_TO_CAMPUS: Final = late(r"(?:在|于|赴|前往|来到|到|至)[^。；，、,]{2,16}$")
_AT: Final = late(r"\bat\s(?:the\s)?(?:[a-z]\w+\s){0,2}$|\bat\s[^.;,]{3,40}\sat\s$")
_HOUSE_AFTER: Final = late(
    r"(?:['’]s?)?\s(?:[A-Z]\w+\s){0,3}(?:Airport|Port|Harbou?r|Hotel|University|Academy|College|School|Cent(?:er|re)|Hall)\b"
)
_IN_ABBREVIATED: Final = late(
    r"(?:在|于)(?P<city>[京沪津渝穗杭蓉邕榕])(?:隆重|成功|顺利|圆满|联合|共同)?(?=举办|举行|召开|开幕|闭幕|开班|启动|组织|落幕)"
)
_DELEGATION: Final = late(
    r"\b(?:delegation|officials|officers|judges|prosecutors|experts|representatives|group|team)\b"
)
_DAYS_AFTER: Final = late(
    r"(?:,\s[A-Z]\w+,?)?\s(?:from|on|between|during)\s(?:\w+day,?\s|the\s)?(?:\d|[A-Z][a-z]{2,8}\s\d)"
)
_END_OF_HEADLINE: Final = late(r",\s[A-Z].*|\s*")
_NEAR: Final = 40
_BEGINS: Final = late(r"\s*(?:(?:The )?(?:[Cc]ity|[Tt]own|[Mm]unicipality) of\s|[^.;]{0,40}\d,\s)?")
_HOSTS: Final = late(
    r"(?:,\s[A-Z]\w+,?)?\s(?:has\s|is\s|was\s|today\s|recently\s|proudly\s)?(?:host(?:s|ed|ing)?|welcom(?:es|ed))\b"
)
_WHERE: Final = late(
    r"(?:,\s[A-Z]\w+)?,?\swhere\b[^.;,]{0,60}\b(?:held|hosted|organi[sz]ed|conducted|convened|took place|trained)\b"
)
_TO_DAYS: Final = late(r",\s(?:[A-Z][\w ]{2,20},\s)?(?:\w+day,?\s)?")
_SEAT: Final = late(r"\b(?i:embassy|office|consulate|mission|delegation)\b(?:\s(?:of|for)\s[^.;,]{2,40})?\sin\s$")
_ONLY_BETWEEN: Final = late(
    r"[\s,，(（]*+(?:(?:[在于]|\b(?:on|from|in|at|between|held|the|of|city|capital|northern|southern|eastern|western|and"
    r"|[A-Z][\w']*+)\b)[\s,]*+)*+"
)
"""What may stand between a date and the place: “in Riga, Latvia, from”."""


def _found(each: Surroundings, weight: int) -> Found:
    return Found(city_of(each.mention), (each.mention.span,), each.language, weight)


@rule("city", weight=92, reason="is given as the place")
def _labelled(reading: Reading) -> Iterator[Found]:
    for each in placed(reading).places:
        start = max(0, each.mention.span.start - 90)
        if (
            each.mention.city
            and not is_within_city(each)
            and _LABEL.search(reading.page.text, start, each.mention.span.start)
        ):
            yield _found(each, 92)


@rule("city", weight=88, reason="is where the event is said to be held")
def _held_in(reading: Reading) -> Iterator[Found]:
    for each in cities(reading):
        if (
            each.sentence.kind == Kind.HEADLINE
            or not each.held
            or not (each.inside or each.after_venue or each.in_list)
        ):
            continue
        of_the_event = (
            each.lead or _THE_EVENT.search(each.before[-260:] if each.language == "en" else each.before) is not None
        )
        listed = is_listed(reading, each) or is_several(reading, each)
        doubtful = each.of_subject or each.one_of_series
        yield _found(each, 55 if listed or each.after_another else 88 if of_the_event and not doubtful else 60)


@rule("city", weight=84, reason="stands beside the event's date")
def _beside_date(reading: Reading) -> Iterator[Found]:
    for each in cities(reading):
        if each.sentence.kind == Kind.HEADLINE or not each.inside or is_listed(reading, each) or each.after_another:
            continue
        for day in dated(reading).dates:
            one, two = sorted((each.mention.span, day.mention.span))
            between = reading.page.text[one.end : two.start]
            if len(between) < _NEAR and _ONLY_BETWEEN.fullmatch(between):
                yield _found(each, 84)


@rule("city", weight=82, reason="is the host")
def _host(reading: Reading) -> Iterator[Found]:
    for each in placed(reading).places:
        if not each.mention.city or each.language != "en" or each.at > 1 or each.mention.word:
            continue
        if _BEGINS.fullmatch(each.before) and _HOSTS.match(each.after):
            yield _found(each, 82 if each.sentence.kind == Kind.BODY else 66)


@rule("city", weight=82, reason="stands between the name of the event and its days")
def _with_days(reading: Reading) -> Iterator[Found]:
    for each in cities(reading):
        if each.at or each.language != "en" or not each.before.endswith(", ") or not names_event(each.before, "en"):
            continue
        if any(_TO_DAYS.fullmatch(_between(reading, each, day)) for day in dated(reading).dates):
            yield _found(each, 82)


def _between(reading: Reading, place: Surroundings, day: DaySurroundings) -> str:
    return reading.page.text[place.mention.span.end : max(place.mention.span.end, day.mention.span.start)][:_NEAR]


@rule("city", weight=82, reason="is where people went, and where it was held")
def _where(reading: Reading) -> Iterator[Found]:
    for each in placed(reading).places:
        if each.mention.city and each.lead and each.before.endswith((" to ", " in ")) and _WHERE.match(each.after):
            yield _found(each, 82)


@rule("city", weight=42, reason="is the seat of the office that holds it")
def _seat(reading: Reading) -> Iterator[Found]:
    for each in placed(reading).places:
        if each.mention.city and each.lead and each.language == "en" and _SEAT.search(each.before[-60:]):
            yield _found(each, 42)


@rule("city", weight=80, reason="stands in brackets with the event's date")
def _bracketed(reading: Reading) -> Iterator[Found]:
    for each in cities(reading):
        for day in dated(reading).dates:
            one, two = sorted((each.mention.span, day.mention.span))
            between = reading.page.text[one.end : two.start]
            around = reading.page.text[max(0, one.start - 1) : one.start] + reading.page.text[two.end : two.end + 1]
            if re.fullmatch(r"[,，]\s?(?:[A-Z]\w+,\s)?", between) and around in ("()", "（）"):
                yield _found(each, 80)


@rule("city", weight=80, reason="follows the name of the event")
def _event_in(reading: Reading) -> Iterator[Found]:
    for each in cities(reading):
        if each.after_another or is_listed(reading, each):
            continue
        if each.language == "en" and _EVENT_IN.search(each.before[-80:]):
            lead = (each.lead or _THE_EVENT.search(each.before[-80:])) and not each.one_of_series
            yield _found(each, 80 if lead and each.sentence.kind == Kind.BODY else 60)


@rule("city", weight=60, reason="stands in the headline")
def _in_headline(reading: Reading) -> Iterator[Found]:
    for each in cities(reading):
        if each.sentence.kind != Kind.HEADLINE or is_listed(reading, each):
            continue
        if each.inside or (each.language == "zh" and _CITY_BEFORE_VERB.match(each.after)):
            yield _found(each, 66 if each.held else 58)
        elif each.language == "en" and each.before.endswith(", ") and _END_OF_HEADLINE.fullmatch(each.after):
            beside_date = any(day.sentence == each.sentence for day in dated(reading).dates)
            yield _found(each, 82 if beside_date and names_event(each.before, "en") else 60)


@rule("city", weight=82, reason="is where the text was written")
def _in_dateline(reading: Reading) -> Iterator[Found]:
    known = placed(reading)
    named = {city_of(each).key for each in known.lines if each.city}
    others = [each for each in cities(reading) if city_of(each.mention).key not in named]
    held_elsewhere = any(is_held(reading, each) for each in others)
    unknown = any(each.strong for each in towns.find(reading))
    held_in = {each.mention.country for each in countries(reading) if each.inside and each.held and each.lead}
    doubtful = (
        known.online
        or (known.of_agency and (others or not _told_today(reading)))
        or unknown
        or len(named) > 1
        or any(map(is_visited, others))
    )
    for each in known.lines:
        if each.city:
            abroad = bool(held_in) and each.country not in held_in
            plain = not (doubtful or abroad or each.city.get("en") in HEADQUARTERS)
            yield Found(city_of(each), (each.span,), each.language, 30 if held_elsewhere else 82 if plain else 55)


def _told_today(reading: Reading) -> bool:
    """Tell whether a first sentence says that the event is held on the day of writing: the reporter is there."""
    words = [each for each in dated(reading).words if each.offset == 0]
    held = [reading.page.sentence_at(each.span) for each in words]
    return any(each is not None and says_held(reading.page.of(each.span), each.language) for each in held)


@rule("city", weight=60, reason="is visited")
def _visited(reading: Reading) -> Iterator[Found]:
    for each in cities(reading):
        if each.lead and TO_PLACE.search(each.before[-40:]):
            several = is_several(reading, each)
            plain = is_visited(each) or (_DELEGATION.search(each.before) and _DAYS_AFTER.match(each.after))
            yield _found(each, 82 if plain and not several else 60)
            yield from (_found(other, 60) for other in enumerated(reading, each) if several and other.mention.city)


@rule("city", weight=70, reason="is in the name of the house in which the event is held")
def _in_venue(reading: Reading) -> Iterator[Found]:
    for each in placed(reading).places:
        if not each.mention.city or not each.held or not each.lead:
            continue
        if each.language == "zh":
            if _CAMPUS.match(each.after) and _TO_CAMPUS.search(each.before):
                yield _found(each, 82)
            elif each.names_venue and each.inside:
                yield _found(each, 60)
        elif _AT.search(each.before[-50:]) and _HOUSE_AFTER.match(each.after) and not each.mention.word:
            yield _found(each, 60)


@rule("city", weight=88, reason="is where the event is said to be held, in short")
def _abbreviated(reading: Reading) -> Iterator[Found]:
    for found in reading.page.search(_IN_ABBREVIATED, "zh"):
        named = table().called(_ABBREVIATED[found["city"]])
        if named:
            span = Span(found.start("city"), found.end("city"))
            mention = PlaceMention(span, "zh", named[0].country, named[0].city)
            yield Found(city_of(mention), (span,), "zh", 86)
