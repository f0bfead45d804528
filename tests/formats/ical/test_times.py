"""Hours that are written without asking the zone are those that the zone would have told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.ical.make import event, hours

from eventrec.formats.ical import times as module
from eventrec.formats.ical.calendar import render
from eventrec.formats.ical.records import CalendarOptions
from eventrec.formats.ical.times import Zones
from eventrec.formats.ical.tzif import load

ZONES = files("tzdata").joinpath("zones").read_text().split()
HOURS = ("00:00", "00:30", "01:30", "02:00", "02:59", "03:00", "12:00", "23:30", "23:59")
OPTIONS = CalendarOptions({"en": "Events"})


@st.composite
def near_a_change(draw: st.DrawFn) -> tuple[str, date]:
    """Return a zone and a day close to one on which its clocks were changed, or will be by its rule."""
    zone = draw(st.sampled_from(ZONES))
    found = load(zone)
    year = draw(st.sampled_from((1, 2, 1890, 1970, 2025, 2026, 2038, 2100, 9998, 9999)))
    ruled = found.footer.onsets(year) if found.footer and year > found.governed_from.year else []
    moments = [onset.moment for onset in (*found.onsets, *ruled)] or [datetime(year, 6, 1)]  # noqa: DTZ001
    day = draw(st.sampled_from(moments)).date()
    return zone, day + timedelta(days=draw(st.integers(-2, 2))) if 1 < day.year < 9999 else day


@given(near_a_change(), st.sampled_from(HOURS[:-1]), st.booleans(), st.sampled_from((0, 0, 1, 3, 40)))
@settings(max_examples=300)
def test_calm_days_are_written_as_the_zone_tells_them(
    where: tuple[str, date], start: str, ends: bool, more: int
) -> None:
    zone, first = where
    last = min(first.toordinal() + more, date.max.toordinal())
    end = HOURS[HOURS.index(start) + 1] if ends else None
    asked = event(first, date.fromordinal(last), **hours(zone, start, end))
    short = render([asked], OPTIONS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_is_calm", lambda _: False)
        assert short == render([asked], OPTIONS)


@pytest.mark.parametrize("zone", ["Europe/Brussels", "America/New_York", "Pacific/Apia", "Africa/Monrovia"])
def test_every_day_of_years_with_changes_is_written_as_the_zone_tells_it(zone: str) -> None:
    days = [date(year, 1, 1) + timedelta(days=at) for year in (1971, 2011, 2024) for at in range(366)]
    events = [event(day, **hours(zone, "02:30", "23:30")) for day in days]
    short = render(events, OPTIONS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_is_calm", lambda _: False)
        assert short == render(events, OPTIONS)


def test_zones_grow_by_what_other_events_need() -> None:
    one, other = Zones(), Zones()
    one.add("Asia/Shanghai", "2024-03-01", "2024-03-05")
    one.add("Asia/Shanghai", "2024-01-01", "2024-01-02")
    other.add("Asia/Shanghai", "2023-01-01", "2023-01-02")
    other.add("Europe/Brussels", "2024-01-01", "2024-01-01")
    one.join(other)
    assert one == {"Asia/Shanghai": ("2023-01-01", "2024-03-05", 3), "Europe/Brussels": ("2024-01-01", "2024-01-01", 1)}
