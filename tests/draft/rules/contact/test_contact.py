from __future__ import annotations

import time
from typing import Any

import pytest

from eventrec.draft.gazetteer import Gazetteer, Known, KnownContact
from eventrec.draft.occasions import Occasion
from eventrec.draft.page import lay_out
from eventrec.draft.proposal import Draft
from eventrec.draft.reading import Reading
from eventrec.draft.rules import contact

ENGLISH = (
    "Officials learn about returns\n\nOslo – The Border Agency held a workshop in Oslo on 3 May 2024 for officials.\n\n"
)
CHINESE = "边境局举办返回研讨会\n\n2024年5月3日，边境局在北京举办了返回研讨会，各方代表参加了会议。\n\n"


def drafted(text: str, gazetteer: Gazetteer | None = None, *, country: str | None = None) -> Draft:
    """Return what is drafted of a release that ends in a text."""
    draft = Draft(country=country)
    lead = CHINESE if "\u4e00" <= text.strip()[0] <= "\u9fff" else ENGLISH
    contact.fill(Reading(lay_out(lead + text), gazetteer or Gazetteer()), Occasion(), draft)
    return draft


def said(text: str, country: str | None = None) -> dict[str, Any]:
    """Return the parts of the contact that were said, names and positions of one language as text."""
    draft = drafted(text, country=country)
    parts = {key: value for key, value in vars(draft.contact).items() if value} if draft.contact else {}
    return {
        key: next(iter(value.values())) if isinstance(value, dict) and len(value) == 1 else value
        for key, value in parts.items()
    }


ANNA = {"name": "Anna Berg", "email": "anna@example.org"}


@pytest.mark.parametrize(
    "text",
    [
        "For more information, contact Anna Berg, anna@example.org.",
        "For further information please contact Anna Berg at anna@example.org",
        "For further information on the project and its events, please contact Anna Berg by e-mail: anna@example.org.",
        "Should you have any questions, please do not hesitate to contact Anna Berg (anna@example.org).",
        "If you would like to learn more, get in touch with Anna Berg at anna@example.org.",
        "To find out more, reach out to Anna Berg via anna@example.org.",
        "Questions may be directed to Anna Berg at anna@example.org.",
        "Further information is available from Anna Berg, anna@example.org.",
        "For inquiries, please email Anna Berg at anna@example.org.",
        "For media inquiries: Anna Berg, anna@example.org",
        "Media contact: Anna Berg | anna@example.org",
        "Contact person: Anna Berg – E-mail: anna@example.org",
        "Focal point: Anna Berg, email anna@example.org",
        "Contact:\nAnna Berg\nanna@example.org",
        "MEDIA CONTACT\nAnna Berg\nEmail: anna@example.org",
        "For more information:\nAnna Berg, anna@example.org",
        "(For more details, contact Anna Berg, anna@EXAMPLE.org)",
        "Please contact Anna Berg at anna@example.org to register.",
    ],
)
def test_an_invitation_to_ask_names_the_contact(text: str) -> None:
    assert said(text) == ANNA
    assert drafted(text).uncertain == {}


FANG = {"name": "王芳", "email": "fang@example.org"}


