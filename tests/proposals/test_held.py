from __future__ import annotations

import pytest
from tests.proposals.making import TODAY, draft, proposal, source

from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.read import read
from eventrec.proposals import to_toml
from eventrec.proposals.held import told_as_past


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_an_event_that_is_off_is_a_question_above_its_status(status: str) -> None:
    off = draft(uncertain={"status": f"The text says that it was {status}."})
    lines = to_toml(proposal(off), source("The workshop was held."), TODAY).splitlines()
    at = lines.index(f'status = "{status}" # if it is not, write what it is')
    assert lines[at - 1] == f"# ? The text says that it was {status}."
    assert 'open = ["status"] # not saved as long as they stand here: see above' in lines


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Workshop on ports postponed\n\nThe workshop on ports of 3 May 2025 has been postponed.", "postponed"),
        ("示例研讨会取消\n\n原定于2025年5月3日举行的示例研讨会因故取消。", "cancelled"),
    ],
)
def test_what_the_reading_asks_about_a_status_comes_into_the_file(text: str, status: str) -> None:
    assert f'status = "{status}"' in to_toml(read(text, Gazetteer()), source(text), TODAY)


@pytest.mark.parametrize(
    ("text", "is_past"),
    [
        ("Officials gathered in Beijing.", True),
        ("研讨会圆满结束。", True),
        ("Officials gathered; the workshop will be held in May.", False),
        ("The seminar was called off.", False),
        ("Workshop on returns in Beijing", False),
    ],
)
def test_what_will_be_or_is_off_is_not_told_as_past(text: str, is_past: bool) -> None:
    assert told_as_past(text) == is_past
