from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

OLD = "Opened by ZHAI Anrui."


@pytest.fixture(autouse=True)
def _is_book(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("EVENTREC_DATABASE", address)


@pytest.fixture
def left(run: Run) -> Run:
    """A book in which results named somebody who was forgotten, and were edited afterwards."""
    run("contact", "add", "ZHAI Anrui")
    run("event", "add", "Workshop", "--date", "2024-10-17", "--status", "held", "--results", OLD)
    run("event", "edit", "1", "--city", "Beijing")
    assert run("contact", "forget", "1", "-y").code == 0
    run("event", "edit", "1", "--results", "Opened by the host.")
    assert OLD in run("log", "event", "1", "-f", "json", "--limit", "0").out
    return run


def test_old_words_of_a_text_go_out_of_all_its_history(left: Run) -> None:
    told = left("privacy", "scrub", "event", "1", "results", "-y")
    assert (told.code, "3 entries, 2 command lines" in told.err) == (0, True), told.err
    everything = left("log", "-f", "json", "--limit", "0").out
    assert "ZHAI" not in everything.upper()
    commands = [entry["command"] for entry in json.loads(everything)]
    assert commands[:2] == ["eventrec privacy scrub event 1 results", "eventrec event edit [erased]"]
    assert "Opened by the host." in left("event", "show", "1").out
    assert left("db", "check").code == 0


def test_the_book_as_it_was_says_the_new_words(left: Run) -> None:
    left("privacy", "scrub", "event", "1", "results", "-y")
    added = next(row for row in json.loads(left("log", "-f", "json").out) if " event add " in f"{row['command']} ")
    shown = left("event", "show", "1", "--as-of", added["moment"])
    assert (shown.code, "Opened by the host." in shown.out) == (0, True), shown.err


def test_the_files_hold_nothing_of_the_old_words(left: Run, address: str) -> None:
    if address.startswith("postgresql"):
        pytest.skip("The files of a server are out of reach.")
    with closing(sqlite3.connect(address)) as opened:  # a page that was freed before anything cleaned behind itself
        opened.execute("PRAGMA secure_delete=OFF")
        opened.execute("CREATE TABLE old (text TEXT)")
        opened.executemany("INSERT INTO old VALUES (?)", [(OLD * 100,) for _ in range(200)])
        opened.execute("DROP TABLE old")
        opened.commit()
    told = left("privacy", "scrub", "event", "1", "results", "-y").err
    assert "Nothing of the old words is left there." in told
    files = [file for file in Path(address).parent.iterdir() if file.name.startswith(Path(address).name)]
    assert not any(OLD.encode() in file.read_bytes() for file in files)


def test_what_was_scrubbed_is_not_taken_back(left: Run) -> None:
    left("privacy", "scrub", "event", "1", "results", "-y")
    numbers = [entry["id"] for entry in json.loads(left("log", "event", "1", "-f", "json").out)]
    assert len(numbers) == 4
    for number in numbers:
        told = left("undo", str(number), "--with-later")
        assert (told.code, "cannot be taken back" in told.err) == (1, True), told.err


def test_it_is_asked_for_and_a_dry_run_changes_nothing(left: Run) -> None:
    assert left("privacy", "scrub", "event", "1", "results").code == 6
    told = left("privacy", "scrub", "event", "1", "results", "-n")
    assert (told.code, "Nothing was saved" in told.err) == (0, True)
    assert OLD in left("log", "event", "1", "-f", "json").out


def test_nothing_is_written_where_the_history_says_nothing_else(left: Run) -> None:
    before = left("log", "-f", "json").out
    told = left("privacy", "scrub", "event", "1", "description", "-y")
    assert (told.code, "nothing was changed" in told.err) == (0, True)
    left("privacy", "scrub", "event", "1", "results", "-y")
    after = left("log", "-f", "json").out
    assert "nothing was changed" in left("privacy", "scrub", "event", "1", "results", "-y").err
    assert before != after == left("log", "-f", "json").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("event", "1", "starts_on"), 2),
        (("event", "1", "status"), 2),
        (("event", "1", "search_text"), 2),
        (("event", "1", "results; DROP TABLE event"), 2),
        (("setting", "1", "value"), 2),
        (("event", "9", "results"), 3),
        (("consent", "9", "source"), 3),
        (("consent", "photographs", "source"), 3),
    ],
)
def test_what_is_no_text_is_refused(left: Run, words: tuple[str, ...], code: int) -> None:
    assert left("privacy", "scrub", *words, "-y").code == code


def test_parts_of_records_are_scrubbed_by_their_number(run: Run) -> None:
    run("contact", "add", "WANG Wei", "--note", "Knows ZHAI Anrui")
    run("privacy", "consent", "1", "photographs", "--source", "told to ZHAI Anrui")
    run("privacy", "consent", "1", "photographs", "--source", "told to the host", "--correct")
    assert run("privacy", "scrub", "consent", "1", "source", "-y").code == 0
    run("contact", "edit", "1", "--note", "Knows the host")
    assert run("privacy", "scrub", "contact", "WANG Wei", "note", "-y").code == 0
    assert "ZHAI" not in run("log", "-f", "json", "--limit", "0").out.upper()
    assert run("db", "check").code == 0
