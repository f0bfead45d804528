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


def changes(zone: str, year: int) -> list[datetime]:
    """Return the moments of a year and its neighbours at which Python's own reading of the zone changes its offset."""
    clocks = clock(zone)

    def offset(moment: datetime) -> timedelta:
        return moment.astimezone(clocks).utcoffset() or timedelta()

    found = []
    start = datetime(year - 1, 1, 2, tzinfo=UTC)
    for early in (start + timedelta(days=5 * step) for step in range(3 * 73)):
        late = early + timedelta(days=5)
        if offset(early) == offset(late):
            continue
        while late - early > timedelta(seconds=1):
            middle = early + (late - early) // 2
            early, late = (middle, late) if offset(middle) == offset(early) else (early, middle)
        found.append(late.replace(microsecond=0))
    return found


def samples(zone: str, year: int) -> list[datetime]:
    """Return local times of a year: each season, and so near before and after every change as readers can agree on.

    When the clocks go back an hour comes twice, and a wall clock cannot say which of them is meant.
    """
    clocks = clock(zone)
    found = [datetime(year, month, 15, 12, tzinfo=UTC) for month in (1, 4, 7, 10)]
    for change in changes(zone, year):
        before, after = ((change + timedelta(seconds=at)).astimezone(clocks).utcoffset() for at in (-1, 1))
        apart = max((before or timedelta()) - (after or timedelta()), timedelta()) + timedelta(minutes=2)
        found += [change - apart, change + apart]
    return [moment.astimezone(clocks) for moment in found]


@pytest.mark.parametrize("year", [1970, 2026, 2045])
def test_every_zone_is_read_right(year: int) -> None:
    """RFC 5545, 3.6.5, read by python-dateutil around every change from the year before to the year after."""
    wrong = []
    for zone in ZONES:
        text = "\r\n".join(["BEGIN:VCALENDAR", *written(zone, year), "END:VCALENDAR", ""])
        theirs = tzical(io.StringIO(text)).get(zone)
        for moment in samples(zone, year):
            offset = moment.replace(tzinfo=theirs).utcoffset()
            if offset is None or abs(offset - (moment.utcoffset() or timedelta())) >= timedelta(minutes=1):
                wrong.append(f"{zone} at {moment.isoformat()}: {offset}")
    assert wrong == []


def test_the_changes_of_the_clocks_are_looked_at() -> None:
    assert [change.isoformat() for change in changes("Europe/Brussels", 2026)][2:4] == [
        "2026-03-29T01:00:00+00:00",
        "2026-10-25T01:00:00+00:00",
    ]


def test_a_rule_goes_on_after_the_years_asked_for() -> None:
    """RFC 5545, 3.6.5: an observance without UNTIL holds until another one begins."""
    text = "\r\n".join(["BEGIN:VCALENDAR", *written("America/New_York", 2026), "END:VCALENDAR", ""])
    theirs = tzical(io.StringIO(text)).get("America/New_York")
    assert datetime(2060, 7, 1, 12, tzinfo=theirs).utcoffset() == timedelta(hours=-4)
    assert datetime(2060, 12, 1, 12, tzinfo=theirs).utcoffset() == timedelta(hours=-5)


@pytest.mark.parametrize(
    ("zone", "year"), [("Europe/Riga", 2000), ("Europe/Tallinn", 2001), ("Antarctica/Macquarie", 2010)]
)
def test_a_year_in_which_the_clocks_stood_still_is_not_ruled(zone: str, year: int) -> None:
    """The changes before and after such a year are those of the yearly rule; in it there is none."""
    text = "\r\n".join(["BEGIN:VCALENDAR", *vtimezone(zone, date(1990, 1, 1), date(2026, 1, 1)), "END:VCALENDAR", ""])
    theirs = tzical(io.StringIO(text)).get(zone)
    months = [datetime(each, month, 15, 12) for each in (year - 2, year, 2026) for month in range(1, 13)]  # noqa: DTZ001
    assert [month.replace(tzinfo=theirs).utcoffset() for month in months] == [
        month.replace(tzinfo=clock(zone)).utcoffset() for month in months
    ]
