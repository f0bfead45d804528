"""What an invitation needs to know beside the event: who may ask people, and what changed when."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.table import Column
from eventrec.views.dialect import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.table import Table
    from eventrec.views.reader import Reader

_MANAGERS: Final = """
SELECT v_contact.id, v_contact.name, v_contact.email
FROM v_contact
JOIN project_party ON project_party.contact_id = v_contact.id AND project_party.role = 'programme-manager'
JOIN v_event_project ON v_event_project.project_id = project_party.project_id
WHERE v_event_project.event_id = :event
ORDER BY project_party.id
"""
_OWNERS: Final = """
SELECT contact.id, contact.name, contact_point.value FROM contact_point
JOIN contact ON contact.id = contact_point.contact_id
WHERE contact_point.kind = 'email' AND lower(contact_point.value) = :email
ORDER BY contact.id
"""
_CHANGES: Final = """
SELECT {moment change_set.moment}, change.before, change.after FROM change
JOIN change_set ON change_set.id = change.change_set_id
WHERE change.table_name = :table AND change.row_id = :number
ORDER BY change.id
"""
_REVISED: Final = """
SELECT max(printed.modified_at) FROM (
    SELECT {moment contact.modified_at} AS modified_at FROM contact WHERE contact.id = :contact
    UNION ALL
    SELECT {moment contact_point.modified_at} FROM contact_point
    WHERE contact_point.contact_id = :contact AND contact_point.kind = 'email'
) AS printed
"""
_PEOPLE: Final = (Column("id", "integer"), Column("name", "localized"), Column("email"))


class ChangedRow(NamedTuple):
    """One change of a row: when (UTC), and the whole row before and after; None where there was none."""

    moment: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def managers(reader: Reader, event: int) -> Table:
    """Return the programme managers of an event's projects, with their e-mail addresses."""
    return reader.select(_PEOPLE, _MANAGERS, {"event": event})


def owners_of(reader: Reader, email: str) -> Table:
    """Return the contacts that have an e-mail address, whatever its case."""
    return reader.select(_PEOPLE, _OWNERS, {"email": email.lower()})


def changes_of(reader: Reader, table: str, number: int) -> list[ChangedRow]:
    """Return all changes of one row, the first one first."""
    sql = render(_CHANGES, reader.dialect)
    return [
        ChangedRow(moment, json.loads(before or "null"), json.loads(after or "null"))
        for moment, before, after in reader.rows(sql, {"table": table, "number": number})
    ]


def revised(reader: Reader, contact: int) -> str:
    """Return when a contact's name or e-mail addresses last changed, UTC."""
    return reader.rows(render(_REVISED, reader.dialect), {"contact": contact})[0][0] or ""
