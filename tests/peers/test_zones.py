"""Every time zone there is: what others make of the rules that we write (RFC 5545, 3.6.5)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from tests.formats.ical.make import content, event, hours
from tests.formats.ical.test_zones import ZONES
from tests.peers import environments, same
from tests.peers.book import zone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

YEARS = (1970, 2026, 2045)
SEASONS = (1, 4, 7, 10)
SPARSE = (1, 7)
"""Months looked at by the readers that take their time."""


def days(name: str, year: int, months: tuple[int, ...]) -> list[date]:
    """Return a day of each month, and the days before and after every change of the clocks."""
    clocks = zone(name)

    def offset(day: date) -> timedelta | None:
        return datetime.combine(day, time(12), clocks).utcoffset()

    found = {date(year, month, 15) for month in months}
    if months == SEASONS:
        whole_year = [date(year, 1, 1) + timedelta(days=at) for at in range(365)]
        for before, after in pairwise(whole_year):
            found |= {before, after} if offset(before) != offset(after) else set()
    return sorted(found)


def written(path: Path, year: int, months: tuple[int, ...]) -> dict[str, list[list[str]]]:
    """Write a calendar with an event at noon on such days in every zone; return by uid when it is."""
    events, wanted = [], {}
    for name in ZONES:
        for day in days(name, year, months):
            noon = event(day, title={"en": name}, **hours(name, "12:00", "13:00"))
            starts = datetime.combine(day, time(12), zone(name)).astimezone(UTC)
            events.append(noon)
            wanted[noon.uid] = same.spans([(starts, starts + timedelta(hours=1))])
    path.write_bytes(content(*events))
    return wanted


def wrong(read: dict[str, Any], wanted: dict[str, list[list[str]]]) -> list[str]:
    """Return the events that a reader shows at another time."""
    (told,) = read.values()
    assert {each["uid"] for each in told["events"]} == wanted.keys()
    shown = [(each["summary"], each["spans"], wanted[each["uid"]]) for each in told["events"]]
    return [f"{name}: {found} for {meant}" for name, found, meant in shown if found != meant]


@pytest.mark.parametrize("year", YEARS)
def test_ical_reads_every_zone_right(tmp_path: Path, year: int) -> None:
    wanted = written(tmp_path / "zones.ics", year, SPARSE)
    assert len(wanted) == len(SPARSE) * len(ZONES)
    assert wrong(environments.read("ical", tmp_path, ["zones.ics"]), wanted) == []


@pytest.mark.parametrize("year", YEARS)
def test_vobject_reads_every_zone_right(tmp_path: Path, year: int) -> None:
    """A zone whose rules are those of UTC from 2000 to 2020 it takes from pytz, whose tables end in 2037."""
    wanted = written(tmp_path / "zones.ics", year, SPARSE)
    found = wrong(environments.read("vobject", tmp_path, ["zones.ics"]), wanted)
    assert [line for line in found if year < 2038 or not at_greenwich_in_winter(line.partition(":")[0], year)] == []


def at_greenwich_in_winter(name: str, year: int) -> bool:
    return zone(name).utcoffset(datetime(year, 1, 15)) == timedelta()  # noqa: DTZ001


@pytest.mark.interop
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("read", [environments.read_with_icaljs, environments.read_with_libical])
def test_every_zone_is_read_right_around_every_change(tmp_path: Path, read: Callable[..., Any], year: int) -> None:
    wanted = written(tmp_path / "zones.ics", year, SEASONS)
    assert len(wanted) > len(SEASONS) * len(ZONES)
    assert wrong(read(tmp_path, ["zones.ics"]), wanted) == []
