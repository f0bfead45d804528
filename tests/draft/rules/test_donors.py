from __future__ import annotations

import pytest

from eventrec.draft.gazetteer import Gazetteer, Known, KnownProject
from eventrec.draft.occasions import Occasion
from eventrec.draft.page import lay_out
from eventrec.draft.proposal import Draft
from eventrec.draft.reading import Reading
from eventrec.draft.rules import donors, project

WIDE = {ord(mark): ord(mark) + 0xFEE0 for mark in ",;:()!?"}


def drafted(text: str, *known: Known) -> Draft:
    draft = Draft()
    donors.fill(Reading(lay_out(text), Gazetteer(agencies=known)), Occasion(), draft)
    return draft


def sure(text: str, *known: Known) -> list[str]:
    draft = drafted(text, *known)
    return [name for at, name in enumerate(draft.donors) if f"donors[{at}]" not in draft.uncertain]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The workshop, funded by the Government of Japan, drew 70 officials.", ["Government of Japan"]),
        ("The project is funded by the European Union (EU).", ["European Union"]),
        ("The Clean Rivers Project (CRP), funded by the EU, began.", ["European Union"]),
        ("The training was financed by Norway and the Netherlands.", ["Norway", "Netherlands"]),
        (
            "It is mainly financed by the European Commission, with co-funding from Italy and the United States.",
            ["European Commission", "Italy", "United States"],
        ),
        ("The EU-funded Clean Rivers Project held a seminar.", ["European Union"]),
        ("It is part of the European Union-funded Clean Rivers Project.", ["European Union"]),
        (
            "With support and funding from the UK Rivers Fund, WXO Utopia, together with partners, trained officers.",
            ["UK Rivers Fund"],
        ),
        (
            "The event was held with the generous financial support of the Government of Canada.",
            ["Government of Canada"],
        ),
        (
            "The event was made possible thanks to the generous contribution of the Swiss Confederation.",
            ["Swiss Confederation"],
        ),
        (
            "The seminar was supported financially by the Ministry of Foreign Affairs of Finland.",
            ["Ministry of Foreign Affairs of Finland"],
        ),
        (
            "The programme is funded by the Bureau of International Narcotics and Law Enforcement Affairs (INL).",
            ["Bureau of International Narcotics and Law Enforcement Affairs"],
        ),
        ("The course was funded by the European Union, WXO organized the logistics.", ["European Union"]),
        (
            "With funding from the European Union, WXO and the Ministry of Rivers organized a training.",
            ["European Union"],
        ),
        ("The workshop was funded by the European Union and implemented by WXO.", ["European Union"]),
        (
            "The project, an initiative funded by European Commission's Rivers Instrument, began.",
            ["European Commission (Rivers Instrument)"],
        ),
        (
            "The training was funded by the Rivers Instrument (RI) of the European Union (EU).",
            ["European Union (Rivers Instrument)"],
        ),
        ("The Government of Japan is funding the project.", ["Government of Japan"]),
        (
            "The workshop was funded by the Governments of Japan and Norway.",
            ["Government of Japan", "Government of Norway"],
        ),
        (
            "Funded by the Foreign, Commonwealth and Development Office, the project began.",
            ["Foreign, Commonwealth and Development Office"],
        ),
        (
            "The workshop was co-funded by the European Union, Norway and Sweden.",
            ["European Union", "Norway", "Sweden"],
        ),
        (
            "The training for 20 officers was funded by the United States Agency for International Development.",
            ["United States Agency for International Development"],
        ),
        ("The course was funded by the European Union for officers of the border service.", ["European Union"]),
        ("WXO ran the training with funding of USD 1 million from the Government of Japan.", ["Government of Japan"]),
        ("The second meeting of the committee of the EU-funded project “Safe Rivers” was held.", ["European Union"]),
        (
            "The event was funded by the Office to Monitor and Combat Trade in River Boats (J/TRB).",
            ["Office to Monitor and Combat Trade in River Boats"],
        ),
        (
            "It is funded by the Swiss Agency for Development and Cooperation (SDC).",
            ["Swiss Agency for Development and Cooperation"],
        ),
        ("The project is funded by the European Union and co-funded by Norway.", ["European Union", "Norway"]),
        ("The visit was organised by WXO with EU funding.", ["European Union"]),
        (
            "The course was financed jointly by the French Embassy in China and the Ministry of Rivers.",
            ["French Embassy in China", "Ministry of Rivers"],
        ),
        ("The study visit was hosted by the Customs and paid for by the River Fund.", ["River Fund"]),
        (
            "The visit was held under the River Project (RIVP). RIVP is funded by the European Union.",
            ["European Union"],
        ),
        (
            "The course was funded by the Ministry of Rivers and Harbour Service (MRHS) of Utopia and run by WXO.",
            ["Ministry of Rivers and Harbour Service of Utopia"],
        ),
        (
            "The seminar was funded by the Department of Roads and Public Order of Utopia and the UK Home Office.",
            ["Department of Roads and Public Order of Utopia", "UK Home Office"],
        ),
        ("The event was made possible by the generous support of the Utopian people through UTAID.", ["UTAID"]),
        (
            "The training is funded by the European Union's Instrument for River Safety.",
            ["European Union (Instrument for River Safety)"],
        ),
        (
            "The workshop was funded by the Ministry of Boats of Denmark and Global Rivers Utopia.",
            ["Ministry of Boats of Denmark", "Global Rivers Utopia"],
        ),
        ("The training was financed by the Harbour Fund of Norway.", ["Harbour Fund of Norway"]),
        (
            "The visit was made with the support of the Utopian Government through the River Crime Fund.",
            ["Utopian Government"],
        ),
        (
            "It was paid for with funding from the US River Department's Office to Monitor Boats.",
            ["US River Department's Office to Monitor Boats"],
        ),
        (
            "Through the Programme for Rivers funded by the Bureau of Boats, Rivers and Roads (BRR), WXO met judges.",
            ["Bureau of Boats, Rivers and Roads"],
        ),
        ("Organized by WXO and funded by Switzerland (SDC) and Germany.", ["Switzerland", "Germany"]),
        ("研讨会是欧盟资助的“河流伙伴”项目活动之一。", ["欧盟"]),
        ("培训由南方区域合作专项资金支持。", ["南方区域合作专项资金"]),
        ("论坛由北方大学主办,灯塔基金会资助。", ["灯塔基金会"]),
        ("欧盟资助的“安全港口”项目在北京启动。", ["欧盟"]),
        ("研讨会获得了灯塔基金会的资金支持。", ["灯塔基金会"]),
        ("由乌有国政府提供资金支持的培训班在北京举行。", ["乌有国政府"]),
        ("培训经费由乌有国政府承担。", ["乌有国政府"]),
        ("研讨会在北京举行,灯塔基金会提供资助。", ["灯塔基金会"]),
        ("研讨会在北京举行,灯塔基金会为活动提供资金支持。", ["灯塔基金会"]),
        ("研讨会由欧盟资助。", ["欧盟"]),
        ("该项目由日本政府和挪威政府共同出资。", ["日本政府", "挪威政府"]),
        ("培训班在德国外交部的资助下举办。", ["德国外交部"]),
        ("研讨会在欧盟资助的清洁河流项目框架下举行。", ["欧盟"]),
        ("该项目由欧盟提供资金支持,由国际河流组织实施。", ["欧盟"]),
        ("本次活动得到了加拿大政府的资金支持。", ["加拿大政府"]),
        ("作为日本政府资助项目的一部分,培训班今日开班。", ["日本政府"]),
    ],
)
def test_who_pays_is_a_donor(text: str, expected: list[str]) -> None:
    assert sure(text) == expected


