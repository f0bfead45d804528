"""Columns that are counted apart, once for all rows of an answer: inside a view each row would be counted by itself.

Only on SQLite, which has no LATERAL; the views have the columns too, and a test holds both equal.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from eventrec.table import Table
from eventrec.views.columns import COUNTED
from eventrec.views.dialect import measure, quoted, valid
from eventrec.views.where import Where
from eventrec.vocabulary import COUNTED_ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from eventrec.table import Cell, Column, Part
    from eventrec.views.reader import Reader

_BY_NUMBER: Final = 500
"""Of so many rows each is named; of more, all that there are are counted."""


class Apart(NamedTuple):
    """Columns that one question counts for many rows; `asked` returns it, with the number of the row before them.

    It is given the condition on which rows, after `AND`; `key` is their number there.
    """

    columns: tuple[str, ...]
    key: str
    asked: Callable[[str], str]


def _people_of_events(where: str) -> str:
    """Return the question for the people of events who count, by `v_head`'s rule read from its end.

    Of the rows of somebody in an event the one stands for all that counts, if any does. So whoever has a row that
    counts is one person, and which row it is does not matter but where somebody was forgotten: there it is the first.
    """
    agency = f"""coalesce(participation.agency_id, CASE WHEN participation.status <> 'attended' THEN
            ({valid("agency_id")}) END)"""
    return f"""
WITH staff AS MATERIALIZED (SELECT v_own_staff.project_id, v_own_staff.agency_id FROM v_own_staff),
taken AS NOT MATERIALIZED (
    SELECT participation.id, participation.event_id, participation.contact_id, participation.forgotten_as,
        participation.women, participation.men,
        participation.women + participation.men + participation.other + participation.not_stated AS people,
        event.status = 'held' AS held
    FROM event CROSS JOIN participation
    WHERE participation.event_id = event.id{where}
        AND {measure()} IS NOT NULL AND participation.role IN ({quoted(COUNTED_ROLES)})
        AND NOT ({agency} IN (SELECT staff.agency_id FROM staff) AND EXISTS (
            SELECT 1 FROM v_event_project JOIN staff ON staff.project_id = v_event_project.project_id
            WHERE v_event_project.event_id = event.id AND staff.agency_id = {agency}
        ))
),
head AS (
    SELECT taken.event_id, taken.held, 1 AS people, contact.sex = 'female' AS women, contact.sex = 'male' AS men
    FROM taken CROSS JOIN contact
    WHERE contact.id = taken.contact_id AND taken.contact_id IS NOT NULL
    GROUP BY taken.event_id, taken.contact_id
    UNION ALL
    SELECT taken.event_id, taken.held, taken.people, taken.women, taken.men
    FROM taken WHERE taken.contact_id IS NULL AND taken.forgotten_as IS NULL
    UNION ALL
    SELECT first.event_id, first.held, first.people, first.women, first.men
    FROM (
        SELECT taken.*, min(taken.id) FROM taken WHERE taken.forgotten_as IS NOT NULL
        GROUP BY taken.event_id, taken.forgotten_as
    ) AS first
)
SELECT
    head.event_id,
    sum(CASE WHEN head.held THEN head.people END),
    sum(CASE WHEN head.held THEN head.women END),
    sum(CASE WHEN head.held THEN head.men END),
    sum(CASE WHEN NOT head.held THEN head.people END)
FROM head GROUP BY head.event_id
"""  # noqa: S608


_APART: Final = {"v_event": Apart(COUNTED, "event.id", _people_of_events)}


def relation(reader: Reader, view: str, names: Iterable[str]) -> str:
    """Return what to read columns of a view from, under its name: on SQLite the leanest view that has them.

    SQLite works through all that a view says before it sees what of it is asked for. On a server a role may have been
    given the view, and not the leaner one.
    """
    lean = reader.dialect == "sqlite" and view == "v_event" and not set(names).intersection(COUNTED)
    return "v_event_itself AS v_event" if lean else view


def counted_apart(reader: Reader, view: str, picked: Sequence[Column], ask: Callable[[Sequence[str]], Table]) -> Table:
    """Return the answer of `ask` for the columns picked of a view, those that are counted apart filled in."""
    apart = _apart(reader, view, picked)
    names = [column.name for column in picked]
    if apart is None:
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


def is_counted_apart(reader: Reader, view: str, picked: Sequence[Column]) -> bool:
    """Tell whether one of the columns picked of a view is counted apart."""
    return _apart(reader, view, picked) is not None


def parts_counted_apart(
    reader: Reader, view: str, picked: Sequence[Column], ask: Callable[[Sequence[str]], Iterator[Part]]
) -> Iterator[Part]:
    """Return the answer of `ask`, put at once, as `counted_apart` does, some rows at a time."""
    apart = _apart(reader, view, picked)
    names = [column.name for column in picked]
    if apart is None:
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


def _apart(reader: Reader, view: str, picked: Sequence[Column]) -> Apart | None:
    """Return what counts columns picked of a view apart, if any is to be."""
    apart = _APART.get(view) if reader.dialect == "sqlite" else None
    return apart if apart and any(column.name in apart.columns for column in picked) else None


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
    return {row[0]: row[1:] for row in reader.rows(apart.asked(where.clause("AND")))} if numbers else {}
