"""The titles of an event, in each language.

A name in quotation marks beats what a headline says is held, and that beats the headline itself; where there is no
headline, the lead's noun with what it is about is the title.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.choosing import best, candidates
from eventrec.draft.event_words import NOUN
from eventrec.draft.evidence import WORTH_ASKING, Evidence, Found
from eventrec.draft.rule import rule
from eventrec.draft.rules.title import chinese, english, phrases_en
from eventrec.text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.evidence import Candidate, Span
    from eventrec.draft.occasions import Occasion
    from eventrec.draft.proposal import Draft
    from eventrec.draft.reading import Reading

LANGUAGES: Final = ("en", "zh")


def fill(reading: Reading, occasion: Occasion, draft: Draft) -> None:
    """Fill in the title of each language that has one; evidence of all stands together."""
    if occasion.name is not None:
        _put_own_name(reading, occasion.name, draft)
        return
    for language, found in titles(reading).items():
        one, sure = best(found)
        if one is None or one.score < WORTH_ASKING:
            continue
        draft.title[language] = one.value
        draft.evidence.setdefault("title", []).extend(one.evidence)
        if not sure:
            draft.uncertain[f"title.{language}"] = _question(found)
    if not draft.title:
        draft.missing["title"] = "The text has no headline and gives the event no name. What is its title?"
    if draft.title and all(f"title.{language}" in draft.uncertain for language in draft.title):
        asked = [draft.uncertain.pop(f"title.{language}") for language in draft.title]
        draft.uncertain["title"] = " ".join(dict.fromkeys(asked))


def _put_own_name(reading: Reading, name: Span, draft: Draft) -> None:
    """Fill in what the text calls one of several events."""
    sentence = reading.page.sentence_at(name)
    draft.title[sentence.language if sentence else "en"] = reading.page.quoted(name)
    reason = "what the text calls this event among several"
    draft.evidence["title"] = [Evidence(reading.page.quoted(name), name.start, name.end, reason)]


def titles(reading: Reading) -> dict[str, list[Candidate]]:
    """Return what may be the title in each language, the best first; looked for once in a reading."""
    known: dict[str, list[Candidate]] | None = reading.__dict__.get("_titles")
    if known is None:
        known = {language: candidates(reading, f"title.{language}", _key) for language in LANGUAGES}
        reading.__dict__["_titles"] = known
    return known


def _question(found: list[Candidate]) -> str:
    """Return what is asked where no title is sure."""
    rivals = [each for each in found if found[0].score - each.score < 25 and each.score >= WORTH_ASKING]
    if len(rivals) > 1:
        return f"Which is the title: {' or '.join(f'“{each.value}”' for each in rivals[:3])}?"
    return f"Is “{found[0].value}” the title?"


def _key(title: str) -> str:
    """Return what titles are compared by: their words, but for those that say which kind of event it is."""
    plain = normalise(title)
    for noun in NOUN.values():
        plain = noun.sub(" ", plain)
    bare = re.sub(r"[\W_]+", " ", plain).strip()
    return re.sub(r"^(?:(?:on|about|the|a|an|joint|regional|of|for) )+| (?:on|for|of)$", "", bare) or normalise(title)


@rule("title.en", weight=92, reason="the name in quotation marks")
def _quoted_in_english(reading: Reading) -> Iterator[Found]:
    yield from english.quoted(reading)


@rule("title.zh", weight=92, reason="the name in quotation marks")
def _quoted_in_chinese(reading: Reading) -> Iterator[Found]:
    yield from chinese.quoted(reading)


@rule("title.en", weight=90, reason="what the headline says is held")
def _held_in_english_headline(reading: Reading) -> Iterator[Found]:
    yield from _after_quoted(reading, "en", english.held(reading))


@rule("title.zh", weight=90, reason="what the headline says is held")
def _held_in_chinese_headline(reading: Reading) -> Iterator[Found]:
    yield from _after_quoted(reading, "zh", chinese.held(reading))


@rule("title.en", weight=84, reason="the headline")
def _english_headline(reading: Reading) -> Iterator[Found]:
    if not [*english.held(reading)] and not _names(reading, "en"):
        yield from english.headline(reading)


@rule("title.zh", weight=84, reason="the headline")
def _chinese_headline(reading: Reading) -> Iterator[Found]:
    if not [*chinese.held(reading)] and not _names(reading, "zh"):
        yield from chinese.headline(reading)


@rule("title.en", weight=82, reason="what the text says is held")
def _english_lead(reading: Reading) -> Iterator[Found]:
    yield from _behind_headline(phrases_en.lead(reading), english.headline(reading))


@rule("title.en", weight=82, reason="the first line, which names it with its days")
def _english_opening(reading: Reading) -> Iterator[Found]:
    yield from _behind_headline(phrases_en.opening(reading), english.headline(reading))


@rule("title.zh", weight=84, reason="what the text says is held")
def _chinese_lead(reading: Reading) -> Iterator[Found]:
    yield from _behind_headline(chinese.lead(reading), chinese.headline(reading))


def _names(reading: Reading, language: str) -> list[Found]:
    """Return the names that are believed wholly: those in quotation marks, and those that have a subtitle."""
    quoted = (english if language == "en" else chinese).quoted(reading)
    titled = phrases_en.lead(reading) if language == "en" else iter(())
    return [each for each in quoted if each.weight is None] + [each for each in titled if each.weight]


def _after_quoted(reading: Reading, language: str, found: Iterator[Found]) -> Iterator[Found]:
    """Believe a headline less where a name in quotation marks says another title."""
    names = {_key(each.value) for each in _names(reading, language)}
    for each in found:
        differs = names and _key(each.value) not in names
        yield Found(each.value, each.spans, each.language, 60 if differs else each.weight)


def _behind_headline(found: Iterator[Found], headline: Iterator[Found]) -> Iterator[Found]:
    """Believe the lead less where there is a headline."""
    weight = 50 if next(headline, None) else None
    for each in found:
        yield Found(each.value, each.spans, each.language, each.weight or weight)
