from __future__ import annotations

import pytest
from tests.draft.rules.parties.bracketed import draft_of, read

SENTENCES = (
    ("The training in Suva was attended by 27 officers from Pacific services.", 27, False, True),
    ("UNXX trained around 50 visa officers in Accra.", 50, True, True),
    ("Some thirty officials took part in the seminar.", 30, True, True),
    ("Twenty-three police officers completed the course.", 23, False, True),
    ("Twenty three participants completed the course.", 23, False, True),
    (
        "The workshop brought together more than 120 representatives of government, academia and industry.",
        120,
        True,
        True,
    ),
    ("A two-day workshop for 33 national and provincial officials ended on Friday.", 33, False, True),
    ("The forum gathered 1,200 delegates from 15 countries.", 1200, False, True),
    ("Over 100 people joined the webinar.", 100, True, True),
    ("One hundred and five students attended the lecture.", 105, False, True),
    ("A dozen journalists attended the course.", 12, True, True),
    ("A total of 45 participants, including 20 women, attended the training.", 45, False, True),
    ("The course was attended by 30 participants (18 women and 12 men).", 30, False, True),
    ("Nearly 80 participants attended.", 80, True, True),
    ("The training benefited 24 frontline officers.", 24, False, True),
    ("The workshop targeted 40 mid- and senior-level managers from border agencies.", 40, False, True),
    ("The seminar, with 60 participants, closed on Friday.", 60, False, True),
    ("35 labour inspectors were trained in Vientiane.", 35, False, True),
    ("Thirty-five labour inspectors from the northern provinces were trained.", 35, False, True),
    ("The organization has 175 member states and 10,000 staff worldwide.", None, False, None),
    ("In 2023, six trainings benefited a total of 160 officers.", 160, False, False),
    ("Last year, 90 officers attended similar courses.", None, False, None),
    ("The three-day workshop covered 15 countries and cost 20,000 dollars.", None, False, None),
    ("Article 26 of the law protects workers.", None, False, None),
    ("More than 2 million people were displaced.", None, False, None),
    ("Officers aged 25 to 40 attended.", None, False, None),
    ("Some 15 experts and 30 students gathered for a round table.", 45, True, False),
    ("The training was attended by 22 women and 18 men.", 40, False, False),
    ("40 officers attended, including 22 women and 18 men.", 40, False, True),
    ("来自公安局的15名警官和20名官员以及3名观察员参加培训。", 38, False, False),
    ("UNXX trained 15 Fijian and 11 Samoan officers.", 26, False, False),
    ("Fifteen national and eleven provincial judges attended the course.", 26, False, False),
    ("Twenty (20) prosecutors and ten (10) judges attended. Two magistrates who joined spoke.", 30, False, False),
    ("Twenty (20) prosecutors attended the course.", 20, False, True),
    ("A hundred participants attended in person and another 200 people joined online.", 300, True, False),
    ("A total of 45 participants, 20 judges and 25 prosecutors, attended the training.", 45, False, True),
    ("UNXX holds a course next week for 35 government officials.", 35, False, True),
    ("现场50人、线上300余人参加讲座。", 350, True, False),
    ("共培训学员120人,其中女性45名。", 120, False, True),
    ("移民局代表团一行12人访问了指挥中心。", 12, False, True),
    ("Some 5,000 migrants cross the border every year.", None, False, None),
    ("来自五省的约26名官员参加了研讨会。", 26, True, True),
    ("二十三名学员参加了培训班。", 23, False, True),
    ("百余名代表出席会议。", 100, True, True),
    ("来自各地的60余人参加会议。", 60, True, True),
    ("共有45位学者参会。", 45, False, True),
    ("本次培训为22名民警授课。", 22, False, True),
    ("近百名青年参加了论坛。", 100, True, True),
    ("培训班共计30人参加,其中女性12人。", 30, False, True),
    ("三百二十名学员顺利结业。", 320, False, True),
    ("研讨会吸引了80多名专家学者参与。", 80, True, True),
    ("会议邀请了3位专家授课。", None, False, None),
    ("该国有200万人外出务工。", None, False, None),
    ("去年共有90名学员参加培训。", None, False, None),
    ("第七期22名学员赴指挥中心交流。", 22, False, True),
    ("项目第三期学员班15人开展了研修。", 15, False, False),
    ("来自15个国家的代表参加会议。", None, False, None),
    ("副局长王某及21名学员参加交流。", None, False, None),
    ("中国居民一百人中有三人外出。", None, False, None),
)


