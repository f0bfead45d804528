"""Rows as JSON objects, written part by part: the names once for all rows, the cells a column at a time."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import clean, jsonable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from eventrec.table import Cell, Column, Part, Stream, Table

_TEXTS: Final = frozenset({str, type(None)})
_INTEGERS: Final = frozenset({int, type(None)})
_TO_CLEAN: Final = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\\[bfru]")
_dump: Final = partial(json.dumps, ensure_ascii=False)
_encode: Final = json.JSONEncoder(ensure_ascii=False).encode


def objects(table: Table | Stream, between: str, indent: str = "") -> Iterator[bytes]:
    """Yield the rows, some at a time, as JSON objects: each on one line, or indented, itself by one `indent`."""
    pattern = _pattern(table.columns, indent)
    for part in table.parts():
        try:
            octets = between.join(_rows(part, pattern, indent, _encode)).encode()
        except UnicodeEncodeError:  # a lone surrogate
            octets = b"\x7f"
        if (b"\\" in octets or b"\xc2" in octets or b"\x7f" in octets) and _TO_CLEAN.search(octets):
            octets = between.join(_rows(part, pattern, indent, _encode_clean)).encode()
        yield octets


def _encode_clean(text: str) -> str:
    return _encode(clean(text))


def _pattern(columns: Sequence[Column], indent: str) -> str:
    fields = [f"{_encode_clean(column.name)}: ".replace("%", "%%") + "%s" for column in columns]
    if not indent:
        return "{" + ", ".join(fields) + "}"
    return f"{indent}{{\n" + ",\n".join(f"{indent * 2}{field}" for field in fields) + f"\n{indent}}}"


def _rows(part: Part, pattern: str, indent: str, encode: Callable[[str], str]) -> list[str]:
    return [pattern % row for row in zip(*(_cells(cells, indent, encode) for cells in part), strict=True)]


def _cells(cells: Sequence[Cell], indent: str, encode: Callable[[str], str]) -> list[str]:
    kinds = set(map(type, cells))
    if kinds <= _TEXTS:
        return ["null" if cell is None else encode(cell) for cell in cells]  # type: ignore[arg-type]
    if kinds <= _INTEGERS:
        return ["null" if cell is None else str(cell) for cell in cells]
    if not indent:
        return [_encode(jsonable(cell)) for cell in cells]
    return [_dump(jsonable(cell), indent=len(indent)).replace("\n", f"\n{indent * 2}") for cell in cells]
