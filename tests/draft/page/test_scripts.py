from __future__ import annotations

import pytest
from tests.draft.page.told import EN, MORE, MORE_ZH, ZH

from eventrec.draft.page import lay_out


def by_language(source: str) -> list[tuple[str, str]]:
    page = lay_out(source)
    return [(each.language, page.of(each.span)) for each in page.passages]


def test_chinese_followed_by_english_in_one_line_is_split() -> None:
    assert by_language(f"{ZH}{MORE_ZH} {EN} {MORE}") == [("zh", ZH + MORE_ZH), ("en", f"{EN} {MORE}")]


def test_english_followed_by_chinese_in_one_line_is_split() -> None:
    assert by_language(f"{EN} {MORE} {ZH}") == [("en", f"{EN} {MORE}"), ("zh", ZH)]


def test_sentences_in_turns_are_each_in_their_language() -> None:
    source = "样品培训班在示例市举行。The sample training was held in Sample City. 三十名学员参加了这次培训。"
    assert [language for language, _ in by_language(source)] == ["zh", "en", "zh"]


def test_headlines_in_both_languages_on_one_line_are_split() -> None:
    source = f"示例局举办样品管理研讨会 Example Agency Holds Workshop on Samples\n{ZH}\n{EN}"
    assert by_language(source)[:2] == [
        ("zh", "示例局举办样品管理研讨会"), ("en", "Example Agency Holds Workshop on Samples"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "欧洲样品组织代表Maria Example-Sampleson在会上作了发言，并回答了提问。",
        "会上介绍了Sample Management Information System (SMIS)的情况，与会代表进行了讨论。",
        "更多信息，请联系项目经理张三先生：zhangsan@example.org。",
    ],
)
def test_a_latin_name_leaves_a_sentence_chinese(sentence: str) -> None:
    assert by_language(sentence) == [("zh", sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The workshop was opened by Mr. Zhang San (张三) of the National Sample Administration (国家样品管理局).",
        "For more information, contact Ms. Li Si (李四), lisi@example.org.",
    ],
)
def test_a_chinese_name_in_brackets_leaves_a_sentence_english(sentence: str) -> None:
    assert by_language(sentence) == [("en", sentence)]
