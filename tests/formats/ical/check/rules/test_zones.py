from __future__ import annotations

import pytest
from tests.formats.ical.check.make import BERLIN, calendar, entry, event, findings, found, message

IN_BERLIN = "DTSTART;TZID=Europe/Berlin:20241017T090000"
AS_DATES = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Berlin",
    "BEGIN:STANDARD",
    "DTSTART:20231029T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "RDATE:20241027T030000",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:20240331T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)


def berlin(old: str = "", new: str = "", start: str = IN_BERLIN) -> bytes:
    """A calendar with an event in Berlin, a line of whose zone may be another; the event begins in line 19."""
    return calendar(*(line.replace(old, new) if old else line for line in BERLIN), *entry(start=start))


def test_a_zone_that_is_defined_and_named_is_fine() -> None:
    assert found(berlin()) == []
    assert found(calendar(*entry(start=IN_BERLIN), *BERLIN)) == []


def test_a_zone_without_definition_is_told_with_who_stumbles() -> None:
    octets = event(start=IN_BERLIN)
    assert found(octets) == [(7, "zone-undefined")]
    assert [finding.rule.client for finding in findings(octets)] == ["Outlook"]


def test_a_zone_is_told_once_however_often_it_is_named() -> None:
    assert found(calendar(*entry(start=IN_BERLIN), *entry(start=IN_BERLIN, uid="2"))) == [(7, "zone-undefined")]


@pytest.mark.parametrize(
    ("tzid", "expected"),
    [
        ("W. Europe Standard Time", [(7, "zone-undefined")]),
        ("/example.org/Europe/Berlin", []),
        ("/America/Argentina/Ushuaia", []),
        ("UTC", []),
        ("CEST", [(7, "zone-unknown")]),
        ('"+01:00"', [(7, "zone-unknown")]),
        ("Custom", [(7, "zone-unknown")]),
        ("leapseconds", [(7, "zone-unknown")]),
        ("Europe", [(7, "zone-unknown")]),
        ("../../etc/passwd", [(7, "zone-unknown")]),
    ],
)
def test_programs_know_zones_by_iana_s_and_windows_names(tzid: str, expected: list[tuple[int, str]]) -> None:
    assert found(event(start=f"DTSTART;TZID={tzid}:20241017T090000")) == expected


def test_a_zone_without_name_is_broken() -> None:
    assert (4, "zone-without-name") in found(berlin("TZID:Europe/Berlin", "X-NAME:Berlin"))
    assert (4, "zone-without-name") in found(berlin("TZID:Europe/Berlin", "TZID:"))


def test_a_zone_without_rules_is_broken() -> None:
    octets = calendar(*BERLIN[:2], BERLIN[-1], *entry(start=IN_BERLIN))
    assert found(octets) == [(4, "zone-without-rules")]


def test_a_zone_that_is_defined_twice_is_told() -> None:
    assert found(calendar(*BERLIN, *BERLIN, *entry(start=IN_BERLIN))) == [(19, "zone-twice")]


def test_a_zone_that_nothing_names_is_a_note() -> None:
    octets = calendar(*BERLIN, *entry())
    assert found(octets) == [(4, "zone-unused")]
    assert findings(octets)[0].rule.severity == "note"


def test_parts_of_a_zone_begin_at_a_local_time() -> None:
    assert (7, "zone-start") in found(berlin("DTSTART:19701025T030000", "DTSTART:19701025T010000Z"))
    named = berlin("DTSTART:19701025T030000", "DTSTART;TZID=Europe/Berlin:19701025T030000")
    assert found(named) == [(7, "zone-start-zone")]


def test_rules_of_a_zone_end_in_utc() -> None:
    assert (10, "zone-until") in found(berlin("BYMONTH=10;", "BYMONTH=10;UNTIL=20301027T030000;"))
    assert found(berlin("BYMONTH=10;", "BYMONTH=10;UNTIL=20301027T010000Z;")) == []


@pytest.mark.parametrize("when", ["20240115T090000", "20240715T090000", "19900115T090000", "20450715T090000"])
def test_a_zone_that_is_what_its_name_says_is_fine(when: str) -> None:
    assert found(berlin(start=f"DTSTART;TZID=Europe/Berlin:{when}")) == []


