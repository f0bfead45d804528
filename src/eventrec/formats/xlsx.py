"""An Excel workbook: bold frozen headings with a filter, dates as dates, phones as text, rule and notes below."""

from __future__ import annotations

from itertools import chain, islice
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import NUMBERS, at_least, criteria_text
from eventrec.formats.flat import flat
from eventrec.formats.sheet_rows import SheetRows
from eventrec.formats.width import width
from eventrec.formats.workbook import MOST_ROWS, Sheet, check_rows, new_workbook, sheet_name
from eventrec.table import Report, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from eventrec.formats.registry import Options
    from eventrec.table import Cell, Column, Part, Stream
_FILTER_BUTTON: Final = 2
_PIECE: Final = 2**20


class _Styles:
    """The looks of cells, of which a workbook keeps one copy each."""

    def __init__(self, workbook: Workbook) -> None:
        top = {"valign": "top"}
        day = {"num_format": "yyyy-mm-dd", "align": "left", "indent": 1}
        total = {**top, "bold": True, "top": 1}
        least = {"num_format": '"≥"General'}
        head = {"bold": True, "bg_color": "#DDE6F0", "bottom": 1, "valign": "top"}
        self.head = workbook.add_format({**head, "align": "left", "indent": 1})
        self.head_number = workbook.add_format({**head, "align": "right"})
        self.cell = workbook.add_format({**top, "text_wrap": True, "align": "left", "indent": 1})
        self.number = workbook.add_format(top)
        self.day = workbook.add_format({**top, **day})
        self.least = workbook.add_format({**top, **least})
        self.total = workbook.add_format(total)
        self.total_label = workbook.add_format({**total, "align": "left", "indent": 1})
        self.total_day = workbook.add_format({**total, **day})
        self.total_least = workbook.add_format({**total, **least})
        self.note = workbook.add_format({"italic": True})


def pieces(table: Table | Stream, options: Options) -> Iterator[bytes]:
    """Write a table or a report as a workbook of one sheet, one column a language.

    Row 1 holds the columns' names, so that scripts read the sheet as it is. A number that is a lower bound
    shows as "≥14" and is 14. Raises Rejected where the records exceed Excel's limits.
    """
    report = table if isinstance(table, Report) else None
    columns, parts = flat(table)
    check_rows(1, len(columns))
    few = list(islice(parts, 2))
    with TemporaryDirectory(prefix="eventrec-") as folder, TemporaryFile(dir=folder) as file:
        _write(columns, chain(few, parts), report, options, file, folder if len(few) > 1 and report is None else None)
        file.seek(0)
        yield from iter(lambda: file.read(_PIECE), b"")


def _write(
    columns: Sequence[Column],
    parts: Iterator[Part],
    report: Report | None,
    options: Options,
    file: BinaryIO,
    folder: str | None,
) -> None:
    """Write a workbook: in memory, or row by row into `folder` when there are many."""
    title = options.title or (report.heading if report else "")
    workbook, _ = new_workbook(title, row_by_row=folder is not None, file=file, folder=folder)
    styles = _Styles(workbook)
    worksheet = workbook.add_worksheet(sheet_name(title or (report.report if report else "")))
    sheet = Sheet(worksheet)
    last = _write_rows(sheet, columns, parts, styles, is_report=report is not None, many=folder is not None)
    worksheet.freeze_panes(1, 0)
    if columns:
        worksheet.autofilter(0, 0, last, len(columns) - 1)
    if report is not None:
        _write_total_and_notes(sheet, report, columns, last, styles)
    _set_page(sheet)
    workbook.close()


def _write_rows(
    sheet: Sheet, columns: Sequence[Column], parts: Iterator[Part], styles: _Styles, *, is_report: bool, many: bool
) -> int:
    """Write the headings and the rows; returns how many there are."""
    for i, column in enumerate(columns):
        sheet.text(0, i, column.name, styles.head_number if column.kind in NUMBERS else styles.head)
        sheet.reserve(i, width(column.name) + _FILTER_BUTTON)
    if many:
        return _write_many(SheetRows(sheet, columns, styles.cell, styles.number, styles.day), parts)
    names = [column.name for column in columns]
    last = 0
    for part in parts:
        for row in zip(*part, strict=True):
            last += 1
            values = dict(zip(names, row, strict=True)) if is_report else {}
            for i, (column, cell) in enumerate(zip(columns, row, strict=True)):
                sheet.write(last, i, cell, column.kind, _style(values, column, styles), styles.day)
    return last


def _write_many(rows: SheetRows, parts: Iterator[Part]) -> int:
    try:
        for part in parts:
            needed = rows.last + len(part[0]) + 1
            if needed > MOST_ROWS:
                check_rows(needed + sum(len(rest[0]) for rest in parts))
            rows.write(part)
    except BaseException:
        rows.give_up()
        raise
    rows.close()
    return rows.last


def _style(values: Mapping[str, Cell], column: Column, styles: _Styles) -> Format:
    if column.kind not in NUMBERS:
        return styles.cell
    return styles.least if at_least(values, column) else styles.number


def _write_total_and_notes(sheet: Sheet, report: Report, columns: Sequence[Column], last: int, styles: _Styles) -> None:
    at = last + 1
    if report.total is not None:
        check_rows(at + 1)
        _write_total(sheet, report, columns, at, styles)
        at += 1
    asked = criteria_text(report)
    sentences = [f"Asked with: {asked}." if asked else "", report.rule, *report.notes]
    for below, sentence in enumerate((text for text in sentences if text), start=at + 1):
        check_rows(below + 1)
        sheet.text(below, 0, sentence, styles.note, counts=False)


def _write_total(sheet: Sheet, report: Report, columns: Sequence[Column], at: int, styles: _Styles) -> None:
    total = report.total or {}
    flat = Table(report.columns, [tuple(total.get(name) for name in report.names)]).flat()
    values = dict(zip(flat.names, flat.rows[0], strict=True))
    for i, column in enumerate(columns):
        style = styles.total_least if at_least(total, column) else styles.total
        sheet.write(at, i, values.get(column.name), column.kind, style, styles.total_day)
    if columns and values.get(columns[0].name) is None:
        sheet.text(at, 0, "Total", styles.total_label)


def _set_page(sheet: Sheet) -> None:
    sheet.set_widths()
    worksheet = sheet.worksheet
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(0)
    worksheet.set_footer("&C&P / &N")
