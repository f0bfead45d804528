from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.formats.ical.make import event, hours

from eventrec.formats.ical.letter import subject, text
from eventrec.formats.ical.records import CalendarEvent, CalendarOptions, Party

CHINA = {"en": "China", "zh": "中国"}


def options(method: str = "REQUEST", **given: Any) -> CalendarOptions:
    return CalendarOptions({}, method=method, **given)


def letter(of: CalendarEvent, method: str = "REQUEST", *, updated: bool = False, **given: Any) -> str:
    return text(of, options(method, **given), updated=updated)


def test_an_invitation_says_all_in_both_languages() -> None:
    said = letter(
        event(
            last=date(2024, 10, 18),
            **hours(),
            venue={"en": "Example Hotel", "zh": "示例酒店"},
            city={"en": "Beijing", "zh": "北京"},
            country={"en": "China", "zh": "中国"},
            online_url="https://example.org/join",
            source_url="https://example.org/news",
            description={"en": "Two days on returns.", "zh": "为期两天的返回研讨。"},
            organizer=Party({"en": "Example Institute", "zh": "示例研究所"}, "office@example.org"),
            contact=Party({"en": "LI Na", "zh": "李娜"}, "li.na@example.org"),
        )
    )
    english, chinese = said.split("----")
    assert english.split("\n") == [
        "You are invited to this event.", "",
        "Workshop", "",
        "When: Thursday 17 – Friday 18 October 2024, 09:00–17:00 each day (Asia/Shanghai, UTC+08:00)",
        "Where: Example Hotel, Beijing, China",
        "Join online: https://example.org/join",
        "More: https://example.org/news",
        "Organizer: Example Institute, office@example.org",
        "Contact: LI Na, li.na@example.org", "",
        "Two days on returns.", "",
        "Accept, decline or say tentative in your mail or calendar program, or reply to this message.", "", "",
    ]  # fmt: skip
    assert "时间：2024年10月17日（星期四）至18日（星期五），每天09:00–17:00（Asia/Shanghai, UTC+08:00）" in chinese
    assert "地点：示例酒店, 北京, 中国" in chinese
    assert "联系人：李娜, li.na@example.org" in chinese
    assert "为期两天的返回研讨。" in chinese


def test_one_language_is_one_letter() -> None:
    assert "研讨会" not in letter(event(), languages="en")
    assert "Workshop" not in letter(event(), languages="zh")


def test_the_main_language_comes_first() -> None:
    assert letter(event(), main="zh").startswith("诚邀")
    assert subject(event(), options(main="zh"), updated=False) == "邀请 / Invitation: 研讨会 / Workshop"


def test_a_title_in_one_language_stands_in_both_letters() -> None:
    assert letter(event(title={"en": "Workshop"})).count("Workshop") == 2


@pytest.mark.parametrize(
    ("method", "status", "updated", "about", "opening"),
    [
        ("REQUEST", "confirmed", False, "Invitation", "You are invited"),
        ("REQUEST", "confirmed", True, "Updated invitation", "This is your invitation as it stands now"),
        ("CANCEL", "cancelled", True, "Cancelled", "This event is cancelled"),
        ("CANCEL", "postponed", True, "Postponed", "This event is postponed"),
        ("CANCEL", "confirmed", True, "Invitation withdrawn", "The invitation to this event"),
    ],
)
def test_subject_and_text_say_what_it_is_about(
    method: str, status: str, updated: bool, about: str, opening: str
) -> None:
    that = event(status=status)
    assert subject(that, options(method, languages="en"), updated=updated) == f"{about}: Workshop"
    assert letter(that, method, updated=updated, languages="en").startswith(opening)


def test_a_cancellation_says_why_and_asks_for_nothing() -> None:
    said = letter(event(status="cancelled", status_reason="Venue closed"), "CANCEL", languages="en")
    assert "Reason: Venue closed" in said
    assert "No answer is needed" in said
    assert "Accept" not in said


def test_whole_days_have_no_hours() -> None:
    assert "When: Thursday 17 October 2024\n" in letter(event(), languages="en")


def test_fewer_working_days_are_said() -> None:
    said = letter(event(last=date(2024, 10, 20), days=2))
    assert "(2 working days)" in said
    assert "（共2个工作日）" in said


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("America/New_York", "UTC-04:00"), ("Asia/Kathmandu", "UTC+05:45"), ("Europe/Brussels", "UTC+02:00")],
)
def test_hours_say_how_far_they_are_from_utc(zone: str, offset: str) -> None:
    assert f"09:00–17:00 ({zone}, {offset})" in letter(event(**hours(zone)), languages="en")


def test_who_is_organizer_and_contact_stands_once() -> None:
    person = Party({"en": "LI Na"}, "li.na@example.org")
    assert letter(event(organizer=person, contact=person), languages="en").count("LI Na") == 1


@pytest.mark.parametrize("status", ["planned", "tentative"])
def test_a_date_that_is_not_certain_says_so(status: str) -> None:
    said = letter(event(status=status))
    assert "17 October 2024 – to be confirmed\n" in said
    assert "2024年10月17日（星期四）（待确认）" in said
