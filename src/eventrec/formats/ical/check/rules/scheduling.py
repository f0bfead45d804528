"""Invitations and answers: what a METHOD asks of the entries (RFC 5546 §3.2)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.formats.ical.check.calendar import ENTRIES
from eventrec.formats.ical.check.rule import NOTE, WARNING, for_calendar, for_component

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.calendar import Calendar
    from eventrec.formats.ical.check.tree import Component


class _Asked(NamedTuple):
    """What the events of a METHOD need, how many ATTENDEEs they have, whether they remind, and where that stands."""

    paragraph: str
    needed: tuple[str, ...]
    attendees: tuple[int, int | None] = (0, None)
    alarms: bool = True


_METHODS: Final = {
    "PUBLISH": _Asked("3.2.1", ("DTSTART", "SUMMARY"), (0, 0)),
    "REQUEST": _Asked("3.2.2", ("DTSTART", "ORGANIZER", "SUMMARY"), (1, None)),
    "REPLY": _Asked("3.2.3", ("ORGANIZER",), (1, 1), alarms=False),
    "ADD": _Asked("3.2.4", ("DTSTART", "ORGANIZER", "SEQUENCE", "SUMMARY")),
    "CANCEL": _Asked("3.2.5", ("ORGANIZER", "SEQUENCE"), alarms=False),
    "REFRESH": _Asked("3.2.6", ("ORGANIZER",), (1, 1), alarms=False),
    "COUNTER": _Asked("3.2.7", ("DTSTART", "ORGANIZER", "SEQUENCE", "SUMMARY")),
    "DECLINECOUNTER": _Asked("3.2.8", ("ORGANIZER",), alarms=False),
}


def _missing(method: str, asked: _Asked, event: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for name in asked.needed:
        if name not in event.properties:
            yield event.line, f"METHOD:{method} needs {name} in every event."


def _attendees(method: str, asked: _Asked, event: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    (least, most), lines = asked.attendees, event.all("ATTENDEE")
    if len(lines) < least:
        yield event.line, f"METHOD:{method} needs an ATTENDEE in every event."
    elif most is not None and len(lines) > most:
        yield lines[most].line, f"METHOD:{method} has {'one ATTENDEE, who answers' if most else 'no ATTENDEE'}."


def _alarms(method: str, asked: _Asked, event: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for each in () if asked.alarms else event.components:
        if each.name == "VALARM":
            yield each.line, f"METHOD:{method} has no VALARM."


for _method, _asked in _METHODS.items():
    for _rule, _function in (("method-needs", _missing), ("method-attendees", _attendees), ("method-alarm", _alarms)):
        for_component(
            f"VEVENT;METHOD={_method}", rule=_rule, severity=WARNING, reference=f"RFC 5546 §{_asked.paragraph}"
        )(partial(_function, _method, _asked))


@for_calendar(rule="publish-organizer", severity=NOTE, reference="RFC 5546 §3.2.1")
def _published_by_nobody(calendar: Calendar) -> Iterator[tuple[int, str]]:
    if calendar.method == "PUBLISH" and calendar.without_organizer:
        what = "METHOD:PUBLISH asks for an ORGANIZER in every event"
        yield calendar.without_organizer, f"{what}; Google and Apple publish without, and no program minds."


@for_component("VEVENT;METHOD=CANCEL", rule="cancel-status", severity=WARNING, reference="RFC 5546 §3.2.5")
def _cancelled_with_another_status(event: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    status = event.one("STATUS")
    if status and status.value.upper() != "CANCELLED":
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
