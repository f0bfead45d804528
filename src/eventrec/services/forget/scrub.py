"""Old words of a record, taken out of its history: a text that named somebody reads there as it reads now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, update

from eventrec.db.journal import journal_of, stored, stored_value
from eventrec.errors import NotFound, UsageError
from eventrec.models import Base, Change, ChangeSet
from eventrec.services.forget.history import in_short
from eventrec.text.columns import IDENTITY, TEXTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row

NOUNS: Final = {
    "event": "event",
    "visit": "event",
    "agency": "agency",
    "project": "project",
    "contact": "contact",
    "participant": "participation",
    "contact-point": "contact_point",
    "affiliation": "affiliation",
    "alias": "alias",
    "consent": "consent",
    "event-project": "event_project",
}
"""Records that have texts to edit, and their tables."""

_COMPUTED: Final = "search_text"
"""Repeats the texts of a row, so its former ones go with them."""


@dataclass(frozen=True)
class Scrubbed:
    """How many entries of the history and how many command lines lost old words, and the words, to search files for."""

    entries: int
    commands: int
    octets: Sequence[bytes] = field(repr=False)


def fields_of(noun: str) -> list[str]:
    """Return the texts of a record that may be scrubbed; not what says who or what it is."""
    table = NOUNS[noun]
    return [name for name in TEXTS[table] if name not in IDENTITY.get(table, ())]


def scrub(session: Session, noun: str, row_id: int, names: Collection[str]) -> Scrubbed:
    """Let texts of a record read in all its history as they read now; none of it can be taken back.

    The command lines that wrote the old words are reduced to their first words. Raises UsageError for a field that is
    no text, and NotFound for a record that is not there.
    """
    _require_texts(noun, names)
    session.flush()
    table = Base.metadata.tables[NOUNS[noun]]
    row = _row(session, table, noun, row_id)
    now = {name: stored_value(row[name]) for name in names}
    searched = {_COMPUTED: row[_COMPUTED]} if _COMPUTED in row else {}
    journal = journal_of(session)
    journal.command = " ".join(["eventrec privacy scrub", noun, str(row_id), *names])
    moment, sets, old = journal.moment, set[int](), list[Any]()
    entries = 0
    for change in session.scalars(select(Change).where(Change.table_name == table.name, Change.row_id == row_id)):
        before, after = (_as_now(side, now, searched) for side in (change.before, change.after))
        if (before, after) == (change.before, change.after):
            continue
        old += [side.get(name) for side in (change.before, change.after) if side for name in names]
        change.before, change.after, change.erased_at = before, after, moment
        sets.add(change.change_set_id)
        entries += 1
    session.flush()
    if entries:
        _note(session, table, row)
    return Scrubbed(entries, _reduce(session, sets), _octets(old, [now[name] for name in names]))


def _require_texts(noun: str, names: Collection[str]) -> None:
    texts = fields_of(noun)
    for name in names:
        if name not in texts:
            shown = ", ".join(texts) or "none"
            raise UsageError(f"“{name}” is no text of a record of this kind.", f"Its texts are: {shown}.")


def _row(session: Session, table: Table, noun: str, row_id: int) -> Row:
    found = session.connection().execute(select(table).where(table.c.id == row_id).with_for_update()).mappings().first()
    if found is None:
        raise NotFound(noun, str(row_id))
    return dict(found)


def _as_now(side: Row | None, now: Row, searched: Row) -> Row | None:
    """Return a former state with the texts of now; one that has them already stays as it is."""
    if side is None or all(side.get(name, text) == text for name, text in now.items()):
        return side
    return {name: (now | searched).get(name, value) for name, value in side.items()}


def _note(session: Session, table: Table, row: Row) -> None:
    """Write in the history that it was cleaned: the row counts as changed, and says the same as before."""
    journal = journal_of(session)
    after = {**row, "modified_at": max(journal.moment, row["modified_at"]), "version": row["version"] + 1}
    written = {name: after[name] for name in ("modified_at", "version")}
    session.connection().execute(update(table).where(table.c.id == row["id"]).values(**written))
    journal.record_erased(table, row, stored(table, row), stored(table, after))
    journal.write(session)
    session.expire_all()


def _reduce(session: Session, numbers: Collection[int]) -> int:
    """Reduce the command lines of change sets to their first words; returns how many that were."""
    reduced = 0
    for change_set in session.scalars(select(ChangeSet).where(ChangeSet.id.in_(numbers))):
        short = in_short(change_set.command)
        reduced += short != change_set.command
        change_set.command = short
    session.flush()
    return reduced


def _octets(old: Sequence[Any], now: Sequence[Any]) -> list[bytes]:
    """Return the old words as files hold them, in UTF-8: as they are, and as JSON writes them."""
    present = {text for value in now for text in _texts(value)}
    texts = [text for text in dict.fromkeys(text for value in old for text in _texts(value)) if text not in present]
    escaped = [text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for text in texts]
    return [text.encode() for text in dict.fromkeys((*texts, *escaped))]


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, str):
        yield from [value] if value else ()
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
