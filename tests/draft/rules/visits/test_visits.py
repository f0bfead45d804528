from __future__ import annotations

import time

import pytest

from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.occasions import Occasion
from eventrec.draft.page import lay_out
from eventrec.draft.proposal import Draft
from eventrec.draft.reading import Reading
from eventrec.draft.rules import visits

ENGLISH = (
    "Officials learn about returns\n\nOslo – The Border Agency held a workshop in Oslo on 3 May 2024 for officials.\n\n"
)
CHINESE = "边境局举办返回研讨会\n\n2024年5月3日，边境局在北京举办了返回研讨会，各方代表参加了会议。\n\n"


def drafted(text: str) -> Draft:
    draft = Draft()
    lead = CHINESE if "\u4e00" <= text.strip()[0] <= "\u9fff" else ENGLISH
    visits.fill(Reading(lay_out(lead + text), Gazetteer()), Occasion(), draft)
    return draft


def seen(text: str) -> list[str]:
    """Return the places that are answers, in one language."""
    draft = drafted(text)
    return [
        next(iter(visit.title.values()))
        for at, visit in enumerate(draft.visits)
        if f"visits[{at}]" not in draft.uncertain
    ]


def hosts(text: str) -> set[tuple[str, ...]]:
    return {visit.facilitators for visit in drafted(text).visits}


PAIR = ["Harbour Terminal", "Document Laboratory"]


@pytest.mark.parametrize(
    "text",
    [
        "The workshop included a site visit to the Harbour Terminal and the Document Laboratory.",
        "It also benefited from a site visit to the Harbour Terminal and Document Laboratory, facilitated by NBA.",
        "Participants visited the Harbour Terminal and the Document Laboratory.",
        "The delegates also toured the Harbour Terminal, as well as the Document Laboratory.",
        "A field visit to the Harbour Terminal and the Document Laboratory took place prior to the seminar.",
        "Trainees were taken on a guided tour of the Harbour Terminal and the Document Laboratory on Friday.",
        "The host organized a visit to the Harbour Terminal and to the Document Laboratory.",
        "A visit to the Harbour Terminal and the Document Laboratory was arranged after the training.",
        "They had the chance to visit the Harbour Terminal and the Document Laboratory to learn of new methods.",
        "On the last day, the officials will visit the Harbour Terminal and the Document Laboratory in Oslo.",
        "On a study tour to Oslo, the group visited the Harbour Terminal and the Document Laboratory.",
        "The programme featured visits to several sites, including the Harbour Terminal and the Document Laboratory.",
    ],
)
def test_sites_that_people_went_to_are_visits(text: str) -> None:
    assert seen(text) == PAIR


ZH_PAIR = ["海湾国际机场", "证件中心"]


@pytest.mark.parametrize(
    "text",
    [
        "会前，边境局还协助组织了赴海湾国际机场和证件中心的实地考察活动，使参会者受益良多。",
        "期间，参会代表参观了海湾国际机场和证件中心。",
        "与会者还实地走访了海湾国际机场、证件中心。",
        "会后，代表们前往海湾国际机场与证件中心进行实地考察。",
        "学员一行赴海湾国际机场及证件中心参观学习。",
        "代表团先后到海湾国际机场、证件中心参访。",
        "培训期间，还安排学员对海湾国际机场和证件中心进行了现场观摩。",
        "会议期间，代表们考察了海湾国际机场和证件中心等单位。",
    ],
)
def test_sites_are_visits_in_chinese(text: str) -> None:
    assert seen(text) == ZH_PAIR


def test_a_list_of_sites_is_split_and_a_name_with_and_is_not() -> None:
    assert seen("Participants visited Deep Bay Port, Hill Port and the Kestrel Station.") == [
        "Deep Bay Port", "Hill Port", "Kestrel Station",
    ]  # fmt: skip
    assert seen("The Agency arranged a site visit to the Exit and Entry Service Hall.") == [
        "Exit and Entry Service Hall"
    ]
    assert seen("期间，代表们参观了深湾口岸、罗山口岸和海关博物馆。") == ["深湾口岸", "罗山口岸", "海关博物馆"]


