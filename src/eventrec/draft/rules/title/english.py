"""Where English releases say what an event is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.event_words import ENGLISH_NOUN, HOLD
from eventrec.draft.evidence import Found, Span
from eventrec.draft.mentions.projects import named_at
from eventrec.draft.rules.lead import headlines
from eventrec.draft.rules.lead import lead as read_lead
from eventrec.draft.rules.title.phrases_en import ARTICLE, EARLIER, LATER, tidy, without_days
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.page import Sentence
    from eventrec.draft.reading import Reading

_LEAD: Final = 5
"""Sentences of the body that say what an event is called."""

_MOST_WORDS: Final = 28
_SHORTEST: Final = 3
"""Words of a headline that is a title."""

_THEME: Final = 45
_GUESS: Final = 50
"""How far a theme, and a name that may be another event's, are believed to be the title."""


_QUOTE: Final = late(
    r"“([^“”]{4,240})[”“]|\"([^\"]{4,240})\"|«([^«»]{4,240})»|(?<![\w'])'((?:[^'\"“”]|'(?=\w)){4,240})'(?!\w)"
)
_NOUN: Final = ENGLISH_NOUN.pattern
_BEFORE: Final = late(
    rf"(?:{_NOUN})[,:]?(?: (?:held |organi[sz]ed )?(?:on|about|entitled|titled|called|named|dubbed|under the (?:title"
    r"|name)(?: of)?|with the title|in|for|addressing|regarding))*"
    r"(?: the)?[,:]?\s*$",
    re.IGNORECASE,
)
_NAMED: Final = late(r"\b(?:entitled|titled|called|named|dubbed)[,:]?(?: the)?\s*$", re.IGNORECASE)
_HELD_BEFORE: Final = late(rf"\b{HOLD}\b[^“\"]{{0,60}}$", re.IGNORECASE)
_HELD_AFTER: Final = late(
    r",?\s(?:is|was|were|will be|has been)\s(?:\w+ly\s)?(?:held|organi[sz]ed|conducted|hosted|convened|launched"
    r"|opened)\b"
    r"|\s(?:took|takes|will take) place\b|\s(?:opened|concluded|began)\b"
)
_PART_NOUN: Final = late(r"(?:panel|session|lecture|round-? ?table|briefing|talk|presentation)s?", re.IGNORECASE)
_PART: Final = late(
    rf"\b{_PART_NOUN.pattern}(?: discussions?)?,? (?:(?:on|about|entitled|titled|called|named) )?$", re.IGNORECASE
)
_PART_AFTER: Final = late(rf"\s(?:[\w-]+ )?{_PART_NOUN.pattern}\b", re.IGNORECASE)
_THEMED: Final = late(r"\b(?:theme(?: of)?|themed|topic|motto|slogan|focus(?:ed|ing)? on)[,:]?\s*$", re.IGNORECASE)
_AFTER: Final = late(rf"\s*(?:[–—:-]\s)?(?:\([A-Z][\w-]*\) )?(?:[\w-]+ ){{0,2}}(?:{_NOUN})", re.IGNORECASE)
_SPEECH: Final = late(r"[.!?,]$|\b(?:I|we|our|my)\b|[.!?] [A-Z]")

_SAYS: Final = (
    r"(?:said|says?|added|adds|noted|notes|stated|stressed|explained|remarked|emphasi[sz]ed|commented|told|concluded)"
)
_SAID: Final = late(rf"\s*(?:[\w.-]+\s){{0,7}}?{_SAYS}\b", re.IGNORECASE)
_SAYING: Final = late(rf"\b{_SAYS}(?: that)?[:,]?\s*$", re.IGNORECASE)