@pytest.mark.parametrize(
    "text", ["活动在北京举行,研讨会由欧盟资助。", "本次活动(第二次)得到了欧盟的资金支持;与会者三十人。"]
)
def test_full_width_marks_are_read_like_narrow_ones(text: str) -> None:
    assert sure(text) == sure(text.translate(WIDE)) == ["欧盟"]


@pytest.mark.parametrize(
    "text",
    [
        "The workshop was supported by the Ministry of Rivers.",
        "The seminar was sponsored by the Ministry of Commerce and hosted by the Police College.",
        "The training was held with the support of the Border Service.",
        "Participants discussed the funding of terrorism.",
        "The university thanked the Confucius Institute for its strong support.",
        "Participants visited a hospital funded by Norway.",
        "Officers saw the River Academy (RA), funded by Norway in 2010.",
        "State-funded schools joined the workshop.",
        "Research funded by the Rivers Foundation shows that migration grows.",
        "本次活动得到了北方大学的大力支持与协助。",
        "与会者讨论了恐怖主义融资问题。",
        "双方表示将为移民提供支持。",
    ],
)
def test_support_without_money_and_money_for_something_else_are_no_donor(text: str) -> None:
    assert sure(text) == []


def test_the_only_donor_of_each_language_is_one() -> None:
    assert sure("The workshop was funded by the Kingdom of Utopia.\n\n研讨会由乌托邦王国资助。") == [
        "Kingdom of Utopia"
    ]


