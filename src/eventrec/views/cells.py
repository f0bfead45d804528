"""What the drivers give, as cells of the kind of their column: the same from SQLite and PostgreSQL."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from eventrec.localized import pairs_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from eventrec.table import Cell, Column, Kind, Part

    Read = Callable[[Sequence[Any]], Sequence[Cell]]

_TEXTS: Final = frozenset({str, type(None)})
_INTEGERS: Final = frozenset({int, type(None)})
_BOOLEANS: Final = frozenset({bool, type(None)})
_REMEMBERED: Final = 4096


def read_cells(columns: Sequence[Column], rows: Sequence[Sequence[Any]], *, shared: bool = False) -> Part:
    """Return the columns of some rows. With `shared` the same text of JSON gives the same object, not one of its own.

    Raises ValueError, TypeError, ArithmeticError or RecursionError for what cannot be of its column's kind.
    """
    parsed = _SHARED if shared else _OWN
    return [
        (parsed if column.kind in _JSON else _READERS.get(column.kind, _texts))(cells)
        for column, cells in zip(columns, zip(*rows, strict=True), strict=True)
    ]


def _texts(cells: Sequence[Any]) -> Sequence[Cell]:
    if _TEXTS.issuperset(map(type, cells)):
        return cells
    return [None if cell is None else str(cell) for cell in cells]


def _integers(cells: Sequence[Any]) -> Sequence[Cell]:
    if _INTEGERS.issuperset(map(type, cells)):
        return cells
    return [None if cell is None else int(cell) for cell in cells]


def _booleans(cells: Sequence[Any]) -> Sequence[Cell]:
    if _BOOLEANS.issuperset(map(type, cells)):
        return cells
    return [None if cell is None else cell in (True, 1, "t", "1") for cell in cells]


def _decimals(cells: Sequence[Any]) -> Sequence[Cell]:
    return [None if cell is None else decimal(cell) for cell in cells]


def decimal(value: object) -> Decimal:
    """Return the number without trailing zeros: the same from SQLite's REAL and PostgreSQL's NUMERIC."""
    from decimal import Decimal

    number = Decimal(str(value))
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def shaped(column: Column, value: Any) -> Cell:  # noqa: ANN401
    """Return one cell of a column whose kind is among `SHAPED`. Raises what `read_cells` does."""
    if column.kind == "decimal":
        return None if value is None else decimal(value)
    if column.kind == "localized" and isinstance(value, str) and value.isprintable() and (pairs := pairs_of(value)):
        return dict(pairs)
    return json.loads(value) if isinstance(value, str) else value  # type: ignore[no-any-return]


def _parsing(parse: Callable[[str], Any]) -> Read:
    def read(cells: Sequence[Any]) -> Sequence[Cell]:
        return [parse(cell) if isinstance(cell, str) else cell for cell in cells]

    return read


_JSON: Final = frozenset({"localized", "list", "object"})
SHAPED: Final = _JSON | {"decimal"}
"""Kinds whose cells are more than the text that the database makes of them."""

_READERS: Final[dict[Kind, Read]] = {"integer": _integers, "decimal": _decimals, "boolean": _booleans}
_OWN: Final = _parsing(json.loads)
_SHARED: Final = _parsing(lru_cache(_REMEMBERED)(json.loads))
