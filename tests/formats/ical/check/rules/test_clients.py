from __future__ import annotations

import pytest
from tests.formats.ical.check.make import HEAD, calendar, content, entry, event, findings, found


def test_hours_without_a_zone_are_told() -> None:
    assert found(event(start="DTSTART:20241017T090000")) == [(7, "floating-time")]
    assert found(event(start="DTSTART;VALUE=DATE:20241017")) == []


def test_outlook_wants_a_rule_beside_dates() -> None:
    assert found(event("RDATE:20241018T010000Z")) == [(8, "rdate-without-rrule")]
    assert found(event("RRULE:FREQ=DAILY;COUNT=1", "RDATE:20241018T010000Z")) == []


def test_google_shows_no_dates_after_the_rule() -> None:
    lines = ("RRULE:FREQ=DAILY;UNTIL=20241020T010000Z", "RDATE:20241101T010000Z")
    assert found(event(*lines)) == [(9, "rdate-after-until")]


def test_khal_knows_no_periods() -> None:
    lines = ("RRULE:FREQ=DAILY;COUNT=1", "RDATE;VALUE=PERIOD:20241018T010000Z/PT1H")
    assert found(event(*lines)) == [(9, "rdate-period")]


def test_khal_refuses_what_was_withdrawn() -> None:
    assert (8, "this-and-prior") in found(event("RECURRENCE-ID;RANGE=THISANDPRIOR:20241017T010000Z"))


def zone(*lines: str, tzid: str = "Mine") -> tuple[str, ...]:
    begin = ("BEGIN:STANDARD", "DTSTART:20000101T000000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000")
    return ("BEGIN:VTIMEZONE", f"TZID:{tzid}", *begin, *lines, "END:STANDARD", "END:VTIMEZONE")


@pytest.mark.parametrize(("number", "expected"), [(2, ["zone-by-dates"]), (1, [])])
def test_outlook_follows_no_list_of_changes(number: int, expected: list[str]) -> None:
    lines = zone(*[f"RDATE:200{at + 1}0101T000000" for at in range(number)])
    octets = calendar(*lines, *entry(start="DTSTART;TZID=Mine:20241017T090000"))
    assert [rule for _, rule in found(octets)] == expected


def test_google_stumbles_over_hundreds_of_lines_of_zones() -> None:
    lines = zone(*["COMMENT:x"] * 200)
    octets = calendar(*lines, *entry(start="DTSTART;TZID=Mine:20241017T090000"))
    assert found(octets) == [(4, "zone-long")]


def test_outlook_makes_a_calendar_of_a_single_event_with_a_name() -> None:
    head = (*HEAD, "X-WR-CALNAME:Events")
    assert found(calendar(*entry(), head=head)) == [(4, "calendar-name-of-one")]
    assert found(calendar(*entry(), *entry(uid="2"), head=head)) == []


def test_outlook_reads_one_calendar_of_a_file() -> None:
    assert found(calendar(*entry()) + calendar(*entry())) == [(10, "calendars-several")]
    published = calendar("METHOD:PUBLISH", *entry("SUMMARY:x", "ORGANIZER:mailto:jane@example.org"))
    assert found(published * 2) == []


@pytest.mark.parametrize("when", ["16001231T000000Z", "45010101T000000Z"])
def test_outlook_has_its_years(when: str) -> None:
    assert found(event(start=f"DTSTART:{when}")) == [(7, "year-out-of-reach")]


def test_a_message_about_a_client_names_it() -> None:
    octets = content(*HEAD, *entry("RDATE:20241018T010000Z"), "END:VCALENDAR")
    for finding in findings(octets):
        assert finding.rule.client in finding.message


ALARM = ("BEGIN:VALARM", "ACTION:AUDIO", "TRIGGER:-PT5M", "END:VALARM")


def test_outlook_wants_alarms_behind_everything_else() -> None:
    assert found(event(*ALARM, "SUMMARY:Workshop")) == [(12, "property-after-alarm")]
    assert found(event("SUMMARY:Workshop", *ALARM)) == []


def test_outlook_has_one_reminder_before_the_start() -> None:
    assert found(event(*ALARM, *ALARM)) == [(12, "alarms-several")]
    late = ("BEGIN:VALARM", "ACTION:AUDIO", "TRIGGER:PT5M", "END:VALARM")
    assert found(event(*late)) == [(10, "alarm-after-start")]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=HOURLY;COUNT=3", ["rule-within-a-day"]),
        ("freq=daily;count=3", ["rule-case"]),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=2TU,4TU", ["rule-of-several-days"]),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=2TU", []),
        ("FREQ=WEEKLY;COUNT=3;BYDAY=TU,TH", []),
    ],
)
def test_some_rules_are_not_followed_by_all(rule: str, expected: list[str]) -> None:
    assert [name for _, name in found(event(f"RRULE:{rule}"))] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTEND:20241019T010000Z", "RRULE:FREQ=DAILY;COUNT=3"), ["rule-overlap"]),
        (("DURATION:P8D", "RRULE:FREQ=WEEKLY;COUNT=3"), ["rule-overlap"]),
        (("DTEND:20241019T010000Z", "RRULE:FREQ=DAILY;INTERVAL=2;COUNT=3"), []),
        (("DURATION:P2D", "RRULE:FREQ=DAILY;COUNT=1"), []),
        (("DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3"), []),
        (("DURATION:P40D", "RRULE:FREQ=MONTHLY;COUNT=3"), []),
    ],
)
def test_outlook_wants_an_end_before_the_next_time(lines: tuple[str, ...], expected: list[str]) -> None:
    assert [name for _, name in found(event(*lines))] == expected
