"""The sign-in sheet as a workbook: one sheet a day, to print on A4 and to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.formats.sign_in import DAY_LABEL, HEADINGS, SignInSheet
from eventrec.formats.workbook import Sheet, check_rows, new_workbook
from eventrec.text.weekdays import bilingual

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xlsxwriter.format import Format

_WIDTHS: Final = {"number": 9, "code": 10, "name": 28, "agency": 32, "position": 26, "sex": 8, "signature": 30}
_ROW_HEIGHT: Final = 27


def render(sheet: SignInSheet) -> bytes:
    """Write the sheet: titles, day, hours, place and funding above; a row for everybody and blank rows below."""
    check_rows(len(sheet.people) + sheet.blank + 20)
    workbook, buffer = new_workbook(" / ".join(sheet.titles))
    box = {"border": 1, "border_color": "#7F7F7F", "valign": "vcenter", "text_wrap": True}
    looks = {
        "title": workbook.add_format({"bold": True, "font_size": 14}),
        "line": workbook.add_format({"text_wrap": False}),
        "label": workbook.add_format({"bold": True}),
        "day": workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left", "bold": True}),
        "head": workbook.add_format({**box, "bold": True, "bg_color": "#DDE6F0"}),
        "cell": workbook.add_format({**box, "num_format": "@"}),
        "number": workbook.add_format({**box, "align": "center"}),
    }
    for day in sheet.days:
        _write(Sheet(workbook.add_worksheet(day.isoformat())), sheet, day, looks)
    workbook.close()
    return buffer.getvalue()


def _write(target: Sheet, sheet: SignInSheet, day: date, looks: Mapping[str, Format]) -> None:
    worksheet = target.worksheet
    for at, title in enumerate(sheet.titles):
        target.text(at, 0, title, looks["title"], counts=False)
    at = len(sheet.titles)
    target.text(at, 0, DAY_LABEL, looks["label"], counts=False)
    target.write(at, 2, day.isoformat(), "date", looks["line"], looks["day"])
    target.text(at, 3, bilingual(day), looks["line"], counts=False)
    for label, text in sheet.lines.items():
        at += 1
        target.text(at, 0, label, looks["label"], counts=False)
        target.text(at, 2, text, looks["line"], counts=False)
    head = at + 2
    for column, (name, heading) in enumerate(HEADINGS.items()):
        target.text(head, column, heading, looks["head"], counts=False)
        worksheet.set_column(column, column, _WIDTHS[name])
    for number in range(1, len(sheet.people) + sheet.blank + 1):
        person = sheet.people[number - 1] if number <= len(sheet.people) else None
        cells = [person.code, person.name, person.agency, person.position, person.sex] if person else [""] * 5
        target.write(head + number, 0, number, "integer", looks["number"], looks["number"])
        for column, text in enumerate([*cells, ""], 1):
            target.text(head + number, column, text, looks["cell"], counts=False)
        worksheet.set_row(head + number, _ROW_HEIGHT)
    worksheet.freeze_panes(head + 1, 0)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.6)
    worksheet.repeat_rows(head)
    worksheet.set_footer("&L" + day.isoformat() + "&C&P / &N")
