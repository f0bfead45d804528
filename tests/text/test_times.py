from __future__ import annotations

from contextlib import suppress
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrec.errors import EventrecError, Rejected
from eventrec.text.times import local_time_problem, read_hours, read_timezone

STRANGE = st.text(
    st.sampled_from("0123456789二九十点时分半刻上下中午晚凌晨至到 :.：-–~apmPMto\u0664\u200e\x00"), max_size=16
)
ZONES = files("tzdata").joinpath("zones").read_text("utf-8").split()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("09:00-17:00", "09:00", "17:00"),
        ("9:00–17:30", "09:00", "17:30"),
        ("9.30-17.00", "09:30", "17:00"),
        ("9-17", "09:00", "17:00"),
        ("9-12", "09:00", "12:00"),
        ("09:00 to 17:00", "09:00", "17:00"),
        ("9:00..17:00", "09:00", "17:00"),
        ("９：００－１７：００", "09:00", "17:00"),
        ("14:00", "14:00", None),
        ("00:00", "00:00", None),
        ("٩:٠٠", "09:00", None),
    ],
)
def test_hours_are_read_by_24_hours(text: str, start: str, end: str | None) -> None:
    assert read_hours(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9am-5pm", "09:00", "17:00"),
        ("9:30 a.m. to 5:30 p.m.", "09:30", "17:30"),
        ("12am-12pm", "00:00", "12:00"),
        ("12:30AM", "00:30", None),
        ("2-4pm", "14:00", "16:00"),
        ("9-5pm", "09:00", "17:00"),
        ("11:30-1pm", "11:30", "13:00"),
        ("9am-12", "09:00", "12:00"),
        ("9am-5", "09:00", "17:00"),
        ("8pm-8:30", "20:00", "20:30"),
    ],
)
def test_hours_are_read_by_12_hours(text: str, start: str, end: str | None) -> None:
    assert read_hours(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9:00至17:00", "09:00", "17:00"),
        ("9点-17点", "09:00", "17:00"),
        ("上午9点-下午5点", "09:00", "17:00"),
        ("上午9时30分至下午5时", "09:30", "17:00"),
        ("上午九点到下午五点半", "09:00", "17:30"),
        ("下午2点-4点", "14:00", "16:00"),
        ("上午9点-12点", "09:00", "12:00"),
        ("上午9:30", "09:30", None),
        ("9点半", "09:30", None),
        ("8点一刻", "08:15", None),
        ("中午12点", "12:00", None),
        ("中午1点", "13:00", None),
        ("晚上8点", "20:00", None),
        ("凌晨1点", "01:00", None),
        ("下午14:00", "14:00", None),
    ],
)
def test_hours_are_read_in_chinese(text: str, start: str, end: str | None) -> None:
    assert read_hours(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("9-5", "09:00-17:00", "09:00-05:00"),
        ("9:00-5:00", "09:00-17:00", "09:00-05:00"),
        ("9点-5点", "09:00-17:00", "09:00-05:00"),
        ("2-4", "02:00-04:00", "14:00-16:00"),
        ("9", "09:00", "21:00"),
        ("上午12点", "12:00", "00:00"),
    ],
)
def test_hours_that_can_be_read_two_ways_are_refused_with_both(text: str, one: str, other: str) -> None:
    with pytest.raises(Rejected, match=f"can be read as {one} or {other}"):
        read_hours(text)


@pytest.mark.parametrize("text", ["22:00-02:00", "17-9", "5pm-9am", "09:00-09:00", "下午2点-1点", "14:00-04:00"])
def test_hours_past_midnight_are_those_of_two_days(text: str) -> None:
    with pytest.raises(Rejected, match="not after their start") as refused:
        read_hours(text)
    assert "two days" in refused.value.hint


@pytest.mark.parametrize("text", ["24:00", "9:60", "25:00-26:00"])
def test_a_time_that_no_day_has_is_refused(text: str) -> None:
    with pytest.raises(Rejected, match="in a day"):
        read_hours(text)


@pytest.mark.parametrize("text", ["13pm", "0am", "晚上12点", "上午14:00", "下午3pm"])
def test_a_time_that_its_part_of_the_day_lacks_is_refused(text: str) -> None:
    with pytest.raises(Rejected, match="is no time of day"):
        read_hours(text)


