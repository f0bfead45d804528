"""Anna and Ben work on one book, with commands and with workbooks."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from eventrec.db import transaction as transactions
from eventrec.errors import TakenBack

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Result, Run

MAY_CHANGE_ONE = {
    "event": ("edit", "cancel", "postpone", "remove"),
    "visit": ("edit", "remove"),
    "agency": ("edit", "remove", "merge"),
    "project": ("edit", "remove"),
    "contact": ("edit", "remove", "merge"),
    "participant": ("edit", "remove"),
}


@pytest.mark.parametrize(("noun", "verb"), [(noun, verb) for noun, verbs in MAY_CHANGE_ONE.items() for verb in verbs])
def test_every_verb_that_changes_a_record_takes_its_version(noun: str, verb: str, run: Run) -> None:
    assert "--if-version" in run(noun, verb, "--help").out


@pytest.fixture
def shared(address: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("EVENTREC_USER", "anna")
    for words in (
        ("agency", "add", "Immigration Administration", "--code", "NIA"),
        ("agency", "add", "National Immigration Administration", "--code", "NIA2"),
        ("contact", "add", "LI Na"),
        ("contact", "add", "LI Na", "--agency", "NIA", "--namesake"),
        ("event", "add", "Workshop", "--date", "2024-10-17", "--city", "Beijing"),
        ("participant", "add", 1, "--agency", "NIA", "--women", 4),
        ("participant", "add", 1, "--label", "Others", "--women", 2),
    ):
        result = run(*words, address=address)
        assert result.code == 0, result.err
    return address


def told(result: Result) -> str:
    """Return the refusal without how long ago it was, which a test cannot know."""
    assert (result.code, result.out) == (1, "")
    return re.sub(r"(just now|\d+ seconds? ago)", "NOW", result.err)


def test_who_comes_second_is_told_both_values(shared: str, run: Run) -> None:
    run("event", "edit", 1, "--city", "上海", address=shared)
    assert told(run("event", "edit", 1, "--city", "Shanghai", "--if-version", 1, address=shared)) == (
        "eventrec: Event 1 was changed by anna NOW: city “Beijing” → “上海” (you: “Shanghai”). Nothing was saved.\n"
        "  Look at it: eventrec event show 1 — then repeat the command with --if-version 2.\n"
    )


def test_who_cancels_what_somebody_called_off_is_told(shared: str, run: Run) -> None:
    run("event", "postpone", 1, "--reason", "Travel", address=shared)
    said = told(run("event", "cancel", 1, "--reason", "Budget", "--if-version", 1, "-y", address=shared))
    assert "status “confirmed” → “postponed” (you: “cancelled”)" in said
    assert "status reason empty → “Travel” (you: “Budget”)" in said


@pytest.mark.parametrize("verb", ["remove", "merge"])
def test_who_removes_or_merges_what_was_changed_is_told_the_change(verb: str, shared: str, run: Run) -> None:
    run("contact", "edit", 1, "--sex", "female", address=shared)
    words = ("contact", "remove", 1, "-y") if verb == "remove" else ("contact", "merge", 1, 2)
    said = told(run(*words, "--if-version", 1, address=shared))
    assert "Contact 1 was changed by anna NOW: sex “not-stated” → “female”." in said


@pytest.mark.parametrize("verb", ["edit", "remove"])
def test_a_version_is_of_one_row_of_a_list(verb: str, shared: str, run: Run) -> None:
    more = ("--status", "attended") if verb == "edit" else ("NIA", "Others", "-y")
    result = run("participant", verb, 1, *more, "--if-version", 1, address=shared)
    assert (result.code, result.out) == (2, "")
    assert "--if-version is of one row, and 2 are meant." in result.err
    one = ("--row", 1, *more) if verb == "edit" else ("--row", 1, "-y")
    assert run("participant", verb, 1, *one, "--if-version", 1, address=shared).code == 0


def with_a_cell(path: Path, heading: str, value: str) -> None:
    """Let somebody type into the first row below the headings that have this one."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(max_row=20):
        for cell in row:
            if heading in str(cell.value or ""):
                sheet.cell(cell.row + 1, cell.column).value = value
                book.save(path)
                return
    raise AssertionError(f"no column {heading}")


