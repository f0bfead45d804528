from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest
from dateutil.tz import tzical

from eventrec.formats.ical.tzif import clock, load
from eventrec.formats.ical.zones import vtimezone

ZONES = [
    zone
    for zone in files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    if zone not in ("Factory", "localtime")
]


def written(zone: str, year: int) -> list[str]:
    return vtimezone(zone, date(year, 1, 1), date(year, 12, 31))


def test_china_is_one_standard_block() -> None:
    assert written("Asia/Shanghai", 2026) == [
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
        "BEGIN:STANDARD",
        "DTSTART:19910915T020000",
        "TZOFFSETFROM:+0900",
        "TZOFFSETTO:+0800",
        "TZNAME:CST",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def test_brussels_is_two_open_rules() -> None:
    """RFC 5545, 3.6.5."""
    found = written("Europe/Brussels", 2026)
    assert [line for line in found if line.startswith("RRULE")] == [
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    ]
    assert not [line for line in found if line.startswith("RDATE")]


def test_hours_before_midnight_move_the_weekday() -> None:
    """Nuuk changes its clocks at 23 hours on the day before the last Sunday of March."""
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=24,25,26,27,28,29,30;BYDAY=SA" in written("America/Nuuk", 2026)


def test_a_change_that_crosses_the_month_is_written_day_by_day() -> None:
    """Cairo changes back at 24 hours of October's last Thursday, which may be the 1st of November."""
    found = written("Africa/Cairo", 2026)
    assert not [line for line in found if line.startswith("RRULE")]
    assert "RDATE:20261030T000000" in found


def test_dates_stand_one_a_line() -> None:
    assert not [line for zone in ("Africa/Casablanca", "Africa/Cairo") for line in written(zone, 2026) if "," in line]


def test_an_unknown_zone_is_no_zone() -> None:
    with pytest.raises(LookupError):
        load("Nowhere/City")


def test_summer_is_the_later_clock_in_ireland_too() -> None:
    """The data call Ireland's winter time daylight saving of minus one hour."""
    found = "\n".join(written("Europe/Dublin", 2026))
    assert "TZOFFSETTO:+0100" in found.split("END:DAYLIGHT")[0]


@pytest.mark.parametrize("year", [1970, 2026, 2045])
def test_every_zone_is_read_right(year: int) -> None:
    """Read by python-dateutil, hour by hour on chosen days of the year, and compared with the zone's own data."""
    wrong = []
    for zone in ZONES:
        text = "\r\n".join(["BEGIN:VCALENDAR", *written(zone, year), "END:VCALENDAR", ""])
        try:
            theirs = tzical(io.StringIO(text)).get(zone)
        except ValueError as error:
            wrong.append(f"{zone}: {error}")
            continue
        ours = clock(zone)
        for day in range(0, 365, 13):
            wall = datetime(year, 1, 1, 12) + timedelta(days=day)  # noqa: DTZ001
            expected = wall.replace(tzinfo=ours).astimezone(UTC)
            if abs(wall.replace(tzinfo=theirs).astimezone(UTC) - expected) >= timedelta(minutes=1):
                wrong.append(f"{zone} on {wall}")
                break
    assert wrong == []
