from __future__ import annotations

import pytest
from tests.formats.ical.check.make import HEAD, calendar, entry, event, found

WRONG = {
    "COLOR:#336699": "color",
    "CONFERENCE;FEATURE=VIDEO:https://example.org/": "value-unsaid",
    "IMAGE:https://example.org/a.png": "value-unsaid",
    "CONFERENCE;VALUE=URI;FEATURE=CINEMA:https://example.org/": "conference-feature",
}
FINE = (
    "COLOR:SteelBlue",
    "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Online:https://example.org/",
    "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+1-000-000-0000",
    "IMAGE;VALUE=URI;DISPLAY=BADGE:https://example.org/a.png",
    "STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html:<p>a</p>",
)


@pytest.mark.parametrize(("line", "rule"), WRONG.items(), ids=list(WRONG))
def test_a_newer_property_that_is_written_otherwise_is_told(line: str, rule: str) -> None:
    assert (8, rule) in found(event(line))


@pytest.mark.parametrize("line", FINE)
def test_a_newer_property_that_is_written_so_is_not(line: str) -> None:
    assert [rule for _, rule in found(event(line)) if rule != "line-length"] == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("REFRESH-INTERVAL;VALUE=DURATION:PT12H",), []),
        (("REFRESH-INTERVAL:PT12H",), [(4, "refresh-interval")]),
        (("REFRESH-INTERVAL;VALUE=DURATION:PT0S",), [(4, "refresh-interval")]),
        (("NAME;LANGUAGE=en:Events", "NAME;LANGUAGE=zh:活动"), []),
        (("NAME:Events", "NAME:Termine"), [(5, "name-language")]),
        (("SOURCE;VALUE=URI:https://example.org/events.ics", "X-WR-CALNAME:Events", "X-PUBLISHED-TTL:PT12H"), []),
    ],
)
def test_a_calendar_names_itself(lines: tuple[str, ...], expected: list[tuple[int, str]]) -> None:
    assert found(calendar(*entry(), *entry(uid="2"), head=(*HEAD, *lines))) == expected


def test_participants_and_places_are_known() -> None:
    lines = (
        "BEGIN:PARTICIPANT",
        "UID:2@example.org",
        "PARTICIPANT-TYPE:SPEAKER",
        "CALENDAR-ADDRESS:mailto:jane@example.org",
        "BEGIN:VLOCATION",
        "UID:3@example.org",
        "NAME:Example Hall",
        "END:VLOCATION",
        "END:PARTICIPANT",
    )
    assert found(event(*lines)) == []
