from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from eventrec.formats.sheets import read
from eventrec.text.headings import field_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Eventrec
    from tests.conftest import Result, Run

KINDS = ("participants", "events", "agencies", "contacts")


@pytest.mark.parametrize("kind", KINDS)
def test_every_heading_is_understood_by_the_import(eventrec: Eventrec, tmp_path: Path, kind: str) -> None:
    assert eventrec("template", kind, "-o", "t.xlsx").code == 0
    page = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    fields = [field_of(cell.value, kind) for cell in page[1]]
    assert None not in fields
    assert len(set(fields)) == len(fields)


@pytest.mark.parametrize("kind", KINDS)
def test_every_heading_has_a_comment_in_both_languages(eventrec: Eventrec, tmp_path: Path, kind: str) -> None:
    eventrec("template", kind, "-o", "t.xlsx")
    page = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert all("\n" in cell.comment.text for cell in page[1])
    assert page.freeze_panes == "A2"
    assert len(page.tables) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_of_a_template_is_a_formula(eventrec: Eventrec, tmp_path: Path, kind: str) -> None:
    eventrec("template", kind, "--filled", "-o", "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert {cell.data_type for page in book for row in page.iter_rows() for cell in row} <= {"n", "s", "d"}


def test_lists_offer_the_books_agencies_and_the_words(eventrec: Eventrec, tmp_path: Path) -> None:
    eventrec("template", "participants", "-o", "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    rules = book.worksheets[0].data_validations.dataValidation
    sources = {rule.formula1 for rule in rules if rule.type == "list"}
    assert {"list_sex", "list_agencies", "list_role", "list_status", "list_modality", "list_source"} <= sources
    listed = [row[0].value for row in book["Lists 列表"].iter_rows(min_row=2) if row[0].value]
    agencies = next(column for column in book["Lists 列表"].iter_cols(values_only=True) if column[0] == "Agency 单位")
    assert listed == ["female", "male", "other", "not-stated"]
    assert {"NIA", "IOM", "EU"} <= set(agencies)
    assert {rule.errorStyle for rule in rules if rule.formula1 == "list_sex"} == {"warning"}


def test_phones_and_codes_are_text_cells_and_dates_are_dates(eventrec: Eventrec, tmp_path: Path) -> None:
    eventrec("template", "contacts", "-o", "c.xlsx")
    page = openpyxl.load_workbook(tmp_path / "c.xlsx").worksheets[0]
    at = next(cell.column_letter for cell in page[1] if cell.value == "Mobile 手机")
    assert page.column_dimensions[at].width > 10
    eventrec("template", "events", "--filled", "-o", "e.xlsx")
    page = openpyxl.load_workbook(tmp_path / "e.xlsx").worksheets[0]
    at = next(cell.column for cell in page[1] if cell.value == "Start date 开始日期")
    assert {page.cell(row, at).number_format for row in (2, 3)} == {"yyyy-mm-dd"}


@pytest.mark.parametrize("kind", ["events", "agencies", "contacts"])
def test_a_filled_template_comes_back_unchanged(eventrec: Eventrec, kind: str) -> None:
    eventrec("template", kind, "--filled", "-o", "t.xlsx")
    result = eventrec("import", "t.xlsx", "--as", kind, "-f", "json")
    found = json.loads(result.out)
    assert (found["same"], found["new"], found["updated"], found["problems"]) == (found["rows"], 0, 0, [])
    assert found["rows"] > 0


def test_a_filled_list_of_participants_comes_back_unchanged(eventrec: Eventrec) -> None:
    eventrec("template", "participants", "--filled", "--event", "1", "-o", "t.xlsx")
    found = json.loads(eventrec("import", "t.xlsx", "--event", "1", "-f", "json").out)
    assert (found["same"], found["problems"]) == (found["rows"], [])


def test_a_template_that_was_filled_in_is_imported(eventrec: Eventrec, tmp_path: Path) -> None:
    eventrec("template", "participants", "-o", "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    page = book.worksheets[0]
    for column, value in enumerate(
        ["WU Bo", "吴波", "男", "NIA", "Officer", "科员", "wu@example.org", "+86 138 0013 8000"], 1
    ):
        page.cell(2, column).value = value
    book.save(tmp_path / "t.xlsx")
    found = json.loads(eventrec("import", "t.xlsx", "--event", "1", "--names", "further", "-f", "json").out)
    assert (found["new"], found["problems"]) == (1, [])
    assert found["notes"] == ["NIA: 1 named + 12 further = 13."]


def test_a_template_needs_no_book(run: Run, tmp_path: Path) -> None:
    result = run("template", "participants")
    assert result.code == 0
    assert "eventrec import participants.xlsx --event EVENT --check" in result.err
    assert read(tmp_path / "participants.xlsx").sheets[0].name == "Participants"


def test_the_same_book_gives_the_same_bytes(eventrec: Eventrec, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        eventrec("template", "agencies", "--filled", "-o", name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"), [(("people",), "no template for “people”"), (("contacts", "-o", "c.csv"), ".xlsx")]
)
def test_what_is_no_template_is_exit_2(eventrec: Eventrec, words: tuple[str, ...], said: str) -> None:
    result = eventrec("template", *words)
    assert (result.code, said in result.err) == (2, True)


def counted(result: Result) -> tuple[int, int, int, list[object]]:
    found = json.loads(result.out)
    return found["new"], found["updated"], found["same"], found["problems"]


def test_phones_mobiles_and_several_addresses_come_back_unchanged(eventrec: Eventrec) -> None:
    points = ("--email", "na@example.org", "--email", "li@example.org", "--mobile", "+86 138 0013 8000")
    eventrec("contact", "edit", "2", *points, "--phone", "+86 10 6532 1234", "--alias", "Lina Li")
    eventrec("template", "contacts", "--filled", "-o", "t.xlsx")
    for mode in ("fill", "update"):
        result = eventrec("import", "t.xlsx", "--as", "contacts", "--mode", mode, "-f", "json")
        assert counted(result) == (0, 0, 2, [])


def test_head_counts_of_every_kind_come_back_unchanged(eventrec: Eventrec) -> None:
    every = ("--women", "3", "--men", "2", "--other", "1", "--not-stated", "4", "--about", "--days", "1")
    eventrec("participant", "add", "1", "--agency", "EU", *every)
    eventrec("participant", "add", "1", "--label", "Chinese officials", "--label", "中方官员", "--count", "26")
    eventrec("participant", "add", "1", "--agency", "EU", "--label", "experts", "--count", "3")
    eventrec("participant", "add", "1", "2", "--further")
    eventrec("template", "participants", "--filled", "--event", "1", "-o", "t.xlsx")
    for mode in ("fill", "update"):
        result = eventrec("import", "t.xlsx", "--event", "1", "--mode", mode, "--names", "further", "-f", "json")
        assert counted(result) == (0, 0, 6, [])


def test_lists_of_several_events_come_back_by_the_number_in_each_row(here: Eventrec) -> None:
    here("participant", "add", "2", "--agency", "EU", "--count", "5")
    told = here("template", "participants", "--filled", "-o", "t.xlsx").err
    assert "eventrec import t.xlsx --as participants --mode update --check" in told
    assert counted(here("import", "t.xlsx", "--as", "participants", "-f", "json")) == (0, 0, 3, [])


def test_a_cell_that_was_changed_is_taken_by_the_command_that_was_told(here: Eventrec, tmp_path: Path) -> None:
    told = here("template", "agencies", "--filled", "-o", "t.xlsx").err
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    page = book.worksheets[0]
    at = next(cell.column for cell in page[1] if cell.value == "Side 方")
    row = next(row for row in range(2, 6) if page.cell(row, 3).value == "NIA")
    page.cell(row, at).value = "CN"
    book.save(tmp_path / "t.xlsx")
    command = told.split("eventrec ")[-1].split()
    assert command == ["import", "t.xlsx", "--as", "agencies", "--mode", "update", "--check"]
    assert counted(here(*command[:-1], "-f", "json")) == (0, 1, 2, [])
    assert [row["side"] for row in json.loads(here("agency", "show", "NIA", "-f", "json").out)] == ["CN"]


def test_a_blank_list_for_an_event_names_it_in_the_next_command(here: Eventrec) -> None:
    result = here("template", "participants", "--event", "Workshop on", "-o", "t.xlsx")
    assert "eventrec import t.xlsx --event 1 --check" in result.err


def test_records_cannot_be_chosen_for_a_blank_template(here: Eventrec) -> None:
    result = here("template", "contacts", "--agency", "NIA")
    assert (result.code, "--filled" in result.err) == (2, True)


def test_a_book_that_was_named_has_to_be_there(run: Run, tmp_path: Path) -> None:
    result = run("template", "participants", address=str(tmp_path / "mistyped.db"))
    assert result.code == 5
    assert not (tmp_path / "participants.xlsx").exists()
