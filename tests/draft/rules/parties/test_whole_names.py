from __future__ import annotations

import pytest
from tests.draft.rules.parties.bracketed import draft_of, read


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("{云岭大学}医学院举办了研讨会。", True),
        ("{云岭大学}举办了研讨会。", False),
        ("{边境管理部}执法局和{海关总署}举办了研讨会。", True),
        ("{边境管理局}国际合作司司长王某出席会议。", False),
        ("{边境管理局}国际合作司副司长王某出席会议。", False),
        ("{蓝盾组织}驻华办公室举办了研讨会。", False),
        ("{云岭大学}医学院举办了研讨会。{云岭大学}举办了论坛。", False),
        ("{云岭大学}医学院举办了研讨会。{云岭大学}成立于1951年。", True),
        ("The workshop was organized by the Port of {Suva Authority}.", True),
        ("The workshop was organized by the {Suva Authority}.", False),
        ("Officers of {Suva Authority} attended the workshop.", False),
        ("Ms. Ana Lo, Director of {Suva Authority}, opened the workshop.", False),
    ],
)
def test_a_name_that_goes_on_is_asked_about(sentence: str, asked: bool) -> None:
    questions = draft_of(read(sentence)).uncertain.values()
    assert any("whole name" in question for question in questions) == asked


def test_one_in_every_province_names_none() -> None:
    assert not draft_of(read("各{省公安厅}的代表参加了研讨会。")).agencies
    assert draft_of(read("{省公安厅}的代表参加了研讨会。")).agencies