def test_donor_of_the_book_has_the_name_of_the_book() -> None:
    utopia = Known(7, {"en": "Kingdom of Utopia", "zh": "乌托邦王国"}, "KU")

    assert sure("研讨会由乌托邦王国资助。", utopia) == ["Kingdom of Utopia"]
    assert sure("The KU-funded project held a workshop.\n\n研讨会由乌托邦王国资助。", utopia) == ["Kingdom of Utopia"]


def test_evidence_is_the_words_of_the_release() -> None:
    text = "The workshop, funded by the Government of Japan, drew 70 officials."

    (quoted,) = drafted(text).evidence["donors[0]"]

    assert quoted.text == text[quoted.start : quoted.end] == "Government of Japan"


def test_who_may_pay_for_something_else_is_a_question() -> None:
    draft = drafted("Participants visited a hospital funded by Norway.")

    assert draft.uncertain == {"donors[0]": "Does “Norway” pay for this event?"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WXO is grateful to the Harbour Fund of Utopia for funding the workshop.", "Harbour Fund of Utopia"),
        ("WXO thanks the Boat Trust for its generous funding of the course.", "Boat Trust"),
        ("The training was held with the support of the Utopian Government.", "Utopian Government"),
        ("WXO, with support from the Danish government, held a workshop.", "Danish government"),
        (
            "It is held under the Safe Harbours Project, supported by the Utopian Department for Boats.",
            "Utopian Department for Boats",
        ),
        ("The project is supported by the United Kingdom.", "United Kingdom"),
        (
            "The course was held within the Utopian Agency for Rivers (UAR) Safe Harbours project.",
            "Utopian Agency for Rivers",
        ),
        ("本次研讨会在日本政府支持下举办。", "日本政府"),
        ("此次研讨会得到灯塔基金会的大力支持。", "灯塔基金会"),
    ],
)
def test_who_supports_and_may_well_pay_is_a_question(text: str, expected: str) -> None:
    draft = drafted(text)

    assert draft.donors == [expected]
    assert "donors[0]" in draft.uncertain


def test_words_before_a_thing_that_pays_are_no_donor() -> None:
    assert drafted("The workshop was funded through WXO's 1207 facility.").donors == []


def test_an_instrument_and_who_owns_it_are_one_donor() -> None:
    text = (
        "The workshop was funded by the EU. The project is funded by the Rivers Instrument (RI) of the European Union."
    )

    assert sure(text) == ["European Union (Rivers Instrument)"]


def test_donors_that_both_languages_name_in_one_order_are_joined() -> None:
    text = "The workshop was funded by Norway and Sweden.\n\n研讨会由挪威和瑞典资助。"

    assert sure(text) == ["Norway", "Sweden"]


def test_donor_that_only_chinese_names_is_a_question() -> None:
    draft = drafted("The workshop was funded by Norway.\n\n研讨会由挪威和瑞典资助。")

    assert draft.donors[0] == "Norway"
    assert "donors[0]" not in draft.uncertain
    assert len(draft.uncertain) == len(draft.donors) - 1


def test_donor_that_only_the_book_has_for_the_project_is_a_question() -> None:
    norway = Known(7, {"en": "Kingdom of Norway"}, "NO")
    phase = KnownProject(3, {"en": "Clean Rivers Project, Phase II"}, "CRP-II", parent=1)
    whole = KnownProject(1, {"en": "Clean Rivers Project"}, "CRP", donors=(7,))
    reading = Reading(
        lay_out("The workshop was held under the Clean Rivers Project, Phase II."),
        Gazetteer(agencies=(norway,), projects=(phase, whole)),
    )
    draft = Draft()
    project.fill(reading, Occasion(), draft)

    donors.fill(reading, Occasion(), draft)

    assert draft.donors == ["Kingdom of Norway"]
    assert draft.uncertain == {
        "donors[0]": "The text names no donor. Project 1 has “Kingdom of Norway” in the book. "
        "Does it pay for this event?"
    }


def test_support_by_who_often_pays_is_a_question() -> None:
    draft = drafted("The workshop was supported by the Ministry of Foreign Affairs of Norway.")

    assert draft.uncertain == {"donors[0]": "Does “Ministry of Foreign Affairs of Norway” pay for this event?"}
    assert drafted("The workshop was supported by the Ministry of Rivers.").donors == []
