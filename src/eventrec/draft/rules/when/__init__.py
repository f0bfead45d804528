"""On which days it was."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from eventrec.draft.choosing import candidates
from eventrec.draft.evidence import SURE, WORTH_ASKING, Candidate, Evidence, Span
from eventrec.draft.holding import ENDS, STARTS, is_quoted, says_holding
from eventrec.draft.mentions import days
from eventrec.draft.rules.when import durations, years
from eventrec.draft.rules.when.finding import When, dated, value
from eventrec.text.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.draft.mentions.days import Day
    from eventrec.draft.occasions import Occasion
    from eventrec.draft.proposal import Draft
    from eventrec.draft.reading import Reading
    from eventrec.draft.rules.when.durations import Duration

_NEAR: Final = 25
_WORTH_RIVALLING: Final = 60
_NEARBY: Final = 90
_LANGUAGES: Final = {"en": "English", "zh": "Chinese"}


def fill(reading: Reading, occasion: Occasion, draft: Draft) -> None:
    """Fill first and last day, or what is said instead of them."""
    if occasion.days is not None:
        chosen, sure = _of_occasion(reading, occasion), occasion.days.other is None
    else:
        chosen, sure = _choose(reading, draft)
    if chosen is None:
        _say_nothing_found(reading, draft)
        return
    when, evidence = chosen.value, list(chosen.evidence)
    when = _with_duration(reading, when, evidence, draft, several=occasion.days is not None)
    if not sure:
        draft.uncertain["starts_on"] = _question(reading, when, chosen.evidence)
    draft.evidence["starts_on"] = evidence
    _write(reading, when, evidence, draft)


def _question(reading: Reading, when: When, evidence: Sequence[Evidence]) -> str:
    """Return what is asked: the days, and what their figures may mean as well."""
    turned = _turned(reading, evidence)
    return f"Was it {say(when)} or {say(turned)}?" if turned and turned != when else f"Was it {say(when)}?"


def _turned(reading: Reading, evidence: Sequence[Evidence]) -> When | None:
    """Return the other reading of figures like 03/04, where no other words say the same days."""
    read = {Span(each.start, each.end) for each in evidence}
    mentions = [each for each in reading.days if each.span in read]
    others = [each.other for each in mentions if each.other]
    return When(*others[0]) if others and len(others) == len(mentions) else None


def say(when: When) -> str:
    """Return days in words, with the year only where it is said: 3 – 4 November."""
    parts = [_say(each) for each in dict.fromkeys((when.first, when.last))]
    return " – ".join(parts)


def _say(day: Day) -> str:
    year = "" if day.year is None else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def _of_occasion(reading: Reading, occasion: Occasion) -> Candidate | None:
    mention = occasion.days
    if mention is None:
        return None
    spans = (mention.span, mention.borrowed) if mention.borrowed else (mention.span,)
    reason = "is the day of this event among several"
    evidence = tuple(Evidence(reading.page.quoted(span), span.start, span.end, reason) for span in spans)
    return Candidate(value(mention), evidence, SURE)


def _choose(reading: Reading, draft: Draft) -> tuple[Candidate | None, bool]:
    """Return the best candidate, and whether it is an answer; a day within a range that is found too speaks for it."""
    ranked = _joined([each for each in candidates(reading, "starts_on") if each.score >= WORTH_ASKING])
    if not ranked:
        return None, False
    chosen = ranked[0]
    rivals = [each for each in ranked[1:] if each.score >= chosen.score - _NEAR]
    agree = _languages_agree(ranked, draft)
    return chosen, chosen.sure and not rivals and agree and _turned(reading, chosen.evidence) is None


def _joined(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Join each candidate to the better or wider one that says the same and more."""
    kept: list[Candidate] = []
    for each in sorted(ranked, key=lambda one: (-(_span_of(one) > 1 and one.score >= _WORTH_RIVALLING), -one.score)):
        at = next((at for at, other in enumerate(kept) if _says_as_much(other.value, each.value)), None)
        if at is None:
            kept.append(each)
        else:
            kept[at] = _both(kept[at], each)
    return sorted(kept, key=lambda one: -one.score)


def _span_of(candidate: Candidate) -> int:
    when: When = candidate.value
    return days.length(when.first, when.last)


def _both(one: Candidate, other: Candidate) -> Candidate:
    score = round(100 - (100 - one.score) * (100 - other.score) / 100)
    evidence = tuple(dict.fromkeys((*one.evidence, *other.evidence)))
    return Candidate(one.value, evidence, score, one.languages | other.languages)


def _says_as_much(wide: When, narrow: When) -> bool:
    """Tell whether the days of one lie within those of the other, as far as both say their years."""
    known = [each.year for each in (wide.first, narrow.first) if each.year is not None]
    if len(known) == 2 and known[0] != known[1] and wide.last.year != known[1]:
        return False
    year = known[0] if known else None
    ends = [each.within(year) for each in (wide.first, wide.last, narrow.first, narrow.last)]
    if not all(each.exists for each in ends):
        return False
    first, last, start, end = (each.on() for each in ends)
    return first <= start and end <= last


def _languages_agree(ranked: Sequence[Candidate], draft: Draft) -> bool:
    """Tell whether the best of each language are one; where they are not, say so."""
    best: dict[str, Candidate] = {}
    for each in ranked:
        for language in each.languages:
            if each.score >= _WORTH_RIVALLING:
                best.setdefault(language, each)
    said = {language: each.value for language, each in best.items()}
    if len(said) < 2 or len(set(said.values())) == 1:
        return True
    words = " and ".join(f"the {_LANGUAGES.get(one, one)} text says {say(when)}" for one, when in sorted(said.items()))
    draft.disagreements.append(f"{words[0].upper()}{words[1:]}.")
    return False


