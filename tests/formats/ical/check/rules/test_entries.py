from __future__ import annotations

import pytest
from tests.formats.ical.check.make import BERLIN, calendar, entry, event, found

IN_BERLIN = "DTSTART;TZID=Europe/Berlin:20241017T090000"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("DTSTART:20241017T010000Z", "DTEND:20241017T000000Z"),
        ("DTSTART:20241017T010000", "DTEND:20241017T000000"),
        ("DTSTART;VALUE=DATE:20241017", "DTEND;VALUE=DATE:20241016"),
        ("DTSTART;TZID=America/New_York:20241017T090000", "DTEND;TZID=Asia/Shanghai:20241017T200000"),
        ("DTSTART;TZID=Asia/Shanghai:20241017T090000", "DTEND:20241017T005900Z"),
    ],
)
def test_an_event_that_ends_before_it_starts_is_broken(start: str, end: str) -> None:
    assert (8, "end-before-start") in found(event(end, start=start))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("DTSTART:20241017T010000Z", "DTEND:20241017T010001Z"),
        ("DTSTART;VALUE=DATE:20241017", "DTEND;VALUE=DATE:20241018"),
        ("DTSTART;TZID=Asia/Shanghai:20241017T090000", "DTEND;TZID=Europe/Berlin:20241017T040000"),
        ("DTSTART;TZID=Nowhere:20241017T090000", "DTEND;TZID=Elsewhere:20241017T040000"),
    ],
)
def test_an_event_that_ends_later_is_fine(start: str, end: str) -> None:
    assert not {"end-before-start", "end-at-start"} & {rule for _, rule in found(event(end, start=start))}


def test_an_event_that_ends_as_it_starts_is_told() -> None:
    assert found(event("DTEND:20241017T010000Z")) == [(8, "end-at-start")]
    assert found(event("DTEND;VALUE=DATE:20241017", start="DTSTART;VALUE=DATE:20241017")) == [(8, "end-at-start")]


def test_a_task_is_due_after_it_starts() -> None:
    assert found(calendar(*entry("DUE:20241016T010000Z", kind="VTODO"))) == [(8, "end-before-start")]


def test_start_and_end_are_of_one_type() -> None:
    assert found(event("DTEND;VALUE=DATE:20241018")) == [(8, "end-of-other-type")]
    assert found(event("DTEND:20241018T010000Z", start="DTSTART;VALUE=DATE:20241017")) == [(8, "end-of-other-type")]


def test_an_end_without_the_zone_of_the_start_is_told() -> None:
    assert found(event("DTEND:20241017T030000")) == [(8, "end-without-zone")]
    assert found(calendar(*BERLIN, *entry("DTEND:20241017T080000Z", start=IN_BERLIN))) == []


def test_an_event_needs_a_start_unless_it_is_sent() -> None:
    assert found(event(start="")) == [(4, "event-without-start")]
    cancelled = ("SEQUENCE:1", "ORGANIZER:mailto:jane@example.org")
    assert found(calendar("METHOD:CANCEL", *entry(*cancelled, start=""))) == []


def test_end_and_duration_exclude_each_other() -> None:
    assert found(event("DTEND:20241017T020000Z", "DURATION:PT1H")) == [(9, "end-and-duration")]
    assert found(event("DURATION:PT1H")) == []


def test_a_duration_of_a_task_needs_a_start() -> None:
    assert found(calendar(*entry("DURATION:PT1H", kind="VTODO", start=""))) == [(7, "duration-without-start")]


def test_a_negative_duration_is_broken() -> None:
    assert found(event("DURATION:-PT1H")) == [(8, "duration-negative")]


def test_whole_days_last_days() -> None:
    assert found(event("DURATION:PT24H", start="DTSTART;VALUE=DATE:20241017")) == [(8, "duration-of-days")]
    assert found(event("DURATION:P1D", start="DTSTART;VALUE=DATE:20241017")) == []


@pytest.mark.parametrize(
    ("kind", "status", "expected"),
    [
        ("VEVENT", "CONFIRMED", []),
        ("VEVENT", "confirmed", []),
        ("VEVENT", "COMPLETED", [(8, "status")]),
        ("VTODO", "COMPLETED", []),
        ("VTODO", "CONFIRMED", [(8, "status")]),
        ("VJOURNAL", "FINAL", []),
        ("VJOURNAL", "held", [(8, "status")]),
    ],
)
def test_each_kind_of_entry_has_its_statuses(kind: str, status: str, expected: list[tuple[int, str]]) -> None:
    assert found(calendar(*entry(f"STATUS:{status}", kind=kind))) == expected


def test_transparency_has_two_words() -> None:
    assert found(event("TRANSP:BUSY")) == [(8, "transparency")]
    assert found(event("TRANSP:opaque")) == []
