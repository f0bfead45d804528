"""Workbooks to fill in: bilingual headings with comments, lists to choose from, date and text cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.formats.cells import clean, plain
from eventrec.formats.workbook import Sheet, check_rows, new_workbook
from eventrec.vocabulary import (
    AGENCY_KINDS,
    EVENT_KINDS,
    EVENT_STATUSES,
    MODALITIES,
    PARTICIPATION_MODALITIES,
    PARTICIPATION_STATUSES,
    ROLES,
    SEXES,
    SOURCES,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from eventrec.table import Cell

VERSION: Final = "eventrec template 1"
"""The mark of a template, among the workbook's properties."""

LISTS: Final = "Lists 列表"
HELP: Final = "How to 说明"
_BLANK: Final = 200
_FIRST_DAY: Final = date(1950, 1, 1)
_FIRST_LIST_ROW: Final = 1
_LONGEST_LIST: Final = 5_000


class Field(NamedTuple):
    """A column: field, headings, what goes in (English, Chinese), width, kind, and the list to choose from."""

    name: str
    en: str
    zh: str
    hint: str
    hint_zh: str
    width: int = 16
    kind: str = "text"
    choose: str = ""


@dataclass(frozen=True)
class Lists:
    """What the book offers to choose from, each as the cells shall hold it."""

    agencies: Sequence[str] = ()
    cities: Sequence[str] = ()
    events: Sequence[str] = ()
    projects: Sequence[str] = ()


_NAME_EN: Final = Field(
    "name_en", "Name (English)", "姓名（英文）", "As the person writes it: LI Na", "按本人写法：LI Na", 24
)
_NAME_ZH: Final = Field("name_zh", "Name (Chinese)", "姓名（中文）", "李娜", "中文姓名", 14)
_SEX: Final = Field(
    "sex", "Sex", "性别", "female, male, other, not-stated; F, M, 男 and 女 are understood", "男、女", 11, choose="sex"
)
_AGENCY: Final = Field(
    "agency", "Agency", "单位", "Choose one, or type a new one", "从列表选择，或输入新单位", 30, choose="agencies"
)
_POSITION_EN: Final = Field("position_en", "Position (English)", "职务（英文）", "Director", "英文职务", 22)
_POSITION_ZH: Final = Field("position_zh", "Position (Chinese)", "职务（中文）", "处长", "中文职务", 16)
_EMAIL: Final = Field("email", "E-mail", "邮箱", "name@example.org", "name@example.org", 26)
_PHONE: Final = Field("phone", "Phone", "电话", "+86 10 6532 1234", "带国家代码", 20)
_MOBILE: Final = Field("mobile", "Mobile", "手机", "+86 138 0013 8000", "带国家代码", 20)
_COUNTRY: Final = Field("country", "Country", "国别", "Of the agency: China, CN", "单位所在国家", 14)
_NOTE: Final = Field("note", "Note", "备注", "For yourselves", "内部备注", 24)
_NUMBER: Final = "Leave it as it is; empty for a new one"
_NUMBER_ZH: Final = "请勿修改；新记录留空"

FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "participants": (
        _NAME_EN,
        _NAME_ZH,
        _SEX,
        _AGENCY,
        _POSITION_EN,
        _POSITION_ZH,
        _EMAIL,
        _MOBILE,
        _COUNTRY,
        Field("role", "Role", "角色", "participant unless you say otherwise", "默认为 participant", 14, choose="role"),
        Field(
            "status", "Status", "状态", "registered, confirmed, attended …", "报名、确认、出席等", 14, choose="status"
        ),
        Field("modality", "Modality", "参加方式", "in-person or online", "线下或线上", 14, choose="modality"),
        Field(
            "count",
            "People without a name",
            "无姓名人数",
            "Leave the name empty and give a number",
            "姓名留空，填人数",
            12,
            "integer",
        ),
        Field("women", "Women", "女", "Of people without a name", "无姓名者中的女性人数", 9, "integer"),
        Field("men", "Men", "男", "Of people without a name", "无姓名者中的男性人数", 9, "integer"),
        Field("source", "Source", "来源", "Where the information is from", "信息来源", 16, choose="source"),
        _NOTE,
    ),
    "contacts": (
        Field("contact", "Contact number", "联系人编号", _NUMBER, _NUMBER_ZH, 11, "integer"),
        Field("version", "Version", "版本", _NUMBER, _NUMBER_ZH, 9, "integer"),
        _NAME_EN,
        _NAME_ZH,
        Field("honorific", "Honorific", "称谓", "Mr., Ms., Dr.", "先生、女士", 10),
        _SEX,
        _AGENCY,
        _POSITION_EN,
        _POSITION_ZH,
        Field("unit", "Department", "部门", "Department or office", "部门或处室", 20),
        _EMAIL,
        _PHONE,
        _MOBILE,
        Field("wechat", "WeChat", "微信", "WeChat name", "微信号", 16),
        Field("address", "Address", "地址", "Postal address", "通讯地址", 30),
        Field("languages", "Languages", "语言", "en, zh", "en, zh", 12),
        _NOTE,
    ),
    "agencies": (
        Field("agency", "Agency number", "机构编号", _NUMBER, _NUMBER_ZH, 11, "integer"),
        Field("version", "Version", "版本", _NUMBER, _NUMBER_ZH, 9, "integer"),
        Field("code", "Code", "缩写", "Acronym: NIA", "英文缩写", 12),
        Field("name_en", "Name (English)", "名称（英文）", "Full name", "英文全称", 40),
        Field("name_zh", "Name (Chinese)", "名称（中文）", "中文全称", "中文全称", 28),
        Field("kind", "Kind", "类别", "What it is", "机构类型", 20, choose="agency kind"),
        Field("side", "Side", "方", "Reporting group: China, EU", "所属方", 12),
        Field("country", "Country", "国别", "China, CN", "国家", 14),
        Field("parent", "Part of", "上级单位", "Code or name of the agency above", "上级单位", 20, choose="agencies"),
        Field("website", "Website", "网站", "https://example.org", "网址", 26),
        _EMAIL,
        _PHONE,
        Field("aliases", "Aliases", "别名", "Other names; semicolons between them", "其他名称，用分号隔开", 26),
        _NOTE,
    ),
    "events": (
        Field("event", "Event number", "活动编号", _NUMBER, _NUMBER_ZH, 11, "integer"),
        Field("version", "Version", "版本", _NUMBER, _NUMBER_ZH, 9, "integer"),
        Field("title_en", "Title (English)", "标题（英文）", "Workshop on returns", "英文标题", 40),
        Field("title_zh", "Title (Chinese)", "标题（中文）", "返回研讨会", "中文标题", 28),
        Field("kind", "Kind", "类别", "What it is", "活动类型", 14, choose="event kind"),
        Field("status", "Status", "状态", "confirmed unless you say otherwise", "活动状态", 13, choose="event status"),
        Field("starts_on", "Start date", "开始日期", "First day", "第一天", 13, "date"),
        Field(
            "ends_on", "End date", "结束日期", "Last day; empty for one day", "最后一天；一天的活动可留空", 13, "date"
        ),
        Field("start_time", "Start time", "开始时间", "Of each day: 09:00", "每天开始时间", 11),
        Field("end_time", "End time", "结束时间", "Of each day: 17:00", "每天结束时间", 11),
        Field(
            "modality", "Modality", "方式", "in-person, online, hybrid", "线下、线上、混合", 13, choose="event modality"
        ),
        Field("venue_en", "Venue (English)", "地点（英文）", "Building or room", "英文地点", 22),
        Field("venue_zh", "Venue (Chinese)", "地点（中文）", "会议地点", "中文地点", 18),
        Field("city_en", "City (English)", "城市（英文）", "Beijing", "英文城市名", 14, choose="cities"),
        Field("city_zh", "City (Chinese)", "城市（中文）", "北京", "中文城市名", 12),
        Field("country", "Country", "国别", "China, CN", "国家", 14),
        Field(
            "projects",
            "Projects",
            "项目",
            "Codes; semicolons between them",
            "项目代码，用分号隔开",
            16,
            choose="projects",
        ),
        Field("organizers", "Organizers", "主办单位", "Codes or names; semicolons between them", "用分号隔开", 22),
        Field("topics", "Topics", "议题", "Semicolons between them", "用分号隔开", 22),
        _NOTE,
    ),
}
"""By kind: the columns of its template, in order."""

