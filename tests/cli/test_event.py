from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Eventrec


def event(eventrec: Eventrec, number: int) -> dict[str, Any]:
    (found,) = json.loads(eventrec("event", "show", number, "-f", "json").out)
    return dict(found)


def test_add_says_number_title_weekday_and_the_next_command(eventrec: Eventrec) -> None:
    result = eventrec("event", "add", "Training", "培训", "--date", "17-18 Oct 2024", "--city", "Beijing")
    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines() == [
        "Event 3 was added.",
        "  Training / 培训",
        "  Thursday 17 – Friday 18 October 2024 · confirmed · Beijing, CN",
        "  Next: eventrec participant add 3 …",
    ]


def test_add_without_a_date_is_planned(eventrec: Eventrec) -> None:
    eventrec("event", "add", "Someday")
    assert event(eventrec, 3)["status"] == "planned"


def test_add_with_shares_keeps_every_project(eventrec: Eventrec) -> None:
    eventrec("project", "add", "Capacity Building", "--code", "CBMM-2")
    eventrec("event", "add", "Shared", "--project", "MMSP-III=60", "--project", "CBMM-2=40")
    assert event(eventrec, 3)["projects"] == ["CBMM-2", "MMSP-III"]


def test_quiet_gives_only_the_number(eventrec: Eventrec) -> None:
    result = eventrec("-q", "event", "add", "Quiet")
    assert (result.out, result.err) == ("3\n", "")


def test_list_in_a_pipe_is_tsv_and_shortens_nothing(eventrec: Eventrec) -> None:
    title = "A very long title " * 20
    eventrec("event", "add", title)
    result = eventrec("event", "list")
    assert result.out.startswith("id\tuid\tkind\t")
    assert title.strip() in result.out


def test_list_says_which_filters_found_nothing(eventrec: Eventrec) -> None:
    result = eventrec("event", "list", "--kind", "training", "-f", "json")
    assert (result.code, json.loads(result.out), result.err) == (0, [], "No events with kind training.\n")


def test_list_names_the_events_that_a_period_leaves_out(eventrec: Eventrec) -> None:
    eventrec("event", "add", "Someday")
    assert eventrec("event", "list", "--during", "2024").err == "Left out, without a date: #3 Someday.\n"


def test_edit_changes_only_what_is_given(eventrec: Eventrec) -> None:
    before = event(eventrec, 1)
    assert eventrec("event", "edit", 1, "--venue", "Hotel").code == 0
    after = event(eventrec, 1)
    changed = {name for name, value in after.items() if value != before[name]}
    assert changed - {"modified_at"} == {"venue", "version", "sequence"}


def test_edit_says_what_a_shortened_title_led_to(eventrec: Eventrec) -> None:
    first = eventrec("event", "edit", "Workshop on", "--kind", "meeting").err.splitlines()[0]
    assert first == "“Workshop on” is event 1, Workshop on returns (2024-10-17)."


def test_edit_with_the_version_that_is_there_goes_through(eventrec: Eventrec) -> None:
    version = event(eventrec, 1)["version"]
    assert eventrec("event", "edit", 1, "--kind", "meeting", "--if-version", version).code == 0
    assert eventrec("event", "edit", 1, "--kind", "training", "--if-version", version).code == 1


def test_visits_move_along(eventrec: Eventrec) -> None:
    result = eventrec("event", "edit", 1, "--date", "2024-11-20")
    assert "Visit 2 moved along (--not-visits leaves it)." in result.err
    assert event(eventrec, 2)["starts_on"] == "2024-11-19"


def test_visits_stay_when_asked(eventrec: Eventrec) -> None:
    eventrec("event", "edit", 1, "--date", "2024-11-20", "--not-visits")
    assert event(eventrec, 2)["starts_on"] == "2024-10-16"


def test_held_names_the_command_that_marks_attendance(eventrec: Eventrec) -> None:
    err = eventrec("event", "edit", 1, "--status", "held").err
    assert "eventrec participant edit 1 --status attended" in err
    assert "eventrec visit edit 2 --status held" in err


def test_cancel_takes_the_visits_along(eventrec: Eventrec) -> None:
    result = eventrec("event", "cancel", 1, "--reason", "Venue closed", "-y")
    assert (result.code, result.out) == (0, "")
    assert [event(eventrec, number)["status"] for number in (1, 2)] == ["cancelled", "cancelled"]
    assert event(eventrec, 1)["status_reason"] == "Venue closed"


def test_cancel_leaves_the_visits_when_asked(eventrec: Eventrec) -> None:
    eventrec("event", "cancel", 1, "-y", "--not-visits")
    assert event(eventrec, 2)["status"] == "confirmed"


def test_postpone_without_a_date_keeps_the_old_one(eventrec: Eventrec) -> None:
    eventrec("event", "postpone", 1, "--reason", "Travel")
    found = event(eventrec, 1)
    assert (found["status"], found["starts_on"], found["status_reason"]) == ("postponed", "2024-10-17", "Travel")