@pytest.mark.parametrize(
    "text",
    [
        "The Director General is on an official visit in Beijing to attend the dialogue.",
        "The Director General paid an official visit to the Ministry of Justice.",
        "For more, visit our website or the Migration Data Portal at www.example.org.",
        "Participants visited Norway and Sweden.",
        "The Border Agency hosted a study visit of eighteen officials from the Ministries of Transport and Finance.",
        "Since 2015, both sides have held exchange visits to the European Commission.",
        "Visa officers interview visa applicants at the Embassy of Norland.",
        "More than two million tourists visited the National Museum.",
        "Case workers made home visits to 30 families.",
        "Chinese Minister Lee visited the Border Agency in 2010.",
        "部长对挪威进行了国事访问。",
        "代表团应邀访华，并与各部门代表交流。",
        "各方就实地考察的安排进行了讨论。",
        "大会回顾了近年来双方的交流情况。",
        "学员赴北京访问。",
    ],
)
def test_what_is_no_site_or_no_visit_is_none(text: str) -> None:
    draft = drafted(text)
    assert draft.visits == []


@pytest.mark.parametrize(
    "text",
    [
        "The seminar was followed by a site visit to a local border crossing point.",
        "The project plans to organize a study visit to the Migration Museum next year.",
        "边境局计划组织学员赴海湾国际机场实地考察。",
    ],
)
def test_what_may_be_a_visit_is_a_question(text: str) -> None:
    draft = drafted(text)
    assert len(draft.visits) == 1
    assert list(draft.uncertain) == ["visits[0]"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("There was a site visit to the Harbour Terminal, facilitated by NBA prior to the workshop.", "NBA"),
        (
            "Participants visited the Harbour Terminal, hosted by the Norland Border Agency (NBA).",
            "Norland Border Agency",
        ),
        ("Norland Customs arranged a field visit to the Harbour Terminal for the delegates.", "Norland Customs"),
        ("Prior to the workshop, NBA facilitated a site visit to the Harbour Terminal.", "NBA"),
        ("With the support of the Oslo City Council, the group toured the Harbour Terminal.", "Oslo City Council"),
        ("A visit to the Harbour Terminal was organized by UNODC Norland.", "UNODC Norland"),
        ("At the invitation of the Border Agency, participants visited the Harbour Terminal.", "Border Agency"),
        (
            "Participants visited the Harbour Terminal. All visits were facilitated by the Border Agency.",
            "Border Agency",
        ),
        ("They toured the Harbour Terminal; both visits were facilitated by Norland Customs.", "Norland Customs"),
        ("学员赴海湾码头开展现场教学，海湾港口管理局协助组织。", "海湾港口管理局"),
        ("会前，边境管理局还协助组织了赴海湾机场的实地考察活动。", "边境管理局"),
        ("会后，上海市外事办公室安排与会代表前往海湾机场参观。", "上海市外事办公室"),
        ("在边境管理局的协助下，学员们实地走访了海湾机场。", "边境管理局"),
        ("与会者参观了海湾机场，由边境管理局安排。", "边境管理局"),
    ],
)
def test_who_arranged_the_visit_facilitated_it(text: str, name: str) -> None:
    assert hosts(text) == {(name,)}


@pytest.mark.parametrize(
    "text",
    [
        "Participants visited the Harbour Terminal.",
        "The workshop included a site visit to the Harbour Terminal.",
        "It also organized a site visit to the Harbour Terminal.",
        "期间，代表们参观了海湾机场。",
    ],
)
def test_nobody_said_to_have_arranged_it_is_nobody(text: str) -> None:
    assert hosts(text) == {()}


