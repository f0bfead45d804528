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

_WIDTHS: Final = {"number": 1.3, "code": 2.2, "name": 5.2, "agency": 6.2, "position": 4.6, "sex": 1.6, "signature": 5.4}
"""Centimetres; together what A4 has across between its margins."""

_ROW_HEIGHT: Final = 1.0
_FONT: Final = "Calibri"
_FONT_ZH: Final = "SimSun"
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


def render(sheet: SignInSheet) -> bytes:
    """Write the sheet as DOCX, the same bytes for the same sheet. Raises UsageError without python-docx."""
    try:
        from docx import Document
        from docx.enum.section import WD_ORIENT
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt
    except ImportError as error:
        raise UsageError("Word documents need one more library.", "Install it: pip install 'eventrec[docx]'") from error
    document: Any = Document()
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT_ZH)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.4)
    properties = document.core_properties
    properties.title, properties.comments = clean(" / ".join(sheet.titles))[:255], COMMENT
    properties.author, properties.last_modified_by = "", ""
    properties.created = properties.modified = WRITTEN_ON.replace(tzinfo=None)
    for at, day in enumerate(sheet.days):
        _write(document, sheet, day)
        if at + 1 < len(sheet.days):
            document.add_page_break()
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_clock(buffer.getvalue())


def _write(document: Any, sheet: SignInSheet, day: date) -> None:  # noqa: ANN401
    from docx.shared import Pt

    for title in sheet.titles:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(clean(title))
        run.bold, run.font.size = True, Pt(14)
        paragraph.paragraph_format.space_after = Pt(0)
    for label, text in {DAY_LABEL: f"{day.isoformat()}  {bilingual(day)}", **sheet.lines}.items():
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(clean(text))
        paragraph.paragraph_format.space_after = Pt(0)
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    _table(document, sheet)


def _table(document: Any, sheet: SignInSheet) -> None:  # noqa: ANN401
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Cm

    rows = len(sheet.people) + sheet.blank
    table = document.add_table(rows=rows + 1, cols=len(HEADINGS), style="Table Grid")
    table.autofit = False
    for column, (name, heading) in enumerate(HEADINGS.items()):
        table.columns[column].width = Cm(_WIDTHS[name])
        table.rows[0].cells[column].paragraphs[0].add_run(heading).bold = True
    _repeat(table.rows[0])
    for number, row in enumerate(table.rows[1:], 1):
        row.height, row.height_rule = Cm(_ROW_HEIGHT), WD_ROW_HEIGHT_RULE.AT_LEAST
        person = sheet.people[number - 1] if number <= len(sheet.people) else None
        cells = [person.code, person.name, person.agency, person.position, person.sex] if person else []
        for cell, text in zip(row.cells, [str(number), *cells], strict=False):
            cell.paragraphs[0].add_run(clean(text))
    for row in table.rows:
        for column, name in enumerate(HEADINGS):
            row.cells[column].width = Cm(_WIDTHS[name])


def _repeat(row: Any) -> None:  # noqa: ANN401
    """Let the row of headings stand on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _without_clock(content: bytes) -> bytes:
    """Return the same document with one date for all its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _LONG_AGO), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
