"""The content lines of contact cards: card by card, each in its own encoding, texts by the rules of its version.

Files are often several exports put one after the other, so that one card is in UTF-8 and the next in GB18030.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from eventrec.errors import Rejected
from eventrec.formats.line_reader import Line, lines
from eventrec.formats.marks import PRODUCT
from eventrec.formats.octets import DAMAGED, are, decoded_pieces, is_utf_8, mended, pieces

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

TOO_LONG: Final = 100_000
"""Characters of a value that nobody wrote."""

TAKEN: Final = frozenset(
    {"ADR", "CATEGORIES", "EMAIL", "FN", "GENDER", "IMPP", "KIND", "LANG", "MEMBER", "N", "NICKNAME", "NOTE", "ORG"}
    | {"REV", "TEL", "TITLE", "UID", "URL", "X-ABSHOWAS", "X-ADDRESSBOOKSERVER-KIND", "X-ADDRESSBOOKSERVER-MEMBER"}
    | {"X-ALT-FN", "X-ALT-ORG", "X-ALT-TITLE", "X-FAMILY-NAME", "X-GENDER", "X-GIVEN-NAME", "X-SOCIALPROFILE"}
    | {"X-WECHAT", "X-WEIXIN"}
)
"""The properties that are read."""

CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text has; they are taken out."""

_LARGEST_CARD: Final = 8 * 2**20
"""Octets; pictures are some hundred thousand."""

_LARGEST_CUT: Final = 50 * 2**20
"""Octets of a card, too large as it is, that are held to tell where the next one begins."""

_LONGEST_BEGIN: Final = 16
"""Octets in which a card begins, and one before them; a piece of a file may end within."""

_APPLE_LABEL: Final = re.compile(r"_\$!<([^>]{0,100})>!\$_")
_LONGEST_LABEL: Final = 500
_WITHOUT_RANK: Final = 101
_BEGIN: Final = re.compile(rb"(?:^|(?<=[\r\n]))(?:\xef\xbb\xbf)?BEGIN:VCARD", re.IGNORECASE)
_END_OF_LINE: Final = re.compile(rb"\r\n|\n|\r")
_CHARSET: Final = re.compile(rb"CHARSET=\"?([\w.-]+)", re.IGNORECASE)
_CODECS: Final = ("gb", "big5", "cp", "iso", "euc", "koi8", "shift_jis")
_UTF_16: Final = {b"B\0E\0": "utf-16-le", b"\0B\0E": "utf-16-be"}
_SOFT: Final = re.compile(r"^(?=[^\r\n:]*QUOTED-PRINTABLE)[^\r\n:]*+:[^\r\n]*=(?:\r\n|\n|\r)(?![ \t])", re.I | re.M)
_SHORT: Final = re.compile(r"[\u0080-\u07ff]")
_LONG: Final = re.compile(r"[\u0800-\U0010ffff]")
_BINARY: Final = ("PHOTO", "LOGO", "SOUND", "KEY")
_BASE64: Final = re.compile(r"\s*[A-Za-z0-9+/=]+\s*")

_ESCAPED: Final = re.compile(r"\\([\\;,:nN])")
_ESCAPED_2_1: Final = re.compile(r"\\([\\;,:])")
_TOKENS: Final = re.compile(r"\\.|[;,]|[^\\;,]+|\\", re.DOTALL)


@dataclass(slots=True)
class RawCard:
    """The lines of one card without BEGIN and END and without cards inside it; numbers count in the file, from 1.

    `strange` are the lines that are no content lines. `encoding` is empty for UTF-8; `problem` says why the card
    cannot be used.
    """

    line: int
    lines: list[Line] = field(default_factory=list)
    strange: list[int] = field(default_factory=list)
    encoding: str = ""
    problem: str = ""
    version: str = ""

    def text(self, line: Line) -> str:
        """Return a value as text: escapes undone, newlines as one character (RFC 6350 §3.4, RFC 2426 §4).

        Version 2.1 has no escape for a newline: a backslash and an n are what they look like.
        """
        value = value_of(line)
        return _plain(_unescaped(value, self.version) if "\\" in value else value)

    def parts(self, line: Line, separator: str = ";") -> list[str]:
        """Return the parts of a structured value, or with a comma those of a list."""
        value = value_of(line)
        if "\\" not in value:
            return [_plain(part) for part in value.split(separator)]
        found = [""]
        for token in _TOKENS.findall(value):
            if token == separator:
                found.append("")
            else:
                found[-1] += token
        return [_plain(_unescaped(part, self.version)) for part in found]