_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "sex": SEXES,
    "role": ROLES,
    "status": PARTICIPATION_STATUSES,
    "modality": PARTICIPATION_MODALITIES,
    "source": SOURCES,
    "agency kind": AGENCY_KINDS,
    "event kind": tuple(kind for kind in EVENT_KINDS if kind != "site-visit"),
    "event status": EVENT_STATUSES,
    "event modality": MODALITIES,
}
_COMMANDS: Final = {
    "participants": "eventrec import FILE.xlsx --event 1 --check",
    "contacts": "eventrec import FILE.xlsx --as contacts --check",
    "agencies": "eventrec import FILE.xlsx --as agencies --check",
    "events": "eventrec import FILE.xlsx --as events --check",
}


def heading(field: Field) -> str:
    """Return what stands above a column."""
    return f"{field.en} {field.zh}"


def render(kind: str, lists: Lists, rows: Sequence[Mapping[str, Cell]] = ()) -> bytes:
    """Write the template of a kind, blank or with rows to work on. Raises Rejected for too many rows."""
    check_rows(len(rows) + _BLANK)
    workbook, buffer = new_workbook(f"eventrec {kind}")
    workbook.set_custom_property("eventrec", f"{VERSION} {kind}")
    worksheet = workbook.add_worksheet(kind.capitalize())
    sheet, fields = Sheet(worksheet), FIELDS[kind]
    last = len(rows) + (_BLANK if not rows else 50)
    named = _write_lists(workbook, fields, lists)
    _write_table(workbook, sheet, kind, rows, last)
    for column, field in enumerate(fields):
        _validate(worksheet, column, field, last, named)
    _write_help(workbook, kind)
    worksheet.activate()
    workbook.close()
    return buffer.getvalue()


def _write_table(workbook: Workbook, sheet: Sheet, kind: str, rows: Sequence[Mapping[str, Cell]], last: int) -> None:
    worksheet, fields = sheet.worksheet, FIELDS[kind]
    text = workbook.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    day = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    number = workbook.add_format({"num_format": "0", "valign": "top"})
    looks = {"text": text, "date": day, "integer": number}
    for column, field in enumerate(fields):
        worksheet.set_column(column, column, field.width, looks[field.kind])
        for at, row in enumerate(rows, 1):
            _cell(sheet, at, column, row.get(field.name), field, looks)
    worksheet.add_table(
        0,
        0,
        last,
        len(fields) - 1,
        {
            "name": kind.capitalize(),
            "style": "Table Style Light 9",
            "columns": [{"header": heading(field), "format": looks[field.kind]} for field in fields],
        },
    )
    head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE6F0", "border": 1})
    for column, field in enumerate(fields):
        worksheet.write_string(0, column, heading(field), head)
        worksheet.write_comment(0, column, f"{field.hint}\n{field.hint_zh}", {"author": "eventrec", "x_scale": 1.6})
    worksheet.set_row(0, 48)
    worksheet.freeze_panes(1, 0)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(0)
    worksheet.print_area(0, 0, max(len(rows), 30), len(fields) - 1)


