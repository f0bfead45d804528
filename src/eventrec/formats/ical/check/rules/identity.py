"""Which entry is which (RFC 5545 §3.8.4.7, §3.8.4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventrec.formats.ical.check.calendar import identity
from eventrec.formats.ical.check.finding import quoted
from eventrec.formats.ical.check.rule import WARNING, for_calendar, for_component

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.calendar import Calendar
    from eventrec.formats.ical.check.tree import Component


@for_component("VEVENT", "VTODO", "VJOURNAL", rule="uid-twice", severity=WARNING, reference="RFC 5545 §3.8.4.7")
def _uid_twice(entry: Component, calendar: Calendar) -> Iterator[tuple[int, str]]:
    earlier = calendar.identities.get(identity(entry)) if entry.text("UID") else None
    if earlier is not None:
        line = entry.properties["UID"][0].line
        yield line, f"The UID {quoted(entry.text('UID'))} is that of line {earlier} too; programs keep one of the two."


@for_calendar(rule="recurrence-id-type", severity=WARNING, reference="RFC 5545 §3.8.4.4")
def _day_of_another_type_than_its_series(calendar: Calendar) -> Iterator[tuple[int, str]]:
    for family, line, has_time in calendar.days:
        if calendar.series.get(family, has_time) != has_time:
            which = "a time, the series is of days" if has_time else "a day, the series has a time"
            yield line, f"RECURRENCE-ID is {which}; programs do not find the day that is meant."


@for_component("VEVENT", "VTODO", "VJOURNAL", rule="related-to-itself", severity=WARNING, reference="RFC 5545 §3.8.4.5")
def _related_to_itself(entry: Component, _: Calendar) -> Iterator[tuple[int, str]]:
    for line in entry.all("RELATED-TO"):
        if line.value and line.value == entry.text("UID"):
            yield line.line, "RELATED-TO names the entry itself."
