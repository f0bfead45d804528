"""Reminders (RFC 5545 §3.6.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check.rule import WARNING, for_component

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.calendar import Calendar
    from eventrec.formats.ical.check.tree import Component

_VALARM: Final = "RFC 5545 §3.6.6"
_NEEDED: Final = {"DISPLAY": ("DESCRIPTION",), "EMAIL": ("DESCRIPTION", "SUMMARY", "ATTENDEE")}


@for_component("VALARM", rule="alarm-incomplete", severity=WARNING, reference=_VALARM)
def _alarm_without_what_it_shows(alarm: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    action = alarm.text("ACTION").upper()
    for name in _NEEDED.get(action, ()):
        if name not in alarm.properties:
            yield alarm.line, f"A VALARM of the action {action} needs {name}."


@for_component("VALARM", rule="alarm-repeat", severity=WARNING, reference=_VALARM)
def _alarm_that_repeats_by_halves(alarm: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    if ("REPEAT" in alarm.properties) != ("DURATION" in alarm.properties):
        yield alarm.line, "Of REPEAT and DURATION the VALARM has only one; they go together."


@for_component("VALARM", rule="alarm-attendee", severity=WARNING, reference=_VALARM, client="Thunderbird")
def _attendee_of_an_alarm_that_is_shown(alarm: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    if alarm.text("ACTION").upper() in ("DISPLAY", "AUDIO") and "ATTENDEE" in alarm.properties:
        line = alarm.properties["ATTENDEE"][0].line
        yield line, "Only an alarm by e-mail has an ATTENDEE; Thunderbird does not remind with this one."


@for_component("VEVENT", "VTODO", rule="alarm-reference", severity=WARNING, reference="RFC 5545 §3.8.6.3")
def _alarm_that_counts_from_nothing(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    ends = any(name in entry.properties for name in ("DTEND", "DUE", "DURATION"))
    for alarm in entry.components:
        trigger = alarm.one("TRIGGER") if alarm.name == "VALARM" else None
        if trigger is None or not trigger.value.lstrip("+-").startswith("P"):
            continue
        from_end = trigger.parameter("RELATED").upper() == "END"
        if from_end and not ends and entry.name == "VTODO":
            yield trigger.line, "TRIGGER counts from the end, and the entry has none."
        elif not from_end and "DTSTART" not in entry.properties and not (entry.name == "VTODO" and ends):
            yield trigger.line, "TRIGGER counts from the start, and the entry has no DTSTART."


@for_component("VALARM", rule="trigger-utc", severity=WARNING, reference="RFC 5545 §3.8.6.3")
def _moment_that_is_not_utc(alarm: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for line in alarm.all("TRIGGER"):
        if line.parameter("VALUE").upper() == "DATE-TIME" and not line.value.endswith("Z"):
            yield line.line, "A TRIGGER that is a moment has to be in UTC and end in Z."
