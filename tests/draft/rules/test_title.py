from __future__ import annotations

import pytest

from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.occasions import Occasion
from eventrec.draft.page import lay_out
from eventrec.draft.proposal import Draft
from eventrec.draft.read import read
from eventrec.draft.reading import Reading
from eventrec.draft.rules import title

WIDE = {ord(mark): ord(mark) + 0xFEE0 for mark in ",;:()!?"}
BODY = "The event brought together officers of several border services. They spoke about their work."
BODY_ZH = "各方就共同关心的问题进行了讨论。与会者表示将继续加强合作。"


def drafted(text: str) -> Draft:
    draft = Draft()
    title.fill(Reading(lay_out(text), Gazetteer()), Occasion(), draft)
    return draft


def sure(text: str) -> dict[str, str]:
    draft = drafted(text)
    return {} if "title" in draft.uncertain else draft.title


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("WXO held a “Workshop on Safe Rivers and Harbours” in Utopia City.", "Workshop on Safe Rivers and Harbours"),
        (
            'WXO organized a two-day seminar entitled "Safe Rivers in Times of Crisis".',
            "Safe Rivers in Times of Crisis",
        ),
        ("A joint training on ‘River Law and Standards’ for 33 officials began today.", "River Law and Standards"),
        (
            "A “Seminar on River Boats: Trends & Responses” was held in Utopia City.",
            "Seminar on River Boats: Trends & Responses",
        ),
        ("Experts attended the “Safe Rivers” workshop in Utopia City.", "Safe Rivers"),
        ("WXO will facilitate a workshop on “Practical Cooperation on Rivers.”", "Practical Cooperation on Rivers"),
    ],
)
def test_name_in_quotation_marks_beats_the_headline(lead: str, expected: str) -> None:
    assert sure(f"Officials and Experts Talk About Rivers\n\n{lead} {BODY}") == {"en": expected}


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("WXO holds Workshop on River Safety", "Workshop on River Safety"),
        ("WXO and Utopia Police Jointly Organize Regional Seminar on River Law", "Regional Seminar on River Law"),
        ("WXO Hosts River Law and Standards Training", "River Law and Standards Training"),
        ("The Ministry of Rivers, WXO convene the Third Forum on River Data", "Third Forum on River Data"),
        ("Workshop on River Safety held in Utopia City", "Workshop on River Safety"),
        ("Third Forum on River Data Concludes in Utopia City", "Third Forum on River Data"),
        ("Regional Training on River Law Kicks Off", "Regional Training on River Law"),
        ("Press Release: Regional Consultation on River Data", "Regional Consultation on River Data"),
        ("WXO holds Workshop on River Safety (3-5 May 2021)", "Workshop on River Safety"),
        ("WXO holds Workshop on River Safety | WXO Utopia", "Workshop on River Safety"),
        ("River police training programme ends in Bangkok", "River police training programme"),
        ("WXO organizes Conference on River Data, calls for cooperation", "Conference on River Data"),
    ],
)
def test_what_a_headline_says_is_held_is_the_title(headline: str, expected: str) -> None:
    assert sure(f"{headline}\n\n{BODY}") == {"en": expected}


@pytest.mark.parametrize(
    "headline",
    [
        "WXO Utopia Trains Border Officers on River Safety",
        "Utopian officials train in river management",
        "International Seminar on River Management in Utopia",
        "WXO Conducts River Safety Training for Border Officers",
        "WXO Hosts Clean Rivers Dialogue Support Project",
        "A New Way to Make Rivers Safe",
        "EXPERTS MEET TO DISCUSS RIVERS",
        "Utopia and WXO Discuss Return of River Boats",
    ],
)
def test_any_other_headline_is_the_title_as_it_stands(headline: str) -> None:
    assert sure(f"{headline}\n\n{BODY}") == {"en": headline}


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (
            "From 11 to 13 March 2024, WXO organized a regional training on checks of river boats in Ashgabat, "
            "Turkmenistan, for 27 officers.",
            "regional training on checks of river boats",
        ),
        ("WXO held a two-day workshop on river data on 3 May 2021.", "workshop on river data"),
        ("A national seminar on river law was held in Nairobi.", "national seminar on river law"),
        ("The police hosted the second forum on river safety, attended by 40 people.", "second forum on river safety"),
        ("WXO conducted a training course on first aid for 20 officers.", "training course on first aid"),
        ("WXO held a study visit on river management to strengthen cooperation.", "study visit on river management"),
    ],
)
def test_without_a_headline_the_noun_of_the_lead_is_the_title(lead: str, expected: str) -> None:
    assert sure(f"{lead} {BODY}") == {"en": expected}


