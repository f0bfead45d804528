"""Parameters and their fixed words (RFC 5545 §3.2)."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check.finding import quoted
from eventrec.formats.ical.check.rule import NOTE, WARNING, for_parameter, for_property
from eventrec.formats.ical.check.values import FAULT_OF
from eventrec.formats.ical.check.vocabulary import OPEN_PARAMETERS, PARAMETER_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.tree import Component, Property

_ADDRESSES: Final = ("DELEGATED-FROM", "DELEGATED-TO", "MEMBER", "SENT-BY")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_OF_PERSONS: Final = ("CUTYPE", "DELEGATED-FROM", "DELEGATED-TO", "MEMBER", "PARTSTAT", "ROLE", "RSVP")


def _unknown_word(name: str, words: tuple[str, ...], line: Property, _: Component) -> Iterator[str]:
    for value in line.parameters.get(name, ()):
        if value.upper() not in words and not value.upper().startswith("X-"):
            default = " Programs take it for the default." if name in OPEN_PARAMETERS else ""
            yield f"{name} of {line.name} is {quoted(value)}; known are {', '.join(words)}.{default}"


for _name, (_paragraph, _words) in PARAMETER_VALUES.items():
    if _name != "ENCODING":
        for_parameter(_name, rule=f"parameter-{_name.lower()}", severity=WARNING, reference=f"RFC 5545 §{_paragraph}")(
            partial(_unknown_word, _name, _words)
        )


@for_parameter("ENCODING", rule="encoding-of-vcalendar", severity=WARNING, reference="RFC 5545 §3.2.7")
def _encoding_of_vcalendar(line: Property, _: Component) -> Iterator[str]:
    said = line.parameter("ENCODING").upper()
    if said and said not in PARAMETER_VALUES["ENCODING"][1] and not said.startswith("X-"):
        yield f"ENCODING is {quoted(said)}, which is of vCalendar 1.0; programs show the text undecoded."


@for_parameter("CHARSET", rule="charset", severity=WARNING, reference="RFC 5545 §3.1.4")
def _character_set(line: Property, _: Component) -> Iterator[str]:
    said = line.parameter("CHARSET").upper()
    if said:
        yield f"CHARSET={quoted(said)} is of vCalendar 1.0; a calendar is in UTF-8."


@for_parameter("LANGUAGE", rule="language", severity=WARNING, reference="RFC 5545 §3.2.10")
def _language(line: Property, _: Component) -> Iterator[str]:
    said = line.parameter("LANGUAGE")
    if said and not _LANGUAGE.fullmatch(said):
        yield f"LANGUAGE is {quoted(said)}, which is no language tag; they are written en or zh-Hans."


@for_property("ATTENDEE", "ORGANIZER", rule="parameter-address", severity=WARNING, reference="RFC 5545 §3.2")
def _address_that_is_none(line: Property, _: Component) -> Iterator[str]:
    for name in _ADDRESSES:
        for value in line.parameters.get(name, ()):
            if fault := FAULT_OF["CAL-ADDRESS"](value):
                yield f"{name} of {line.name}: {fault}."


@for_property("ORGANIZER", rule="parameter-misplaced", severity=NOTE, reference="RFC 5545 §3.8.4.3")
def _organizer_who_answers(line: Property, _: Component) -> Iterator[str]:
    found = [name for name in _OF_PERSONS if name in line.parameters]
    if found:
        yield f"{', '.join(found)} of ORGANIZER says nothing; such is said of an ATTENDEE."
