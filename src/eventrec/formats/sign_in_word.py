"""The sign-in sheet as a Word document: one section a day, with the table of people."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import UsageError
from eventrec.formats.cells import clean
from eventrec.formats.marks import COMMENT, WRITTEN_ON
from eventrec.formats.sign_in import DAY_LABEL, HEADINGS, SignInSheet
from eventrec.text.weekdays import bilingual

if TYPE_CHECKING:
    from datetime import date

    from eventrec.formats.sign_in import Signer

_WIDTHS: Final = {"number": 1.4, "code": 2.5, "name": 5.2, "agency": 6.4, "position": 4.4, "sex": 1.4, "signature": 5.4}
"""Centimetres; together what A4 has across between its margins."""

_ROW_HEIGHT: Final = 1.0
_FONT: Final = "Calibri"
_FONT_ZH: Final = "SimSun"
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


def render(sheet: SignInSheet) -> bytes:
    """Write the sheet as DOCX, the same bytes for the same sheet. Raises UsageError without python-docx."""
    try:
        from docx import Document
    except ImportError as error:
        raise UsageError("Word documents need one more library.", "Install it: pip install 'eventrec[docx]'") from error
    document: Any = Document()
    _set_up(document, sheet)
    for at, day in enumerate(sheet.days):
        section = document.sections[0] if at == 0 else _new_page(document)
        _write_footer(section, day)
        _write_top(document, sheet, day)
        _write_table(document, sheet)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_clock(buffer.getvalue())


def _set_up(document: Any, sheet: SignInSheet) -> None:  # noqa: ANN401
    """Set fonts, page and properties; Chinese has a font of its own, or Word chooses one by the reader's system."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT_ZH)
    normal.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.4)
    section.footer_distance = Cm(0.7)
    properties = document.core_properties
    properties.title, properties.comments = clean(" / ".join(sheet.titles))[:255], COMMENT
    properties.author, properties.last_modified_by = "", ""
    properties.created = properties.modified = WRITTEN_ON.replace(tzinfo=None)


def _new_page(document: Any) -> Any:  # noqa: ANN401
    """Begin the section of another day. The paragraph that ends the one before is so small that it needs no page."""
    from docx.enum.section import WD_SECTION
    from docx.shared import Pt

    section = document.add_section(WD_SECTION.NEW_PAGE)
    last = document.paragraphs[-1]
    last.paragraph_format.line_spacing = Pt(1)
    section.footer.is_linked_to_previous = False
    return section


def _write_footer(section: Any, day: date) -> None:  # noqa: ANN401
    """Write the day and `page / pages` under every page, so that printed sheets are not mixed up."""
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run(f"{day.isoformat()} {bilingual(day)}\t\t")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Any, instruction: str) -> None:  # noqa: ANN401
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)


def _write_top(document: Any, sheet: SignInSheet, day: date) -> None:  # noqa: ANN401
    from docx.shared import Pt

    for title in sheet.titles:
        run = document.add_paragraph().add_run(clean(title))
        run.bold, run.font.size = True, Pt(14)
    for label, text in {DAY_LABEL: f"{day.isoformat()}  {bilingual(day)}", **sheet.lines}.items():
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(clean(text))
    document.add_paragraph()


def _write_table(document: Any, sheet: SignInSheet) -> None:  # noqa: ANN401
    people: list[Signer | None] = [*sheet.people, *[None] * sheet.blank]
    table = document.add_table(rows=len(people) + 1, cols=len(HEADINGS), style="Table Grid")
    table.autofit = False
    for column, name in enumerate(HEADINGS):
        table.columns[column].width = _cm(_WIDTHS[name])
    head, *rows = table.rows
    _write_row(head, list(HEADINGS.values()), bold=True)
    _mark_row(head, "w:tblHeader")
    for number, (row, person) in enumerate(zip(rows, people, strict=True), 1):
        cells = [person.code, person.name, person.agency, person.position, person.sex] if person else []
        _write_row(row, [str(number), *cells])


def _write_row(row: Any, texts: list[str], *, bold: bool = False) -> None:  # noqa: ANN401
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE

    row.height, row.height_rule = _cm(_ROW_HEIGHT), WD_ROW_HEIGHT_RULE.AT_LEAST
    _mark_row(row, "w:cantSplit")
    cells = row.cells
    for cell, name in zip(cells, HEADINGS, strict=True):
        cell.width = _cm(_WIDTHS[name])
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for cell, text in zip(cells, texts, strict=False):
        cell.paragraphs[0].add_run(clean(text)).bold = bold or None


def _cm(length: float) -> Any:  # noqa: ANN401
    from docx.shared import Cm

    return Cm(length)


def _mark_row(row: Any, name: str) -> None:  # noqa: ANN401
    """Say of a row that it stands on every page (`w:tblHeader`) or on one page (`w:cantSplit`)."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _without_clock(content: bytes) -> bytes:
    """Return the same document with one date for all its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _LONG_AGO), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
