from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from tests.services import make
from tests.services.imports.sheet import bring, problems, said, sheet

if TYPE_CHECKING:
    from eventrec.book import Book

AGENCIES = ("缩写", "名称", "Name (English)", "类别", "国别", "上级单位", "别名", "网站")
EVENTS = ("标题", "Title (English)", "日期", "Start time", "End time", "城市", "项目", "主办单位", "状态", "备注")


def test_agencies_with_parts_and_aliases(book: Book) -> None:
    file = sheet(
        AGENCIES,
        ("NIA", "国家移民管理局", "National Immigration Administration", "政府", "中国", None, "移民局; NIAC"),
        (None, "北京总站", None, "政府机构", "CN", "NIA"),
    )
    assert said(bring(book, file, kind="agencies")) == {2: "new", 3: "new"}
    whole, part = sorted(book.reader.agencies(), key=lambda row: int(str(row["id"])))
    assert (whole["code"], whole["kind"], whole["country"]) == ("NIA", "government", "CN")
    assert whole["aliases"] == ["NIAC", "移民局"]
    assert part["parent"] == "NIA"
    assert bring(book, file, kind="agencies").same == 2


def test_a_known_agency_is_filled_and_what_differs_is_kept(book: Book) -> None:
    with book.writing("a test") as work:
        make.agency(work.session, "NIA", country="CN")
    outcome = bring(book, sheet(AGENCIES, ("nia", "国家移民管理局", None, "政府", "FR")), kind="agencies")
    row = book.reader.agency(1)
    assert (row["name"], row["kind"], row["country"]) == (
        {"en": "Agency NIA", "zh": "国家移民管理局"},
        "government",
        "CN",
    )
    assert "kept: country “CN” (the file says “FR”)" in outcome.results[0].text
    bring(book, sheet(AGENCIES, ("NIA", None, None, None, "FR")), kind="agencies", mode="update")
    assert book.reader.agency(1)["country"] == "FR"


def test_bad_agency_rows_are_named_by_their_cell(book: Book) -> None:
    file = sheet(
        AGENCIES,
        ("123", "数字"),
        (None, None, None, "政府"),
        ("X", "未知", None, None, None, "Nobody"),
        ("Y", "好", None, "club"),
    )
    outcome = bring(book, file, kind="agencies")
    assert [each.row for each in outcome.problems] == [2, 3, 4, 5]
    assert problems(outcome)[1:] == [(3, "名称"), (4, "上级单位"), (5, "类别")]
    assert len(book.reader.agencies()) == 0


@pytest.fixture
def ready(book: Book) -> Book:
    """A book with an agency and a project."""
    with book.writing("a test") as work:
        make.agency(work.session)
        make.project(work.session)
    return book


def test_events_with_dates_hours_and_parties(ready: Book) -> None:
    file = sheet(
        EVENTS,
        (
            "返回研讨会",
            "Workshop on returns",
            date(2024, 10, 17),
            time(9, 0),
            0.75,
            "Beijing",
            "MMSP-III",
            "NIA",
            "已举办",
        ),
        ("培训", None, "2025年3月10日至12日", None, None, "上海"),
        ("会议", "Meeting", 45000.0),
        ("未定", None, None, None, None, None, None, None, None, "mid-May"),
    )
    assert said(bring(ready, file)) == dict.fromkeys(range(2, 6), "new")
    workshop, training, meeting, undated = sorted(ready.reader.events(), key=lambda row: int(str(row["id"])))
    assert workshop["title"] == {"en": "Workshop on returns", "zh": "返回研讨会"}
    assert (workshop["starts_on"], workshop["start_time"], workshop["end_time"]) == ("2024-10-17", "09:00", "18:00")
    assert (workshop["status"], workshop["projects"], workshop["organizers"]) == ("held", ["MMSP-III"], ["NIA"])
    assert (workshop["country"], workshop["timezone"]) == ("CN", "Asia/Shanghai")
    assert (training["starts_on"], training["ends_on"]) == ("2025-03-10", "2025-03-12")
    assert meeting["starts_on"] == "2023-03-15"
    assert (undated["starts_on"], undated["status"], undated["note"]) == (None, "planned", "mid-May")
    assert bring(ready, file).same == 4


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("A", None, "2024-02-30"), "日期"),
        (("A", None, "06/02/2025"), "日期"),
        (("A", None, None, None, None, None, "NOPE"), "项目"),
        (("A", None, None, None, None, None, None, "Nobody"), "主办单位"),
        (("A", None, "2024-10-17", "17:00", "09:00"), "Start time"),
        (("A", None, None, None, None, None, None, None, "maybe"), "状态"),
        ((None, None, "2024-10-17"), "标题"),
    ],
)
def test_bad_events_are_named_by_their_cell(ready: Book, row: tuple[object, ...], column: str) -> None:
    outcome = bring(ready, sheet(EVENTS, row))
    assert problems(outcome) == [(2, column)]
    assert len(ready.reader.events()) == 0


def test_near_names_of_a_long_file_are_looked_up_to_a_bound(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eventrec.services.imports.agencies.NEAR_UNTIL", 2)
    names = ("National Return Office", "Nationale Return Office", "National Return Offices", "National Returns Office")
    rows = [("name", "kind"), *((name, "other") for name in names)]
    outcome = bring(book, sheet(*rows), kind="agencies")
    assert {each.row for each in outcome.likely} == {3}
    assert "Near names were looked up for 2 rows; others: eventrec agency duplicates" in outcome.told


def test_an_organizer_that_is_named_in_both_languages_is_one(book: Book) -> None:
    with book.writing("a test") as work:
        make.agency(work.session, "NIA")
    names = book.reader.agency(1)["name"]
    row = ("研讨会", None, "2024-10-17", None, None, None, None, f"NIA; {names['en']}")
    assert said(bring(book, sheet(EVENTS, row), kind="events")) == {2: "new"}
    assert book.reader.event(1)["organizers"] == ["NIA"]
    assert said(bring(book, sheet(EVENTS, row), kind="events")) == {2: "same"}