_SURELY_HOLD: Final = r"(?:co-?)?(?:organi[sz]e[sd]?|host(?:s|ed)?|convene[sd]?)|holds?|held|launch(?:es|ed)"
_MAYBE_HOLD: Final = (
    r"conduct(?:s|ed)?|deliver(?:s|ed)?|runs?|ran|provide[sd]?|facilitate[sd]?|complete[sd]?|conclude[sd]?|opens?"
    r"|opened"
    r"|kicks? off|begins?|began|starts?|attends?|attended|joins?|joined|participate[sd]? in|takes? part in|wraps? up"
    r"|leads?|led"
)
_ACTIVE: Final = late(
    rf"^(?P<who>.{{2,200}}?)[,]?\s(?:to\s|will\s|jointly\s|successfully\s|has\s"
    rf"|have\s){{0,2}}(?:(?P<hold>{_SURELY_HOLD})|(?P<maybe>{_MAYBE_HOLD}))\s(?P<what>.+)$",
    re.IGNORECASE,
)
_PASSIVE: Final = late(
    r"^(?P<what>.+?)\s(?:(?:is|was|are|were|to be|being|has been|have been|successfully|officially|formally)\s){0,3}"
    r"(?:held|organi[sz]ed|conducted|hosted|convened|concludes?|concluded|kicks? off|kicked off|opens?|opened|begins?"
    r"|began|takes? place"
    r"|took place|starts?|started|launched|launches|wraps? up|wrapped up|ends?|ended|commences?|commenced|completed"
    r"|brings|brought|gathers?|underway)\b",
    re.IGNORECASE,
)
_IN_CITY: Final = late(r" (?:held )?in (?P<city>[A-Z][\w' -]{2,30})$")
_PROJECT: Final = late(r"\b(?:project|programme|program|initiative)s?\W*$", re.IGNORECASE)
_ALSO: Final = late(
    r"(?:,| and|, and) (?:calls?|urges?|discuss(?:es)?|highlights?|reaffirms?|stress(?:es)?|seeks?|aims?|vows?|pledges?"
    r"|marks?|brings?|draws?"
    r"|strengthens?|promotes?|enhances?|explores?|shares?|agrees?)\s.*$",
    re.IGNORECASE,
)
"""What somebody does beside holding an event, at the end of a headline."""

_ON: Final = late(r"\s(?:on|about|regarding)\b", re.IGNORECASE)
_LABEL: Final = late(
    r"^(?:(?:joint )?(?:press|media|news) (?:release|statement|note|advisory)|press|news|story|feature)"
    r"\s*(?:[:|]|\s[–—-])\s*",
    re.IGNORECASE,
)
"""What stands before a headline and says what kind of text it is."""

_SITE: Final = late(
    r"\s*(?:\|.{1,60}|\s[–—-]\s(?:Xinhua|China Daily|Global Times|CGTN|People's Daily|ReliefWeb|EEAS|IOM|UNODC|UNHCR"
    r"|ILO|OSCE|[\w. ]{1,30}"
    r"(?:News|Website|\.\w{2,3}))\W*)$"
)
"""The name of the site behind a headline."""

_AUDIENCE: Final = late(r"\bfor\b", re.IGNORECASE)


def quoted(reading: Reading) -> Iterator[Found]:
    """Yield names in quotation marks that stand by a word for an event, or hold one."""
    text = reading.page.text
    for sentence in _first(reading):
        for quote in _QUOTE.finditer(text, sentence.span.start, sentence.span.end):
            group = next(at for at in range(1, 5) if quote[at])
            span = Span(*quote.span(group))
            weight = _as_name(reading, sentence, quote, quote[group])
            if weight:
                title = text[span.start : span.end].rstrip(" ,.;")
                yield Found(
                    tidy(title), (Span(span.start, span.start + len(title)),), "en", weight if weight < 90 else None
                )


def _as_name(reading: Reading, sentence: Sentence, quote: re.Match[str], words: str) -> int:
    """Return how far quoted words are believed to be the name of an event; 0 for speech, projects and the like."""
    text = reading.page.text
    span = Span(*quote.span())
    if (
        len(words.split()) > _MOST_WORDS
        or len(words.split()) < 2
        or ((project := named_at(reading.projects, span)) and project.quoted)
    ):
        return 0
    left = text[max(sentence.span.start, quote.start() - 120) : quote.start()]
    if _SAYING.search(left) or (words[-1] in ",." and _SAID.match(text, quote.end(), sentence.span.end)):
        return 0
    if _THEMED.search(left):
        return _THEME
    if EARLIER.search(left) or LATER.search(left) or _is_part(reading, sentence, quote):
        return _GUESS
    noun = ENGLISH_NOUN.search(words)
    if _SPEECH.search(words) and not _BEFORE.search(left) and not re.search(r"\w,$", words):
        return 0
    if _BEFORE.search(left) or (_NAMED.search(left) and noun):
        return 92
    if _AFTER.match(text, quote.end(), sentence.span.end):
        return 92
    if noun and words[0].isupper():
        held_after = _HELD_AFTER.match(text, quote.end(), sentence.span.end)
        return 92 if held_after or _HELD_BEFORE.search(left) else _GUESS
    return 0


