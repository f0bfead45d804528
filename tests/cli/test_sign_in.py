from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest

from eventrec.formats import sign_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Eventrec
    from tests.conftest import Result, Run


@pytest.fixture
def here(run: Run, address: str) -> Eventrec:
    """Runs a command line on a book with a training of two days that is held, and two people on its list."""

    def eventrec(*arguments: object, typed: str = "") -> Result:
        return run(*arguments, address=address, typed=typed)

    eventrec("agency", "add", "National Immigration Administration", "国家移民管理局", "--code", "NIA")
    eventrec("event", "add", "Training", "培训", "--date", "2025-03-10..11", "--city", "Beijing", "--status", "held")
    for name in (("LI Na", "李娜", "--sex", "female"), ("WU Bo", "--sex", "male")):
        eventrec("participant", "add", "1", *name, "--agency", "NIA", "--status", "registered")
    eventrec("participant", "add", "1", "Gone Away", "--status", "declined")
    return eventrec


def head_row(page: Any) -> int:
    return next(row[0].row for row in page.iter_rows() if row[0].value == "No. 序号")


def sign(path: Path, marks: dict[str, dict[int, str]], new: tuple[str, ...] = ()) -> None:
    """Write marks into the column of signatures: by day and number; and a new person into the first blank row."""
    book = openpyxl.load_workbook(path)
    for day, each in marks.items():
        page = book[day]
        for number, mark in each.items():
            page.cell(head_row(page) + number, 7).value = mark
        for column, text in zip((3, 4, 7), new, strict=False):
            page.cell(head_row(page) + 3, column).value = text
    book.save(path)


def days(here: Eventrec) -> dict[str, tuple[str, list[str]]]:
    rows = json.loads(here("participant", "list", "--event", "1", "-f", "json").out)
    return {row["contact"]["en"]: (row["status"], row["attended_days"]) for row in rows}


def test_a_sheet_for_each_day_with_everybody_who_is_expected(here: Eventrec, tmp_path: Path) -> None:
    assert here("export", "sign-in", "1", "-o", "s.xlsx", "--blank", "3").code == 0
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    assert book.sheetnames == ["2025-03-10", "2025-03-11"]
    page = book["2025-03-11"]
    assert [page["A1"].value, page["A2"].value] == ["Training", "培训"]
    assert page["A3"].value == "Date 日期"
    assert page["C3"].value.date().isoformat() == "2025-03-11"
    assert page["D3"].value == "Tuesday 星期二"
    at = head_row(page)
    assert [cell.value for cell in page[at]] == list(sign_in.HEADINGS.values())
    listed = [[cell.value for cell in row] for row in page.iter_rows(min_row=at + 1)]
    assert [row[2] for row in listed] == ["LI Na / 李娜", "WU Bo", None, None, None]
    assert sign_in.read_code(listed[0][1]) is not None
    assert (listed[0][3], listed[0][5]) == ("National Immigration Administration / 国家移民管理局", "F 女")


def test_the_filled_in_sheet_marks_each_day(here: Eventrec, tmp_path: Path) -> None:
    here("export", "sign-in", "1", "-o", "s.xlsx")
    sign(tmp_path / "s.xlsx", {"2025-03-10": {1: "Li Na", 2: "✓"}, "2025-03-11": {1: "缺席", 2: "x"}})
    found = json.loads(here("import", "s.xlsx", "--event", "1", "-f", "json").out)
    assert (found["updated"], found["new"], found["problems"]) == (3, 0, [])
    assert days(here)["LI Na"] == ("attended", ["2025-03-10"])
    assert days(here)["WU Bo"] == ("attended", ["2025-03-10", "2025-03-11"])
    assert json.loads(here("import", "s.xlsx", "--event", "1", "-f", "json").out)["saved"] == 0


def test_who_was_absent_on_every_day_did_not_show(here: Eventrec, tmp_path: Path) -> None:
    here("participant", "edit", "1", "--status", "attended")
    here("export", "sign-in", "1", "-o", "s.xlsx")
    sign(tmp_path / "s.xlsx", {"2025-03-10": {1: "缺席", 2: "×"}, "2025-03-11": {1: "absent", 2: "✓"}})
    result = here("import", "s.xlsx", "--event", "1")
    assert "LI Na / 李娜 was absent on every day and is marked no-show." in result.err
    assert days(here)["LI Na"] == ("no-show", [])
    assert days(here)["WU Bo"] == ("attended", ["2025-03-11"])
    assert json.loads(here("import", "s.xlsx", "--event", "1", "-f", "json").out)["saved"] == 0


def test_a_blank_row_that_was_filled_in_is_a_new_participant(here: Eventrec, tmp_path: Path) -> None:
    here("export", "sign-in", "1", "-o", "s.xlsx")
    sign(tmp_path / "s.xlsx", {"2025-03-10": {}}, new=("XU Di 徐迪", "NIA", "signed"))
    assert json.loads(here("import", "s.xlsx", "--event", "1", "-f", "json").out)["new"] == 1
    assert days(here)["XU Di"] == ("attended", ["2025-03-10"])


