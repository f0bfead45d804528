"""Reading content lines, which calendars and cards share: unfolding, parameters and escapes."""

from __future__ import annotations

import quopri
import re
from dataclasses import dataclass
from functools import lru_cache
from io import IncrementalNewlineDecoder
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.localized import Localized
from eventrec.text import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_HEAD: Final = re.compile(r'(?:(?P<group>[\w.-]+)\.)?(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;(?:"[^"]*"|[^:;"])*)*):')
_PARAMETER: Final = re.compile(r';((?:"[^"]*"|[^;"])*)')
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_VALUE: Final = re.compile(r'"[^"]*"|[^,"]+')
_CARET: Final = {"^n": "\n", "^N": "\n", "^'": '"', "^^": "^"}


BETWEEN: Final = re.compile(r"\s/\s")
"""What stands between a text in one language and the same in another: “Workshop / 研讨会”."""

_LISTED: Final = 5
_ENOUGH: Final = 2_000
_LONGEST_HEAD: Final = 20_000

LONGEST_LINE: Final = 1_000_000
"""Characters of a content line without its folds; what goes beyond is let go, and whoever keeps the line tells."""

_MOST_HEADS: Final = 4_000
_SHORT_HEAD: Final = 200


@dataclass(slots=True)
class Line:
    """One content line: its number in the file (from 1), name in capitals, parameters, and the value as it stands.

    Treat it as a value: lines share their parameters. It is not frozen, since making it would take three times as long.
    """

    number: int
    name: str
    parameters: Mapping[str, tuple[str, ...]]
    value: str
    group: str = ""

    def first(self, parameter: str) -> str:
        """Return a parameter's first value; empty when it is not there."""
        values = self.parameters.get(parameter)
        return values[0] if values else ""

    @property
    def types(self) -> frozenset[str]:
        """The words of TYPE, lower-case; of version 2.1 also those without the word TYPE."""
        return frozenset(word.lower() for value in self.parameters.get("TYPE", ()) for word in value.split(","))

    @property
    def text(self) -> str:
        """The value as TEXT: quoted-printable decoded, escapes undone."""
        return unescape(self.decoded if "ENCODING" in self.parameters else self.value)

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


def lines(text: str) -> Iterator[Line | tuple[int, str]]:
    """Yield content lines, unfolded; a line that is none comes as its number and text.

    RFC 5545 §3.1 and RFC 6350 §3.2; lines may end in CRLF, LF or CR. Soft line breaks of quoted-printable are joined.
    """
    for number, raw in unfolded((text,)):
        yield parsed(number, raw)


