"""Reading content lines, which calendars and cards share: encodings, unfolding, parameters and escapes."""

from __future__ import annotations

import codecs
import quopri
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LINE: Final = re.compile(
    r'(?:(?P<group>[\w.-]+)\.)?(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;(?:"[^"]*"|[^:;"])*)*):(?P<value>.*)',
    re.DOTALL,
)
_PARAMETER: Final = re.compile(r';((?:"[^"]*"|[^;"])*)')
_CARET: Final = {"^n": "\n", "^N": "\n", "^'": '"', "^^": "^"}
_UNFOLD: Final = re.compile(r"(?:\r\n|\n|\r)[ \t]")


@dataclass(frozen=True)
class Line:
    """One content line: its number in the file (from 1), name in capitals, parameters, and the value as it stands."""

    number: int
    name: str
    parameters: Mapping[str, tuple[str, ...]]
    value: str
    group: str = ""

    def first(self, parameter: str) -> str:
        """Return a parameter's first value; empty when it is not there."""
        return next(iter(self.parameters.get(parameter, ())), "")

    @property
    def types(self) -> frozenset[str]:
        """The words of TYPE, lower-case; of version 2.1 also those without the word TYPE."""
        return frozenset(word.lower() for value in self.parameters.get("TYPE", ()) for word in value.split(","))

    @property
    def text(self) -> str:
        """The value as TEXT: quoted-printable decoded, escapes undone."""
        return unescape(self.decoded)

    @property
    def decoded(self) -> str:
        """The value with quoted-printable undone (version 2.1), in the character set that the line names."""
        if self.first("ENCODING").upper() not in ("QUOTED-PRINTABLE", "Q"):
            return self.value
        octets = quopri.decodestring(self.value.encode("utf-8", "surrogateescape"))
        for charset in (self.first("CHARSET"), "utf-8", "gb18030"):
            try:
                return octets.decode(charset or "utf-8")
            except (UnicodeDecodeError, LookupError):
                continue
        return octets.decode("utf-8", "replace")


def decode(content: bytes) -> tuple[str, str]:
    """Return a file's text, and the encoding to tell of; empty for UTF-8. Raises Rejected."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            try:
                return content.decode(encoding), "" if encoding == "utf-8-sig" else "UTF-16"
            except UnicodeDecodeError as error:
                raise Rejected(
                    "The file is damaged: it is not in the encoding that it begins in.", "Export it again."
                ) from error
    for encoding, told in (("utf-8", ""), ("gb18030", "GB18030")):
        try:
            return content.decode(encoding), told
        except UnicodeDecodeError:
            continue
    raise Rejected("The file is neither in UTF-8, UTF-16 nor GB18030.", "Export it again as UTF-8.")


def lines(text: str) -> Iterator[Line | tuple[int, str]]:
    """Yield content lines, unfolded; a line that is none comes as its number and text.

    RFC 5545 §3.1 and RFC 6350 §3.2; lines may end in CRLF, LF or CR. Soft line breaks of quoted-printable are joined.
    """
    number, waiting = 0, ""
    for at, raw in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if waiting and raw[:1] in (" ", "\t") and not _is_soft(waiting):
            waiting += raw[1:]
        elif waiting and _is_soft(waiting):
            waiting = waiting[:-1] + raw.lstrip(" \t") if raw[:1] in (" ", "\t") else waiting[:-1] + raw
        else:
            if waiting:
                yield _line(number, waiting)
            number, waiting = at, raw if raw.strip() else ""
    if waiting:
        yield _line(number, waiting)


def _is_soft(line: str) -> bool:
    return line.endswith("=") and "QUOTED-PRINTABLE" in line.split(":", 1)[0].upper()


def _line(number: int, raw: str) -> Line | tuple[int, str]:
    found = _LINE.fullmatch(raw.lstrip("\ufeff"))
    if not found:
        return number, raw
    parameters: dict[str, tuple[str, ...]] = {}
    for text in _PARAMETER.findall(found["parameters"]):
        name, equals, value = text.partition("=")
        if not equals:  # version 2.1: TEL;WORK;VOICE:
            name, value = ("ENCODING", name) if name.upper() in ("QUOTED-PRINTABLE", "BASE64") else ("TYPE", name)
        values = tuple(_uncaret(each.strip('"')) for each in re.findall(r'"[^"]*"|[^,"]+', value)) or ("",)
        parameters[name.strip().upper()] = (*parameters.get(name.strip().upper(), ()), *values)
    return Line(number, found["name"].upper(), parameters, found["value"], found["group"] or "")


def _uncaret(value: str) -> str:
    """Undo RFC 6868."""
    return re.sub(r"\^[nN'^]", lambda each: _CARET[each[0]], value)


def unescape(value: str) -> str:
    """Undo the escapes of a TEXT value (RFC 5545 §3.3.11, RFC 6350 §3.4)."""
    return re.sub(r"\\(.)", lambda each: "\n" if each[1] in "nN" else each[1], value, flags=re.DOTALL)


def components(value: str, separator: str = ";") -> list[str]:
    """Split a structured value at a separator that is not escaped, and undo the escapes of its parts."""
    parts = re.split(rf"((?:[^\\{separator}]|\\.)*){re.escape(separator)}?", value, flags=re.DOTALL)[1::2]
    parts = parts[:-1] if parts and not parts[-1] and not value.endswith(separator) else parts
    return [unescape(part) for part in parts]