def _with_duration(reading: Reading, when: When, evidence: list[Evidence], draft: Draft, *, several: bool) -> When:
    """Return the days with the last one that “two-day” gives; what cannot be counted is asked."""
    said = _durations(reading, evidence)
    lengths = {each.days for each in said}
    if not said or len(lengths) > 1 or several:
        if when.first == when.last and _ends_then(reading, evidence):
            draft.uncertain.setdefault("starts_on", f"It ended on {say(when)}. On which day did it start?")
        return when
    duration = said[0]
    counted = len(when.days) or days.length(when.first, when.last)
    if counted > 1 or duration.days == 1:
        if duration.exact and counted != duration.days:
            words = reading.page.quoted(duration.span)
            draft.uncertain.setdefault("ends_on", f"“{words}” is not {say(when)}. Which days were it?")
        return when
    evidence.append(_quoted(reading, duration, "is how long it lasts"))
    ends = _ends_then(reading, evidence[:-1])
    if not duration.exact:
        words = reading.page.quoted(duration.span)
        draft.uncertain.setdefault(
            "starts_on" if ends else "ends_on",
            f"“{words}” is no number of days. On which day did it {'start' if ends else 'end'}?",
        )
        return when
    if ends:
        return When(when.last.later(1 - duration.days), when.last)
    if any(each.mention.length > 1 for each in dated(reading).dates):
        words = reading.page.quoted(duration.span)
        draft.uncertain.setdefault("ends_on", f"“{words}” is not {say(when)}. Which days were it?")
        return when
    return When(when.first, when.first.later(duration.days - 1))


def _quoted(reading: Reading, duration: Duration, reason: str) -> Evidence:
    return Evidence(reading.page.quoted(duration.span), duration.span.start, duration.span.end, reason)


def _durations(reading: Reading, evidence: Sequence[Evidence]) -> list[Duration]:
    """Return the durations that are the event's: in a sentence with its date, else in one of the first."""
    found = list(durations.find(reading.page))
    at = {
        index
        for index, each in enumerate(reading.page.sentences)
        for quoted in evidence
        if each.span.start <= quoted.start < each.span.end
    }
    beside = [each for each in found if each.sentence in at]
    firsts = _first_sentences(reading)
    return beside or [each for each in found if each.sentence in firsts]


def _first_sentences(reading: Reading) -> set[int]:
    """Return the places of the first five sentences of each language."""
    seen: dict[str, int] = {}
    firsts = set()
    for at, each in enumerate(reading.page.sentences):
        seen[each.language] = seen.get(each.language, 0) + 1
        if seen[each.language] <= 5:
            firsts.add(at)
    return firsts


def _ends_then(reading: Reading, evidence: Sequence[Evidence]) -> bool:
    """Tell whether the words around the date, or around “today”, say that the event ended, and not that it began."""
    return any(_ends_at(reading, each) for each in evidence)


def _ends_at(reading: Reading, evidence: Evidence) -> bool:
    sentence = reading.page.sentence_at(Span(evidence.start, evidence.end))
    if sentence is None:
        return False
    start = max(sentence.span.start, evidence.start - _NEARBY)
    around = reading.page.text[start : min(sentence.span.end, evidence.end + _NEARBY)]
    around = around[around.rfind(";", 0, evidence.start - start) + 1 :].partition(";")[0]
    return ENDS.search(around) is not None and STARTS.search(around) is None


def _write(reading: Reading, when: When, evidence: Sequence[Evidence], draft: Draft) -> None:
    if when.days and not all(one.later(1) == other for one, other in pairwise(when.days)):
        draft.date_note = evidence[0].text
    open_end = "ends_on" in draft.uncertain
    if when.first.year is None or when.last.year is None:
        ends = dict.fromkeys((when.first.written, when.last.written))
        draft.partial_date = "/".join(ends)
        said = next((each.text for each in evidence if any(map(str.isdigit, each.text))), evidence[0].text)
        hints = years.hints(reading, [])
        draft.missing["starts_on"] = " ".join((f"“{said}” does not say its year.", *hints, "Which year was it?"))
        return
    draft.starts_on = when.first.written
    if not (open_end and when.first == when.last):
        draft.ends_on = when.last.written


def _say_nothing_found(reading: Reading, draft: Draft) -> None:
    """Note the words that stand instead of a day, what is no day, and what hints at it."""
    note = _note(reading)
    if note:
        draft.date_note = note.text
        draft.evidence["date_note"] = [note]
    wrong = [f"“{reading.page.quoted(each.span)}” is no day." for each in days.impossible(reading)]
    said = f"The text says “{note.text}” and no day." if note else "The text says no day of the event."
    draft.missing["starts_on"] = " ".join((*wrong, said, *years.hints(reading, []), "When was it?"))


def _note(reading: Reading) -> Evidence | None:
    """Return the first word for a time in a sentence that says something is held, and is not somebody's speech."""
    for word in dated(reading).words:
        sentence = reading.page.sentence_at(word.span)
        if sentence is None or is_quoted(reading.page.text[sentence.span.start : word.span.start]):
            continue
        if says_holding(reading.page.of(sentence.span), sentence.language):
            return Evidence(reading.page.quoted(word.span), word.span.start, word.span.end, "says when, without a day")
    return None
