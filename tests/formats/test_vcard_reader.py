from __future__ import annotations

import time
import tracemalloc
from io import BytesIO
from operator import attrgetter
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrec.errors import Rejected
from eventrec.formats import vcard, vcard_lines, vcard_reader
from eventrec.formats.vcard import Point, render
from eventrec.formats.vcard_reader import Card, CardFile, Group
from eventrec.text.names import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.vcard_records import PointKind

LETTERS = {
    "en": "abcdefgABCDEFGéüñ",
    "zh": "李娜翟安瑞单曾示例代表处项目",
    "ja": "たなかハナコ",
    "ko": "김철수이영희",
    "ru": "АндрейБвг",
    "ar": "محمدعلي",
}
WORDS = {tag: st.text(letters, min_size=1, max_size=8) for tag, letters in LETTERS.items()}
PHRASES = {tag: st.lists(words, min_size=1, max_size=3).map(" ".join) for tag, words in WORDS.items()}
BY_SCRIPT = st.fixed_dictionaries({"en": PHRASES["en"]}, optional={t: p for t, p in PHRASES.items() if t != "en"})


def cleaned(lines: bool = False) -> st.SearchStrategy[str]:
    """Return texts of all of Unicode that the book accepts."""

    def accept(text: str) -> str:
        try:
            return clean(text, "text", lines=lines)
        except Rejected:
            return "text"

    return st.text(max_size=30).map(accept).map(str.strip).filter(bool)


KINDS: tuple[PointKind, ...] = ("email", "phone", "mobile", "wechat", "address")
BY_TAG = st.dictionaries(st.sampled_from(["en", "fr", "zh", "zh-Hant", "pt-BR", "ru"]), cleaned(), min_size=1)


