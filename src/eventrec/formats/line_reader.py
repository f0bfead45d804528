"""Reading content lines, which calendars and cards share: encodings, unfolding, parameters and escapes."""

from __future__ import annotations

import codecs
import quopri
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.localized import Localized
from eventrec.text import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HEAD: Final = re.compile(r'(?:(?P<group>[\w.-]+)\.)?(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;(?:"[^"]*"|[^:;"])*)*):')
_PARAMETER: Final = re.compile(r';((?:"[^"]*"|[^;"])*)')
_CARET: Final = {"^n": "\n", "^N": "\n", "^'": '"', "^^": "^"}


BETWEEN: Final = re.compile(r"\s/\s")
"""What stands between a text in one language and the same in another: “Workshop / 研讨会”."""

_LISTED: Final = 5
_ENOUGH: Final = 2_000
_LONGEST_HEAD: Final = 20_000

LONGEST_LINE: Final = 1_000_000
"""Characters of a content line without its folds; what goes beyond is let go, and whoever keeps the line tells."""

_ONE_LINE: Final = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_CUT_CHARACTER: Final = re.compile(
    rb"([\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})((?:\r\n|\n|\r)[ \t])([\x80-\xbf]{1,3})"
)


@dataclass(frozen=True, slots=True)
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
    for number, raw in unfolded(text):
        yield parsed(number, raw)


def unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number of each line that is not blank, from 1, and its text without folds.

    Of one that is longer than LONGEST_LINE comes a beginning that is longer too.
    """
    number, parts, soft, size = 0, list[str](), False, 0
    is_quoted: bool | None = None
    for at, found in enumerate(_ONE_LINE.finditer(text), 1):
        raw = found[1]
        goes_on = raw[:1] in (" ", "\t")
        if parts and (soft or goes_on):
            if soft:
                parts[-1] = parts[-1][:-1]
                piece = raw.lstrip(" \t") if goes_on else raw
            else:
                piece = raw[1:]
            parts.append(piece[: LONGEST_LINE + 1] if size <= LONGEST_LINE else piece[-1:])
        else:
            if parts:
                yield number, "".join(parts)
            number, parts, is_quoted, size = at, [raw[: LONGEST_LINE + 1]] if raw.strip() else [], None, 0
        size += len(raw)
        soft = bool(parts) and parts[-1].endswith("=")
        if soft and is_quoted is None:
            is_quoted = _is_quoted(parts[0])
        soft = soft and is_quoted is True
    if parts:
        yield number, "".join(parts)


def _is_quoted(line: str) -> bool:
    return "QUOTED-PRINTABLE" in line[:_LONGEST_HEAD].split(":", 1)[0].upper()


def parsed(number: int, raw: str) -> Line | tuple[int, str]:
    """Take a content line apart; one that is none comes back as it is."""
    raw = raw.lstrip("\ufeff")
    found = _HEAD.match(raw[:_LONGEST_HEAD])
    if not found:
        return number, raw
    parameters: dict[str, list[str]] = {}
    for text in _PARAMETER.findall(found["parameters"]):
        name, equals, value = text.partition("=")
        if not equals:  # version 2.1: TEL;WORK;VOICE:
            name, value = ("ENCODING", name) if name.upper() in ("QUOTED-PRINTABLE", "BASE64") else ("TYPE", name)
        values = [_uncaret(each.strip('"')) for each in re.findall(r'"[^"]*"|[^,"]+', value)] or [""]
        parameters.setdefault(name.strip().upper(), []).extend(values)
    kept = {name: tuple(values) for name, values in parameters.items()}
    return Line(number, found["name"].upper(), kept, raw[found.end() :], found["group"] or "")


def _uncaret(value: str) -> str:
    """Undo RFC 6868."""
    return re.sub(r"\^[nN'^]", lambda each: _CARET[each[0]], value)


def unescape(value: str) -> str:
    """Undo the escapes of a TEXT value (RFC 5545 §3.3.11, RFC 6350 §3.4)."""
    return re.sub(r"\\(.)", lambda each: "\n" if each[1] in "nN" else each[1], value, flags=re.DOTALL)


def components(value: str, separator: str = ";") -> list[str]:
    """Split a structured value at a separator that is not escaped, and undo the escapes of its parts."""
    parts = re.split(rf"((?:[^\\{separator}]++|\\.)*+){re.escape(separator)}?", value, flags=re.DOTALL)[1::2]
    parts = parts[:-1] if parts and not parts[-1] and not value.endswith(separator) else parts
    return [unescape(part) for part in parts]


def is_utf_8(content: bytes) -> bool:
    """Tell whether octets are UTF-8 throughout."""
    try:
        codecs.utf_8_decode(content, "strict", True)
    except UnicodeDecodeError:
        return False
    return True


def mended(content: bytes) -> bytes:
    """Return UTF-8 that was folded within a character with the folds behind it; any other octets as they are."""
    if is_utf_8(content):
        return content
    tried = _CUT_CHARACTER.sub(rb"\1\3\2", content)
    return tried if is_utf_8(tried) else content


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