@pytest.mark.parametrize(
    "text",
    [
        f"WXO held a two-day workshop in Utopia City. {BODY}",
        f"The officers attended a training for 30 officials. {BODY}",
        f"本次研讨会在北京举行。{BODY_ZH}",
    ],
)
def test_kind_of_event_alone_is_no_title(text: str) -> None:
    draft = drafted(text)

    assert draft.title == {}
    assert draft.missing == {"title": "The text has no headline and gives the event no name. What is its title?"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"国际河流组织举办河流安全务实合作研讨会\n\n{BODY_ZH}", "河流安全务实合作研讨会"),
        (f"公安部与国际河流组织联合举办了河流法培训班\n\n{BODY_ZH}", "河流法培训班"),
        (f"东海航运商会参加“海洋论坛”:企业界期待更多合作\n\n{BODY_ZH}", "海洋论坛"),
        (f"河流安全国际论坛在上海成功举行\n\n{BODY_ZH}", "河流安全国际论坛"),
        (f"专家参加“应对河流污染的全球措施研讨会”\n\n{BODY_ZH}", "应对河流污染的全球措施研讨会"),
        (f"乌有国官员赴中国海河局访问交流\n\n{BODY_ZH}", "乌有国官员赴中国海河局访问交流"),
        (f"“清洁河流支持项目三期”启动会在北京召开\n\n{BODY_ZH}", "“清洁河流支持项目三期”启动会"),
        (f"国际河流组织举办河流数据培训班 助力河流执法\n\n{BODY_ZH}", "河流数据培训班"),
        (f"国际河流组织举办河流数据培训班_河流网\n\n{BODY_ZH}", "河流数据培训班"),
        (f"第二届“乌有—东方河流论坛”在广州开幕\n\n{BODY_ZH}", "第二届“乌有—东方河流论坛”"),
        (f"国际河流组织举办第三期“清洁河流”官员研修班\n\n{BODY_ZH}", "第三期“清洁河流”官员研修班"),
        (f"2023年6月26日至28日,地区河流治理高级别研讨会在北京召开。{BODY_ZH}", "地区河流治理高级别研讨会"),
        (f"5月6日,国际河流组织在北京举办了为期两天的河流数据培训班。{BODY_ZH}", "河流数据培训班"),
        (f"5月6日,国际河流组织在北京举办了“河流法与国际标准”培训。{BODY_ZH}", "“河流法与国际标准”培训"),
        (f"5月6日,由国际河流组织主办的河流执法合作论坛在广州开幕。{BODY_ZH}", "河流执法合作论坛"),
    ],
)
def test_title_is_read_in_chinese(text: str, expected: str) -> None:
    assert sure(text) == sure(text.translate(WIDE)) == {"zh": expected}


def test_release_in_both_languages_has_a_title_in_each() -> None:
    text = (
        f"国际河流组织举办河流安全研讨会\n\n{BODY_ZH}\n\n"
        f"WXO held a Workshop on River Safety\n\nWXO held a “Workshop on river safety” in Utopia City. {BODY}"
    )

    assert sure(text) == {"en": "Workshop on river safety", "zh": "河流安全研讨会"}


def test_name_of_a_project_and_speech_are_no_titles() -> None:
    text = (
        "WXO trains officers\n\nThe training, part of the project “Training for Safe Rivers”, began. "
        "“This workshop will help us a lot,” he said."
    )

    assert sure(text) == {"en": "WXO trains officers"}


def test_name_of_an_earlier_event_is_not_the_title() -> None:
    text = (
        f"Utopia Talks About Rivers Again\n\nThe meeting followed the “Seminar on River Policy” held last year. {BODY}"
    )

    assert sure(text) == {"en": "Utopia Talks About Rivers Again"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "WXO is holding a training workshop on River Law (RL) and Harbour Care (HC) in Bohn for 20 officers.",
            "training workshop on River Law (RL) and Harbour Care (HC)",
        ),
        (
            "WXO held a workshop on boats, bridges and harbours for 20 officers.",
            "workshop on boats, bridges and harbours",
        ),
        ("WXO held a workshop on boat care, attended by guards and officers.", "workshop on boat care"),
        (
            "The seminar on Boats, Bridges and Harbours was held by WXO last week.",
            "seminar on Boats, Bridges and Harbours",
        ),
        ("WXO opened a workshop on boat care and repair in Bohn yesterday.", "workshop on boat care and repair"),
        (
            "WXO is hosting a week-long training (1-5 April 2031) in Bohn, Utopia, on Boat Papers for nine officials.",
            "training on Boat Papers",
        ),
        ("WXO held a two-day seminar in Bohn on the care of boats for officers.", "seminar on the care of boats"),
        (
            "WXO organised a training workshop on: Boats: Care and Repair.",
            "training workshop on Boats: Care and Repair",
        ),
        (
            "The WXO office held a five day training course on boat care, with a focus on repair.",
            "training course on boat care",
        ),
        (
            "The Police Academy hosted the opening ceremony of the international seminar “Rivers and Peace”.",
            "Rivers and Peace",
        ),
        (
            "The third round of the EU-Utopia River Rights Dialogue took place in May.",
            "EU-Utopia River Rights Dialogue",
        ),
        ("Utopia hosted the Second World River Forum for all.", "Second World River Forum"),
        (
            "A Workshop on Countering Traffic in River Goods for Judges was held in Lagos from 3 to 5 May.",
            "Workshop on Countering Traffic in River Goods for Judges",
        ),
        ("Workshop on River Safety, 3-5 May 2031, Bangkok", "Workshop on River Safety"),
        ("Training for Border Officers – Bangkok, May 2031", "Training for Border Officers"),
    ],
)
def test_title_without_a_headline_goes_to_the_end_of_what_it_is_about(text: str, expected: str) -> None:
    body = f"{text} {BODY}" if text.endswith(".") else f"{text}\n\n{BODY}"

    assert sure(body) == {"en": expected}


