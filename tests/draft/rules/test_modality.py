from __future__ import annotations

import pytest
from tests.draft.rules.parties.bracketed import draft_of, read

SENTENCES = (
    ("The hybrid workshop took place in Suva.", "hybrid"),
    ("The workshop was held in a hybrid format.", "hybrid"),
    ("The training was held online.", "online"),
    ("A virtual seminar on data was held on 3 March.", "online"),
    ("The webinar gathered 50 people.", "online"),
    ("The meeting took place via Zoom.", "online"),
    ("The workshop was conducted via videoconference.", "online"),
    ("It was an online training for judges.", "online"),
    ("It was the first face-to-face training since 2020.", "in-person"),
    ("The officers attended the workshop in person.", "in-person"),
    ("Twenty people attended in person and thirty joined online.", "hybrid"),
    ("The seminar on online fraud was held in Suva.", None),
    ("They launched an online platform for migrants.", None),
    ("The training covered online child sexual exploitation.", None),
    ("Participants learned about online training platforms.", None),
    ("The workshop was held at the hotel.", None),
    ("Participants discussed remote sensing and virtual currencies.", None),
    ("The officers had completed an online course before the workshop.", None),
    ("The workshop welcomed in-person and online participants.", "hybrid"),
    ("会议以视频会议形式举行。", "online"),
    ("培训班在线上举办。", "online"),
    ("会议以线上线下相结合的方式举行。", "hybrid"),
    ("代表们到场参会,专家在线参加。", "hybrid"),
    ("论坛在昆明线下举办。", "in-person"),
    ("研讨会讨论了网络诈骗和在线招聘问题。", None),
    ("研讨会在昆明举行。", None),
    ("研讨会介绍了视频会议系统和远程查验。", None),
    ("双方通过视频连线方式与移民局召开工作会晤。", "online"),
    ("网络研讨会吸引了百余人。", "online"),
    ("会议采取线上与线下相结合的方式。", "hybrid"),
    ("专家在研讨会现场授课。", "in-person"),
    ("交流现场", None),
)


@pytest.mark.parametrize(("sentence", "modality"), SENTENCES)
def test_a_sentence_says_how_people_met(sentence: str, modality: str | None) -> None:
    draft = draft_of(read(sentence))
    assert draft.modality == modality
    assert "modality" not in draft.uncertain


@pytest.mark.parametrize("sentence", ["Experts joined remotely from Geneva.", "专家通过视频连线方式参加会议。"])
def test_some_people_online_leave_the_others_a_question(sentence: str) -> None:
    assert draft_of(read(sentence)).modality == "online"
    in_a_city = draft_of(read(sentence), city="Suva")
    assert in_a_city.modality == "hybrid"
    assert "modality" in in_a_city.uncertain


def test_parties_in_the_room_and_online_make_the_event_hybrid() -> None:
    text = "The {Harbour Bureau} attended in person, while the {Port Museum} dialled in."
    draft = draft_of(read(text))
    assert draft.modality == "hybrid"
    assert draft.evidence["modality"]


def test_wide_marks_end_what_is_said_like_narrow_ones() -> None:
    draft = draft_of(read("会议以线上方式举行，各方就通过网络招工，举办者的责任等问题交换了意见。"))
    assert draft.modality == "online"
    assert [each.text for each in draft.evidence["modality"]] == ["以线上方式举行"]
