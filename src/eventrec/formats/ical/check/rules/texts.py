"""Texts and their escapes (RFC 5545 §3.3.11)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check.finding import quoted
from eventrec.formats.ical.check.rule import WARNING, for_property

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.tree import Component, Property

_TEXTS: Final = ("COMMENT", "CONTACT", "DESCRIPTION", "LOCATION", "NAME", "SUMMARY", "X-WR-CALNAME", "X-WR-CALDESC")
_LISTS: Final = ("CATEGORIES", "RESOURCES", "LOCATION-TYPE")
_ESCAPE: Final = re.compile(r"\\(.?)", re.DOTALL)
_ESCAPED: Final = ("\\", ";", ",", "n", "N")


@for_property(*_TEXTS, *_LISTS, rule="escape", severity=WARNING, reference="RFC 5545 §3.3.11")
def _backslash_before_something_else(line: Property, _: Component) -> Iterator[str]:
    if "\\" not in line.value:
        return
    for found in _ESCAPE.finditer(line.value):
        if found[1] not in _ESCAPED:
            yield f"{line.name} has a backslash before {quoted(found[1])}; a backslash itself is written \\\\."
            return


@for_property(*_TEXTS, *_LISTS, rule="not-escaped", severity=WARNING, reference="RFC 5545 §3.3.11")
def _separator_that_is_not_escaped(line: Property, _: Component) -> Iterator[str]:
    if "VALUE" in line.parameters:
        return
    separators = (";",) if line.name in _LISTS else (";", ",")
    if not any(each in line.value for each in separators):
        return
    plain = _ESCAPE.sub("", line.value)
    for each in separators:
        if each in plain:
            yield f"{line.name} has {quoted(each)} without a backslash; a program may take what follows for more."
            return
