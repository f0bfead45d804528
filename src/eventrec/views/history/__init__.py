"""What happened to the records, for `log`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from eventrec.errors import NotInHistory
from eventrec.table import Column, Table
from eventrec.text.moments import say_here
from eventrec.views.dialect import render
from eventrec.views.where import Where, every

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventrec.text.moments import AsOf
    from eventrec.views.reader import Reader

_COLUMNS: Final = (
    Column("id", "integer"),
    Column("uid"),
    Column("moment", "moment"),
    Column("actor"),
    Column("database_role"),
    Column("command"),
    Column("reverses", "integer"),
    Column("reversed_by", "integer"),
    Column("added", "integer"),
    Column("changed", "integer"),
    Column("removed", "integer"),
    Column("rows", "list"),
)

_CHANGES: Final = "(SELECT count(*) FROM change WHERE change.change_set_id = change_set.id AND {which})"
_SQL: Final = f"""
SELECT change_set.id, change_set.uid, {{moment change_set.moment}}, change_set.actor,
    change_set.database_role, change_set.command,
    change_set.reverses_id,
    (SELECT later.id FROM change_set AS later WHERE later.reverses_id = change_set.id),
    {_CHANGES.format(which="change.before IS NULL AND change.after IS NOT NULL")},
    {_CHANGES.format(which="change.before IS NOT NULL AND change.after IS NOT NULL")},
    {_CHANGES.format(which="change.before IS NOT NULL AND change.after IS NULL")},
    {{list change.table_name || ' ' || change.row_id | FROM change
        WHERE change.change_set_id = change_set.id
        GROUP BY change.table_name, change.row_id
        ORDER BY min(change.id)}}
FROM change_set
"""  # noqa: S608


def history(
    reader: Reader, limit: int | None, table_name: str = "", row_id: int | None = None, *, where: Where | None = None
) -> Table:
    """Return change sets, newest first; `rows` names what each touched ("event 1"), `reversed_by` its undo.

    `where` is a condition on change_set, with the placeholders of the views.
    """
    touched = [Where("change.table_name = :table_name", {"table_name": table_name})] if table_name else []
    if row_id is not None:
        touched.append(Where("change.row_id = :row_id", {"row_id": row_id}))
    inner = every([Where("change.change_set_id = change_set.id"), *touched])
    by_row = Where(f"EXISTS (SELECT 1 FROM change WHERE {inner.sql})", inner.params) if touched else Where()  # noqa: S608
    asked = every([by_row, where or Where()])
    sql = render(f"{_SQL}{asked.clause()} ORDER BY change_set.id DESC", reader.dialect)
    return reader.select(_COLUMNS, sql if limit is None else f"{sql} LIMIT {int(limit)}", asked.params)


_LAST_UNTIL: Final = """
SELECT seen.id, seen.agreeing
FROM (
    SELECT change_set.id,
        sum(CASE WHEN {moment change_set.moment} <= :moment THEN 1 ELSE -1 END)
            OVER (ORDER BY change_set.id) AS agreeing
    FROM change_set
) AS seen
ORDER BY seen.agreeing DESC, seen.id DESC
LIMIT 1
"""


def last_until(reader: Reader, as_of: AsOf | None = None) -> int:
    """Return the last change set that belongs to the book as it was at a moment; None: of all.

    The log is in the order in which things happened, also when a clock was wrong. So it is cut where the fewest
    moments disagree: sets before the cut that say they came later, and sets after it that say they came earlier.
    Raises NotInHistory before the first change.
    """
    if as_of is None:
        return int(reader.rows("SELECT coalesce(max(id), 0) FROM change_set")[0][0])
    for number, agreeing in reader.rows(render(_LAST_UNTIL, reader.dialect), {"moment": as_of.moment}):
        if agreeing >= 0:
            return int(number)
    raise NotInHistory(f"There was nothing in the book on {as_of.said}; {_beginning(reader)}")


def _beginning(reader: Reader) -> str:
    sql = render("SELECT {moment moment} FROM change_set ORDER BY id LIMIT 1", reader.dialect)
    for (moment,) in reader.rows(sql):
        return f"its history begins on {say_here(moment, datetime.astimezone)}."
    return "it is empty to this day."


def turning_back(reader: Reader, numbers: Sequence[int]) -> list[str]:
    """Return the commands that turn back what an undo or a redo did to change sets, in the order given.

    What is in force now is taken back, what is not is done again; neighbours of a kind are one command.
    """
    done: list[tuple[str, list[int]]] = []
    for number in numbers:
        verb, first = _turning_back(reader, number)
        if done and done[-1][0] == verb:
            done[-1][1].append(first)
        else:
            done.append((verb, [first]))
    return [f"eventrec {verb} {' '.join(map(str, firsts))}" for verb, firsts in done]


def _turning_back(reader: Reader, number: int) -> tuple[str, int]:
    """Return the verb, and the command at the beginning of the chain of undo and redo that a change set is in."""
    first = number
    while found := reader.rows("SELECT reverses_id FROM change_set WHERE id = :id AND reverses_id > 0", {"id": first}):
        first = int(found[0][0])
    last, in_force = first, True
    while found := reader.rows("SELECT id FROM change_set WHERE reverses_id = :id", {"id": last}):
        last, in_force = int(found[0][0]), not in_force
    return ("undo" if in_force else "redo"), first
