from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from eventrec.formats import sheets
from eventrec.formats.marks import written_by_eventrec
from eventrec.formats.sheet_fields import FIELDS, WORDS, comment, fields_of, heading
from eventrec.formats.template_sheet import Lists, import_command, render
from eventrec.formats.width import width
from eventrec.text.headings import field_of
from eventrec.text.words import VOCABULARY, read_word

if TYPE_CHECKING:
    from pathlib import Path

KINDS = tuple(FIELDS)
LISTS = Lists(("NIA", "=SUM(1)"), ("China",), ("Beijing",), ("北京",), ("MMSP-III",))
RECORD = {
    "contact": 7,
    "version": 2,
    "name_en": "=SUM(1)",
    "name_zh": "李娜",
    "email": ["li@example.org", "na@example.org"],
    "mobile": ["+8613800138000"],
    "note": "first line\nsecond line",
}


def book(kind: str, *arguments: Any, **options: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(render(kind, *(arguments or (LISTS,)), **options)))


def columns(page: Any) -> dict[str, str]:
    return {cell.value: cell.column_letter for cell in page[1]}


def dimension(page: Any, name: str) -> Any:
    """Return width and format of the column with a heading; a workbook keeps neighbours that are alike as one."""
    at = openpyxl.utils.column_index_from_string(columns(page)[name])
    return next(found for found in page.column_dimensions.values() if found.min <= at <= found.max)


def rule_of(page: Any, name: str) -> Any:
    cells = f"{columns(page)[name]}2:"
    return next(rule for rule in page.data_validations.dataValidation if str(rule.sqref).startswith(cells))


