from __future__ import annotations

import io
import sys
import zipfile
from datetime import date, datetime
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrec.errors import UsageError
from eventrec.formats import sign_in, sign_in_sheet, sign_in_word
from eventrec.formats.sign_in import Signer, SignInSheet

DAYS = (date(2025, 3, 10), date(2025, 3, 11))
LI_NA = Signer("1-KT", "LI Na / 李娜", "Example Office / 示例办公室", "Officer / 科员", "F 女")
LONG = "Department of International Cooperation and Exchange of an Invented Administration " * 3


def sheet(*people: Signer, blank: int = 2, **fields: Any) -> SignInSheet:
    return SignInSheet(titles=["Training", "培训"], days=DAYS, people=people or [LI_NA], blank=blank, **fields)


def workbook(wanted: SignInSheet) -> Any:
    return openpyxl.load_workbook(io.BytesIO(sign_in_sheet.render(wanted)))


def document(wanted: SignInSheet) -> Any:
    return docx.Document(io.BytesIO(sign_in_word.render(wanted)))


def part(wanted: SignInSheet, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(sign_in_word.render(wanted))) as archive:
        return archive.read(name).decode()


@given(st.integers(1, 999_999_999), st.uuids())
def test_a_code_is_read_back_and_belongs_to_its_row(number: int, uid: object) -> None:
    read = sign_in.read_code(sign_in.code(number, str(uid)))
    assert read is not None
    assert read[0] == number
    assert sign_in.matches(*read, str(uid))


@pytest.mark.parametrize(
    "typed", ["20-kt", " 20 - KT ", "２０－ＫＴ", "20KT", "20—KT", "20−KT", "2O-KT", "2o kt", "(20-KT)"]
)
def test_codes_are_read_as_people_type_them(typed: str) -> None:
    assert sign_in.read_code(typed) == (20, "KT")


@pytest.mark.parametrize("typed", ["", "KT", "20", "20-AA", "20-KTT", "OO-KT", "0-KT", "1234567890-KT", "李娜"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert sign_in.read_code(typed) is None


def test_the_number_alone_does_not_make_a_code() -> None:
    number, letters = sign_in.read_code(sign_in.code(23, "a-uid")) or (0, "")
    assert not sign_in.matches(number, letters, "another-uid")


@pytest.mark.parametrize("mark", ["李娜", "Li Na", "✓", "✔️", "√", "是", "yes", "x", "X", "1"])
def test_any_mark_is_a_signature(mark: str) -> None:
    assert sign_in.is_present(mark) is True


@pytest.mark.parametrize("mark", ["缺席", "否", "no", "Absent", "✗", "×", "❌", "✖️", "0", "false"])
def test_a_word_for_no_or_a_cross_is_none(mark: str) -> None:
    assert sign_in.is_present(mark) is False


@pytest.mark.parametrize("mark", ["", "  ", "\u3000"])
def test_a_blank_cell_says_nothing(mark: str) -> None:
    assert sign_in.is_present(mark) is None


def test_each_day_has_its_sheet_with_a_date_that_excel_knows() -> None:
    book = workbook(sheet())
    assert book.sheetnames == ["2025-03-10", "2025-03-11"]
    values = [value for row in book["2025-03-11"].iter_rows(values_only=True) for value in row]
    assert [value.date() for value in values if isinstance(value, datetime)] == [DAYS[1]]


def test_blank_rows_are_numbered_on_and_have_no_code() -> None:
    rows = list(workbook(sheet(blank=2)).worksheets[0].iter_rows(values_only=True))[-3:]
    assert [row[:2] for row in rows] == [(1, "1-KT"), (2, None), (3, None)]


def test_a_page_is_a4_across_with_headings_and_numbers_on_every_page() -> None:
    page = workbook(sheet()).worksheets[0]
    head = next(row[0].row for row in page.iter_rows() if row[0].value == sign_in.HEADINGS["number"])
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.print_title_rows == f"${head}:${head}"
    assert page.oddFooter.center.text == "&P / &N"
    assert page.row_dimensions[head + 1].height == pytest.approx(28.35, abs=0.5)


def test_a_long_line_stands_within_the_table_so_that_the_print_keeps_its_size() -> None:
    page = workbook(sheet(lines={"Funding 资助": LONG})).worksheets[0]
    cell = next(row[2] for row in page.iter_rows() if row[2].value == LONG)
    assert f"C{cell.row}:G{cell.row}" in {str(merged) for merged in page.merged_cells.ranges}
    assert cell.alignment.wrap_text
    assert page.row_dimensions[cell.row].height >= 30


def test_a_row_is_as_high_as_a_long_agency_needs() -> None:
    page = workbook(sheet(Signer("1-KT", "LI Na", LONG))).worksheets[0]
    rows = {row[1].value: row[1].row for row in page.iter_rows()}
    assert page.row_dimensions[rows["1-KT"]].height > 100


def test_what_looks_like_a_formula_stays_a_text() -> None:
    page = workbook(sheet(Signer("1-KT", "=1+1", "@SUM(1)"))).worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row if cell.value in ("=1+1", "@SUM(1)")]
    assert [cell.data_type for cell in cells] == ["s", "s"]


def test_a_word_document_has_a_table_for_each_day_on_a_page_of_its_own() -> None:
    made = document(sheet())
    assert len(made.tables) == len(made.sections) == 2
    assert [section.footer.paragraphs[0].text[:10] for section in made.sections] == ["2025-03-10", "2025-03-11"]
    assert [cell.text for cell in made.tables[1].rows[0].cells] == list(sign_in.HEADINGS.values())
    assert [row.cells[0].text for row in made.tables[1].rows[1:]] == ["1", "2", "3"]


def test_a_word_document_repeats_its_headings_and_numbers_its_pages() -> None:
    assert part(sheet(), "word/document.xml").count("<w:tblHeader/>") == 2
    footers = part(sheet(), "word/footer1.xml")
    assert 'w:instr="PAGE"' in footers
    assert 'w:instr="NUMPAGES"' in footers


def test_chinese_has_a_font_of_its_own_in_a_word_document() -> None:
    assert 'w:eastAsia="SimSun"' in part(sheet(), "word/styles.xml")


@pytest.mark.parametrize("made_by", [sign_in_sheet, sign_in_word])
def test_no_moment_of_writing_is_in_the_file(made_by: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(made_by.render(sheet()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2


def test_without_the_library_the_command_that_brings_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(UsageError) as refused:
        sign_in_word.render(sheet())
    assert "pip install 'eventrec[docx]'" in refused.value.hint
