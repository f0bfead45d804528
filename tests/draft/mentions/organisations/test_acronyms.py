"""Acronyms without a long form: organisations or not, by what is said of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Named = Callable[..., list[str]]


@pytest.mark.parametrize(
    "text",
    [
        "UNHX organized a course.",
        "UNHX will jointly hold a course.",
        "The visit was facilitated by UNHX.",
        "UNHX's experts gave lectures.",
        "UNHX staff gave lectures.",
        "UNHX and the Ministry of Health gave lectures.",
        "The Ministry of Health, the Consumer Council and UNHX gave lectures.",
        "UNHX Kenya gave lectures.",
        "UNHX last week (25/4 – 27/4) organized a course.",
        "The visit was facilitated by CXA/UNHX.",
        "UNHX, in close coordination with the Ministry of Health and the Food Council, gave lectures.",
        "The UNHX-led project held a course.",
        "Apia, 4 May 2031 (UNHX) – UNHX Director Eva Ku opened the course.",
        "Officers came from CXA, UNHX and the Ministry of Health.",
    ],
)
def test_what_acts_employs_or_stands_beside_names_is_an_organisation(named: Named, text: str) -> None:
    assert "UNHX" in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "The talks on UNHX went on.",
        "UNHX Phase II began.",
        "The UNHX project organized a course.",
        "A tool for document checks (UNHX) was shown by UNHX.",
        "AI helped and COVID spread.",
    ],
)
def test_other_acronyms_are_none(named: Named, text: str) -> None:
    assert named(text) == []


def test_a_paragraph_that_is_not_read_says_what_an_acronym_means(named: Named) -> None:
    text = (
        "UNHX is today hosting a workshop in Tirana for 40 officers of the Norland Police Service.\n\nAbout us\n\n"
        "The Union for Harbour Exchange Organization (UNHX) is the leading intergovernmental organization in its field."
    )
    assert named(text) == ["Union for Harbour Exchange Organization", "Norland Police Service"]


def test_a_heading_before_the_name_that_a_menu_explains_is_no_part_of_it(named: Named) -> None:
    text = (
        "UNHX is today hosting a workshop in Tirana for 40 officers of the Norland Police Service.\n\nAbout us\n\n"
        "About usThe Union for Harbour Exchange Organization (UNHX) is the leading organization in its field."
    )
    assert "Union for Harbour Exchange Organization" in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Border Support Project (BSP) organized a course.",
        "Standard Operating Procedures (SOPX) were discussed.",
        "Under Better Border Work (BBW) a course was held by BBW.",
    ],
)
def test_what_an_acronym_spells_out_is_not_always_a_body(named: Named, text: str) -> None:
    assert named(text) == []