@pytest.mark.parametrize(
    "text",
    [
        "如需更多信息，请联系王芳：fang@example.org。",
        "如需获得更多信息,请联系王芳:fang@example.org。",
        "欲了解更多信息请联系王芳（fang@example.org）。",
        "欲了解详情，敬请联系王芳，电子邮件：fang@example.org",
        "更多详情请咨询王芳，邮箱 fang@example.org",
        "详情请与王芳联系，邮箱：fang@example.org。",
        "如有疑问，可与王芳取得联系，fang@example.org。",
        "联系人：王芳 邮箱：fang@example.org",
        "媒体联系：王芳，fang@example.org",
        "媒体联系人\n王芳\n电子邮箱：fang@example.org",
        "项目联系人：王芳；电邮：fang＠example.org",
    ],
)
def test_an_invitation_in_chinese_names_the_contact(text: str) -> None:
    assert said(text) == FANG
    assert drafted(text).uncertain == {}


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Programme Manager Mr. Tom Lee", {"name": "Tom Lee", "honorific": "Mr.", "position": "Programme Manager"}),
        ("our Project Coordinator LI Na", {"name": "LI Na", "position": "Project Coordinator"}),
        ("the IOM Norland Programme Officer, Ms Eva Lind", {
            "name": "Eva Lind", "honorific": "Ms", "position": "Programme Officer", "office": "IOM Norland",
        }),
        ("IOM Norland’s Press Officer Jan O'Neil", {
            "name": "Jan O'Neil", "position": "Press Officer", "office": "IOM Norland",
        }),
        ("Tom Lee at IOM Norland", {"name": "Tom Lee", "office": "IOM Norland"}),
        ("Tom Lee at the IOM Office in Norland", {"name": "Tom Lee", "office": "IOM Office in Norland"}),
        ("Tom Lee, Head of Communications, Embassy of Norland", {
            "name": "Tom Lee", "position": "Head of Communications", "office": "Embassy of Norland",
        }),
        ("Dr. Nguyen Van An", {"name": "Nguyen Van An", "honorific": "Dr."}),
        ("Maria de la Cruz (UNODC)", {"name": "Maria de la Cruz", "office": "UNODC"}),
        ("Pär Ångström", {"name": "Pär Ångström"}),
        ("MEHRAN Razavi", {"name": "MEHRAN Razavi"}),
    ],
)  # fmt: skip
def test_title_position_and_office_are_told_from_the_name(phrase: str, expected: dict[str, str]) -> None:
    found = said(f"For more information, please contact {phrase}, Tel. +47 22 12 34 56.")
    assert found == {**expected, "phone": "+4722123456"}


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("项目经理王芳女士", {"name": "王芳", "honorific": "女士", "position": "项目经理"}),
        ("国际移民组织驻华代表处项目官员李小明先生", {
            "name": "李小明", "honorific": "先生", "position": "项目官员", "office": "国际移民组织驻华代表处",
        }),
        ("外事办公室副主任欧阳娜", {"name": "欧阳娜", "position": "副主任", "office": "外事办公室"}),
        ("新闻官马可·罗西", {"name": "马可·罗西", "position": "新闻官"}),
        ("项目助理Eva Lind女士", {"name": "Eva Lind", "honorific": "Ms.", "position": "项目助理"}),
        ("边境局李娜", {"name": "李娜", "office": "边境局"}),
    ],
)  # fmt: skip
def test_title_position_and_office_are_told_in_chinese(phrase: str, expected: dict[str, str]) -> None:
    assert said(f"如需更多信息，请联系{phrase}，电话：+86 10 6532 1234。") == {**expected, "phone": "+861065321234"}


def test_a_block_of_lines_is_one_person() -> None:
    lines = "Tom Lee\nPress Officer\nIOM Norland\nTel: +47-22-123456\nFax: +47 22 00 00 00"
    text = f"For further information, please contact\n{lines}"
    assert said(text) == {
        "name": "Tom Lee", "position": "Press Officer", "office": "IOM Norland", "phone": "+4722123456",
    }  # fmt: skip
    text = "如需更多信息，请联系：\n王芳\n项目官员\n边境局\n电话：+86 10 6532 1234\n传真：+86 10 6532 0000"
    assert said(text) == {"name": "王芳", "position": "项目官员", "office": "边境局", "phone": "+861065321234"}


def test_a_line_broken_by_the_width_of_the_page_goes_on() -> None:
    text = "For more information please contact Tom Lee at the IOM Office\nin Norland, Tel. +47 22123456"
    assert said(text)["office"] == "IOM Office in Norland"


