from __future__ import annotations

import io

import pytest
from tests.formats.release.make import TEXT, picture, saved

from eventrec.errors import Rejected
from eventrec.formats import release

docx = pytest.importorskip("docx")


def test_paragraphs_and_tables_are_read_in_order() -> None:
    document = docx.Document()
    document.add_heading("Officers trained on samples", 0)
    document.add_paragraph(TEXT)
    table = document.add_table(2, 2)
    for row, cells in zip(table.rows, (("Date", "17 October 2024"), ("Venue：", "Sample Hotel")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("Contact: j@example.org")
    found = release.read_bytes(saved(document), "release.docx")
    assert found.text.split("\n\n") == [
        "# Officers trained on samples", TEXT, "Date: 17 October 2024", "Venue: Sample Hotel", "Contact: j@example.org",
    ]  # fmt: skip


def test_a_table_that_only_holds_the_page_together_is_read_as_paragraphs() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Example Agency"
    table.cell(0, 1).text = TEXT
    table.cell(0, 1).add_paragraph("A second paragraph of the release.")
    found = release.read_bytes(saved(document), "release.docx")
    assert found.text.split("\n\n") == ["Example Agency", TEXT, "A second paragraph of the release."]


def test_a_row_of_several_cells_is_a_line() -> None:
    document = docx.Document()
    table = document.add_table(1, 3)
    for cell, text in zip(table.rows[0].cells, ("Nowhere", "17 October", "Sample Hotel"), strict=True):
        cell.text = text
    assert release.read_bytes(saved(document), "a.docx").text == "Nowhere | 17 October | Sample Hotel"


def test_dates_of_the_file_are_no_hints_and_pictures_are_told() -> None:
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.add_picture(io.BytesIO(picture()))
    found = release.read_bytes(saved(document), "release.docx")
    assert found.published is None
    assert found.ignored == ("1 picture in the document",)


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(Rejected, match=r"a\.docx holds no text\."):
        release.read_bytes(saved(docx.Document()), "a.docx")


def test_a_document_is_read_whatever_it_is_called() -> None:
    document = docx.Document()
    document.add_paragraph(TEXT)
    assert release.read_bytes(saved(document), "release.txt").text == TEXT


def test_a_document_of_more_text_than_a_release_has_is_refused() -> None:
    document = docx.Document()
    document.add_paragraph(" ".join(map(str, range(400_000))))
    with pytest.raises(Rejected, match="larger than 500,000 characters"):
        release.read_bytes(saved(document), "a.docx")
