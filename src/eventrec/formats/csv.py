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
from eventrec.formats.flat import flat, is_clean, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from eventrec.formats.registry import Options
    from eventrec.table import Part, Stream, Table

_FORMULA: Final = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_GUARDED: Final = re.compile("'+[=+\\-@\t\r＝＋－＠]")
_SUSPECT: Final = frozenset("'=+-@\t\r＝＋－＠")
_BOM: Final = b"\xef\xbb\xbf"


def pieces(table: Table | Stream, options: Options) -> Iterator[bytes]:
    """Write a table as comma-separated values, one column a language."""
    columns, parts = flat(table)
    guarded = [options.for_excel and column.kind not in NUMBERS for column in columns]
    end = "\r\n" if options.for_excel else "\n"
    yield (_BOM if options.for_excel else b"") + _lines([[column.name] for column in columns], end)
    for part in parts:
        yield _part(part, guarded, end)


def _part(part: Part, guarded: Sequence[bool], end: str) -> bytes:
    """Return some rows: at once where nothing in them is to be cleaned, else cell by cell."""
    try:
        lines = _lines(_guard(map(texts, part), guarded), end)
    except UnicodeEncodeError:  # a lone surrogate
        pass
    else:
        if is_clean(lines, len(part[0]) if end == "\r\n" else 0):
            return lines
    return _lines(_guard(([plain(cell) for cell in cells] for cells in part), guarded), end)


def _lines(columns: Iterable[Sequence[str]], end: str) -> bytes:
    """Return rows as lines: joined where nothing in them needs quotes, which is most of them, else by `csv`."""
    rows = list(zip(*columns, strict=True))
    commas = len(rows[0]) - 1
    lines = [",".join(row) for row in rows]
    text = end.join(lines) + end
    if not commas or '"' in text or text.count(",") > commas * len(rows) or text.count("\n") > len(rows):
        for i, line in enumerate(lines):
            if not commas or '"' in line or line.count(",") > commas or "\n" in line:
                lines[i] = _quoted(rows[i], end)
        text = end.join(lines) + end
    return text.encode()


def _quoted(row: Sequence[str], end: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerow(row)
    return text.getvalue().removesuffix(end)


def _guard(columns: Iterable[Sequence[str]], guarded: Sequence[bool]) -> Iterator[Sequence[str]]:
    for cells, needed in zip(columns, guarded, strict=True):
        needed = needed and not _SUSPECT.isdisjoint({cell[:1] for cell in cells})
        yield [guard(cell) for cell in cells] if needed else cells


def guard(text: str) -> str:
    """Put an apostrophe before text a spreadsheet takes for a formula, or that `unguard` would change."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Take off the apostrophe that `guard` put on; any other text comes back as it is."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text
