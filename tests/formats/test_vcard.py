from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import chain

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar.parser import Contentline, Contentlines

from eventrec.formats import vcard_reader
from eventrec.formats.cells import clean
from eventrec.formats.vcard import Card, Point, Version, render

PERSON = Card(
    "0190d3a0-0000-7000-8000-000000000001",
    {"en": "Andrei Zaitsev", "zh": "翟安瑞"},
    honorific="Mr.",
    organization={"en": "Example Mission", "zh": "示例代表处"},
    unit="Programmes",
    position={"en": "Programme Manager", "zh": "项目经理"},
    points=(
        Point("email", "andrei@example.org", preferred=True),
        Point("email", "home@example.org", "home"),
        Point("phone", "+861012345678"),
        Point("mobile", "+8613912345678", preferred=True),
    ),
    sex="male",
    categories=("EXAMPLE", "a,b"),
    languages=("en", "zh"),
    sort_key="zaitsev andrei",
    revised_at="2024-10-17T01:02:03Z",
)
SPLIT = replace(PERSON, family_name="Zaitsev", given_name="Andrei")
AGENCY = Card(
    "0190d3a0-0000-7000-8000-000000000002",
    {"en": "Example Agency", "zh": "示例机构"},
    kind="org",
    code="EA",
    points=(Point("address", "1 Example Road\nBeijing; China"), Point("url", "www.example.org/a b")),
)


def lines(card: Card, version: Version = "3.0", main: str = "en") -> list[str]:
    """Return a card's unfolded lines, read by icalendar."""
    text = render([card], version, main).decode()
    return [str(line) for line in Contentlines.from_ical(text) if line]


def test_the_default_card_is_3_0_with_one_full_name_in_all_languages() -> None:
    found = lines(PERSON)
    assert found[:5] == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "PRODID:-//eventrec//Contacts//EN",
        "UID:0190d3a0-0000-7000-8000-000000000001",
        "FN:Andrei Zaitsev 翟安瑞",
    ]
    assert "TITLE:Programme Manager / 项目经理" in found
    assert "ORG:Example Mission / 示例代表处;Programmes" in found
    assert "EMAIL;TYPE=INTERNET,WORK,PREF:andrei@example.org" in found
    assert "EMAIL;TYPE=INTERNET,HOME:home@example.org" in found
    assert "TEL;TYPE=WORK,VOICE:+861012345678" in found
    assert "TEL;TYPE=CELL:+8613912345678" in found
    assert "CATEGORIES:EXAMPLE,a\\,b" in found
    assert "SORT-STRING:zaitsev andrei" in found
    assert "REV:2024-10-17T01:02:03Z" in found


def test_a_name_is_never_split_unless_its_parts_are_recorded() -> None:
    assert "N:Andrei Zaitsev 翟安瑞;;;Mr.;" in lines(PERSON)
    assert "N:Zaitsev;Andrei;;Mr.;" in lines(SPLIT)


def test_a_split_name_keeps_the_other_languages_as_nickname() -> None:
    assert "NICKNAME:翟安瑞" in lines(SPLIT)


def test_the_main_language_comes_first() -> None:
    assert "FN:翟安瑞 Andrei Zaitsev" in lines(PERSON, main="zh")


def test_a_card_of_4_0_has_one_alternative_a_language() -> None:
    found = lines(PERSON, "4.0")
    assert found[1] == "VERSION:4.0"
    for line in (
        "UID:urn:uuid:0190d3a0-0000-7000-8000-000000000001",
        "KIND:individual",
        "N;ALTID=1;LANGUAGE=en;X-SORT-AS=zaitsev andrei:Andrei Zaitsev;;;Mr.;",
        "N;ALTID=1;LANGUAGE=zh:翟安瑞;;;;",
        "ORG;ALTID=1;LANGUAGE=zh:示例代表处;Programmes",
        "TITLE;ALTID=1;LANGUAGE=en:Programme Manager",
        "GENDER:M",
        "EMAIL;TYPE=work;PREF=1:andrei@example.org",
        "TEL;TYPE=cell:+8613912345678",
        "LANG;PREF=2:zh",
        "REV:20241017T010203Z",
    ):
        assert line in found


def test_only_the_language_of_the_recorded_parts_is_split() -> None:
    found = lines(replace(SPLIT, family_name="翟", given_name="安瑞"), "4.0")
    assert "N;ALTID=1;LANGUAGE=zh:翟;安瑞;;Mr.;" in found
    assert "N;ALTID=1;LANGUAGE=en;X-SORT-AS=zaitsev andrei:Andrei Zaitsev;;;Mr.;" in found


def test_a_value_in_one_language_has_no_alternative() -> None:
    assert "N;LANGUAGE=zh:李娜;;;;" in lines(Card(PERSON.uid, {"zh": "李娜"}), "4.0")


def test_an_agency_is_an_organisation() -> None:
    company = {"N:;;;;", "X-ABShowAs:COMPANY", "ORG:Example Agency / 示例机构", "NICKNAME:EA"}
    assert company <= set(lines(AGENCY))
    assert {"KIND:org", "ORG;ALTID=1;LANGUAGE=zh:示例机构", "NICKNAME:EA"} <= set(lines(AGENCY, "4.0"))


def test_an_address_is_one_text_and_a_link_is_a_uri() -> None:
    found = lines(AGENCY)
    assert "ADR;TYPE=WORK:;;1 Example Road\\nBeijing\\; China;;;;" in found
    assert "URL:https://www.example.org/a%20b" in found


