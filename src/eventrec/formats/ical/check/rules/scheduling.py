"""Invitations and answers: what a METHOD asks of the entries (RFC 5546 §3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.formats.ical.check.calendar import ENTRIES
from eventrec.formats.ical.check.rule import WARNING, for_calendar, for_component

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.calendar import Calendar
    from eventrec.formats.ical.check.tree import Component


class _Asked(NamedTuple):
    """What the entries of a METHOD need, how many ATTENDEEs they have, and what they must not hold."""

    needed: tuple[str, ...]
    attendees: tuple[int, int | None] = (0, None)
    alarms: bool = True


_METHODS: Final = {
    "PUBLISH": _Asked(("DTSTART", "ORGANIZER", "SUMMARY"), (0, 0)),
    "REQUEST": _Asked(("DTSTART", "ORGANIZER", "SUMMARY"), (1, None)),
    "REPLY": _Asked(("ORGANIZER",), (1, 1), alarms=False),
    "ADD": _Asked(("DTSTART", "ORGANIZER", "SEQUENCE", "SUMMARY")),
    "CANCEL": _Asked(("ORGANIZER", "SEQUENCE"), alarms=False),
    "REFRESH": _Asked(("ORGANIZER",), (1, 1), alarms=False),
    "COUNTER": _Asked(("DTSTART", "ORGANIZER", "SEQUENCE", "SUMMARY"), (1, None)),
    "DECLINECOUNTER": _Asked(("ORGANIZER",), alarms=False),
}
"""RFC 5546 §3.2.1 to §3.2.8, for events."""

_EVENTS: Final = "RFC 5546 §3.2"


@for_component("VEVENT", rule="method-needs", severity=WARNING, reference=_EVENTS)
def _event_without_what_its_method_needs(event: Component, calendar: Calendar) -> Iterator[tuple[int, str]]:
    asked = _METHODS.get(calendar.method)
    for name in asked.needed if asked else ():
        if name not in event.properties:
            yield event.line, f"METHOD:{calendar.method} needs {name} in every event."


@for_component("VEVENT", rule="method-attendees", severity=WARNING, reference=_EVENTS)
def _other_number_of_attendees(event: Component, calendar: Calendar) -> Iterator[tuple[int, str]]:
    least, most = _METHODS.get(calendar.method, _Asked(())).attendees
    lines = event.all("ATTENDEE")
    if len(lines) < least:
        yield event.line, f"METHOD:{calendar.method} needs an ATTENDEE in every event."
    elif most is not None and len(lines) > most:
        asked = "one ATTENDEE, who answers" if most else "no ATTENDEE"
        yield lines[most].line, f"METHOD:{calendar.method} has {asked}."


@for_component("VEVENT", rule="method-alarm", severity=WARNING, reference=_EVENTS)
def _alarm_in_an_answer(event: Component, calendar: Calendar) -> Iterator[tuple[int, str]]:
    if not _METHODS.get(calendar.method, _Asked(())).alarms:
        for each in event.components:
            if each.name == "VALARM":
                yield each.line, f"METHOD:{calendar.method} has no VALARM."


@for_component("VEVENT", rule="cancel-status", severity=WARNING, reference="RFC 5546 §3.2.5")
def _cancelled_with_another_status(event: Component, calendar: Calendar) -> Iterator[tuple[int, str]]:
    status = event.one("STATUS")
    if calendar.method == "CANCEL" and status and status.value.upper() != "CANCELLED":
        yield status.line, "METHOD:CANCEL goes with STATUS:CANCELLED."


@for_calendar(rule="method-several", severity=WARNING, reference="RFC 5546 §3.2", client="Outlook")
def _several_events_in_an_invitation(calendar: Calendar) -> Iterator[tuple[int, str]]:
    if calendar.method in ("REQUEST", "CANCEL", "REPLY", "COUNTER") and len(calendar.families) > 1:
        line = sorted(calendar.families.values())[1]
        yield line, f"METHOD:{calendar.method} is about one event (one UID); Outlook takes the first of these only."


@for_component(*ENTRIES, rule="attendee-without-organizer", severity=WARNING, reference="RFC 5545 §3.8.4.3")
def _attendees_of_nobody(entry: Component, calendar: Calendar) -> Iterator[tuple[int, str]]:
    lines = entry.all("ATTENDEE")
    if lines and "ORGANIZER" not in entry.properties and calendar.method not in ("", "PUBLISH"):
        yield lines[0].line, "There is an ATTENDEE and no ORGANIZER: nobody gets the answers."
