"""What English sentences say is held, and what it is about: “workshop on …”, with where it begins and ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.event_words import ENGLISH_NOUN, HOLD
from eventrec.draft.evidence import Found, Span
from eventrec.draft.mentions.projects import named_at
from eventrec.draft.rules.lead import lead as read_lead
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.draft.reading import Reading

_LEAD: Final = 5
"""Sentences of the body that say what an event is called."""

_LONGEST: Final = 200
"""Characters of a line that names an event with its days."""

NAMED: Final = 90
"""How far it is believed that what an event is about is its name, where it has a subtitle."""

EARLIER: Final = late(
    r"\b(?:follow(?:s|ed|ing|-up)|previous|earlier|last year|prior|built on|builds on|based on|after)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_HOLDS: Final = late(rf"\b{HOLD}\b|\btook place\b|\btakes? place\b")
LATER: Final = late(
    r"\b(?:later (?:this|that|in the) (?:year|month|week)|next (?:year|month)|in the coming|upcoming|forthcoming"
    r"|(?:also|soon) (?:host|hold|organi[sz]e)|(?:plans?|planned|intends?|due|preparing|ahead) (?:to|of|for))\b"
    r"[^.;]{0,160}$",
    re.IGNORECASE,
)
"""What stands before an event that is still to come: “later this year it will host …”."""

_WHOLE_QUOTE: Final = late(r"“[^“”]+”|\"[^\"]+\"|'[^']+'")
ARTICLE: Final = late(
    r"^(?:(?:(?:\w+-|(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) )"
    r"(?:days?|weeks?|months?|hours?)(?:-long)?"
    r"|the|an?|its|their|another|one|two|three|four|five|several|joint|successful|day-long|week-long|(?:full|half)-day)\s)+",
    re.IGNORECASE,
)
_DATE: Final = (
    r"(?:(?:the )?\d{1,2}(?:st|nd|rd|th)?\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March"
    r"|April|May|June|July|August"
    r"|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)"
)
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_DATED: Final = late(rf"(?:,|\s[–—-]|\s\()\s?(?:\d{{1,2}}(?:\s?[–—-]\s?\d{{1,2}})?\s{_MONTH}|{_MONTH}\s\d{{1,2}})\b.*$")
_PEOPLE: Final = (
    r"(?:officials?|officers?|participants?|representatives?|experts?|practitioners?|staff|personnel|delegates?"
    r"|students?|journalists?"
    r"|prosecutors?|judges?|police|guards?|workers?|trainers?|members?|counterparts?|partners?|stakeholders?"
    r"|authorities|countries|agents?|managers?)"
)
_STOP: Final = late(
    r"[,.;:(\[–—]|\s-\s|\s(?i:on|from|between|during|starting|beginning|in|this|last|next|today"
    rf"|yesterday) (?={_DATE}|week|month|year)"
    rf"|\s(?:today|yesterday|tomorrow|this week|last week)\b"
    r"|\s(?:in|at|near) (?=(?:the (?:city|capital|town|premises|headquarters|\w+ (?:city|province|hotel))"
    rf"|[A-Z][\w'-]+(?: [A-Z][\w'-]+){{0,3}}(?:[,.;(]|\s(?:on|from|for|with|and|to|under|today|this|last|between"
    r"|within|as|yesterday|tomorrow|over|during|at|by|where|which|who|was|is|will|held|has|earlier|since|next)\b|\s*$)))"
    r"|\s(?:for|to|with|gathering|targeting|involving) (?=(?:about |around |some |over |more than |nearly |up to "
    rf"|approximately )?(?:\d|[\w-]+ (?:[\w&/-]+ ){{0,5}}{_PEOPLE}\b|{_PEOPLE}\b))"
    r"|\s(?:under|within|as part of|in the framework|in the context|in cooperation|in collaboration|in partnership"
    r"|in coordination|dedicated|designed|through|which|that|where|who|while|after|before|held|organi[sz]ed|hosted"
    r"|attended|aim(?:ed|ing)|bringing|funded|supported|together with|jointly|with|by|attracting"
    r"|co-organi[sz]ed|conducted)\s"
    r"|\s(?:was|were|is|are|will|has|have|had|can|took|takes|brought|brings|opened|opens|began|concluded|ended"
    r"|gathered|kicked)\s"
    r"|\sto (?:strengthen|enhance|improve|discuss|support|help|build|promote|raise|share|exchange|increase|equip"
    r"|address|train|provide|review|explore|develop|present|mark|launch|facilitate|better)\b",
)
_CLAUSE: Final = (
    r"(?:which|who|whose|where|that|with|in|at|on|from|for|by|as|to|while|when|after|before|together|including|and|the"
    r"|an?|its|their|jointly|(?:attend|organi[sz]|host|fund|support|conduct|facilitat|deliver|co-\w)\w*|held|led|run|took"
    r"|bringing|gathering|aiming|aimed|using|involving|targeting|marking|focusing|focusing|covering|featuring"
    r"|attracting|providing|part)\b"
)
"""What begins a clause behind a comma."""

_ITEM: Final = rf"(?!{_CLAUSE})[a-z][\w'-]*(?: (?!{_CLAUSE})[a-z][\w'-]*){{0,3}}"
_ITEMS: Final = late(rf", {_ITEM}(?:, {_ITEM}){{0,4}},? (?:and|or|&) (?!{_CLAUSE})[a-z]")
_NAMES: Final = late(
    r", [A-Z][\w'-]*(?: (?:[A-Z][\w'-]*|of)){0,3}(?:, [A-Z][\w'-]*(?: (?:[A-Z][\w'-]*|of)){0,3}){0,4},? (?:and|&) [A-Z]"
)
"""The rest of an enumeration behind a comma: “on boats, rivers and harbours”."""

_ACRONYM: Final = late(r"\([A-Z]{2}[\w/&-]{0,10}\),? (?:and|&) ")
_CLOSING: Final = late(r"\([A-Z]{2}[\w/&-]{0,10}\)")
_SUBTITLE: Final = late(r":\s(?:[A-Z][\w'’-]*)[\s,]")
_TITLED: Final = late(r"[A-Z][^:]{2,80}: [A-Z]")
"""A name that has a subtitle."""

_INSERTED: Final = late(
    r"(?:\s\([^()]{3,40}\))?(?:,?\s(?:in|at) (?:the )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3}"
    r"(?:, [A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}){0,2},?)?(?=\s(?:on|about|regarding)\s)"
)
"""Days and place between an event and what it is about."""

_ONLY_WHERE: Final = late(r"(?:[\W\d_]|[A-Z][\w'-]*|(?:of|the|to|and|in|at|from|th|st|nd|rd)\b)+")
_YEAR: Final = late(r"\b(?:19|20)\d\d\b")
_TOPIC: Final = late(
    r"\s+(?:on:?|about|regarding|concerning|addressing|in|for|of|dedicated to|devoted to|focus(?:ed"
    r"|ing) on)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_RUN: Final = late(r"\b(?P<name>[A-Z0-9][\w'’–-]* (?:(?:[A-Z0-9][\w'’–-]*|of|and|on|for|the) ){1,10})$")
_HELD_AFTER: Final = late(
    r"(?: \([\w-]+\))?,? (?:(?:is|was|will be|has been) (?:\w+ly )?(?:held|organi[sz]ed|hosted|convened|opened)"
    r"|took place|takes place|will take place|opened|concluded|began|kicked off)\b"
)
_IN_WORDS: Final = late(r" in (?P<words>[A-Z][\w'-]+(?: [A-Z][\w'-]+)*)(?!,)")
_FOR_PEOPLE: Final = late(rf"(?:[\w&/-]+ ){{0,6}}{_PEOPLE}\b")
_BREAK: Final = late(
    rf"(?:^|\s)(?:the|an?|its|their|another|this|first-ever|{HOLD})\s(?!.*(?:^|\s)(?:the|an?|its|their|another|this"
    rf"|{HOLD})\s)",
    re.IGNORECASE,
)


def lead(reading: Reading) -> Iterator[Found]:
    """Yield what the first sentences say that is held, and what it is about: “workshop on …”."""
    text = reading.page.text
    for sentence in read_lead(reading, "en", _LEAD):
        if not _HOLDS.search(reading.page.of(sentence.span)):
            continue
        for noun in ENGLISH_NOUN.finditer(text, sentence.span.start, sentence.span.end):
            left = text[max(sentence.span.start, noun.start() - 160) : noun.start()]
            if _within_project(reading, Span(*noun.span())) or EARLIER.search(left[-120:]) or LATER.search(left):
                continue
            spans = _noun_phrase(reading, sentence.span, noun)
            if spans and not _of_another(noun, reading.page.of(spans[-1])):
                words = " ".join(reading.page.of(each).strip() for each in spans).replace(" on: ", " on ")
                named = _TITLED.match(text, _topic(text, sentence.span, noun)[1], spans[-1].end)
                yield Found(tidy(words), spans, "en", NAMED if named else None)
                return
            if whole := _capitals(text, sentence.span, noun):
                yield Found(tidy(reading.page.of(whole)), (whole,), "en")
                return


def _capitals(text: str, within: Span, noun: re.Match[str]) -> Span | None:
    """Return the name in capitals of what a sentence says is held: “the Second Utopian River Forum took place”."""
    left = _RUN.search(text[max(within.start, noun.start() - 120) : noun.start()])
    if not left or not noun[0][0].isupper():
        return None
    start = noun.start() - len(left["name"])
    held = _HELD_AFTER.match(text, noun.end(), within.end)
    holds = re.search(rf"\b{HOLD} (?:the |its |their |an? )?$", text[max(within.start, start - 40) : start])
    return Span(start, noun.end()) if held or holds else None


def opening(reading: Reading) -> Iterator[Found]:
    """Yield the event that a first line names with its days and place: “Workshop on …, 3-5 May 2031, Utopia City”."""
    for sentence in read_lead(reading, "en", 1):
        words = reading.page.of(sentence.span)
        noun = ENGLISH_NOUN.search(words[:_LONGEST])
        if not noun or _HOLDS.search(words, 0, noun.start()):
            continue
        title = without_days(words)
        if len(title) < len(words) and not _HOLDS.search(title) and len(title.split()) > len(noun[0].split()):
            yield Found(tidy(title), (Span(sentence.span.start, sentence.span.start + len(title)),), "en")


def without_days(words: str) -> str:
    """Return a line that names an event without the days and place at its end: “…, 3-5 May 2031, Utopia City”."""
    noun = ENGLISH_NOUN.search(words[:_LONGEST])
    if not noun or len(words) > _LONGEST or not _YEAR.search(words, noun.end()):
        return words
    cuts = [found.start() for found in re.finditer(r",|\s[–—-]\s|\s\(", words) if found.start() >= noun.end()]
    return next((words[:at] for at in cuts if _ONLY_WHERE.fullmatch(words, at) and _YEAR.search(words, at)), words)


def _of_another(noun: re.Match[str], phrase: str) -> bool:
    """Tell whether a ceremony is that of an event, which has the name: “opening ceremony of the seminar on …”."""
    behind = phrase[phrase.find(noun[0]) + len(noun[0]) :]
    ceremony = noun[0].casefold().endswith(("ceremony", "ceremonies", "celebration"))
    return (ceremony and ENGLISH_NOUN.search(behind) is not None) or behind.count("“") > behind.count("”")


def _topic(text: str, within: Span, noun: re.Match[str]) -> tuple[int, int]:
    """Return where “on …” begins behind an event, and where what it is about does; 0 for none."""
    inserted = _INSERTED.match(text, noun.end(), within.end)
    at = inserted.end() if inserted else noun.end()
    topic = None if _STOP.match(text, at, within.end) else _TOPIC.match(text, at, within.end)
    return (topic.start(), topic.end()) if topic else (0, 0)


def _noun_phrase(reading: Reading, within: Span, noun: re.Match[str]) -> tuple[Span, ...]:
    """Return the words from behind the article to the end of what an event is about; in two where more is between."""
    text = reading.page.text
    behind, topic = _topic(text, within, noun)
    if not topic:
        return ()
    left = text[max(within.start, noun.start() - 80) : noun.start()]
    broken = _BREAK.search(left)
    words = left[broken.end() :] if broken else left
    if len(words.split()) > 6 or re.search(r"[,.;:]", words):
        return ()
    if article := ARTICLE.match(words):
        words = words[article.end() :]
    words = words.lstrip(" “\"'")
    start = noun.start() - len(words)
    end = _end(reading, topic, within.end)
    if not text[topic:end].strip() or end - topic < 4 or text[topic : topic + 1].isdigit():
        return ()
    if re.match(r"\sin\b", text[behind:topic]) and re.fullmatch(r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)?\s*", text[topic:end]):
        return ()
    if re.match(r"\s(?:for|of)\b", text[behind:topic]) and _FOR_PEOPLE.match(text, topic, end):
        return ()
    quoted_too = text[start - 1 : start] in ("“", '"', "'")
    end = topic + len(text[topic:end].rstrip(" ”\"'" if quoted_too else " "))
    return (Span(start, end),) if behind == noun.end() else (Span(start, noun.end()), Span(behind + 1, end))


def _end(reading: Reading, start: int, end: int) -> int:
    """Return where what an event is about ends: not at an acronym in the middle, a subtitle or an enumeration."""
    text, acronym = reading.page.text, False
    for stop in _STOP.finditer(text, start, end):
        at = stop.start()
        titled = text[start].isupper() and bool(_SUBTITLE.match(text, at, end))
        capital = re.search(r"\b[A-Z][\w'-]*$", text[max(start, at - 40) : at])
        listed = _ITEMS.match(text, at, end) or (capital and _NAMES.match(text, at, end))
        if _ACRONYM.match(text, at, end):
            acronym = True
        elif not (titled or listed or (capital and _in_no_place(reading, stop, capital[0]))):
            closing = _CLOSING.match(text, at, end) if acronym else None
            return closing.end() if closing else at
    return end


def _in_no_place(reading: Reading, stop: re.Match[str], before: str) -> bool:
    """Tell whether “in” goes on with what an event is about, in capitals: “Trafficking in River Goods”."""
    run = _IN_WORDS.match(reading.page.text, stop.start())
    if not run or any(each.span.start == run.start("words") for each in reading.places):
        return False
    return before in ("Trafficking", "Traffic", "Trade") or " " in run["words"]


def _within_project(reading: Reading, span: Span) -> bool:
    return named_at(reading.projects, span) is not None


def tidy(words: str) -> str:
    """Return a title without article, quotation marks around it, a date and punctuation at its end."""
    plain = " ".join(_DATED.sub("", words).split()).strip(" ,.;:–—-")
    if _WHOLE_QUOTE.fullmatch(plain):
        plain = plain[1:-1].strip(" ,.")
    return plain.removeprefix("the ").removeprefix("a ")
