"""The octets of a file as content lines: what breaks a rule of RFC 5545 §3.1 before anything is understood."""

from __future__ import annotations

import codecs
import re
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from eventrec.formats.ical.check.finding import Rule
from eventrec.formats.ical.check.rule import BROKEN, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.ical.check.finding import Findings

EMPTY_FILE: Final = Rule("empty-file", BROKEN, "RFC 5545 §3.4")
NO_CALENDAR: Final = Rule("no-calendar", BROKEN, "RFC 5545 §3.4")
ENCODING: Final = Rule("encoding", BROKEN, "RFC 5545 §3.1.4")
BYTE_ORDER_MARK: Final = Rule("byte-order-mark", WARNING, "RFC 5545 §3.4", "Google, Apple")
LINE_END: Final = Rule("line-end", WARNING, "RFC 5545 §3.1")
LAST_LINE: Final = Rule("last-line", WARNING, "RFC 5545 §3.1")
LINE_LENGTH: Final = Rule("line-length", WARNING, "RFC 5545 §3.1")
LINE_SIZE: Final = Rule("line-size", WARNING)
EMPTY_LINE: Final = Rule("empty-line", WARNING, "RFC 5545 §3.1")
FOLD: Final = Rule("fold-in-character", BROKEN, "RFC 5545 §3.1")
FIRST_FOLD: Final = Rule("fold-of-nothing", BROKEN, "RFC 5545 §3.1")
CONTROL: Final = Rule("control-character", BROKEN, "RFC 5545 §3.1")

_LIMIT: Final = 75
_LARGEST: Final = 20 * 2**20
"""Octets of an unfolded line that are looked at: a file within the calendar may be large, but has an end."""

_MOST_FOLDS: Final = 1_000_000
_NONE: Final = array("L")
_BLANKS: Final = (b" ", b"\t")
_SOMETHING: Final = re.compile(rb"[^ \t\r\n\x00\xef\xbb\xbf]")
_BEGIN: Final = re.compile(rb"(?i)BEGIN[:; ]")
_END: Final = re.compile(rb"\r\n|\n|\r")
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"B\x00E\x00", b"\x00B\x00E")


class _Folded:
    """A content line of several lines: its octets, and at which of them it was folded."""

    def __init__(self, octets: bytes) -> None:
        self.octets = bytearray(octets)
        self.folds = array("L")

    def fold(self, more: bytes) -> None:
        """Put a further line on, without the blank that it begins with."""
        if len(self.folds) < _MOST_FOLDS:
            self.folds.append(len(self.octets))
        if len(self.octets) <= _LARGEST:
            self.octets += more[1:]


def logical_lines(content: bytes, findings: Findings) -> Iterator[tuple[int, str]]:
    """Yield the unfolded lines with the number of their first physical line, from 1.

    What is no UTF-8 comes as U+FFFD. Lines end in CRLF, LF or CR, as forgiving programs have it; numbers are those that
    an editor shows.
    """
    begins = _SOMETHING.search(content)
    if begins is None:
        findings.add(EMPTY_FILE, 1, "The file is empty.")
        return
    if content.startswith(_UTF_16):
        findings.add(ENCODING, 1, "The file is in UTF-16; a calendar is in UTF-8. Most programs refuse it.")
        return
    if not _BEGIN.search(content):
        what = "a web page, no calendar" if begins[0] == b"<" else "no calendar: it has no BEGIN:VCALENDAR"
        findings.add(NO_CALENDAR, 1, f"The file is {what}.")
        return
    if content.startswith(codecs.BOM_UTF8):
        findings.add(
            BYTE_ORDER_MARK, 1, "The file starts with a byte-order mark; Google and Apple may not find the calendar."
        )
    number, waiting, folded = 0, b"", None
    for at, raw in _physical_lines(content, findings):
        if raw[:1] in _BLANKS:
            if waiting:
                folded = folded or _Folded(waiting)
                folded.fold(raw)
            elif raw.strip():
                findings.add(FIRST_FOLD, at, "The line continues a line that is not there.")
        else:
            if waiting:
                yield number, _text(number, waiting, folded, findings)
            number, waiting, folded = at, raw, None
    if waiting:
        yield number, _text(number, waiting, folded, findings)


def _physical_lines(content: bytes, findings: Findings) -> Iterator[tuple[int, bytes]]:
    """Yield every line without its end, and only so much of it as is looked at."""
    start = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
    number, wrong, first_wrong = 0, 0, 0
    for end in _END.finditer(content, start):
        number += 1
        stop, after = end.span()
        if after - stop == 1:
            wrong += 1
            first_wrong = first_wrong or number
        if stop - start > _LIMIT or stop == start:
            _measure(number, stop - start, findings)
        yield number, content[start : min(stop, start + _LARGEST + 1)]
        start = after
    if start < len(content):
        number += 1
        findings.add(LAST_LINE, number, "The last line does not end in CRLF.")
        _measure(number, len(content) - start, findings)
        yield number, content[start : start + _LARGEST + 1]
    if wrong:
        which = "No line ends" if wrong == number else f"{wrong:,} of {number:,} lines do not end"
        findings.add(LINE_END, first_wrong, f"{which} in CRLF.")


def _measure(number: int, length: int, findings: Findings) -> None:
    if not length:
        findings.add(EMPTY_LINE, number, "The line is empty.")
    elif length > _LIMIT:
        findings.add(LINE_LENGTH, number, f"The line has {length:,} octets; more than {_LIMIT} are to be folded.")


def _text(number: int, first: bytes, folded: _Folded | None, findings: Findings) -> str:
    """Return a content line as text."""
    octets, folds = (bytes(folded.octets), folded.folds) if folded else (first, _NONE)
    if len(octets) > _LARGEST:
        findings.add(LINE_SIZE, number, f"The line is longer than {_LARGEST // 2**20} MB; the rest was not read.")
    try:
        text = octets.decode()
    except UnicodeDecodeError as error:
        findings.add(ENCODING, number + bisect_right(folds, error.start), "The text is not in UTF-8.")
        text = octets.decode("utf-8", "replace")
    else:
        if folds and not octets.isascii():
            _look_at_folds(number, octets, folds, findings)
    control = _CONTROLS.search(octets)
    if control:
        at = number + bisect_right(folds, control.start())
        findings.add(CONTROL, at, f"The line holds the control character U+{ord(control[0]):04X}.")
    return text


def _look_at_folds(number: int, octets: bytes, folds: array[int], findings: Findings) -> None:
    for at, start in enumerate(folds, 1):
        if start < len(octets) and octets[start] & 0xC0 == 0x80:
            findings.add(
                FOLD,
                number + at,
                "The line is folded inside a character; programs that read line by line refuse it or show other signs.",
            )
