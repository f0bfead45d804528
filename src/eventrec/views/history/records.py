"""Whose history is meant: a record as people type it, also one that was removed, or a change set."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import Ambiguous, NotFound, NotInHistory, UsageError
from eventrec.patterns import late
from eventrec.text.names import normalise
from eventrec.views import references
from eventrec.views.where import Where
from eventrec.vocabulary import MERGED_NOUNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.views.reader import Reader

_NUMBER: Final = late(r"#?(\d{1,18})")
_UID: Final = late(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TABLES: Final = {
    "event": "event",
    "visit": "event",
    "agency": "agency",
    "project": "project",
    "contact": "contact",
    "participant": "participation",
}
_NAMED: Final = ("agency", "project", "contact", "event")
"""The nouns whose records answer to a name that is typed without a noun."""

_PARTS: Final = {
    "event": (("event_project", "event_id"), ("event_source", "event_id"), ("participation", "event_id")),
    "agency": (("contact_point", "agency_id"), ("alias", "agency_id")),
    "contact": (
        ("contact_point", "contact_id"),
        ("affiliation", "contact_id"),
        ("alias", "contact_id"),
        ("project_party", "contact_id"),
        ("participation", "contact_id"),
        ("consent", "contact_id"),
    ),
    "project": (("project_party", "project_id"), ("event_project", "project_id"), ("alias", "project_id")),
    "participation": (("attendance", "participation_id"),),
}
"""What belongs to a record's history besides its own row: tables, and the column that names the record."""


@dataclass(frozen=True)
class Record:
    """A row of a table, there or gone."""

    table: str
    id: int
    uid: str


@dataclass(frozen=True)
class Which:
    """What the words after `log` mean: a change set, a record, or neither."""

    change_set: int | None = None
    record: Record | None = None


def which(reader: Reader, words: Sequence[str]) -> Which:
    """Return what is meant: NOUN REF a record, a number alone a change set, a uid either, anything else a name.

    Raises UsageError, NotFound, NotInHistory, Ambiguous.
    """
    if not words:
        return Which()
    if words[0] in _TABLES:
        if len(words) < 2:
            raise UsageError(f"Which {words[0]}?", f"For example: eventrec log {words[0]} 1")
        return Which(record=_of_noun(reader, words[0], " ".join(words[1:]).strip()))
    text = " ".join(words).strip()
    if number := _NUMBER.fullmatch(text):
        return Which(_change_set(reader, "id = :value", int(number[1]), text))
    if _UID.fullmatch(text):
        return _by_uid(reader, text.lower())
    return Which(record=_by_name(reader, text))


def _change_set(reader: Reader, condition: str, value: int | str, text: str) -> int:
    for (number,) in reader.rows(f"SELECT id FROM change_set WHERE {condition}", {"value": value}):  # noqa: S608
        return int(number)
    raise NotInHistory(
        f"There is no change set “{text}”.", "A record is named with its noun: eventrec log event 1; all: eventrec log"
    )


def _by_uid(reader: Reader, uid: str) -> Which:
    for record in _recorded(reader, "row_uid = :uid", uid=uid):
        return Which(record=record)
    return Which(_change_set(reader, "uid = :value", uid, uid))


def _of_noun(reader: Reader, noun: str, text: str) -> Record:
    table = _TABLES[noun]
    number = _NUMBER.fullmatch(text)
    if number or _UID.fullmatch(text):
        column, value = ("row_id", int(number[1])) if number else ("row_uid", text.lower())
        for record in _recorded(reader, f"table_name = :table AND {column} = :value", table=table, value=value):
            return record
        raise NotFound(noun, text)
    try:
        found = references.find(reader, noun, text)
    except NotFound:
        gone = _removed(reader, noun, text)
        if len(gone) != 1:
            if gone:
                raise Ambiguous(noun, text, [f"#{record.id}, removed" for record in gone]) from None
            raise
        return gone[0]
    return Record(table, found.id, found.uid)


