from __future__ import annotations

import json
import os
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from eventrec.cli.context import App
from eventrec.errors import EventrecError, ServerLost

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Eventrec
    from tests.conftest import Result, Run

HEAD = ("序号", "姓名 Name", "性别 Sex", "单位 Agency", "职务", "邮箱 E-mail", "手机", "出席日期")
BAD = {5: (5, "broken@"), 17: (2, "??"), 30: (1, None)}
"""Rows with one bad cell: the person's number, and the column with its value."""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A bilingual list under a merged title: 42 rows, of which three are bad."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "名单"
    page["A1"] = "参会人员名单 List of participants"
    page.merge_cells("A1:H1")
    page.append([])
    page.append(HEAD)
    for number in range(1, 43):
        sex = "女" if number % 2 else "男"
        row: list[Any] = [
            number,
            f"Person {'ABCDEFGHIJKLMNOPQRSTU'[number // 2 % 21]}{chr(97 + number % 26)}{number:03}x",
            sex,
        ]
        row += ["NIA", "科员", f"p{number}@example.org", 13800138000 + number, date(2024, 10, 17)]
        if number in BAD:
            column, value = BAD[number]
            row[column] = value
        page.append(row)
    page.append([])
    page.append(["合计", "42人"])
    path = tmp_path / "list.xlsx"
    book.save(path)
    return path


@pytest.fixture
def here(run: Run, address: str) -> Eventrec:
    """Runs a command line on a book with one agency and one event that was held."""

    def eventrec(*arguments: object, typed: str = "") -> Result:
        return run(*arguments, address=address, typed=typed)

    eventrec(
        "agency", "add", "National Immigration Administration", "国家移民管理局", "--code", "NIA", "--country", "CN"
    )
    eventrec("event", "add", "Workshop", "--date", "2024-10-17", "--status", "held")
    return eventrec


def told(result: Any, code: int) -> dict[str, Any]:
    assert result.code == code, result.err
    return json.loads(result.out)  # type: ignore[no-any-return]


@pytest.mark.usefixtures("sheet")
def test_a_check_names_the_bad_cells_and_saves_nothing(here: Eventrec) -> None:
    result = here("import", "list.xlsx", "--event", "1", "--check")
    assert result.code == 4
    for place in ("sheet 名单, row 8, 邮箱 E-mail", "sheet 名单, row 20, 性别 Sex", "sheet 名单, row 33, 姓名 Name"):
        assert place in result.err
    assert "nothing was saved" in result.err
    assert len(result.out.splitlines()) == 1 + 42 + 1
    assert json.loads(here("participant", "list", "--event", "1", "-f", "json").out) == []


def test_the_copy_has_its_bad_cells_coloured_and_commented(here: Eventrec, sheet: Path) -> None:
    here("import", "list.xlsx", "--event", "1", "--check")
    page = openpyxl.load_workbook(sheet.with_name("list-check.xlsx")).active
    assert page is not None
    assert page["F8"].fill.fgColor.rgb == "FFF8CBAD"
    assert "no e-mail address" in page["F8"].comment.text
    assert page["C20"].comment is not None
    assert page["F9"].comment is None
    assert page["I4"].value == "new: Person Ab001x (contact 1, row 1), new contact"
    assert page["H4"].value.date() == date(2024, 10, 17)


@pytest.mark.usefixtures("sheet")
def test_the_good_rows_are_saved_and_the_bad_ones_left_to_mend(here: Eventrec) -> None:
    command = ("import", "list.xlsx", "--event", "1", "--skip-bad", "--names", "further", "-f", "json")
    first = told(here(*command), 0)
    assert {name: first[name] for name in ("rows", "new", "updated", "same", "saved")} == {
        "rows": 42, "new": 39, "updated": 0, "same": 0, "saved": 39,
    }  # fmt: skip
    assert first["problems"][0].keys() == {"sheet", "row", "column", "message"}
    assert [(each["sheet"], each["row"]) for each in first["problems"]] == [("名单", 8), ("名单", 20), ("名单", 33)]
    again = told(here(*command), 0)
    assert (again["same"], again["saved"]) == (39, 0)


def test_the_rest_is_mended_and_imported_again(here: Eventrec, sheet: Path) -> None:
    here("import", "list.xlsx", "--event", "1", "--skip-bad")
    path = sheet.with_name("list-rest.xlsx")
    book = openpyxl.load_workbook(path)
    page = book.active
    assert page is not None
    assert [row[0].value for row in page.iter_rows(min_row=4)] == [5, 17, 30]
    page["F4"], page["C5"], page["B6"] = "p5@example.org", "女", "Mended One"
    book.save(path)
    assert told(here("import", "list-rest.xlsx", "--event", "1", "-f", "json"), 0)["new"] == 3