def test_whoever_is_visited_in_an_exchange_is_the_host() -> None:
    draft = drafted("泰国学员赴国家边境管理局指挥中心与同行进行了友好交流。")
    assert [visit.title for visit in draft.visits] == [{"zh": "国家边境管理局指挥中心"}]
    assert draft.visits[0].facilitators == ("国家边境管理局",)


def test_the_name_of_a_place_takes_in_its_beginning() -> None:
    text = "泰国学员赴国家边境管理局访问交流\n\n9月18日，22名学员赴国家边境管理局指挥中心与同行进行了交流。\n"
    draft = Draft()
    visits.fill(Reading(lay_out(text), Gazetteer()), Occasion(), draft)
    assert [visit.title for visit in draft.visits] == [{"zh": "国家边境管理局指挥中心"}]


def both(english: str, chinese: str) -> Draft:
    draft = Draft()
    visits.fill(Reading(lay_out(f"{ENGLISH}{english}\n\n{CHINESE}{chinese}"), Gazetteer()), Occasion(), draft)
    return draft


def test_the_languages_are_joined_by_their_order() -> None:
    found = both(
        "There was a site visit to the Gulf Airport and the Document Center, facilitated by NBA.",
        "会前，边境局还协助组织了赴海湾国际机场和证件中心的实地考察活动。",
    )
    assert [visit.title for visit in found.visits] == [
        {"en": "Gulf Airport", "zh": "海湾国际机场"},
        {"en": "Document Center", "zh": "证件中心"},
    ]
    assert {visit.facilitators for visit in found.visits} == {("NBA",)}
    assert (found.uncertain, found.disagreements) == ({}, [])
    assert [each.text for each in found.evidence["visits[0]"]] == ["Gulf Airport", "NBA", "海湾国际机场", "边境局"]


def test_a_visit_that_one_language_lacks_is_told() -> None:
    found = both("Participants visited the Gulf Airport and the Document Center.", "期间，代表们参观了海湾国际机场。")
    assert [visit.title for visit in found.visits] == [{"en": "Gulf Airport"}, {"en": "Document Center"}]
    assert found.disagreements == ["Only one language tells of a visit to 海湾国际机场."]


@pytest.mark.parametrize(
    "hostile",
    [
        "Participants visited the " + "Border " * 10_000,
        "Participants visited the Port, " * 2_000,
        "site visit to the " * 3_000,
        "a visit " + "a " * 30_000 + "to the Port",
        "facilitated by " * 4_000 + "site visit to the Port",
        "赴" * 30_000,
        "赴海湾机场" * 6_000,
        "参观" + "机场、" * 10_000,
        "由边境局" * 8_000 + "赴机场参观",
        "在边境局的" * 6_000,
    ],
)
def test_hostile_text_is_read_in_time(hostile: str) -> None:
    reading = Reading(lay_out(hostile), Gazetteer())
    vars(reading)["organisations"] = ()  # these have their own test
    assert (reading.page.sentences, reading.places) is not None
    began = time.process_time()
    visits.fill(reading, Occasion(), Draft())
    assert time.process_time() - began < 5


@pytest.mark.parametrize("text", [
    "学员还考察、参访了海港中心。",
    "学员们先后考察了新能源汽车企业、海港中心等。",
    "代表们还到访了海港中心和多家物流企业。",
    "会后，代表团拜访了海港中心等部门。",
    "学员还走访、考察了海港中心。",
    "大家参观考察了海港中心、部分高新技术企业。",
])  # fmt: skip
def test_neither_a_verb_nor_a_kind_of_place_is_the_name_of_a_chinese_site(text: str) -> None:
    assert [visit.title for visit in drafted(text).visits] == [{"zh": "海港中心"}]