def test_a_signature_without_a_name_is_a_problem(here: Eventrec, tmp_path: Path) -> None:
    here("export", "sign-in", "1", "-o", "s.xlsx")
    sign(tmp_path / "s.xlsx", {"2025-03-10": {3: "✓"}})
    result = here("import", "s.xlsx", "--event", "1")
    assert (result.code, "neither a name nor a number" in result.err) == (4, True)


def test_a_code_of_another_event_is_refused(here: Eventrec, tmp_path: Path) -> None:
    here("export", "sign-in", "1", "-o", "s.xlsx")
    sign(tmp_path / "s.xlsx", {"2025-03-10": {1: "✓"}})
    here("event", "add", "Other", "--date", "2025-03-10", "--status", "held")
    result = here("import", "s.xlsx", "--event", "2")
    assert (result.code, "belongs to nobody of event 2" in result.err) == (4, True)


def test_a_word_document_comes_back_too(here: Eventrec, tmp_path: Path) -> None:
    assert here("export", "sign-in", "1", "-o", "s.docx", "--day", "2025-03-11").code == 0
    document = docx.Document(str(tmp_path / "s.docx"))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == list(sign_in.HEADINGS.values())
    table.rows[1].cells[6].text = "Li Na"
    document.save(str(tmp_path / "s.docx"))
    assert json.loads(here("import", "s.docx", "--event", "1", "-f", "json").out)["updated"] == 1
    assert days(here)["LI Na"] == ("attended", ["2025-03-11"])


@pytest.mark.parametrize("name", ["s.xlsx", "s.docx"])
def test_the_same_records_give_the_same_bytes(here: Eventrec, tmp_path: Path, name: str) -> None:
    here("export", "sign-in", "1", "-o", name)
    first = (tmp_path / name).read_bytes()
    (tmp_path / name).unlink()
    here("export", "sign-in", "1", "-o", name)
    assert (tmp_path / name).read_bytes() == first


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("1", "-o", "s.pdf"), 2, "a workbook or a Word document"),
        (("1", "--day", "2025-04-01"), 4, "is no day of event 1"),
        (("9",), 3, "no event"),
    ],
)
def test_what_is_no_sign_in_sheet_is_said(here: Eventrec, words: tuple[str, ...], code: int, said: str) -> None:
    result = here("export", "sign-in", *words)
    assert (result.code, said in result.err) == (code, True)


def test_an_event_without_a_date_has_none(here: Eventrec) -> None:
    here("event", "add", "Some day")
    result = here("export", "sign-in", "2")
    assert (result.code, "has no date yet" in result.err) == (4, True)


def test_a_month_of_days_and_more_needs_one_named(here: Eventrec, tmp_path: Path) -> None:
    here("event", "add", "Long", "--date", "2025-05-01..2025-06-01")
    result = here("export", "sign-in", "2", "-o", "s.xlsx")
    assert (result.code, "has 32 days" in result.err, "--day DATE" in result.err) == (4, True, True)
    assert here("export", "sign-in", "2", "-o", "s.xlsx", "--day", "2025-06-01").code == 0
    assert openpyxl.load_workbook(tmp_path / "s.xlsx").sheetnames == ["2025-06-01"]


def test_somebody_with_two_roles_signs_once(here: Eventrec, tmp_path: Path) -> None:
    here("participant", "add", "1", "LI Na", "--role", "interpreter", "--status", "registered")
    here("export", "sign-in", "1", "-o", "s.xlsx", "--blank", "0", "--day", "2025-03-10")
    (page,) = openpyxl.load_workbook(tmp_path / "s.xlsx").worksheets
    signers = [row[1:3] for row in page.iter_rows(min_row=head_row(page) + 1, values_only=True)]
    assert [name for _, name in signers] == ["LI Na / 李娜", "WU Bo"]
    assert (sign_in.read_code(signers[0][0]) or (0,))[0] == 1


def test_a_word_document_of_two_days_marks_each(here: Eventrec, tmp_path: Path) -> None:
    here("export", "sign-in", "1", "-o", "s.docx")
    document = docx.Document(str(tmp_path / "s.docx"))
    for table, row in zip(document.tables, (1, 2), strict=True):
        table.rows[row].cells[6].text = "✓"
    document.save(str(tmp_path / "s.docx"))
    here("import", "s.docx", "--event", "1")
    assert days(here)["LI Na"] == ("attended", ["2025-03-10"])
    assert days(here)["WU Bo"] == ("attended", ["2025-03-11"])


def test_a_sheet_that_was_filled_in_elsewhere_is_replaced_only_when_forced(here: Eventrec, tmp_path: Path) -> None:
    (tmp_path / "s.xlsx").write_bytes(b"somebody's own")
    assert here("export", "sign-in", "1", "-o", "s.xlsx").code == 1
    assert here("export", "sign-in", "1", "-o", "s.xlsx", "--force").code == 0
