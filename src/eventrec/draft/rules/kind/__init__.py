"""What kind of event it is: by the noun of its title, by the noun of the lead, by what the text goes on calling it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from eventrec.draft.choosing import best, candidates
from eventrec.draft.event_words import HOLD, NOUN, kind_of
from eventrec.draft.evidence import WORTH_ASKING, Evidence, Found, Span
from eventrec.draft.mentions.projects import named_at
from eventrec.draft.page import Kind
from eventrec.draft.rule import rule
from eventrec.draft.rules.kind import deeds
from eventrec.draft.rules.lead import lead
from eventrec.draft.rules.title import LANGUAGES, titles
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.occasions import Occasion
    from eventrec.draft.page import Sentence
    from eventrec.draft.proposal import Draft
    from eventrec.draft.reading import Reading

_LEAD: Final = 4
"""Sentences of the body that say what was held."""

_GOES_ON: Final = 60
"""Sentences that are asked what they call the event."""

_NOT_AN_EVENT: Final = {
    "en": late(
        r"[ -](?:cent(?:re|er)|institute|academy|department|unit|division|school|manual|materials?|needs|handbook"
        r"|modules?|packages?"
        r"|curricul\w+|approach(?:es)?|tools?|rooms?|hall|venue|project|programme|program|platform|mechanism|process"
        r"|framework|facilit\w+"
        r"|series|plan|strategy|college|opportunit\w+|capacit\w+|participants?|attendees)\b",
        re.IGNORECASE,
    ),
    "zh": late(
        r"中心|学院|学校|部门|部(?!署)|处|司|局|会议室|室|报|项目|机制|平台|计划|教材|手册|基地|大楼|人员|体系|框架"
    ),
}
"""What follows a noun that is part of another name."""

_FOLLOWED: Final = {
    "en": late(r"\s+(?:on|about|regarding|for|in|to|concerning|addressing|of|with)\b", re.IGNORECASE),
    "zh": late(r"$^"),
}
_HOLDS: Final = {
    "en": late(
        rf"\b(?:{HOLD}|visited|travel(?:led|ed)|arrived|(?:on|during|as part of) an?|took place|takes? place"
        r"|will take place|during the"
        r"|paid|pays|made|undertook|met|gathered|came together|brought together|brings together|for an?)\b",
        re.IGNORECASE,
    ),
    "zh": late(
        r"举办|举行|召开|主办|承办|组织|开展|开幕|开班|闭幕|进行|参加|出席|赴|舉辦|舉行|召開|主辦|承辦|開幕|參加"
    ),
}
_ARTICLE: Final = late(
    r"(?:\b(?:an?|the|its|their|this|another|one|two|three|four|five|six|\d+)|^|[\"“'])\s*(?:(?!(?:and|of|the|on|for"
    r"|by|in|with)\b)[\w'’-]+\s+){0,7}$",
    re.IGNORECASE,
)
_THIS: Final = {
    "en": late(r"\b(?:[Tt]h(?:e|is)|[Oo]ur)(?: [\w-]+){0,2} $"),
    "zh": late(r"(?:本次|此次|本届|该|这次|此|在)[^,\uff0c。;\uff1b]{0,6}$"),
}
_OPENING: Final = {
    "en": late(r"(?:The|This)\s(?:[\w-]+\s){0,3}?[\w-]+[,\s]"),
    "zh": late(r"本次|此次|本届|该|这次"),
}
_ASIDE: Final = 45
"""How far a noun further on is believed where the lead says another: a round table of the seminar."""

_SUBJECT: Final = 20
"""Characters before a noun at the beginning of a sentence."""

_LOOSE: Final = frozenset(("会议", "研讨", "培训", "考察", "座谈", "研修", "会见", "会晤", "国际会议"))
"""Chinese nouns that are verbs too, or that say any event."""

_TRAINS: Final = late(r"\b[Tt]rain(?:s|ed|ing)?\b|\bTRAIN(?:S|ED|ING)?\b")
_LAUNCHED: Final = late(
    r"\b(?:officially |formally )?launch(?:es|ed|ing)? (?:of )?(?:the |its |a )?(?:new )?[\w“\"'-]+|\b(?:anniversary"
    r"|celebrat(?:es|ed|ing)|inaugurat(?:es|ed|ion))\b",
    re.IGNORECASE,
)


def fill(reading: Reading, occasion: Occasion, draft: Draft) -> None:
    """Fill in the kind that the nouns agree on, or ask."""
    if occasion.name is not None and _by_name(reading, occasion.name, draft):
        return
    found = candidates(reading, "kind")
    one, sure = best(found)
    if one is None or one.score < WORTH_ASKING:
        draft.missing["kind"] = (
            "The text does not say what kind of event it was. Was it a workshop, a training, a meeting?"
        )
        return
    draft.kind = one.value
    draft.evidence["kind"] = list(one.evidence)
    if not sure:
        kinds = [each.value for each in found if each.score >= WORTH_ASKING]
        rivals = f"Which kind is the event: {' or '.join(kinds)}?"
        draft.uncertain["kind"] = rivals if len(kinds) > 1 else f"Is “{one.value}” the kind of the event?"


def _by_name(reading: Reading, name: Span, draft: Draft) -> bool:
    """Fill in the kind of one of several events by its own name."""
    sentence = reading.page.sentence_at(name)
    language = sentence.language if sentence else "en"
    nouns = [*_nouns(reading, name, language)]
    kind = kind_of(reading.page.of(nouns[0] if language == "en" else nouns[-1]), language) if nouns else None
    if kind is None:
        return False
    draft.kind = kind
    draft.evidence["kind"] = [Evidence(reading.page.quoted(name), name.start, name.end, "what this event is called")]
    return True


@rule("kind", weight=90, reason="what the title calls it")
def _title_says(reading: Reading) -> Iterator[Found]:
    for language, found in titles(reading).items():
        one, _ = best(found)
        if one is None or not one.evidence:
            continue
        span = Span(one.evidence[0].start, one.evidence[0].end)
        nouns = [*_nouns(reading, span, language)] or _beside(reading, span, language)
        if nouns:
            noun = _head(reading, nouns, span, language)
            for each in _found(reading, noun, language):
                yield _behind_lead(reading, each)


def _behind_lead(reading: Reading, title: Found) -> Found:
    """Believe a Chinese noun that is a verb too (研修) less where the lead has another (研修班)."""
    if title.language == "zh" and reading.page.of(title.spans[0]) in _LOOSE:
        said = {each.value for each in _in_lead(reading) if each.language == "zh"}
        if said and title.value not in said:
            return Found(title.value, title.spans, title.language, 55)
    return title


def _beside(reading: Reading, title: Span, language: str) -> list[Span]:
    """Return the noun before or behind a name in quotation marks: seminar entitled “…”, the “…” workshop."""
    text = reading.page.text
    if text[title.start - 1 : title.start] not in ("“", '"', "'", "《"):
        return []
    sentence = reading.page.sentence_at(title)
    within = sentence.span if sentence else title
    before = [*_nouns(reading, Span(max(within.start, title.start - 40), title.start), language)]
    after = [*_nouns(reading, Span(title.end, min(within.end, title.end + 30)), language)]
    return before[-1:] or after[:1]


@rule("kind", weight=82, reason="what the text says is held")
def _lead_says(reading: Reading) -> Iterator[Found]:
    """Believe the lead; a workshop whose title says training is one."""
    titled = {each.language: each.value for each in _title_says(reading)}
    for each in _in_lead(reading):
        trains = titled.get(each.language) == "training" and each.value == "workshop"
        yield Found("training", each.spans, each.language) if trains else each


def _in_lead(reading: Reading) -> Iterator[Found]:
    """Yield the kind that the first sentences of each language say is held."""
    for language in LANGUAGES:
        for sentence in lead(reading, language, _LEAD):
            if not _HOLDS[language].search(reading.page.of(sentence.span)):
                continue
            nouns = _nouns(reading, sentence.span, language)
            named = [each for each in nouns if _is_held(reading, sentence, each)]
            of_event = [each for each in named if kind_of(reading.page.of(each), language) != "other"]
            if held := next(iter(of_event or named), None):
                yield from _found(reading, held, language)
                break


@rule("kind", weight=60, reason="what the text calls it further on")
def _text_goes_on_saying(reading: Reading) -> Iterator[Found]:
    """Believe “the training” further on; of a “training workshop” it is the same."""
    held = {reading.page.of(each.spans[0]).casefold(): each.value for each in _lead_says(reading)}
    for sentence in islice(reading.page.sentences, _GOES_ON):
        if sentence.kind is Kind.BODY:
            for noun in islice(_nouns(reading, sentence.span, sentence.language), _GOES_ON):
                left = reading.page.text[max(sentence.span.start, noun.start - 30) : noun.start]
                if _THIS[sentence.language].search(left) and reading.page.of(noun) not in _LOOSE:
                    part = next(
                        (kind for words, kind in held.items() if reading.page.of(noun).casefold() in words), None
                    )
                    found = (
                        [Found(part, (noun,), sentence.language)] if part else _found(reading, noun, sentence.language)
                    )
                    for each in found:
                        other = bool(held) and each.value not in held.values() and len(left) >= _SUBJECT
                        yield Found(each.value, each.spans, each.language, _ASIDE if other else None)


@rule("kind", weight=65, reason="what the text begins by calling it")
def _lead_calls_it(reading: Reading) -> Iterator[Found]:
    """Believe “The workshop …” at the beginning of a first sentence, where neither title nor lead says it."""
    if [*_title_says(reading), *_lead_says(reading)]:
        return
    for language in LANGUAGES:
        for sentence in lead(reading, language, _LEAD):
            opening = _OPENING[language].match(reading.page.text, sentence.span.start, sentence.span.end)
            within = Span(sentence.span.start, min(sentence.span.end, sentence.span.start + 60))
            noun = next(_nouns(reading, within, language), None) if opening else None
            if noun and reading.page.of(noun) not in _LOOSE:
                yield from _found(reading, noun, language)
                return


@rule("kind", weight=84, reason="what the text says that people did")
def _deeds_say(reading: Reading) -> Iterator[Found]:
    """Believe that people met, visited or launched a project, where no noun says what was held."""
    if [*_title_says(reading), *_lead_says(reading), *_lead_calls_it(reading)]:
        return
    for language in LANGUAGES:
        for deed in (deeds.trained, deeds.launched, deeds.visited, deeds.met):
            if found := [*deed(reading, language)]:
                yield from found
                break


@rule("kind", weight=40, reason="the headline says that people are trained")
def _headline_trains(reading: Reading) -> Iterator[Found]:
    for passage in reading.page.passages_of(Kind.HEADLINE, language="en"):
        for found in _TRAINS.finditer(reading.page.text, passage.span.start, passage.span.end):
            yield Found("training", (Span(*found.span()),), "en")


@rule("kind", weight=45, reason="the headline says that something is launched or celebrated")
def _headline_launches(reading: Reading) -> Iterator[Found]:
    for passage in reading.page.passages_of(Kind.HEADLINE, language="en"):
        for found in _LAUNCHED.finditer(reading.page.text, passage.span.start, passage.span.end):
            yield Found("other", (Span(*found.span()),), "en")


def _found(reading: Reading, noun: Span, language: str) -> Iterator[Found]:
    kind = kind_of(reading.page.of(noun), language)
    if kind and kind != "site-visit":
        yield Found(kind, (noun,), language)


def _head(reading: Reading, nouns: list[Span], title: Span, language: str) -> Span:
    """Return the noun that says what a title is: in Chinese the last; in English one before “on”, or that ends it.

    A ceremony is the kind only where nothing is named that it opens or closes.
    """
    nouns = [each for each in nouns if kind_of(reading.page.of(each), language) != "other"] or nouns
    if language == "zh":
        return nouns[-1]
    before = [each for each in nouns if _FOLLOWED["en"].match(reading.page.text, each.end, title.end)]
    return before[0] if before else nouns[-1]


def _is_held(reading: Reading, sentence: Sentence, noun: Span) -> bool:
    """Tell whether a noun is what a sentence says is held: with its article, or behind the verb in Chinese."""
    left = reading.page.text[max(sentence.span.start, noun.start - 90) : noun.start]
    if sentence.language == "zh":
        ends = reading.page.text[noun.end : noun.end + 1] in ("", *",\uff0c。;\uff1b")
        return reading.page.of(noun) not in _LOOSE or (ends and bool(_HOLDS["zh"].search(left)))
    return bool(_ARTICLE.search(left))


def _nouns(reading: Reading, within: Span, language: str) -> Iterator[Span]:
    """Yield the nouns of events in a stretch that are not part of the name of a project, a place or an office."""
    nouns = (
        Span(*noun.span())
        for noun in NOUN[language].finditer(reading.page.text, within.start, within.end)
        if not _NOT_AN_EVENT[language].match(reading.page.text, noun.end(), within.end)
    )
    return (noun for noun in nouns if not named_at(reading.projects, noun))
