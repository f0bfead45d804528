from __future__ import annotations

from dataclasses import replace

import pytest

from eventrec.errors import Rejected
from eventrec.formats.participant_list import (
    ParticipantList,
    ParticipantRow,
    ParticipantTotal,
    as_table,
    names,
    ordered,
)

NIA = {"en": "National Immigration Administration", "zh": "国家移民管理局"}
LI = ParticipantRow(name={"en": "LI Na", "zh": "李娜"}, sex="female", agency=NIA, counted=1)
FURTHER = ParticipantRow(agency=NIA, women=4, men=8, other=0, not_stated=0, counted=12)
INTERPRETER = ParticipantRow(name={"en": "Marie Exemple"}, sex="other", role="interpreter", counted=0)
UNCOUNTED = ParticipantRow(agency={"en": "EU Member States"})
LISTING = ParticipantList(
    title={"en": "Workshop", "zh": "研讨会"},
    dates="17 October 2024",
    place="Beijing",
    rows=[FURTHER, LI, UNCOUNTED, INTERPRETER],
    total=ParticipantTotal(13, 5, 8, 0, 0, uncounted=1),
)


def test_named_people_come_first_in_the_order_given() -> None:
    assert ordered(LISTING) == [LI, INTERPRETER, FURTHER, UNCOUNTED]


def test_people_without_a_name_are_told_by_sex_in_both_languages() -> None:
    assert names(FURTHER, LISTING) == {
        "en": "12 further, not named: 4 women, 8 men",
        "zh": "另有 12 人未列名：女 4 人，男 8 人",
    }


def test_an_approximate_number_says_about() -> None:
    row = ParticipantRow(women=0, men=0, other=0, not_stated=100, approximate=True)
    assert names(row, replace(LISTING, rows=[row]))["en"] == "about 100 people, not named: 100 not stated"


def test_a_single_person_is_a_woman_and_not_women() -> None:
    assert names(replace(FURTHER, women=1, men=0), LISTING)["en"] == "1 further, not named: 1 woman"


def test_a_delegation_nobody_counted_says_so() -> None:
    assert names(UNCOUNTED, LISTING)["en"] == "Further, not named, not counted"


def test_a_list_that_does_not_give_the_reported_total_is_refused() -> None:
    wrong = replace(LISTING, total=replace(LISTING.total, participations=14))
    with pytest.raises(Rejected, match="adds up to 13 participations, but the report says 14"):
        ordered(wrong)


def test_a_list_whose_sexes_do_not_agree_is_refused() -> None:
    wrong = replace(LISTING, total=replace(LISTING.total, women=4, men=9))
    with pytest.raises(Rejected, match="5 women, but the report says 4"):
        ordered(wrong)


def test_a_list_where_nobody_was_counted_agrees_with_an_empty_total() -> None:
    nobody = replace(LISTING, rows=[UNCOUNTED], total=ParticipantTotal(None, None, None, None, None, 1))
    assert ordered(nobody) == [UNCOUNTED]


def test_as_a_table_a_person_is_one_of_their_sex() -> None:
    first, second, third, fourth = as_table(LISTING)
    assert (first["number"], first["women"], first["men"], first["counted"]) == (1, 1, 0, 1)
    assert (second["number"], second["other"], second["counted"]) == (2, 1, 0)
    assert (third["number"], third["women"], third["counted"]) == (None, 4, 12)
    assert (fourth["women"], fourth["counted"]) == (None, None)
