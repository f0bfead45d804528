"""Towns that no table has and nothing but “in” and what is held there tells: “opened a workshop in Kara-Suu today”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Span
from eventrec.draft.holding import EVENT_EN, says_held
from eventrec.draft.page import Kind
from eventrec.draft.rules.place.finding import placed
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
_NAME: Final = rf"(?!{_MONTH})[A-ZÀ-Þ][\w'’-]{{2,30}}(?:\s(?!{_MONTH})[A-ZÀ-Þ][\w'’-]{{1,30}}){{0,2}}"
_IN: Final = late(
    rf"\bin\s(?P<name>{_NAME})(?P<beside>,?\s(?:on|from|between)\s(?:\w+day,?\s|the\s)?(?:\d|{_MONTH})|\s(?:today|yesterday"
    r"|this (?:week|morning)|last week)|(?=[.,;)]|\s(?:for|with|to|by|where|and|bringing|gathering)\s))"
)
_STRONG: Final = late(
    r"\b(?:held|took place|takes place|taking place|take place|conducted|organi[sz]ed|hosted|convened|opened|kicked off"
    r"|concluded|gathered|met|meeting|gathering|week|morning|afternoon|today|yesterday|\d{1,2}(?:,?\s\d{4})?|launched)\s$"
)
_WEAK: Final = late(
    rf"\b(?:{EVENT_EN}|officers|officials|judges|prosecutors|police|staff|participants|journalists|students|leaders)\s$",
    re.IGNORECASE,
)
_NO_TOWN: Final = late(
    r"\b(?:[A-Z]{2,}|Europe|Africa|Asia|America|Pacific|Caribbean|Mediterranean|Balkans?|Caucasus|Eurasia|Oceania|Sahel"
    r"|North|South|East|West|English|French|Spanish|Russian|Arabic|Chinese|Portuguese|Phase|Part|Annex|Article|Chapter"
    r"|\w+(?:ment|tion|sion|ing|ity|ance|ence|ics|ology|ies)|Law|Laws|Policy|Data|Rights|Security|Studies|Affairs|Control"
    r"|Health|Science|Skills|Persons|Children|Women|Action|Forum|Council|Union|Nations|States|Countries|Region|Regions"
    r"|Minist\w+|Universit\w+|Institute|Academy|Cent(?:er|re)|Hotel|Project|Programme|Program|Spring|Summer|Autumn|Winter)\b"
)
"""What is held, learnt or spoken of, and no town."""

_FIRST_SENTENCES: Final = 3


@dataclass(frozen=True)
class Town:
    """A name after “in” beside what is held; `strong` where a verb or a day stands beside it as well."""

    name: str
    span: Span
    strong: bool


def find(reading: Reading) -> Sequence[Town]:
    """Return the towns in the first sentences of the body that no table has, in order."""
    known: list[Town] | None = reading.__dict__.get("_towns")
    if known is None:
        known = reading.__dict__["_towns"] = [town for each in _leading(reading) for town in _in(reading, each)]
    return known


def _leading(reading: Reading) -> list[Sentence]:
    body = [each for each in reading.page.sentences if each.kind == Kind.BODY and each.language == "en"]
    return [each for each in body[:_FIRST_SENTENCES] if says_held(reading.page.of(each.span), "en")]


def _in(reading: Reading, sentence: Sentence) -> Iterator[Town]:
    text = reading.page.text
    for found in _IN.finditer(text, sentence.span.start, sentence.span.end):
        span = Span(found.start("name"), found.end("name"))
        if _NO_TOWN.search(found["name"]) or any(each.mention.span.meets(span) for each in placed(reading).places):
            continue
        if any(each.mention.span.start == span.end + 2 and not each.mention.city for each in placed(reading).places):
            continue
        before = text[max(sentence.span.start, found.start() - 40) : found.start()]
        strong = _STRONG.search(before) is not None or (
            found["beside"] is not None and _WEAK.search(before) is not None
        )
        if strong or found["beside"] or _WEAK.search(before):
            yield Town(found["name"], span, strong)
