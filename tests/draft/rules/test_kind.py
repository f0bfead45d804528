from __future__ import annotations

import pytest

from eventrec.draft.event_words import kind_of
from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.occasions import Occasion
from eventrec.draft.page import lay_out
from eventrec.draft.proposal import Draft
from eventrec.draft.reading import Reading
from eventrec.draft.rules import kind


def drafted(text: str) -> Draft:
    draft = Draft()
    kind.fill(Reading(lay_out(text), Gazetteer()), Occasion(), draft)
    return draft


def sure(text: str) -> str | None:
    draft = drafted(text)
    return None if "kind" in draft.uncertain else draft.kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WXO held a “Workshop on River Safety” in Utopia City.", "workshop"),
        ("WXO organized a two-day seminar on river law in Utopia City.", "workshop"),
        ("WXO hosts three training courses this week in Beijing and Shanghai.", "training"),
        ("A first coordination meeting was held today in Beijing.", "meeting"),
        ("Experts completed a study tour on river law to Norway.", "study-visit"),
        ("The Third Forum on River Data opened in Shanghai.", "conference"),
        ("WXO held consultations on river law with its partners.", "meeting"),
        ("WXO held a roundtable on river law with its partners.", "meeting"),
        ("WXO organized the closing workshop for the Project “Training for Safe Rivers” (TSR).", "workshop"),
        ("A training of trainers on river law was held.", "training"),
        ("国际河流组织在北京举办了河流安全研讨会。", "workshop"),
        ("国际河流组织在北京举办了河流安全培训班。", "training"),
        ("国际河流组织在北京举办了“河流安全”培训。", "training"),
        ("双方在北京召开河流合作工作会议。", "meeting"),
        ("河流安全国际论坛在上海举行。", "conference"),
        ("河流对话支持项目框架下的河流安全研讨会在上海举行。", "workshop"),
    ],
)
def test_kind_is_what_the_text_says_is_held(text: str, expected: str) -> None:
    assert sure(text) == expected


def test_ceremony_is_of_the_kind_that_it_opens() -> None:
    body = "Many officers came to the police college and listened to what was said."

    assert sure(f"Opening Ceremony of the Training on River Law Held in Utopia City\n\n{body}") == "training"
    assert sure(f"Award Ceremony for River Guards Held in Utopia City\n\n{body}") == "other"


def test_title_outweighs_what_the_body_calls_it() -> None:
    text = (
        "WXO Conducts River Safety Training for Border Officers\n\nWXO has begun a one-week training in river safety. "
        "The workshop, held in Utopia City, is the first of its kind."
    )

    assert sure(text) == "training"


def test_what_is_held_outweighs_a_headline_that_says_trains() -> None:
    text = (
        "Utopian officials train in river management\n\nWXO will organize a two-day workshop on river management. "
        "The workshop will be attended by 70 officials."
    )

    assert sure(text) == "workshop"


@pytest.mark.parametrize(
    "text",
    [
        "The officers visited the Training Centre of the Border Service.",
        "WXO spoke about its Clean Rivers Dialogue Project.",
        "参会人员参观了会议中心。",
        "Rivers are long.",
    ],
)
def test_names_of_projects_and_buildings_say_no_kind(text: str) -> None:
    draft = drafted(text)

    assert draft.kind is None
    assert "kind" in draft.missing


GOES_ON = "The officers came from several border services. They spoke about their work at length."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WXO Holds Training for Utopian Officers\n\nWXO organised a workshop to train 20 officers.", "training"),
        ("WXO Conducts Training on River Boats\n\nWXO is hosting a three-day workshop on boats.", "training"),
        ("River Police Learn in Bohn\n\nA delegation visited Ruritania on a study tour in May.", "study-visit"),
        ("River Police Learn in Bohn\n\nWXO held a table-top exercise on boats for 20 officers.", "training"),
        (
            "River Police Learn in Bohn\n\nWXO held a seminar on boats. It thanked the speakers of the roundtable.",
            "workshop",
        ),
        ("Safe Rivers for All in Utopia\n\nWXO and Utopia today launched the Safe Rivers project in Bohn.", "other"),
        ("Project to Protect Rivers Launched in Utopia\n\nWXO and Utopia signed the papers in Bohn.", "other"),
        (
            "River Matters in Bohn Again\n\nThe second Steering Committee of the project met in Bohn on 3 May.",
            "meeting",
        ),
        ("Boats and Bridges in Utopia\n\nOfficials of Utopia and Ruritania met in Bohn to speak of boats.", "meeting"),
        (
            "Utopia Goes to Ruritania\n\nA delegation of the river police visited Ruritania to learn about boats.",
            "study-visit",
        ),
        ("Boats and Bridges in Utopia\n\nWXO, with its partners, trained 30 officers in Bohn in May.", "training"),
        ("安全河流项目在京启动\n\n5月3日,河流组织与外交部在北京启动了安全河流项目。", "other"),
        ("乌有国河流官员来华研修\n\n5月3日至10日,乌有国河流官员研修班在北方大学举办。", "training"),
    ],
)
def test_deeds_and_nouns_together_say_the_kind(text: str, expected: str) -> None:
    more = GOES_ON if text.isascii() else "各方就共同关心的问题进行了讨论。"

    assert sure(f"{text} {more}") == expected


def test_visit_of_a_delegation_without_a_reason_is_a_question() -> None:
    draft = drafted(
        f"Boats and Bridges in Utopia\n\nA delegation of the river police visited Ruritania in May. {GOES_ON}"
    )

    assert (draft.kind, [*draft.uncertain]) == ("study-visit", ["kind"])


def test_kinds_that_differ_are_a_question() -> None:
    draft = drafted(
        "Officers Meet to Talk About Rivers\n\nWXO organized a seminar on river law. "
        "The training is the third of its kind. The training was in Utopia City."
    )

    assert draft.uncertain == {"kind": "Which kind is the event: workshop or training?"}


@pytest.mark.parametrize(
    ("noun", "language", "expected"),
    [
        ("Workshops", "en", "workshop"),
        ("training courses", "en", "training"),
        ("symposia", "en", "conference"),
        ("round-table", "en", "meeting"),
        ("exchange visits", "en", "study-visit"),
        ("launch ceremony", "en", "other"),
        ("座谈会", "zh", "meeting"),
        ("研修班", "zh", "training"),
        ("访问交流", "zh", "study-visit"),
        ("启动仪式", "zh", "other"),
        ("river", "en", None),
    ],
)
def test_noun_means_what_it_means_in_sheets(noun: str, language: str, expected: str | None) -> None:
    assert kind_of(noun, language) == expected
