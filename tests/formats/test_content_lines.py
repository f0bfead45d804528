from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar.parser import Contentline

from eventrec.formats.content_lines import escape_text, fold, parameter

LINES = st.text(st.sampled_from("aé中👩‍👧;, "), min_size=1, max_size=200)


@given(LINES)
@settings(max_examples=100)
def test_a_folded_line_has_at_most_75_octets_and_unfolds_to_itself(line: str) -> None:
    folded = fold(line)
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line


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
