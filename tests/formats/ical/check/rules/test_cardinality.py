from __future__ import annotations

import pytest
from tests.formats.ical.check.make import BERLIN, HEAD, calendar, content, entry, event, found, message


def test_a_calendar_needs_product_and_version() -> None:
    octets = calendar(*entry(), head=("BEGIN:VCALENDAR",))
    assert found(octets) == [(1, "property-missing"), (1, "property-missing")]
    assert message(octets, "property-missing") == "VCALENDAR has no PRODID."


@pytest.mark.parametrize("name", ["UID", "DTSTAMP"])
@pytest.mark.parametrize("kind", ["VEVENT", "VTODO", "VJOURNAL"])
def test_an_entry_needs_uid_and_dtstamp(kind: str, name: str) -> None:
    lines = [line for line in entry(kind=kind) if not line.startswith(name)]
    assert found(calendar(*lines)) == [(4, "property-missing")]


def test_an_empty_uid_is_none() -> None:
    lines = ["UID:" if line.startswith("UID") else line for line in entry()]
    assert found(calendar(*lines)) == [(5, "property-missing")]


@pytest.mark.parametrize("name", ["DTSTART", "DTEND", "SUMMARY", "STATUS", "GEO", "SEQUENCE", "ORGANIZER"])
def test_what_may_stand_once_is_broken_when_it_stands_twice(name: str) -> None:
    value = {"DTSTART": "20241017T010000Z", "DTEND": "20241017T020000Z", "GEO": "1;2", "SEQUENCE": "1"}.get(name)
    value = value or {"STATUS": "CONFIRMED", "ORGANIZER": "mailto:jane@example.org"}.get(name, "text")
    lines = [f"{name}:{value}"] * (1 if name == "DTSTART" else 2)
    assert (8 if name == "DTSTART" else 9, "property-twice") in found(event(*lines))


@pytest.mark.parametrize("line", ["COMMENT:a", "CATEGORIES:a", "ATTACH:https://example.org/", "X-ANY:a", "CONTACT:a"])
def test_what_may_stand_often_may(line: str) -> None:
    assert found(event(line, line)) == []


def test_a_journal_may_have_several_descriptions() -> None:
    lines = ("DESCRIPTION:a", "DESCRIPTION:b")
    assert found(calendar(*entry(*lines, kind="VJOURNAL"))) == []
    assert found(event(*lines)) == [(9, "property-twice")]


def test_method_and_scale_stand_once_in_a_calendar() -> None:
    head = (*HEAD, "CALSCALE:GREGORIAN", "CALSCALE:GREGORIAN")
    assert found(calendar(*entry(), head=head)) == [(5, "property-twice")]


@pytest.mark.parametrize("line", ["DUE:20241018T010000Z", "PERCENT-COMPLETE:1", "TZID:x", "METHOD:PUBLISH"])
def test_what_has_no_place_in_an_event_is_told(line: str) -> None:
    assert found(event(line)) == [(8, "property-misplaced")]


def test_a_property_of_no_standard_is_a_note() -> None:
    assert found(event("COLOUR:red")) == [(8, "property-unknown")]
    assert found(event("X-COLOUR:red")) == []


def test_a_component_of_no_standard_is_a_note() -> None:
    assert found(calendar(*entry(), "BEGIN:VTHING", "X:1", "END:VTHING"))[0] == (9, "component-unknown")
    assert found(calendar(*entry(), "BEGIN:X-THING", "ANY:1", "END:X-THING")) == []


def test_a_calendar_without_anything_is_told() -> None:
    assert found(calendar()) == [(1, "calendar-empty")]
    assert found(calendar(*BERLIN)) == [(4, "zone-unused")]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("VERSION:1.0", "version"),
        ("VERSION:3.0", "version-unknown"),
        ("CALSCALE:JULIAN", "calendar-scale"),
        ("METHOD:SEND", "method"),
    ],
)
def test_a_calendar_says_what_programs_know(line: str, rule: str) -> None:
    head = [each for each in HEAD if not each.startswith(line.partition(":")[0])]
    octets = content(*head, line, *entry(), "END:VCALENDAR")
    assert (len(head) + 1, rule) in found(octets)


def test_parts_of_a_zone_need_their_offsets() -> None:
    lines = [line for line in BERLIN if line != "TZOFFSETFROM:+0200"]
    assert (6, "property-missing") in found(calendar(*lines))


def test_an_alarm_needs_action_and_trigger() -> None:
    assert found(event("BEGIN:VALARM", "ACTION:AUDIO", "END:VALARM")) == [(8, "property-missing")]


def test_a_participant_needs_its_kind() -> None:
    lines = ("BEGIN:PARTICIPANT", "UID:2@example.org", "END:PARTICIPANT")
    octets = event(*lines)
    assert found(octets) == [(8, "property-missing")]
    assert message(octets, "property-missing") == "PARTICIPANT has no PARTICIPANT-TYPE."
