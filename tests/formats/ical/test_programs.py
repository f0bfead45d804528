from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.formats.ical.make import content, event, hours, lines, values

from eventrec.formats.ical.programs import ANY, PROGRAMS

OUTLOOK, GOOGLE, APPLE = (PROGRAMS[word] for word in ("outlook", "google", "apple"))


@pytest.mark.parametrize("word", ["thunderbird", "khal"])
def test_thunderbird_and_khal_take_what_suits_all(word: str) -> None:
    assert PROGRAMS[word] == ANY


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
