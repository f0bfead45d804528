"""What a named program makes of a calendar that breaks no rule. The grounds stand in docs/checking-calendars.md."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check import values
from eventrec.formats.ical.check.rule import NOTE, WARNING, for_calendar, for_component, for_property
from eventrec.formats.ical.check.rules.recurrence import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.calendar import Calendar
    from eventrec.formats.ical.check.tree import Component, Property

_LONG_ZONES: Final = 200


@for_component("VEVENT", rule="floating-time", severity=WARNING, reference="RFC 5545 §3.3.5", client="Outlook, Google")
def _hours_without_zone(event: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    start = event.one("DTSTART")
    first = values.moment(start.value) if start else None
    if start and isinstance(first, datetime) and first.tzinfo is None and "TZID" not in start.parameters:
        what = "The hours say no zone: Outlook reports an error and takes that of the computer"
        yield start.line, f"{what}, Google has no such hours either."


@for_component("VEVENT", rule="rdate-without-rrule", severity=WARNING, reference="RFC 5545 §3.8.5.2", client="Outlook")
def _days_without_a_rule(event: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    if "RDATE" in event.properties and "RRULE" not in event.properties:
        yield event.properties["RDATE"][0].line, "Outlook refuses an event that has RDATE and no RRULE."


@for_component("VEVENT", rule="rdate-after-until", severity=NOTE, reference="RFC 5545 §3.8.5.2", client="Google")
def _days_after_the_rule(event: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    days = [each for line in event.all("RDATE") for each in line.value.split(",")[:100]]
    for line in event.all("RRULE"):
        until = parts(line).get("UNTIL", "")
        if until and any(values.moment(each) is not None and each[:8] > until[:8] for each in days):
            yield event.properties["RDATE"][0].line, "Google does not show days that RDATE adds after UNTIL."


@for_component("VEVENT", rule="rdate-period", severity=WARNING, reference="RFC 5545 §3.8.5.2", client="khal")
def _periods(event: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for line in event.all("RDATE"):
        if line.parameter("VALUE").upper() == "PERIOD":
            yield line.line, "khal knows no periods in RDATE."
            return


@for_component(
    "STANDARD", "DAYLIGHT", rule="zone-by-dates", severity=NOTE, reference="RFC 5545 §3.6.5", client="Outlook"
)
def _zone_without_a_rule(observance: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    if len(observance.all("RDATE")) > 1 and "RRULE" not in observance.properties:
        line = observance.properties["RDATE"][0].line
        yield line, "Outlook does not follow a VTIMEZONE that lists its changes (RDATE) instead of giving their rule."


@for_calendar(rule="zone-long", severity=WARNING, client="Google")
def _zones_of_hundreds_of_lines(calendar: Calendar) -> Iterator[tuple[int, str]]:
    for zone in calendar.zones:
        if zone.length > _LONG_ZONES:
            what = f"The VTIMEZONE has {zone.length:,} lines; with so many before the events"
            yield zone.line, f"{what} Google shows Chinese text as gibberish, or refuses the file."


@for_calendar(rule="calendar-name-of-one", severity=NOTE, client="Outlook")
def _name_of_a_single_event(calendar: Calendar) -> Iterator[tuple[int, str]]:
    line = calendar.root.one("X-WR-CALNAME")
    if line and sum(calendar.components[name] for name in ("VEVENT", "VTODO", "VJOURNAL")) == 1:
        yield line.line, "With X-WR-CALNAME Outlook makes a calendar of its own for this one event."


@for_calendar(rule="calendars-several", severity=WARNING, reference="RFC 5545 §3.4", client="Outlook")
def _second_calendar(calendar: Calendar) -> Iterator[tuple[int, str]]:
    if calendar.number == 2 and calendar.method != "PUBLISH":
        yield calendar.root.line, "Outlook takes several calendars in a file only when their METHOD is PUBLISH."


@for_property(
    "DTSTART", "DTEND", rule="year-out-of-reach", severity=WARNING, reference="RFC 5545 §3.3.5", client="Outlook"
)
def _year_that_outlook_has_not(line: Property, component: Component) -> Iterator[str]:
    found = values.moment(line.value)
    if component.name == "VEVENT" and found is not None and not 1601 <= found.year <= 4500:
        yield f"{line.name} is in the year {found.year}; the calendar of Outlook goes from 1601 to 4500."


@for_property("RECURRENCE-ID", rule="this-and-prior", severity=WARNING, reference="RFC 5545 §3.2.13", client="khal")
def _range_that_was_withdrawn(line: Property, _: Component) -> Iterator[str]:
    if line.parameter("RANGE").upper() == "THISANDPRIOR":
        yield "RANGE=THISANDPRIOR was withdrawn; khal does not support it."
