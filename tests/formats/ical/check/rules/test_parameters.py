from __future__ import annotations

import pytest
from tests.formats.ical.check.make import event, found, message

WRONG = {
    "ATTENDEE;ROLE=GUEST:mailto:jane@example.org": "parameter-role",
    "ATTENDEE;PARTSTAT=YES:mailto:jane@example.org": "parameter-partstat",
    "ATTENDEE;CUTYPE=PERSON:mailto:jane@example.org": "parameter-cutype",
    "ATTENDEE;RSVP=YES:mailto:jane@example.org": "parameter-rsvp",
    "ATTENDEE;SENT-BY=jane@example.org:mailto:jane@example.org": "parameter-address",
    "RECURRENCE-ID;RANGE=ALL:20241017T010000Z": "parameter-range",
    "DESCRIPTION;ENCODING=QUOTED-PRINTABLE:a=20b": "encoding-of-vcalendar",
    "SUMMARY;CHARSET=UTF-8:x": "charset",
    "SUMMARY;LANGUAGE=en_GB:x": "language",
    "ORGANIZER;RSVP=TRUE:mailto:jane@example.org": "parameter-misplaced",
}
FINE = (
    "ATTENDEE;ROLE=chair;PARTSTAT=X-MAYBE;CUTYPE=ROOM;RSVP=FALSE:mailto:jane@example.org",
    'ATTENDEE;SENT-BY="mailto:jane@example.org";MEMBER="mailto:a@example.org","mailto:b@example.org":mailto:c@example.org',
    "SUMMARY;LANGUAGE=zh-Hans-CN:研讨会",
    "SUMMARY;X-CHARSET=UTF-8:x",
)


@pytest.mark.parametrize(("line", "rule"), WRONG.items(), ids=list(WRONG))
def test_a_parameter_with_another_word_is_told(line: str, rule: str) -> None:
    assert (8, rule) in found(event(line))


@pytest.mark.parametrize("line", FINE)
def test_a_parameter_with_a_known_word_is_not(line: str) -> None:
    assert [rule for _, rule in found(event(line)) if rule != "line-length"] == []


def test_busy_time_and_alarms_have_words_of_their_own() -> None:
    alarm = ("BEGIN:VALARM", "ACTION:AUDIO", "TRIGGER;RELATED=MIDDLE:-PT5M", "END:VALARM")
    assert found(event(*alarm)) == [(10, "parameter-related")]
    assert (8, "parameter-fbtype") in found(event("FREEBUSY;FBTYPE=NO:20241017T010000Z/PT1H"))


def test_the_message_names_the_words_that_there_are() -> None:
    assert message(event("ATTENDEE;RSVP=YES:mailto:jane@example.org"), "parameter-rsvp") == (
        "RSVP of ATTENDEE is “YES”; known are TRUE, FALSE."
    )
