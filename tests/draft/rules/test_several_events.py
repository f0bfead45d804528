from __future__ import annotations

import pytest

from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.read import read

PLACES = "The Harbour Institute held two workshops on data in Suva on 3 May 2031 and in Nairobi on 5 May 2031. "
PLACES_ZH = "海洋研究院于2031年5月6日在西安、5月8日在成都分别举办培训班。"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (PLACES + "In Suva, 24 officers attended. The Nairobi workshop was attended by 30 officers.", [24, 30]),
        (PLACES + "The workshops were attended by 24 officers in Suva and 30 officers in Nairobi.", [24, 30]),
        (PLACES_ZH + "西安培训班有45名学员参加,成都培训班有38名学员参加。", [45, 38]),
    ],
)
def test_a_number_that_is_said_with_a_place_is_of_the_event_there(text: str, numbers: list[int]) -> None:
    drafts = read(text, Gazetteer()).events
    assert [draft.participants for draft in drafts] == numbers
    assert not any("participants" in draft.uncertain for draft in drafts)


@pytest.mark.parametrize(
    "text",
    [PLACES + "About 50 officers attended the workshops.", PLACES_ZH + "约50名官员参加了培训。"],
)
def test_a_number_of_all_events_is_a_question_in_each(text: str) -> None:
    drafts = read(text, Gazetteer()).events
    assert [(draft.participants, draft.approximate) for draft in drafts] == [(50, True), (50, True)]
    for draft in drafts:
        assert draft.uncertain["participants"] == "About 50 took part in all 2 events. How many in this one?"


def test_a_number_of_one_place_is_none_of_the_other_event() -> None:
    suva, nairobi = read(PLACES + "In Suva, 24 officers attended.", Gazetteer()).events
    assert (suva.participants, nairobi.participants) == (24, None)


def test_the_people_of_an_agency_at_all_events_are_asked_about_in_each() -> None:
    text = PLACES + "They were attended by 12 officers from the Norland Port Police."
    for draft in read(text, Gazetteer()).events:
        at = next(at for at, party in enumerate(draft.agencies) if party.count == 12)
        assert "12" in draft.uncertain[f"agencies[{at}].count"]


@pytest.mark.parametrize(
    "text",
    [
        "The Agency held workshops in Riga on 3 May 2031 and in Vilnius on 5 May 2031.\n"
        "Each of the workshops gathered 30 officers.",
        "示例机构于5月6日、5月8日分别在西安、成都举办培训班。每场培训约有30名官员参加。",
    ],
)
def test_a_number_of_each_event_is_that_of_every_one(text: str) -> None:
    drafts = read(text, Gazetteer()).events
    assert [(each.participants, "participants" in each.uncertain) for each in drafts] == [(30, False), (30, False)]
