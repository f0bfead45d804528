"""Content lines, which calendars and cards share: folding, and the escaping of texts and parameters."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from eventrec.formats.terminal import strip_controls

_LIMIT: Final = 75
# Readers that split lines as Python does would break a line at Unicode's own separators.
_SEPARATORS: Final = re.compile("[\r\u2028\u2029]")
_CARET: Final = str.maketrans({"^": "^^", "\n": "^n", "\u2028": "^n", "\u2029": "^n", '"': "^'"})
_NEEDS_QUOTES: Final = re.compile(r"[,;:\\]|^\s|\s$|\s=|=\s")
"""What ends a value, a backslash, which some take for the start of an escape, and blanks that forgiving readers take
away: at an end, or beside an equals sign."""

_AS_IT_STANDS: Final = bytes(octet for octet in range(0x20, 0x7F) if octet not in b";,\\")
_PIECES: Final = re.compile(rb"(?s).{1,74}(?![\x80-\xbf])")
"""As many whole characters (UTF-8) as a further line has room for."""


def fold(line: str) -> str:
    """Break a content line into lines of at most 75 octets, never inside a character.

    The line comes without its CRLF and goes without one; each further line starts with a space, which counts
    among its octets. RFC 5545 §3.1, RFC 6350 §3.2.
    """
    length = len(line)
    if length * 4 <= _LIMIT:
        return line
    if line.isascii():
        return line if length <= _LIMIT else "\r\n ".join([line[:_LIMIT], *_cut(line, length)])
    octets = line.encode()
    if len(octets) <= _LIMIT:
        return line
    end = _LIMIT
    while octets[end] & 0xC0 == 0x80:
        end -= 1
    return b"\r\n ".join([octets[:end], *_PIECES.findall(octets, end)]).decode()


def folded(text: str) -> bytes:
    """Return content lines, each with its CRLF, as octets (UTF-8), all of them folded as `fold` does one.

    A line that is folded already stays as it is.
    """
    lines = text.encode().split(b"\r\n")
    return b"\r\n".join([line if len(line) <= _LIMIT else _folded(line) for line in lines])


def _folded(line: bytes) -> bytes:
    parts, start, end, length = [], 0, _LIMIT, len(line)
    while end < length:
        while line[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(line[start:end])
        start, end = end, end + _LIMIT - 1
    parts.append(line[start:])
    return b"\r\n ".join(parts)


def _cut(line: str, length: int) -> list[str]:
    """Return what follows the first line of one that is ASCII, where a character is an octet."""
    room = _LIMIT - 1
    return [line[start : start + room] for start in range(_LIMIT, length, room)]


def stamp(when: date) -> str:
    """Return a day, or a moment by its own clock, in digits: `20241017`, `20241017T090000`. RFC 5545 §3.3.4, §3.3.5.

    The year has four digits, which `strftime` does not give it everywhere.
    """
    own = when.replace(tzinfo=None) if isinstance(when, datetime) else when
    return own.isoformat().replace("-", "").replace(":", "")


def is_plain(text: str) -> bool:
    """Tell whether a TEXT value stands as it is; of those that would some are not told, such as one with a tab."""
    if text.isascii():
        return not text.encode().translate(None, _AS_IT_STANDS)
    return text.isprintable() and not (";" in text or "," in text or "\\" in text)


def escape_text(text: str) -> str:
    """Escape a TEXT value: backslash, semicolon, comma and newline; other control characters but tab go.

    RFC 5545 §3.3.11, RFC 6350 §3.4.
    """
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if ";" in text:
        text = text.replace(";", "\\;")
    if "," in text:
        text = text.replace(",", "\\,")
    if "\n" in text:
        text = text.replace("\r\n", "\\n").replace("\n", "\\n")
    return text if text.isprintable() else strip_controls(_SEPARATORS.sub(r"\\n", text))  # as nearly every text is


def parameter(value: str) -> str:
    """Write a parameter's value: caret-encoded, and in quotes where others would otherwise end or shorten it.

    RFC 6868; RFC 5545 §3.2.
    """
    encoded = value
    if not value.isprintable() or "^" in value or '"' in value:
        encoded = strip_controls(_one_newline(value)).translate(_CARET)
    return f'"{encoded}"' if _NEEDS_QUOTES.search(encoded) else encoded


def _one_newline(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
