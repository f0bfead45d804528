from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.formats.ical.make import content, event, hours, lines, values

from eventrec.formats.ical.programs import ANY, PROGRAMS

if TYPE_CHECKING:
    from eventrec.formats.ical.records import CalendarEvent

OUTLOOK, GOOGLE, APPLE = (PROGRAMS[word] for word in ("outlook", "google", "apple"))
SPRING: dict[str, Any] = {"first": date(2024, 3, 8), "last": date(2024, 3, 11)}
"""Four days, in which the clocks of New York go forward in the night to the third."""


def in_new_york(start: str = "09:00", end: str = "17:00") -> CalendarEvent:
    return event(**SPRING, **hours("America/New_York", start, end))


@pytest.mark.parametrize("word", ["thunderbird", "khal"])
def test_thunderbird_and_khal_take_what_suits_all(word: str) -> None:
    assert PROGRAMS[word] == ANY


@pytest.mark.parametrize("word", ["outlook", "google", "apple"])
def test_daily_hours_stay_one_rule_for_programs_that_lose_single_days(word: str) -> None:
    """RFC 5545 §3.3.10: a rule goes on in local time; Google shows no RDATE behind the rule's end."""
    assert values("RRULE", in_new_york(), program=PROGRAMS[word]) == [":FREQ=DAILY;COUNT=4"]
    assert values("RDATE", in_new_york(), program=PROGRAMS[word]) == []
    assert values("RRULE", in_new_york()) == [":FREQ=DAILY;COUNT=1"]


def test_a_change_of_the_clocks_within_the_hours_is_written_day_by_day_for_all() -> None:
    assert values("RDATE", in_new_york("01:00", "09:00"), program=OUTLOOK) != []


def test_in_utc_there_is_no_rule_across_a_change_of_the_clocks() -> None:
    assert values("RDATE", in_new_york(), program=OUTLOOK, utc=True) != []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (hours(), "BUSY"),
        ({}, "FREE"),
        ({"status": "tentative", **hours()}, "TENTATIVE"),
        ({"status": "cancelled", **hours()}, "FREE"),
        ({"status": "postponed", **hours()}, "FREE"),
        ({"removed": True, **hours()}, "FREE"),
    ],
    ids=str,
)
def test_outlook_is_told_free_and_busy_in_its_own_words(fields: dict[str, Any], expected: str) -> None:
    """[MS-OXCICAL] 2.1.3.1.1.20.31."""
    assert values("X-MICROSOFT-CDO-BUSYSTATUS", event(**fields), program=OUTLOOK) == [f":{expected}"]
    assert values("X-MICROSOFT-CDO-BUSYSTATUS", event(**fields)) == []


@pytest.mark.parametrize("fields", [{"status": "cancelled"}, {"status": "postponed"}, {"removed": True}], ids=str)
def test_what_is_called_off_takes_up_no_time(fields: dict[str, Any]) -> None:
    """RFC 5545 §3.8.2.7."""
    assert values("TRANSP", event(**fields, **hours())) == [":TRANSPARENT"]


def test_google_is_told_the_zone_of_the_most_events() -> None:
    several = [event(date(2024, 10, day), **hours(zone)) for day, zone in ((1, "UTC"), (2, "Asia/Tokyo"), (3, "UTC"))]
    several += [event(date(2024, 10, day), **hours()) for day in (4, 5)]
    assert "X-WR-TIMEZONE:Asia/Shanghai" in lines(*several, program=GOOGLE)
    assert not [line for line in lines(event(), program=GOOGLE) if line.startswith("X-WR-TIMEZONE")]
    assert not [line for line in lines(*several) if line.startswith("X-WR-TIMEZONE")]


def test_apple_is_shown_the_place_on_a_map_and_the_colour() -> None:
    there = event(latitude=Decimal("39.9"), longitude=Decimal("116.4"), venue={"en": 'Hall "A"; 2'})
    assert values("X-APPLE-STRUCTURED-LOCATION", there, program=APPLE) == [
        ";VALUE=URI;X-TITLE=\"Hall ^'A^'; 2\":geo:39.9,116.4"
    ]
    assert values("X-APPLE-STRUCTURED-LOCATION", event(), program=APPLE) == []
    assert "X-APPLE-CALENDAR-COLOR:#4682B4" in lines(event(), event(kind="training"), program=APPLE)


def test_a_place_without_a_name_is_called_by_the_events_title_on_the_map() -> None:
    there = event(latitude=Decimal(1), longitude=Decimal(2))
    assert values("X-APPLE-STRUCTURED-LOCATION", there, program=APPLE) == [
        ";VALUE=URI;X-TITLE=Workshop / 研讨会:geo:1,2"
    ]


def test_a_calendar_that_is_subscribed_to_says_its_name_with_one_event() -> None:
    """RFC 7986 §5.1 and §5.7."""
    assert "X-WR-CALNAME:Events / 活动" in lines(event(), subscribed=True)
    assert b"REFRESH-INTERVAL" not in content(event())