class Properties:
    """What a card says, by the name of the property; those without a value say nothing.

    `too_long` are lines that are left out, `garbled` and `controls` hold what cannot be read or was taken out. `labels`
    are the words that Apple and Google put beside a line (`item1.X-ABLabel`), by its group.
    """

    def __init__(self, raw: RawCard) -> None:
        self.raw = raw
        self.is_ours = False
        self.too_long: list[Line] = []
        self.garbled: list[Line] = []
        self.controls: list[Line] = []
        self.labels: dict[str, str] = {}
        self._by_name: dict[str, list[Line]] = {}
        for line in raw.lines:
            self._sort(line)

    def _sort(self, line: Line) -> None:
        if line.name == "PRODID":
            self.is_ours = line.value.startswith(PRODUCT)
        elif line.name == "X-ABLABEL":
            self.labels[line.group] = _APPLE_LABEL.sub(r"\1", self.raw.text(line)[:_LONGEST_LABEL]).strip()
        elif line.name in TAKEN and line.value.strip(" \t\r\n;"):
            if len(line.value) > TOO_LONG:
                self.too_long.append(line)
                return
            value = value_of(line)
            if "\ufffd" in value:
                self.garbled.append(line)
            if CONTROL.search(value):
                self.controls.append(line)
            self._by_name.setdefault(line.name, []).append(line)

    def lines(self, *names: str) -> list[Line]:
        """Return the lines of these properties, the preferred one first (RFC 6350 §5.3; TYPE=pref before 4.0)."""
        found = self.in_order(*names)
        return sorted(found, key=_rank) if len(found) > 1 else found

    def in_order(self, *names: str) -> list[Line]:
        """Return the lines of these properties as they stand."""
        return [line for name in names for line in self._by_name.get(name, ())]

    def text(self, line: Line) -> str:
        """Return a value as text, without space around it."""
        return self.raw.text(line).strip()

    def texts(self, *names: str) -> list[str]:
        """Return the values of these properties, each once."""
        return list(dict.fromkeys(text for line in self.lines(*names) if (text := self.text(line))))

    def first(self, *names: str) -> str:
        """Return the first value of these properties; empty when there is none."""
        return next(iter(self.texts(*names)), "")

    def parts(self, line: Line, separator: str = ";") -> list[str]:
        """Return the parts of a structured value, or with a comma those of a list, without space around them."""
        return [part.strip() for part in self.raw.parts(line, separator)]

    def label(self, line: Line) -> str:
        """Return the words beside a line; of Apple's own ones only the word: `_$!<Mobile>!$_`."""
        return self.labels.get(line.group, "") if line.group else ""


def is_preferred(line: Line) -> bool:
    """Tell whether a line says that it is the preferred one of its kind."""
    return _rank(line) < _WITHOUT_RANK


def _rank(line: Line) -> int:
    pref = line.first("PREF")
    if pref.isascii() and pref.isdecimal():
        return int(pref[:3])
    return 1 if "pref" in line.types else _WITHOUT_RANK


def value_of(line: Line) -> str:
    """Return a value with quoted-printable undone."""
    return line.decoded if line.parameters else line.value


def raw_cards(file: BinaryIO, outside: array[int]) -> Iterator[RawCard]:
    """Yield the cards of a file; the numbers of lines outside them are added to `outside`.

    A card that begins in another is its AGENT (versions 2.1 and 3.0) and is skipped; without that line before it, the
    END of the other is missing.
    """
    card: RawCard | None = None
    skipped = 0
    for begin, text, encoding, problem in _chunks(file):
        for each in _numbered(begin, text):
            if isinstance(each, int):
                (card.strange if card else outside).append(each)
            elif each.name == "BEGIN" and _is_card(each):
                if card and (skipped or _is_agent(card)):
                    skipped += 1
                    continue
                if card:
                    yield _unended(card)
                card = RawCard(each.number, encoding=encoding, problem=problem)
            elif each.name == "END" and _is_card(each) and card:
                if skipped:
                    skipped -= 1
                    continue
                card.problem = card.problem or _endless(card, text)
                yield card
                card = None
            elif card is None:
                outside.append(each.number)
            elif not skipped:
                card.lines.append(each)
                card.version = card.version or (each.value.strip() if each.name == "VERSION" else "")
    if card:
        yield _unended(card)


def _endless(card: RawCard, text: str) -> str:
    """Say why nobody knows where a value ends: only version 2.1 has quoted-printable (RFC 2426 §5)."""
    if card.version in ("3.0", "4.0") and _SOFT.search(text):
        return f"A value goes on over several lines in quoted-printable, which version {card.version} does not have."
    return ""


