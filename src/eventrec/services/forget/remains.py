"""Where the person is still named once all of the person's rows are gone: texts that somebody wrote about other things.

The book cannot know how such a text reads without the name, so a person edits it. What it said before, in the history,
is only a trace, and there the name is taken out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import select

from eventrec.models import Base
from eventrec.services.forget.pieces import AT_ONCE
from eventrec.text.columns import IDENTITY, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.text.mentions import Mentions

_TOLD_OF: Final = ("event_id", "kind", "contact_id", "agency_id", "project_id", "key")
"""Columns that say where a text is."""


class Remain(NamedTuple):
    """A text that still names the person."""

    table_name: str
    row_id: int
    column: str
    shown: str
    """Where it is, in words: "results of event 4"."""

    @property
    def is_identity(self) -> bool:
        """Tell whether it says who somebody else is; then it is no text to edit."""
        return self.column in IDENTITY.get(self.table_name, ())


def search(session: Session, mentions: Mentions) -> list[Remain]:
    """Return every text of every table, the history apart, that names the person."""
    found: list[Remain] = []
    for table in Base.metadata.sorted_tables:
        if table.name in TEXTS:
            found.extend(_in_table(session, table, TEXTS[table.name], mentions))
    return found


def _in_table(session: Session, table: Table, names: Sequence[str], mentions: Mentions) -> Iterator[Remain]:
    wanted = [table.c.id, *(column for column in table.columns if column.name in (*names, *_TOLD_OF))]
    rows = session.execute(select(*dict.fromkeys(wanted)).order_by(table.c.id).execution_options(yield_per=AT_ONCE))
    for row in rows.mappings():
        for name in names:
            if row[name] is not None and mentions.in_value(row[name]):
                yield Remain(table.name, row["id"], name, _shown(table.name, dict(row), name))


def _shown(table_name: str, row: Row, column: str) -> str:
    word = column.replace("_", " ")
    if table_name == "participation":
        return f"{word} of row {row['id']} of event {row['event_id']}"
    if table_name in ("contact_point", "alias"):
        what = row.get("kind") or "other name"
        owner = next((name for name in ("contact", "agency", "project") if row.get(f"{name}_id")), "city")
        return f"{what} of {owner} {row.get(f'{owner}_id') or ''}".rstrip()
    if table_name == "setting":
        return f"the setting “{row['key']}”"
    return f"{word} of {table_name.replace('_', ' ')} {row['id']}"
