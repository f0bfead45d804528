from __future__ import annotations

import pytest
from tests.formats.ical.check.make import calendar, entry, event, findings, found


def alarm(*lines: str) -> tuple[str, ...]:
    return ("BEGIN:VALARM", *lines, "END:VALARM")


def test_alarms_that_are_complete_are_fine() -> None:
    shown = alarm("ACTION:DISPLAY", "DESCRIPTION:Soon", "TRIGGER:-PT15M", "REPEAT:2", "DURATION:PT5M")
    heard = alarm("ACTION:AUDIO", "TRIGGER;VALUE=DATE-TIME:20241016T010000Z")
    sent = alarm(
        "ACTION:EMAIL", "TRIGGER;RELATED=END:PT5M", "SUMMARY:Soon", "DESCRIPTION:x", "ATTENDEE:mailto:jane@example.org"
    )
    assert [found(event("DURATION:PT1H", *each)) for each in (shown, heard, sent)] == [[], [], []]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("ACTION:DISPLAY", "TRIGGER:-PT5M"), [(8, "alarm-incomplete")]),
        (("ACTION:EMAIL", "TRIGGER:-PT5M", "DESCRIPTION:x"), [(8, "alarm-incomplete")] * 2),
        (("ACTION:AUDIO", "TRIGGER:-PT5M", "REPEAT:2"), [(8, "alarm-repeat")]),
        (("ACTION:AUDIO", "TRIGGER:-PT5M", "ATTENDEE:mailto:jane@example.org"), [(11, "alarm-attendee")]),
        (("ACTION:AUDIO", "TRIGGER;VALUE=DATE-TIME:20241016T010000"), [(10, "trigger-utc")]),
        (("ACTION:AUDIO", "TRIGGER:soon"), [(10, "value-duration")]),
    ],
)
def test_an_alarm_that_does_not_work_is_told(lines: tuple[str, ...], expected: list[tuple[int, str]]) -> None:
    assert found(event(*alarm(*lines))) == expected


def test_a_sound_of_apple_s_is_no_wrong_address() -> None:
    assert found(event(*alarm("ACTION:AUDIO", "TRIGGER:-PT5M", "ATTACH;VALUE=URI:Basso"))) == []


def test_an_alarm_counts_from_what_is_there() -> None:
    lines = alarm("ACTION:AUDIO", "TRIGGER:-PT5M")
    assert found(calendar(*entry(*lines, kind="VTODO", start=""))) == [(9, "alarm-reference")]
    ends = alarm("ACTION:AUDIO", "TRIGGER;RELATED=END:-PT5M")
    assert found(calendar(*entry(*ends, kind="VTODO"))) == [(10, "alarm-reference")]
    assert found(calendar(*entry("DUE:20241018T010000Z", *ends, kind="VTODO"))) == []


def test_thunderbird_is_named_where_it_does_not_remind() -> None:
    octets = event(*alarm("ACTION:DISPLAY", "DESCRIPTION:x", "TRIGGER:-PT5M", "ATTENDEE:mailto:jane@example.org"))
    assert [finding.rule.client for finding in findings(octets)] == ["Thunderbird"]
