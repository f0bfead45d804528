"""Chinese text taken apart."""

from __future__ import annotations

import pytest

from eventrec.draft.mentions.organisations.lexicon import in_words, is_topic, words
from eventrec.draft.mentions.organisations.signs import signs


def _ends(text: str) -> list[str]:
    return [sign.text for sign in signs(text, 0, len(text)) if sign.kind == "end"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [("公安部", ["部"]), ("国家移民管理局局长", ["管理局"]), ("北京大学的学生", ["大学"]), ("泰国皇家警察", ["警察"])],
)
def test_what_a_name_ends_in_is_seen(text: str, ends: list[str]) -> None:
    assert _ends(text) == ends


@pytest.mark.parametrize("text", ["全部", "部门", "部分", "签署", "部署", "格局", "局势", "组织者"])
def test_a_piece_of_another_word_ends_no_name(text: str) -> None:
    assert _ends(text) == []


def test_a_country_is_one_sign_with_its_full_form() -> None:
    first = next(iter(signs("老挝人民民主共和国移民局", 0, 12)))
    assert (first.text, first.kind) == ("老挝人民民主共和国", "country")


def test_latin_letters_are_an_acronym_or_a_stop() -> None:
    assert [(sign.text, sign.kind) for sign in signs("IOM and", 0, 7)] == [
        ("IOM", "code"),
        (" ", "stop"),
        ("and", "stop"),
    ]


def test_words_of_the_lexicon_are_taken_longest_first() -> None:
    assert in_words("人力资源社会保障部") == ["人力资源", "社会保障", "部"]


def test_the_lexicon_holds_words_and_no_organisations() -> None:
    assert all(len(word) <= 5 for word in words())
    assert is_topic("人力资源")
    assert not is_topic("张三")
