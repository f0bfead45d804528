"""The octets of a file as content lines: what breaks a rule of RFC 5545 §3.1 before anything is understood."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check.finding import Rule
from eventrec.formats.ical.check.rule import BROKEN, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.finding import Findings

EMPTY_FILE: Final = Rule("empty-file", BROKEN, "RFC 5545 §3.4")
ENCODING: Final = Rule("encoding", BROKEN, "RFC 5545 §3.1.4")
BYTE_ORDER_MARK: Final = Rule("byte-order-mark", WARNING, "RFC 5545 §3.4", "Google, Apple")
LINE_END: Final = Rule("line-end", WARNING, "RFC 5545 §3.1")
LAST_LINE: Final = Rule("last-line", WARNING, "RFC 5545 §3.1")
LINE_LENGTH: Final = Rule("line-length", WARNING, "RFC 5545 §3.1")
EMPTY_LINE: Final = Rule("empty-line", WARNING, "RFC 5545 §3.1")
FOLD: Final = Rule("fold-in-character", BROKEN, "RFC 5545 §3.1")
FIRST_FOLD: Final = Rule("fold-of-nothing", BROKEN, "RFC 5545 §3.1")
CONTROL: Final = Rule("control-character", BROKEN, "RFC 5545 §3.1")

_LIMIT: Final = 75
_END: Final = re.compile(rb"\r\n|\n|\r")
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"B\x00E\x00", b"\x00B\x00E")


def logical_lines(content: bytes, findings: Findings) -> Iterator[tuple[int, str]]:
    """Yield the unfolded lines with the number of their first physical line, from 1.

    What is no UTF-8 comes as U+FFFD. Lines end in CRLF, LF or CR, as forgiving programs have it; numbers are those that
    an editor shows.
    """
    if not content.strip(b" \t\r\n\x00"):
        findings.add(EMPTY_FILE, 1, "The file is empty.")
        return
    if content.startswith(_UTF_16):
        findings.add(ENCODING, 1, "The file is in UTF-16; a calendar is in UTF-8. Most programs refuse it.")
        return
    if content.startswith(codecs.BOM_UTF8):
        findings.add(
            BYTE_ORDER_MARK, 1, "The file starts with a byte-order mark; Google and Apple may not find the calendar."
        )
    number, folds = 0, list[bytes]()
    for at, raw in _physical_lines(content, findings):
        if raw[:1] in (b" ", b"\t"):
            if folds:
                folds.append(raw[1:])
            elif raw.strip():
                findings.add(FIRST_FOLD, at, "The line continues a line that is not there.")
            continue
        if folds:
            yield number, _text(number, folds, findings)
        number, folds = at, [raw] if raw else []
    if folds:
        yield number, _text(number, folds, findings)


def _physical_lines(content: bytes, findings: Findings) -> Iterator[tuple[int, bytes]]:
    """Yield every line without its end."""
    start = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
    number, wrong, first_wrong = 0, 0, 0
    for end in _END.finditer(content, start):
        number += 1
        raw = content[start : end.start()]
        if end.end() - end.start() == 1:
            wrong += 1
            first_wrong = first_wrong or number
        if len(raw) > _LIMIT:
            findings.add(LINE_LENGTH, number, f"The line has {len(raw):,} octets; more than 75 are to be folded.")
        elif not raw:
            findings.add(EMPTY_LINE, number, "The line is empty.")
        yield number, raw
        start = end.end()
    if start < len(content):
        number += 1
        raw = content[start:]
        findings.add(LAST_LINE, number, "The last line does not end in CRLF.")
        if len(raw) > _LIMIT:
            findings.add(LINE_LENGTH, number, f"The line has {len(raw):,} octets; more than 75 are to be folded.")
        yield number, raw
    if wrong:
        which = "No line ends" if wrong == number else f"{wrong:,} of {number:,} lines do not end"
        findings.add(LINE_END, first_wrong, f"{which} in CRLF.")


def _text(number: int, folds: list[bytes], findings: Findings) -> str:
    """Return a content line as text; the numbers are right for lines within it too."""
    octets = folds[0] if len(folds) == 1 else b"".join(folds)
    try:
        text = octets.decode()
    except UnicodeDecodeError as error:
        findings.add(ENCODING, _line_of(error.start, folds, number), "The text is not in UTF-8.")
        text = octets.decode("utf-8", "replace")
    else:
        if len(folds) > 1 and not octets.isascii():
            _look_at_folds(number, folds, findings)
    control = _CONTROLS.search(octets)
    if control:
        line = _line_of(control.start(), folds, number)
        findings.add(CONTROL, line, f"The line holds the control character U+{ord(control[0]):04X}.")
    return text


def _line_of(offset: int, folds: list[bytes], number: int) -> int:
    for at, fold in enumerate(folds):
        if offset < len(fold):
            return number + at
        offset -= len(fold)
    return number + len(folds) - 1


def _look_at_folds(number: int, folds: list[bytes], findings: Findings) -> None:
    for at, fold in enumerate(folds[1:], 1):
        if fold and fold[0] & 0xC0 == 0x80:
            findings.add(
                FOLD,
                number + at,
                "The line is folded inside a character; programs that read line by line refuse it or show other signs.",
            )