def test_nothing_after_a_label_is_nothing() -> None:
    text = (
        "For further information please contact Tom Lee at IOM Norland. Tel: +47 22123456, Email:\n\n  • Delegates meet"
    )
    assert said(text) == {"name": "Tom Lee", "office": "IOM Norland", "phone": "+4722123456"}
    assert drafted(text).uncertain == {}


@pytest.mark.parametrize(
    "text",
    [
        "“We are glad,” said Head of Unit Anna Berg of the Border Agency.",
        "Anna Berg opened the workshop. Participants learned how to contact embassies.",
        "Victims can contact the hotline 12345678 or the police for more information.",
        "Participants said they would contact the Border Agency for more information.",
        "The agencies stayed in contact: both sides met again in June.",
        "For more information, visit www.example.org.",
        "王芳在会上发言。双方表示将保持联系。",
        "与会者交流了信息，并就如何联系使馆进行了讨论。",
    ],
)
def test_who_speaks_or_is_only_mentioned_is_no_contact(text: str) -> None:
    draft = drafted(text)
    assert draft.contact is None
    assert draft.uncertain == {}


def test_what_follows_a_contact_is_no_part_of_it() -> None:
    text = "For more information, contact Anna Berg, anna@example.org.\n\nThe Agency was founded in 1951 by Tom Lee."
    assert said(text) == ANNA
    assert drafted(text).disagreements == []


def test_a_mailbox_without_a_person_is_plain_and_who_it_is_a_question() -> None:
    draft = drafted("For more information, please contact: IOM Office in Norland, info@example.org")
    assert draft.contact is not None
    assert (draft.contact.name, draft.contact.office) == ({}, "IOM Office in Norland")
    assert draft.uncertain == {"contact.name": "The text names nobody to ask, only “info@example.org”. Who is it?"}
    assert list(drafted("如有疑问，请致信 info@example.org。").uncertain) == ["contact.name"]


@pytest.mark.parametrize("text", [
    "For further information please email press@example.org or call +47 22 55 51 03.",
    "For media enquiries: press@example.org, +47 22 55 51 03",
    "如需更多信息，请发邮件至press@example.org或致电+47 22 55 51 03。",
])  # fmt: skip
def test_how_to_reach_somebody_is_known_without_a_name(text: str) -> None:
    assert said(text) == {"email": "press@example.org", "phone": "+4722555103"}
    assert list(drafted(text).uncertain) == ["contact.name"]


@pytest.mark.parametrize(("text", "name", "title"), [
    ("For more information, contact Ms. Berg, anna@example.org.", "Berg", "Ms."),
    ("联系人：王女士\n电话：010-5555 1038\n邮箱：wang@example.org", "王", "女士"),
    ("联系人：赵老师  电话：010-55551038", "赵", "老师"),
    ("（联系人：欧阳先生，电话：010-55551038）", "欧阳", "先生"),
    ("如需更多信息，请联系陈老师（电话：010-55551038）。", "陈", "老师"),
])  # fmt: skip
def test_half_a_name_is_a_question_and_the_rest_plain(text: str, name: str, title: str) -> None:
    parts = said(text, country="CN")
    assert (parts["name"], parts["honorific"]) == (name, title)
    assert list(drafted(text, country="CN").uncertain) == ["contact.name"]


def test_half_a_name_that_nobody_can_reach_is_a_question_as_a_whole() -> None:
    assert list(drafted("联系人：王女士").uncertain) == ["contact"]


@pytest.mark.parametrize("apart", ["\n", "\n\n", " \n \n"])
@pytest.mark.parametrize("phone", ["Tel +244 222 555 103", "Tel: +244 222 555 103", "T. +244 222 555 103"])
@pytest.mark.parametrize("email", ["E-mail anna@example.org", "E-mail: anna@example.org", "anna@example.org"])
def test_a_block_has_a_line_for_each_part_with_or_without_empty_ones(apart: str, phone: str, email: str) -> None:
    text = apart.join(("For further information, please contact:", "Anna Berg", "Example Agency Angola", phone, email))
    found = drafted(text, country="AO")
    assert said(text, "AO") == {**ANNA, "office": "Example Agency Angola", "phone": "+244222555103"}
    assert found.uncertain == {}


