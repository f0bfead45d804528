"""When an entry is, and where it stands (RFC 5545 §3.6.1, §3.6.2, §3.8.2)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check import values
from eventrec.formats.ical.check.finding import quoted
from eventrec.formats.ical.check.rule import BROKEN, WARNING, for_component, for_property
from eventrec.formats.ical.check.vocabulary import STATUSES
from eventrec.formats.ical.check.zone import known_zone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from eventrec.formats.ical.check.calendar import Calendar
    from eventrec.formats.ical.check.tree import Component, Property

_ENDS: Final = {"VEVENT": "DTEND", "VTODO": "DUE", "VFREEBUSY": "DTEND"}
_ANSWER: Final = re.compile(r"[0-9](?:\.[0-9]+){1,2};")
_END_PARAGRAPHS: Final = {"DTEND": "RFC 5545 §3.8.2.2", "DUE": "RFC 5545 §3.8.2.3"}


def ends_of(component: Component) -> Iterator[tuple[Property, date, Property, date]]:
    """Yield start and end of an entry that has both, as lines and as values."""
    start, end = component.one("DTSTART"), component.one(_ENDS.get(component.name, "DTEND"))
    if start and end:
        first, last = values.moment(start.value), values.moment(end.value)
        if first is not None and last is not None:
            yield start, first, end, last


@for_component("VEVENT", rule="event-without-start", severity=WARNING, reference="RFC 5545 §3.6.1", client="khal")
def _event_without_start(event: Component, calendar: Calendar) -> Iterator[tuple[int, str]]:
    if not calendar.method and "DTSTART" not in event.properties:
        yield event.line, "The event has no DTSTART; programs such as khal leave it out."


@for_component("VEVENT", "VTODO", rule="end-and-duration", severity=WARNING, reference="RFC 5545 §3.6.1")
def _end_and_duration(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    end = _ENDS[entry.name]
    if end in entry.properties and "DURATION" in entry.properties:
        yield entry.properties["DURATION"][0].line, f"DURATION stands beside {end}; only one of them may."


@for_component("VTODO", rule="duration-without-start", severity=WARNING, reference="RFC 5545 §3.6.2")
def _duration_without_start(todo: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    if "DURATION" in todo.properties and "DTSTART" not in todo.properties:
        yield todo.properties["DURATION"][0].line, "DURATION needs a DTSTART to count from."


def _before_start(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for start, first, end, last in ends_of(entry):
        comparable = _comparable(start, first, end, last)
        if comparable and comparable[1] < comparable[0]:
            yield end.line, f"{end.name} {end.value} is before DTSTART {start.value}."


def _at_start(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for start, first, end, last in ends_of(entry):
        comparable = _comparable(start, first, end, last)
        if comparable and comparable[1] == comparable[0]:
            day = " A whole day ends on the day after." if not isinstance(first, datetime) else " Leave it out."
            yield end.line, f"{end.name} is the same as DTSTART; it has to be later.{day}"


def _other_type(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for _start, first, end, last in ends_of(entry):
        if isinstance(first, datetime) != isinstance(last, datetime):
            which = "DTSTART is a day" if isinstance(last, datetime) else "DTSTART has a time"
            yield end.line, f"{which}, {end.name} is {'a time' if isinstance(last, datetime) else 'a day'}."


def _other_zone(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for start, first, end, last in ends_of(entry):
        if (
            isinstance(first, datetime)
            and isinstance(last, datetime)
            and _has_zone(start, first) != _has_zone(end, last)
        ):
            yield end.line, f"Of DTSTART and {end.name} only one says its time zone; the length cannot be told."


for _component, _end in _ENDS.items():
    for _rule, _severity, _function in (
        ("end-before-start", BROKEN, _before_start),
        ("end-at-start", WARNING, _at_start),
        ("end-of-other-type", BROKEN, _other_type),
        ("end-without-zone", WARNING, _other_zone),
    ):
        for_component(_component, rule=_rule, severity=_severity, reference=_END_PARAGRAPHS[_end])(_function)


def _has_zone(line: Property, value: date) -> bool:
    return "TZID" in line.parameters or values.is_utc(value)


def _comparable(start: Property, first: date, end: Property, last: date) -> tuple[date, date] | None:
    """Return both values so that they can be compared; None where that needs a zone that is not known."""
    if isinstance(first, datetime) != isinstance(last, datetime):
        return None
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        return first, last
    if start.parameter("TZID") == end.parameter("TZID") and values.is_utc(first) == values.is_utc(last):
        return first, last
    moments = _in_zone(start, first), _in_zone(end, last)
    return moments if all(values.is_utc(each) for each in moments) else None


def _in_zone(line: Property, value: datetime) -> datetime:
    zone = known_zone(line.parameter("TZID"))
    return value if value.tzinfo or zone is None else value.replace(tzinfo=zone)


@for_component("VEVENT", "VTODO", rule="duration-negative", severity=BROKEN, reference="RFC 5545 §3.8.2.5")
def _negative_duration(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for line in entry.all("DURATION"):
        length = values.duration(line.value)
        if length is not None and length < timedelta(0):
            yield line.line, "DURATION is negative; the entry would end before it starts."


@for_component("VEVENT", "VTODO", rule="duration-of-days", severity=WARNING, reference="RFC 5545 §3.8.2.5")
def _hours_of_a_whole_day(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    start, length = entry.one("DTSTART"), entry.one("DURATION")
    if start and length and len(start.value) == 8 and "T" in length.value and values.duration(length.value) is not None:
        yield length.line, "The entry is of whole days; its DURATION has to be in days or weeks."


def _of_words(words: tuple[str, ...], line: Property, component: Component) -> Iterator[str]:
    if line.value.upper() not in words and not line.value.upper().startswith("X-"):
        yield f"{line.name} of a {component.name} is {quoted(line.value)}; it may be {', '.join(words)}."


@for_property("STATUS", rule="status", severity=WARNING, reference="RFC 5545 §3.8.1.11")
def _unknown_status(line: Property, component: Component) -> Iterator[str]:
    if component.name in STATUSES:
        yield from _of_words(STATUSES[component.name], line, component)


for_property("TRANSP", rule="transparency", severity=WARNING, reference="RFC 5545 §3.8.2.7")(
    partial(_of_words, ("OPAQUE", "TRANSPARENT"))
)


@for_component("VFREEBUSY", rule="busy-not-utc", severity=WARNING, reference="RFC 5545 §3.6.4")
def _busy_time_that_is_not_in_utc(busy: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for line in busy.all("DTSTART", "DTEND", "FREEBUSY"):
        starts = [values.moment(each.partition("/")[0]) for each in line.value.split(",")]
        if any(isinstance(each, datetime) and not values.is_utc(each) for each in starts):
            yield line.line, f"{line.name} of busy time has to be in UTC and end in Z."


@for_property("REQUEST-STATUS", rule="request-status", severity=WARNING, reference="RFC 5545 §3.8.8.3")
def _answer_without_a_code(line: Property, _: Component) -> Iterator[str]:
    if not _ANSWER.match(line.value):
        yield f"REQUEST-STATUS is {quoted(line.value)}; it begins like 2.0;Success."