def unfolded(pieces: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the number of each line that is not blank, from 1, and its text without folds.

    Of one that is longer than LONGEST_LINE comes a beginning that is longer too.
    """
    number, parts, soft, size, is_quoted = 0, list[str](), False, 0, False
    for at, raw in enumerate(_physical(pieces), 1):
        if parts and (soft or raw[:1] in (" ", "\t")):
            if soft:
                parts[-1] = parts[-1][:-1]
            piece = raw[1:] if not soft else raw.lstrip(" \t")
            parts.append(piece[: LONGEST_LINE + 1] if size <= LONGEST_LINE else piece[-1:])
            size += len(raw)
            soft = is_quoted and parts[-1].endswith("=")
            continue
        if parts:
            yield number, parts[0] if len(parts) == 1 else "".join(parts)
        number, size = at, len(raw)
        parts = [raw[: LONGEST_LINE + 1]] if raw and not raw.isspace() else []
        is_quoted = ("=" in raw) and bool(parts) and _is_quoted(parts[0])
        soft = is_quoted and parts[0].endswith("=")
    if parts:
        yield number, parts[0] if len(parts) == 1 else "".join(parts)


def _physical(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a text as they stand: they end in CRLF, LF or CR, and nowhere else."""
    ends = IncrementalNewlineDecoder(None, translate=True)
    rest = ""
    for piece in pieces:
        found = (rest + ends.decode(piece)).split("\n")
        rest = found.pop()[: LONGEST_LINE + 1]
        yield from found
    yield rest + ends.decode("", final=True).removesuffix("\n")


def _is_quoted(line: str) -> bool:
    return "QUOTED-PRINTABLE" in line[:_LONGEST_HEAD].split(":", 1)[0].upper()


def parsed(number: int, raw: str) -> Line | tuple[int, str]:
    """Take a content line apart; one that is none comes back as it is."""
    raw = raw.lstrip("\ufeff")
    head, colon, value = raw.partition(":")
    if not colon or '"' in head:
        found = _HEAD.match(raw[:_LONGEST_HEAD])
        head, value = (found[0][:-1], raw[found.end() :]) if found else ("", "")
    known = _known_head(head) if len(head) <= _SHORT_HEAD else _head(head)
    if known is None:
        return number, raw
    name, parameters, group = known
    return Line(number, name, parameters, value, group)


def _head(text: str) -> tuple[str, Mapping[str, tuple[str, ...]], str] | None:
    """Return what stands before the value of a content line: name, parameters and group; None where it is none."""
    found = _HEAD.fullmatch(f"{text}:") if len(text) < _LONGEST_HEAD else None
    if not found:
        return None
    parameters: dict[str, list[str]] = {}
    for each in _PARAMETER.findall(found["parameters"]):
        name, equals, value = each.partition("=")
        if not equals:  # version 2.1: TEL;WORK;VOICE:
            name, value = ("ENCODING", name) if name.upper() in ("QUOTED-PRINTABLE", "BASE64") else ("TYPE", name)
        values = [_uncaret(one.strip('"')) for one in _VALUE.findall(value)] or [""]
        parameters.setdefault(name.strip().upper(), []).extend(values)
    kept = {name: tuple(values) for name, values in parameters.items()}
    return found["name"].upper(), kept, found["group"] or ""


_known_head: Final = lru_cache(maxsize=_MOST_HEADS)(_head)
"""The same: most lines of a file begin as others do."""


def _uncaret(value: str) -> str:
    """Undo RFC 6868."""
    return value if "^" not in value else re.sub(r"\^[nN'^]", lambda each: _CARET[each[0]], value)


def unescape(value: str) -> str:
    """Undo the escapes of a TEXT value (RFC 5545 §3.3.11, RFC 6350 §3.4)."""
    return value if "\\" not in value else _ESCAPED.sub(_meant, value)


def _meant(escaped: re.Match[str]) -> str:
    return "\n" if escaped[1] in "nN" else escaped[1]


def components(value: str, separator: str = ";") -> list[str]:
    """Split a structured value at a separator that is not escaped, and undo the escapes of its parts."""
    parts = re.split(rf"((?:[^\\{separator}]++|\\.)*+){re.escape(separator)}?", value, flags=re.DOTALL)[1::2]
    parts = parts[:-1] if parts and not parts[-1] and not value.endswith(separator) else parts
    return [unescape(part) for part in parts]


def language_of(text: str, main: str = "en") -> str:
    """Return the language that the script of a text's first two thousand characters tells."""
    return _language_of(text[:_ENOUGH], main)


@lru_cache(maxsize=10_000)
def _language_of(text: str, main: str) -> str:
    """Return a language; the same titles and agencies come again and again."""
    return names.language_of(text, main)


def named_language(line: Line) -> str:
    """Return the language tag that a line names; empty where it names none."""
    tag = line.first("LANGUAGE").replace("_", "-")
    try:
        return names.language_tag(tag) if tag else ""
    except Rejected:
        return ""


def by_script(parts: Sequence[str], between: str, main: str) -> Localized | None:
    """Join neighbours in the same language; None when a language comes twice, or there is only one."""
    if len(parts) < 2:
        return None
    runs: list[tuple[str, list[str]]] = []
    for part in parts:
        tag = language_of(part, main) if any(map(str.isalpha, part)) or not runs else runs[-1][0]
        if runs and runs[-1][0] == tag:
            runs[-1][1].append(part)
        else:
            runs.append((tag, [part]))
    found = Localized({tag: between.join(texts) for tag, texts in runs})
    return found if len(found) == len(runs) > 1 and all(found.values()) else None


def where(numbers: Sequence[int]) -> str:
    """Name lines by their numbers, the first few of many."""
    listed = ", ".join(map(str, numbers[:_LISTED]))
    more = f" and {len(numbers) - _LISTED} more" if len(numbers) > _LISTED else ""
    return f"line {listed}" if len(numbers) == 1 else f"lines {listed}{more}"
