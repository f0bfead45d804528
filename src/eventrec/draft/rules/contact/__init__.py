"""Whom to ask: the first person that the release names after “For more information, contact”, and how to reach them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from eventrec.draft.choosing import candidates
from eventrec.draft.evidence import SURE, WORTH_ASKING, Found, Span
from eventrec.draft.rule import rule
from eventrec.draft.rules.contact import triggers
from eventrec.draft.rules.contact.joining import choose, person_of
from eventrec.draft.rules.contact.known import recognise
from eventrec.draft.rules.contact.phrases.words import ACRONYMS
from eventrec.draft.rules.contact.told import is_whole, told_of
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eventrec.draft.occasions import Occasion
    from eventrec.draft.proposal import Draft, Person
    from eventrec.draft.reading import Reading
    from eventrec.draft.rules.contact.triggers import Trigger

_MOST: Final = 30
"""How many invitations to ask are looked at; a release has one or two."""

_DEFINED: Final = late(r"\(([A-Z][A-Z\-]{1,11})[.)]")


@rule("contact", weight=90, reason="named after an invitation to ask")
def _asked_for_more(reading: Reading) -> Iterator[Found]:
    yield from _people(reading, triggers.asked_for_more(reading.page))


@rule("contact", weight=90, reason="named after an invitation to ask")
def _asked_for_more_in_chinese(reading: Reading) -> Iterator[Found]:
    yield from _people(reading, triggers.asked_for_more_in_chinese(reading.page))


@rule("contact", weight=90, reason="stands under “contact”")
def _labelled(reading: Reading) -> Iterator[Found]:
    yield from _people(reading, triggers.labels(reading.page))


def _people(reading: Reading, found: Iterable[Trigger]) -> Iterator[Found]:
    """Return the people of the block after each trigger."""

    def is_office(span: Span) -> bool:
        first = reading.page.of(span).split()[0]
        rest = Span(span.start + len(first) + 1, span.end)
        return any(span in place.span or (first.isupper() and rest in place.span) for place in reading.places)

    acronyms: set[str] | None = None
    for trigger in islice(found, _MOST):
        from eventrec.draft.rules.contact.blocks import read_block  # not every release names whom to ask

        acronyms = acronyms or _acronyms(reading)
        for person in read_block(reading.page, trigger.end, trigger.language, acronyms, is_office):
            if person.name or person.reached:
                told = told_of(reading.page, person)
                yield Found(told, person.spans, trigger.language, min(trigger.weight, told.weight))


def _acronyms(reading: Reading) -> set[str]:
    """Return what is no name of a person although it is written like one."""
    codes = {each.code for each in reading.gazetteer.agencies if each.code}
    codes |= {each.code for each in reading.organisations if each.code}
    short = {name for each in reading.organisations for name in each.names.values() if name.isupper()}
    return {*ACRONYMS, *_DEFINED.findall(reading.page.text), *codes, *short}


def fill(reading: Reading, occasion: Occasion, draft: Draft) -> None:
    """Propose whom to ask, what is doubtful about it, and who else is named."""
    del occasion
    found = candidates(reading, "contact", same=lambda told: told.identity)
    chosen = choose([each for each in found if each.score >= WORTH_ASKING])
    if chosen is None:
        return
    draft.contact = person_of(reading, chosen, draft)
    draft.evidence["contact"] = list(chosen.evidence)
    question = _who(draft.contact)
    if question and chosen.score > SURE:
        draft.uncertain["contact.name"] = question
    elif question or chosen.score < SURE:
        named = " / ".join(draft.contact.name.values())
        draft.uncertain["contact"] = question or f"Is {named} the one to ask?"
    draft.disagreements += chosen.disagreements
    recognise(reading, draft)


def _who(person: Person) -> str | None:
    """Return the question for a name that is not there or is half of one; how to reach somebody may be plain."""
    if not person.name:
        return f"The text names nobody to ask, only “{person.email or person.phone or '?'}”. Who is it?"
    if any(map(is_whole, person.name.values())):
        return None
    if "zh" in person.name:
        said = f"{person.name['zh']}{person.honorific or ''}"
    else:
        said = " ".join(filter(None, (person.honorific, *person.name.values())))
    return f"The text has only “{said}”. What is the whole name?"