def card(*lines: str, version: str = "3.0", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode(encoding)


def read(content: bytes) -> CardFile:
    return vcard_reader.read(BytesIO(content))


def cards_of(file: CardFile) -> list[Card]:
    return sorted([*file.people, *file.agencies], key=attrgetter("line"))


def one(content: bytes) -> Card:
    file = read(content)
    assert not file.problems
    (found,) = cards_of(file)
    return found


def problem(file: CardFile) -> tuple[int, str]:
    (found,) = file.problems
    return found.line, found.message


# Our own cards come back


@given(name=BY_SCRIPT, organization=BY_SCRIPT, position=BY_SCRIPT)
def test_names_agencies_and_positions_come_back_from_our_3_0_in_every_script(
    name: dict[str, str], organization: dict[str, str], position: dict[str, str]
) -> None:
    found = one(render([vcard.Card(str(UUID(int=1)), name, organization=organization, position=position)], "3.0"))
    assert (found.names, found.organization, found.position) == (name, organization, position)


@given(name=BY_TAG, organization=BY_TAG, position=BY_TAG)
def test_names_agencies_and_positions_come_back_from_our_4_0_whatever_they_are(
    name: dict[str, str], organization: dict[str, str], position: dict[str, str]
) -> None:
    found = one(render([vcard.Card(str(UUID(int=1)), name, organization=organization, position=position)], "4.0"))
    assert (found.names, found.organization, found.position) == (name, organization, position)


@given(others=BY_TAG, family=PHRASES["en"], given_name=PHRASES["en"], main=st.sampled_from(["en", "ru", "zh"]))
def test_a_name_with_its_family_name_comes_back_from_our_4_0_beside_those_in_other_languages(
    others: dict[str, str], family: str, given_name: str, main: str
) -> None:
    name = {**others, "en": f"{given_name} {family}"}
    ours = vcard.Card(str(UUID(int=1)), name, family_name=family, given_name=given_name)
    found = one(render([ours], "4.0", main))
    assert (found.names, found.family_name, found.given_name) == (name, family, given_name)


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@given(
    values=st.lists(
        st.tuples(st.sampled_from(KINDS), cleaned(), st.sampled_from(["", "home", "fax", "Assistant"]) | cleaned()),
        unique_by=lambda each: each[:2],
        max_size=6,
    ),
    note=st.just("") | cleaned(lines=True),
)
def test_points_and_notes_come_back_from_our_cards(
    version: vcard.Version, values: list[tuple[PointKind, str, str]], note: str
) -> None:
    ours = [Point(*each, preferred=each[0] not in [kind for kind, *_ in values[:at]]) for at, each in enumerate(values)]
    card = vcard.Card(str(UUID(int=1)), {"en": "Na Li"}, points=ours, note=note)
    found = one(render([card], version))
    again = vcard.Card(card.uid, card.name, points=found.points, note=found.note or "")
    assert (found.note or "") == note
    assert render([again], version) == render([card], version)
    assert {(point.kind, point.preferred) for point in found.points} == {
        (point.kind, point.preferred) for point in ours
    }


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_everything_else_comes_back_from_our_cards(version: vcard.Version) -> None:
    ours = vcard.Card(
        "0190d3a0-0000-7000-8000-000000000001",
        {"en": "Andrei Zaitsev", "zh": "翟安瑞"},
        family_name="Zaitsev",
        given_name="Andrei",
        honorific="Mr.",
        organization={"en": "Example Mission"},
        unit="Programmes",
        points=[Point("address", "1 Example Road; Beijing", "home"), Point("url", "https://example.org/a", "blog")],
        categories=["a,b", "c"],
        revised_at="2024-10-17T01:02:03Z",
    )
    found = one(render([ours], version))
    assert found.uid == ours.uid
    assert (found.names, found.kind) == (ours.name, "individual")
    assert (found.family_name, found.given_name, found.honorific) == ("Zaitsev", "Andrei", "Mr.")
    assert found.unit == "Programmes"
    assert found.points == [point._replace(preferred=True) for point in ours.points]
    assert (found.categories, found.revised, found.note) == (("a,b", "c"), "2024-10-17T01:02:03Z", None)


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_an_agency_of_ours_comes_back_as_one(version: vcard.Version) -> None:
    name = {"en": "Example; Agency", "zh": "示例机构"}
    found = one(render([vcard.Card(str(UUID(int=2)), name, kind="org")], version))
    assert (found.kind, found.names, found.organization) == ("org", name, name)


def test_sex_and_languages_come_back_from_4_0() -> None:
    ours = vcard.Card(str(UUID(int=1)), {"en": "A"}, sex="female", languages=["zh", "en"])
    found = one(render([ours], "4.0"))
    assert (found.sex, found.languages) == ("female", ("zh", "en"))


# Names


@pytest.mark.parametrize(
    ("full", "names"),
    [
        ("LI Na / 李娜", {"en": "LI Na", "zh": "李娜"}),
        ("李娜 / LI Na", {"en": "LI Na", "zh": "李娜"}),
        ("LI Na 李娜", {"en": "LI Na", "zh": "李娜"}),
        ("李娜", {"zh": "李娜"}),
        ("Anna / Maria", {"en": "Anna / Maria"}),
        ("李　娜", {"zh": "李　娜"}),
    ],
)
def test_the_script_tells_the_languages_of_a_full_name(full: str, names: dict[str, str]) -> None:
    assert one(card(f"FN:{full}")).names == names


def test_an_agency_with_a_latin_word_in_its_chinese_name_is_not_split() -> None:
    assert one(card("FN:A", "ORG:IBM 中国")).organization == {"zh": "IBM 中国"}


def test_of_two_full_names_in_one_language_the_preferred_one_counts() -> None:
    assert one(card("FN:Second", "FN;PREF=1:First", version="4.0")).names == {"en": "First"}


def test_another_full_name_and_a_nickname_are_other_names() -> None:
    assert one(card("FN:LI Na", "FN:Nana Li", "NICKNAME:Nana,N.")).nicknames == ("Nana Li", "Nana", "N.")


def test_full_names_with_languages_are_one_name_each() -> None:
    found = one(card("FN;ALTID=1;LANGUAGE=fr:Anne", "FN;ALTID=1;LANGUAGE=ru:Анна", version="4.0"))
    assert found.names == {"fr": "Anne", "ru": "Анна"}


@pytest.mark.parametrize("version", ["2.1", "4.0"])
@pytest.mark.parametrize(("text", "tag"), [("李娜", "zh"), ("Na Li", "en")])
@pytest.mark.parametrize("language", ["en-us", "en_US", "zh-CN", "!"])
def test_the_language_of_the_computer_is_not_that_of_the_name(version: str, text: str, tag: str, language: str) -> None:
    assert one(card(f"FN;LANGUAGE={language}:{text}", version=version)).names == {tag: text}


@pytest.mark.parametrize(
    ("line", "names"),
    [("N:Li;Na;;;", {"en": "Na Li"}), ("N:李;娜;;;", {"zh": "李娜"}), ("N:김;철수;;;", {"ko": "김철수"})],
)
def test_a_name_in_parts_is_put_together_and_told(line: str, names: dict[str, str]) -> None:
    file = read(card(line))
    assert cards_of(file)[0].names == names
    assert file.told == ("No full name (FN), so it was put together from its parts (N), the card at: line 1.",)


def test_without_a_name_the_organization_is_taken_and_told() -> None:
    file = read(card("FN:", "ORG:示例机构;", "EMAIL:a@example.org"))
    assert cards_of(file)[0].names == {"zh": "示例机构"}
    assert "ORG" in file.told[0]


def test_a_card_without_any_name_is_a_problem_and_the_next_one_is_taken() -> None:
    file = read(card("URL:https://example.org") + card("FN:B"))
    assert problem(file) == (1, "The card has no name.")
    assert [each.line for each in cards_of(file)] == [5]


def test_a_company_of_apple_is_no_person() -> None:
    assert one(card("FN:Example Agency", "X-ABShowAs:COMPANY")).kind == "org"


@pytest.mark.parametrize("line", ["KIND:group", "X-ADDRESSBOOKSERVER-KIND:group"])
def test_a_group_is_no_card_and_names_its_members(line: str) -> None:
    member = "0190D3A0-0000-7000-8000-000000000001"
    file = read(card("FN:Friends", line, f"MEMBER:urn:uuid:{member}", "X-ADDRESSBOOKSERVER-MEMBER:x"))
    assert (cards_of(file), file.problems) == ([], [])
    assert file.groups == [Group(1, "Friends", [member.lower(), "x"])]


def test_a_company_with_the_name_of_a_person_is_that_person() -> None:
    found = one(card("FN:Example Inc.", "N:Doe;John;;;", "ORG:Example Inc.", "X-ABShowAs:COMPANY"))
    assert (found.kind, found.names, found.organization) == ("individual", {"en": "John Doe"}, {"en": "Example Inc."})


@pytest.mark.parametrize(("line", "name"), [("NICKNAME:Nana", "Nana"), ("EMAIL:a@example.org", "a@example.org")])
def test_without_any_name_what_programs_show_instead_is_taken_and_told(line: str, name: str) -> None:
    file = read(card("FN:", line))
    assert cards_of(file)[0].names == {"en": name}
    assert line.partition(":")[0] in file.told[0]


# Points


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("TEL;TYPE=CELL:+86 138 0013 8000", Point("mobile", "+86 138 0013 8000")),
        ("TEL;CELL;PREF:138", Point("mobile", "138", preferred=True)),
        ("TEL;WORK;VOICE:010-1", Point("phone", "010-1")),
        ("TEL;TYPE=HOME:010-1", Point("phone", "010-1", "home")),
        ("TEL;TYPE=WORK,CELL:138", Point("mobile", "138", "work")),
        ("TEL;TYPE=x-Assistant:1", Point("phone", "1", "assistant")),
        ('TEL;VALUE=uri;TYPE="voice,cell":tel:+861', Point("mobile", "+861")),
        ("TEL;VALUE=uri;TYPE=work:tel:+861;ext=12", Point("phone", "+861 ext. 12")),
    ],
)
def test_phones_have_kind_and_label_by_their_type(line: str, number: Point) -> None:
    assert one(card("FN:A", line)).points == [number]


