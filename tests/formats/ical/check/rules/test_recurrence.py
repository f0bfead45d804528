from __future__ import annotations

import pytest
from tests.formats.ical.check.make import BERLIN, calendar, entry, event, found, message

BROKEN = (
    "COUNT=3",
    "FREQ=FORTNIGHTLY",
    "FREQ=DAILY;COUNT=0",
    "FREQ=DAILY;COUNT=three",
    "FREQ=DAILY;INTERVAL=-1",
    "FREQ=DAILY;UNTIL=tomorrow",
    "FREQ=DAILY;UNTL=20241101T010000Z",
    "FREQ=DAILY;BYHOUR=24",
    "FREQ=DAILY;BYMINUTE=60",
    "FREQ=DAILY;BYSECOND=61",
    "FREQ=YEARLY;BYMONTH=13",
    "FREQ=MONTHLY;BYMONTHDAY=0",
    "FREQ=MONTHLY;BYMONTHDAY=32",
    "FREQ=YEARLY;BYYEARDAY=-367",
    "FREQ=YEARLY;BYWEEKNO=54",
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0",
    "FREQ=WEEKLY;BYDAY=MON",
    "FREQ=MONTHLY;BYDAY=54MO",
    "FREQ=WEEKLY;BYDAY=",
    "FREQ=WEEKLY;WKST=1",
)
DOUBTFUL = (
    "FREQ=DAILY;COUNT=3;UNTIL=20241101T010000Z",
    "FREQ=DAILY;COUNT=3;",
    "FREQ=DAILY;COUNT=3;COUNT=4",
    "FREQ=WEEKLY;BYDAY=2MO",
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO",
    "FREQ=DAILY;BYSETPOS=1",
    "FREQ=MONTHLY;BYWEEKNO=20",
    "FREQ=WEEKLY;BYMONTHDAY=1",
    "FREQ=DAILY;BYYEARDAY=1",
)
FINE = (
    "FREQ=DAILY;COUNT=10",
    "FREQ=DAILY;UNTIL=19971224T000000Z;WKST=SU",
    "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=-1SU",
    "FREQ=YEARLY;BYDAY=20MO",
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
    "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200,-366",
    "FREQ=DAILY;BYMINUTE=0,20,40;BYHOUR=0,23",
    "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=5L;SKIP=FORWARD",
    "FREQ=DAILY;X-NAME=1",
)


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_that_no_program_can_follow_is_broken(rule: str) -> None:
    assert (8, "recurrence-rule") in found(event(f"RRULE:{rule}"))


@pytest.mark.parametrize("rule", DOUBTFUL)
def test_a_rule_whose_parts_do_not_fit_is_told(rule: str) -> None:
    assert found(event(f"RRULE:{rule}")) == [(8, "recurrence-part")]


@pytest.mark.parametrize("rule", FINE)
def test_a_rule_that_is_one_is_fine(rule: str) -> None:
    assert found(event(f"RRULE:{rule}", start="DTSTART:19970902T130000Z")) == []


def test_the_message_names_what_is_wrong_in_the_rule() -> None:
    assert message(event("RRULE:FREQ=WEEKLY;BYDAY=MO,DI"), "recurrence-rule") == (
        "RRULE: BYDAY is “DI”; it is written MO or, for the second Monday, 2MO."
    )


@pytest.mark.parametrize(
    ("start", "until", "expected"),
    [
        ("DTSTART:20241017T010000Z", "20241101T010000Z", []),
        ("DTSTART:20241017T010000Z", "20241101T010000", [(8, "until-type")]),
        ("DTSTART:20241017T010000Z", "20241101", [(8, "until-type")]),
        ("DTSTART;VALUE=DATE:20241017", "20241101", []),
        ("DTSTART;VALUE=DATE:20241017", "20241101T010000Z", [(8, "until-type")]),
        ("DTSTART:20241017T010000", "20241101T010000", []),
        ("DTSTART:20241017T010000", "20241101T010000Z", [(8, "until-type")]),
    ],
)
def test_until_is_of_the_type_of_the_start(start: str, until: str, expected: list[tuple[int, str]]) -> None:
    octets = event(f"RRULE:FREQ=DAILY;UNTIL={until}", start=start)
    assert [each for each in found(octets) if each[1] != "floating-time"] == expected


def test_until_of_a_start_with_a_zone_is_in_utc() -> None:
    start = "DTSTART;TZID=Europe/Berlin:20241017T090000"
    assert found(calendar(*BERLIN, *entry("RRULE:FREQ=DAILY;UNTIL=20241101T080000Z", start=start))) == []
    local = calendar(*BERLIN, *entry("RRULE:FREQ=DAILY;UNTIL=20241101T090000", start=start))
    assert found(local) == [(23, "until-type")]


def test_a_rule_that_ends_before_it_begins_is_told() -> None:
    assert found(event("RRULE:FREQ=DAILY;UNTIL=20241001T010000Z")) == [(8, "no-occurrence")]


def test_a_second_rule_is_told() -> None:
    assert found(event("RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=WEEKLY;COUNT=2")) == [(9, "rules-several")]


def test_a_rule_needs_a_start() -> None:
    assert found(calendar(*entry("RRULE:FREQ=DAILY", kind="VTODO", start=""))) == [(7, "rule-without-start")]


def test_a_rule_of_exceptions_is_told() -> None:
    assert found(event("RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY")) == [(9, "exrule")]


@pytest.mark.parametrize("name", ["EXDATE", "RDATE"])
def test_days_of_a_series_are_of_its_type(name: str) -> None:
    lines = ("RRULE:FREQ=DAILY;COUNT=3", f"{name};VALUE=DATE:20241018")
    assert found(event(*lines)) == [(9, "exception-type")]
    assert found(event(*lines, start="DTSTART;VALUE=DATE:20241017")) == []


def test_one_day_of_a_series_is_no_series_itself() -> None:
    lines = ("RECURRENCE-ID:20241017T010000Z", "RRULE:FREQ=DAILY")
    assert found(event(*lines)) == [(8, "recurrence-id-and-rule")]
