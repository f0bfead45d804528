"""Cells of names: the short way for what most sheets hold ends as the long one."""

from __future__ import annotations

from itertools import product

import pytest

from eventrec.errors import Rejected
from eventrec.services.imports.cells import read_cells
from eventrec.text.names import in_languages, read_localized

TEXTS = (
    "LI Na",
    "a  b",
    "x",
    "Mr. (Smith)",
    "123",
    "!!!",
    "a\tb",
    "a\x07b",
    "x" * 301,
    "Officer / Head",
    "fr=Chef",
    " ",
    "Zoë  Müller",
    "Novák\u00a0=",
    "½",
    "a\u00adb",
    "e\u0301",
)


def _found(name: str, chinese: str, main: str, *, shortly: bool) -> list[tuple[str, str]] | tuple[str, str]:
    try:
        if shortly:
            return list(read_cells(name, "", chinese, what="name", main=main).items())
        words = [*in_languages(name), *([f"zh={chinese}"] if chinese else [])]
        return list(read_localized([" ".join(word.split()) for word in words], "name", main, 300).items())
    except Rejected as error:
        return error.message, error.hint


def test_the_short_way_to_read_a_name_ends_as_the_long_one() -> None:
    for text, chinese, main in product(TEXTS, ("", "李娜", "李" * 301), ("en", "zh", "zh-Hant", "ru", "fr", "yue")):
        assert _found(text, chinese, main, shortly=True) == _found(text, chinese, main, shortly=False), (text, main)


@pytest.mark.parametrize(
    ("english", "chinese", "found"),
    [
        ("LI Na", "李娜", {"en": "LI Na", "zh": "李娜"}),
        ("李娜", "LI Na", {"en": "LI Na", "zh": "李娜"}),
        ("", "LI Na", {"en": "LI Na"}),
        ("LI Na", "Li Na", {"en": "LI Na"}),
        ("李娜 LI Na", "李娜", {"en": "LI Na", "zh": "李娜"}),
        ("", "!!!", {"en": "!!!"}),
    ],
)
def test_a_text_in_the_column_of_the_other_script_is_what_it_is(
    english: str, chinese: str, found: dict[str, str]
) -> None:
    assert read_cells("", english, chinese, "en", what="name") == found


@pytest.mark.parametrize(("english", "chinese"), [("LI Na", "WANG Bo"), ("李娜", "王波")])
def test_of_two_texts_of_one_script_none_is_dropped_unsaid(english: str, chinese: str) -> None:
    with pytest.raises(Rejected, match="are in the same language"):
        read_cells("", english, chinese, "en", what="name")
