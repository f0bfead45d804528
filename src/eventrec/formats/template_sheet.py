"""Workbooks to fill in: bilingual headings with comments, lists to choose from, date and text cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.formats.cells import clean, plain
from eventrec.formats.sheet_fields import WORDS, comment, fields_of, heading
from eventrec.formats.width import width
from eventrec.formats.workbook import Sheet, check_rows, new_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from eventrec.formats.sheet_fields import SheetField
    from eventrec.table import Cell

VERSION: Final = 1
LISTS: Final = "Lists 列表"
HELP: Final = "How to 说明"
_BLANK: Final = 200
_BLANK_BELOW: Final = 50
"""Rows to fill in: of a blank sheet, and below the records of a filled one."""

_PRINTED: Final = 30
_FIRST_DAY: Final = date(1950, 1, 1)
_LONGEST_LIST: Final = 5_000
_MOST_LINES: Final = 6
_LINE_HEIGHT: Final = 15
_LINES_OF_COMMENT: Final = 5
_WIDTH_OF_COMMENT: Final = 46
"""Lines that a comment of the usual height shows, and characters in one when it is twice as wide as usual."""

_HEAD: Final = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE6F0", "border": 1}
_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {"num_format": "@", "valign": "top", "text_wrap": True},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
    "integer": {"num_format": "0", "valign": "top", "align": "center"},
}
_ROWS: Final = {
    "participants": (
        "One row for each person.",
        "每人一行。",
        "People of an agency who have no name here: one row with their number, the name left empty.",
        "没有姓名的人员：同一单位合为一行，姓名留空，填写人数。",
    ),
    "contacts": ("One row for each person.", "每人一行。"),
    "agencies": (
        "One row for each agency; an agency that another is part of stands above it.",
        "每个机构一行；上级机构写在前面。",
    ),
    "events": ("One row for each event or site visit.", "每个活动或实地参访一行。"),
}


@dataclass(frozen=True)
class Lists:
    """What the book offers to choose from, each as the cells shall hold it."""

    agencies: Sequence[str] = ()
    sides: Sequence[str] = ()
    cities_en: Sequence[str] = ()
    cities_zh: Sequence[str] = ()
    projects: Sequence[str] = ()

    def named(self) -> dict[str, Sequence[str]]:
        """Return them by the names that the columns know them by."""
        return {
            "agencies": self.agencies,
            "sides": self.sides,
            "cities in English": self.cities_en,
            "cities in Chinese": self.cities_zh,
            "projects": self.projects,
        }


class _Range(NamedTuple):
    """A list as the workbook knows it; a `whole` one is all that a cell may hold."""

    name: str
    whole: bool


def import_command(kind: str, event: int | None = None, *, filled: bool = False, file: str = "FILE.xlsx") -> str:
    """Return the command that takes the sheet back: of a blank list of participants people say the event themselves.

    What was changed in a filled one is meant, so the file is taken at its word.
    """
    of = f"--event {event or 'EVENT'}" if kind == "participants" and (event or not filled) else f"--as {kind}"
    return f"eventrec import {file} {of}{' --mode update' if filled else ''} --check"


def render(
    kind: str, lists: Lists, rows: Sequence[Mapping[str, Cell]] | None = None, *, event: int | None = None
) -> bytes:
    """Write the sheet of a kind: blank, or with `rows` of records, by field, to work on.

    `event` is the one whose participants they are or will be. Raises Rejected for too many rows.
    """
    filled, records = rows is not None, rows or ()
    fields, last = fields_of(kind, filled=filled), len(records) + (_BLANK_BELOW if records else _BLANK)
    check_rows(last + 1)
    workbook, buffer = new_workbook(f"eventrec {kind}")
    workbook.set_custom_property("eventrec", f"eventrec template {VERSION} {kind}")
    workbook.define_name("eventrec_template", f'="{kind} {VERSION}"')
    worksheet = workbook.add_worksheet(kind.capitalize())
    _write_table(workbook, worksheet, fields, records, last)
    ranges = _write_lists(workbook, fields, lists)
    for column, field in enumerate(fields):
        _validate(worksheet, column, field, last, ranges)
    _write_help(workbook, kind, import_command(kind, event, filled=filled))
    workbook.close()
    return buffer.getvalue()


def _write_table(
    workbook: Workbook,
    worksheet: Worksheet,
    fields: Sequence[SheetField],
    rows: Sequence[Mapping[str, Cell]],
    last: int,
) -> None:
    """Write the headings, the records and the blank rows below them as one Excel table."""
    looks = {kind: workbook.add_format(dict(look)) for kind, look in _LOOKS.items()}
    for column, field in enumerate(fields):
        worksheet.set_column(column, column, field.width, looks[field.kind])
    sheet = Sheet(worksheet)
    for at, row in enumerate(rows, 1):
        _write_row(sheet, at, fields, row, looks)
    columns = [{"header": heading(field), "format": looks[field.kind]} for field in fields]
    table = {"name": worksheet.get_name(), "style": "Table Style Light 9", "columns": columns}
    worksheet.add_table(0, 0, last, len(fields) - 1, table)
    _write_head(worksheet, fields, workbook.add_format(_HEAD))
    _set_up_page(worksheet, max(len(rows), _PRINTED), len(fields) - 1)


def _write_row(
    sheet: Sheet, at: int, fields: Sequence[SheetField], row: Mapping[str, Cell], looks: Mapping[str, Format]
) -> None:
    """Write one record; the row is as high as its tallest text, which LibreOffice does not find by itself."""
    lines = 1
    for column, field in enumerate(fields):
        cell = row.get(field.name)
        if cell is None or cell == "":
            continue
        if field.kind == "text":
            text = plain(cell)
            sheet.text(at, column, text, looks["text"])
            lines = max(lines, _lines(text, field.width))
        else:
            sheet.write(at, column, cell, field.kind, looks[field.kind], looks["date"])
    if lines > 1:
        sheet.worksheet.set_row(at, min(lines, _MOST_LINES) * _LINE_HEIGHT)


def _write_head(worksheet: Worksheet, fields: Sequence[SheetField], style: Format) -> None:
    for column, field in enumerate(fields):
        worksheet.write_string(0, column, heading(field), style)
        text = comment(field)
        high = max(1.0, _lines(text, _WIDTH_OF_COMMENT) / _LINES_OF_COMMENT)
        worksheet.write_comment(0, column, text, {"author": "eventrec", "x_scale": 2, "y_scale": high})
    # The button of the table's filter hides what stands in the last two characters of a heading.
    tallest = max(_lines(field.en, field.width - 2) + _lines(field.zh, field.width - 2) for field in fields)
    worksheet.set_row(0, tallest * _LINE_HEIGHT)


def _set_up_page(worksheet: Worksheet, last_row: int, last_column: int) -> None:
    worksheet.freeze_panes(1, 0)
    worksheet.hide_gridlines(0)  # they are printed too, so that a blank sheet shows its cells on paper
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.3, right=0.3)
    worksheet.repeat_rows(0)
    worksheet.print_area(0, 0, last_row, last_column)


def _write_lists(workbook: Workbook, fields: Sequence[SheetField], lists: Lists) -> dict[str, _Range]:
    """Write what can be chosen on a sheet of its own: what is typed into a rule may have 255 characters."""
    from xlsxwriter.utility import xl_range_abs

    worksheet = workbook.add_worksheet(LISTS)
    head = workbook.add_format({"bold": True})
    text = workbook.add_format({"num_format": "@"})
    offered = {**WORDS, **lists.named()}
    ranges: dict[str, _Range] = {}
    column = 0
    for field in fields:
        values = [clean(value)[:255] for value in offered.get(field.choose, ())][:_LONGEST_LIST]
        if not values or field.choose in ranges:
            continue
        worksheet.write_string(0, column, heading(field), head)
        for at, value in enumerate(values, 1):
            worksheet.write_string(at, column, value, text)
        worksheet.set_column(column, column, min(max(map(width, [*values, heading(field)])) + 2, 60))
        name = "list_" + field.choose.replace(" ", "_")
        workbook.define_name(name, f"='{LISTS}'!{xl_range_abs(1, column, len(values), column)}")
        ranges[field.choose] = _Range(name, field.choose in WORDS)
        column += 1
        for at, meaning in enumerate(WORDS.get(field.choose, {}).values(), 1):
            worksheet.write_string(at, column, meaning, text)
        column += field.choose in WORDS
    return ranges


def _validate(worksheet: Worksheet, column: int, field: SheetField, last: int, ranges: Mapping[str, _Range]) -> None:
    """Offer a list where there is one; another word is warned of (男 is understood too), an agency may be new."""
    if field.choose in ranges:
        name, whole = ranges[field.choose]
        rule: dict[str, Any] = {"validate": "list", "source": f"={name}", "show_error": not field.several}
        if whole:
            rule |= {"error_type": "warning", "error_message": "Choose one of the list. 请从列表中选择。"}
        else:
            rule |= {"error_type": "information", "error_message": "This one is new in the book. 记录簿中还没有。"}
    elif field.kind == "date":
        rule = {"validate": "date", "criteria": ">=", "value": _FIRST_DAY, "error_type": "warning"}
        rule |= {"error_message": "Write a date: 2024-10-17. 请填写日期：2024-10-17。"}
    elif field.kind == "integer":
        rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_type": "warning"}
        rule |= {"error_message": "Write a whole number. 请填写整数。"}
    else:
        return
    worksheet.data_validation(1, column, last, column, {**rule, "error_title": heading(field)[:32]})


def _write_help(workbook: Workbook, kind: str, command: str) -> None:
    """Write how the sheet is filled in and brought in."""
    worksheet = workbook.add_worksheet(HELP)
    style = workbook.add_format({"text_wrap": True, "valign": "top"})
    worksheet.set_column(0, 0, 100, style)
    lines = [
        *_ROWS[kind],
        "Point at a heading to read what goes in. Cells with an arrow offer a list.",
        "将鼠标移到标题上可查看填写说明；带箭头的单元格可从列表中选择。",
        "Empty cells change nothing. Columns of your own are kept in the note.",
        "空白单元格不会改变任何内容。自行添加的列会保存在备注中。",
        f"Then 然后: {command}",
        "It says row by row what would happen, and saves nothing. Without --check it saves.",
        "该命令逐行说明将发生什么，不保存任何内容；去掉 --check 即保存。",
    ]
    for at, line in enumerate(lines):
        worksheet.write_string(at, 0, line, style)
    worksheet.set_landscape()
    worksheet.set_paper(9)


def _lines(text: str, cells: int) -> int:
    """Return how many lines a text takes in a column so many characters wide; words wrap early."""
    return sum(max(1, -(-width(line) // max(cells - 1, 1))) for line in text.split("\n"))
