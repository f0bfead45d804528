"""Search over all nouns: LIKE on the normalised text that every record carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.table import Column, Table
from eventrec.views.where import Where, containing

if TYPE_CHECKING:
    from eventrec.views.reader import Reader

_COLUMNS: Final = (
    Column("noun"),
    Column("id", "integer"),
    Column("code"),
    Column("title", "localized"),
    Column("detail"),
    Column("date", "date"),
)

_NOUNS: Final = (
    ("event", "event", "NULL", "title", "status", "starts_on"),
    ("agency", "agency", "code", "name", "kind", "NULL"),
    ("contact", "v_contact", "NULL", "name", "agency", "last_event_on"),
    ("project", "project", "code", "name", "status", "starts_on"),
)
"""Each noun with where it is read from, and the expressions for code, title, detail and date.

A server's role may see the views and not the tables; elsewhere nothing of the views is worked out that is not shown.
"""


def search(reader: Reader, needle: str, limit: int) -> Table:
    """Return what contains the needle: events (latest first), then agencies, contacts and projects."""
    rows: list[tuple[object, ...]] = []
    on_server = reader.dialect == "postgresql"
    for noun, table, code, title, detail, date in _NOUNS:
        source = f"v_{noun}" if on_server else table
        found = containing(["search_text"], needle, "needle")
        if source == "v_contact" and not on_server:  # the hits first, and only then what the view says of them
            found = Where(f"id IN (SELECT id FROM contact{found.clause()})", found.params)  # noqa: S608
        sql = (
            f"SELECT '{noun}', id, {code}, {title}, {detail}, {date}"  # noqa: S608
            f" FROM {source}{found.clause()} ORDER BY {date if date != 'NULL' else 'id'} DESC NULLS LAST, id"
            f" LIMIT {limit - len(rows)}"
        )
        rows.extend(reader.select(_COLUMNS, sql, found.params).rows)
        if len(rows) >= limit:
            break
    return Table(_COLUMNS, rows)  # type: ignore[arg-type]
