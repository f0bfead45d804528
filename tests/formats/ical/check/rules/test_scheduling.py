from __future__ import annotations

import pytest
from tests.formats.ical.check.make import calendar, entry, event, findings, found, message

ORGANIZER = "ORGANIZER:mailto:jane@example.org"
GUEST = "ATTENDEE:mailto:guest@example.org"
FULL = ("SUMMARY:Workshop", ORGANIZER, GUEST, "SEQUENCE:1")
WITHOUT_ALARMS = ("REPLY", "CANCEL", "REFRESH", "DECLINECOUNTER")


@pytest.mark.parametrize("method", ["REQUEST", "REPLY", "ADD", "CANCEL", "REFRESH", "COUNTER", "DECLINECOUNTER"])
def test_a_message_with_all_that_is_asked_for_is_fine(method: str) -> None:
    assert found(calendar(f"METHOD:{method}", *entry(*FULL))) == []


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("PUBLISH", "SUMMARY"),
        ("REQUEST", "ORGANIZER"),
        ("REQUEST", "DTSTART"),
        ("REPLY", "ORGANIZER"),
        ("ADD", "SEQUENCE"),
        ("CANCEL", "SEQUENCE"),
        ("COUNTER", "SEQUENCE"),
    ],
)
def test_a_message_without_something_is_told(method: str, name: str) -> None:
    lines = [line for line in entry(*FULL) if not line.startswith(name) and (method != "PUBLISH" or line != GUEST)]
    octets = calendar(f"METHOD:{method}", *lines)
    assert (5, "method-needs") in found(octets)
    assert message(octets, "method-needs") == f"METHOD:{method} needs {name} in every event."


def test_a_calendar_that_nobody_publishes_is_a_note() -> None:
    octets = calendar("METHOD:PUBLISH", *entry("SUMMARY:Workshop"), *entry("SUMMARY:Workshop", uid="2"))
    assert [(each.line, each.rule.name, each.rule.severity.value) for each in findings(octets)] == [
        (5, "publish-organizer", "note")
    ]


def test_a_published_calendar_invites_nobody() -> None:
    assert found(calendar("METHOD:PUBLISH", *entry(*FULL))) == [(11, "method-attendees")]


def test_an_answer_is_that_of_one_person() -> None:
    lines = [line for line in FULL if line != GUEST]
    assert found(calendar("METHOD:REPLY", *entry(*FULL, GUEST))) == [(13, "method-attendees")]
    assert found(calendar("METHOD:REPLY", *entry(*lines))) == [(5, "method-attendees")]


@pytest.mark.parametrize("method", WITHOUT_ALARMS)
def test_an_answer_has_no_alarm(method: str) -> None:
    alarm = ("BEGIN:VALARM", "ACTION:AUDIO", "TRIGGER:-PT5M", "END:VALARM")
    assert found(calendar(f"METHOD:{method}", *entry(*FULL, *alarm))) == [(13, "method-alarm")]


def test_a_cancellation_says_so() -> None:
    assert found(calendar("METHOD:CANCEL", *entry(*FULL, "STATUS:CONFIRMED"))) == [(13, "cancel-status")]
    assert found(calendar("METHOD:CANCEL", *entry(*FULL, "STATUS:CANCELLED"))) == []


def test_an_invitation_is_to_one_event() -> None:
    octets = calendar("METHOD:REQUEST", *entry(*FULL), *entry(*FULL, uid="2"))
    assert found(octets) == [(14, "method-several")]


def test_attendees_of_a_message_have_an_organizer() -> None:
    lines = [line for line in FULL if line != ORGANIZER]
    assert (10, "attendee-without-organizer") in found(calendar("METHOD:REQUEST", *entry(*lines)))
    assert found(event(GUEST)) == []
