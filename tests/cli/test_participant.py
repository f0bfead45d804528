from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from eventrec.cli.context import App, Question

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec


@pytest.fixture
def _at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(App, "can_ask", property(lambda self: not self.no_input))


def people(eventrec: Eventrec) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(eventrec("participant", "list", "--event", 1, "-f", "json").out)
    return found


def delegation(eventrec: Eventrec) -> tuple[int, int]:
    (row,) = (row for row in people(eventrec) if row["id"] == 2)
    return row["women"], row["men"]


def test_a_known_person_is_found_by_name(eventrec: Eventrec) -> None:
    result = eventrec("participant", "add", 1, "李娜", "--further")
    assert "New contact" not in result.err
    assert (
        result.err.splitlines()
        == [
            "Row 3 was added: LI Na / 李娜, NIA (participant, in-person, registered).",
            "  NIA: 1 named + 12 further = 13",
            "  Row 3 is further to the head-count.",
        ][:2]
    )


def test_a_new_person_is_made_and_said(eventrec: Eventrec) -> None:
    words = ("participant", "add", 1, "WANG Wei", "王伟", "--agency", "EU", "--sex", "male", "--position", "Officer")
    result = eventrec(*words)
    assert result.err.startswith("New contact 3: WANG Wei / 王伟.\nRow 3 was added: ")
    (row,) = (row for row in people(eventrec) if row["id"] == 3)
    assert (row["contact_id"], row["agency"], row["sex"], row["position"]) == (3, "EU", "male", {"en": "Officer"})


def test_several_known_people_are_added_at_once(eventrec: Eventrec) -> None:
    assert eventrec("-q", "participant", "add", 1, "李娜", "翟安瑞", "--further").out == "3\n4\n"


def test_one_from_the_head_count_is_taken_off_the_matching_sex(eventrec: Eventrec) -> None:
    result = eventrec("participant", "add", 1, "李娜", "--from-headcount")
    assert "  NIA: 1 named + 11 further = 12\n" in result.err
    assert delegation(eventrec) == (3, 8)
    eventrec("undo")
    assert delegation(eventrec) == (4, 8)


def test_a_further_one_leaves_the_head_count(eventrec: Eventrec) -> None:
    assert "  NIA: 1 named + 12 further = 13\n" in eventrec("participant", "add", 1, "李娜", "--further").err
    assert delegation(eventrec) == (4, 8)


def test_a_script_is_told_both_ways(eventrec: Eventrec) -> None:
    result = eventrec("participant", "add", 1, "李娜")
    assert result.code == 6
    assert "--from-headcount" in result.err
    assert "--further" in result.err


@pytest.mark.usefixtures("_at_a_terminal")
@pytest.mark.parametrize(("answer", "further"), [("1", 11), ("2", 12)])
def test_a_terminal_is_asked(answer: str, further: int, eventrec: Eventrec) -> None:
    result = eventrec("participant", "add", 1, "李娜", typed=f"{answer}\n")
    assert (result.code, result.out) == (0, "")
    assert "Is the person one of those?" in result.err
    assert f"NIA: 1 named + {further} further" in result.err


@pytest.mark.usefixtures("_at_a_terminal")
def test_an_answer_that_is_none_of_them_is_asked_again(eventrec: Eventrec) -> None:
    assert eventrec("participant", "add", 1, "李娜", typed="7\nperhaps\n2\n").code == 0


@pytest.mark.usefixtures("_at_a_terminal")
def test_no_input_asks_nothing(eventrec: Eventrec) -> None:
    assert eventrec("--no-input", "participant", "add", 1, "李娜", typed="2\n").code == 6


