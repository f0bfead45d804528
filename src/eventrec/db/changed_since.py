"""What somebody else did to a record since it was read: who, how long ago, field by field, beside what you wanted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from eventrec.db.journal import journal_of, stored_value
from eventrec.errors import ChangedSince, FieldChange
from eventrec.localized import Localized
from eventrec.models import Base, Change, ChangeSet, Record
from eventrec.text.ago import say_ago
from eventrec.text.typed import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from eventrec.db.journal import Row

_UNSAID: Final = (
    *("id", "uid", "created_at", "modified_at", "version", "sequence", "search_text", "sort_key"),
    *("planned_starts_on", "planned_ends_on"),
)
"""Columns that follow from others, or that nobody types."""

_WORDS: Final = {
    "starts_on": "first day",
    "ends_on": "last day",
    "start_time": "from",
    "end_time": "until",
    "is_primary": "main",
    "online_url": "link",
    "source_url": "published at",
}
_TOLD: Final = 3
_TOLD_CHILDREN: Final = 6
_LOOKED_AT: Final = 500
_LONG: Final = 80


@dataclass
class _Set:
    """What one change set did to the record."""

    id: int
    actor: str
    moment: str
    command: str
    before: Row
    after: Row
    children: list[str] = field(default_factory=list)

    def fields(self, table: Table) -> list[str]:
        """Return the columns that people know and that are different, in the order of the table."""
        known = [name for name in table.columns.keys() if name not in _UNSAID]  # noqa: SIM118
        return [name for name in known if self.before.get(name) != self.after.get(name)]


def changed_since(
    session: Session, table: Table, row: Mapping[str, Any], expected: int, wanted: Mapping[str, Any]
) -> ChangedSince:
    """Return the error that tells how a row has changed since it had the version `expected`.

    `row` has the columns as they are now, `wanted` the Python values that were to be set.
    """
    version = row["version"]
    if table.name == "participation":
        name, look = f"Row {row['id']} of event {row['event_id']}", f"participant show {row['event_id']} --row"
    else:
        name, look = f"{table.name.capitalize()} {row['id']}", f"{table.name} show"
    hint = f"Look at it: eventrec {look} {row['id']} — then repeat the command with --if-version {version}."
    if expected > version or expected < 1:
        message = f"{name} has version {version}; it never had a version {expected}. {ChangedSince.NOTHING_SAVED}"
        return ChangedSince(message, hint, version=version, never=True)
    sets = _sets(session, table, row["id"], expected)
    if not sets:
        message = (
            f"{name} has version {version}, not {expected}; the history does not say why. {ChangedSince.NOTHING_SAVED}"
        )
        return ChangedSince(message, hint, version=version)
    _note_children(session, table, row["id"], sets)
    yours = {key: stored_value(value) for key, value in wanted.items()}
    message = " ".join(_sentences(session, table, name, sets, yours))
    return ChangedSince(
        f"{message} {ChangedSince.NOTHING_SAVED}", hint, version=version, changes=list(_net(table, sets, yours))
    )


def _sets(session: Session, table: Table, row_id: int, expected: int) -> list[_Set]:
    """Return the change sets that made later versions, oldest first."""
    query = (
        select(ChangeSet.id, ChangeSet.actor, ChangeSet.moment, ChangeSet.command, Change.before, Change.after)
        .join(Change, Change.change_set_id == ChangeSet.id)
        .where(Change.table_name == table.name, Change.row_id == row_id, Change.version > expected)
        .order_by(Change.id)
    )
    found: dict[int, _Set] = {}
    for number, actor, moment, command, before, after in session.execute(query):
        if number in found:
            found[number].after = after or {}
        else:
            found[number] = _Set(number, actor, moment, command, before or {}, after or {})
    return list(found.values())


def _net(table: Table, sets: Sequence[_Set], yours: Mapping[str, Any]) -> Iterator[FieldChange]:
    """Yield every field that is not any more as it was read."""
    before, after = sets[0].before, sets[-1].after
    for name in dict.fromkeys(name for each in sets for name in each.fields(table)):
        if before.get(name) != after.get(name):
            yield FieldChange(name, before.get(name), after.get(name), yours.get(name))


def _sentences(
    session: Session, table: Table, name: str, sets: Sequence[_Set], yours: Mapping[str, Any]
) -> Iterator[str]:
    now = journal_of(session).moment
    left = dict(yours)
    read = sets[0].before
    for at, each in enumerate(reversed(sets[-_TOLD:])):
        who = f"{name} was changed by {each.actor}" if at == 0 else f"Before that by {each.actor}"
        said = [_difference(session, table, key, each, left, read) for key in each.fields(table)]
        yield f"{who} {say_ago(each.moment, now)}: {'; '.join([*said, *_few(each.children)]) or each.command}."
    if len(sets) > _TOLD:
        yield f"{len(sets) - _TOLD} earlier changes are in the log."


def _difference(
    session: Session, table: Table, key: str, each: _Set, left: dict[str, Any], read: Mapping[str, Any]
) -> str:
    """Say one field before and after, and, where it was last changed, what you wanted if you touched it too."""
    before, after = each.before.get(key), each.after.get(key)
    said = f"{_word(key)} {_value(session, table, key, *_apart(before, after))}"
    said += f" → {_value(session, table, key, *_apart(after, before))}"
    if key not in left:
        return said
    wanted = left.pop(key)
    if wanted == read.get(key):
        return said
    return f"{said} (you: {'the same' if wanted == after else _value(session, table, key, wanted)})"


def _word(column: str) -> str:
    return _WORDS.get(column) or column.removesuffix("_id").replace("_", " ")


def _apart(value: Any, other: Any) -> tuple[Any]:  # noqa: ANN401
    """Leave out the languages in which two texts are the same."""
    if isinstance(value, dict) and isinstance(other, dict):
        return ({tag: text for tag, text in value.items() if other.get(tag) != text},)
    return (value,)


def _value(session: Session, table: Table, column: str, value: Any) -> str:  # noqa: ANN401
    """Say a stored value: texts in quotation marks, records by their code or name."""
    if value in (None, "", [], {}):
        return "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        target = next((key.column.table for key in table.c[column].foreign_keys), None)
        return str(value) if target is None else _label(session, target, value)
    if isinstance(value, dict):
        value = Localized(value).both()
    elif isinstance(value, list):
        value = ", ".join(map(str, value))
    return f"“{shortened(str(value), _LONG)}”"


def _label(session: Session, table: Table, number: int) -> str:
    row = session.execute(select(table).where(table.c.id == number)).mappings().first()
    if row is None:
        return f"{table.name} {number}"
    named = row.get("code") or row.get("title") or row.get("name")
    return f"“{named.both() if isinstance(named, Localized) else named}”"


def _few(children: Sequence[str]) -> list[str]:
    more = len(children) - _TOLD_CHILDREN
    return [*children[:_TOLD_CHILDREN], *([f"and {more} more"] if more > 0 else [])]


def _note_children(session: Session, table: Table, row_id: int, sets: Sequence[_Set]) -> None:
    """Note what the same commands did to rows that belong to the record."""
    owners = _owned_by(table)
    query = (
        select(Change)
        .where(Change.change_set_id.in_([each.id for each in sets[-_TOLD:]]), Change.table_name.in_(owners))
        .order_by(Change.id)
        .limit(_LOOKED_AT)
    )
    by_number = {each.id: each for each in sets}
    for change in session.scalars(query):
        row = change.after or change.before or {}
        if any(row.get(column) == row_id for column in owners[change.table_name]):
            what = "added" if change.before is None else "removed" if change.after is None else "changed"
            child = Base.metadata.tables[change.table_name]
            by_number[change.change_set_id].children.append(f"{_child(session, table, child, row)} {what}")


def _owned_by(table: Table) -> dict[str, list[str]]:
    """Return by table the columns that lead to rows of this one."""
    found: dict[str, list[str]] = {}
    for mapper in Record.registry.mappers:
        child: Any = mapper.local_table
        columns = [key.parent.name for key in child.foreign_keys if key.column.table is table and child is not table]
        if columns:
            found[child.name] = columns
    return found


def _child(session: Session, owner: Table, table: Table, row: Mapping[str, Any]) -> str:
    """Name a row that belongs to another one, by what else it leads to."""
    if table.name in ("event", "agency", "contact", "project"):
        return f"{table.name} {row['id']}"
    if table.name == "contact_point":
        return f"{row['kind']} “{row['value']}”"
    if table.name == "alias":
        return f"name “{row['name']}”"
    if table.name == "participation":
        return f"row {row['id']} of event {row['event_id']}"
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        number = row.get(key.parent.name)
        if number is not None and key.column.table is not owner:
            word = row.get("role") or {"affiliation": "place at"}.get(table.name, key.column.table.name)
            return f"{word} {_label(session, key.column.table, number)}"
    return f"{table.name.replace('_', ' ')} {row['id']}"
