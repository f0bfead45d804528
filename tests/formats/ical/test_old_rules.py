from __future__ import annotations

import pytest
from tests.formats.ical.make import read

from eventrec.formats.ical.old_rules import from_version_1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("D1 #10", "FREQ=DAILY;INTERVAL=1;COUNT=10"),
        ("D2", "FREQ=DAILY;INTERVAL=2;COUNT=2"),
        ("D1 #0", "FREQ=DAILY;INTERVAL=1"),
        ("W1 MO TU 20241231T000000Z", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU;UNTIL=20241231T000000Z"),
        ("MP1 1+ MO 1- FR #3", "FREQ=MONTHLY;INTERVAL=1;BYDAY=1MO,-1FR;COUNT=3"),
        ("MD1 15 LD #0", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=15,-1"),
        ("YM1 6 7 #8", "FREQ=YEARLY;INTERVAL=1;BYMONTH=6,7;COUNT=8"),
        ("YD1 100 #8", "FREQ=YEARLY;INTERVAL=1;BYYEARDAY=100;COUNT=8"),
        ("nonsense", "nonsense"),
    ],
)
def test_rules_of_version_1_say_the_same_in_version_2(old: str, new: str) -> None:
    assert from_version_1(old) == new


def test_a_calendar_of_version_1_is_read() -> None:
    lines = (
        "BEGIN:VCALENDAR", "VERSION:1.0", "BEGIN:VEVENT", "UID:1", "DTSTART:20241017T010000Z",
        "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=A0=94=E8=AE=A8=", "=E4=BC=9A",
        "CATEGORIES:MEETING;TRAINING", "DALARM:20241016T010000Z;;;", "RRULE:W1 TH #2", "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    file = read("\r\n".join(lines).encode())
    assert [each.starts_on.isoformat() for each in file.events] == ["2024-10-17", "2024-10-24"]
    assert (file.events[0].title, file.events[0].categories) == ({"zh": "研讨会"}, ("MEETING", "TRAINING"))
