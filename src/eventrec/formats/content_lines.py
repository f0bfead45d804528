"""Content lines, which calendars and cards share: folding, and the escaping of texts and parameters."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from eventrec.formats.terminal import strip_controls

_LIMIT: Final = 75
# Readers that split lines as Python does would break a line at Unicode's own separators.
_SEPARATORS: Final = {"\u2028": "\\n", "\u2029": "\\n"}
_TEXT: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", **_SEPARATORS})
_CARET: Final = str.maketrans({"^": "^^", "\n": "^n", "\u2028": "^n", "\u2029": "^n", '"': "^'"})
_NEEDS_QUOTES: Final = re.compile(r"[,;:]")


def fold(line: str) -> str:
    """Break a content line into lines of at most 75 octets, never inside a character.

    The line comes without its CRLF and goes without one; each further line starts with a space, which counts
    among its octets. RFC 5545 §3.1, RFC 6350 §3.2.
    """
    if len(line) * 4 <= _LIMIT or (line.isascii() and len(line) <= _LIMIT):
        return line
    octets = line.encode()
    if len(octets) <= _LIMIT:
        return line
    pieces = []
    start, room = 0, _LIMIT
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, _LIMIT - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode()


def stamp(when: date) -> str:
    """Return a day, or a moment by its own clock, in digits: `20241017`, `20241017T090000`. RFC 5545 §3.3.4, §3.3.5.

    The year has four digits, which `strftime` does not give it everywhere.
    """
    own = when.replace(tzinfo=None) if isinstance(when, datetime) else when
    return own.isoformat().replace("-", "").replace(":", "")


def escape_text(text: str) -> str:
    """Escape a TEXT value: backslash, semicolon, comma and newline; other control characters but tab go.

    RFC 5545 §3.3.11, RFC 6350 §3.4.
    """
    return strip_controls(_one_newline(text)).translate(_TEXT)


def parameter(value: str) -> str:
    """Write a parameter's value: caret-encoded, and in quotes where it holds a comma, semicolon or colon.

    RFC 6868; RFC 5545 §3.2.
    """
    encoded = strip_controls(_one_newline(value)).translate(_CARET)
    return f'"{encoded}"' if _NEEDS_QUOTES.search(encoded) else encoded


def _one_newline(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
