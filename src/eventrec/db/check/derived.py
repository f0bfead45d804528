"""Tells whether the columns computed for searching and for order are what they would be now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from eventrec.db.check.finding import MEND, RESTORE, Finding, summed_up
from eventrec.db.check.tables import CHUNK, rows
from eventrec.db.derived import COMPUTED, computed
from eventrec.localized import Localized
from eventrec.models import Alias, ContactPoint

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sqlalchemy import Connection, Table

    from eventrec.db.journal import Row

_LOCALIZED: Final = ("name", "title", "venue", "city", "description", "results")


def findings(connection: Connection, table: Table, meddled: Collection[int] = ()) -> Iterator[Finding]:
    """Yield the rows of a table whose computed columns are out of date; a table without any has none.

    Those that were `meddled` with are not to be computed anew: they are what was found, and a backup has what was.
    """
    if table.name in COMPUTED:
        found = (replace(each, command=RESTORE) if each.row in meddled else each for each in _stale(connection, table))
        yield from summed_up(found, f"rows of {table.name} likewise.")


def stale(connection: Connection, table: Table) -> Iterator[int]:
    """Yield the numbers of those rows."""
    for finding in _stale(connection, table):
        if finding.row is not None:
            yield finding.row


def _stale(connection: Connection, table: Table) -> Iterator[Finding]:
    for part in _parts(row for _, row, _ in rows(connection, table) if row is not None):
        first, last = part[0]["id"], part[-1]["id"]
        names = _values(connection, Alias, f"{table.name}_id", "name", first, last)
        points = _values(connection, ContactPoint, f"{table.name}_id", "value", first, last)
        for row in part:
            fields = row | {name: Localized(row[name]) for name in _LOCALIZED if row.get(name) is not None}
            try:
                wanted = computed(table.name, fields, names[row["id"]], points[row["id"]])
            except (AttributeError, TypeError, ValueError):
                continue  # a value of another kind: the history tells of it
            wrong = sorted(name for name, value in wanted.items() if row[name] != value)
            if wrong:
                what = f"{table.name} {row['id']}: {' and '.join(wrong)} out of date."
                yield Finding("derived", what, MEND, table.name, row["id"])


def _parts(found: Iterable[Row]) -> Iterator[list[Row]]:
    part: list[Row] = []
    for row in found:
        part.append(row)
        if len(part) == CHUNK:
            yield part
            part = []
    if part:
        yield part


def _values(
    connection: Connection,
    model: type[Alias | ContactPoint],
    owner: str,
    value: str,
    first: int,
    last: int,
) -> defaultdict[int, list[str]]:
    """Return the texts of a table by their owner, for the owners with numbers from `first` to `last`."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    table = model.__table__
    if owner in table.c:
        query = select(table.c[owner], table.c[value]).where(table.c[owner].between(first, last))
        for number, text in connection.execute(query):
            found[number].append(text)
    return found