@pytest.mark.parametrize("text", ["", "noon", "9:5", "9:00-12:00, 13:00-17:00", "9:00\x00", "09:00:00", "-"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(Rejected, match="not understood as hours"):
        read_hours(text)


@pytest.mark.parametrize("text", ["9" * 10_000, "9:00" + " " * 200 + "-17:00 or so"])
def test_long_hours_are_refused_in_a_short_sentence(text: str) -> None:
    with pytest.raises(Rejected) as refused:
        read_hours(text)
    assert len(refused.value.message) < 200


@given(st.times(), st.times())
def test_hours_are_read_back(one: object, other: object) -> None:
    start, end = sorted(str(each)[:5] for each in (one, other))
    if start < end:
        assert read_hours(f"{start}-{end}") == (start, end)
    assert read_hours(start) == (start, None)


@given(st.one_of(st.text(), STRANGE))
def test_any_text_is_hours_or_refused(text: str) -> None:
    with suppress(EventrecError):
        start, end = read_hours(text)
        assert "00:00" <= start < (end or "24:00") <= "24:00"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Asia/Shanghai", "Asia/Shanghai"),
        (" asia/shanghai ", "Asia/Shanghai"),
        ("america/new york", "America/New_York"),
        ("PRC", "PRC"),
        ("Asia/Chongqing", "Asia/Chongqing"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_read_by_its_name(text: str, name: str) -> None:
    assert read_timezone(text) == (name, None)


@pytest.mark.parametrize("text", ["Asia/Beijing", "asia/beijing", "北京时间"])
def test_beijing_is_kept_as_shanghai_and_said(text: str) -> None:
    assert read_timezone(text) == ("Asia/Shanghai", f"{text} is kept as Asia/Shanghai, the name of its time zone.")


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("Europe/Brussel", "Europe/Brussels"),
        ("Shanghai", "Asia/Shanghai"),
        ("New York", "America/New_York"),
        ("日内瓦", "Europe/Zurich"),
    ],
)
def test_an_unknown_zone_is_refused_with_the_nearest(text: str, nearest: str) -> None:
    with pytest.raises(Rejected, match="There is no time zone") as refused:
        read_timezone(text)
    assert nearest in refused.value.hint


@pytest.mark.parametrize("text", ["UTC+8", "GMT+8", "+08:00", "Etc/GMT 8"])
def test_an_offset_is_not_answered_with_the_zone_of_the_opposite_sign(text: str) -> None:
    with pytest.raises(Rejected) as refused:
        read_timezone(text)
    assert "GMT" not in refused.value.hint


@pytest.mark.parametrize("text", ["", "localtime", "Factory", "posixrules", "../etc/passwd", "x\ud800", "A" * 10_000])
def test_what_is_no_zone_everywhere_is_refused(text: str) -> None:
    with pytest.raises(Rejected):
        read_timezone(text)


@given(st.sampled_from([zone for zone in ZONES if zone != "Factory"]))
def test_every_iana_zone_is_known(zone: str) -> None:
    assert read_timezone(zone.upper()) == (zone, None)


@pytest.mark.parametrize(
    ("day", "clock", "zone", "problem"),
    [
        (date(2024, 10, 17), "09:00", "Asia/Shanghai", None),
        (date(2024, 3, 31), "02:00", "Europe/Brussels", "gap"),
        (date(2024, 3, 31), "02:59", "Europe/Brussels", "gap"),
        (date(2024, 3, 31), "03:00", "Europe/Brussels", None),
        (date(2024, 10, 27), "01:59", "Europe/Brussels", None),
        (date(2024, 10, 27), "02:00", "Europe/Brussels", "repeated"),
        (date(2024, 10, 27), "03:00", "Europe/Brussels", None),
        (date(2011, 12, 29), "23:59", "Pacific/Apia", None),
        (date(2011, 12, 30), "12:00", "Pacific/Apia", "gap"),
        (date(2011, 12, 31), "00:00", "Pacific/Apia", None),
        (date(2024, 4, 7), "01:45", "Australia/Lord_Howe", "repeated"),
        (date(2100, 3, 28), "02:30", "Europe/Brussels", "gap"),
    ],
)
def test_a_time_that_does_not_exist_or_comes_twice_is_told(
    day: date, clock: str, zone: str, problem: str | None
) -> None:
    assert local_time_problem(day, clock, zone) == problem
