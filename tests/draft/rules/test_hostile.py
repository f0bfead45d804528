from __future__ import annotations

import pytest

from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.occasions import Occasion
from eventrec.draft.page import lay_out
from eventrec.draft.proposal import Draft
from eventrec.draft.reading import Reading
from eventrec.draft.rules import donors, kind, project, title, topics


@pytest.mark.parametrize(
    "words",
    ["A ", "A B Project ", "workshop ", "funded by A ", "A, ", "“A b workshop ", "'a ", "A-funded ", "ABCDEF",
     "A (EU) - ", "项目", "由资助", "举办研讨会", "“研讨会", "第", "在由", "3日", "Project ("],
)  # fmt: skip
def test_release_of_one_word_repeated_is_read(words: str) -> None:
    reading, draft = Reading(lay_out(words * 4000), Gazetteer(topics=("a",))), Draft()

    for field in (title, kind, project, donors, topics):
        field.fill(reading, Occasion(), draft)

    assert len(draft.donors) < 1000
