r"""Comma-separated values (RFC 4180) in UTF-8, for scripts, or with `for_excel` as Excel likes them.

Scripts get `\n` as line end and every cell as it is. Excel gets a byte order mark, `\r\n` and a guard: an
apostrophe before text that it would take for a formula. A report's total and notes are not among its rows.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import NUMBERS
from eventrec.formats.flat import lines
from eventrec.table import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.formats.registry import Options
    from eventrec.table import Lines, Stream, Table

_FORMULA: Final = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_GUARDED: Final = re.compile("'+[=+\\-@\t\r＝＋－＠]")
_SUSPECT: Final = re.compile(f"{SEPARATOR}['=+\\-@\t\r＝＋－＠]")
_SEPARATOR: Final = SEPARATOR.encode()
_BOM: Final = b"\xef\xbb\xbf"


def pieces(table: Table | Stream, options: Options) -> Iterator[bytes]:
    """Write a table as comma-separated values, one column a language."""
    columns, parts = lines(table)
    guarded = [column.kind not in NUMBERS for column in columns]
    end = "\r\n" if options.for_excel else "\n"
    head = SEPARATOR.join(column.name for column in columns)
    yield (_BOM if options.for_excel else b"") + _lines([head], head.encode(), end)
    for rows, octets in parts:
        if options.for_excel:
            safe = [_guard(row, guarded) for row in rows]
            yield _lines(safe, "\n".join(safe).encode(), end)
        else:
            yield _lines(rows, octets, end)


def _lines(rows: Lines, octets: bytes, end: str) -> bytes:
    """Return rows as lines: at once where nothing in them needs quotes, else row by row."""
    if b'"' in octets or b"," in octets or octets.count(b"\n") >= len(rows) or _SEPARATOR not in octets:
        octets = end.join([_quoted(row, end) for row in rows]).encode()
    elif end != "\n":
        octets = octets.replace(b"\n", end.encode())
    return octets.replace(_SEPARATOR, b",") + end.encode()


def _quoted(row: str, end: str) -> str:
    """Return a row with quotes around the cells that need them; of one column, around an empty one too."""
    if SEPARATOR in row and '"' not in row and "," not in row and "\n" not in row:
        return row
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerow(row.split(SEPARATOR))
    return text.getvalue().removesuffix(end)


def _guard(row: str, guarded: Sequence[bool]) -> str:
    if not _SUSPECT.search(SEPARATOR + row):
        return row
    cells = zip(row.split(SEPARATOR), guarded, strict=True)
    return SEPARATOR.join([guard(cell) if needed else cell for cell, needed in cells])


def guard(text: str) -> str:
    """Put an apostrophe before text a spreadsheet takes for a formula, or that `unguard` would change."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Take off the apostrophe that `guard` put on; any other text comes back as it is."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text
