from __future__ import annotations

import time

import pytest
from tests.draft.rules.parties.bracketed import answers, draft_of, read

from eventrec.draft.evidence import Span
from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.mentions.organisations import Organisation, OrganisationMention
from eventrec.draft.occasions import Occasion
from eventrec.draft.page import lay_out
from eventrec.draft.proposal import Draft
from eventrec.draft.reading import Reading
from eventrec.draft.rules import parties


def reading_of(text: str, *organisations: Organisation) -> Reading:
    reading = Reading(lay_out(text), Gazetteer())
    reading.__dict__["organisations"] = organisations
    return reading


def mention(text: str, words: str, language: str) -> OrganisationMention:
    at = text.index(words)
    return OrganisationMention(Span(at, at + len(words)), language, words)


def filled(reading: Reading, **given: object) -> Draft:
    draft = Draft()
    for name, value in given.items():
        setattr(draft, name, value)
    parties.fill(reading, Occasion(), draft)
    return draft


def test_organizers_stand_first_and_the_others_in_the_order_of_the_text() -> None:
    draft = draft_of(
        read(
            "The {Harbour Bureau} and the {Port Museum} attended a workshop that was organized by the {Reef Institute}."
        )
    )
    assert [party.name["en"] for party in draft.agencies] == ["Reef Institute", "Harbour Bureau", "Port Museum"]


def test_an_agency_that_organizes_and_attends_is_listed_once_as_organizer() -> None:
    draft = draft_of(read("The {Reef Institute} held a workshop. The {Reef Institute} and the {Port Museum} attended."))
    assert [(party.name["en"], party.role) for party in draft.agencies] == [
        ("Reef Institute", "organizer"),
        ("Port Museum", "participant"),
    ]


def test_each_agency_has_its_words_as_evidence() -> None:
    text = "The workshop was attended by the Port Museum. It was a fine day for all who had come from afar."
    museum = Organisation({"en": "Port Museum"}, (mention(text, "Port Museum", "en"),), belief=95)
    (evidence,) = filled(reading_of(text, museum)).evidence["agencies[0]"]
    assert evidence.text == "attended by the Port Museum"
    assert text[evidence.start : evidence.end] == evidence.text
    assert evidence.reason == "takes part in it (participant)"


def test_both_languages_make_one_agency() -> None:
    text = (
        "The Reef Institute held a workshop in Suva on the care of reefs.\n\n"
        "珊瑚研究所在苏瓦举办了珊瑚保护研讨会,各方交流了经验。"
    )
    mentions = (mention(text, "Reef Institute", "en"), mention(text, "珊瑚研究所", "zh"))
    draft = filled(reading_of(text, Organisation({"en": "Reef Institute", "zh": "珊瑚研究所"}, mentions)))
    (party,) = draft.agencies
    assert party.name == {"en": "Reef Institute", "zh": "珊瑚研究所"}
    assert party.role == "organizer"
    assert {each.text for each in draft.evidence["agencies[0]"]} >= {"Reef Institute held"}


def test_a_double_in_the_second_language_is_told_and_not_listed() -> None:
    text = "珊瑚研究所在苏瓦举办了珊瑚保护研讨会,各方交流了经验。"
    double = Organisation({"zh": "珊瑚研究所"}, (mention(text, "珊瑚研究所", "zh"),), doubled=True)
    draft = filled(reading_of(text, double))
    assert not draft.agencies
    assert "珊瑚研究所" in draft.disagreements[0]


def test_a_name_that_is_hardly_recognised_is_a_question() -> None:
    text = "The workshop was attended by the Coral Circle. It was a fine day for all who had come from afar."
    circle = Organisation({"en": "Coral Circle"}, (mention(text, "Coral Circle", "en"),), belief=40, why="is a guess")
    draft = filled(reading_of(text, circle))
    assert [party.name["en"] for party in draft.agencies] == ["Coral Circle"]
    assert "Coral Circle" in draft.uncertain["agencies[0]"]


def test_an_agency_of_the_book_keeps_its_number_and_code() -> None:
    text = "The workshop was attended by the Port Museum. It was a fine day for all who had come from afar."
    museum = Organisation({"en": "Port Museum"}, (mention(text, "Port Museum", "en"),), code="PM", known=7, belief=99)
    (party,) = filled(reading_of(text, museum)).agencies
    assert (party.known, party.code) == (7, "PM")


