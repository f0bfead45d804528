from __future__ import annotations

from eventrec.formats.feed_page import ListedFeed, render
from eventrec.formats.ical.records import CalendarOptions
from eventrec.formats.marks import written_by_eventrec


def page(*feeds: ListedFeed, languages: str = "both") -> str:
    return render(feeds, CalendarOptions({"en": "Events"}, languages=languages)).decode()


def test_a_calendar_stands_with_its_address_and_its_number_of_events() -> None:
    found = page(ListedFeed("project-1.ics", {"en": "Phase III", "zh": "第三期"}, 12))
    assert '<a href="project-1.ics">Phase III / 第三期</a></td><td>12</td>' in found


def test_a_name_cannot_bring_in_markup() -> None:
    assert "<script>" not in page(ListedFeed("all.ics", {"en": "<script>alert(1)</script>\x1b"}, 1))
    assert "\x1b" not in page(ListedFeed("all.ics", {"en": "<b>\x1b"}, 1))


def test_the_page_is_in_the_language_asked_for() -> None:
    found = page(ListedFeed("all.ics", {"en": "Events", "zh": "活动"}, 1), languages="zh")
    assert '<html lang="zh">' in found
    assert "Events" not in found


def test_eventrec_knows_its_own_page() -> None:
    assert written_by_eventrec(page().encode())
    assert not written_by_eventrec(b"<!doctype html>\n<html>")