def test_the_label_that_apple_writes_beside_a_phone_counts() -> None:
    found = one(card("FN:A", "item1.TEL:138", "item1.X-ABLabel:_$!<Mobile>!$_", "item2.TEL:010", "item2.X-ABLabel:Xi"))
    assert found.points == [Point("mobile", "138"), Point("phone", "010", "Xi")]


def test_a_fax_is_kept_in_the_note() -> None:
    found = one(card("FN:A", "TEL;TYPE=WORK,FAX:010-2", "NOTE:hi"))
    assert (found.points, found.note) == ([], "hi\nFax: 010-2")


def test_the_preferred_e_mail_is_the_first() -> None:
    found = one(card("FN:A", "EMAIL;TYPE=INTERNET:a@example.org", "item1.EMAIL;TYPE=INTERNET,PREF:b@example.org"))
    assert found.values("email") == ["b@example.org", "a@example.org"]


@pytest.mark.parametrize(
    "line",
    [
        "X-WECHAT:na_li",
        "IMPP;X-SERVICE-TYPE=WeChat:weixin:na_li",
        "IMPP;X-SERVICE-TYPE=WeChat;type=HOME:x-apple:na_li",
        "X-SOCIALPROFILE;type=WeChat;x-user=na_li:x-apple:na_li",
    ],
)
def test_wechat_is_found_where_programs_put_it(line: str) -> None:
    assert one(card("FN:A", line)).values("wechat") == ["na_li"]


