from __future__ import annotations

import contextlib
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.localized import Localized
from eventrec.models import Affiliation
from eventrec.services import agency as agencies
from eventrec.services import contact as contacts
from eventrec.services import planning
from eventrec.services import project as projects
from eventrec.views.reader import Reader

if TYPE_CHECKING:
    from pathlib import Path

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


def test_undo_takes_back_one_change_set_of_the_log(eventrec: Eventrec) -> None:
    eventrec("event", "edit", 1, "--note", "First.")
    eventrec("agency", "edit", "NIA", "--note", "Second.")
    undone = eventrec("undo", 2)
    assert undone.code == 0
    assert "Taken back: change set 2 of " in undone.err
    assert "eventrec event edit 1 --note First." in undone.err
    assert json.loads(eventrec("log", "--limit", 1, "-f", "json").out)[0]["reverses"] == 2
    assert eventrec("redo", "#2").code == 0
    assert "note\tFirst." in eventrec("event", "show", 1).out


def test_undo_refuses_what_later_changes_stand_on_and_takes_them_along_when_asked(
    eventrec: Eventrec, programme: str
) -> None:
    eventrec("agency", "add", "Ministry", "--code", "MFA")
    before = seen(programme)
    eventrec("contact", "edit", 2, "--agency", "MFA", "--from", "2025-01-01")
    after = seen(programme)
    refused = eventrec("undo", 2)
    assert (refused.code, seen(programme)) == (1, after)
    assert "#3 by tester at " in refused.err
    assert "eventrec contact edit 2 --agency MFA --from 2025-01-01 (place of work 3 refers to agency 4)" in refused.err
    assert "  Take back these too, newest first: eventrec undo 2 --with-later\n" in refused.err
    shown = eventrec("undo", 2, "--with-later", "-n")
    assert shown.code == 0
    assert "Taken back first: change set 3" in shown.err
    assert seen(programme) == after
    assert eventrec("undo", 2, "--with-later").code == 0
    assert json.loads(eventrec("agency", "list", "-f", "json").out)[-1]["code"] != "MFA"
    assert eventrec("redo", 2).code == 0
    assert seen(programme) == before
    assert eventrec("redo", 3).code == 0
    assert seen(programme) == after
    assert eventrec("db", "check").code == 0