def _recorded(reader: Reader, condition: str, **params: Any) -> Iterator[Record]:  # noqa: ANN401
    """Yield the row that the condition on `change` names; a number and a uid are never used again."""
    sql = f"SELECT table_name, row_id, row_uid FROM change WHERE {condition} ORDER BY id DESC LIMIT 1"  # noqa: S608
    for table, number, uid in reader.rows(sql, params):
        yield Record(table, int(number), uid)


def _by_name(reader: Reader, text: str) -> Record:
    """Return the one record of any noun with that name: a whole name before a beginning, what is there before gone."""
    whole: list[tuple[str, Record]] = []
    begun: list[tuple[str, Record]] = []
    several: Ambiguous | None = None
    for noun in _NAMED:
        try:
            reference = references.find(reader, noun, text)
        except Ambiguous as error:
            if error.exact:
                raise
            several = error
        except NotFound:
            continue
        else:
            found = (f"{noun} {reference}", Record(_TABLES[noun], reference.id, reference.uid))
            (whole if reference.exact else begun).append(found)
    if several is not None and not whole:
        raise several
    gone = [(f"{noun} #{record.id}, removed", record) for noun in _NAMED for record in _removed(reader, noun, text)]
    for candidates in (whole, begun, gone):
        if len(candidates) == 1:
            return candidates[0][1]
        if candidates:
            raise Ambiguous("record", text, [label for label, _ in candidates])
    raise NotInHistory(
        f"No record is named “{text}”, and none was.", f"Look for it: eventrec search {shlex.quote(text)}"
    )


def _removed(reader: Reader, noun: str, text: str) -> list[Record]:
    """Return removed records whose code or name, in any language, is the text or begins with it."""
    wanted = normalise(text)
    sql = "SELECT row_id, row_uid, before FROM change WHERE table_name = :table AND after IS NULL ORDER BY id"
    exact: dict[int, Record] = {}
    begun: dict[int, Record] = {}
    for number, uid, before in reader.rows(sql, {"table": _TABLES[noun]}):
        row = json.loads(before or "{}")
        names = row.get("title") or row.get("name") or {}
        answers = {normalise(str(name)) for name in (*names.values(), row.get("code") or "") if name}
        record = Record(_TABLES[noun], int(number), uid)
        if wanted in answers:
            exact[record.id] = record
        elif wanted and any(answer.startswith(wanted) for answer in answers):
            begun[record.id] = record
    return list((exact or begun).values())


def touching(record: Record) -> Where:
    """Return the condition on `change` that it touched the record's own row or one of its parts."""
    conditions = [
        "(change.table_name = :table AND change.row_id = :number)",
        f"(change.table_name = 'tombstone' AND {_names('table_name', ':table')} AND {_names('row_id')})",
    ]
    for table, column in _PARTS.get(record.table, ()):
        conditions.append(f"(change.table_name = '{table}' AND {_names(column)})")
    if record.table == "event":
        conditions.append(f"(change.table_name = 'attendance' AND {_names('participation_id', _ROWS_OF_EVENT)})")
    if record.table in MERGED_NOUNS:
        pair = f"{_names('first_uid', ':uid')} OR {_names('second_uid', ':uid')}"
        conditions.append(f"(change.table_name = 'not_same' AND ({pair}))")
    sql = f"({' OR '.join(conditions)})"
    params = {"table": record.table, "number": record.id, "text": str(record.id), "uid": record.uid}
    return Where(sql, {name: value for name, value in params.items() if f":{name}" in sql})


_ROWS_OF_EVENT: Final = (
    "(SELECT CAST(taken.row_id AS TEXT) FROM change AS taken WHERE taken.table_name = 'participation'"
    " AND (CAST({text taken.after event_id} AS TEXT) = :text OR CAST({text taken.before event_id} AS TEXT) = :text))"
)


def _names(column: str, value: str = ":text") -> str:
    """Return the condition that the row, before or after, has the value in a column."""
    operator = "IN" if value.startswith("(") else "="
    return (
        f"(CAST({{text change.after {column}}} AS TEXT) {operator} {value}"
        f" OR CAST({{text change.before {column}}} AS TEXT) {operator} {value})"
    )
