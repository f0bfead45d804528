"""Departments and ministries that the words around them tell apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Named = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The Department of Ships and the Department of Rivers and Canals of the Ministry of Ports met.",
            ["Department of Ships, Ministry of Ports", "Department of Rivers and Canals, Ministry of Ports"],
        ),
        (
            "Eva Ku of the Visa Department, at the Ministry of Ports (MOP), spoke.",
            ["Visa Department, Ministry of Ports"],
        ),
        (
            "The Department of Ships at the League of River States (LRS) met.",
            ["Department of Ships, League of River States"],
        ),
        (
            "The Department of Ships and the Ministry of Ports met.",
            ["Department of Ships", "Ministry of Ports"],
        ),
    ],
)  # fmt: skip
def test_departments_have_the_whole_that_is_named_behind_them(named: Named, text: str, names: list[str]) -> None:
    assert named(text) == names


def test_two_ministries_of_one_name_keep_their_countries(named: Named) -> None:
    assert named("The Federal Ministry of Ports and the Kenyan Ministry of Ports met.") == [
        "Federal Ministry of Ports",
        "Kenyan Ministry of Ports",
    ]
