from __future__ import annotations

import pytest
from tests.formats.ical.check.make import BERLIN, calendar, entry, event, found, message

WRONG = {
    "DTEND:2024-10-17": "value-date-time",
    "DTEND:20241317T090000Z": "value-date-time",
    "DTEND:20241017T250000Z": "value-date-time",
    "DTEND:": "value-date-time",
    "DTEND;VALUE=DATE:20241017T090000": "value-date",
    "DTEND;VALUE=DATE:20230229": "value-date",
    "DURATION:1H": "value-duration",
    "DURATION:P": "value-duration",
    "DURATION:PT": "value-duration",
    "DURATION:P1DT": "value-duration",
    "DURATION:P1W2D": "value-duration",
    "DURATION:PT99999999999999999999H": "value-duration",
    "RDATE;VALUE=PERIOD:20241018T010000Z/20241018": "value-period",
    "RDATE;VALUE=PERIOD:20241018T010000Z/20241018T020000": "value-period",
    "SEQUENCE:one": "value-integer",
    "SEQUENCE:99999999999": "value-integer",
    "URL:example.org": "value-uri",
    "URL:https://example.org/a b": "value-uri",
    "ORGANIZER:jane@example.org": "value-cal-address",
    "ORGANIZER:mailto:Jane Doe": "value-cal-address",
    "ORGANIZER:mailto:jane": "value-cal-address",
    "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAA": "value-binary",
    "GEO:39,9;116,4": "geo",
    "GEO:39.9": "geo",
    "GEO:91;0": "geo",
    "GEO:0;-180.5": "geo",
    "PRIORITY:10": "range",
    "SEQUENCE:-1": "range",
    "LOCATION;VALUE=PLACE:Beijing": "value-type-unknown",
    "DTEND;VALUE=TEXT:tomorrow": "value-type",
    "LAST-MODIFIED:20240101T000000": "not-utc",
    "ATTACH;VALUE=BINARY:AAAA": "binary",
    "ATTACH;ENCODING=BASE64:https://example.org/": "binary",
}
FINE = (
    "DTEND:20241017T235960Z",
    "DURATION:PT1H30M",
    "DURATION:P15DT5H0M20S",
    "DURATION:P7W",
    "DURATION:+P0D",
    "RDATE;VALUE=PERIOD:20241018T010000Z/PT1H,20241019T010000Z/20241019T020000Z\r\nRRULE:FREQ=DAILY;COUNT=1",
    "URL:https://example.org/a?b=c#d",
    "URL:urn:uuid:00000000-0000-0000-0000-000000000000",
    "ORGANIZER:MAILTO:jane@example.org",
    "ORGANIZER:urn:example:jane",
    "GEO:39.9;116.4",
    "GEO:-90;+180",
    "ATTACH:cid:part1@example.org",
    "ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY:AAA=",
    "SUMMARY;VALUE=X-KIND:anything",
    "RELATED-TO;VALUE=UID:2@example.org",
    "PRIORITY:0",
    "SEQUENCE:2147483647",
    "LAST-MODIFIED:20240101T000000Z",
    "X-ANY;VALUE=DATE:nonsense",
)


@pytest.mark.parametrize(("line", "rule"), WRONG.items(), ids=list(WRONG))
def test_a_value_that_is_not_of_its_type_is_told(line: str, rule: str) -> None:
    assert (8, rule) in found(event(line))


@pytest.mark.parametrize("line", FINE)
def test_a_value_that_is_of_its_type_is_not(line: str) -> None:
    assert [rule for _, rule in found(event(line)) if rule != "rdate-period"] == []


def test_the_message_shows_the_value_and_how_it_is_written() -> None:
    assert message(event("DTEND:2024-10-17"), "value-date-time") == (
        "DTEND: “2024-10-17” is no date with a time, which is written 20241017T090000."
    )


def test_a_long_value_is_shortened_in_the_message() -> None:
    assert len(message(event("GEO:" + "x" * 10_000), "geo")) < 200


def test_a_date_that_is_not_said_to_be_one_is_forgiven_and_told() -> None:
    assert found(event(start="DTSTART:20241017")) == [(7, "date-without-value")]
    assert found(event(start="DTSTART;VALUE=DATE:20241017")) == []


def test_one_date_among_times_is_broken() -> None:
    octets = event("RRULE:FREQ=DAILY", "EXDATE:20241018T010000Z,20241019")
    assert (9, "value-date-time") in found(octets)


@pytest.mark.parametrize("offset", ["+1", "0100", "+2400", "+0160", "UTC"])
def test_an_offset_that_is_none_is_broken(offset: str) -> None:
    lines = [line.replace("TZOFFSETTO:+0100", f"TZOFFSETTO:{offset}") for line in BERLIN]
    octets = calendar(*lines, *entry(start="DTSTART;TZID=Europe/Berlin:20241017T090000"))
    assert (9, "value-utc-offset") in found(octets)


def test_an_offset_of_minus_nothing_is_told() -> None:
    lines = [line.replace("TZOFFSETTO:+0100", "TZOFFSETTO:-0000") for line in BERLIN]
    assert (9, "offset-negative-zero") in found(calendar(*lines))


def test_a_zone_of_a_date_or_of_utc_is_told() -> None:
    day = calendar(*BERLIN, *entry(start="DTSTART;VALUE=DATE;TZID=Europe/Berlin:20241017"))
    utc = calendar(*BERLIN, *entry(start="DTSTART;TZID=Europe/Berlin:20241017T090000Z"))
    assert found(day) == found(utc) == [(22, "zone-without-time")]


def test_percent_complete_goes_to_100() -> None:
    assert found(calendar(*entry("PERCENT-COMPLETE:101", kind="VTODO"))) == [(8, "range")]
    assert found(calendar(*entry("PERCENT-COMPLETE:100", kind="VTODO"))) == []
