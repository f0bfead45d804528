r"""Tab-separated values, for pipes: a header, then a line a row, nothing shortened.

A tab in a cell is written `\t`, a newline `\n`, a backslash `\\`, so that a line is always one row and
`cut -f` always finds its column. A localized column becomes one column a language. A report's total and notes
are not among its rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import plain
from eventrec.formats.flat import flat, is_clean, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eventrec.formats.registry import Options
    from eventrec.table import Part, Stream, Table

_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n"})


def pieces(table: Table | Stream, options: Options) -> Iterator[bytes]:  # noqa: ARG001 (every format takes options)
    """Write a table as tab-separated values in UTF-8."""
    columns, parts = flat(table)
    yield _lines([[column.name for column in columns]])
    for part in parts:
        yield _part(part)


def _part(part: Part) -> bytes:
    """Return some rows: at once where nothing in them is to be cleaned or escaped, else cell by cell."""
    rows = len(part[0])
    try:
        lines = _lines(zip(*map(texts, part), strict=True))
    except UnicodeEncodeError:  # a lone surrogate
        pass
    else:
        tabs, ends = lines.count(b"\t"), lines.count(b"\n")
        if tabs == rows * (len(part) - 1) and ends == rows and b"\\" not in lines and is_clean(lines):
            return lines
    return _lines(zip(*([plain(cell).translate(_ESCAPES) for cell in cells] for cells in part), strict=True))


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    return "".join(["\t".join(row) + "\n" for row in rows]).encode()