@pytest.mark.parametrize("text", [
    "The delegation visited local companies, and exchanged views.",
    "The study tour brought ten officials of Tajikistan to Poland, to visit Polish local authorities.",
    "Participants visited Polish local authorities and Polish experts.",
    "双方就合作交流的机会进行了参观及座谈交流。",
    "本次活动包括专题讲座、实地考察、交流研讨。",
    "期间，学员参观了人工智能企业、知名物流企业等。",
    "代表团对使馆进行了礼节性拜访。",
    "He visited the website of the agency.",
    "They travelled to Norway and Sweden.",
])  # fmt: skip
def test_hosts_and_kinds_of_places_are_no_sites(text: str) -> None:
    assert drafted(text).visits == []


@pytest.mark.parametrize("text", [
    "Participants visited BLOs along the border of Tajikistan, implemented under the project.",
    "A study visit to the Ministries of Interior, Transport, Finance and Justice took place.",
    "Participants travelled to the Harbour Border Post, where they saw the equipment.",
    "The group was taken to the Harbour Border Post on the second day.",
    "考察团先后到海港政务服务中心等地调研。",
])  # fmt: skip
def test_a_loose_name_of_a_place_is_one_question(text: str) -> None:
    assert (len(drafted(text).visits), len(seen(text))) == (1, 0)


@pytest.mark.parametrize("lead", [
    "A delegation of the Samplian Police visited the Harbour Academy.",
    "From 4 to 8 May, officers went on a study visit to the Harbour Academy.",
])  # fmt: skip
def test_the_own_visit_of_a_delegation_is_a_question(lead: str) -> None:
    page = lay_out(f"Officers Learn About Harbours in Nowhere\n\n{lead} They learned about harbours and their care.")
    draft = Draft()
    visits.fill(Reading(page, Gazetteer()), Occasion(), draft)
    assert list(draft.uncertain) == ["visits[0]"]


@pytest.mark.parametrize("told", [
    "All visits were facilitated by the Port of Norland Authority.",
    "Both visits were kindly arranged by the Port of Norland Authority.",
    "The Port of Norland Authority facilitated the visits.",
    "During the week, the Port of Norland Authority also organized both site visits.",
])  # fmt: skip
def test_who_facilitated_all_visits_may_stand_in_another_sentence(told: str) -> None:
    text = f"Participants visited the Harbour Terminal and the Document Laboratory. {told}"
    assert seen(text) == PAIR
    assert hosts(text) == {("Port of Norland Authority",)}


@pytest.mark.parametrize(("text", "host"), [
    ("学员赴海关总署调度中心参观。", "海关总署"),
    ("参会代表赴海港码头参观考察，海港管理局协助组织。", "海港管理局"),
    ("学员们实地参观了海港口岸，上述活动由海港市公安局协助组织。", "海港市公安局"),
])  # fmt: skip
def test_whose_centre_it_is_and_who_helped_facilitates_a_chinese_visit(text: str, host: str) -> None:
    assert hosts(text) == {(host,)}


def test_a_city_beside_a_site_is_none() -> None:
    assert seen("Officials visited Shanghai and the Example Port.") == ["Example Port"]


def test_a_person_who_led_a_visit_does_not_facilitate_it() -> None:
    assert hosts("The delegation, which visited the Harbour Terminal, was led by Tom Lee.") == {()}
    assert hosts("Participants toured the Harbour Terminal, guided by the Harbour Police.") == {("Harbour Police",)}


def test_a_clause_after_a_site_is_no_part_of_its_name() -> None:
    assert seen("Participants visited the Harbour Academy and paid a courtesy visit to the Minister.") == [
        "Harbour Academy"
    ]


@pytest.mark.parametrize("text", [
    "学员前往海港边检站观摩执勤现场。",
    "培训班还组织学员赴海港边检站开展实地教学。",
    "学员们参观了学校的图书馆和海港边检站。",
])  # fmt: skip
def test_what_is_seen_at_a_chinese_site_is_no_site(text: str) -> None:
    assert seen(text) == ["海港边检站"]
