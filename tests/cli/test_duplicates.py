from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec
    from tests.conftest import Result, Run


@pytest.fixture
def here(run: Run, address: str) -> Eventrec:
    """Runs a command line on a book with an agency and two contacts that look like one person."""

    def eventrec(*arguments: object, typed: str = "") -> Result:
        return run(*arguments, address=address, typed=typed)

    eventrec("agency", "add", "National Immigration Administration", "--code", "NIA")
    eventrec("contact", "add", "LI Na", "李娜", "--agency", "NIA", "--sex", "female")
    eventrec("contact", "add", "Na Li", "--agency", "NIA", "--email", "na@example.org")
    return eventrec


def test_pairs_are_listed_with_the_next_commands(here: Eventrec) -> None:
    result = here("contact", "duplicates", "-f", "json")
    (pair,) = json.loads(result.out)
    assert (pair["first"], pair["second"]) == (1, 2)
    assert pair["reasons"][-1] == "same agency"
    assert "eventrec contact merge 1 2" in result.err
    assert "--not-same 1 2" in result.err


def test_two_that_were_told_apart_are_not_asked_about_again(here: Eventrec) -> None:
    assert here("contact", "duplicates", "--not-same", "1", "2").code == 0
    result = here("contact", "duplicates", "-f", "json")
    assert json.loads(result.out) == []
    assert "No two contacts look like one." in result.err
    assert here("contact", "duplicates", "--not-same", "2", "1").code == 4


def test_a_merge_says_what_moved_and_undo_takes_it_apart(here: Eventrec) -> None:
    result = here("contact", "merge", "1", "2")
    assert result.code == 0
    assert "Contact 1 is one with contact 2 now: LI Na (NIA)." in result.err
    assert "Points moved: 1." in result.err
    assert json.loads(here("contact", "show", "2", "-f", "json").out)[0]["email"] == "na@example.org"
    here("undo")
    assert len(json.loads(here("contact", "list", "-f", "json").out)) == 2


def test_a_clash_is_exit_6_and_names_the_option(here: Eventrec) -> None:
    here("contact", "edit", "2", "--sex", "male")
    result = here("contact", "merge", "1", "2")
    assert result.code == 6
    assert "sex: “female” or “male”" in result.err
    assert here("contact", "merge", "1", "2", "--prefer", "sex=other").code == 0
    assert json.loads(here("contact", "show", "1", "-f", "json").out)[0]["sex"] == "male"


def test_a_dry_run_merges_nothing(here: Eventrec) -> None:
    assert here("contact", "merge", "1", "2", "--dry-run").code == 0
    assert len(json.loads(here("contact", "list", "-f", "json").out)) == 2


@pytest.mark.parametrize("prefer", ["both", "sex=left", "=other x"])
def test_a_preference_that_is_none_is_exit_2(here: Eventrec, prefer: str) -> None:
    assert here("contact", "merge", "1", "2", "--prefer", prefer).code == 2


def test_agencies_are_merged_too(here: Eventrec) -> None:
    here("agency", "add", "National Imigration Administration", "--country", "CN")
    (pair,) = json.loads(here("agency", "duplicates", "-f", "json").out)
    assert (pair["first"], pair["second"]) == (1, 2)
    assert here("agency", "merge", "NIA", "2").code == 0
    shown = json.loads(here("agency", "show", "2", "-f", "json").out)[0]
    assert (shown["code"], shown["country"], shown["aliases"]) == ("NIA", "CN", ["National Imigration Administration"])


def test_adding_warns_of_who_may_be_there_already(here: Eventrec) -> None:
    result = here("contact", "add", "Li Na")
    assert result.code == 0
    assert "Likely known: contact 1, LI Na / 李娜 (80: same name)." in result.err
    assert "eventrec contact merge 1 3" in result.err
    assert "Likely" not in here("contact", "add", "Piet Bakker").err


def test_the_warning_is_told_to_the_quiet_too(here: Eventrec) -> None:
    result = here("-q", "contact", "add", "Li Na")
    assert (result.out, "Likely known" in result.err) == ("3\n", True)
