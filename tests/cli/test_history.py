from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import pytest

from eventrec import connection
from eventrec.views.reader import Reader

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec

CHANGES = [
    ("event", "add", "Workshop"),
    ("event", "edit", "1", "--date", "2025-01-10"),
    ("event", "cancel", "1", "-y"),
    ("event", "postpone", "1"),
    ("event", "copy", "1"),
    ("event", "remove", "1", "-y"),
    ("visit", "remove", "2", "-y"),
    ("agency", "edit", "NIA", "Immigration Service", "--from", "2025-01-01"),
    ("agency", "edit", "NIA", "Immigration Service", "--correct"),
    ("project", "edit", "MMSP-III", "--manager", "2", "--no-party", "donor=EU"),
    ("contact", "add", "WANG Wei", "--agency", "NIA", "--email", "wang@example.org"),
    ("contact", "edit", "2", "--agency", "EU", "--from", "2025-01-01"),
    ("contact", "remove", "2", "-y"),
    ("participant", "add", "1", "李娜", "--from-headcount"),
    ("participant", "edit", "1", "--status", "attended"),
    ("participant", "remove", "1", "NIA", "-y"),
]


def seen(address: str) -> list[object]:
    """Return what people see of the book, without what only ever grows."""
    grows = ("version", "modified_at", "sequence", "dtstamp", "revised_at")
    with contextlib.closing(connection.open_for_reading(address)) as opened:
        reader = Reader(opened)
        tables = (reader.events(), reader.agencies(), reader.projects(), reader.contacts(), reader.participants())
        return [{name: value for name, value in row.items() if name not in grows} for table in tables for row in table]


@pytest.mark.parametrize("words", CHANGES, ids=" ".join)
def test_undo_takes_any_change_back_and_redo_does_it_again(
    words: tuple[str, ...], eventrec: Eventrec, programme: str
) -> None:
    before = seen(programme)
    assert eventrec(*words).code == 0
    after = seen(programme)
    undone = eventrec("undo")
    assert (undone.code, undone.out, seen(programme)) == (0, "", before)
    assert undone.err.startswith("Taken back: change set 2 of ")
    redone = eventrec("redo")
    assert (redone.code, redone.out, seen(programme)) == (0, "", after)
    assert eventrec("db", "check").code == 0


def test_undo_in_a_dry_run_says_what_it_would_take_back(eventrec: Eventrec) -> None:
    eventrec("event", "add", "Workshop")
    result = eventrec("undo", "-n")
    assert "  eventrec event add Workshop\n" in result.err
    assert eventrec("event", "show", 3).code == 0


def test_log_is_newest_first(eventrec: Eventrec) -> None:
    eventrec("event", "add", "Workshop")
    rows = json.loads(eventrec("log", "-f", "json").out)
    assert [row["command"] for row in rows] == ["eventrec event add Workshop", "stock"]
    assert [row["actor"] for row in rows] == ["tester", "tester"]


def test_log_of_a_record_tells_of_nothing_else(eventrec: Eventrec) -> None:
    eventrec("event", "add", "Workshop")
    eventrec("agency", "edit", "NIA", "--side", "other")
    rows = json.loads(eventrec("log", "agency", "NIA", "-f", "json").out)
    assert [row["command"] for row in rows] == ["eventrec agency edit NIA --side other", "stock"]


def test_log_of_half_a_record_is_exit_2(here: Eventrec) -> None:
    result = here("log", "event")
    assert (result.code, result.out) == (2, "")
    assert "eventrec log event 1" in result.err


def test_log_takes_as_many_as_asked(eventrec: Eventrec) -> None:
    eventrec("event", "add", "Workshop")
    assert len(json.loads(eventrec("log", "--limit", 1, "-f", "json").out)) == 1
