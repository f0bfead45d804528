r"""Tab-separated values, for pipes: a header, then a line a row, nothing shortened.

A tab in a cell is written `\t`, a newline `\n`, a backslash `\\`, so that a line is always one row and
`cut -f` always finds its column. A localized column becomes one column a language. A report's total and notes
are not among its rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import plain

if TYPE_CHECKING:
    from eventrec.formats.registry import Options
    from eventrec.table import Table

_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n"})


def render(table: Table, options: Options) -> bytes:  # noqa: ARG001 (every format takes options)
    """Write a table as tab-separated values in UTF-8."""
    flat = table.flat()
    lines = ["\t".join(flat.names)]
    lines += ["\t".join(plain(cell).translate(_ESCAPES) for cell in row) for row in flat.rows]
    return ("\n".join(lines) + "\n").encode()