def _cell(sheet: Sheet, at: int, column: int, cell: Cell, field: Field, looks: Mapping[str, Format]) -> None:
    if cell is None or cell == "":
        return
    if field.kind == "date":
        sheet.write(at, column, cell, "date", looks["text"], looks["date"])
    elif field.kind == "integer":
        sheet.write(at, column, cell, "integer", looks["integer"], looks["date"])
    else:
        sheet.text(at, column, "; ".join(map(str, cell)) if isinstance(cell, list) else plain(cell), looks["text"])


def _write_lists(workbook: Workbook, fields: Sequence[Field], lists: Lists) -> dict[str, tuple[str, bool]]:
    """Write what can be chosen on a sheet of its own; returns name of the range and whether it is the whole choice."""
    offered = {**_WORDS, "agencies": lists.agencies, "cities": lists.cities, "projects": lists.projects}
    worksheet = workbook.add_worksheet(LISTS)
    head = workbook.add_format({"bold": True})
    found: dict[str, tuple[str, bool]] = {}
    for field in fields:
        values = [clean(value)[:255] for value in offered.get(field.choose, ())][:_LONGEST_LIST]
        if not values or field.choose in found:
            continue
        column = len(found)
        worksheet.write_string(0, column, heading(field), head)
        for at, value in enumerate(values, _FIRST_LIST_ROW):
            worksheet.write_string(at, column, value)
        worksheet.set_column(column, column, 30)
        letter, last = chr(65 + column), _FIRST_LIST_ROW + len(values)
        name = "list_" + field.choose.replace(" ", "_")
        workbook.define_name(name, f"='{LISTS}'!${letter}$2:${letter}${last}")
        found[field.choose] = (name, field.choose in _WORDS)
    return found


def _validate(
    worksheet: Worksheet, column: int, field: Field, last: int, named: Mapping[str, tuple[str, bool]]
) -> None:
    """Offer a list where there is one; a word of the vocabulary has to be one of it, an agency may be new."""
    if field.choose in named:
        name, whole = named[field.choose]
        rule: dict[str, Any] = {
            "validate": "list",
            "source": f"={name}",
            "error_type": "stop" if whole else "information",
        }
        rule |= {"error_title": field.en[:32], "error_message": f"{field.hint}. {field.hint_zh}。"[:255]}
        if not whole:
            rule |= {"show_error": False}
        worksheet.data_validation(1, column, last, column, rule)
    elif field.kind == "date":
        rule = {"validate": "date", "criteria": ">=", "value": _FIRST_DAY, "error_type": "warning"}
        rule |= {"error_title": field.en, "error_message": "A date: 2024-10-17. 日期：2024-10-17。"}
        worksheet.data_validation(1, column, last, column, rule)
    elif field.kind == "integer":
        rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_type": "warning"}
        worksheet.data_validation(1, column, last, column, rule)


def _write_help(workbook: Workbook, kind: str) -> None:
    """Write how the sheet is filled in and brought in."""
    worksheet = workbook.add_worksheet(HELP)
    worksheet.set_column(0, 0, 110)
    one = {
        "participants": (
            "One row for each person, or for people of one agency without a name.",
            "每人一行；没有姓名的同一单位人员合为一行，填写人数。",
        ),
        "contacts": ("One row for each person.", "每人一行。"),
        "agencies": (
            "One row for each agency; an agency that another is part of stands above it.",
            "每个机构一行；上级机构写在前面。",
        ),
        "events": ("One row for each event.", "每个活动一行。"),
    }[kind]
    lines = [
        *one,
        "Empty cells change nothing. Columns of your own are kept in the note.",
        "空白单元格不会改变任何内容。自行添加的列会保存在备注中。",
        f"Then 然后: {_COMMANDS[kind]}",
        "It says row by row what would happen, and saves nothing. Without --check it saves.",
        "该命令逐行说明将发生什么，不保存任何内容；去掉 --check 即保存。",
    ]
    for at, line in enumerate(lines):
        worksheet.write_string(at, 0, line)
