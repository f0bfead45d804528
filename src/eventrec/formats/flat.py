"""Tables of plain cells, a column a language, written some rows at a time: by columns, and by cell where need be."""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.formats.cells import plain
from eventrec.table import SEPARATOR, Anew, Column, Joined, Stream, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from eventrec.table import Cell, Lines, Part, Parts, Piece

_AT_ONCE: Final = 1000
"""Rows that are joined at a time."""
_ALWAYS: Final = ("en", "zh")
_TEXTS: Final = frozenset({str, type(None)})
_INTEGERS: Final = frozenset({int, type(None)})
_BOOLEANS: Final = frozenset({bool, type(None)})
_CONTROLS: Final = bytes(code for code in (*range(32), 127) if chr(code) not in f"\t\n{SEPARATOR}")
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


class Written(NamedTuple):
    """Some rows as texts with SEPARATOR between their cells, and the octets of them all, each on a line.

    There is no control character in a cell but tab and newline.
    """

    rows: Lines
    octets: bytes


def lines(table: Table | Stream) -> tuple[list[Column], Iterator[Written]]:
    """Return the columns as `flat` does, and the rows as texts, some at a time; reading those may raise Anew too."""
    if isinstance(table, Table) and isinstance(table.rows, Joined) and table.rows:
        return _joined(table.columns, table.rows.pieces)
    columns, parts = flat(table)
    if isinstance(table, Stream) and (found := table.lines(partial(_shown, table))) is not None:
        return columns, _checked(table, found, len(columns) - 1)
    return columns, _written(parts, len(columns) - 1)


def _joined(columns: Sequence[Column], pieces: Sequence[Piece]) -> tuple[list[Column], Iterator[Written]]:
    """Return columns and rows of which each different piece is made a text once."""
    written, found = iter(columns), []
    for different, rows in pieces:
        if of_piece := tuple(islice(written, len(different[0]))):
            names, texts = lines(Table(of_piece, different))
            found.append((names, [row for part in texts for row in part.rows], rows))

    def parts() -> Iterator[Written]:
        for at in range(0, len(pieces[0].rows), _AT_ONCE):
            each = [map(texts.__getitem__, rows[at : at + _AT_ONCE]) for _, texts, rows in found]
            joined = list(map(SEPARATOR.join, zip(*each, strict=True)))
            yield Written(joined, "\n".join(joined).encode())

    return [column for names, _, _ in found for column in names], parts()


def asked(table: Stream) -> Parts[Lines] | Stream:
    """Return what `lines` reads of a stream: whoever wants to know first whether there is a row asks that."""
    found = table.lines(partial(_shown, table))
    return table if found is None else found


def _checked(table: Stream, found: Parts[Lines], separators: int) -> Iterator[Written]:
    """Yield rows that came as lines; where one is to be cleaned, which only cells can be, all begin anew as cells."""
    for rows in found.parts():
        octets = _octets(rows, separators)
        if not octets:
            table.refuse_lines()
            raise Anew
        yield Written(rows, octets)


def _shown(table: Stream, column: Column) -> Callable[[Cell], str]:
    """Return what shows a cell as text, a localized one as that of each language; not all of it is cleaned.

    It raises Anew for a language without a column.
    """
    if column.kind != "localized":
        return plain
    tags = _tags(column, table.further)
    known = set(tags)

    def show(cell: Cell) -> str:
        texts = cell if isinstance(cell, dict) else {}
        if not texts.keys() <= known:
            _note(table, table.further)
            raise Anew
        return SEPARATOR.join([text if type(text := texts.get(tag)) is str else plain(text) for tag in tags])

    return show


def _written(parts: Iterator[Part], separators: int) -> Iterator[Written]:
    """Yield rows that came as cells: joined at once where nothing in them is to be cleaned, else cell by cell."""
    for part in parts:
        rows = list(map(SEPARATOR.join, zip(*map(_texts, part), strict=True)))
        octets = _octets(rows, separators)
        if not octets:
            rows = [SEPARATOR.join(map(plain, row)) for row in zip(*part, strict=True)]
            octets = "\n".join(rows).encode()
        yield Written(rows, octets)


def _octets(rows: Lines, separators: int) -> bytes:
    """Return rows as lines; nothing when a control character is in them, or SEPARATOR not so often in each."""
    try:
        octets = "\n".join(rows).encode()
    except UnicodeEncodeError:  # a lone surrogate
        return b""
    clean = (
        octets.count(SEPARATOR.encode()) == separators * len(rows)
        and len(octets.translate(None, _CONTROLS)) == len(octets)
        and not (b"\xc2" in octets and _HIGH_CONTROL.search(octets))
    )
    return octets if clean else b""


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


def _texts(cells: Sequence[Cell]) -> Sequence[str]:
    """Return cells as texts, not cleaned."""
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
