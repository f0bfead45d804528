r"""Tab-separated values, for pipes: a header, then a line a row, nothing shortened.

A tab in a cell is written `\t`, a newline `\n`, a backslash `\\`, so that a line is always one row and
`cut -f` always finds its column. A localized column becomes one column a language. A report's total and notes
are not among its rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.formats.flat import lines
from eventrec.table import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.formats.registry import Options
    from eventrec.table import Lines, Stream, Table

_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n"})


def pieces(table: Table | Stream, options: Options) -> Iterator[bytes]:  # noqa: ARG001 (every format takes options)
    """Write a table as tab-separated values in UTF-8."""
    columns, parts = lines(table)
    yield "\t".join(column.name for column in columns).encode() + b"\n"
    for rows, octets in parts:
        yield _lines(rows, octets)


def _lines(rows: Lines, octets: bytes) -> bytes:
    """Return rows as lines: at once where nothing in them is to be escaped, else row by row."""
    if b"\t" in octets or b"\\" in octets or octets.count(b"\n") >= len(rows):
        octets = "\n".join([row.translate(_ESCAPES) for row in rows]).encode()
    return octets.replace(SEPARATOR.encode(), b"\t") + b"\n"
