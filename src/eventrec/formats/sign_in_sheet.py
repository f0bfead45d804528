"""The sign-in sheet as a workbook: one sheet a day, to print on A4 and to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import clean
from eventrec.formats.sign_in import DAY_LABEL, HEADINGS, SignInSheet
from eventrec.formats.width import width
from eventrec.formats.workbook import Sheet, check_rows, new_workbook
from eventrec.text.weekdays import bilingual

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xlsxwriter.format import Format

    from eventrec.formats.sign_in import Signer

_WIDTHS: Final = {"number": 9, "code": 10, "name": 28, "agency": 32, "position": 26, "sex": 8, "signature": 30}
_ROW_HEIGHT: Final = 28.5
"""Points: a centimetre, to sign in."""

_LINE_HEIGHT: Final = 15
_FONT_SIZE: Final = 11
_TITLE_SIZE: Final = 14
_LABEL_COLUMNS: Final = 2
"""The labels above the table take this many columns, what they name the others."""


def render(sheet: SignInSheet) -> bytes:
    """Write the sheet: titles, day, hours, place and funding above; a row for everybody and blank rows below."""
    check_rows(len(sheet.people) + sheet.blank + 20)
    workbook, buffer = new_workbook(" / ".join(sheet.titles))
    box = {"border": 1, "border_color": "#7F7F7F", "valign": "vcenter", "text_wrap": True}
    looks = {
        "title": workbook.add_format({"bold": True, "font_size": _TITLE_SIZE, "text_wrap": True, "valign": "top"}),
        "line": workbook.add_format({"text_wrap": True, "valign": "top"}),
        "label": workbook.add_format({"bold": True, "valign": "top"}),
        "day": workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left", "bold": True}),
        "head": workbook.add_format({**box, "bold": True, "bg_color": "#DDE6F0"}),
        "cell": workbook.add_format({**box, "num_format": "@"}),
        "number": workbook.add_format({**box, "align": "center"}),
    }
    for day in sheet.days:
        target = Sheet(workbook.add_worksheet(day.isoformat()))
        head = _write_top(target, sheet, day, looks)
        _write_people(target, sheet, head, looks)
        _set_page(target, day, head)
    workbook.close()
    return buffer.getvalue()


def _write_top(target: Sheet, sheet: SignInSheet, day: date, looks: Mapping[str, Format]) -> int:
    """Write what stands above the table; return the row of the headings."""
    for at, title in enumerate(sheet.titles):
        _write_across(target, at, 0, title, looks["title"], _TITLE_SIZE)
    at = len(sheet.titles)
    target.text(at, 0, DAY_LABEL, looks["label"], counts=False)
    target.write(at, _LABEL_COLUMNS, day.isoformat(), "date", looks["line"], looks["day"])
    target.text(at, _LABEL_COLUMNS + 1, bilingual(day), looks["line"], counts=False)
    for label, text in sheet.lines.items():
        at += 1
        target.text(at, 0, label, looks["label"], counts=False)
        _write_across(target, at, _LABEL_COLUMNS, text, looks["line"], _FONT_SIZE)
    return at + 2


def _write_across(target: Sheet, row: int, first: int, text: str, style: Format, size: int) -> None:
    """Write a text over all columns from `first`, as high as it needs: what runs over the edge shrinks the print."""
    columns = list(_WIDTHS.values())[first:]
    target.worksheet.merge_range(row, first, row, first + len(columns) - 1, "", style)
    target.text(row, first, text, style, counts=False)
    lines = _lines(text, sum(columns) * _FONT_SIZE // size)
    target.worksheet.set_row(row, lines * _LINE_HEIGHT * size / _FONT_SIZE)


def _write_people(target: Sheet, sheet: SignInSheet, head: int, looks: Mapping[str, Format]) -> None:
    for column, (name, heading) in enumerate(HEADINGS.items()):
        target.text(head, column, heading, looks["head"], counts=False)
        target.worksheet.set_column(column, column, _WIDTHS[name])
    for number in range(1, len(sheet.people) + sheet.blank + 1):
        person = sheet.people[number - 1] if number <= len(sheet.people) else None
        cells = [person.code, person.name, person.agency, person.position, person.sex] if person else [""] * 5
        target.write(head + number, 0, number, "integer", looks["number"], looks["number"])
        for column, text in enumerate([*cells, ""], 1):
            target.text(head + number, column, text, looks["cell"], counts=False)
        target.worksheet.set_row(head + number, _height(person))


def _height(person: Signer | None) -> float:
    """Return the height of a row in points: a centimetre, or what its tallest cell needs."""
    if person is None:
        return _ROW_HEIGHT
    texts = {"name": person.name, "agency": person.agency, "position": person.position}
    return max(_ROW_HEIGHT, max(_lines(text, _WIDTHS[name]) for name, text in texts.items()) * _LINE_HEIGHT)


def _lines(text: str, cells: int) -> int:
    """Return how many lines a text takes in so many cells; as words wrap early, a seventh of them stays empty."""
    return sum(max(1, -(-width(line) * 7 // (cells * 6))) for line in clean(text).split("\n"))


def _set_page(target: Sheet, day: date, head: int) -> None:
    worksheet = target.worksheet
    worksheet.freeze_panes(head + 1, 0)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.6)
    worksheet.repeat_rows(head)
    worksheet.set_footer(f"&L{day.isoformat()}&C&P / &N")
