from __future__ import annotations

import time

import pytest
from tests.formats.ical.make import read

from eventrec.formats.ical.incoming import EventFile, IncomingParty

NA = "na@example.org"


def file_of(*lines: str) -> EventFile:
    text = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "SUMMARY:A", "DTSTART:20241017", *lines, "END:VEVENT"]
    return read("\r\n".join([*text, "END:VCALENDAR"]).encode())


def attendees(*lines: str) -> list[IncomingParty]:
    return list(file_of(*lines).events[0].attendees)


@pytest.mark.parametrize(
    ("line", "name", "email"),
    [
        (f"ORGANIZER;CN=Na Li:MAILTO:{NA}", {"en": "Na Li"}, NA),
        (f'ORGANIZER;CN="Na Li / 李娜":mailto:{NA}', {"en": "Na Li", "zh": "李娜"}, NA),
        (f"ORGANIZER;CN={NA}:mailto:{NA}", None, NA),
        (f"ORGANIZER;CN=\"'{NA}'\":mailto:{NA}", None, NA),
        ("ORGANIZER:mailto:a%2Bb@example.org", None, "a+b@example.org"),
        ("ORGANIZER:mailto:na%40example.org", None, NA),
        ("ORGANIZER;CN=Na Li:invalid:nomail", {"en": "Na Li"}, None),
        (f"ORGANIZER;CN=Na Li;EMAIL={NA}:urn:uuid:1", {"en": "Na Li"}, NA),
        ("ORGANIZER;CN=Na Li:mailto:unknownorganizer@calendar.google.com", {"en": "Na Li"}, None),
        ("ORGANIZER;CN=Team:mailto:abc@group.calendar.google.com", {"en": "Team"}, None),
        (f"ORGANIZER:Na Li <{NA}>", {"en": "Na Li"}, NA),
    ],
)
def test_the_organizer_is_known_by_name_and_address(line: str, name: dict[str, str] | None, email: str | None) -> None:
    assert file_of(line).events[0].organizer == IncomingParty(name, email)  # type: ignore[arg-type]


@pytest.mark.parametrize("line", ["ORGANIZER:invalid:nomail", "ORGANIZER:http://example.org", "X-A:1"])
def test_without_name_and_address_there_is_no_organizer(line: str) -> None:
    assert file_of(line).events[0].organizer is None


def test_roles_answers_and_groups_are_told_in_capitals() -> None:
    people = attendees(
        f"ATTENDEE;CN=Na;role=chair;PARTSTAT=accepted:mailto:{NA}",
        "ATTENDEE;CN=Example Agency;CUTYPE=GROUP:mailto:a@example.org",
        "ATTENDEE;STATUS=NEEDS ACTION:Wei <wei@example.org>",
    )
    assert [(each.role, each.answer, each.group) for each in people] == [
        ("CHAIR", "ACCEPTED", False),
        ("", "", True),
        ("", "NEEDS-ACTION", False),
    ]
    assert people[2].email == "wei@example.org"


@pytest.mark.parametrize(
    "line",
    [
        "ATTENDEE;CUTYPE=ROOM;CN=Hall:mailto:hall@example.org",
        "ATTENDEE;CUTYPE=RESOURCE:mailto:beamer@example.org",
        "ATTENDEE;CN=Hall:mailto:hall@resource.calendar.google.com",
    ],
)
def test_rooms_take_no_part_and_are_told(line: str) -> None:
    file = file_of(line)
    assert (list(file.events[0].attendees), file.told) == (
        [],
        ("Rooms and resources among those who take part, left out: line 6.",),
    )


def test_somebody_without_name_and_address_is_told() -> None:
    file = file_of("ATTENDEE:urn:uuid:1")
    assert (list(file.events[0].attendees), len(file.told)) == ([], 1)


@pytest.mark.parametrize(
    ("text", "name", "email"),
    [
        (rf"Na Li / 李娜\, {NA}", {"en": "Na Li", "zh": "李娜"}, NA),
        (f"Na Li <{NA}>", {"en": "Na Li"}, NA),
        (f"Na Li mailto:{NA}", {"en": "Na Li"}, NA),
        (NA, None, NA),
        ("Na Li", {"en": "Na Li"}, None),
    ],
)
def test_whom_to_ask_is_a_name_and_an_address(text: str, name: dict[str, str] | None, email: str | None) -> None:
    found = file_of(f"CONTACT:{text}").events[0]
    assert found.contact_party == IncomingParty(name, email)  # type: ignore[arg-type]
    assert found.contact == text.replace("\\", "")


@pytest.mark.parametrize("name", ["ORGANIZER", "CONTACT", "ATTENDEE", "DESCRIPTION"])
@pytest.mark.parametrize("text", ["a" * 200_000, "a@" * 100_000, "https://" + "bigbluebutton" * 15_000])
def test_a_text_of_many_letters_is_read_at_once(name: str, text: str) -> None:
    before = time.process_time()
    assert len(file_of(f"{name}:{text}").events) == 1
    assert time.process_time() - before < 2