def test_postpone_to_a_date_moves_the_event(eventrec: Eventrec) -> None:
    eventrec("event", "postpone", 1, "--date", "2025-03-12")
    found = event(eventrec, 1)
    assert (found["status"], found["starts_on"]) == ("confirmed", "2025-03-12")


def test_a_copy_of_a_cancelled_event_replaces_it_and_invites(eventrec: Eventrec) -> None:
    eventrec("participant", "add", 1, "李娜", "--further")
    eventrec("event", "cancel", 1, "-y")
    result = eventrec("event", "copy", 1, "--date", "2025-10-17")
    assert "Event 3 was copied from event 1, which it replaces." in result.err
    assert event(eventrec, 3)["replaces"] == 1
    people = json.loads(eventrec("participant", "list", "--event", 3, "-f", "json").out)
    assert [row["status"] for row in people if row["contact"]] == ["invited"]
    assert {row["women"] for row in people if not row["contact"]} == {None}


def test_remove_takes_people_and_visits_and_undo_brings_them_back(eventrec: Eventrec) -> None:
    result = eventrec("event", "remove", 1, "-y")
    assert result.err.splitlines()[-1] == "  Back again: eventrec undo"
    assert eventrec("event", "show", 1).code == 3
    assert eventrec("undo").code == 0
    assert event(eventrec, 2)["parent"] == 1


@pytest.mark.parametrize(
    "words",
    [
        ("event", "add", "W"),
        ("event", "edit", "1", "--status", "held"),
        ("event", "cancel", "1"),
        ("event", "postpone", "1"),
        ("event", "copy", "1"),
        ("event", "remove", "1"),
        ("visit", "add", "1", "V"),
        ("visit", "edit", "2", "--city", "Shanghai"),
        ("visit", "remove", "2"),
        ("agency", "add", "A"),
        ("agency", "edit", "NIA", "--side", "none"),
        ("project", "add", "P", "--code", "P"),
        ("project", "edit", "MMSP-III", "--status", "completed"),
        ("contact", "add", "C"),
        ("contact", "edit", "2", "--sex", "other"),
        ("contact", "remove", "2"),
        ("participant", "add", "1", "New Person", "--further"),
        ("participant", "edit", "1", "--status", "attended"),
        ("participant", "remove", "1", "NIA"),
    ],
    ids=" ".join,
)
def test_a_dry_run_says_what_would_be_and_saves_nothing(
    words: tuple[str, ...], eventrec: Eventrec, untouched: Callable[[], bool]
) -> None:
    result = eventrec(*words, "-n")
    assert (result.code, result.out) == (0, ""), result.err
    assert result.err.startswith("Nothing was saved (--dry-run). Without it:\n")
    assert len(result.err.splitlines()) > 1
    assert untouched()


def test_a_quiet_dry_run_gives_no_number(here: Eventrec) -> None:
    assert here("-q", "event", "add", "W", "-n").out == ""


@pytest.mark.parametrize(
    "words",
    [
        ("event", "remove", "1", "-y"),
        ("event", "cancel", "1", "-y"),
        ("event", "postpone", "1"),
        ("visit", "edit", "2", "--city", "Shanghai"),
        ("visit", "remove", "2", "-y"),
        ("agency", "edit", "NIA", "--side", "none"),
        ("project", "edit", "MMSP-III", "--status", "completed"),
        ("contact", "edit", "2", "--sex", "other"),
        ("contact", "remove", "2", "-y"),
        ("participant", "edit", "1", "NIA", "--women", "5"),
        ("participant", "remove", "1", "NIA", "-y"),
    ],
    ids=" ".join,
)
def test_another_version_is_refused(words: tuple[str, ...], eventrec: Eventrec, untouched: Callable[[], bool]) -> None:
    result = eventrec(*words, "--if-version", "99")
    assert (result.code, result.out) == (1, "")
    assert "version" in result.err
    assert untouched()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("visit", "edit", "Capital", "--city", "Shanghai"), "“Capital” is visit 2, Capital Airport"),
        (("visit", "add", "Workshop", "V"), "“Workshop” is event 1, Workshop on returns"),
        (("event", "cancel", "Workshop", "-y"), "“Workshop” is event 1, Workshop on returns"),
        (("agency", "edit", "National Imm", "--side", "China"), "“National Imm” is agency 2, "),
        (("project", "edit", "Mobility", "--status", "completed"), "“Mobility” is project 1, "),
        (("contact", "edit", "Andrei", "--sex", "male"), "“Andrei” is contact 1, Andrei Zaitsev"),
        (("event", "add", "W", "--organizer", "International Org"), "“International Org” is agency 1, "),
        (("participant", "edit", "Workshop", "NIA", "--women", "5"), "“Workshop” is event 1, Workshop on returns"),
        (("participant", "add", "1", "--agency", "European", "--women", "1"), "“European” is agency 3, "),
    ],
)
def test_every_write_says_what_a_shortened_reference_led_to(
    words: tuple[str, ...], line: str, eventrec: Eventrec
) -> None:
    result = eventrec(*words)
    assert result.code == 0, result.err
    assert line in result.err
