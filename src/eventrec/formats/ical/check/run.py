"""The check of a file: its octets line by line, every component when it ends, every calendar when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check import rules
from eventrec.formats.ical.check.calendar import Calendar
from eventrec.formats.ical.check.finding import Findings, Rule, quoted
from eventrec.formats.ical.check.octets import NO_CALENDAR, logical_lines
from eventrec.formats.ical.check.rule import (
    BROKEN,
    CALENDAR_RULES,
    COMPONENT_RULES,
    PARAMETER_RULES,
    PROPERTY_RULES,
    WARNING,
)
from eventrec.formats.ical.check.tree import Component, Property, content_line
from eventrec.formats.ical.check.vocabulary import INSIDE

if TYPE_CHECKING:
    from eventrec.formats.ical.check.finding import Checked

OUTSIDE: Final = Rule("outside-calendar", BROKEN, "RFC 5545 §3.4")
NOT_ENDED: Final = Rule("component-not-ended", BROKEN, "RFC 5545 §3.6")
ENDS_NOTHING: Final = Rule("end-of-nothing", BROKEN, "RFC 5545 §3.6")
BLANKS: Final = Rule("component-name", WARNING, "RFC 5545 §3.6")
MISPLACED: Final = Rule("component-misplaced", WARNING, "RFC 5545 §3.6")
TOO_DEEP: Final = Rule("nesting", BROKEN, "RFC 5545 §3.6")
TOO_MANY: Final = Rule("findings", BROKEN)
TOO_LARGE: Final = Rule("component-size", WARNING)

_DEEPEST: Final = 50
_MOST: Final = 1_000_000
_LARGEST: Final = 50_000


def check(content: bytes) -> Checked:
    """Return all that breaks a rule in a file, or makes a named program stumble. Nothing in a file is an error here."""
    findings = Findings()
    reader = _Reader(findings)
    for number, text in logical_lines(content, findings):
        line = content_line(number, text, findings)
        if line is not None:
            reader.take(line)
        if findings.number > _MOST:
            findings.add(TOO_MANY, number, f"After more than {_MOST:,} findings the rest of the file was not read.")
            break
    return findings.checked(reader.end())


class _Reader:
    """Puts lines together to components, and asks the rules."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._stack: list[Component] = []
        self._calendar: Calendar | None = None
        self._calendars = 0
        self._events = 0
        self._ignored = 0
        self._size = 0
        self._is_empty = True

    def take(self, line: Property) -> None:
        """Take the next line of the file."""
        self._is_empty = False
        if line.name in ("BEGIN", "END"):
            name = line.value.strip()
            if name != line.value or line.parameters:
                self._findings.add(BLANKS, line.line, f"{line.name}:{name[:60]} stands with blanks or parameters.")
            (self._begin if line.name == "BEGIN" else self._end)(line.line, name.upper())
        elif not self._stack:
            self._findings.add(OUTSIDE, line.line, f"{quoted(line.name)} stands outside of a calendar.")
        elif not self._ignored:
            self._property(line, self._stack[-1])

    def end(self) -> int:
        """Tell what was never ended, and return the number of events."""
        self._close(0)
        if not self._calendars and not self._is_empty:
            self._findings.add(NO_CALENDAR, 1, "There is no calendar in the file: BEGIN:VCALENDAR is missing.")
        return self._events

    def _property(self, line: Property, component: Component) -> None:
        for rule, function in _OF_PROPERTIES.get(line.name, PROPERTY_RULES[""]):
            for message in function(line, component):
                self._findings.add(rule, line.line, message)
        for name in line.parameters:
            for rule, function in PARAMETER_RULES.get(name, ()):
                for message in function(line, component):
                    self._findings.add(rule, line.line, message)
        if self._calendar is not None and "TZID" in line.parameters:
            self._calendar.note_zone_use(line)
        self._size += 1
        if self._size == _LARGEST:
            self._findings.add(
                TOO_LARGE,
                component.line,
                f"{component.name} has more than {_LARGEST:,} lines; only those are compared.",
            )
        if self._size <= _LARGEST:
            component.properties.setdefault(line.name, []).append(line)

    def _begin(self, number: int, name: str) -> None:
        open_names = [component.name for component in self._stack]
        if name == "VCALENDAR" and open_names:
            self._close(0)
        elif name in ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE") and name in open_names:
            self._close(open_names.index(name))
        if self._ignored or len(self._stack) >= _DEEPEST:
            self._ignored += 1
            if self._ignored == 1:
                self._findings.add(TOO_DEEP, number, f"Components stand more than {_DEEPEST} deep in each other.")
            return
        component = Component(name, number)
        if not self._stack:
            self._first(component)
        else:
            self._nest(component, self._stack[-1])
        self._stack.append(component)

    def _first(self, component: Component) -> None:
        """Begin a calendar; anything else that stands alone is told and looked at as if it stood in one."""
        self._size = 0
        if component.name == "VCALENDAR":
            self._calendars += 1
            self._calendar = Calendar(component, self._calendars)
        else:
            self._findings.add(OUTSIDE, component.line, f"{quoted(component.name)} stands outside of a calendar.")
            self._calendar = Calendar(Component("", component.line))

    def _nest(self, component: Component, parent: Component) -> None:
        if len(self._stack) == 1:
            self._size = 0
        allowed = INSIDE.get(parent.name)
        known = component.name in INSIDE or component.name == "VCALENDAR"
        if known and allowed is not None and component.name not in allowed:
            self._findings.add(MISPLACED, component.line, f"{component.name} has no place in {parent.name}.")
        if parent.name != "VCALENDAR" and len(parent.components) < _LARGEST:
            parent.components.append(component)

    def _end(self, number: int, name: str) -> None:
        if self._ignored:
            self._ignored -= 1
            return
        open_names = [component.name for component in self._stack]
        if name not in open_names:
            self._findings.add(ENDS_NOTHING, number, f"END:{name[:60]} ends nothing that has begun.")
            return
        at = len(open_names) - 1 - open_names[::-1].index(name)
        self._close(at + 1)
        self._finish(self._stack.pop())

    def _close(self, depth: int) -> None:
        """End what is open beyond a depth, and tell that it was not ended."""
        self._ignored = 0
        while len(self._stack) > depth:
            component = self._stack.pop()
            self._findings.add(NOT_ENDED, component.line, f"END:{component.name[:60]} is missing for this BEGIN.")
            self._finish(component)

    def _finish(self, component: Component) -> None:
        calendar = self._calendar
        if calendar is None:
            return
        if component is calendar.root:
            self._ask(component, calendar)
            for rule, function in CALENDAR_RULES:
                for line, message in function(calendar):
                    self._findings.add(rule, line, message)
            self._calendar = None
        elif not self._stack or self._stack[-1] is calendar.root:
            for each in component.walk():
                self._ask(each, calendar)
            calendar.note(component)
            self._events += component.name == "VEVENT"

    def _ask(self, component: Component, calendar: Calendar) -> None:
        name, of = component.name, COMPONENT_RULES
        for rule, function in (*of[""], *of.get(name, ()), *of.get(f"{name};METHOD={calendar.method}", ())):
            for line, message in function(component, calendar):
                self._findings.add(rule, line, message)


rules.load()
_OF_PROPERTIES: Final = {name: [*PROPERTY_RULES[""], *own] for name, own in PROPERTY_RULES.items() if name}
