from __future__ import annotations

from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.occasions import Occasion
from eventrec.draft.page import lay_out
from eventrec.draft.proposal import Draft
from eventrec.draft.reading import Reading
from eventrec.draft.rules import topics


def drafted(text: str, *known: str) -> Draft:
    draft = Draft()
    topics.fill(Reading(lay_out(text), Gazetteer(topics=known)), Occasion(), draft)
    return draft


def test_topics_are_those_of_the_book_as_whole_words() -> None:
    text = "WXO Talks About River Boats\n\nThe workshop was about returns and river boats. It was about shipping too."

    assert drafted(text, "river boats", "return", "ship", "harbours").topics == ["river boats", "return"]


def test_topics_are_found_in_chinese() -> None:
    assert drafted("国际河流组织举办河流安全研讨会,讨论河流治理。", "河流治理", "港口").topics == ["河流治理"]


def test_topic_that_only_stands_far_down_is_none() -> None:
    lead = "WXO held a workshop. " + "The officers talked about their work. " * 5

    assert drafted(f"{lead}Harbours were named once.", "harbours").topics == []


def test_book_without_topics_has_none() -> None:
    assert drafted("The workshop was about river boats.").topics == []


def test_evidence_is_the_words_of_the_release() -> None:
    text = "The workshop was about River Boats."

    (quoted,) = drafted(text, "river boats").evidence["topics[0]"]

    assert quoted.text == text[quoted.start : quoted.end] == "River Boats"