def test_a_label_of_its_own_and_wechat_stand_beside_the_line_and_in_the_note_of_3_0() -> None:
    points = (Point("phone", "+86101", "assistant"), Point("wechat", "li_1"))
    card = Card(PERSON.uid, {"en": "Li"}, points=points, note="Kind.")
    for line in (
        "item1.TEL;TYPE=WORK,VOICE:+86101",
        "item1.X-ABLabel:assistant",
        "X-WECHAT:li_1",
        "NOTE:Kind.\\nassistant: +86101\\nWeChat: li_1",
    ):
        assert line in lines(card)
    assert {"NOTE:Kind.", "item1.X-ABLabel:assistant", "IMPP;X-SERVICE-TYPE=WeChat:weixin:li_1"} <= set(
        lines(card, "4.0")
    )


@pytest.mark.parametrize(
    ("point", "in_3", "in_4"),
    [
        (Point("phone", "1", "fax"), "TEL;TYPE=WORK,FAX:1", "TEL;TYPE=work;TYPE=fax:1"),
        (Point("phone", "1", "Pager"), "TEL;TYPE=WORK,PAGER:1", "TEL;TYPE=work;TYPE=pager:1"),
        (Point("phone", "1", "home"), "TEL;TYPE=HOME,VOICE:1", "TEL;TYPE=home;TYPE=voice:1"),
        (Point("mobile", "1", "work"), "TEL;TYPE=WORK,CELL:1", "TEL;TYPE=work;TYPE=cell:1"),
        (Point("phone", "+861;ext=12"), "TEL;TYPE=WORK,VOICE:+861 ext. 12", "TEL;TYPE=work;TYPE=voice:+861 ext. 12"),
        (Point("address", "x", "home"), "ADR;TYPE=HOME:;;x;;;;", "ADR;TYPE=home:;;x;;;;"),
        (Point("url", "a:b", "home"), "item1.URL:a:b", "URL;TYPE=home:a:b"),
    ],
)
def test_labels_are_types_where_there_is_a_type(point: Point, in_3: str, in_4: str) -> None:
    card = Card(PERSON.uid, {"en": "Li"}, points=(point,))
    assert in_3 in lines(card)
    assert in_4 in lines(card, "4.0")


def test_of_several_points_of_one_kind_the_preferred_one_says_so() -> None:
    one, two = Point("phone", "1", preferred=True), Point("phone", "2")
    assert "TEL;TYPE=work;TYPE=voice:1" in lines(replace(PERSON, points=(one,)), "4.0")
    assert "TEL;TYPE=work;TYPE=voice;PREF=1:1" in lines(replace(PERSON, points=(one, two)), "4.0")


def test_texts_whose_scripts_do_not_tell_their_languages_stand_one_by_one_in_3_0() -> None:
    found = lines(Card(PERSON.uid, {"en": "Anna", "fr": "Anne"}))
    assert "FN:Anna Anne" in found
    assert found[-3:-1] == ["X-ALT-FN;LANGUAGE=en:Anna", "X-ALT-FN;LANGUAGE=fr:Anne"]
    assert not any(line.startswith("X-ALT") for line in lines(PERSON))


def test_a_uid_of_another_program_is_a_text() -> None:
    card = Card("4A-1:ABPerson", {"en": "Li"})
    assert "UID:4A-1:ABPerson" in lines(card)
    assert "UID;VALUE=text:4A-1:ABPerson" in lines(card, "4.0")


def test_sex_that_is_not_stated_is_not_written() -> None:
    assert not any(line.startswith("GENDER") for line in lines(Card(PERSON.uid, {"en": "Li"}), "4.0"))


def test_every_line_ends_with_crlf_and_has_at_most_75_octets() -> None:
    for version in ("3.0", "4.0"):
        data = render([PERSON, AGENCY], version, "en")  # type: ignore[arg-type]
        assert data.count(b"\n") == data.count(b"\r\n")
        assert max(map(len, data.split(b"\r\n"))) <= 75


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]) | st.just("\n"), min_size=1, max_size=60)


@given(TEXTS)
@settings(max_examples=80)
def test_vobject_reads_the_texts_that_were_written(text: str) -> None:
    card = Card(PERSON.uid, {"en": "Li"}, organization={"en": text}, position={"en": text}, note=text)
    read = vobject.readOne(render([card]).decode())
    assert read.note.value == text
    assert read.title.value == text
    assert read.org.value == [text]


LONG = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]) | st.just("\n"), min_size=1, max_size=400)


@given(LONG)
@settings(max_examples=60)
def test_every_text_of_any_length_is_read_back_from_either_version(text: str) -> None:
    card = Card(PERSON.uid, {"en": "Li"}, note=text, unit=text, organization={"en": "Org"})
    assert vobject.readOne(render([card]).decode()).note.value == text
    for version in ("3.0", "4.0"):
        found = {each.split(":", 1)[0].split(";")[0]: each.split(":", 1)[1] for each in lines(card, version)}
        assert re.sub(r"\\(.)", lambda each: "\n" if each[1] == "n" else each[1], found["NOTE"]) == text
        file = vcard_reader.read(BytesIO(render([card], version)))
        (read,) = chain(file.people, file.agencies)
        assert (read.note or "").strip() == text.strip()
    assert vobject.readOne(render([card]).decode()).org.value == ["Org", text]


@given(TEXTS)
@settings(max_examples=50)
def test_no_text_breaks_out_of_its_line(text: str) -> None:
    card = Card(PERSON.uid, {"en": "Li"}, note=clean(text), position={"en": text})
    names = [Contentline(line).parts()[0] for line in lines(card, "4.0")]
    assert names == ["BEGIN", "VERSION", "PRODID", "UID", "KIND", "FN", "N", "TITLE", "NOTE", "END"]


def test_identical_cards_give_identical_bytes() -> None:
    assert render([PERSON, AGENCY]) == render([PERSON, AGENCY])