def test_for_where_somebody_is_asked_is_no_name() -> None:
    draft = drafted("Contacts:\nIn Oslo: Anna Berg, anna@example.org\nIn Nairobi: Tom Lee, tom@example.org")
    assert draft.contact is not None
    assert (draft.contact.name, draft.contact.office) == ({"en": "Anna Berg"}, None)
    assert draft.disagreements == ["The release also names Tom Lee, tom@example.org as a contact."]


def test_a_paragraph_after_a_name_is_no_part_of_the_block() -> None:
    text = "For more information, contact Anna Berg.\n\nSamples Today\n\nThe office of Tom Lee is at +47 22 55 51 03."
    assert said(text) == {"name": "Anna Berg"}


@pytest.mark.parametrize("text", [
    "For more information, contact Anna Berg, anna@example.org, or Tom Lee, tom@example.org.",
    "Contacts:\nAnna Berg, anna@example.org\nTom Lee, tom@example.org",
    "Media contact: Anna Berg, anna@example.org; Tom Lee, tom@example.org",
    "For questions, contact Anna Berg, anna@example.org.\nMedia contact: Tom Lee, tom@example.org",
])  # fmt: skip
def test_the_first_of_several_is_the_contact_and_the_others_are_told(text: str) -> None:
    assert said(text) == ANNA
    assert drafted(text).disagreements == ["The release also names Tom Lee, tom@example.org as a contact."]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("+ 47 22123456", "+4722123456"),
        ("+472212 3456", "+4722123456"),
        ("+47-22-12-34-56", "+4722123456"),
        ("0047 22 12 34 56", "+4722123456"),
        ("+86 10 6532 1234 ext. 12", "+861065321234;ext=12"),
        ("+86 (10) 6532 1234 转 12", "+861065321234;ext=12"),
        ("＋86－10－65321234", "+861065321234"),
    ],
)
def test_a_phone_is_kept_in_e_164(written: str, expected: str) -> None:
    assert said(f"For more information, contact Anna Berg. Tel: {written}")["phone"] == expected


def test_a_national_number_is_of_the_country_of_the_event_or_the_book() -> None:
    text = "联系人：王芳，电话：010-65321234转805"
    assert said(text, country="CN")["phone"] == "+861065321234;ext=805"
    assert drafted(text, country="CN").uncertain == {}
    of_the_book = drafted(text, Gazetteer(country="CN"))
    assert of_the_book.contact is not None
    assert of_the_book.contact.phone == "+861065321234;ext=805"
    assert of_the_book.uncertain == {}


def test_a_phone_of_an_uncertain_country_is_a_question() -> None:
    assert "contact.phone" in drafted("For more information, contact Anna Berg, Tel. 010-65321234.").uncertain
    text = "联系人：王芳，电话：010-65321234"
    assert "contact.phone" in drafted(text, Gazetteer(country="CN"), country="IR").uncertain
    assert "contact.phone" in drafted(text, Gazetteer(country="CN"), country="NO").uncertain


@pytest.mark.parametrize("written", ["010-6532 1234", "（010）65321234", "0571-87654321", "138 0013 8000"])
def test_a_chinese_number_in_a_chinese_text_without_a_country_is_of_china(written: str) -> None:
    draft = drafted(f"联系人：王芳，电话：{written}")
    assert draft.contact is not None
    assert (draft.contact.phone or "").startswith("+86")
    assert draft.uncertain == {}


def test_an_acronym_with_a_city_is_an_office_and_no_person() -> None:
    text = "For more information, contact:\nAnna Berg\nSRO Nairobi\nTel: +254 20 555 0147\nE-mail: anna@example.org"
    assert said(text) == {**ANNA, "office": "SRO Nairobi", "phone": "+254205550147"}


