"""Values that are not of their property's type (RFC 5545 §3.3, §3.2.20 and the property's own paragraph)."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check import values
from eventrec.formats.ical.check.finding import quoted
from eventrec.formats.ical.check.rule import BROKEN, WARNING, for_parameter, for_property
from eventrec.formats.ical.check.vocabulary import KINDS, UTC_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.tree import Component, Property

_SEVERITIES: Final = {"URI": WARNING, "CAL-ADDRESS": WARNING, "BOOLEAN": WARNING, "FLOAT": WARNING}
"""Types whose faults programs forgive; any other fault costs the value."""

_TYPES: Final = (*values.FAULT_OF, "UID", "XML-REFERENCE", "UNKNOWN")
_GEO: Final = re.compile(r"([+-]?[0-9]{1,3}(?:\.[0-9]+)?);([+-]?[0-9]{1,3}(?:\.[0-9]+)?)")
_RANGES: Final = {
    "PRIORITY": ("3.8.1.9", 0, 9),
    "PERCENT-COMPLETE": ("3.8.1.8", 0, 100),
    "SEQUENCE": ("3.8.7.4", 0, 2**31 - 1),
    "REPEAT": ("3.8.6.2", 0, 2**31 - 1),
}


def type_of(line: Property) -> str:
    """Return the type that a line says its value has, else the property's own; "" where there is none."""
    said = line.parameter("VALUE").upper()
    return said or (KINDS[line.name].types[0] if line.name in KINDS else "")


def parts_of(line: Property) -> list[str]:
    """Return the values of a line."""
    return line.value.split(",") if line.name in KINDS and KINDS[line.name].many else [line.value]


def _is_bare_date(line: Property) -> bool:
    """Tell whether a line holds a date where VALUE=DATE is forgotten."""
    if "VALUE" in line.parameters or "DATE" not in KINDS[line.name].types:
        return False
    found = [values.moment(each) for each in parts_of(line)]
    return all(each is not None and len(text) == 8 for each, text in zip(found, parts_of(line), strict=True))


def _of_type(type_: str, line: Property, component: Component) -> Iterator[str]:
    if type_of(line) != type_ or (type_ == "DATE-TIME" and _is_bare_date(line)):
        return
    if component.name == "VALARM" and line.name == "ATTACH":  # Apple names a sound of its own there
        return
    fault_of = values.FAULT_OF[type_]
    for text in parts_of(line):
        if fault := fault_of(text):
            yield f"{line.name}: {fault}."


for _name, _kind in KINDS.items():
    for _type in _kind.types:
        if _type in values.FAULT_OF and _type not in ("TEXT", "RECUR"):
            for_property(
                _name,
                rule=f"value-{_type.lower()}",
                severity=_SEVERITIES.get(_type, BROKEN),
                reference=f"RFC 5545 §{values.TYPE_PARAGRAPHS[_type]}",
            )(partial(_of_type, _type))


@for_parameter("VALUE", rule="value-type-unknown", severity=BROKEN, reference="RFC 5545 §3.2.20")
def _type_that_is_none(line: Property, _: Component) -> Iterator[str]:
    said = line.parameter("VALUE").upper()
    if said not in _TYPES and not said.startswith("X-"):
        yield f"{line.name} says VALUE={quoted(said)}, which is no type of a value."


@for_parameter("VALUE", rule="value-type", severity=WARNING, reference="RFC 5545 §3.2.20")
def _type_that_the_property_has_not(line: Property, _: Component) -> Iterator[str]:
    if line.name in KINDS:
        said, types = type_of(line), KINDS[line.name].types
        if said not in types and said in _TYPES:
            yield f"{line.name} has no value of the type {quoted(said)}; it may be {' or '.join(types)}."


@for_property(
    "DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "EXDATE", "RDATE",
    rule="date-without-value", severity=WARNING, reference="RFC 5545 §3.3.4",
)  # fmt: skip
def _date_that_is_not_said_to_be_one(line: Property, _: Component) -> Iterator[str]:
    if _is_bare_date(line):
        yield f"{line.name} is a date without a time: it has to say so, {line.name};VALUE=DATE:{line.value[:8]}."


def _not_utc(line: Property, _: Component) -> Iterator[str]:
    found = values.moment(line.value)
    if found is not None and not values.is_utc(found):
        yield f"{line.name} has to be in UTC and end in Z."


for _name, _reference in UTC_ONLY.items():
    for_property(_name, rule="not-utc", severity=WARNING, reference=_reference)(_not_utc)


@for_parameter("TZID", rule="zone-without-time", severity=WARNING, reference="RFC 5545 §3.2.19")
def _zone_of_a_date_or_of_utc(line: Property, _: Component) -> Iterator[str]:
    if line.name not in KINDS:
        return
    found = [values.moment(each.partition("/")[0]) for each in parts_of(line)]
    if any(map(values.is_utc, found)):
        yield f"{line.name} has a TZID and is in UTC; some programs believe the one, some the other."
    elif any(each is not None for each in found) and type_of(line) == "DATE":
        yield f"{line.name} is a date and has a TZID, which says nothing of a date."


@for_property("GEO", rule="geo", severity=BROKEN, reference="RFC 5545 §3.8.1.6")
def _place_that_is_none(line: Property, _: Component) -> Iterator[str]:
    found = _GEO.fullmatch(line.value)
    if not found:
        yield f"GEO: {quoted(line.value)} is no place, which is written 39.90;116.40 (latitude;longitude)."
    elif abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        yield f"GEO: {quoted(line.value)} is no place: a latitude is at most 90, a longitude at most 180."


def _out_of_range(lowest: int, highest: int, line: Property, _: Component) -> Iterator[str]:
    if values.FAULT_OF["INTEGER"](line.value) == "" and not lowest <= int(line.value) <= highest:
        yield f"{line.name} is {line.value}; it goes from {lowest} to {highest:,}."


for _name, (_paragraph, _lowest, _highest) in _RANGES.items():
    for_property(_name, rule="range", severity=WARNING, reference=f"RFC 5545 §{_paragraph}")(
        partial(_out_of_range, _lowest, _highest)
    )


@for_property("ATTACH", "IMAGE", rule="binary", severity=WARNING, reference="RFC 5545 §3.1.3")
def _binary_without_encoding(line: Property, _: Component) -> Iterator[str]:
    binary, coded = type_of(line) == "BINARY", line.parameter("ENCODING").upper() == "BASE64"
    if binary != coded:
        yield f"{line.name} needs both, ENCODING=BASE64 and VALUE=BINARY, for a file within the calendar."


@for_property("TZOFFSETFROM", "TZOFFSETTO", rule="offset-negative-zero", severity=WARNING, reference="RFC 5545 §3.3.14")
def _offset_of_minus_nothing(line: Property, _: Component) -> Iterator[str]:
    if line.value.startswith("-") and values.offset(line.value) == timedelta(0):
        yield f"{line.name} is {line.value}; no offset is written +0000."
