from __future__ import annotations

from typing import Any

from icalendar import Calendar
from tests.formats.ical.make import content, event, hours, lines, values

from eventrec.formats.ical.records import Attendee, CalendarEvent, Party

OFFICE = Party({"en": "Example Institute"}, "office@example.org")
LI_NA = {"en": "LI Na", "zh": "李娜"}


def asked(**fields: Any) -> CalendarEvent:
    attendee = Attendee(LI_NA, "li.na@example.org", "participant", "invited", answer="NEEDS-ACTION", asked=True)
    return event(organizer=OFFICE, attendees=(attendee,), **fields)


def test_a_request_asks_one_attendee_for_an_answer() -> None:
    """RFC 5546, 3.2.2: ORGANIZER, ATTENDEE, SEQUENCE; RFC 5545, 3.2.17: RSVP."""
    that = asked(**hours())
    assert "METHOD:REQUEST" in lines(that, attendees=True, method="REQUEST")
    assert values("ATTENDEE", that, attendees=True, method="REQUEST") == [
        ";CN=LI Na / 李娜;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
        ":mailto:li.na@example.org"
    ]
    read = Calendar.from_ical(content(that, attendees=True, method="REQUEST"))
    (entry,) = read.walk("VEVENT")
    assert read["METHOD"] == "REQUEST"
    assert entry["ORGANIZER"] == "mailto:office@example.org"
    assert entry["ATTENDEE"].params["RSVP"] == "TRUE"
    assert entry["STATUS"] == "CONFIRMED"


def test_a_cancelled_event_says_so_in_its_cancel() -> None:
    """RFC 5546, 3.2.5: STATUS:CANCELLED for the whole event."""
    assert values("STATUS", asked(status="cancelled"), attendees=True, method="CANCEL") == [":CANCELLED"]


def test_who_is_called_off_reads_no_status() -> None:
    """RFC 5546, 3.2.5: when only attendees are uninvited, STATUS must not be there."""
    assert values("STATUS", asked(), attendees=True, method="CANCEL") == []


def test_an_address_is_encoded_where_a_uri_would_end() -> None:
    """RFC 6068, 2."""
    attendee = Attendee(LI_NA, "a?b#c%d@example.org", "participant", "invited")
    that = event(attendees=(attendee,))
    assert values("ATTENDEE", that, attendees=True)[0].endswith(":mailto:a%3Fb%23c%25d@example.org")


def test_a_calendar_to_read_has_no_method_and_asks_nobody() -> None:
    attendee = Attendee(LI_NA, "li.na@example.org", "participant", "invited")
    found = lines(event(attendees=(attendee,)), attendees=True)
    assert not [line for line in found if "METHOD" in line or "RSVP" in line or "INDIVIDUAL" in line]


def test_an_organizer_without_a_name_has_only_its_address() -> None:
    that = event(organizer=Party({}, "office@example.org"))
    assert values("ORGANIZER", that, method="REQUEST") == [":mailto:office@example.org"]