def test_another_messenger_is_no_wechat() -> None:
    assert one(card("FN:A", "IMPP;X-SERVICE-TYPE=Jabber:xmpp:a@example.org")).points == []


def test_an_address_is_its_parts_in_order() -> None:
    assert one(card("FN:A", "ADR;TYPE=WORK:;;1 Example Road;Beijing;;100000;China")).values("address") == [
        "1 Example Road, Beijing, 100000, China"
    ]


def test_values_stay_as_typed() -> None:
    found = one(card("FN:A", "EMAIL:Na.LI@EXAMPLE", "TEL:tomorrow"))
    assert found.points == [Point("email", "Na.LI@EXAMPLE"), Point("phone", "tomorrow")]


@pytest.mark.parametrize(
    ("value", "sex"), [("F", "female"), ("M;he", "male"), ("O", "other"), ("U", "not-stated"), (";x", None)]
)
def test_sex_is_the_first_part_of_gender(value: str, sex: str | None) -> None:
    assert one(card("FN:A", f"GENDER:{value}", version="4.0")).sex == sex


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("20241017T010203Z", "2024-10-17T01:02:03Z"),
        ("2024-10-17T09:02:03+08:00", "2024-10-17T01:02:03Z"),
        ("2024-10-17", "2024-10-17T00:00:00Z"),
        ("yesterday", None),
        ("0001-01-01T00:00:00+08:00", None),
    ],
)
def test_the_moment_of_revision_is_utc(value: str, moment: str | None) -> None:
    assert one(card("FN:A", f"REV:{value}")).revised == moment


# Texts


@pytest.mark.parametrize(
    ("version", "written", "text"),
    [
        ("3.0", r"a\, b\; c\nd \\n", "a, b; c\nd \\n"),
        ("4.0", r"a\, b\; c\Nd", "a, b; c\nd"),
        ("2.1", r"C:\new\; x", r"C:\new; x"),
    ],
)
def test_escapes_are_those_of_the_version(version: str, written: str, text: str) -> None:
    assert one(card("FN:A", f"NOTE:{written}", version=version)).note == text