def test_a_person_at_a_terminal_is_asked(
    here: Eventrec, sqlite_programme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here("event", "edit", 1, "--note", "First.")
    here("event", "edit", 1, "--note", "Second.")
    monkeypatch.setattr("eventrec.cli.context.App.can_ask", property(lambda app: not app.no_input))
    after = seen(sqlite_programme)
    no = here("undo", 2, typed="n\n")
    assert (no.code, seen(sqlite_programme)) == (130, after)
    assert "Later changes stand in the way of change set 2 and would be taken back first:" in no.err
    assert "eventrec event edit 1 --note Second." in no.err
    assert here("undo", 2, typed="y\n").code == 0
    assert "note" not in here("event", "show", 1).out
    named = here("redo", 2, typed="n\n")
    assert (named.code, "will be done again. Go on?" in named.err) == (130, True)


def test_the_last_three_are_told_newest_first(eventrec: Eventrec) -> None:
    for note in ("First.", "Second.", "Third."):
        eventrec("event", "edit", 1, "--note", note)
    undone = eventrec("undo", "--last", 3)
    assert [line.split()[-1] for line in undone.err.splitlines() if line.startswith("  eventrec")] == [
        "Third.",
        "Second.",
        "First.",
    ]
    assert "note" not in eventrec("event", "show", 1).out


@pytest.mark.parametrize(("words", "code"), [(("undo", 2, "--last", 2), 2), (("undo", 77), 3), (("redo", 1), 1)])
def test_what_makes_no_sense_is_refused(words: tuple[object, ...], code: int, here: Eventrec) -> None:
    assert here(*words).code == code


AS_OF = (
    ("event", "show", 1), ("visit", "show", 2), ("agency", "show", "NIA"), ("project", "show", 1),
    ("contact", "show", 1), ("participant", "show", 1), ("event", "list"), ("visit", "list"), ("agency", "list"),
    ("project", "list"), ("contact", "list"), ("participant", "list"), ("report", "participants"),
    ("report", "events"), ("report", "contacts"),
)  # fmt: skip


@pytest.mark.parametrize("words", AS_OF, ids=lambda words: " ".join(map(str, words)))
def test_every_answer_can_be_that_of_then(words: tuple[object, ...], eventrec: Eventrec, programme: str) -> None:
    before = eventrec(*words, "-f", "json").out
    book = Book(Settings(programme), now=lambda: datetime(2030, 1, 1, tzinfo=UTC))
    with book.writing("later") as work:
        planning.remove(work.session, 1)
        for row in work.session.scalars(select(Affiliation)):
            work.session.delete(row)
        agencies.edit(work.session, 2, {"note": "Later.", "code": "LATER"})
        contacts.edit(work.session, 1, {"note": "Later.", "name": Localized({"en": "Later"})})
        projects.edit(work.session, 1, {"contract_number": "Later", "code": "LATER-P"})
    book.close()
    assert eventrec(*words, "-f", "json").out != before
    then = eventrec(*words, "--as-of", "today", "-f", "json")
    said = then.err.splitlines()[0]
    assert said.startswith("As of ")
    if words[0] == "report":
        told = json.loads(then.out)
        assert told["notes"][-1] == said
        assert told["criteria"].pop("as_of").endswith("Z")
        told["notes"].pop()
        assert told == json.loads(before)
    else:
        assert then.out == before


def test_a_day_before_the_book_is_exit_3_and_one_to_come_exit_2(here: Eventrec) -> None:
    assert here("event", "list", "--as-of", "2001-01-01").code == 3
    assert here("event", "list", "--as-of", "2100-01-01").code == 2
    assert here("event", "list", "--as-of", "06/02/2020").code == 4


def test_a_question_at_a_terminal_has_real_lines(here: Eventrec, monkeypatch: pytest.MonkeyPatch) -> None:
    here("event", "edit", 1, "--note", "First.")
    here("event", "edit", 1, "--note", "Second.")
    monkeypatch.setattr("eventrec.cli.context.App.can_ask", property(lambda app: not app.no_input))
    asked = here("undo", 2, typed="n\n").err
    assert "␊" not in asked
    assert "and would be taken back first:\n  #3 by tester at " in asked


@pytest.mark.parametrize("words", [("undo", 2, "--with-later"), ("undo", "--last", 3), ("undo", 4, 2, 3)])
def test_the_hint_after_an_undo_does_all_of_it_again(
    words: tuple[object, ...], eventrec: Eventrec, programme: str
) -> None:
    before = seen(programme)
    for note in ("First.", "Second.", "Third."):
        eventrec("event", "edit", 1, "--note", note)
    after = seen(programme)
    undone = eventrec(*words)
    assert (undone.code, seen(programme)) == (0, before)
    hint = undone.err.splitlines()[-1]
    assert hint == "  Do it again: eventrec redo 2 3 4"
    redone = eventrec(*hint.split("eventrec ")[1].split())
    assert (redone.code, seen(programme)) == (0, after)
    back = redone.err.splitlines()[-1]
    assert back == "  Take it back: eventrec undo 4 3 2"
    assert eventrec(*back.split("eventrec ")[1].split()).code == 0
    assert seen(programme) == before


def test_several_are_done_again_all_or_none(eventrec: Eventrec, programme: str) -> None:
    for note in ("First.", "Second."):
        eventrec("event", "edit", 1, "--note", note)
    eventrec("undo", 3)
    now = seen(programme)
    assert eventrec("redo", 3, 2).code == 1
    assert seen(programme) == now


def test_times_on_a_screen_are_those_of_the_log(
    here: Eventrec,
) -> None:
    here("agency", "add", "Ministry", "--code", "MFA")
    here("contact", "edit", 2, "--agency", "MFA", "--from", "2025-01-01")
    here("export", "participants", "-o", "p.csv", "--to", "EU", "--purpose", "report")
    here("db", "backup", "kept.db")
    utc = re.compile(r"\d\dT\d\d:\d\d:\d\dZ")
    offset = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d")
    for words in (
        ("undo", 2), ("undo", 2, "--with-later"), ("redo", 2), ("privacy", "disclosures", "-f", "table"),
        ("db", "info"), ("db", "verify", "kept.db"), ("status",), ("event", "list", "--as-of", "2001-01-01"),
        ("event", "show", 1, "-f", "table"),
    ):  # fmt: skip
        result = here(*words)
        assert not utc.search(result.out + result.err), words
        assert offset.search(result.out + result.err), words
    assert utc.search(here("privacy", "disclosures", "-f", "json").out)
    assert utc.search(here("privacy", "disclosures", "-f", "csv").out)
    assert utc.search(here("db", "info", "-f", "json").out)


def test_what_is_not_found_then_is_looked_for_then(here: Eventrec) -> None:
    for words in (("contact", "show", 77), ("contact", "show", "Nobody")):
        said = here(*words, "--as-of", "today").err
        assert "  See them all: eventrec contact list --as-of today\n" in said


def test_the_making_of_a_book_is_not_taken_back(run: Any, tmp_path: Path) -> None:
    book = str(tmp_path / "made.db")
    run("init", "--timezone", "Asia/Shanghai", "--country", "CN", address=book)
    refused = run("undo", 1, address=book)
    assert (refused.code, "made the book: its language, time zone and country" in refused.err) == (1, True)
    assert run("undo", address=book).code == 3
    run("event", "add", "Workshop", address=book)
    assert run("undo", "--last", 5, address=book).code == 0
    assert len(json.loads(run("log", "1", "-f", "json", address=book).out)[0]["changes"]) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("agency", "edit", "NIA", "--side", "China"), "Agency 2 is as it was: "),
        (("project", "edit", "MMSP-III", "--code", "MMSP-III"), "Project 1 is as it was: "),
        (("contact", "edit", 1, "--email", "azaitsev@iom.int"), "Contact 1 is as it was: "),
        (("event", "edit", 1, "--status", "confirmed"), "Event 1 is as it was."),
        (("visit", "edit", 2, "--date", "2024-10-16"), "Visit 2 is as it was."),
        (("participant", "edit", 1, "NIA", "--status", "registered"), "Row 2 is as it was: "),
        (("agency", "edit", "NIA", "--alias", "Border"), "Agency 2 was changed: "),
        (("contact", "edit", 1, "--email", "new@example.org"), "Contact 1 was changed: "),
    ],
)
def test_an_edit_that_changes_nothing_says_so(words: tuple[object, ...], said: str, here: Eventrec) -> None:
    result = here(*words)
    assert result.code == 0, result.err
    assert said in result.err


def test_a_removed_record_names_the_change_set_to_look_at(here: Eventrec) -> None:
    here("visit", "remove", 2, "-y")
    assert "eventrec log 2\n" in here("visit", "show", 2).err
