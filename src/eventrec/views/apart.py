"""Columns that are counted apart, once for all rows of an answer: inside a view each row would be counted by itself.

Only on SQLite, which has no LATERAL; the views have the columns too, and a test holds both equal.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.table import Table
from eventrec.views.columns import COUNTED
from eventrec.views.where import Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from eventrec.table import Cell, Column, Part
    from eventrec.views.reader import Reader

_BY_NUMBER: Final = 500
"""Of so many rows each is named; of more, all that there are are counted."""


class Apart(NamedTuple):
    """A statement that counts `columns` for many rows, and gives the number of the row (`key`) before them."""

    columns: tuple[str, ...]
    key: str
    sql: str


_EVENT: Final = Apart(
    COUNTED,
    "v_head.event_id",
    """
SELECT
    v_head.event_id,
    sum(CASE WHEN v_head.measure = 'actual' THEN v_head.people END),
    CASE WHEN sum(CASE WHEN v_head.measure = 'actual' THEN v_head.people END) IS NOT NULL
        THEN sum(CASE WHEN v_head.measure = 'actual' AND v_head.sex = 'female' THEN v_head.people ELSE 0 END) END,
    CASE WHEN sum(CASE WHEN v_head.measure = 'actual' THEN v_head.people END) IS NOT NULL
        THEN sum(CASE WHEN v_head.measure = 'actual' AND v_head.sex = 'male' THEN v_head.people ELSE 0 END) END,
    sum(CASE WHEN v_head.measure = 'expected' THEN v_head.people END)
FROM v_head
WHERE v_head.measure IN ('actual', 'expected') AND v_head.reason = ''{where}
GROUP BY v_head.event_id
""",
)
_APART: Final = {"v_event": _EVENT}


def relation(reader: Reader, view: str, names: Iterable[str]) -> str:
    """Return what to read columns of a view from, under its name: on SQLite the leanest view that has them.

    SQLite works through all that a view says before it sees what of it is asked for. On a server a role may have been
    given the view, and not the leaner one.
    """
    lean = reader.dialect == "sqlite" and view == "v_event" and not set(names).intersection(COUNTED)
    return "v_event_itself AS v_event" if lean else view


def counted_apart(reader: Reader, view: str, picked: Sequence[Column], ask: Callable[[Sequence[str]], Table]) -> Table:
    """Return the answer of `ask` for the columns picked of a view, those that are counted apart filled in."""
    apart = _APART.get(view) if reader.dialect == "sqlite" else None
    names = [column.name for column in picked]
    if apart is None or not set(names).intersection(apart.columns):
        return ask(names)
    with reader.connection.snapshot():
        plain = ask(list(dict.fromkeys([*(name for name in names if name not in apart.columns), "id"])))
        at = plain.names.index("id")
        counts = _counts(reader, apart, [row[at] for row in plain.rows])
    nothing = (None,) * len(apart.columns)
    where = {name: i for i, name in enumerate((*plain.names, *apart.columns))}
    places = [where[name] for name in names]
    rows = [(*row, *counts.get(row[at], nothing)) for row in plain.rows]
    return Table(tuple(picked), [tuple(row[i] for i in places) for row in rows])


def parts_counted_apart(
    reader: Reader, view: str, picked: Sequence[Column], ask: Callable[[Sequence[str]], Iterator[Part]]
) -> Iterator[Part]:
    """Return the answer of `ask`, put at once, as `counted_apart` does, some rows at a time."""
    apart = _APART.get(view) if reader.dialect == "sqlite" else None
    names = [column.name for column in picked]
    if apart is None or not set(names).intersection(apart.columns):
        return ask(names)
    plain = list(dict.fromkeys([*(name for name in names if name not in apart.columns), "id"]))
    with reader.connection.snapshot():
        parts = ask(plain)
        first = next(parts, None)
        if first is None:
            return iter(())
        # Of a first part so small that each is named there is no second one.
        counts = _counts(reader, apart, first[plain.index("id")])
    return _filled(apart, names, plain, chain((first,), parts), counts)


def _filled(
    apart: Apart,
    names: Sequence[str],
    plain: Sequence[str],
    parts: Iterable[Part],
    counts: Mapping[Cell, tuple[Cell, ...]],
) -> Iterator[Part]:
    nothing = (None,) * len(apart.columns)
    for part in parts:
        numbers = part[plain.index("id")]
        counted = zip(*(counts.get(number, nothing) for number in numbers), strict=True)
        found = dict(zip((*plain, *apart.columns), (*part, *counted), strict=True))
        yield [found[name] for name in names]


def _counts(reader: Reader, apart: Apart, numbers: Sequence[Cell]) -> dict[Cell, tuple[Cell, ...]]:
    where = Where()
    if len(numbers) <= _BY_NUMBER:
        where = Where(f"{apart.key} IN ({', '.join(map(str, numbers))})")
    return {row[0]: row[1:] for row in reader.rows(apart.sql.format(where=where.clause("AND")))} if numbers else {}