def test_a_second_organization_and_position_are_kept_in_the_note() -> None:
    found = one(card("FN:A", "ORG:First", "ORG:Second;Unit", "TITLE:One", "TITLE:Two"))
    assert (found.organization, found.position) == ({"en": "First"}, {"en": "One"})
    assert found.note == "Organization: Second, Unit\nPosition: Two"


def test_an_escaped_semicolon_does_not_part_a_name() -> None:
    found = one(card("FN:A", r"ORG:Example\; Agency;Unit\, 1;Room"))
    assert (found.organization, found.unit) == ({"en": "Example; Agency"}, "Unit, 1, Room")


@pytest.mark.parametrize("charset", ["", ";CHARSET=UTF-8", ";CHARSET=GBK", ";CHARSET=GB2312", ";CHARSET=GB18030"])
def test_quoted_printable_of_phones_with_soft_line_breaks(charset: str) -> None:
    octets = "李娜".encode("utf-8" if charset in ("", ";CHARSET=UTF-8") else "gb18030")
    quoted = "".join(f"={octet:02X}" for octet in octets)
    line = f"FN{charset};ENCODING=QUOTED-PRINTABLE:{quoted[:6]}=\r\n{quoted[6:]}"
    assert one(card(line, version="2.1")).names == {"zh": "李娜"}


def test_a_line_break_in_quoted_printable_is_one_newline() -> None:
    assert one(card("FN:A", "NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab", version="2.1")).note == "a\nb"


def test_characters_that_quoted_printable_garbles_are_told() -> None:
    file = read(card("FN:A", "NOTE;ENCODING=QUOTED-PRINTABLE:a=FF", version="2.1"))
    assert file.told == ("Some characters cannot be read: line 4.",)


def test_a_control_character_is_taken_out_and_told() -> None:
    file = read(card("FN:A\x00", "NOTE:bell\x07", "X-OTHER:\x07"))
    assert (cards_of(file)[0].names, cards_of(file)[0].note) == ({"en": "A"}, "bell")
    assert file.told == ("Control characters were taken out: lines 3, 4.",)


def test_quoted_printable_over_several_lines_is_a_problem_where_the_version_has_none() -> None:
    lines = ("FN:A", "LABEL;ENCODING=QUOTED-PRINTABLE:1 Road=0D=0A=", "Beijing")
    assert problem(read(card(*lines)))[0] == 1
    assert one(card(*lines, version="2.1")).names == {"en": "A"}


def test_a_value_that_nobody_wrote_is_left_out_and_told() -> None:
    file = read(card("FN:A", "NOTE:" + "x" * 100_001))
    assert (cards_of(file)[0].note, file.told) == (None, ("Longer than 100,000 characters, left out: line 4.",))


# Lines and files


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_lines_end_in_any_way_and_are_unfolded(end: str) -> None:
    content = end.join(["", "BEGIN:VCARD", "VERSION:3.0", "", "FN:Na", "  Li", "END:VCARD"]).encode()
    assert (one(content).names, one(content).line) == ({"en": "Na Li"}, 2)


