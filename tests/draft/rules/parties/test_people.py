from __future__ import annotations

import pytest
from tests.draft.rules.parties.bracketed import read

from eventrec.draft.rules.parties.people import head_counts


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Six officers from the {Coast Guard} attended.", [(6, 0)]),
        ("The {Coast Guard} and 22 {Navy} officers attended.", [(22, 1)]),
        ("33 officials from the {Navy} and the {Coast Guard} attended.", [(33, None)]),
        ("{边境管理局}的6名代表参加。", [(6, 0)]),
        ("来自{边境管理局}、{海关总署}的6名代表参加。", [(6, None)]),
        ("{边境管理局}6名代表、{海关总署}4名代表参加。", [(6, 0), (4, 1)]),
    ],
)
def test_a_number_belongs_to_the_one_agency_whose_people_are_counted(
    text: str, numbers: list[tuple[int, int | None]]
) -> None:
    assert [(count.number, count.owner) for count in head_counts(read(text).reading)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "It lasted three days and covered 15 countries.",
        "The project costs 20,000 dollars.",
        "Call +679 330 0000 for officers on duty.",
        "The law of 1951 protects workers.",
        "第22期学员班结业。",
        "第三名民警获奖。",
        "2024年5月6日举行。",
    ],
)
def test_other_numbers_are_no_people(text: str) -> None:
    assert not head_counts(read(text).reading)


def test_the_words_of_a_number_are_its_place() -> None:
    reading = read("The course trained around 50 visa officers.").reading
    (count,) = head_counts(reading)
    assert reading.page.of(count.span) == "around 50 visa officers"
    assert count.approximate


def test_numbers_that_are_listed_beside_each_other_are_parts() -> None:
    counts = head_counts(read("12 officers from the {Navy} and 9 judges from the {Court} attended.").reading)
    assert [count.part for count in counts] == [True, True]


def test_numbers_of_women_among_all_are_parts_of_them() -> None:
    counts = head_counts(read("40 officers, including 12 women, attended.").reading)
    assert [(count.number, count.part) for count in counts] == [(40, False), (12, True)]
