from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl

from eventrec.formats.marks import written_by_eventrec
from eventrec.formats.participant_list import ParticipantList, ParticipantRow, ParticipantTotal
from eventrec.formats.participant_sheet import render

NIA = {"en": "National Immigration Administration", "zh": "国家移民管理局"}
LISTING = ParticipantList(
    title={"en": "Workshop on Returns", "zh": "返回研讨会"},
    dates="17 October 2024",
    place="Beijing, China",
    projects=["EXAMPLE Example Project"],
    funding=["Funded by the Example Fund."],
    rows=[
        ParticipantRow(agency=NIA, women=4, men=8, other=0, not_stated=0, days=1, counted=12),
        ParticipantRow(name={"en": "LI Na", "zh": "李娜"}, sex="female", agency=NIA, days=1, counted=1),
    ],
    total=ParticipantTotal(13, 5, 8, 0, 0),
    notes=["Counted: people who attended."],
)


def sheet(listing: ParticipantList) -> Any:
    return openpyxl.load_workbook(io.BytesIO(render(listing))).active


def column_a(listing: ParticipantList) -> list[object]:
    return [row[0].value for row in sheet(listing).iter_rows()]


def test_the_event_stands_on_top() -> None:
    assert column_a(LISTING)[:7] == [
        "Workshop on Returns",
        "返回研讨会",
        "Date 日期: 17 October 2024",
        "Place 地点: Beijing, China",
        "Project 项目: EXAMPLE Example Project",
        "Funding 资助: Funded by the Example Fund.",
        None,
    ]


def test_headings_are_bilingual_and_names_have_a_column_a_language() -> None:
    heads = [cell.value for cell in sheet(LISTING)[8]]
    assert heads[:6] == ["No.\n序号", "Name", "姓名", "Sex\n性别", "Agency", "单位"]
    assert heads[-1] == "People\n人数"


def test_unnamed_people_come_last_and_the_total_below_them() -> None:
    read = sheet(LISTING)
    assert [read.cell(at, 2).value for at in range(9, 16)] == [
        "LI Na",
        "12 further, not named: 4 women, 8 men",
        "Total 合计",
        "women 女",
        "men 男",
        "other 其他",
        "not stated 未说明",
    ]
    people = read.max_column
    assert [read.cell(at, people).value for at in range(9, 16)] == [1, 12, 13, 5, 8, 0, 0]


def test_the_notes_close_the_sheet() -> None:
    assert column_a(LISTING)[-1] == "Counted: people who attended."


def test_a_total_with_uncounted_delegations_is_a_lower_bound() -> None:
    read = sheet(replace(LISTING, total=replace(LISTING.total, uncounted=1)))
    assert read.cell(11, read.max_column).number_format == '"≥"General'


def test_a_third_language_has_its_column() -> None:
    listing = replace(
        LISTING, rows=[*LISTING.rows, ParticipantRow(name={"fr": "Marie"}, counted=0)], title={"fr": "Atelier"}
    )
    read = sheet(listing)
    assert read["A1"].value == "Atelier"
    assert "Name (fr)" in [cell.value for row in read.iter_rows() for cell in row]


def test_it_prints_on_landscape_pages_one_page_wide_with_the_headings_on_each() -> None:
    read = sheet(LISTING)
    assert read.page_setup.orientation == "landscape"
    assert read.sheet_properties.pageSetUpPr.fitToPage
    assert read.page_setup.fitToHeight == 0
    assert read.print_title_rows == "$8:$8"


def test_it_is_marked_and_the_same_list_gives_the_same_bytes() -> None:
    assert render(LISTING) == render(LISTING)
    assert written_by_eventrec(render(LISTING))
