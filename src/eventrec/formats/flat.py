"""Tables of plain cells, a column a language, written some rows at a time: by columns, and by cell where need be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.formats.cells import plain
from eventrec.table import Anew, Column, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from eventrec.table import Cell, Part, Table

_ALWAYS: Final = ("en", "zh")
_TEXTS: Final = frozenset({str, type(None)})
_INTEGERS: Final = frozenset({int, type(None)})
_BOOLEANS: Final = frozenset({bool, type(None)})
_CONTROLS: Final = bytes(code for code in (*range(32), 127) if code not in (9, 10, 13))
_HIGH_CONTROL: Final = re.compile(rb"\xc2[\x80-\x9f]")


def flat(table: Table | Stream) -> tuple[list[Column], Iterator[Part]]:
    """Return the columns of a table, each localized one spread over its languages, and its parts spread likewise.

    The languages are `en`, `zh` and any further one in the rows, by alphabet. Reading the parts of a stream raises Anew
    where a row shows a language that no column is for; there is one the next time.
    """
    if isinstance(table, Stream):
        further = table.further
    else:
        further = {}
        _note(table, further)
    takes = [(i, tag) for i, column in enumerate(table.columns) for tag in _tags(column, further)]
    columns = [
        Column(f"{table.columns[i].name}_{tag.replace('-', '_').lower()}") if tag else table.columns[i]
        for i, tag in takes
    ]
    return columns, _spread(table, takes, further)


def _tags(column: Column, further: Mapping[str, set[str]]) -> Sequence[str]:
    return (*_ALWAYS, *sorted(further.get(column.name, ()))) if column.kind == "localized" else ("",)


def _note(table: Table | Stream, further: dict[str, set[str]]) -> None:
    """Read all rows for their languages only."""
    names = [column.name for column in table.columns if column.kind == "localized"]
    for part in table.pick(*names).parts() if names else ():
        for name, cells in zip(names, part, strict=True):
            if more := _tags_in(cells).difference(_ALWAYS):
                further[name] = further.get(name, set()) | more


def _spread(table: Table | Stream, takes: Sequence[tuple[int, str]], further: dict[str, set[str]]) -> Iterator[Part]:
    known = {i: {*_ALWAYS, *further.get(table.columns[i].name, ())} for i, tag in takes if tag}
    for part in table.parts():
        if not all(tags.issuperset(_tags_in(part[i])) for i, tags in known.items()):
            _note(table, further)
            raise Anew
        yield [_texts_in(part[i], tag) if tag else part[i] for i, tag in takes]


def _tags_in(cells: Sequence[Cell]) -> set[str]:
    return set().union(*(cell for cell in cells if isinstance(cell, dict)))


def _texts_in(cells: Sequence[Cell], tag: str) -> list[Cell]:
    return [cell.get(tag) if isinstance(cell, dict) else None for cell in cells]


def texts(cells: Sequence[Cell]) -> Sequence[str]:
    """Return cells as texts, which are written as they are once `is_clean` says so of all that was written."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return cells  # type: ignore[return-value]
    if kinds == {int}:
        return list(map(str, cells))
    if kinds == {type(None)}:
        return [""] * len(cells)
    if kinds <= _TEXTS:
        return ["" if cell is None else cell for cell in cells]  # type: ignore[misc]
    if kinds <= _INTEGERS:
        return ["" if cell is None else str(cell) for cell in cells]
    if kinds <= _BOOLEANS:
        return ["" if cell is None else "true" if cell else "false" for cell in cells]
    return [cell if isinstance(cell, str) else plain(cell) for cell in cells]


def is_clean(octets: bytes, returns: int = 0) -> bool:
    """Tell whether what was written of `texts` holds no control character but tab, newline and line ends.

    `returns` is how many carriage returns the writer itself put there.
    """
    return (
        len(octets.translate(None, _CONTROLS)) == len(octets)
        and octets.count(b"\r") == returns
        and not (b"\xc2" in octets and _HIGH_CONTROL.search(octets))
    )