@pytest.mark.parametrize("kind", KINDS)
def test_the_import_understands_every_heading_of_a_filled_sheet(kind: str) -> None:
    assert [field_of(heading(field), kind) for field in FIELDS[kind]] == [field.name for field in FIELDS[kind]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_sheet_asks_for_no_numbers_of_records(kind: str) -> None:
    names = {field.name for field in fields_of(kind)}
    assert not names & {"version", {"participants": "contact", "contacts": "contact", "agencies": "agency"}.get(kind)}
    assert 10 <= len(names) <= 20


@pytest.mark.parametrize("meaning", WORDS)
def test_the_lists_hold_the_vocabulary_and_the_import_reads_both_languages(meaning: str) -> None:
    assert tuple(WORDS[meaning]) == VOCABULARY[meaning][0]
    assert [read_word(chinese, meaning) for chinese in WORDS[meaning].values()] == list(WORDS[meaning])


@pytest.mark.parametrize("kind", KINDS)
def test_a_comment_tells_what_goes_in_in_both_languages(kind: str) -> None:
    assert all("\n" in cell.comment.text for cell in book(kind).worksheets[0][1])


def test_the_comment_of_a_list_names_its_words_in_both_languages() -> None:
    sex = next(field for field in fields_of("contacts") if field.name == "sex")
    assert comment(sex) == "Choose one: female 女, male 男, other 其他, not-stated 未说明.\n请选择"


@pytest.mark.parametrize("kind", KINDS)
def test_the_sheet_is_one_table_with_its_headings_in_sight(kind: str) -> None:
    page = book(kind).worksheets[0]
    (table,) = page.tables.values()
    assert [column.name for column in table.tableColumns] == [cell.value for cell in page[1]]
    assert table.ref.endswith("201")
    assert page.freeze_panes == "A2"


def test_a_word_beside_the_list_is_warned_of_and_an_agency_may_be_new() -> None:
    page = book("participants").worksheets[0]
    sex, agency = rule_of(page, "Sex 性别"), rule_of(page, "Agency 单位")
    assert (sex.formula1, sex.errorStyle, sex.showErrorMessage) == ("list_sex", "warning", True)
    assert (agency.formula1, agency.errorStyle) == ("list_agencies", "information")


def test_a_cell_for_several_takes_them_without_a_word() -> None:
    assert not rule_of(book("events").worksheets[0], "Organizers 主办单位").showErrorMessage


def test_a_list_is_a_range_so_that_it_may_be_long() -> None:
    agencies = [f"Agency {number}" for number in range(300)]
    read = book("participants", Lists(agencies=agencies))
    where = read.defined_names["list_agencies"].attr_text
    assert where == "'Lists 列表'!$C$2:$C$301"
    assert [cell.value for (cell,) in read["Lists 列表"]["C2:C301"]] == agencies


@pytest.mark.parametrize("kind", KINDS)
def test_every_drop_down_finds_its_list(kind: str) -> None:
    read = book(kind)
    used = {rule.formula1 for rule in read.worksheets[0].data_validations.dataValidation if rule.type == "list"}
    assert used
    assert used <= set(read.defined_names)


def test_a_book_with_nothing_to_offer_has_no_list_for_it() -> None:
    read = book("participants", Lists())
    assert "list_agencies" not in read.defined_names
    assert "list_sex" in read.defined_names


def test_text_columns_keep_zeros_and_plus_and_dates_are_dates() -> None:
    page = book("events").worksheets[0]
    assert dimension(page, "Start time 开始时间").number_format == "@"
    assert dimension(page, "Start date 开始日期").number_format == "yyyy-mm-dd"
    assert rule_of(page, "Start date 开始日期").type == "date"
    assert dimension(book("contacts").worksheets[0], "Mobile 手机").number_format == "@"


@pytest.mark.parametrize("kind", KINDS)
def test_headings_fit_their_row(kind: str) -> None:
    page = book(kind, LISTS, [RECORD]).worksheets[0]
    for cell in page[1]:
        room = (dimension(page, cell.value).width - 2) * page.row_dimensions[1].height / 15
        assert room >= width(cell.value), cell.value


def test_a_record_fills_its_row_and_formulas_stay_text() -> None:
    page = book("contacts", LISTS, [RECORD]).worksheets[0]
    row = {name: page[f"{letter}2"] for name, letter in columns(page).items()}
    assert row["Contact number 联系人编号"].value == 7
    assert (row["Name (English) 姓名（英文）"].value, row["Name (English) 姓名（英文）"].data_type) == ("=SUM(1)", "s")
    assert row["E-mail 邮箱"].value == "li@example.org; na@example.org"
    assert row["Mobile 手机"].value == "+8613800138000"
    assert page.row_dimensions[2].height == 30


@pytest.mark.parametrize("rows", [None, [RECORD]])
@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_of_any_sheet_is_a_formula(kind: str, rows: Any) -> None:
    cells = [cell for page in book(kind, LISTS, rows) for row in page.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}


def test_blank_rows_of_the_table_are_read_as_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(render("participants", LISTS))
    first = sheets.read(path).sheets[0]
    assert len(list(first.rows)) == 1


def test_the_workbook_says_what_it_is() -> None:
    read = book("agencies")
    assert read.custom_doc_props["eventrec"].value == "eventrec template 1 agencies"
    assert read.defined_names["eventrec_template"].attr_text == '"agencies 1"'
    assert read.sheetnames == ["Agencies", "Lists 列表", "How to 说明"]


@pytest.mark.parametrize(
    ("asked", "command"),
    [
        ({"kind": "participants"}, "eventrec import FILE.xlsx --event EVENT --check"),
        ({"kind": "participants", "event": 3}, "eventrec import FILE.xlsx --event 3 --check"),
        ({"kind": "participants", "filled": True}, "eventrec import FILE.xlsx --as participants --mode update --check"),
        ({"kind": "events", "file": "e.xlsx"}, "eventrec import e.xlsx --as events --check"),
    ],
)
def test_the_next_command_fits_what_the_sheet_holds(asked: dict[str, Any], command: str) -> None:
    assert import_command(**asked) == command


def test_the_help_names_the_command_with_the_event() -> None:
    lines = [row[0].value for row in book("participants", LISTS, event=3)["How to 说明"].iter_rows()]
    assert "Then 然后: eventrec import FILE.xlsx --event 3 --check" in lines


def test_it_prints_on_landscape_a4_with_lines_between_its_cells() -> None:
    page = book("participants").worksheets[0]
    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
    assert (page.print_title_rows, page.print_options.gridLines) == ("$1:$1", True)


def test_it_is_ours_and_the_same_lists_give_the_same_bytes() -> None:
    assert render("events", LISTS) == render("events", LISTS)
    assert written_by_eventrec(render("events", LISTS))
