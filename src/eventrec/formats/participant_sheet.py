"""The list of participants as an Excel sheet that prints on A4: headings in English and Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.formats.cells import NUMBERS
from eventrec.formats.participant_list import ParticipantList, ParticipantRow, languages, names, ordered
from eventrec.formats.workbook import Sheet, check_rows, new_workbook
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from eventrec.table import Cell, Kind

_NAME: Final = {"en": "Name", "zh": "姓名"}
_AGENCY: Final = {"en": "Agency", "zh": "单位"}
_POSITION: Final = {"en": "Position", "zh": "职务"}
_TOTALS: Final = (
    ("women", "women 女"),
    ("men", "men 男"),
    ("other", "other 其他"),
    ("not_stated", "not stated 未说明"),
)
_WIDEST: Final = 28


class _Field(NamedTuple):
    """A column of the list: its heading, its kind, and how its cell is read from a row."""

    head: str
    kind: Kind
    cell: Callable[[ParticipantRow], Cell]


class _Styles:
    """The looks of cells, of which a workbook keeps one copy each."""

    def __init__(self, workbook: Workbook) -> None:
        box = {"valign": "top", "border": 1, "border_color": "#A6A6A6", "text_wrap": True}
        least = {"num_format": '"≥"General'}
        self.title = workbook.add_format({"bold": True, "font_size": 14})
        self.top = workbook.add_format({})
        self.head = workbook.add_format({**box, "bold": True, "bg_color": "#DDE6F0"})
        self.cell = workbook.add_format(box)
        self.number = workbook.add_format({**box, "align": "center"})
        self.unnamed = workbook.add_format({**box, "italic": True})
        self.total = workbook.add_format({"bold": True, "top": 1})
        self.total_least = workbook.add_format({"bold": True, "top": 1, "align": "center", **least})
        self.part = workbook.add_format({})
        self.part_number = workbook.add_format({"align": "center"})
        self.total_number = workbook.add_format({"bold": True, "top": 1, "align": "center"})
        self.part_least = workbook.add_format({"align": "center", **least})
        self.note = workbook.add_format({"italic": True, "text_wrap": True, "valign": "top"})


def render(listing: ParticipantList) -> bytes:
    """Write the list as a workbook: landscape A4, one page wide, headings on every page, pages numbered.

    Raises Rejected when the rows do not give the total, or exceed Excel's limits.
    """
    rows = ordered(listing)
    workbook, buffer = new_workbook(Localized(listing.title).both(listing.main))
    styles = _Styles(workbook)
    sheet = Sheet(workbook.add_worksheet("Participants"))
    head_row = _write_top(sheet, listing, styles)
    fields = _fields(listing)
    check_rows(head_row + 1 + len(rows) + len(_TOTALS) + 3 + len(listing.notes))
    _write_rows(sheet, rows, fields, head_row, styles)
    last = _write_total(sheet, listing, fields, head_row + len(rows) + 1, styles)
    sheet.set_widths(_WIDEST)
    sheet.set_heights(_WIDEST)
    for below, sentence in enumerate(listing.notes, start=last + 2):
        sheet.paragraph(below, len(fields), sentence, styles.note, _WIDEST)
    _set_page(sheet, head_row)
    workbook.close()
    return buffer.getvalue()


def _write_top(sheet: Sheet, listing: ParticipantList, styles: _Styles) -> int:
    """Write title, date, place, projects and funding; return the row of the headings."""
    titles = [listing.title[tag] for tag in languages([], listing.main) if tag in listing.title]
    titles += [text for tag, text in sorted(listing.title.items()) if text not in titles]
    for at, title in enumerate(titles):
        sheet.text(at, 0, title, styles.title, counts=False)
    lines = [
        ("Date 日期", [listing.dates]),
        ("Place 地点", [listing.place]),
        ("Project 项目", listing.projects),
        ("Funding 资助", listing.funding),
    ]
    texts = [f"{label}: {text}" for label, values in lines for text in values if text]
    for at, text in enumerate(texts, start=len(titles)):
        sheet.text(at, 0, text, styles.top, counts=False)
    return len(titles) + len(texts) + 1


def _fields(listing: ParticipantList) -> list[_Field]:
    rows, main = listing.rows, listing.main
    return [
        *_in_each_language(_NAME, languages((row.name for row in rows), main), lambda row: names(row, listing)),
        _Field("Sex\n性别", "text", lambda row: row.sex if row.name else None),
        *_in_each_language(_AGENCY, languages((row.agency for row in rows), main), lambda row: row.agency),
        _Field("Agency address\n单位地址", "text", lambda row: row.agency_address),
        _Field("Country\n国家", "text", lambda row: row.country),
        *_in_each_language(_POSITION, languages((row.position for row in rows), main), lambda row: row.position),
        _Field("Role\n角色", "text", lambda row: row.role),
        _Field("Modality\n参加方式", "text", lambda row: row.modality),
        _Field("Days\n天数", "decimal", lambda row: row.days),
        _Field("Source\n依据", "text", lambda row: row.source),
        _Field("People\n人数", "integer", lambda row: row.counted),
    ]


def _in_each_language(
    heads: Mapping[str, str], tags: Sequence[str], value: Callable[[ParticipantRow], Mapping[str, str] | None]
) -> list[_Field]:
    def cell(tag: str) -> Callable[[ParticipantRow], Cell]:
        return lambda row: (value(row) or {}).get(tag)

    return [_Field(heads.get(tag, f"{heads['en']} ({tag})"), "text", cell(tag)) for tag in tags]


def _write_rows(
    sheet: Sheet, rows: Sequence[ParticipantRow], fields: Sequence[_Field], head_row: int, styles: _Styles
) -> None:
    for i, head in enumerate(["No.\n序号", *(one.head for one in fields)]):
        sheet.text(head_row, i, head, styles.head)
    for number, row in enumerate(rows, start=1):
        style = styles.cell if row.name else styles.unnamed
        at = head_row + number
        sheet.write(at, 0, number if row.name else None, "integer", styles.number, styles.number)
        for i, one in enumerate(fields, start=1):
            looks = styles.number if one.kind in NUMBERS else style
            sheet.write(at, i, one.cell(row), one.kind, looks, looks)


def _write_total(sheet: Sheet, listing: ParticipantList, fields: Sequence[_Field], at: int, styles: _Styles) -> int:
    """Write the total and its parts by sex under the table; return the last row written."""
    total, people = listing.total, len(fields)
    least = total.uncounted > 0
    label = "Total 合计" + (", about 约" if total.approximate else "")
    for column in range(people + 1):
        sheet.text(at, column, label if column == 1 else "", styles.total, counts=False)
    _write_count(sheet, at, people, total.participations, styles.total_least if least else styles.total_number)
    for below, (name, text) in enumerate(_TOTALS, start=at + 1):
        sheet.text(below, 1, text, styles.part)
        _write_count(sheet, below, people, getattr(total, name), styles.part_least if least else styles.part_number)
    return at + len(_TOTALS)


def _write_count(sheet: Sheet, row: int, column: int, count: int | None, style: Format) -> None:
    sheet.write(row, column, count, "integer", style, style)


def _set_page(sheet: Sheet, head_row: int) -> None:
    worksheet = sheet.worksheet
    worksheet.freeze_panes(head_row + 1, 0)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.repeat_rows(head_row)
    worksheet.set_footer("&C&P / &N")
