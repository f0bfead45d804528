"""What a named program makes of a calendar that breaks no rule. The grounds stand in docs/checking-calendars.md."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check import values
from eventrec.formats.ical.check.rule import NOTE, WARNING, for_calendar, for_component, for_property
from eventrec.formats.ical.check.rules.entries import ends_of
from eventrec.formats.ical.check.rules.recurrence import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.calendar import Calendar
    from eventrec.formats.ical.check.tree import Component, Property

_LONG_ZONES: Final = 200
_DAYS_OF: Final = {"DAILY": 1, "WEEKLY": 7}


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


@for_component("VEVENT", rule="property-after-alarm", severity=WARNING, reference="RFC 5545 §3.6.1", client="Outlook")
def _line_after_an_alarm(event: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    begins = [each.line for each in event.components if each.name == "VALARM"]
    if begins:
        late = [line for lines in event.properties.values() for line in lines if line.line > begins[0]]
        if late:
            first = min(late, key=lambda line: line.line)
            yield first.line, f"{first.name} stands behind a VALARM; Outlook takes no message with such an event."


@for_component("VEVENT", rule="alarms-several", severity=NOTE, client="Outlook")
def _second_alarm(event: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    alarms = [each.line for each in event.components if each.name == "VALARM"]
    if len(alarms) > 1:
        yield alarms[1], "Outlook has one reminder for an event."


@for_component("VALARM", rule="alarm-after-start", severity=NOTE, client="Outlook")
def _alarm_after_the_start(alarm: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for line in alarm.all("TRIGGER"):
        length = values.duration(line.value)
        if length is not None and length > timedelta(0) and line.parameter("RELATED").upper() != "END":
            yield line.line, "Outlook has no reminder after the start of an event."


@for_property("RRULE", rule="rule-within-a-day", severity=WARNING, reference="RFC 5545 §3.3.10", client="Apple, Google")
def _several_times_a_day(line: Property, component: Component) -> Iterator[str]:
    frequency = parts(line).get("FREQ")
    if component.name == "VEVENT" and frequency in ("SECONDLY", "MINUTELY", "HOURLY"):
        yield f"Apple and Google show no series more frequent than daily, and this one is {frequency}."


@for_property("RRULE", rule="rule-case", severity=WARNING, reference="RFC 5545 §3.3.10", client="Apple")
def _rule_in_small_letters(line: Property, component: Component) -> Iterator[str]:
    if component.name == "VEVENT" and line.value != line.value.upper():
        yield "The rule has small letters; Apple does not repeat the event."


@for_property("RRULE", rule="rule-of-several-days", severity=WARNING, reference="RFC 5545 §3.3.10", client="Outlook")
def _several_numbered_weekdays(line: Property, component: Component) -> Iterator[str]:
    days = [each for each in parts(line).get("BYDAY", "").split(",") if each[:-2]]
    if component.name == "VEVENT" and len(days) > 1:
        yield f"Outlook leaves out an event on several weekdays of a month, such as {days[0]} and {days[1]}."


@for_component("VEVENT", rule="rule-overlap", severity=WARNING, reference="RFC 5545 §3.8.5.3", client="Outlook")
def _longer_than_until_it_is_again(event: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    length, rule = _length(event), event.one("RRULE")
    said = parts(rule) if rule else {}
    days = _DAYS_OF.get(said.get("FREQ", ""))
    interval = said.get("INTERVAL", "1")
    if rule is None or length is None or days is None or not re.fullmatch("[0-9]{1,4}", interval) or "BYDAY" in said:
        return
    if length > timedelta(days=days * int(interval)) and said.get("COUNT") != "1":
        yield rule.line, "The event is longer than until it is again; Outlook refuses such a series."


def _length(event: Component) -> timedelta | None:
    """Return how long an event is, as far as that can be told without its zones."""
    for _start, first, _end, last in ends_of(event):
        if isinstance(first, datetime) == isinstance(last, datetime) and values.is_utc(first) == values.is_utc(last):
            return last - first
    return values.duration(event.text("DURATION"))