@pytest.mark.parametrize(
    "lead",
    [
        "WXO and the river police organised a seminar on Boats: Care and Repair.",
        "A seminar on “Boats: Care and Repair” was held by WXO in Bohn.",
        "WXO ran a seminar entitled “Boats: Care and Repair” and held a round table “Life at Sea”.",
    ],
)
def test_name_with_a_subtitle_beats_the_headline(lead: str) -> None:
    assert sure(f"New Skills for River Police\n\n{lead} {BODY}")["en"].endswith("Boats: Care and Repair")


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("WXO Hosts Workshop on River Safety in Bangkok", "Workshop on River Safety"),
        ("WXO Hosts Workshop on River Safety in Thailand", "Workshop on River Safety in Thailand"),
        ("“Boats: Care and Repair” – Workshop in Bangkok", "Boats: Care and Repair"),
    ],
)
def test_city_is_no_part_of_what_a_headline_says_is_held(headline: str, expected: str) -> None:
    assert sure(f"{headline}\n\n{BODY}") == {"en": expected}


def test_words_about_the_place_are_no_subject_of_an_event() -> None:
    assert drafted(f"Twenty officers took part in a workshop in Bohn aimed at better care. {BODY}").title == {}


@pytest.mark.parametrize("headline", ["【新闻】河流安全培训班顺利结业", "北方大学:河流安全培训班举行"])
def test_what_stands_before_a_chinese_name_is_no_part_of_it(headline: str) -> None:
    assert sure(f"{headline}\n\n{BODY_ZH}") == {"zh": "河流安全培训班"}


def test_name_of_a_later_event_is_not_the_title() -> None:
    text = (
        "Officers Learn about Boats\n\nWXO trained 20 officers. Later this year Utopia will host two summits: "
        f"the River Summit in October and the “Harbour Summit” in December. {BODY}"
    )

    assert sure(text) == {"en": "Officers Learn about Boats"}


def test_theme_is_no_title() -> None:
    text = (
        f"National River Forum Held in Utopia City\n\nWXO organized the forum under the theme “Rivers for All”. {BODY}"
    )

    assert sure(text) == {"en": "National River Forum"}


def test_two_names_in_quotation_marks_are_a_question() -> None:
    draft = drafted(
        f"Rivers Matter to All\n\nWXO held a “Workshop on River Safety”. It also held a “Seminar on Boats”. {BODY}"
    )

    assert draft.uncertain == {
        "title": "Which is the title: “Workshop on River Safety” or “Seminar on Boats”?",
    }


def test_evidence_is_the_words_of_the_release() -> None:
    text = f"Rivers Matter to All\n\nWXO held a “Workshop on River Safety” in Utopia City. {BODY}"

    for quoted in drafted(text).evidence["title"]:
        assert quoted.text == text[quoted.start : quoted.end] == "Workshop on River Safety"


@pytest.mark.parametrize(
    ("text", "title", "kind"),
    [
        (
            "移民數據研討會在香港舉行\n\n2024年5月3日，移民數據研討會在香港舉行，30名官員出席。",
            "移民數據研討會",
            "workshop",
        ),
        (
            "示例署舉辦證件鑑別培訓班\n\n2024年5月3日，示例署舉辦證件鑑別培訓班。",
            "證件鑑別培訓班",
            "training",
        ),
        ("2024年5月3日，示例署在台北舉辦“簽證數據研討會”。", "簽證數據研討會", "workshop"),
        ("勞務移民論壇在台北開幕\n\n2024年5月3日，勞務移民論壇在台北開幕。", "勞務移民論壇", "conference"),
        ("示例署召開邊境管理工作會議\n\n5月3日，示例署召開邊境管理工作會議。", "邊境管理工作會議", "meeting"),
        (
            "签证数据研讨会在西安举行\n\n2024年5月3日，签证数据研讨会在西安举行。",
            "签证数据研讨会",
            "workshop",
        ),
        (
            "Seminar on Visa Data Held in Taipei\n\nThe Example Agency held a seminar on visa data in Taipei.",
            "Seminar on Visa Data",
            "workshop",
        ),
    ],
)
def test_events_are_read_in_traditional_characters_and_called_as_it_is_written(
    text: str, title: str, kind: str
) -> None:
    draft = read(text, Gazetteer()).events[0]
    assert title in draft.title.values()
    assert draft.kind == kind