@pytest.mark.parametrize(("sentence", "number", "approximate", "sure"), SENTENCES)
def test_a_sentence_says_how_many_took_part(
    sentence: str, number: int | None, approximate: bool, sure: bool | None
) -> None:
    draft = draft_of(read(sentence))
    assert (draft.participants, draft.approximate) == (number, approximate)
    assert ("participants" not in draft.uncertain if number else None) == sure


def test_two_numbers_for_the_whole_are_a_question() -> None:
    draft = draft_of(read("The workshop was attended by 40 officers. In all, 45 officers took part in the workshop."))
    assert draft.participants in (40, 45)
    assert "40" in draft.uncertain["participants"]
    assert "45" in draft.uncertain["participants"]


def test_the_number_of_one_agency_is_not_that_of_the_event_when_others_come() -> None:
    draft = draft_of(
        read("Six officers from the {Navy} attended the course. The {Port Museum} attended the course too.")
    )
    assert "participants" in draft.uncertain or draft.participants is None


def test_parts_that_are_more_than_the_whole_are_a_question() -> None:
    parts = "12 officers from the {Navy} and 11 judges from the {Court}"
    text = f"20 officers attended the course. It was attended by {parts}."
    assert "23" in draft_of(read(text)).uncertain["participants"]


def test_parts_are_not_added_up() -> None:
    text = "The course was attended by 12 officers from the {Navy} and 11 judges from the {Court}."
    draft = draft_of(read(text))
    assert draft.participants is None
    assert [party.count for party in draft.agencies] == [12, 11]


def test_a_number_of_another_year_is_none() -> None:
    draft = draft_of(read("In 2019 the course was attended by 90 officers."), starts_on="2024-03-02")
    assert draft.participants is None


def test_the_number_has_its_words_as_evidence() -> None:
    draft = draft_of(read("The course was attended by 27 officers."))
    assert [each.text for each in draft.evidence["participants"]] == ["27 officers"]


def test_people_are_not_those_of_a_body_that_is_named_further_on() -> None:
    text = "Thirty-four attendees selected from eight agencies took part in the forum held by the {Border Guard}."
    assert [party.count for party in draft_of(read(text)).agencies] == [None]


def test_a_number_of_a_whole_series_is_not_that_of_the_event() -> None:
    text = "A workshop for 12 engineers was held. It was the third of five workshops that will train 200 engineers."
    assert draft_of(read(text)).participants == 12


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("约26名民警参加了证件鉴别培训班,两名专家在线授课。", 26),
        ("15名学员参加了研修班,3名讲师主讲。", 15),
        ("The Agency held a course in Riga. 26 officers took part in the course, and two trainers taught online.", 26),
        ("The course brought together 18 officers and three facilitators.", 18),
        ("Two experts lectured online, and 24 officers attended the course.", 24),
    ],
)
def test_those_who_teach_are_not_added_to_those_who_take_part(text: str, number: int) -> None:
    draft = draft_of(read(text))
    assert draft.participants == number
    assert "participants" not in draft.uncertain


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("UNXX trained 15 Fijian and 11 Samoan officers.", "15 and 11: 26 in all?"),
        ("来自公安局的15名警官和20名官员以及3名观察员参加培训。", "15, 20 and 3: 38 in all?"),
        (
            "12 officers from the {Navy} attended the course in Suva. Nine judges from the {Court} joined the course.",
            "12 and 9: 21 in all?",
        ),
        (
            "来自{边检总站}的23名民警现场参加,示例网络的4名官员线上参加。",
            "23 and 4: 27 in all?",
        ),
    ],
)
def test_a_sum_is_asked_with_the_numbers_that_the_text_says(text: str, question: str) -> None:
    assert draft_of(read(text)).uncertain["participants"] == question


def test_the_number_of_one_party_is_not_certain_where_another_is_counted() -> None:
    text = (
        "23 officers from the {Academy} attended the workshop in person, while four experts of the {Network}"
        " participated online."
    )
    draft = draft_of(read(text))
    assert draft.participants is None or "participants" in draft.uncertain


@pytest.mark.parametrize("text", ["Twenty trainers completed the course in Riga.", "共有20名讲师参加了师资培训班。"])
def test_trainers_who_are_trained_take_part(text: str) -> None:
    assert draft_of(read(text)).participants == 20
