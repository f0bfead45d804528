import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Event
from icalendar.parser import Contentline

from eventrec.formats.content_lines import escape_text, fold, folded, parameter

LINES = st.text(st.sampled_from("aé中👩‍👧;, "), min_size=1, max_size=200)


@given(LINES)
@settings(max_examples=100)
def test_a_folded_line_has_at_most_75_octets_and_unfolds_to_itself(line: str) -> None:
    text = fold(line)
    assert all(len(part.encode()) <= 75 for part in text.split("\r\n"))
    assert text.replace("\r\n ", "") == line


@given(LINES)
@settings(max_examples=50)
def test_icalendar_unfolds_what_was_folded(line: str) -> None:
    assert str(Contentline.from_ical(fold(f"SUMMARY:{line}"))) == f"SUMMARY:{line}"


def test_a_line_of_75_octets_is_left_alone() -> None:
    assert "\r\n" not in fold("a" * 75)
    assert fold("a" * 76) == "a" * 75 + "\r\n a"


def test_text_is_escaped_with_backslashes() -> None:
    assert escape_text("a\\b;c,d\r\ne\rf:\x1b\x07") == "a\\\\b\\;c\\,d\\ne\\nf:"


def test_unicode_line_separators_become_newlines() -> None:
    assert escape_text("a\u2028b\u2029c") == "a\\nb\\nc"
    assert parameter("a\u2028b") == "a^nb"


def test_a_parameter_with_a_colon_is_quoted_and_its_quotes_are_caret_encoded() -> None:
    assert parameter('Li "Na": ^') == "\"Li ^'Na^': ^^\""
    assert parameter("a\nb") == "a^nb"
    assert parameter("plain") == "plain"
    assert [parameter(text) for text in (" ", "a =b", "a= b", "Na\u3000")] == ['" "', '"a =b"', '"a= b"', '"Na\u3000"']
    assert parameter("Li Na=b") == "Li Na=b"
    assert parameter("Na\\") == '"Na\\"', "some read an escape there"


# What any reader gets back: every text, of every script, of every length

SCRIPTS = ("aZ 0;,:\\\"^'", "éßñø", "中文研讨会，；：", "Ωжשُُ", "👩‍👧🇨🇳𠮷", "\t\u00a0\u200b\ufeff\u3000")
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=300),
    st.text(st.sampled_from("".join(SCRIPTS) + "\n"), max_size=300),
    st.builds(lambda word, times: word * times, st.sampled_from([*SCRIPTS, "a", "\n", "\r\n"]), st.integers(0, 200)),
)


def expected(text: str) -> str:
    """Return what of a text leaves the house: newlines of one kind, no control characters."""
    one = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(each for each in one if each in "\n\t" or not (ord(each) < 0x20 or 0x7F <= ord(each) <= 0x9F))


@given(TEXTS)
@settings(max_examples=300)
def test_every_text_comes_back_from_icalendar(text: str) -> None:
    raw = f"BEGIN:VEVENT\r\n{fold(f'SUMMARY:{escape_text(text)}')}\r\nEND:VEVENT\r\n"
    assert all(len(line.encode()) <= 75 for line in raw.split("\r\n"))
    event = Event.from_ical(raw)
    assert str(event["SUMMARY"]) == expected(text)


@given(TEXTS)
@settings(max_examples=300)
def test_every_parameter_comes_back_from_icalendar(text: str) -> None:
    text = text.replace("\\", "")  # which icalendar takes for an escape; in a parameter there is none (RFC 5545 §3.1)
    raw = f"BEGIN:VEVENT\r\n{fold(f'ORGANIZER;CN={parameter(text)}:mailto:a@example.org')}\r\nEND:VEVENT\r\n"
    found = str(Event.from_ical(raw)["ORGANIZER"].params["CN"])
    assert found.strip() == expected(text).strip(), "icalendar takes white space from the ends"


@given(st.text(st.sampled_from("aé中👩"), max_size=160), st.integers(0, 160))
def test_a_line_is_folded_as_the_standard_says_at_every_length(tail: str, length: int) -> None:
    line = "a" * length + tail
    parts = fold(line).split("\r\n")
    assert all(part.startswith(" ") for part in parts[1:])
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == line
    sizes = [len(part.encode()) for part in parts]
    assert all(72 <= size <= 75 for size in sizes[:-1]), "no line is shorter than the next character makes it"
    assert sizes[-1] <= 75


@given(TEXTS)
def test_a_plain_text_stands_as_it_is(text: str) -> None:
    assert escape_text(text) == _slowly_escaped(text)


def _slowly_escaped(text: str) -> str:
    return "".join({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}.get(each, each) for each in expected(text))


@pytest.mark.parametrize("character", ["a", "é", "中", "𝄞"])
def test_many_lines_are_folded_as_each_by_itself(character: str) -> None:
    lines = ["X:" + "a" * before + character * length for before in range(5) for length in range(160)]
    each = "".join(f"{fold(line)}\r\n" for line in lines).encode()
    assert folded("".join(f"{line}\r\n" for line in lines)) == each
    assert folded(each.decode()) == each
