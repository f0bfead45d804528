"""Search over all nouns: LIKE on the normalised text that every record carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.table import Column, Table
from eventrec.views.where import containing

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
    ("event", "v_event", "NULL", "title", "status", "starts_on"),
    ("agency", "v_agency", "code", "name", "kind", "NULL"),
    ("contact", "v_contact", "NULL", "name", "agency", "last_event_on"),
    ("project", "v_project", "code", "name", "status", "starts_on"),
)
"""Each noun with its view and the expressions for code, title, detail and date."""


def search(reader: Reader, needle: str, limit: int) -> Table:
    """Return what contains the needle: events (latest first), then agencies, contacts and projects."""
    rows: list[tuple[object, ...]] = []
    for noun, view, code, title, detail, date in _NOUNS:
        found = containing(["search_text"], needle, "needle")
        sql = (
            f"SELECT '{noun}', id, {code}, {title}, {detail}, {date}"  # noqa: S608
            f" FROM {view}{found.clause()} ORDER BY {date if date != 'NULL' else 'id'} DESC NULLS LAST, id"
            f" LIMIT {int(limit)}"
        )
        rows.extend(reader.select(_COLUMNS, sql, found.params).rows)
    return Table(_COLUMNS, rows[:limit])  # type: ignore[arg-type]
