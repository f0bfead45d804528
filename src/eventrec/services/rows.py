"""What every service does with a row: fetch it, check its version, change named fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from eventrec.db.journal import journal_of
from eventrec.errors import NotFound, Rejected
from eventrec.models import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

R = TypeVar("R", bound=Record)


def get(
    session: Session,
    model: type[R],
    row_id: int,
    if_version: int | None = None,
    wanted: Mapping[str, Any] | None = None,
) -> R:
    """Return the row with this number.

    Raises NotFound, and ChangedSince when `if_version` is given and the row has another version by now; it tells what
    was changed, and beside it the values that are `wanted` for the same columns.
    """
    row = session.get(model, row_id)
    if row is None:
        raise NotFound(noun(model), str(row_id))
    if if_version is not None and row.version != if_version:
        from eventrec.db.changed_since import changed_since

        table: Any = row.__table__
        now = {name: getattr(row, name) for name in ("id", "version", "event_id") if hasattr(row, name)}
        raise changed_since(session, table, now, if_version, wanted or {})
    return row


def noun(model: type[Record]) -> str:
    """Return the word that people use for a record of this table."""
    table = str(model.__tablename__)
    return {"participation": "participant"}.get(table, table)


def change(row: Record, changes: Mapping[str, Any]) -> list[str]:
    """Set the named fields and return the names of those that are now different."""
    different = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, changes[name])
    return different


def touch(session: Session, row: Record) -> None:
    """Mark a row as changed because something that is shown with it was: calendars must hear of it.

    One that was changed in this very second has that moment already.
    """
    moment = journal_of(session).moment
    if row.modified_at != moment:
        row.modified_at = max(row.modified_at, moment)


def no_cycle(session: Session, row: Record, field: str, other_id: int | None) -> None:
    """Refuse `other_id` for `field` when following that field from it leads back to the row."""
    model, seen = type(row), {row.id}
    while other_id is not None:
        if other_id in seen:
            word = noun(model)
            raise Rejected(
                f"{word.capitalize()} {row.id} would stand above itself through {word} {other_id}.",
                f"Choose another {word}.",
            )
        seen.add(other_id)
        other_id = getattr(get(session, model, other_id), field)
