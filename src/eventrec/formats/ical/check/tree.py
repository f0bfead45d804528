"""Content lines as properties and components: what breaks the grammar of RFC 5545 §3.1 and §3.4."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check.finding import Rule, quoted
from eventrec.formats.ical.check.rule import BROKEN, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.finding import Findings

NO_LINE: Final = Rule("content-line", BROKEN, "RFC 5545 §3.1")
PARAMETER: Final = Rule("parameter", BROKEN, "RFC 5545 §3.1")
PARAMETER_TWICE: Final = Rule("parameter-twice", WARNING, "RFC 5545 §3.2")
NAME: Final = Rule("property-name", BROKEN, "RFC 5545 §3.1")

_VALUE: Final = r'(?:"[^"]*"|[^";:,]*)'
_LINE: Final = re.compile(rf"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+={_VALUE}(?:,{_VALUE})*)*):(.*)", re.DOTALL)
_PARAMETER: Final = re.compile(rf";([A-Za-z0-9-]+)=({_VALUE}(?:,{_VALUE})*)")
_ONE_VALUE: Final = re.compile(r'"([^"]*)"|[^",]+')
_COLON: Final = re.compile(r'"[^"]*"|:')
_WORD: Final = re.compile(r"[A-Za-z0-9-]+")


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


def content_line(number: int, text: str, findings: Findings) -> Property | None:
    """Return a line as a property; None where there is none in it. What breaks the grammar is told."""
    found = _LINE.fullmatch(text)
    if found is None:
        return _forgiven(number, text, findings)
    name, parameters, value = found.groups()
    if not parameters:
        return Property(number, name.upper(), {}, value)
    return Property(number, name.upper(), _parameters(number, parameters, findings), value)


def _parameters(number: int, text: str, findings: Findings) -> dict[str, tuple[str, ...]]:
    parameters: dict[str, tuple[str, ...]] = {}
    for name, written in _PARAMETER.findall(text):
        values = tuple(each[1] if each[0][0] == '"' else each[0] for each in _ONE_VALUE.finditer(written))
        if name.upper() in parameters:
            findings.add(
                PARAMETER_TWICE, number, f"The parameter {name.upper()} stands twice; programs take one of them."
            )
        parameters.setdefault(name.upper(), values)
    return parameters


def _forgiven(number: int, text: str, findings: Findings) -> Property | None:
    """Say what is wrong with a line, and return what can be made of it."""
    colon = next((each.start() for each in _COLON.finditer(text) if each[0] == ":"), -1)
    if colon < 0:
        findings.add(NO_LINE, number, f"{quoted(text)} is no content line: it has no colon after its name.")
        return None
    name, _, parameters = text[:colon].partition(";")
    if not _WORD.fullmatch(name):
        findings.add(NAME, number, f"{quoted(name)} is no name of a property: letters, digits and hyphens only.")
    else:
        findings.add(PARAMETER, number, f"{quoted(parameters)} is no list of parameters: {_fault(parameters)}.")
    return Property(number, name.strip().upper(), _readable(parameters), text[colon + 1 :])


def _fault(parameters: str) -> str:
    if parameters.count('"') % 2:
        return "a quote does not close"
    if '"' in re.sub(r'(?<=[=,])"[^"]*"(?=[,;]|$)', "", parameters):
        return "a quote stands within a value"
    if any("=" not in each for each in re.sub(r'"[^"]*"', "", parameters).split(";")):
        return "one has no “=”"
    return "a name has other characters than letters, digits and hyphens"


def _readable(parameters: str) -> dict[str, tuple[str, ...]]:
    pairs = (each.partition("=") for each in parameters.split(";"))
    return {name.strip().upper(): (value.strip('"'),) for name, _, value in pairs if value}