@pytest.mark.parametrize(("old", "new"), [("BYMONTH=10", "BYMONTH=9"), ("TZOFFSETTO:+0200", "TZOFFSETTO:+0300")])
def test_a_zone_that_is_not_what_its_name_says_is_told(old: str, new: str) -> None:
    octets = berlin(old, new)
    assert found(octets) == [(22, "zone-contradicts")]


def test_the_message_says_both_offsets() -> None:
    octets = berlin("BYMONTH=10", "BYMONTH=9")
    assert message(octets, "zone-contradicts") == (
        "By its VTIMEZONE “Europe/Berlin” is +01:00 from UTC here; by its name it is +02:00. Which one holds depends on"
        " the program."
    )


def test_a_zone_written_as_dates_is_understood() -> None:
    summer, winter = (f"DTSTART;TZID=Europe/Berlin:2024{month}15T090000" for month in ("07", "12"))
    assert found(calendar(*AS_DATES, *entry(start=summer), *entry(start=winter, uid="2"))) == []
    next_summer = "DTSTART;TZID=Europe/Berlin:20250715T090000"
    assert found(calendar(*AS_DATES, *entry(start=next_summer))) == [(21, "zone-contradicts")]


def test_a_time_before_a_zone_begins_is_told() -> None:
    start = "DTSTART;TZID=Europe/Berlin:20230115T090000"
    assert found(calendar(*AS_DATES, *entry(start=start))) == [(21, "zone-begins-late")]


def test_a_zone_of_ones_own_is_believed() -> None:
    lines = [line.replace("Europe/Berlin", "Mine").replace("BYMONTH=10", "BYMONTH=9") for line in BERLIN]
    assert found(calendar(*lines, *entry(start="DTSTART;TZID=Mine:20241017T090000"))) == []


def test_a_zone_s_name_is_a_text() -> None:
    lines = [line.replace("TZID:Europe/Berlin", "TZID:(UTC+01:00) Berlin\\, Bern") for line in BERLIN]
    assert found(calendar(*lines, *entry(start='DTSTART;TZID="(UTC+01:00) Berlin, Bern":20241017T090000'))) == []


def test_dates_of_a_zone_are_local_times() -> None:
    lines = [line.replace("RDATE:20241027T030000", "RDATE:20241027T010000Z") for line in AS_DATES]
    assert (10, "zone-start") in found(calendar(*lines, *entry(start=IN_BERLIN)))


def test_a_rule_that_is_not_understood_contradicts_nothing() -> None:
    assert found(berlin("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1SU")) == []


def test_a_time_that_the_clocks_skip_is_told() -> None:
    octets = berlin(start="DTSTART;TZID=Europe/Berlin:20240331T023000")
    assert found(octets) == [(22, "time-skipped")]
    assert message(octets, "time-skipped").startswith("2024-03-31 02:30 does not exist in Europe/Berlin")


def test_a_time_that_comes_twice_is_told() -> None:
    assert found(berlin(start="DTSTART;TZID=Europe/Berlin:20241027T023000")) == [(22, "time-repeated")]


@pytest.mark.parametrize("until", ["99991231T235959Z", "00010101T000000Z", "20301231", "20301231T000000"])
@pytest.mark.parametrize("start", ["00010601T000000", "19701025T030000", "99991231T235959"])
def test_any_year_of_a_zone_is_no_trouble(start: str, until: str) -> None:
    lines = [
        line.replace("DTSTART:19701025T030000", f"DTSTART:{start}").replace("BYMONTH=10", f"BYMONTH=10;UNTIL={until}")
        for line in BERLIN
    ]
    for when in ("00010701T000000", "20241017T090000", "99991231T235959"):
        findings(calendar(*lines, *entry(start=f"DTSTART;TZID=Europe/Berlin:{when}")))


@pytest.mark.parametrize("when", ["00010101T000000", "99991231T235959"])
def test_the_ends_of_time_are_no_trouble(when: str) -> None:
    assert {rule for _, rule in found(berlin(start=f"DTSTART;TZID=Europe/Berlin:{when}"))} >= {"year-out-of-reach"}
