"""Whether the text says that the event was cancelled or postponed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.read import read

if TYPE_CHECKING:
    from eventrec.draft.proposal import Draft

CANCELLED = "The text says that it was cancelled."
POSTPONED = "The text says that it was postponed."


def drafted(text: str) -> Draft:
    return read(text, Gazetteer()).events[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The workshop on visa fees planned for 3 May 2024 in Riga has been cancelled.", CANCELLED),
        ("The seminar on cards in Suva on 3 May 2024 was postponed. 25 officers were to attend.", POSTPONED),
        ("The Example Agency has called off the regional training on seals in Accra.", CANCELLED),
        ("The Example Agency postponed its second seminar on seals until further notice.", POSTPONED),
        ("Workshop on seals cancelled\n\nThe Example Agency regrets that nobody can travel to Riga now.", CANCELLED),
        ("POSTPONED: Workshop on seals\n\nThe Example Agency regrets that nobody can travel to Riga now.", POSTPONED),
        ("The conference had to be cancelled. It is a pity for everybody in Lima.", CANCELLED),
        ("原定于2024年5月3日在西安举行的签证研讨会因故取消。原计划30名民警参加。", CANCELLED),
        ("示例署宣布，印章培训班因台风推迟。学员来自各地。", POSTPONED),
        ("因疫情原因，示例署决定延期举办印章研讨会。", POSTPONED),
        ("The workshop, which was postponed in May, was held on 3 June 2024 in Riga.", None),
        ("The workshop finally took place in Riga after it was postponed twice.", None),
        ("The seminar on visa fees discussed flights that airlines cancelled in 2020.", None),
        ("The workshop on 3 June 2024 was held as planned. A similar workshop in May was cancelled.", None),
        ("The 2020 seminar was cancelled. The seminar on 3 May 2024 in Riga gathered 30 officers.", None),
        ("2020年的研讨会因故取消。2024年5月3日，研讨会在西安举行。", None),
        ("研讨会推迟后于6月3日在西安举行。", None),
        ("研讨会介绍了取消签证收费的政策。", None),
        ("培训班如期举行，未被取消。", None),
    ],
)
def test_an_event_that_was_called_off_is_asked_about(text: str, expected: str | None) -> None:
    assert drafted(text).uncertain.get("status") == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The workshop on visas in Riga has been cancelled. It would have brought together 30 officers.", 30),
        ("The seminar on cards in Suva was postponed. 25 officers were to attend the seminar.", 25),
        ("印章培训班因台风取消。原计划为20名民警授课。", 20),
    ],
)
def test_nobody_took_part_in_what_was_called_off(text: str, number: int) -> None:
    asked = drafted(text).uncertain["participants"]
    assert asked == f"The event was called off; did {number} people take part?"
