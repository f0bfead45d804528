"""The rules that say which of the dates of a release is the event's."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.draft import editions
from eventrec.draft.evidence import Found
from eventrec.draft.holding import ENDS, EVENT_EN, STARTS, is_quoted, says_held
from eventrec.draft.mentions import datelines, relative
from eventrec.draft.mentions.days import Day, chinese, in_one_year, length
from eventrec.draft.page import Kind
from eventrec.draft.rule import rule
from eventrec.draft.rules.when import years
from eventrec.draft.rules.when.surroundings import Surroundings, around, orders
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.mentions.datelines import Dateline
    from eventrec.draft.mentions.days import DayMention
    from eventrec.draft.mentions.relative import RelativeMention
    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_FAR: Final = 80
_NEAR_IN_TIME: Final = 100
"""Days between two dates of one sentence of which only one has a year."""

_MOST_DATES: Final = 200
"""Dates that are looked at; what has more is a list and no release."""

_FOOT: Final = 0.55
"""What a date weighs that can be read in two ways, or stands beside a wrong weekday, of what it would."""

_THE_EVENT: Final = late(rf"\b(?:[Tt]he|[Tt]his)\s(?:[\w'-]+\s){{0,4}}{EVENT_EN}\b|(?:此次|本次|该|这次|本届|本期)")
_LABEL: Final = late(
    r"(?:\b(?:Dates?(?: and time)?|When|Time|Period|Dates? of (?:the )?\w+)|(?:活动|会议|培训|举办|举行)?(?:时间"
    r"|日期|時間))[*_]{0,3}\s?[::：]\s{0,3}[^\n:：]{0,20}$"
)
_PLACE_LABEL: Final = late(r"(?:\b(?:Venue|Place|Location|Where)|地点|地址)\s?[:：]")
_RELATIVE_BEFORE: Final = late(
    r"(?:\b(?:today|yesterday|tomorrow|this (?:morning|afternoon|week)|(?:last|next) week)|本周|上周|[今昨明][天日晨])"
    r"\s?[,，(（]{0,2}\s?(?:\w{3,9},?\s)?$",
    re.IGNORECASE,
)
_IN_PARENTHESES: Final = late(r"[\w\u3400-\u9fff”\"'’]\s?[(（]\s?(?:\w{3,9},?\s)?$")
_ON: Final = late(
    r"\b(?:on|from|between|during|over|dated?|for|of|starting|beginning|period|dates)\s(?:\w+day,?\s)?(?:the\s)?$"
    r"|[,(]\s?(?:\w+day,?\s)?$|\b(?:held|ran|runs)\s$",
    re.IGNORECASE,
)
_PAST: Final = late(
    r"\b(?:held|took place|organi[sz]ed|hosted|conducted|convened|launched|started|began|opened|concluded|gathered"
    r"|met|attended"
    r"|participated|trained|delivered|completed|brought together|kicked off|visited|joined|wrapped up|closed"
    r"|facilitated|welcomed"
    r"|co-?organi[sz]ed|co-?hosted|handed over|signed|discussed|led|received|underwent)\b"
    r"|(?:举办|举行|召开|开展|组织|完成|结束|参加|开幕|闭幕)"
)
_ANNOUNCED: Final = late(
    r"\b(?:announce[sd]?|said|says|released|published|issued|warned|welcomed the|called)\b"
    r"|宣布|表示|透露|通报|获悉|消息"
)
_NOT_THAT_DAY: Final = late(
    r"\b(?:last|past|previous|next|coming|earlier this) (?:week|month|year|few)|\brecently\b|\byesterday\b"
    r"|\btomorrow\b|\bwill\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\bthis (?:week|month)\b|\bha(?:s|ve)\b"
    r"|近日|日前|昨[天日]|上周|本周|上月|将于|即将|不久前",
    re.IGNORECASE,
)

_LONG: Final = late(
    r"\b(?:two|three|four|five|six|seven|ten|[2-9]|1\d)[- ](?:full[- ])?days?\b|\bweek[- ]?long\b"
    r"|\b(?:one|two|three)[- ]week"
    r"|[两二三四五六七八九十2-9]\s?[天周日](?![年月])",
    re.IGNORECASE,
)
"""What lasts longer than a day."""


class When(NamedTuple):
    """First and last day, both inclusive, and the days one by one where they do not follow each other."""

    first: Day
    last: Day
    days: tuple[Day, ...] = ()


@dataclass(frozen=True)
class Dated:
    """What the rules look at: dates with their surroundings, datelines, words like “today”."""

    dates: tuple[Surroundings, ...]
    lines: tuple[Dateline, ...]
    words: tuple[RelativeMention, ...]


def dated(reading: Reading) -> Dated:
    """Return the dates of headlines and body that are not said of something else, with the year that governs them."""
    known: Dated | None = reading.__dict__.get("_dated")
    if known is None:
        known = reading.__dict__["_dated"] = _dated(reading)
    return known


def _dated(reading: Reading) -> Dated:
    lines = tuple(datelines.find(reading))
    found = []
    order = orders(reading.page)
    for mention in [*reading.days, *_without_month(reading, lines)][:_MOST_DATES]:
        line = next((each for each in lines if each.span.end <= mention.span.start <= each.span.end + 400), None)
        surroundings = around(reading.page, order, mention, line.span.end if line else 0)
        if (
            surroundings is None
            or surroundings.of_something_else
            or any(each.span.meets(mention.span) for each in lines)
            or editions.is_earlier(reading, surroundings.sentence)
        ):
            continue
        whole = years.governed(reading, mention, surroundings.sentence, lines)
        found.append(replace(surroundings, mention=whole))
    found = _without_visits(reading, [_in_year_of_neighbour(each, found) for each in found])
    return Dated(tuple(found), lines, tuple(relative.find(reading.page)))


def _without_visits(reading: Reading, found: Sequence[Surroundings]) -> list[Surroundings]:
    """Leave out the days of visits below a day that is said of the event: in its headline, or where it is held."""
    kept: list[Surroundings] = []
    said: Surroundings | None = None
    for each in found:
        if said is not None and said.sentence != each.sentence and each.of_visit and not _is_labelled(reading, each):
            continue
        kept.append(each)
        named = each.sentence.kind == Kind.HEADLINE or (each.held and not each.of_visit)
        if said is None and (named or _is_labelled(reading, each)):
            said = each
    return kept


def _is_labelled(reading: Reading, each: Surroundings) -> bool:
    start = max(0, each.mention.span.start - 40)
    return _LABEL.search(reading.page.text, start, each.mention.span.start) is not None


def _in_year_of_neighbour(each: Surroundings, others: Sequence[Surroundings]) -> Surroundings:
    """Return a date with the year of the one before it in its sentence, or of the one close after it."""
    if each.mention.full:
        return each
    full = [other.mention for other in others if other.mention.full and other.sentence == each.sentence]
    before = [other for other in full if other.span < each.mention.span]
    after = [other for other in full if 0 <= other.span.start - each.mention.span.end <= _FAR]
    for neighbour in (*before[-1:], *after[:1]):
        if neighbour.first.year is not None:
            whole = years.in_year(each.mention, neighbour.first.year, neighbour.span)
            if whole.exists and abs((whole.first.on() - neighbour.first.on()).days) <= _NEAR_IN_TIME:
                return replace(each, mention=whole)
    return each


def _without_month(reading: Reading, lines: Sequence[Dateline]) -> Iterator[DayMention]:
    """Return days that stand without their month, in a text whose dateline has one: “28日在北京举行”."""
    line = next((each for each in lines if each.day and each.language == "zh"), None)
    if line is None or line.day is None:
        return
    month, year = line.day.first.month, line.day.first.year
    for each in chinese.find_without_month(reading.page.text, year, month):
        if each.exists and not any(each.span.meets(other.span) for other in reading.days):
            yield replace(each, borrowed=line.day.span)


def value(mention: DayMention) -> When:
    """Return what a date says."""
    return When(mention.first, mention.last, mention.days)


def _found(surroundings: Surroundings, weight: int) -> Found:
    mention = surroundings.mention
    spans = (mention.span, mention.borrowed) if mention.borrowed else (mention.span,)
    doubtful = mention.other or mention.wrong_weekday
    return Found(value(mention), spans, surroundings.language, round(weight * _FOOT) if doubtful else weight)


@rule("starts_on", weight=93, reason="is given as the date")
def _labelled(reading: Reading) -> Iterator[Found]:
    for each in dated(reading).dates:
        if _is_labelled(reading, each):
            yield _found(each, 93)


@rule("starts_on", weight=93, reason="is given as the date, beside the place")
def _labelled_above_the_text(reading: Reading) -> Iterator[Found]:
    for mention in reading.days:
        start = max(0, mention.span.start - 24)
        labelled = _LABEL.search(reading.page.text, start, mention.span.start)
        if (
            labelled
            and not mention.in_figures
            and _PLACE_LABEL.search(reading.page.text, mention.span.end, mention.span.end + 60)
        ):
            yield Found(value(mention), (mention.span,), mention.language)


@rule("starts_on", weight=88, reason="is the day that the event is said to be held on")
def _held_on(reading: Reading) -> Iterator[Found]:
    for each in dated(reading).dates:
        if each.sentence.kind == Kind.HEADLINE or not each.held:
            continue
        of_the_event = each.lead or _THE_EVENT.search(each.before[-200:]) is not None
        if each.language == "zh" or _ON.search(each.before) or each.opens:
            yield _found(each, 88 if of_the_event else 62)


@rule("starts_on", weight=88, reason="are the days on which it is said to begin and to end")
def _from_beginning_to_end(reading: Reading) -> Iterator[Found]:
    text = reading.page.text
    for one, other in pairwise(dated(reading).dates):
        first, last = one.mention, other.mention
        between = text[first.span.end : last.span.start]
        if (
            one.sentence != other.sentence
            or len(between) > _FAR
            or first.first != first.last
            or last.first != last.last
        ):
            continue
        begins = STARTS.search(one.before[-40:]) or STARTS.search(between)
        ends = ENDS.search(between) or (other.language == "zh" and ENDS.match(other.after))
        if begins and ends:
            days = When(*in_one_year(first.first, last.last))
            if length(days.first, days.last) > 0:
                yield Found(days, (first.span, last.span), one.language)


@rule("starts_on", weight=60, reason="opens the text")
def _opening(reading: Reading) -> Iterator[Found]:
    for each in dated(reading).dates:
        if each.lead and each.opens:
            yield _found(each, 60)


@rule("starts_on", weight=86, reason="is the day in brackets beside “today” or “yesterday”")
def _beside_today(reading: Reading) -> Iterator[Found]:
    for each in dated(reading).dates:
        if _RELATIVE_BEFORE.search(each.before[-40:]):
            yield _found(each, 86)


@rule("starts_on", weight=55, reason="stands in brackets after what is held")
def _in_parentheses(reading: Reading) -> Iterator[Found]:
    for each in dated(reading).dates:
        if _IN_PARENTHESES.search(each.before[-30:]) and each.after[:1] in (")", "）"):
            yield _found(each, 82 if each.lead and each.names_event else 50)


@rule("starts_on", weight=60, reason="stands in the headline")
def _in_headline(reading: Reading) -> Iterator[Found]:
    for each in dated(reading).dates:
        if each.sentence.kind == Kind.HEADLINE:
            alone = len({value(other.mention) for other in dated(reading).dates}) == 1
            yield _found(each, 80 if alone and each.names_event else 60)


@rule("starts_on", weight=50, reason="is the only date of the text")
def _only_one(reading: Reading) -> Iterator[Found]:
    dates = [each for each in dated(reading).dates if each.sentence.kind == Kind.BODY]
    if len({value(each.mention) for each in dates}) == 1:
        yield _found(dates[0], 50)


@rule("starts_on", weight=86, reason="is the day of writing, and the text says “today” or counts from it")
def _counted_from_dateline(reading: Reading) -> Iterator[Found]:
    line = next((each for each in dated(reading).lines if each.day), None)
    if line is None or line.day is None or line.day.first != line.day.last:
        return
    for word in dated(reading).words:
        day = None if any(_beside(word, each) for each in reading.days) else _counted(word, line.day)
        sentence = reading.page.sentence_at(word.span)
        if day is None or sentence is None:
            continue
        near = reading.page.text[
            max(sentence.span.start, word.span.start - 24) : min(sentence.span.end, word.span.end + 24)
        ]
        quoted = is_quoted(reading.page.text[sentence.span.start : word.span.start])
        if says_held(reading.page.of(sentence.span), sentence.language) and not quoted and not _ANNOUNCED.search(near):
            weight = 86 if word.offset is not None else 82
            doubt = _FOOT if line.day.other else 1
            yield Found(When(day, day), (word.span, line.day.span), word.language, round(weight * doubt))


def _tells_of_event(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence says in the past tense that an event was held."""
    text = reading.page.of(sentence.span)
    return _PAST.search(text) is not None and says_held(text, sentence.language)


