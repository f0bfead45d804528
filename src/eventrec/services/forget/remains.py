"""Where the person is still named once all of the person's rows are gone: texts that somebody wrote about other things.

The book cannot know how such a text reads without the name, so a person edits it. What it said before, in the history,
is only a trace, and there the name is taken out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import select, type_coerce

from eventrec.db.journal import journal_of
from eventrec.models import Base, Change
from eventrec.models.base import PlainText
from eventrec.services.forget.erase import without_remainders
from eventrec.text.columns import IDENTITY, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row
    from eventrec.text.mentions import Mentions

_AT_ONCE: Final = 500


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
    rows = session.connection().execute(select(table).order_by(table.c.id)).mappings()
    for row in rows:
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


def clean_history(session: Session, mentions: Mentions) -> int:
    """Take the person out of what such texts said in the history; returns how many entries that were.

    The present state of a row stays as the row is. What says who somebody else is stays too.
    """
    before_side, after_side = (type_coerce(side, PlainText) for side in (Change.before, Change.after))
    numbers = [
        number
        for number, before, after in session.execute(select(Change.id, before_side, after_side).order_by(Change.id))
        if mentions.in_text(_plain(before)) or mentions.in_text(_plain(after))
    ]
    newest = _newest(session)
    moment, cleaned = journal_of(session).moment, 0
    for at in range(0, len(numbers), _AT_ONCE):
        for change in session.scalars(select(Change).where(Change.id.in_(numbers[at : at + _AT_ONCE]))):
            before = _without(change.table_name, change.before, mentions)
            is_present = newest[change.table_name, change.row_id] == change.id
            after = change.after if is_present else _without(change.table_name, change.after, mentions)
            if (before, after) != (change.before, change.after):
                change.before, change.after, change.erased_at = before, after, moment
                cleaned += 1
    session.flush()
    return cleaned


def _plain(written: str | None) -> str:
    """Return JSON text as its words read, fast: thousands of rows are looked through for a few."""
    if not written or "\\" not in written:
        return written or ""
    return written.replace("\\n", "\n").replace("\\t", "\t").replace('\\"', '"').replace("\\\\", "\\")


def _newest(session: Session) -> dict[tuple[str, int], int]:
    """Return the latest change of every row."""
    query = select(Change.table_name, Change.row_id, Change.id).order_by(Change.id)
    return {(table_name, row_id): number for table_name, row_id, number in session.execute(query)}


def _without(table_name: str, side: Row | None, mentions: Mentions) -> Row | None:
    kept = (*IDENTITY.get(table_name, ()), "uid", "hash")
    if side and table_name == "event" and side.get("note"):
        side = {**side, "note": without_remainders(side["note"], mentions)}
    return side and {name: value if name in kept else mentions.out_of(value) for name, value in side.items()}