@pytest.mark.parametrize(
    ("group", "listed"),
    [
        ("government agencies", False),
        ("other partners", False),
        ("various ministries", False),
        ("Norland border services", True),
        ("Embassies of Norland", True),
    ],
)
def test_a_collective_that_may_be_anybody_is_left_out(group: str, listed: bool) -> None:
    text = f"The workshop was attended by {group}. It was a fine day for all who had come from afar."
    organisation = Organisation({"en": group}, (mention(text, group, "en"),), group=True, belief=70)
    assert [party.group for party in filled(reading_of(text, organisation)).agencies] == [True] * listed


def test_a_collective_named_in_both_languages_is_an_answer() -> None:
    text = (
        "Other Norland experts joined the workshop online, as they had hoped to.\n\n"
        "其他北国专家在线参加了此次研讨会,各方交流了经验。"
    )
    mentions = (mention(text, "Other Norland experts", "en"), mention(text, "其他北国专家", "zh"))
    experts = Organisation({"en": "Other Norland experts", "zh": "其他北国专家"}, mentions, group=True, belief=60)
    draft = filled(reading_of(text, experts))
    assert [(party.modality, party.group) for party in draft.agencies] == [("online", True)]
    assert not draft.uncertain


def test_people_described_by_their_agencies_are_no_party_of_their_own() -> None:
    text = "The workshop was attended by Norland experts from the Port Museum. It was a fine day for all who came."
    experts = Organisation({"en": "Norland experts"}, (mention(text, "Norland experts", "en"),), group=True, belief=70)
    museum = Organisation({"en": "Port Museum"}, (mention(text, "Port Museum", "en"),), belief=95)
    assert [party.name["en"] for party in filled(reading_of(text, experts, museum)).agencies] == ["Port Museum"]


def test_a_supporter_that_is_a_donor_is_no_party() -> None:
    text = "The workshop was supported by the Port Museum. It was a fine day for all who had come from afar."
    museum = Organisation({"en": "Port Museum"}, (mention(text, "Port Museum", "en"),), belief=95)
    assert filled(reading_of(text, museum)).agencies
    assert not filled(reading_of(text, museum), donors=["port museum"]).agencies


def test_a_supporter_of_another_country_is_a_question() -> None:
    text = "The workshop was supported by the Port Museum. It was a fine day for all who had come from afar."
    museum = Organisation({"en": "Port Museum"}, (mention(text, "Port Museum", "en"),), belief=95, country="NO")
    assert not filled(reading_of(text, museum), country="NO").uncertain
    assert "agencies[0]" in filled(reading_of(text, museum), country="FJ").uncertain


def test_a_party_said_to_be_in_the_room_and_online_is_asked_about() -> None:
    draft = draft_of(read("The {Port Museum} attended in person. The {Port Museum} joined the meeting online."))
    (party,) = draft.agencies
    assert party.modality is None
    assert "agencies[0].modality" in draft.uncertain


@pytest.mark.parametrize("quote", ["“{} attended the workshop,” he said.", '"{} organized a workshop", he said.'])
def test_what_somebody_says_in_a_quotation_is_not_what_the_release_says(quote: str) -> None:
    assert not draft_of(read(quote.format("The {Port Museum}"))).agencies


def test_what_is_told_of_another_year_is_not_the_event() -> None:
    text = "In 2019 the {Port Museum} held a workshop. The {Reef Institute} held a workshop in 2024."
    assert list(answers(draft_of(read(text), starts_on="2024-03-02"))) == ["Reef Institute"]


@pytest.mark.parametrize(
    "text",
    [
        "{Port Museum} held " * 4000,
        "{Port Museum}, " * 6000,
        "officials from the {Port Museum} and " * 3000,
        "来自{珊瑚研究所}、" * 4000,
        "“" * 60_000,
        "33 national " * 20_000,
        "with the support of " * 10_000,
    ],
    ids=["verbs", "list", "labels", "chinese", "quotes", "numbers", "support"],
)
def test_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    bracketed = read(text)
    bracketed.reading.page.sentences  # noqa: B018 (laid out before the clock runs)
    began = time.process_time()
    draft_of(bracketed)
    assert time.process_time() - began < 10