def test_a_rest_that_somebody_works_in_is_not_overwritten(here: Eventrec, sheet: Path) -> None:
    here("import", "list.xlsx", "--event", "1", "--skip-bad")
    path = sheet.with_name("list-rest.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    book.active["F4"] = "p5@example.org"
    book.save(path)
    mended = path.read_bytes()
    here("import", "list.xlsx", "--event", "1", "--skip-bad")
    assert path.read_bytes() == mended
    assert sheet.with_name("list-rest-2.xlsx").exists()


def test_a_commit_that_fails_leaves_no_rest_of_rows_that_were_not_saved(
    here: Eventrec, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_arguments: object) -> None:
        raise ServerLost("The connection to the database server was lost; nothing was saved.")

    monkeypatch.setattr("eventrec.db.transaction.commit", lost)
    assert here("import", "list.xlsx", "--event", "1", "--skip-bad").code == 5
    assert not sheet.with_name("list-rest.xlsx").exists()


@pytest.mark.usefixtures("sheet")
def test_a_rest_that_cannot_be_written_does_not_hide_what_was_saved(
    here: Eventrec, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, *_arguments: object, **_options: object) -> bool:
        raise EventrecError(f"The disk is full; {path} was not written.")

    monkeypatch.setattr("eventrec.files.save", full)
    result = here("import", "list.xlsx", "--event", "1", "--skip-bad")
    assert result.code == 1
    assert "39 of 42 rows saved" in result.err
    assert "list-rest.xlsx was not written" in result.err


@pytest.mark.usefixtures("sheet")
def test_a_check_with_skip_bad_is_what_skip_bad_would_do(here: Eventrec) -> None:
    found = told(here("import", "list.xlsx", "--event", "1", "--check", "--skip-bad", "-f", "json"), 0)
    assert (found["new"], found["saved"], len(found["problems"])) == (39, 0, 3)


@pytest.mark.usefixtures("sheet")
def test_one_undo_takes_the_import_back(here: Eventrec) -> None:
    here("import", "list.xlsx", "--event", "1", "--skip-bad")
    assert here("undo").code == 0
    for noun in ("participant", "contact"):
        assert json.loads(here(noun, "list", "-f", "json").out) == []


def test_without_skip_bad_it_is_all_or_nothing(here: Eventrec, sheet: Path) -> None:
    result = here("import", "list.xlsx", "--event", "1")
    assert result.code == 4
    assert ": 3 of 42 rows have problems; nothing was saved." in result.err
    assert "--skip-bad" in result.err
    assert json.loads(here("contact", "list", "-f", "json").out) == []
    assert not sheet.with_name("list-rest.xlsx").exists()


@pytest.mark.usefixtures("sheet")
def test_json_is_given_when_the_rows_are_refused_too(here: Eventrec) -> None:
    refused = told(here("import", "list.xlsx", "--event", "1", "-f", "json"), 4)
    assert (refused["saved"], len(refused["problems"])) == (0, 3)


@pytest.mark.usefixtures("sheet")
def test_a_head_count_that_is_there_needs_a_word(here: Eventrec) -> None:
    here("participant", "add", "1", "--agency", "NIA", "--count", "50")
    result = here("import", "list.xlsx", "--event", "1", "--skip-bad")
    assert result.code == 6
    assert "NIA has a head-count in event 1 (50 not stated)" in result.err
    assert "--names included" in result.err
    assert (
        told(here("import", "list.xlsx", "--event", "1", "--skip-bad", "--names", "included", "-f", "json"), 0)["new"]
        == 39
    )
    rows = json.loads(here("participant", "list", "--event", "1", "-f", "json").out)
    assert sum(row["not_stated"] for row in rows if row["contact"] is None) == 11


def test_a_csv_in_gb18030_is_read_and_told(here: Eventrec, tmp_path: Path) -> None:
    (tmp_path / "gb18030.csv").write_bytes(
        "姓名,性别,单位,邮箱\n李娜,女,国家移民管理局,li@example.org\n".encode("gb18030")
    )
    result = here("import", "gb18030.csv", "--as", "contacts")
    assert result.code == 0
    assert "gb18030.csv was read as GB18030." in result.err
    assert json.loads(here("contact", "list", "-f", "json").out)[0]["agency"] == "NIA"


def test_our_own_cards_come_back_the_same(here: Eventrec) -> None:
    here("contact", "add", "LI Na", "李娜", "--agency", "NIA", "--email", "li@example.org", "--position", "Officer")
    here("export", "contacts", "-o", "cards.vcf")
    assert told(here("import", "cards.vcf", "-f", "json"), 0)["same"] == 1


def test_our_own_calendar_comes_back_the_same(here: Eventrec) -> None:
    here("export", "calendar", "-o", "events.ics")
    result = told(here("import", "events.ics", "-f", "json"), 0)
    assert (result["same"], result["new"]) == (1, 0)


def test_the_events_of_a_calendar_are_added(here: Eventrec, tmp_path: Path) -> None:
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:42@host", "DTSTART:20250301T010000Z", "DTEND:20250301T030000Z")
    lines += ("SUMMARY:Meeting / 会议", "END:VEVENT", "END:VCALENDAR")
    (tmp_path / "other.ics").write_text("\r\n".join(lines))
    assert told(here("import", "other.ics", "-f", "json"), 0)["new"] == 1
    assert told(here("import", "other.ics", "-f", "json"), 0)["same"] == 1
    shown = json.loads(here("event", "show", "2", "-f", "json").out)[0]
    assert (shown["title"], shown["start_time"], shown["timezone"]) == ({"en": "Meeting", "zh": "会议"}, "01:00", "UTC")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("import", "nothing.xlsx"), 1, "There is no file nothing.xlsx"),
        (("import", "."), 1, "is a folder"),
        (("import", "list.xlsx", "--as", "people"), 2, "participants, contacts, agencies, events"),
        (("import", "list.xlsx", "--event", "9"), 3, "There is no event “9”"),
        (
            ("import", "list.xlsx", "--event", "1", "--map", "单位=employer"),
            2,
            "“employer” is no field of participants",
        ),
        (("import", "list.xlsx", "--map", "单位=agency"), 2, "--map needs to know"),
        (
            ("import", "list.xlsx", "--event", "1", "--minimum-minutes", "3", "--minimum-share", "5"),
            2,
            "exclude each other",
        ),
    ],
)
@pytest.mark.usefixtures("sheet")
def test_what_cannot_be_done_is_said(here: Eventrec, words: tuple[str, ...], code: int, said: str) -> None:
    result = here(*words)
    assert (result.code, said in result.err) == (code, True), result.err