def _is_part(reading: Reading, sentence: Sentence, quote: re.Match[str]) -> bool:
    """Tell whether quoted words name a session or round table of the event that the text began with."""
    text = reading.page.text
    before = _PART.search(text[max(sentence.span.start, quote.start() - 40) : quote.start()])
    if not (before or _PART_AFTER.match(text, quote.end(), sentence.span.end)):
        return False
    first = next(iter(read_lead(reading, "en", 1)), sentence)
    said = ENGLISH_NOUN.search(text, first.span.start, min(first.span.end, quote.start()))
    return said is not None and not _PART_NOUN.fullmatch(said[0])


def held(reading: Reading) -> Iterator[Found]:
    """Yield what a headline says that somebody holds, or that is held."""
    for start, words in _titles(reading):
        what = _object(words) or _subject(words)
        if not what:
            continue
        start, title = start + what[0], what[1]
        title = _without_city(reading, start, title)
        yield Found(tidy(title), (Span(start, start + len(title)),), "en")


def _without_city(reading: Reading, start: int, title: str) -> str:
    """Return what is held without the city at its end: “Workshop on Rivers in Utopia City”."""
    found = _IN_CITY.search(title)
    if not found:
        return title
    span = Span(start + found.start("city"), start + found.end("city"))
    return title[: found.start()] if any(each.city and each.span == span for each in reading.places) else title


def headline(reading: Reading) -> Iterator[Found]:
    """Yield the headline as it stands."""
    for start, line in _titles(reading):
        words = without_days(line)
        yield Found(tidy(words), (Span(start, start + len(words)),), "en")


def _object(words: str) -> tuple[int, str] | None:
    """Return what is held in “… organizes X”, and where in the headline it begins."""
    found = _ACTIVE.match(words)
    if not found:
        return None
    what, start = found["what"], found.start("what")
    noun = ENGLISH_NOUN.search(what)
    if not noun or _of_project(what) or (ENGLISH_NOUN.search(found["who"]) and not found["hold"]):
        return None
    if found["maybe"] and (_AUDIENCE.search(what, noun.end()) or not _ON.match(what, noun.end())):
        return None
    if article := ARTICLE.match(what):
        what, start = what[article.end() :], start + article.end()
    return _told(start, what)


def _subject(words: str) -> tuple[int, str] | None:
    """Return what is held in “X held in …”, from the beginning of the headline."""
    found = _PASSIVE.match(words)
    if not found or not ENGLISH_NOUN.search(found["what"]) or _of_project(found["what"]):
        return None
    article = ARTICLE.match(found["what"])
    start = article.end() if article else 0
    return _told(start, found["what"][start:])


def _of_project(what: str) -> bool:
    """Tell whether the noun of an event only stands in the name of a project: “Dialogue on Rivers Support Project”."""
    nouns = [*ENGLISH_NOUN.finditer(what)]
    if not _PROJECT.search(what) or nouns[-1].end() >= len(what.rstrip(" .")):
        return False
    return not any(re.match(r"\s(?:of|for)\s", what[noun.end() :]) for noun in nouns)


def _told(start: int, what: str) -> tuple[int, str] | None:
    """Return a title without the place at its end; none where nothing but the kind of event is said."""
    what = _ALSO.sub("", what)
    what = re.sub(r"\s(?:held )?in [A-Z][\w'-]+(?:, [A-Z][\w' -]+)$", "", what)
    bare = ENGLISH_NOUN.sub(" ", what).split()
    return (start, what) if len([word for word in bare if len(word) > 2]) >= 2 else None


def _titles(reading: Reading) -> Iterator[tuple[int, str]]:
    """Yield where the first headline that is long enough to be a title begins, and its words."""
    for sentence in headlines(reading, "en"):
        words = _SITE.sub("", reading.page.of(sentence.span).rstrip())
        label = _LABEL.match(words)
        words, start = words[label.end() :] if label else words, sentence.span.start + (label.end() if label else 0)
        if len(words.split()) >= _SHORTEST:
            yield start, words
            return


def _first(reading: Reading) -> list[Sentence]:
    """Return the headlines and the first sentences of the body."""
    return headlines(reading, "en") + read_lead(reading, "en", _LEAD)
