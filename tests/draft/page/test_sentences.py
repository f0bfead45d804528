from __future__ import annotations

import pytest
from tests.draft.page.told import sentences


@pytest.mark.parametrize(
    "text",
    [
        "The workshop was opened by H.E. Mr. John Sample, Ambassador of Elsewhere to Nowhere, in the morning.",
        "For more information contact Dr. Jane Sample, Tel. +86 10 5555 0100, Ext. 5, in the office of the agency.",
        "Officers of the U.S. Sample Service and of the U.K. Home Samples Agency took part, e.g. Inspector J. Doe.",
        "The training, No. 5 of its kind, was held by Prof. Sample and St. Peter's Sample School in the afternoon.",
        "Officers met from Oct. 3 to Nov. 5 in Nowhere and discussed samples with Example Co. Ltd. of Elsewhere.",
        "与会代表围绕样品管理进行了讨论；专家介绍了经验，并回答了提问，会议取得了圆满成功。",
    ],
)
def test_an_abbreviation_and_a_semicolon_end_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The workshop was held in the U.S. The participants came from Nowhere.", "The workshop was held in the U.S."),
        (
            "They belong to the Sample Service (SS.) It is the first of its kind.",
            "They belong to the Sample Service (SS.)",
        ),
        ("“We are glad to be here.” The Minister then left the room again.", "“We are glad to be here.”"),
        ("Did the officers learn anything? They did, and will come again.", "Did the officers learn anything?"),
        ("It was held on 3 May 2024. 30 officers took part in the event.", "It was held on 3 May 2024."),
        ("会议在示例市召开。来自各地的代表参加会议。", "会议在示例市召开。"),
        ("他说：“我们很高兴来到这里。”会议随后结束，代表们离开会场。", "他说：“我们很高兴来到这里。”"),
        ("会议取得圆满成功！来自各地的代表表示感谢。", "会议取得圆满成功！"),
    ],
)
def test_a_full_stop_with_what_closes_it_ends_a_sentence(text: str, first: str) -> None:
    assert sentences(text)[0] == first
    assert len(sentences(text)) == 2
