"""What happened to the records, for `log`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.table import Column, Table
from eventrec.views.dialect import render
from eventrec.views.where import Where, every

if TYPE_CHECKING:
    from eventrec.views.reader import Reader

_COLUMNS: Final = (
    Column("id", "integer"),
    Column("uid"),
    Column("moment", "moment"),
    Column("actor"),
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
SELECT change_set.id, change_set.uid, {{moment change_set.moment}}, change_set.actor, change_set.command,
    change_set.reverses_id,
    (SELECT later.id FROM change_set AS later WHERE later.reverses_id = change_set.id),
    {_CHANGES.format(which="change.before IS NULL")},
    {_CHANGES.format(which="change.before IS NOT NULL AND change.after IS NOT NULL")},
    {_CHANGES.format(which="change.after IS NULL")},
    {{list change.table_name || ' ' || change.row_id | FROM change
        WHERE change.change_set_id = change_set.id
        GROUP BY change.table_name, change.row_id
        ORDER BY min(change.id)}}
FROM change_set
"""  # noqa: S608


def history(reader: Reader, limit: int | None, table_name: str, row_id: int | None) -> Table:
    """Return change sets, newest first; `rows` names what each touched ("event 1"), `reversed_by` its undo."""
    touched = [Where("change.table_name = :table_name", {"table_name": table_name})] if table_name else []
    if row_id is not None:
        touched.append(Where("change.row_id = :row_id", {"row_id": row_id}))
    inner = every([Where("change.change_set_id = change_set.id"), *touched])
    where = Where(f"EXISTS (SELECT 1 FROM change WHERE {inner.sql})", inner.params) if touched else Where()  # noqa: S608
    sql = f"{render(_SQL, reader.dialect)}{where.clause()} ORDER BY change_set.id DESC"
    return reader.select(_COLUMNS, sql if limit is None else f"{sql} LIMIT {int(limit)}", where.params)
