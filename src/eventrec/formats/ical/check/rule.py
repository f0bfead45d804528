"""How a rule is written down: a function that yields what is wrong, with its name, severity and paragraph above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check.finding import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from eventrec.formats.ical.check.calendar import Calendar
    from eventrec.formats.ical.check.tree import Component, Property

    PropertyRule = Callable[[Property, Component], Iterator[str]]
    ComponentRule = Callable[[Component, Calendar], Iterator[tuple[int, str]]]
    CalendarRule = Callable[[Calendar], Iterator[tuple[int, str]]]

BROKEN: Final = Severity.BROKEN
WARNING: Final = Severity.WARNING
NOTE: Final = Severity.NOTE

PROPERTY_RULES: Final[dict[str, list[tuple[Rule, PropertyRule]]]] = {}
"""Rules of one line, by the name of its property; those under "" are for every line."""

PARAMETER_RULES: Final[dict[str, list[tuple[Rule, PropertyRule]]]] = {}
"""Rules of a line that has a parameter, by the parameter's name."""

COMPONENT_RULES: Final[dict[str, list[tuple[Rule, ComponentRule]]]] = {}
"""Rules of a whole component, by its name; those under "" are for every component.

Those under a name like `VEVENT;METHOD=REPLY` are for that component in a calendar with that METHOD.
"""

CALENDAR_RULES: Final[list[tuple[Rule, CalendarRule]]] = []
"""Rules of a calendar as a whole, asked when it ends."""


def for_property(
    *names: str, rule: str, severity: Severity, reference: str = "", client: str = ""
) -> Callable[[PropertyRule], PropertyRule]:
    """Write a rule down that is asked for every line of these properties, or of all; it yields messages."""

    def note(function: PropertyRule) -> PropertyRule:
        for name in names or ("",):
            PROPERTY_RULES.setdefault(name, []).append((Rule(rule, severity, reference, client), function))
        return function

    return note


def for_parameter(
    *names: str, rule: str, severity: Severity, reference: str = "", client: str = ""
) -> Callable[[PropertyRule], PropertyRule]:
    """Write a rule down that is asked for every line that has such a parameter; it yields messages."""

    def note(function: PropertyRule) -> PropertyRule:
        for name in names:
            PARAMETER_RULES.setdefault(name, []).append((Rule(rule, severity, reference, client), function))
        return function

    return note


def for_component(
    *names: str, rule: str, severity: Severity, reference: str = "", client: str = ""
) -> Callable[[ComponentRule], ComponentRule]:
    """Write a rule down that is asked when such a component, or any, has ended; it yields lines and messages."""

    def note(function: ComponentRule) -> ComponentRule:
        for name in names or ("",):
            COMPONENT_RULES.setdefault(name, []).append((Rule(rule, severity, reference, client), function))
        return function

    return note


def for_calendar(
    *, rule: str, severity: Severity, reference: str = "", client: str = ""
) -> Callable[[CalendarRule], CalendarRule]:
    """Write a rule down that is asked when a calendar has ended; it yields lines and messages."""

    def note(function: CalendarRule) -> CalendarRule:
        CALENDAR_RULES.append((Rule(rule, severity, reference, client), function))
        return function

    return note
