"""Topics of the book that the text is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.evidence import Evidence
from eventrec.draft.rules.lead import headlines, lead
from eventrec.draft.whole_words import WholeWords

if TYPE_CHECKING:
    from eventrec.draft.occasions import Occasion
    from eventrec.draft.proposal import Draft
    from eventrec.draft.reading import Reading

_LEAD: Final = 4
"""Sentences of the body, in each language, that say what an event is about."""


def fill(reading: Reading, occasion: Occasion, draft: Draft) -> None:
    """Fill in the topics of the book, in its order, that headline or lead name as whole words; none is invented."""
    del occasion
    read = [
        each.span
        for language in reading.page.languages
        for each in headlines(reading, language) + lead(reading, language, _LEAD)
    ]
    words = WholeWords(reading.page.text)
    for topic in dict.fromkeys(reading.gazetteer.topics):
        named = words.find(topic, plural=topic.isascii())
        places = [place for place in named if any(place in span for span in read)]
        if places:
            draft.evidence[f"topics[{len(draft.topics)}]"] = [
                Evidence(reading.page.quoted(span), span.start, span.end, "is a topic of the book") for span in places
            ]
            draft.topics.append(topic)
