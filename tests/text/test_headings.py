from __future__ import annotations

import pytest

from eventrec.errors import Rejected
from eventrec.text.headings import HEADINGS, field_of, fields_of, heading_key
from eventrec.text.words import VOCABULARY, read_word, read_yes_or_no


@pytest.mark.parametrize(
    ("kind", "heading", "field"),
    [
        ("participants", "姓名", "name"),
        ("participants", "姓  名", "name"),
        ("participants", "Name (English) 姓名（英文）", "name_en"),
        ("participants", "姓名\nName", "name"),
        ("participants", "单位 Organization", "agency"),
        ("participants", "工作单位", "agency"),
        ("participants", "性别 Sex", "sex"),
        ("participants", "职务/Position", "position"),
        ("participants", "E-mail *", "email"),
        ("participants", "Ｅ－ｍａｉｌ", "email"),
        ("participants", "联系方式（手机）", "phone"),
        ("participants", "国别", "country"),
        ("participants", "人数", "count"),
        ("participants", "Code 编号", "code"),
        ("participants", "No. 序号", "number"),
        ("participants", "Signature 签名", "signature"),
        ("participants", "饮食要求", None),
        ("participants", "", None),
        ("participants", "x" * 200, None),
        ("events", "Title", "title"),
        ("participants", "Title", "position"),
        ("events", "日期", "date"),
        ("agencies", "缩写", "code"),
    ],
)
def test_headings_of_real_sheets(kind: str, heading: str, field: str | None) -> None:
    assert field_of(heading, kind) == field


@pytest.mark.parametrize("kind", HEADINGS)
def test_every_field_answers_to_its_own_name(kind: str) -> None:
    assert [field_of(name, kind) for name in fields_of(kind)] == list(fields_of(kind))


def test_a_heading_is_remembered_whatever_its_spaces_and_width() -> None:
    assert heading_key("单位 （全称）") == heading_key("单位(全称)")


@pytest.mark.parametrize(
    ("text", "meaning", "word"),
    [
        ("女", "sex", "female"),
        ("Ｆ", "sex", "female"),
        ("男/M", "sex", "male"),
        ("F 女", "sex", "female"),
        ("Mr.", "sex", "male"),
        ("女士", "sex", "female"),
        ("—", "sex", "not-stated"),
        ("主持人", "role", "chair"),
        ("Co-organizer", "role", "co-organizer"),
        ("缺席", "status", "no-show"),
        ("线上", "modality", "online"),
        ("线上线下结合", "event modality", "hybrid"),
        ("大使馆", "agency kind", "embassy"),
        ("研讨会", "event kind", "workshop"),
        ("签到表", "source", "sign-in-sheet"),
    ],
)
def test_words_as_people_write_them(text: str, meaning: str, word: str) -> None:
    assert read_word(text, meaning) == word


@pytest.mark.parametrize("meaning", VOCABULARY)
def test_no_other_way_to_write_a_word_stands_for_two(meaning: str) -> None:
    words, others = VOCABULARY[meaning]
    seen: dict[str, str] = {}
    for word, texts in others.items():
        assert word in words
        for text in texts.split("|"):
            assert seen.setdefault(text, word) == word


def test_another_word_is_refused_with_those_there_are() -> None:
    with pytest.raises(Rejected, match="“nobody knows” is no sex") as refused:
        read_word("nobody knows", "sex")
    assert refused.value.hint == "Write female, male, other, not-stated."


@pytest.mark.parametrize(
    ("text", "said"), [("✓", True), ("是", True), ("x", True), ("缺席", False), ("✗", False), ("LI Na", None)]
)
def test_ticks(text: str, said: bool | None) -> None:
    assert read_yes_or_no(text) is said