@pytest.mark.parametrize(
    "text",
    [
        "如需更多信息，请联系边境局王琳（Wang Lin），lin@example.org。",
        "For more information, contact Wang Lin (王琳), lin@example.org.",
    ],
)
def test_a_name_in_brackets_is_the_same_person_in_other_letters(text: str) -> None:
    draft = drafted(text)
    assert draft.contact is not None
    assert draft.contact.name == {"en": "Wang Lin", "zh": "王琳"}
    assert draft.contact.email == "lin@example.org"
    assert draft.disagreements == []


def test_a_broken_phone_is_a_question() -> None:
    draft = drafted("For more information, contact Anna Berg, Tel: +47 22")
    assert draft.contact is not None
    assert draft.contact.phone is None
    assert "contact.phone" in draft.uncertain


@pytest.mark.parametrize(
    "hidden", ["anna [at] example.org", "anna(at)example.org", "anna AT example DOT org", "anna[@]example.org"]
)
def test_a_hidden_e_mail_is_a_question(hidden: str) -> None:
    draft = drafted(f"For more information, contact Anna Berg, {hidden}.")
    assert draft.contact is not None
    assert draft.contact.email == "anna@example.org"
    assert draft.uncertain == {"contact.email": f"The text has “{hidden}”. Is anna@example.org the address?"}


def test_a_broken_e_mail_is_a_question() -> None:
    draft = drafted("For more information, contact Anna Berg, anna@example, Tel. +47 22123456")
    assert draft.contact is not None
    assert draft.contact.email is None
    assert "contact.email" in draft.uncertain
    assert "contact.email" in drafted("For more information, contact Anna Berg, [email protected]").uncertain


ENGLISH_CONTACT = "For more information, contact Programme Manager Mr. Marco Rossi, marco@example.org."


def both(chinese: str) -> Draft:
    draft = Draft()
    text = f"{ENGLISH}{ENGLISH_CONTACT}\n\n{CHINESE}{chinese}"
    contact.fill(Reading(lay_out(text), Gazetteer()), Occasion(), draft)
    return draft


@pytest.mark.parametrize("chinese", [
    "如需更多信息，请联系项目经理罗明先生：marco@example.org。",
    "如需更多信息，请联系项目经理罗明先生。",
])  # fmt: skip
def test_both_languages_make_one_person(chinese: str) -> None:
    found = both(chinese)
    assert found.contact is not None
    assert found.contact.name == {"en": "Marco Rossi", "zh": "罗明"}
    assert found.contact.position == {"en": "Programme Manager", "zh": "项目经理"}
    assert (found.contact.honorific, found.contact.email) == ("Mr.", "marco@example.org")
    assert (found.uncertain, found.disagreements) == ({}, [])


def test_languages_with_different_people_do_not_make_one() -> None:
    found = both("如需更多信息，请联系项目经理罗明先生：luo@example.org。")
    assert found.contact is not None
    assert found.contact.name == {"en": "Marco Rossi"}
    assert found.disagreements == ["The release also names 罗明, luo@example.org as a contact."]
    assert found.uncertain == {"contact": "Is Marco Rossi the one to ask?"}


def test_an_english_title_is_found_for_an_english_name_with_a_chinese_one() -> None:
    assert said("如需更多信息，请联系Eva Lind女士：eva@example.org。")["honorific"] == "Ms."


def test_every_part_is_quoted() -> None:
    draft = drafted("For more information, contact Programme Manager Anna Berg, anna@example.org, +47 22123456.")
    assert {field: [each.text for each in found] for field, found in draft.evidence.items()} == {
        "contact": ["Programme Manager", "Anna Berg", "anna@example.org", "+47 22123456"],
        "contact.name": ["Anna Berg"],
        "contact.position": ["Programme Manager"],
        "contact.email": ["anna@example.org"],
        "contact.phone": ["+47 22123456"],
    }


