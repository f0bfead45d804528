from __future__ import annotations

import pytest

from eventrec.draft.gazetteer import Gazetteer, KnownProject
from eventrec.draft.occasions import Occasion
from eventrec.draft.page import lay_out
from eventrec.draft.proposal import Draft
from eventrec.draft.reading import Reading
from eventrec.draft.rules import project

WIDE = {ord(mark): ord(mark) + 0xFEE0 for mark in ",;:()!?"}


OPENING = (
    "Officers Learn about Boats\n\n"
    "The officers of the two services met on the river for the first time and spoke about their work.\n\n"
)
"""What makes a sentence alone the body of a release."""


def drafted(text: str, *known: KnownProject) -> Draft:
    draft = Draft()
    project.fill(Reading(lay_out(OPENING + text), Gazetteer(projects=known)), Occasion(), draft)
    return draft


def said(text: str, *known: KnownProject) -> tuple[str | None, str | None, str | None] | None:
    """Return name, code and phase; None for none or a question."""
    draft = drafted(text, *known)
    if draft.project is None or "project" in draft.uncertain:
        return None
    return next(iter(draft.project.name.values())), draft.project.code, draft.project.phase


RIVERS = "Clean Rivers Support Project"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The workshop was held in the framework of the Clean Rivers Support Project.", (RIVERS, None, None)),
        ("Held under the Clean Rivers Support Project, the training drew 20 people.", (RIVERS, None, None)),
        ("The training, part of the EU-funded Clean Rivers Support Project, began today.", (RIVERS, None, None)),
        ("It took place within the framework of the Clean Rivers Support Project (CRSP).", (RIVERS, "CRSP", None)),
        ("It was organized through the Clean Rivers Support Project (CRSP II).", (RIVERS, "CRSP II", "II")),
        ("It was held under the Clean Rivers Support Project\uff08CRSP III\uff09.", (RIVERS, "CRSP III", "III")),
        ("It was held under the Clean Rivers Support Project \uff08CRSP\uff09.", (RIVERS, "CRSP", None)),
        (
            "The event, part of the Utopia-Asia Dialogue on River Safety support project, was held today.",
            ("Utopia-Asia Dialogue on River Safety support project", None, None),
        ),
        (
            "The workshop forms part of the Safe Harbours Partnership, Phase 2, supported by Norway.",
            ("Safe Harbours Partnership", None, "2"),
        ),
        (
            "WXO launched the African Union (AU)-Asia Dialogue on Boats Support Project (ADBP) Phase II – a new one.",
            ("AU-Asia Dialogue on Boats Support Project", "ADBP", "II"),
        ),
        (
            "It is part of WXO's two-year “Safe Harbours in Utopia” (SH Utopia) project.",
            ("Safe Harbours in Utopia", "SH Utopia", None),
        ),
        (
            "It was held under the project Safe Harbours for All in the South (SHAS+), supported by Norway.",
            ("Safe Harbours for All in the South", "SHAS+", None),
        ),
        ("The workshop is part of the WXO-implemented Safe Harbours Project.", ("Safe Harbours Project", None, None)),
        ("The course was held under the UNDP-led Safe Harbours Programme.", ("Safe Harbours Programme", None, None)),
        (
            "It was held in the framework of the Utopian Agency for Rivers (UAR) Safe Harbours project.",
            ("Safe Harbours project", None, None),
        ),
        (
            "It was held within the project “Safe Harbours for All” (iSHA II).",
            ("Safe Harbours for All", "iSHA II", "II"),
        ),
        ("研讨会是“清洁河流治理”项目(二期)的系列活动之一。", ("清洁河流治理项目", None, "II")),
        (
            "It was organised under the EU funded Action Against River Crime (A-RiC) Project implemented by WXO.",
            ("Action Against River Crime Project", "A-RiC", None),
        ),
        ("It was held under the UNODC Global Programme on Boats.", ("Global Programme on Boats", None, None)),
        (
            "It was held in the framework of the Regional Programme “Safe Harbours” (RPSH).",
            ("Safe Harbours", "RPSH", None),
        ),
        ("It was organized by the EU-funded project Safe Rivers, implemented by WXO.", ("Safe Rivers", None, None)),
        (
            "It was implemented under the project “\nSafe Harbours for All (SHA)” by WXO.",
            ("Safe Harbours for All", "SHA", None),
        ),
        ("在欧盟资助的“河流伙伴计划”支持下,培训班在北京举办。", ("河流伙伴计划", None, None)),
        ("河流组织实施的安全港口项目在北京举办研讨会。", ("安全港口项目", None, None)),
        ("清洁河流支持项目(CRSP)第二期启动仪式在北京举行。", ("清洁河流支持项目", "CRSP", "II")),
        ("会议在清洁河流支持项目(CRSP三期)框架下举行。", ("清洁河流支持项目", "CRSP III", "III")),
        ("It was organized as part of the Clean Rivers Support Project (CRSP), Phase II.", (RIVERS, "CRSP", "II")),
        ("It was organized under the Clean Rivers Support Project - Phase 2.", (RIVERS, None, "2")),
        ("It was organized under the Clean Rivers Support Project, Phase II (CRSP II).", (RIVERS, "CRSP II", "II")),
        ("It was held under the second phase of the Clean Rivers Support Project.", (RIVERS, None, "II")),
        ("It is part of WXO's “Clean Rivers (CR) in Asia” project.", ("Clean Rivers in Asia", "CR", None)),
        (
            "The closing workshop of the Project “Safe Harbours for All” (SHA) was held.",
            ("Safe Harbours for All", "SHA", None),
        ),
        (
            "The seminar is part of the regional programme entitled “Safe Harbours for All”.",
            ("Safe Harbours for All", None, None),
        ),
        (
            "Within the framework of its Safe Harbours for All (SHA) in Utopia project, WXO trained 30 officers.",
            ("Safe Harbours for All in Utopia", "SHA", None),
        ),
        (
            "In the framework of the African Union (AU) – Asia Dialogue on Rivers Project, a seminar was held.",
            ("AU-Asia Dialogue on Rivers Project", None, None),
        ),
        (
            "The course was delivered under the Migration, Environment and Rivers Programme funded by Norway.",
            ("Migration, Environment and Rivers Programme", None, None),
        ),
        (
            "It was held under the Border Programme in Central Utopia (BPCU), phase 10.",
            ("Border Programme in Central Utopia", "BPCU", "10"),
        ),
        (
            "It was held under the Joint Programme on River Safety.",
            ("Joint Programme on River Safety", None, None),
        ),
        (
            "The EU-funded Programme for Legal Rivers in Utopia (PLRU) supported a workshop.",
            ("Programme for Legal Rivers in Utopia", "PLRU", None),
        ),
        (
            "As part of the project Strengthening River Capacities in Utopia (SRCU), WXO ran a course.",
            ("Strengthening River Capacities in Utopia", "SRCU", None),
        ),
        ("The second phase of the “Safe Harbours” project (SHAP II) began.", ("Safe Harbours", "SHAP II", "II")),
        ("It was organised by WXO with EU funding under the CRSP II project.", ("CRSP II project", "CRSP II", "II")),
        (
            "Under the framework of its Global Programme on Strengthening Law against River Crime, it met.",
            ("Global Programme on Strengthening Law against River Crime", None, None),
        ),
        ("The visit was organized under the CRSP II project.", ("CRSP II project", "CRSP II", "II")),
        ("“清洁河流支持项目三期”启动会在北京召开。", ("清洁河流支持项目", None, "III")),
        ("双方在北京召开清洁河流支持项目(CRSP)二期协调会。", ("清洁河流支持项目", "CRSP", "II")),
        ("国际河流组织驻华代表处在清洁河流支持项目框架下举办了研讨会。", ("清洁河流支持项目", None, None)),
        ("双方在北京启动“清洁河流支持二期”项目。", ("清洁河流支持项目", None, "II")),
        ("培训在广州举行,这是清洁河流支持项目的一项活动。", ("清洁河流支持项目", None, None)),
        ("在清洁河流支持项目框架下,研讨会在北京举行。", ("清洁河流支持项目", None, None)),
        ("本次培训在第二期清洁河流支持项目框架下开展。", ("清洁河流支持项目", None, "II")),
        ("作为清洁河流支持项目(CRSP)的一部分,培训班今日开班。", ("清洁河流支持项目", "CRSP", None)),
        ("研讨会在由欧盟资助的清洁河流支持项目二期框架下举办。", ("清洁河流支持项目", None, "II")),
        ("本次活动是“清洁河流”项目的系列活动之一。", ("清洁河流项目", None, None)),
        ("清洁河流官员研修项目第五期20名学员访问了北京。", ("清洁河流官员研修项目", None, "第五期")),
    ],
)
def test_project_is_read_with_acronym_and_phase(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text", ["作为清洁河流支持项目(CRSP)的一部分,培训班今日开班。", "今日,清洁河流支持项目(CRSP)框架下的培训班开班。"]
)
def test_full_width_marks_are_read_like_narrow_ones(text: str) -> None:
    assert said(text) == said(text.translate(WIDE)) == ("清洁河流支持项目", "CRSP", None)