@pytest.mark.usefixtures("_at_a_terminal")
def test_no_lock_waits_for_an_answer(here: Eventrec, sqlite_programme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(_self: Question) -> str:
        other = sqlite3.connect(sqlite_programme, isolation_level=None, timeout=0)
        other.execute("BEGIN IMMEDIATE")
        other.close()
        return "yes"

    monkeypatch.setattr(Question, "ask", answer)
    assert here("event", "remove", 1).code == 0


@pytest.mark.usefixtures("_at_a_terminal")
def test_a_no_saves_nothing(eventrec: Eventrec) -> None:
    result = eventrec("event", "remove", 1, typed="n\n")
    assert (result.code, result.out) == (130, "")
    assert result.err.endswith("Stopped; nothing was saved.\n")
    assert eventrec("event", "show", 1).code == 0


def test_a_near_name_is_never_taken_in_a_script(eventrec: Eventrec) -> None:
    result = eventrec("participant", "add", 1, "Andrei")
    assert result.code == 6
    assert result.err == (
        "eventrec: Who is “Andrei”?\n  Say 1 (contact 1, Andrei Zaitsev (IOM)) or --new (a new person).\n"
    )


@pytest.mark.usefixtures("_at_a_terminal")
@pytest.mark.parametrize(("answer", "contact"), [("1", 1), ("2", 3)])
def test_a_near_name_is_asked_about_at_a_terminal(answer: str, contact: int, eventrec: Eventrec) -> None:
    assert eventrec("participant", "add", 1, "Andrei", typed=f"{answer}\n").code == 0
    assert contact in [row["contact_id"] for row in people(eventrec)]


def test_an_ambiguous_name_is_exit_3(eventrec: Eventrec) -> None:
    eventrec("contact", "add", "LI Na", "--namesake", "--agency", "EU")
    result = eventrec("participant", "add", 1, "LI Na", "--further")
    assert result.code == 3
    assert "more than one contact" in result.err


def test_nothing_is_told_that_was_not_saved(eventrec: Eventrec) -> None:
    result = eventrec("participant", "add", 1, "Somebody New", "--agency", "NIA")
    assert result.code == 6
    assert "New contact" not in result.err


def test_the_numbers_that_were_not_given_are_0_and_said(eventrec: Eventrec) -> None:
    result = eventrec("participant", "add", 1, "--agency", "EU", "--women", 4)
    assert result.err.splitlines()[-1] == "  Counted as 0: men, other, not stated."


def test_a_number_alone_is_not_stated_by_sex(eventrec: Eventrec) -> None:
    result = eventrec("participant", "add", 1, "--count", 100, "--about", "--source", "publication")
    assert "about 100 not stated" in result.err
    assert "Counted as 0" not in result.err


def test_a_party_as_it_was_reported_has_a_label_and_a_side(eventrec: Eventrec) -> None:
    eventrec("participant", "add", 1, "--label", "Chinese officials", "中方官员", "--side", "China", "--count", 26)
    assert eventrec("participant", "add", 1, "--label", "Experts", "--side", "EU").code == 0
    assert {"en": "Experts"} in [row["label"] for row in people(eventrec)]


def test_agencies_that_nobody_counted_are_a_row_each(eventrec: Eventrec) -> None:
    assert eventrec("-q", "participant", "add", 1, "--agency", "EU", "--agency", "IOM").out == "3\n4\n"
    assert [row["women"] for row in people(eventrec) if row["id"] in (3, 4)] == [None, None]


def test_all_but_some_are_marked_attended_at_once(eventrec: Eventrec) -> None:
    eventrec("participant", "add", 1, "李娜", "翟安瑞", "--further")
    result = eventrec("participant", "edit", 1, "--except", "李娜", "--status", "attended")
    assert result.code == 0
    status = {row["id"]: row["status"] for row in people(eventrec)}
    assert (status[2], status[3], status[4]) == ("attended", "registered", "attended")
    eventrec("undo")
    assert {row["status"] for row in people(eventrec) if row["id"] > 1} == {"registered"}


def test_edit_of_one_row_says_so_in_the_singular(eventrec: Eventrec) -> None:
    assert eventrec("participant", "edit", 1, "NIA", "--women", 5).err.endswith("1 of 1 row of event 1 was changed.\n")
    assert delegation(eventrec) == (5, 8)


def test_quiet_gives_the_number_of_every_row_changed(eventrec: Eventrec) -> None:
    eventrec("participant", "add", 1, "李娜", "翟安瑞", "--further")
    result = eventrec("-q", "participant", "edit", 1, "李娜", "翟安瑞", "--status", "attended")
    assert (result.out, result.err) == ("3\n4\n", "")


def test_a_row_that_nobody_counted_gets_the_other_numbers_too_and_says_so(eventrec: Eventrec) -> None:
    eventrec("participant", "add", 1, "--agency", "EU")
    assert "  Counted as 0: men, other, not stated.\n" in eventrec("participant", "edit", 1, "EU", "--women", 2).err


def test_show_tells_all_of_one_row(eventrec: Eventrec) -> None:
    assert json.loads(eventrec("participant", "show", 1, "NIA", "-f", "json").out)[0]["men"] == 8


def test_remove_leaves_the_person_in_the_book(eventrec: Eventrec) -> None:
    eventrec("participant", "add", 1, "李娜", "--further")
    result = eventrec("participant", "remove", 1, "李娜", "-y")
    assert result.err.startswith("Row 3 was removed: LI Na / 李娜, NIA")
    assert 3 not in [row["id"] for row in people(eventrec)]
    assert eventrec("contact", "show", "李娜").code == 0


def test_remove_asks_with_the_rows_in_words(eventrec: Eventrec) -> None:
    result = eventrec("participant", "remove", 1, "NIA")
    assert result.code == 6
    assert "row 2: NIA: 4 women, 8 men" in result.err
