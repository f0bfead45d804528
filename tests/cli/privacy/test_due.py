from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec

REPORT = ("report", "participants", "-f", "json")
SAME = ("participations", "women", "men", "other", "not_stated", "agencies", "person_days")


@pytest.fixture
def over(eventrec: Eventrec) -> Eventrec:
    """The programme after the end of its project; LI Na took part in the event and came, Andrei is asked about it."""
    eventrec("project", "edit", "1", "--date", "2010-01-01..2011-12-31")
    eventrec("event", "edit", "1", "--date", "2011-05-03", "--status", "held")
    eventrec("visit", "edit", "2", "--date", "2011-05-02")
    eventrec("participant", "add", "1", "2", "--status", "attended", "--further")
    return eventrec


def due(eventrec: Eventrec, *words: str) -> list[tuple[object, ...]]:
    rows = json.loads(eventrec("privacy", "due", *words, "-f", "json").out)
    return [(row["id"], row["due_since"], row["decided_by"], row["events"]) for row in rows]


def test_whose_time_is_up_is_listed_with_what_decided_it(over: Eventrec) -> None:
    assert due(over) == [(1, "2017-01-01", "MMSP-III", 1), (2, "2017-01-01", "MMSP-III", 1)]
    assert due(over, "--project", "MMSP-III", "--months", "12")[0][1] == "2013-01-01"


def test_the_months_of_the_book_and_of_the_project_decide(over: Eventrec) -> None:
    assert over("privacy", "retention").out == "60\n"
    assert over("privacy", "retention", "240").code == 0
    assert over("privacy", "retention").out == "240\n"
    assert due(over) == []
    over("project", "edit", "1", "--retention-months", "6")
    assert due(over, "--months", "1200")[0][1] == "2012-07-01"
    assert json.loads(over("project", "show", "1", "-f", "json").out)[0]["retention_months"] == 6
    over("project", "edit", "1", "--retention-months", "book")
    assert due(over) == []


def test_why_somebody_is_not_due_is_said(over: Eventrec) -> None:
    over("project", "add", "Open", "--code", "OPEN", "--manager", "1")
    result = over("privacy", "due", "--contact", "1", "-f", "json")
    assert {(row["reason"], row["project"]) for row in json.loads(result.out)} == {
        ("programme-manager", "OPEN"),
        ("programme-manager", "MMSP-III"),
        ("whom-to-ask", "MMSP-III"),
    }
    assert "never due, because project OPEN has no end." in result.err
    assert "due; the last day was 2016-12-31." in over("privacy", "due", "--contact", "2").err
    assert [row[0] for row in due(over)] == [2]


@pytest.mark.parametrize("months", ["-1", "1201", "six", "٦", "1" * 5000])
def test_what_is_no_number_of_months_is_refused(here: Eventrec, months: str) -> None:
    for words in (
        ("privacy", "retention", "--", months),
        ("privacy", "due", f"--months={months}"),
        ("privacy", "purge", "-y", f"--months={months}"),
        ("project", "edit", "1", f"--retention-months={months}"),
    ):
        assert here(*words).code == 2


def test_a_purge_needs_a_yes(over: Eventrec) -> None:
    result = over("privacy", "purge")
    assert result.code == 6
    assert "2 people will be forgotten for good" in result.err
    assert len(due(over)) == 2


def test_a_dry_run_forgets_nobody(over: Eventrec) -> None:
    result = over("privacy", "purge", "--dry-run")
    assert result.code == 0
    assert "Nothing was saved (--dry-run)" in result.err
    assert len(due(over)) == 2


def test_a_purge_forgets_everybody_due_and_the_counts_stay(over: Eventrec) -> None:
    over("project", "add", "Open", "--code", "OPEN")
    over("contact", "add", "Somebody Else", "--email", "else@example.org", "--manages", "OPEN")
    before = json.loads(over(*REPORT).out)["total"]
    result = over("privacy", "purge", "--yes")
    assert result.code == 0
    assert "2 people forgotten." in result.err
    for words in (result.out, result.err):
        assert not any(name in words for name in ("李娜", "LI Na", "Zaitsev", "azaitsev"))
    assert result.out.startswith("id\tdue_since\tdecided_by\tretention_months\tevents\trows_erased\n1\t2017-01-01")
    after = json.loads(over(*REPORT).out)["total"]
    assert {name: before[name] for name in SAME} == {name: after[name] for name in SAME}
    assert [row["id"] for row in json.loads(over("contact", "list", "-f", "json").out)] == [3]
    assert due(over) == []


def test_a_purge_is_one_command_in_the_history(over: Eventrec) -> None:
    before = len(json.loads(over("log", "--limit", "0", "-f", "json").out))
    over("privacy", "purge", "--yes")
    assert len(json.loads(over("log", "--limit", "0", "-f", "json").out)) == before + 1


def test_nobody_due_is_said(here: Eventrec) -> None:
    assert "Nobody's time is up." in here("privacy", "due").err
    assert "Nobody's time is up." in here("privacy", "purge", "-y").err


def test_people_who_can_never_be_due_are_counted_with_what_keeps_them(over: Eventrec) -> None:
    assert "never due" not in over("privacy", "due").err
    over("project", "add", "Open", "--code", "OPEN", "--manager", "1")
    over("contact", "add", "WANG Wei")
    over("event", "add", "Some day", "--contact", "3")
    result = over("privacy", "due", "-f", "json")
    assert [row["id"] for row in json.loads(result.out)] == [2]
    assert "2 people are never due: project OPEN has no end, event 3 has no date." in result.err
    assert "eventrec privacy due --contact 1" in result.err
    assert "1 person is never due: project OPEN has no end." in over("privacy", "due", "--project", "OPEN").err


def test_of_many_projects_without_an_end_a_few_are_named(over: Eventrec) -> None:
    for number in range(7):
        over("contact", "add", f"Manager {number} of seven")
        over("project", "add", f"Open {number}", "--code", f"OPEN-{number}", "--manager", str(number + 3))
    assert ", and 2 more." in over("privacy", "due").err
