from hypothesis import given, settings
from hypothesis import strategies as st

from eventrec.formats.terminal import strip_controls, visible


def test_an_escape_sequence_is_seen_and_not_obeyed() -> None:
    assert visible("\x1b[31mred\x9b1m\x7f") == "␛[31mred⟨U+009B⟩1m␡"


def test_a_bidi_override_is_seen() -> None:
    assert visible("a\u202eb\u2066") == "a⟨U+202E⟩b⟨U+2066⟩"


def test_newlines_stay_only_where_lines_are_asked_for() -> None:
    assert visible("a\nb") == "a␊b"
    assert visible("a\nb\x07", lines=True) == "a\nb␇"


def test_ordinary_texts_of_any_script_are_left_alone() -> None:
    for text in ("Andrei Zaitsev 翟安瑞", "👩‍👩‍👧 Café", "שלום"):
        assert visible(text) == text


@given(st.text(max_size=50))
@settings(max_examples=100)
def test_no_control_character_is_left(text: str) -> None:
    shown = visible(text)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in shown)
    assert visible(shown) == shown


def test_writers_keep_newline_and_tab_and_drop_the_rest() -> None:
    assert strip_controls("a\tb\nc\x00\x1b\x7f\x85\r\ud800d") == "a\tb\ncd"