AGENCY = Known(3, {"en": "Border Agency", "zh": "边境局"}, code="BAX")
KNOWN = KnownContact(
    5, {"en": "Anna Berg", "zh": "白安娜"}, emails=("anna@example.org",), phones=("+4722123456",), agency=3,
    position={"en": "Programme Officer"},
)  # fmt: skip
BOOK = Gazetteer(agencies=(AGENCY,), contacts=(KNOWN,), country="NO")


def test_a_contact_of_the_book_is_known_by_its_e_mail() -> None:
    draft = drafted("For more information, contact Anna Berg, Anna@Example.org, Tel. +47 22123456.", BOOK)
    assert draft.contact is not None
    assert draft.contact.known == 5
    assert (draft.uncertain, draft.disagreements) == ({}, [])


def test_what_differs_from_the_book_is_told() -> None:
    text = "For more information, contact Programme Manager Anna Berg, anna@example.org, +47 22999999."
    assert drafted(text, BOOK).disagreements == [
        "Contact 5, Anna Berg / 白安娜, has +4722123456 in the book, the release says +4722999999.",
        "Contact 5, Anna Berg / 白安娜, is Programme Officer in the book, the release says Programme Manager.",
    ]


def test_a_contact_of_the_book_is_known_by_name_and_agency() -> None:
    draft = drafted("For more information, contact Anna Berg, Border Agency, anna.berg@example.com.", BOOK)
    assert draft.contact is not None
    assert draft.contact.known == 5
    assert draft.disagreements == [
        "Contact 5, Anna Berg / 白安娜, has anna@example.org in the book, the release says anna.berg@example.com."
    ]


def test_the_same_name_alone_is_a_question() -> None:
    draft = drafted("For more information, contact Anna Berg, Harbour Office, anna@example.com.", BOOK)
    assert draft.contact is not None
    assert draft.contact.known is None
    assert draft.uncertain == {"contact.known": "Is it contact 5, Anna Berg / 白安娜, of the book?"}


def test_another_name_with_the_same_mailbox_is_a_question() -> None:
    draft = drafted("For more information, contact Tom Lee, anna@example.org.", BOOK)
    assert draft.contact is not None
    assert draft.contact.known is None
    assert "contact.known" in draft.uncertain


@pytest.mark.parametrize(
    "hostile",
    [
        "For more information, contact " * 2_000,
        "contact: " + "A" * 50_000,
        "For more information, contact " + "Anna " * 10_000,
        "For more information, contact " + "a@" * 20_000,
        "For more information, contact " + "+1 " * 20_000,
        "For more information, contact " + "a.-" * 20_000 + "@",
        "Media contact:\n" * 3_000,
        "请联系" * 10_000,
        "如需更多信息，请与" + "王" * 30_000,
        "联系人：" * 8_000,
        "更多信息，请联系" + "·" * 30_000,
    ],
)
def test_hostile_text_is_read_in_time(hostile: str) -> None:
    reading = Reading(lay_out(hostile), Gazetteer())
    vars(reading)["organisations"] = ()  # these have their own test
    assert (reading.page.sentences, reading.places) is not None
    began = time.process_time()
    contact.fill(reading, Occasion(), Draft())
    assert time.process_time() - began < 5


@pytest.mark.parametrize("text", [
    "For information, please call Anna Berg on 22 55 51 03.",
    "Contact details: Anna Berg\nPhone: (+47) 22 55 51 03",
    "For media queries, please reach:\nAnna Berg, +47 22 55 51 03",
])  # fmt: skip
def test_a_phone_is_known_by_the_word_before_it(text: str) -> None:
    assert said(text, "NO") == {"name": "Anna Berg", "phone": "+4722555103"}


def test_a_team_without_a_name_can_be_reached() -> None:
    assert said("For further details, please contact the project team: project@example.org") == {
        "email": "project@example.org"
    }


def test_two_names_before_a_phone_share_it() -> None:
    parts = said("联系单位：示例中心\n联系人：王琳、李伟\n电话：010-55551038", "CN")
    assert (parts["name"], parts["phone"]) == ("王琳", "+861055551038")