@pytest.mark.parametrize(
    "text",
    [
        "The project aims to support officials.",
        "Participants discussed the project and its next phase.",
        "The United Nations Development Programme took part.",
        "The World Food Programme held a workshop.",
        "An awareness programme was presented.",
        "The Programme Office opened a project document.",
        "The course was organised by the European River Action Service.",
        "The training programme, titled “Detecting River Boats”, was held.",
        "公安部举行河流安全国际研讨会暨项目启动仪式。",
        "双方召开项目协调会。",
        "该项目旨在支持各方合作。",
        "更多信息,请联系项目经理张三。",
        "各方讨论了合作项目。",
    ],
)
def test_project_without_a_name_is_none(text: str) -> None:
    assert drafted(text).project is None


def test_project_that_is_only_mentioned_is_a_question() -> None:
    draft = drafted("The Safe Harbours Project trained judges last year. A seminar on rivers was held.")

    assert draft.project is not None
    assert "project" in draft.uncertain


def test_project_is_named_in_both_languages() -> None:
    draft = drafted(
        "It was held under the Clean Rivers Support Project, Phase II (CRSP II).\n\n"
        "在第二期清洁河流支持项目框架下,会议在北京举行。"
    )

    assert draft.project is not None
    assert draft.project.name == {"en": RIVERS, "zh": "清洁河流支持项目"}
    assert (draft.project.code, draft.project.phase) == ("CRSP II", "II")
    assert draft.uncertain == {}


