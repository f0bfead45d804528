r"""Comma-separated values (RFC 4180) in UTF-8, for scripts, or with `for_excel` as Excel likes them.

Scripts get `\n` as line end and every cell as it is. Excel gets a byte order mark, `\r\n` and a guard: an
apostrophe before text that it would take for a formula. A report's total and notes are not among its rows.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import NUMBERS, plain

if TYPE_CHECKING:
    from eventrec.formats.registry import Options
    from eventrec.table import Table

_FORMULA: Final = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_GUARDED: Final = re.compile("'+[=+\\-@\t\r＝＋－＠]")


def render(table: Table, options: Options) -> bytes:
    """Write a table as comma-separated values, one column a language."""
    flat = table.flat()
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n" if options.for_excel else "\n")
    writer.writerow(flat.names)
    rows = ([plain(cell) for cell in row] for row in flat.rows)
    if options.for_excel:
        is_number = [column.kind in NUMBERS for column in flat.columns]
        rows = ([cell if is_number[i] else guard(cell) for i, cell in enumerate(row)] for row in rows)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig" if options.for_excel else "utf-8")


def guard(text: str) -> str:
    """Put an apostrophe before text a spreadsheet takes for a formula, or that `unguard` would change."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Take off the apostrophe that `guard` put on; any other text comes back as it is."""
    return text[1:] if _GUARDED.match(text) else text
