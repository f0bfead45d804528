"""What a file says, line by line: the plainest reading of RFC 5545 and RFC 6350, which knows no property."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_UNESCAPED = {"\\n": "\n", "\\N": "\n"}


@dataclass
class Part:
    """A component, its lines as (name, parameters, value), and the components in it."""

    name: str
    lines: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def of(self, name: str) -> list[Part]:
        """The components of a name in it, in their order."""
        return [part for part in self.parts if part.name == name]

    def values(self, name: str) -> list[str]:
        """The values of a property, as they stand."""
        return [value for said, _, value in self.lines if said == name]

    def value(self, name: str) -> str:
        """The value of a property that stands once at most."""
        found = self.values(name)
        assert len(found) < 2, f"{name} stands {len(found)} times"
        return found[0] if found else ""

    def text(self, name: str) -> str:
        """The text of a property that stands once at most."""
        return unescape(self.value(name))

    def parameters(self, name: str) -> list[dict[str, str]]:
        """The parameters of a property, for every time that it stands."""
        return [parameters for said, parameters, _ in self.lines if said == name]


def read(content: bytes) -> Part:
    """Return what a file holds, as the parts of a part without a name."""
    root = Part("")
    open_parts = [root]
    for line in content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        name, parameters, value = _line(line)
        if name == "BEGIN":
            part = Part(value)
            open_parts[-1].parts.append(part)
            open_parts.append(part)
        elif name == "END":
            assert open_parts.pop().name == value
        else:
            open_parts[-1].lines.append((name, parameters, value))
    assert open_parts == [root]
    return root


def _line(line: str) -> tuple[str, dict[str, str], str]:
    found = re.fullmatch(r'(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:]*))*):(.*)', line)
    assert found is not None, line
    parameters: dict[str, str] = {"group": found[1]} if found[1] else {}  # RFC 6350, 3.3
    for name, quoted, bare in re.findall(r';([A-Za-z0-9-]+)=(?:"([^"]*)"|([^";:]*))', found[3]):
        both = [parameters[name]] if name in parameters else []
        parameters[name] = ",".join([*both, quoted or bare])
    return found[2], parameters, found[4]


def unescape(text: str) -> str:
    """Return a TEXT as it is meant (RFC 5545, 3.3.11)."""
    return re.sub(r"\\(.)", lambda found: _UNESCAPED.get(found[0], found[1]), text)


def split(text: str, between: str = ",") -> list[str]:
    """Return the texts of a list, or of a value with several parts."""
    texts = [""]
    for token in re.findall(r"\\?.", text):
        if token == between:
            texts.append("")
        else:
            texts[-1] += token
    return [unescape(each) for each in texts]
