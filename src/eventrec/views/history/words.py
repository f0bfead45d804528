"""What a change did, in words for people: records by name, parts under their owner, before → after."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from eventrec.table import show_localized
from eventrec.views.history.changes import HOUSEKEEPING
from eventrec.vocabulary import HEAD_COUNTS, ROW_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.views.history.changes import Change
    from eventrec.views.reader import Reader

_NAMED: Final = {"event": "title", "agency": "name", "project": "name", "contact": "name"}
"""Records with a name, and the column that holds it."""

_LEADS_TO: Final = {
    "agency_id": "agency",
    "contact_id": "contact",
    "project_id": "project",
    "event_id": "event",
    "successor_id": "agency",
    "replaces_id": "event",
    "participation_id": "participation",
}
_OWNERS: Final = {
    "contact_point": ("contact_id", "agency_id"),
    "affiliation": ("contact_id",),
    "alias": ("agency_id", "contact_id", "project_id"),
    "project_party": ("project_id",),
    "event_project": ("event_id",),
    "event_source": ("event_id",),
    "participation": ("event_id",),
    "consent": ("contact_id",),
}
"""Parts of records, and the columns of which one names the owner."""

_WITHOUT_OWNER: Final = {"setting": "Settings", "disclosure": "Disclosures", "forgotten": "Forgotten people"}
_KINDS: Final = {"email": "e-mail", "wechat": "WeChat", "url": "web page"}
_UNSAID: Final = HOUSEKEEPING | {"sequence", "source_sequence", "source_modified_at"}
_ERASED: Final = "erased (somebody was forgotten)"
_LONG: Final = 200
_REMEMBERED: Final = 5000


_ROWS: Final = {
    "agency": "agencies",
    "alias": "other names",
    "affiliation": "places of work",
    "attendance": "days of presence",
    "event_project": "projects of events",
    "event_source": "releases",
    "forgotten": "traces of forgotten people",
    "not_same": "pairs that are not the same",
    "participation": "participants",
    "project_party": "parties of projects",
    "tombstone": "removals",
}
"""What people call several rows of a table, where an s does not do."""

_NUMBERED: Final = 3


def say_rows(rows: object) -> str:
    """Return which rows a change set touched, in words: "event 1, participants 4, 5 and 6, 12 contact points".

    `rows` is the list that the log has: tables with numbers. More than three of a table are only counted.
    """
    numbers: dict[str, list[str]] = {}
    for row in rows if isinstance(rows, list) else ():
        table, _, number = str(row).rpartition(" ")
        numbers.setdefault(table, []).append(number)
    if len(numbers) > 1:
        numbers.pop("tombstone", None)  # the row that went is named
    return ", ".join(_said_together(table, found) for table, found in numbers.items())


def _said_together(table: str, numbers: list[str]) -> str:
    several = _ROWS.get(table, f"{table.replace('_', ' ')}s")
    if len(numbers) > _NUMBERED:
        return f"{len(numbers):,} {several}"
    if len(numbers) == 1:
        return f"{ROW_WORDS.get(table, table.replace('_', ' '))} {numbers[0]}"
    return f"{several} {' and '.join([', '.join(numbers[:-1]), numbers[-1]])}"


class Words:
    """Tells changes. Names are today's, or the last that a removed record had, in the book's languages."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._main = reader.main_language()
        self._names: dict[tuple[str, int], str] = {}

    def lines(self, change: Change) -> Iterator[str]:
        """Yield a line for each thing that a person would say was done; none for a row that only counts as touched."""
        whose = self._whose(change)
        if change.erased:
            yield f"{whose}: {_ERASED}"
        elif change.table == "tombstone":
            if change.what == "added" and change.row.get("replaced_by"):
                yield f"{whose}: merged into {self._by_uid(change.row['replaced_by'])}"
        elif change.table == "not_same":
            yield f"{whose}: " + ("not the same" if change.after else "perhaps the same, after all")
        elif change.table in _NAMED:
            yield from self._of_record(change, whose)
        else:
            yield from self._of_part(change, whose)

    def _of_record(self, change: Change, whose: str) -> Iterator[str]:
        if change.what == "changed":
            yield from (f"{whose}: {each}" for each in self._differences(change))
        elif change.what == "added":
            yield f"{whose}: added" + "".join(f"; {each}" for each in self._differences(change))
        else:
            yield f"{whose}: removed"

    def _of_part(self, change: Change, whose: str) -> Iterator[str]:
        label, description = self._label(change), self._description(change)
        if change.what != "changed":
            yield f"{whose}: {label} {change.what}: {description}"
            return
        for each in self._differences(change):
            yield f"{whose}: {label} {description}: {each}" if description else f"{whose}: {label}: {each}"

    def _differences(self, change: Change) -> list[str]:
        """Return what is different, column by column; of a new row only what it holds."""
        said = []
        for column, (before, after) in change.fields().items():
            if column in _UNSAID or (change.what == "added" and column == _NAMED.get(change.table)):
                continue
            name = _heading(column)
            if change.before is None:
                said.append(f"{name}: {self._value(change.table, column, after)}")
            else:
                pair = " → ".join(self._value(change.table, column, value) for value in (before, after))
                said.append(f"{name}: {pair}")
        return said

    def _value(self, table: str, column: str, value: Any) -> str:  # noqa: ANN401
        if value is None or value == "":
            return "(empty)"
        if (column in _LEADS_TO or column == "parent_id") and isinstance(value, int):
            return self.name(_LEADS_TO.get(column, table), value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, dict):
            text = show_localized(value, self._main, "both") if _is_localized(value) else json.dumps(value)
        elif isinstance(value, list):
            text = ", ".join(map(str, value))
        else:
            text = str(value)
        return text if len(text) <= _LONG else f"{text[:_LONG]}…"

    def _whose(self, change: Change) -> str:
        """Return the record that a change belongs to: "Event 1, Workshop"."""
        if not change.row and change.table not in _NAMED:
            return f"{change.noun.capitalize()} {change.id}"
        if change.table == "attendance":
            return self._owner_of_day(change.row)
        if change.table == "tombstone":
            return self._record(change.row["table_name"], change.row["row_id"])
        for column in _OWNERS.get(change.table, ()):
            if change.row.get(column) is not None:
                return self._record(_LEADS_TO[column], change.row[column])
        if change.table in _NAMED:
            return self._record(change.table, change.id)
        if change.table == "not_same":
            return self._pair(change)
        return _WITHOUT_OWNER.get(change.table, f"{change.noun.capitalize()} {change.id}")

    def _owner_of_day(self, row: dict[str, Any]) -> str:
        taken = self._last("participation", row["participation_id"])
        if taken.get("event_id") is None:
            return f"Participant {row['participation_id']}"
        return self._record("event", taken["event_id"])

    def _pair(self, change: Change) -> str:
        """Name both, the lower number first; the row has them in the order of their uids, which are chance."""
        names = [self._by_uid(change.row[column]) for column in ("first_uid", "second_uid")]
        return " and ".join(sorted(names, key=_number_in))

    def _record(self, table: str, number: int) -> str:
        name = self.name(table, number)
        noun = {"participation": "participant"}.get(table, table).capitalize()
        return f"{noun} {number}" if name == f"{table} {number}" else f"{noun} {number}, {name}"

    def _label(self, change: Change) -> str:
        row = change.row
        if change.table == "contact_point":
            return str(_KINDS.get(row.get("kind", ""), row.get("kind", "contact point")))
        labels = {
            "affiliation": "agency",
            "alias": "other name",
            "event_project": "project",
            "event_source": "release",
            "participation": f"participant {change.id}",
            "attendance": "day of presence",
            "setting": "setting",
            "project_party": str(row.get("role", "party")),
        }
        return labels.get(change.table, change.noun)

    def _description(self, change: Change) -> str:
        """Return what a part is, in a few words, from the row before the change where there was one."""
        row = change.before or change.after or {}
        parts = [self._value(change.table, column, row.get(column)) for column in self._telling(change.table, row)]
        if change.table == "participation":
            parts = [self._who(row), row.get("role") or "", row.get("status") or ""]
        if row.get("share") is not None and change.table in ("event_project", "project_party"):
            parts.append(f"{row['share']} %")
        return ", ".join(part for part in parts if part and part != "(empty)")

    def _telling(self, table: str, row: dict[str, Any]) -> tuple[str, ...]:
        columns = {
            "contact_point": ("value",),
            "affiliation": ("agency_id", "position", "starts_on", "ends_on"),
            "alias": ("city", "name", "language"),
            "project_party": ("agency_id", "contact_id"),
            "event_project": ("project_id",),
            "event_source": ("name", "url"),
            "attendance": ("participation_id", "day"),
            "consent": ("purpose", "answer", "answered_on"),
            "disclosure": ("recipient", "purpose", "what"),
            "forgotten": ("hash",),
            "setting": ("key", "value"),
        }
        return tuple(column for column in columns.get(table, ()) if row.get(column) is not None)

    def _who(self, row: dict[str, Any]) -> str:
        """Return who takes part: a person with the agency, or a party with its numbers."""
        agency = self.name("agency", row["agency_id"]) if row.get("agency_id") else ""
        if row.get("contact_id"):
            person = self.name("contact", row["contact_id"])
            return f"{person} ({agency})" if agency else person
        label = self._value("participation", "label", row["label"]) if row.get("label") else agency
        counts = ", ".join(f"{row[name]} {_heading(name)}" for name in HEAD_COUNTS if row.get(name))
        return ": ".join(part for part in (label, counts) if part) or "nobody counted"

    def name(self, table: str, number: int) -> str:
        """Return what a row is called; its table and number when nothing else is known."""
        key = (table, number)
        if key not in self._names:
            if len(self._names) >= _REMEMBERED:
                self._names.clear()
            row = self._last(table, number)
            self._names[key] = self._who(row) if table == "participation" and row else self._title(table, row)
        return self._names[key] or f"{table} {number}"

    def _title(self, table: str, row: dict[str, Any]) -> str:
        name = row.get(_NAMED.get(table, ""))
        shown = show_localized(name, self._main) if isinstance(name, dict) else ""
        return str(row.get("code") or shown)

    def _last(self, table: str, number: int) -> dict[str, Any]:
        """Return a row as its newest change left it, or as it was before it was removed."""
        sql = (
            "SELECT coalesce(after, before) FROM change WHERE table_name = :table AND row_id = :number"
            " ORDER BY id DESC LIMIT 1"
        )
        for (text,) in self._reader.rows(sql, {"table": table, "number": number}):
            return dict(json.loads(text)) if text else {}
        return {}

    def _by_uid(self, uid: str) -> str:
        sql = "SELECT table_name, row_id FROM change WHERE row_uid = :uid ORDER BY id DESC LIMIT 1"
        for table, number in self._reader.rows(sql, {"uid": uid}):
            return self._record(table, number)
        return uid


def _number_in(name: str) -> int:
    """Return the number in “Contact 2, LI Na”."""
    found = re.search(r"\d+", name)
    return int(found[0]) if found else 0


def _heading(column: str) -> str:
    return column.removesuffix("_id").replace("_", " ")


def _is_localized(value: dict[str, Any]) -> bool:
    return bool(value) and all(isinstance(text, str) for text in value.values())
