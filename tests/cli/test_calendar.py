from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.formats.ical.check.make import calendar, entry, event

from eventrec import files

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec
    from tests.conftest import Run

CLEAN = event("SUMMARY:Workshop")
WARNED = event("SUMMARY:Workshop, the second")
BROKEN = event("DTEND:20241016T010000Z", "SUMMARY:a, b")
PAGE = (
    "broken.ics: line 8: broken: DTEND 20241016T010000Z is before DTSTART 20241017T010000Z. (RFC 5545 §3.8.2.2)\n"
    "broken.ics: line 9: warning: SUMMARY has “,” without a backslash; a program may take what follows for more."
    " (RFC 5545 §3.3.11)\n"
)


@pytest.fixture(autouse=True)
def _files() -> None:
    for name, octets in (("clean.ics", CLEAN), ("warned.ics", WARNED), ("broken.ics", BROKEN)):
        Path(name).write_bytes(octets)


def test_a_clean_file_is_exit_0_and_says_so(run: Run) -> None:
    result = run("calendar", "check", "clean.ics", "-f", "table")
    assert (result.code, result.out, result.err) == (0, "", "clean.ics: 1 event, nothing wrong.\n")


def test_warnings_are_exit_1(run: Run) -> None:
    result = run("calendar", "check", "warned.ics")
    assert (result.code, result.err) == (1, "warned.ics: 1 event, 1 warning.\n")


def test_broken_is_exit_4(run: Run) -> None:
    result = run("calendar", "check", "broken.ics")
    assert (result.code, result.err) == (4, "broken.ics: 1 event, 1 broken, 1 warning.\n")


def test_a_note_alone_is_exit_0(run: Run) -> None:
    Path("note.ics").write_bytes(event("COLOUR:red"))
    result = run("calendar", "check", "note.ics")
    assert (result.code, result.err) == (0, "note.ics: 1 event, 1 note.\n")


def test_the_worst_of_several_files_decides(run: Run) -> None:
    assert run("calendar", "check", "clean.ics", "warned.ics").code == 1
    assert run("calendar", "check", "broken.ics", "warned.ics", "clean.ics").code == 4
    assert run("calendar", "check", "clean.ics", "clean.ics").code == 0


def test_people_read_it_file_by_file_and_line_by_line(run: Run) -> None:
    result = run("calendar", "check", "broken.ics", "clean.ics", "warned.ics", "-f", "table")
    first, second = result.out.split("\n\n")
    assert first + "\n" == PAGE
    assert second.startswith("warned.ics: line 8: warning: SUMMARY has")
    assert [line.partition(":")[0] for line in result.err.splitlines()] == ["broken.ics", "clean.ics", "warned.ics"]


def test_many_findings_of_a_rule_are_told_in_part(run: Run) -> None:
    lines = [line for at in range(1_230) for line in entry("SUMMARY:a, b", uid=str(at))]
    Path("many.ics").write_bytes(calendar(*lines))
    result = run("calendar", "check", "many.ics", "-f", "table")
    assert len(result.out.splitlines()) == 21
    assert result.out.endswith("many.ics: … and 1,210 more of not-escaped.\n")
    assert result.err == "many.ics: 1,230 events, 1,230 warnings.\n"


def test_scripts_read_json(run: Run) -> None:
    found: list[dict[str, Any]] = json.loads(run("calendar", "check", "broken.ics", "clean.ics", "-f", "json").out)
    assert [list(each) for each in found] == [["file", "events", "broken", "warnings", "notes", "findings", "more"]] * 2
    assert found[0]["findings"][0] == {
        "line": 8,
        "severity": "broken",
        "rule": "end-before-start",
        "reference": "RFC 5545 §3.8.2.2",
        "client": None,
        "message": "DTEND 20241016T010000Z is before DTSTART 20241017T010000Z.",
    }
    assert (found[1]["file"], found[1]["events"], found[1]["findings"]) == ("clean.ics", 1, [])


