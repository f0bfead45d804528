import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from eventrec.formats.width import pad, shorten, width

TEXTS = st.text(st.sampled_from("aé中，ｱア한👩\u200d👧\u0301…–я\u05d0"), max_size=30)


@given(TEXTS)
@settings(max_examples=150)
def test_the_fast_path_agrees_with_wcwidth(text: str) -> None:
    assert width(text) == wcswidth(text)


def test_every_character_of_the_fast_path_has_the_width_that_wcwidth_gives() -> None:
    ranges = (
        range(0xA1, 0x300),
        range(0x391, 0x483),
        range(0x2010, 0x2028),
        range(0x3000, 0xA000),
        range(0xAC00, 0xFF61),
    )
    wrong = [
        hex(n) for r in ranges for n in r if not 0xD800 <= n < 0xE000 and width(chr(n)) != max(0, wcswidth(chr(n)))
    ]
    assert wrong == []


@given(TEXTS, st.integers(1, 20))
@settings(max_examples=100)
def test_a_shortened_text_fits_and_a_padded_one_fills(text: str, cells: int) -> None:
    short = shorten(text, cells)
    assert width(short) <= cells
    assert len(pad(short, cells)) - len(short) == cells - width(short)


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [("Workshop", 8, "Workshop"), ("Workshop", 7, "Worksh…"), ("返回和重新", 6, "返回…"), ("👩‍👩‍👧abc", 4, "👩‍👩‍👧a…")],
)
def test_no_character_is_cut_in_two(text: str, cells: int, expected: str) -> None:
    assert shorten(text, cells) == expected