def _beside(word: RelativeMention, mention: DayMention) -> bool:
    """Tell whether a date stands beside the word: “on Monday, 4 June”."""
    return -2 <= mention.span.start - word.span.end <= 3 or mention.span.meets(word.span)


def _counted(word: RelativeMention, line: DayMention) -> Day | None:
    """Return the day that “today” or “on Tuesday” is, in a text written on a day."""
    if word.offset is not None:
        return line.first.later(word.offset)
    if word.weekday is None or line.first.year is None:
        return None
    return line.first.later(-((line.first.on().weekday() - word.weekday) % 7))


@rule("starts_on", weight=82, reason="is the day of writing, the only date of a text in the past tense")
def _dateline_alone(reading: Reading) -> Iterator[Found]:
    known = dated(reading)
    line = next((each for each in known.lines if each.day), None)
    if line is None or line.day is None or known.dates:
        return
    body = [each for each in reading.page.sentences if each.span.end > line.span.end and each.kind == Kind.BODY]
    lead = " ".join(reading.page.of(each.span) for each in body[:3])
    plain = body and _tells_of_event(reading, body[0]) and not _NOT_THAT_DAY.search(lead)
    plain = plain and not (line.day.length == 1 and _may_be_later(reading, line, lead))
    weight = 82 if plain and (line.day.full or line.day.length > 1) else 45
    yield Found(value(line.day), (line.day.span,), line.language, round(weight * _FOOT) if line.day.other else weight)


def _may_be_later(reading: Reading, line: Dateline, lead: str) -> bool:
    """Tell whether the day may be that of the page: it stands alone in its line, or the event lasted several days."""
    passage = reading.page.passage_at(line.span)
    alone = passage is not None and passage.kind == Kind.DATELINE
    return alone or (_LONG.search(lead) is not None and not STARTS.search(lead))