def test_a_line_of_json_is_a_file(run: Run) -> None:
    lines = run("calendar", "check", "broken.ics", "clean.ics", "-f", "jsonl").out.splitlines()
    assert [json.loads(line)["broken"] for line in lines] == [1, 0]


def test_a_pipe_and_a_sheet_get_one_row_per_finding(run: Run) -> None:
    rows = list(csv.reader(io.StringIO(run("calendar", "check", "broken.ics").out), delimiter="\t"))
    assert rows[0] == ["file", "line", "severity", "rule", "reference", "client", "message"]
    assert [row[:4] for row in rows[1:]] == [
        ["broken.ics", "8", "broken", "end-before-start"],
        ["broken.ics", "9", "warning", "not-escaped"],
    ]
    result = run("calendar", "check", "broken.ics", "-o", "found.csv")
    assert (result.code, result.out) == (4, "")
    assert Path("found.csv").read_text(encoding="utf-8").startswith("file,line,severity")


def test_a_page_goes_into_a_file(run: Run) -> None:
    assert run("calendar", "check", "broken.ics", "-o", "found.txt").out == ""
    assert Path("found.txt").read_text(encoding="utf-8") == PAGE


def test_a_dash_is_standard_input(run: Run) -> None:
    result = run("calendar", "check", "-", "-f", "table", typed=BROKEN.decode())
    assert result.code == 4
    assert result.out.startswith("standard input: line 8: broken:")
    assert json.loads(run("calendar", "check", "-", "-f", "json", typed=CLEAN.decode()).out)[0]["file"] == "-"


def test_a_file_that_is_not_there_is_exit_1_before_any_is_read(run: Run) -> None:
    result = run("calendar", "check", "broken.ics", "nowhere.ics")
    assert (result.code, result.out) == (1, "")
    assert result.err == "eventrec: There is no file nowhere.ics.\n  Check its name and folder.\n"


def test_a_folder_is_no_calendar(run: Run) -> None:
    Path("folder").mkdir()
    result = run("calendar", "check", "folder")
    assert (result.code, result.err.splitlines()[0]) == (1, "eventrec: folder is a folder.")


def test_a_file_that_is_too_large_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_READ", 100)
    result = run("calendar", "check", "clean.ics")
    assert (result.code, result.err.splitlines()[0]) == (1, "eventrec: clean.ics is larger than 200 MB.")
    assert run("calendar", "check", "-", typed=CLEAN.decode()).err.startswith("eventrec: The input is larger")


def test_no_book_is_needed_or_made(run: Run, tmp_path: Path) -> None:
    result = run("--database", "nowhere.db", "calendar", "check", "clean.ics", "-f", "json")
    assert result.code == 0
    assert not Path("nowhere.db").exists()
    assert not list(tmp_path.rglob("*.db"))


def test_what_a_file_holds_does_nothing_to_the_terminal(run: Run) -> None:
    Path("bad\u202e.ics").write_bytes(event("GEO:\u202e\x1b[31m"))
    result = run("calendar", "check", "bad\u202e.ics", "-f", "table")
    assert "\x1b" not in result.out + result.err
    assert "\u202e" not in result.out + result.err


def test_what_we_export_breaks_no_rule(here: Eventrec) -> None:
    added = here(
        "event",
        "add",
        "Training",
        "培训",
        "--date",
        "4-6 November 2024",
        "--time",
        "09:00-17:00",
        "--timezone",
        "Asia/Shanghai",
    )
    assert added.code == 0, added.err
    here("event", "cancel", 1, "--reason", "Venue closed")
    assert here("export", "calendar", "-o", "all.ics").code == 0
    result = here("calendar", "check", "all.ics")
    assert (result.code, result.err) == (0, "all.ics: 3 events, nothing wrong.\n")


def test_without_a_file_the_usage_is_wrong(run: Run) -> None:
    assert run("calendar", "check").code == 2