@pytest.mark.parametrize("skip", [False, True])
def test_a_workbook_that_comes_back_names_file_row_and_both_values(
    skip: bool, shared: str, run: Run, tmp_path: Path
) -> None:
    run("event", "add", "Another", "--date", "2024-11-01", address=shared)
    assert run("template", "events", "--filled", "-o", "events.xlsx", address=shared).code == 0
    with_a_cell(tmp_path / "events.xlsx", "Date note", "Ben's note")
    run("event", "edit", 1, "--date-note", "Anna's note", address=shared)
    result = run("import", "events.xlsx", "--mode", "update", *(["--skip-bad"] if skip else []), address=shared)
    said = re.sub(r"(just now|\d+ seconds? ago)", "NOW", result.err)
    assert "row 2: Event 1 was changed by anna NOW: date note empty → “Anna's note” (you: “Ben's note”)." in said
    assert "To take this row all the same, write version 2 into it." in said
    if skip:
        assert result.code == 0
    else:
        assert result.code == 1
        assert "events.xlsx: 1 of 2 rows was changed in the book since it was written; nothing was saved." in said
    assert "Ben" not in run("event", "show", 1, "-f", "json", address=shared).out


def test_a_workbook_with_the_new_version_is_taken(shared: str, run: Run, tmp_path: Path) -> None:
    run("template", "events", "--filled", "-o", "events.xlsx", address=shared)
    run("event", "edit", 1, "--date-note", "Anna's note", address=shared)
    with_a_cell(tmp_path / "events.xlsx", "Date note", "Ben's note")
    with_a_cell(tmp_path / "events.xlsx", "Version", "2")
    assert run("import", "events.xlsx", "--mode", "update", address=shared).code == 0
    assert "Ben's note" in run("event", "show", 1, "-f", "json", address=shared).out


def taken_back_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next COMMIT lose against somebody else's."""
    original, left = transactions.commit, [True]

    def commit(*arguments: Any) -> None:
        if left.pop() if left else False:
            raise TakenBack("Somebody else changed the same records.", "Repeat the command.")
        original(*arguments)

    monkeypatch.setattr(transactions, "commit", commit)


@pytest.mark.parametrize(
    "words",
    [
        ("event", "edit", "Work", "--city", "Shanghai"),
        ("contact", "merge", 1, 2),
        ("participant", "edit", 1, "NIA", "--men", 3),
        ("import", "people.csv", "--skip-bad"),
        ("import", "people.csv", "--check"),
        ("undo",),
    ],
    ids=lambda words: " ".join(map(str, words)),
)
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_what_is_done_again_is_told_and_written_once(
    words: tuple[object, ...], shared: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "people.csv").write_text("Name,Sex\nWANG Wei,male\nSomebody,unheard of\n")
    shutil.copy(shared, tmp_path / "other.db")
    plain = run(*words, address=str(tmp_path / "other.db"))
    written = {path.name: path.read_bytes() for path in tmp_path.glob("people-*")}
    for name in written:
        (tmp_path / name).unlink()
    taken_back_once(monkeypatch)
    again = run(*words, address=shared)
    assert (again.code, again.out, again.err) == (plain.code, plain.out, plain.err)
    assert {path.name for path in tmp_path.glob("people-*")} == set(written)


def test_a_workbook_with_a_version_that_never_was_is_not_said_to_be_overtaken(
    shared: str, run: Run, tmp_path: Path
) -> None:
    run("template", "events", "--filled", "-o", "events.xlsx", address=shared)
    with_a_cell(tmp_path / "events.xlsx", "Version", "9")
    result = run("import", "events.xlsx", "--mode", "update", address=shared)
    assert "it never had a version 9" in result.err
    assert "since it was written" not in result.err
    assert (result.code, "events.xlsx: 1 of 1 row has problems; nothing was saved." in result.err) == (4, True)
    checked = run("import", "events.xlsx", "--check", address=shared)
    assert "(--check)" in checked.err