def test_programme_out_of_which_somebody_pays_is_a_question() -> None:
    draft = drafted("The training was funded by Utopia through its Clean Rivers Program.")

    assert "project" in draft.uncertain


@pytest.mark.parametrize("name", ["Rivers and Roads Initiative", "River Police Training Programme"])
def test_initiative_and_training_programme_are_a_question(name: str) -> None:
    draft = drafted(f"The seminar was held under the {name}.")

    assert draft.project is not None
    assert "project" in draft.uncertain


def test_phases_that_the_languages_say_otherwise_are_a_question() -> None:
    draft = drafted(
        "Held under the Clean Rivers Support Project, Phase II.\n\n在第三期清洁河流支持项目框架下,会议在北京举行。"
    )

    assert "project.phase" in draft.uncertain
    assert draft.disagreements


def test_evidence_is_the_words_of_the_release() -> None:
    text = "It was held under the Clean Rivers Support Project, Phase II (CRSP II)."

    (quoted,) = drafted(text).evidence["project"]

    assert quoted.text == "Clean Rivers Support Project, Phase II (CRSP II)"
    assert quoted.text == (OPENING + text)[quoted.start : quoted.end]


CRSP = KnownProject(1, {"en": RIVERS, "zh": "清洁河流支持项目"}, "CRSP")
FIRST = KnownProject(2, {"en": f"{RIVERS}, Phase I", "zh": "第一期清洁河流支持项目"}, "CRSP-I", parent=1)
SECOND = KnownProject(3, {"en": f"{RIVERS}, Phase II", "zh": "第二期清洁河流支持项目"}, "CRSP-II", parent=1)
BOOK = (CRSP, FIRST, SECOND)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("It was held under the Clean Rivers Support Project.", 1),
        ("It was held under the Clean Rivers Support Project, Phase II.", 3),
        ("It was held under the clean rivers support project (CRSP II).", 3),
        ("It was held under the first phase of the Clean Rivers Support Project.", 2),
        ("It was held under the Clean Rivers Support Project (Phase 2).", 3),
        ("本次培训在第二期清洁河流支持项目框架下开展。", 3),
        ("本次培训在清洁河流支持项目框架下开展。", 1),
        ("Held in the framework of the CRSP-II project, the workshop ended today.", 3),
    ],
)
def test_project_of_the_book_is_known_by_name_code_and_phase(text: str, known: int) -> None:
    draft = drafted(text, *BOOK)

    assert draft.project is not None
    assert draft.project.known == known
    assert draft.project.name == {"en": RIVERS, "zh": "清洁河流支持项目"}
    assert draft.uncertain == {}


def test_phase_that_the_book_does_not_have_is_a_question() -> None:
    draft = drafted("It was held under the Clean Rivers Support Project, Phase III (CRSP III).", *BOOK)

    assert draft.project is not None
    assert (draft.project.known, draft.project.phase) == (1, "III")
    assert "project.phase" in draft.uncertain


def test_two_projects_of_the_book_are_a_question() -> None:
    other = KnownProject(9, {"en": "Safe Harbours Project"}, "SHP")

    draft = drafted("It was held under the Clean Rivers Support Project and the Safe Harbours Project.", *BOOK, other)

    assert "project" in draft.uncertain


def test_project_that_the_text_leads_to_beats_one_of_the_book_that_it_mentions() -> None:
    draft = drafted(
        "It was held under the Safe Harbours Project (SHP). Earlier, the Clean Rivers Support Project was closed.",
        *BOOK,
    )

    assert draft.project is not None
    assert (draft.project.known, draft.project.code) == (None, "SHP")
