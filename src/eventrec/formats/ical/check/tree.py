"""Content lines as properties and components: what breaks the grammar of RFC 5545 §3.1."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.formats.ical.check.finding import Rule, quoted
from eventrec.formats.ical.check.rule import BROKEN, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.finding import Findings

NO_LINE: Final = Rule("content-line", BROKEN, "RFC 5545 §3.1")
NAME: Final = Rule("property-name", BROKEN, "RFC 5545 §3.1")
PARAMETER: Final = Rule("parameter", BROKEN, "RFC 5545 §3.1")
PARAMETER_TWICE: Final = Rule("parameter-twice", WARNING, "RFC 5545 §3.2")

_VALUE: Final = r'(?:"[^"]*"|[^";:,]*)'
_PARAMETERS: Final = re.compile(rf"(?:;[A-Za-z0-9-]+={_VALUE}(?:,{_VALUE})*)*")
_PARAMETER: Final = re.compile(rf";([A-Za-z0-9-]+)=({_VALUE}(?:,{_VALUE})*)")
_ONE_VALUE: Final = re.compile(r'"([^"]*)"|[^",]+')
_COLON: Final = re.compile(r'"[^"]*"|:')
_WORD: Final = re.compile(r"[A-Za-z0-9-]+")
_LONGEST: Final = 100_000
"""Characters before the colon of a line that are looked at; more are no name and no parameters."""


@dataclass(slots=True)
class Property:
    """A content line: name in capitals, parameters by their names in capitals, the value as it stands."""

    line: int
    name: str
    parameters: dict[str, tuple[str, ...]]
    value: str

    def parameter(self, name: str) -> str:
        """Return a parameter's first value; empty when it is not there."""
        return next(iter(self.parameters.get(name, ())), "")


@dataclass(slots=True)
class Component:
    """A component from its BEGIN on, with the properties by name and the components in it."""

    name: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    components: list[Component] = field(default_factory=list)

    def all(self, *names: str) -> list[Property]:
        """Return the properties of these names."""
        return [each for name in names for each in self.properties.get(name, ())]

    def one(self, name: str) -> Property | None:
        """Return the first property of a name."""
        found = self.properties.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """Return the value of the first property of a name as it stands; empty when there is none."""
        found = self.properties.get(name)
        return found[0].value if found else ""

    def walk(self) -> Iterator[Component]:
        """Yield the component and all within it."""
        waiting = [self]
        while waiting:
            component = waiting.pop()
            yield component
            waiting += component.components


class _Head(NamedTuple):
    """What stands before the colon, as far as it can be read, with what is wrong with it."""

    name: str
    parameters: dict[str, tuple[str, ...]]
    faults: tuple[tuple[Rule, str], ...] = ()


def content_line(number: int, text: str, findings: Findings) -> Property | None:
    """Return a line as a property; None where there is none in it. What breaks the grammar is told."""
    colon = text.find(":", 0, _LONGEST)
    if '"' in text[: max(colon, 0)]:
        colon = next((each.start() for each in _COLON.finditer(text, 0, _LONGEST) if each[0] == ":"), -1)
    if colon < 0:
        findings.add(NO_LINE, number, f"{quoted(text)} is no content line: it has no colon after its name.")
        return None
    head = _head(text[:colon]) if colon < 200 else _head.__wrapped__(text[:colon])
    for rule, message in head.faults:
        findings.add(rule, number, message)
    return Property(number, head.name, head.parameters, text[colon + 1 :])


@lru_cache(maxsize=4_000)
def _head(text: str) -> _Head:
    """Read what stands before the colon; the same stands before thousands of lines."""
    name, semicolon, rest = text.partition(";")
    if not _WORD.fullmatch(name):
        fault = f"{quoted(name)} is no name of a property: letters, digits and hyphens only."
        return _Head(name.strip().upper(), _readable(rest), ((NAME, fault),))
    if not semicolon:
        return _Head(name.upper(), {})
    if not _PARAMETERS.fullmatch(f";{rest}"):
        fault = f"{quoted(rest)} is no list of parameters: {_fault(rest)}."
        return _Head(name.upper(), _readable(rest), ((PARAMETER, fault),))
    parameters: dict[str, tuple[str, ...]] = {}
    faults = []
    for word, written in _PARAMETER.findall(f";{rest}"):
        values = tuple(each[1] if each[0][0] == '"' else each[0] for each in _ONE_VALUE.finditer(written))
        if word.upper() in parameters:
            faults.append((PARAMETER_TWICE, f"{word.upper()} stands twice among the parameters; programs take one."))
        parameters.setdefault(word.upper(), values)
    return _Head(name.upper(), parameters, tuple(faults))


def _fault(parameters: str) -> str:
    if parameters.count('"') % 2:
        return "a quote does not close"
    if '"' in re.sub(r'(?<=[=,])"[^"]*"(?=[,;]|$)', "", parameters):
        return "a quote stands within a value"
    if any("=" not in each for each in re.sub(r'"[^"]*"', "", parameters).split(";")):
        return "one has no “=”"
    return "a name has other characters than letters, digits and hyphens"


def _readable(parameters: str) -> dict[str, tuple[str, ...]]:
    """Return what can be made of parameters that break the grammar."""
    pairs = (each.partition("=") for each in parameters.split(";"))
    return {name.strip().upper(): (value.strip('"'),) for name, _, value in pairs if value}