def test_a_first_import_makes_the_default_book(run: Run, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("Name,E-mail\nLI Na,li@example.org\n", encoding="utf-8")
    result = run("import", "c.csv", "--as", "contacts")
    assert result.code == 0
    assert "A new record book was made" in result.err


def test_cells_that_begin_like_formulas_stay_text(here: Eventrec, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("Name,Note\n=1+1,=cmd|' /C calc'!A0\n'+86,@SUM(A1)\n", encoding="utf-8")
    here("import", "c.csv", "--as", "contacts")
    rows = json.loads(here("contact", "list", "-f", "json").out)
    assert {row["name"]["en"] for row in rows} == {"=1+1", "+86"}
    here("template", "contacts", "--filled", "-o", "c.xlsx")
    page = openpyxl.load_workbook(tmp_path / "c.xlsx").worksheets[0]
    assert {cell.data_type for row in page.iter_rows(min_row=2) for cell in row if cell.value is not None} <= {"s", "n"}


@pytest.fixture
def _at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(App, "can_ask", property(lambda self: not self.no_input))


@pytest.fixture
def doubtful(here: Eventrec, tmp_path: Path) -> Eventrec:
    """A list whose people and agency are likely known, and whose delegation has a head-count."""
    here("contact", "add", "翟安瑞", "--agency", "NIA")
    here("participant", "add", "1", "--agency", "NIA", "--count", "3")
    rows = "姓名,单位\nZHAI Anrui,NIA\nWU Bo,National Imigration Administration\n"
    (tmp_path / "l.csv").write_text(rows, encoding="utf-8")
    return here


@pytest.mark.usefixtures("_at_a_terminal")
def test_a_terminal_is_asked_who_is_meant_and_whether_they_were_counted(doubtful: Eventrec) -> None:
    result = doubtful("import", "l.csv", "--event", "1", typed="1\n1\n1\n1\n")
    assert result.code == 0, result.err
    assert "Row 2: who is ZHAI Anrui?" in result.err
    assert "翟安瑞 reads ZHAI Anrui" in result.err
    assert "Row 3: which agency is National Imigration Administration?" in result.err
    rows = json.loads(doubtful("participant", "list", "--event", "1", "-f", "json").out)
    assert [(row["agency"], row["not_stated"]) for row in rows if row["contact"] is None] == [("NIA", 1)]
    assert len(json.loads(doubtful("agency", "list", "-f", "json").out)) == 1
    assert {"en": "ZHAI Anrui", "zh": "翟安瑞"} in [row["contact"] for row in rows]


@pytest.mark.usefixtures("_at_a_terminal")
def test_a_new_one_is_an_answer_too(doubtful: Eventrec) -> None:
    assert doubtful("import", "l.csv", "--event", "1", typed="2\n2\n2\n").code == 0
    assert len(json.loads(doubtful("agency", "list", "-f", "json").out)) == 2
    assert len(json.loads(doubtful("contact", "list", "-f", "json").out)) == 3


@pytest.mark.usefixtures("_at_a_terminal")
def test_no_question_is_asked_by_a_check(doubtful: Eventrec) -> None:
    result = doubtful("import", "l.csv", "--event", "1", "--check")
    assert (result.code, "Likely known: row 2: ZHAI Anrui may be contact 1" in result.err) == (0, True)
    assert "Say --names included or --names further." in result.err


def test_a_script_is_told_of_likely_people_and_not_stopped(doubtful: Eventrec) -> None:
    result = doubtful("import", "l.csv", "--event", "1", "--names", "further")
    assert result.code == 0
    assert (
        "Likely known: row 2: ZHAI Anrui may be contact 1, 翟安瑞 (98: 翟安瑞 reads ZHAI Anrui, same agency)."
        in result.err
    )
    assert "eventrec contact duplicates" in result.err


def weekly(path: Path, *lines: str) -> Path:
    event = ("BEGIN:VEVENT", "UID:1@example.org", "SUMMARY:Jour fixe", "DTSTART:20240104", *lines, "END:VEVENT")
    path.write_text("\n".join(("BEGIN:VCALENDAR", *event, "END:VCALENDAR")))
    return path


@pytest.mark.parametrize(
    ("options", "days"),
    [
        (("--since", "2024-01-08", "--until", "2024-01-18"), 2),
        (("--until", "2024-01-18"), 3),
    ],
)
def test_series_are_taken_apart_for_the_days_asked_for(
    here: Eventrec, tmp_path: Path, options: tuple[str, ...], days: int
) -> None:
    file = weekly(tmp_path / "weekly.ics", "RRULE:FREQ=WEEKLY")
    assert told(here("import", file, *options, "--check", "-f", "json"), 0)["rows"] == days


def test_a_series_without_end_goes_on_for_a_year_from_now(here: Eventrec, tmp_path: Path) -> None:
    file = weekly(tmp_path / "weekly.ics", "RRULE:FREQ=WEEKLY")
    assert told(here("import", file, "--check", "-f", "json"), 0)["rows"] in (104, 105)


def test_a_series_that_ended_long_ago_is_taken_whole(here: Eventrec, tmp_path: Path) -> None:
    file = weekly(tmp_path / "weekly.ics", "RRULE:FREQ=WEEKLY;COUNT=4")
    assert told(here("import", file, "--check", "-f", "json"), 0)["rows"] == 4


def test_a_file_that_is_no_calendar_but_named_so_is_refused(here: Eventrec, tmp_path: Path) -> None:
    (tmp_path / "none.ics").write_text("Dear colleagues\n")
    assert "There are no events" in here("import", tmp_path / "none.ics").err


def test_a_calendar_of_tasks_has_no_events_and_is_no_mistake(here: Eventrec, tmp_path: Path) -> None:
    task = ("BEGIN:VTODO", "UID:1", "SUMMARY:Task", "END:VTODO")
    (tmp_path / "tasks.ics").write_text("\n".join(("BEGIN:VCALENDAR", *task, "END:VCALENDAR")), encoding="utf-8")
    result = here("import", tmp_path / "tasks.ics")
    assert (result.code, "Tasks (VTODO) are no events" in result.err) == (0, True)


def test_an_event_without_a_day_is_planned_and_undated(eventrec: Eventrec, tmp_path: Path) -> None:
    event = ("BEGIN:VEVENT", "UID:1", "SUMMARY:Someday", "STATUS:CONFIRMED", "END:VEVENT")
    (tmp_path / "someday.ics").write_text("\n".join(("BEGIN:VCALENDAR", *event, "END:VCALENDAR")), encoding="utf-8")
    assert eventrec("import", tmp_path / "someday.ics").code == 0
    found = json.loads(eventrec("event", "show", "Someday", "-f", "json").out)
    found = found[0] if isinstance(found, list) else found
    assert (found["starts_on"], found["status"]) == (None, "planned")
    assert "0 new, 0 updated, 1 same" in eventrec("import", tmp_path / "someday.ics").err


def test_a_pipe_is_no_file_to_import(here: Eventrec, tmp_path: Path) -> None:
    for name in ("a.ics", "a.vcf", "a.csv"):
        os.mkfifo(tmp_path / name)
        result = here("import", tmp_path / name)
        assert (result.code, f"{name} is no ordinary file" in result.err) == (1, True)
    assert "Standard input cannot be imported" in here("import", "-").err


def test_a_refusal_names_the_file(here: Eventrec, tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_bytes(b"\xff\xfeB\x00E")
    result = here("import", tmp_path / "a.vcf")
    assert (result.code, "a.vcf: " in result.err) == (4, True)
