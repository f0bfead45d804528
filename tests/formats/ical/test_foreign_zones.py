from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.ical.make import read

from eventrec.formats.ical.zones import vtimezone

if TYPE_CHECKING:
    from eventrec.formats.ical.incoming import EventFile

BRUSSELS = """BEGIN:VTIMEZONE
TZID:{0}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def of(tzid: str, *zone: str, day: str = "20241017") -> EventFile:
    event = ["BEGIN:VEVENT", "UID:1", "SUMMARY:A", f'DTSTART;TZID="{tzid}":{day}T090000', "END:VEVENT"]
    return read("\r\n".join(["BEGIN:VCALENDAR", *zone, *event, "END:VCALENDAR"]).encode())


def found(file: EventFile) -> tuple[str | None, str | None]:
    assert not file.problems
    return file.events[0].start_time, file.events[0].timezone


@pytest.mark.parametrize(
    "tzid", ["UTC", "GMT", "Z", "tzone://Microsoft/Utc", "Coordinated Universal Time", "UTC+00:00"]
)
def test_utc_has_many_names(tzid: str) -> None:
    assert found(of(tzid)) == ("09:00", "UTC")


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi", "Asia/Shanghai"),
        ("(GMT+01.00) Amsterdam / Berlin / Rome", "Europe/Amsterdam"),
        ("GMT+0800", None),
    ],
)
def test_names_for_people_tell_a_city_or_an_offset(tzid: str, zone: str | None) -> None:
    file = of(tzid)
    assert found(file) == (("09:00", zone) if zone else ("01:00", "UTC"))
    assert len(file.told) == 1


def test_a_zone_that_nobody_knows_leaves_hours_without_one() -> None:
    file = of("Nowhere")
    assert found(file) == ("09:00", None)
    assert file.told[0] == "The time zone “Nowhere” is not known, so its hours are without a zone: line 5."


def test_a_zone_by_its_rules_is_the_one_that_has_its_hours() -> None:
    file = of("Customized Time Zone", BRUSSELS.format("Customized Time Zone"))
    assert found(file) == ("09:00", "Europe/Brussels")
    assert "“Customized Time Zone” is taken for Europe/Brussels, whose hours it has" in file.told[0]


def test_the_calendars_own_zone_goes_before_others_of_the_same_hours() -> None:
    file = of("Mine", "X-WR-TIMEZONE:Europe/Paris", BRUSSELS.format("Mine"))
    assert found(file) == ("09:00", "Europe/Paris")


def test_a_zone_that_no_place_has_is_told_in_utc() -> None:
    file = of("Odd", BRUSSELS.format("Odd").replace("+0200", "+0217").replace("+0100", "+0117"))
    assert found(file) == ("06:43", "UTC")
    assert file.told[0].startswith("The time zone “Odd” is none that is known, so its hours are told in UTC")


def test_a_zone_may_have_one_offset_and_no_rule() -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0800\nTZOFFSETTO:+0800\n"
    assert found(of("X", f"{zone}END:STANDARD\nEND:VTIMEZONE")) == ("09:00", "Asia/Shanghai")


@settings(max_examples=25)
@given(
    st.sampled_from(["Europe/London", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "Africa/Cairo"]),
    st.dates(datetime(2015, 1, 1, tzinfo=UTC).date(), datetime(2030, 12, 31, tzinfo=UTC).date()),
)
def test_the_moment_is_right_whatever_the_zone_is_called(zone: str, day: object) -> None:
    first = datetime.fromisoformat(f"{day}T09:00:00")
    lines = [line.replace(zone, "Somewhere else") for line in vtimezone(zone, first.date(), first.date())]
    start, named = found(of("Somewhere else", *lines, day=f"{first:%Y%m%d}"))
    assert start is not None
    told = datetime.fromisoformat(f"{day}T{start}:00").replace(tzinfo=ZoneInfo(named or "?"))
    assert told.astimezone(UTC) == first.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
