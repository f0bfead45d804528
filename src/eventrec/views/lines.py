"""Rows as lines: the database joins the texts of columns side by side, and what is more than a text is made into one.

So of a wide row a handful of texts is fetched, and not each cell.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from eventrec.table import SEPARATOR
from eventrec.views.cells import SHAPED, shaped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from eventrec.dbapi import Dialect
    from eventrec.table import Column, Lines, Show

_REMEMBERED: Final = 4096
_NO_TEXT: Final = "char(1)"
"""Stands for a cell that is not of its column's kind: no text holds it, so such a row is read again as cells."""


def terms(columns: Sequence[Column], hidden: Collection[str], dialect: Dialect) -> list[str]:
    """Return what to ask for: columns that are shown, and between them texts joined; the `hidden` ones are empty."""
    asked = []
    for run in _runs(columns):
        if run[0].kind in SHAPED:
            asked.append("NULL" if run[0].name in hidden else run[0].name)
        else:
            texts = ("''" if column.name in hidden else _text(column, dialect) for column in run)
            joined = f" || '{SEPARATOR}' || ".join(texts)
            asked.append(f"CAST({joined} AS text)")
    return asked


def reading(columns: Sequence[Column], show: Show) -> Callable[[Sequence[Sequence[Any]]], Lines]:
    """Return what makes lines of rows that were asked for by `terms`.

    It raises what `read_cells` does for a cell that cannot be of its column's kind.
    """
    shown = [_Shown(run[0], show).__getitem__ if run[0].kind in SHAPED else None for run in _runs(columns)]

    def read(rows: Sequence[Sequence[Any]]) -> Lines:
        texts = (
            cells if each is None else map(each, cells)
            for each, cells in zip(shown, zip(*rows, strict=True), strict=True)
        )
        return list(map(SEPARATOR.join, zip(*texts, strict=True)))

    return read


def _runs(columns: Sequence[Column]) -> Iterator[tuple[Column, ...]]:
    """Yield columns that are shown one by one, and between them those side by side that are not."""
    for is_shown, group in groupby(columns, lambda column: column.kind in SHAPED):
        run = tuple(group)
        yield from zip(run) if is_shown else [run]


class _Shown(dict[Any, str]):
    """What cells of a column show as, each made when it is first asked for; many at a time are forgotten."""

    def __init__(self, column: Column, show: Show) -> None:
        super().__init__()
        self._column, self._show = column, show(column)

    def __missing__(self, value: Any) -> str:  # noqa: ANN401
        if len(self) >= _REMEMBERED:
            self.clear()
        text = self[value] = self._show(shaped(self._column, value))
        return text


def _text(column: Column, dialect: Dialect) -> str:
    if dialect == "postgresql":
        return f"coalesce(CAST({column.name} AS text), '')"
    if column.kind == "boolean":
        other = f"iif({column.name} IS NULL, '', {_NO_TEXT})"
        return f"CASE {column.name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE {other} END"
    if column.kind == "integer":
        return f"coalesce(min({column.name}, {_NO_TEXT}), '')"  # numbers come before any text
    return f"coalesce({column.name}, '')"