@pytest.mark.parametrize("split", [1, 2])
def test_a_line_folded_within_a_character_is_read(split: int) -> None:
    octets = "李娜".encode()
    content = card("FN:@").replace(b"@", octets[:split] + b"\r\n " + octets[split:])
    assert (one(content).names, read(content).told) == ({"zh": "李娜"}, ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_are_read(encoding: str) -> None:
    assert one(card("FN:李娜", encoding=encoding)).names == {"zh": "李娜"}


def test_gb18030_is_read_and_told() -> None:
    file = read(card("FN:李娜", encoding="gb18030") * 7)
    assert [each.names for each in cards_of(file)] == [{"zh": "李娜"}] * 7
    assert file.told == ("Read as GB18030, the card at: lines 1, 5, 9, 13, 17 and 2 more.",)


def test_cards_in_different_encodings_put_one_after_the_other_are_read() -> None:
    content = card("FN:李娜", encoding="utf-8-sig") + card("FN:王伟", encoding="gbk") + card("FN:Zoë Li")
    assert [each.names.any() for each in cards_of(read(content))][:2] == ["李娜", "王伟"]


def test_a_name_in_gb18030_that_looks_like_utf_8_is_read_as_its_neighbours() -> None:
    content = card("FN:李娜", encoding="gbk") + card("FN:陆平", encoding="gbk")
    assert [each.names for each in cards_of(read(content))] == [{"zh": "李娜"}, {"zh": "陆平"}]


def test_the_character_set_that_a_card_names_is_believed() -> None:
    file = read(card("FN;CHARSET=Windows-1252:Müller", version="2.1", encoding="cp1252"))
    assert (cards_of(file)[0].names, file.told) == ({"en": "Müller"}, ("Read as WINDOWS-1252, the card at: line 1.",))


def test_a_card_in_no_encoding_is_a_problem_and_the_others_are_given() -> None:
    file = read(card("FN:@").replace(b"@", b"\xff\xfe\xff") + card("FN:B"))
    assert problem(file)[0] == 1
    assert [each.names for each in cards_of(file)] == [{"en": "B"}]


def test_damaged_utf_16_is_refused() -> None:
    with pytest.raises(Rejected, match="damaged"):
        read(b"\xff\xfeB\x00E")


def test_a_file_over_50_mb_is_refused() -> None:
    with pytest.raises(Rejected, match="larger than 50 MB"):
        read(bytes(50 * 2**20 + 1))


@pytest.mark.parametrize(
    "picture", ["PHOTO;BASE64;JPEG:AAAA\r\nBBBB==\r\n", "PHOTO;ENCODING=b;TYPE=JPEG:AAAA\r\n BBBB=="]
)
def test_pictures_are_skipped(picture: str) -> None:
    file = read(card("FN:A", picture, "NOTE:hi", version="2.1"))
    assert (cards_of(file)[0].note, file.told) == ("hi", ())


def test_a_card_without_an_end_is_a_problem_and_those_after_it_are_given() -> None:
    content = card("FN:A").replace(b"END:VCARD\r\n", b"") + card("FN:B")
    file = read(content)
    assert problem(file) == (1, "The card does not end: END:VCARD is missing.")
    assert [(each.line, each.names) for each in cards_of(file)] == [(4, {"en": "B"})]


def test_a_card_cut_off_at_the_end_of_the_file_is_a_problem() -> None:
    assert problem(read(card("FN:A") + b"BEGIN:VCARD\r\nFN:B"))[0] == 5


def test_the_agent_in_a_card_is_skipped() -> None:
    inside = card("FN:Agent", version="2.1").decode().rstrip()
    found = one(card("FN:A", "AGENT:", inside, "NOTE:hi", version="2.1"))
    assert (found.names, found.note) == ({"en": "A"}, "hi")


def test_text_outside_the_cards_and_broken_lines_are_told() -> None:
    file = read(b"Dear all,\n" + card("FN:A", "no line of a card"))
    assert [each.names for each in cards_of(file)] == [{"en": "A"}]
    assert file.told == ("No line of a card, left out: line 5.", "Outside the cards, left out: line 1.")


def test_a_card_without_a_version_is_told() -> None:
    file = read(b"BEGIN:VCARD\nFN:A\nEND:VCARD")
    assert cards_of(file)[0].names == {"en": "A"}
    assert file.told == ("No version that is known, read as 3.0, the card at: line 1.",)


def test_empty_properties_say_nothing() -> None:
    found = one(card("FN:A", "N:;;;;", "ORG:;", "TITLE:", "TEL:", "NOTE: "))
    assert (found.organization, found.position, found.points, found.note) == (None, None, [], None)


@given(st.binary(max_size=200))
def test_any_octets_are_read_or_refused(content: bytes) -> None:
    for octets in (content, card("FN:@").replace(b"@", content)):
        try:
            read(octets)
        except Rejected as error:
            assert error.message  # noqa: PT017


@pytest.mark.parametrize(
    "lines",
    [
        ("item1.TEL:1", "item1.X-ABLABEL:" + "_$!<" * 50_000),
        (*(f"item1.TEL:{number}" for number in range(8_000)), "item1.X-ABLABEL:" + "x" * 60_000),
        (f"FN:a{' ' * 90_000}b",),
        ("QUOTED-PRINTABLE" * 12_000,),
        tuple(f"FN:a{number}" for number in range(15_000)),
    ],
    ids=["label", "labels", "spaces", "soft breaks", "names"],
)
def test_a_card_with_very_long_lines_or_very_many_is_read_at_once(lines: tuple[str, ...]) -> None:
    content = "\n".join(("BEGIN:VCARD", "VERSION:3.0", "FN:Na Li", *lines, "END:VCARD")).encode()
    before = time.process_time()
    read(content)
    assert time.process_time() - before < 2


def test_more_cards_and_more_text_than_anybody_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    card = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Invented Person\r\nEND:VCARD\r\n"
    monkeypatch.setattr("eventrec.formats.vcard_reader._MOST_CARDS", 2)
    assert len(cards_of(read(card * 2))) == 2
    with pytest.raises(Rejected, match="more than 2 cards"):
        read(card * 3)
    monkeypatch.setattr("eventrec.formats.vcard_reader._MOST_TEXT", 20)
    with pytest.raises(Rejected, match="more than 20 characters of text"):
        read(card * 2)
    monkeypatch.setattr("eventrec.formats.vcard_reader._MOST_LINES", 3)
    with pytest.raises(Rejected, match="more than 3 lines"):
        read(card)


def test_a_card_that_is_too_large_is_a_problem_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventrec.formats.vcard_lines._LARGEST_CARD", 200)
    small, large = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\n", b"PHOTO:" + b"a" * 200 + b"\r\n"
    file = read(small + large + b"END:VCARD\r\n" + small + b"END:VCARD\r\n")
    assert [card.line for card in cards_of(file)] == [6]
    assert [problem.line for problem in file.problems] == [1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("size", [1, 5, 64])
def test_a_file_that_comes_in_pieces_holds_the_same_cards_wherever_they_are_cut(
    encoding: str, end: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "FN:李娜 研",
        "NOTE:BEGIN:VCARD",
        "END:VCARD",
        "outside",
        "begin:vcard",
        "FN:王",
    ]
    content = end.join([*lines, " 伟", "end:vcard", ""]).encode(encoding)
    whole = read(content)
    monkeypatch.setattr("eventrec.formats.octets._PIECE", size)
    found = read(content)
    assert cards_of(found) == cards_of(whole)
    assert [each.names.any() for each in cards_of(found)] == ["李娜 研", "王伟"]
    assert found.told == whole.told
    assert "Outside the cards, left out: line 6." in found.told


def test_a_card_of_which_nobody_sees_the_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventrec.formats.vcard_lines._LARGEST_CUT", 2**20)
    with pytest.raises(Rejected, match="The card at line 5 is larger than 1 MB"):
        read(card("FN:A") + b"BEGIN:VCARD\r\nPHOTO:" + b"a" * 3 * 2**20)


def test_what_is_held_of_a_long_card_is_not_copied_with_every_piece() -> None:
    peaks = list[int]()

    def pieces() -> Iterator[bytes]:
        for piece in [b"a" * 2**16] * 64:
            yield piece
            peaks.append(tracemalloc.get_traced_memory()[1])

    tracemalloc.start()
    assert len(list(vcard_lines._cut(pieces()))) == 1
    tracemalloc.stop()
    assert peaks[-1] < 6 * 2**20


def test_reading_many_cards_takes_little_more_room_than_reading_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventrec.spool._HELD", 1_000)

    def peak(count: int) -> int:
        file = BytesIO(b"".join(card(f"UID:{number:036}", "FN:Invented Person") for number in range(count)))
        tracemalloc.start()
        found = vcard_reader.read(file)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(found.people) == count
        return most

    assert peak(2_000) < peak(500) + 1_500 * 100