def _unended(card: RawCard) -> RawCard:
    card.problem = card.problem or "The card does not end: END:VCARD is missing."
    return card


def _is_card(line: Line) -> bool:
    return line.value.strip().upper() == "VCARD"


def _is_agent(card: RawCard) -> bool:
    return bool(card.lines) and card.lines[-1].name == "AGENT" and not card.lines[-1].value.strip()


def _numbered(begin: int, text: str) -> Iterator[Line | int]:
    """Yield lines by their numbers in the file, of those that are none the number; without pictures and their like."""
    in_binary = False
    for each in lines(text):
        if isinstance(each, tuple):
            number, raw = each
            if raw.strip() and not (in_binary and _BASE64.fullmatch(raw)):
                yield begin + number - 1
            continue
        in_binary = each.name in _BINARY
        if not in_binary:
            yield Line(begin + each.number - 1, each.name, each.parameters, each.value, each.group)


def _octets(file: BinaryIO) -> Iterator[bytes]:
    """Yield the octets of a file in pieces, of one in UTF-16 as UTF-8. Raises Rejected."""
    file.seek(0)
    mark = file.read(4)
    if not (mark in _UTF_16 or mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))):
        yield from pieces(file)
        return
    texts = decoded_pieces(pieces(file), _UTF_16.get(mark, "utf-16"), "replace" if mark in _UTF_16 else "strict")
    try:
        yield from (text.encode() for text in texts)
    except UnicodeDecodeError as error:
        raise Rejected(*DAMAGED) from error


def _chunks(file: BinaryIO) -> Iterator[tuple[int, str, str, str]]:
    """Cut a file before each BEGIN:VCARD; yield line number, text, encoding where it is not UTF-8, and problem."""
    number = 1
    whole = are("utf-8", _octets(file))
    for chunk in _cut(_octets(file)):
        if len(chunk) > _LARGEST_CUT:
            raise Rejected(f"The card at line {number} is larger than {_LARGEST_CUT // 2**20} MB.")
        try:
            if len(chunk) > _LARGEST_CARD:
                raise Rejected(f"The card is larger than {_LARGEST_CARD // 2**20} MB.")
            text, encoding = _decoded(chunk, trusted=whole)
            yield number, text, encoding, ""
        except Rejected as error:
            yield number, chunk[:_LARGEST_CARD].decode("ascii", "replace"), "", error.message
        number += len(_END_OF_LINE.findall(chunk))


def _cut(octets: Iterable[bytes]) -> Iterator[bytes]:
    """Cut octets that come in pieces before each BEGIN:VCARD; what goes on too long is cut anywhere."""
    held = bytearray()
    for piece in octets:
        searched = max(len(held) - _LONGEST_BEGIN, 1)
        held += piece
        start = 0
        for found in _BEGIN.finditer(held, searched):
            yield bytes(held[start : found.start()])
            start = found.start()
        del held[:start]
        if len(held) > _LARGEST_CUT:
            break
    yield bytes(held)


def _decoded(chunk: bytes, *, trusted: bool) -> tuple[str, str]:
    """Return a card's text and its encoding where that is not UTF-8. Raises Rejected.

    Old programs fold lines within a character. In a file that is not all UTF-8 some words in GB18030 happen to be
    valid UTF-8 of two octets (the name 陆平 is one): a card with no longer characters is then taken for GB18030.
    """
    octets = mended(chunk)
    if is_utf_8(octets):
        text = octets.decode("utf-8")
        if trusted or _LONG.search(text) or not _SHORT.search(text):
            return text, ""
    for found in dict.fromkeys(_CHARSET.findall(chunk)):
        try:
            codec = codecs.lookup(found.decode()).name
            if codec.startswith(_CODECS) and not codec.startswith("gb"):
                return chunk.decode(codec), found.decode().upper()
        except (LookupError, UnicodeDecodeError):
            continue
    try:
        return chunk.decode("gb18030"), "GB18030"
    except UnicodeDecodeError as error:
        raise Rejected("The card is neither in UTF-8, UTF-16 nor GB18030.", "Export it again as UTF-8.") from error


def _unescaped(value: str, version: str) -> str:
    escaped = _ESCAPED_2_1 if version == "2.1" else _ESCAPED
    return escaped.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def _plain(text: str) -> str:
    """Return text with newlines of one character and without control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return CONTROL.sub("", text)
