from __future__ import annotations

import pytest

from eventrec.draft.rules.parties.numbers import read_chinese, read_english


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("1,200", 1200),
        ("Twenty-three", 23),
        ("twenty three", 23),
        ("nineteen", 19),
        ("ninety", 90),
        ("a hundred", 100),
        ("two hundred and five", 205),
        ("three hundred twenty", 320),
        ("a dozen", 12),
        ("two dozen", 24),
    ],
)
def test_english_numbers_are_read_in_figures_and_words(text: str, number: int) -> None:
    assert read_english(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("26", 26),
        ("1,200", 1200),
        ("十", 10),
        ("十七", 17),
        ("二十三", 23),
        ("百", 100),
        ("一百零五", 105),
        ("三百二十", 320),
        ("两千", 2000),
        ("两", 2),
        ("二三", None),
        ("零", None),
    ],
)
def test_chinese_numbers_are_read_in_figures_and_numerals(text: str, number: int | None) -> None:
    assert read_chinese(text) == number
