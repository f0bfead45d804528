"""A row of every kind, for tests of the schema."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from eventrec.localized import Localized
from eventrec.models import Base

if TYPE_CHECKING:
    from sqlalchemy import Connection

TABLES = Base.metadata.tables
MOMENT = "2024-10-17T01:02:03Z"
EMPTY = Localized()


SINCE_0003: dict[str, tuple[str, ...]] = {
    "event": ("source_uid", "source_sequence", "source_modified_at"),
    "participation": ("answered_at", "forgotten_as"),
    "contact": ("categories",),
    "project": ("retention_months",),
}
"""Columns that a history of an older schema does not have."""


def less(table: str, row: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return a row as an older schema would have had it."""
    return row and {name: value for name, value in row.items() if name not in SINCE_0003.get(table, ())}


def forget(opened: Connection) -> None:
    """Let the history have been written before the latest columns were there."""
    change = TABLES["change"]
    for number, table, before, after in opened.execute(
        select(change.c.id, change.c.table_name, change.c.before, change.c.after)
    ).all():
        values = {"before": less(table, before), "after": less(table, after)}
        opened.execute(update(change).where(change.c.id == number).values(**values))


def day(number: int) -> date:
    return date(2024, 10, number)


STAMPS = {"created_at": MOMENT, "modified_at": MOMENT, "version": 1}
NAME = {"name": Localized(en="Example", zh="示例")}

ONE_WOMAN = {"women": 1, "men": 0, "other": 0, "not_stated": 0}
GIVEN_OUT = {
    "recipient": "European Union",
    "purpose": "final report",
    "disclosed_at": MOMENT,
    "what": "participants",
    "people": 1,
    "contact_ids": [1],
}

RELEASE = {"text": "A workshop was held.", "sha256": hashlib.sha256(b"A workshop was held.").hexdigest()}

GOOD: list[tuple[str, dict[str, Any]]] = [
    ("agency", {**NAME, "code": "EX", "kind": "government", "country": "CN", "side": "China"}),
    ("agency", {**NAME, "kind": "group", "parent_id": 1}),
    ("agency", {**NAME, "kind": "ngo", "successor_id": 1}),
    ("contact", {**NAME, "sex": "female", "languages": ["en", "zh"]}),
    ("contact", {**NAME, "sex": "not-stated"}),
    ("project", {**NAME, "code": "EX-1", "status": "active", "starts_on": day(1), "ends_on": day(31)}),
    ("project", {**NAME, "code": "EX-2", "status": "planned", "parent_id": 1}),
    ("contact_point", {"contact_id": 1, "kind": "email", "value": "Li.Na@example.org", "preferred": True}),
    ("contact_point", {"agency_id": 1, "kind": "email", "value": "office@example.org", "preferred": True}),
    ("affiliation", {"contact_id": 1, "agency_id": 1, "is_primary": True, "starts_on": day(1)}),
    ("alias", {"agency_id": 1, "name": "Old name", "language": "en", "starts_on": day(1), "ends_on": day(1)}),
    ("alias", {"contact_id": 1, "name": "Nickname"}),
    ("alias", {"project_id": 1, "name": "Working title"}),
    ("alias", {"city": '{"en":"Beijing"}', "name": "Peking"}),
    ("project_party", {"project_id": 1, "agency_id": 1, "role": "donor", "share": 80, "starts_on": day(1)}),
    ("project_party", {"project_id": 1, "contact_id": 1, "role": "finance"}),
    (
        "event",
        {
            "title": Localized(en="Workshop"),
            "kind": "workshop",
            "status": "held",
            "starts_on": day(17),
            "ends_on": day(18),
            "start_time": "09:00",
            "end_time": "17:30",
            "timezone": "Asia/Shanghai",
            "latitude": 39,
            "longitude": 116,
            "country": "CN",
            "contact_id": 1,
        },
    ),
    ("event", {"title": Localized(zh="考察"), "kind": "site-visit", "parent_id": 1, "status": "planned"}),
    ("event", {"title": Localized(en="Again"), "kind": "meeting", "replaces_id": 1, "status": "cancelled"}),
    ("event_project", {"event_id": 1, "project_id": 1, "share": 60}),
    ("event_source", {"event_id": 1, "url": "https://example.org/1", "name": "1.txt", **RELEASE}),
    ("participation", {"event_id": 1, "contact_id": 1, "role": "speaker", "status": "attended"}),
    (
        "participation",
        {"event_id": 1, "agency_id": 1, "status": "attended", "women": 1, "men": 2, "other": 0, "not_stated": 3},
    ),
    ("participation", {"event_id": 1, "label": Localized(en="Experts"), "status": "invited", "side": "EU"}),
    (
        "participation",
        {"event_id": 1, "status": "attended", "role": "observer", **ONE_WOMAN, "forgotten_as": "p2"},
    ),
    ("attendance", {"participation_id": 1, "day": day(17)}),
    ("not_same", {"table_name": "contact", "first_uid": "u1", "second_uid": "u2"}),
    ("consent", {"contact_id": 1, "purpose": "photographs", "answer": "given", "answered_on": day(17)}),
    ("forgotten", {"hash": "1" * 64, "kind": "name", "person": "p1", "forgotten_at": MOMENT, "reason": "asked"}),
    ("disclosure", {**GIVEN_OUT, "criteria": "--project EX-1", "file_name": "list.xlsx", "sha256": "0" * 64}),
    ("change_set", {"actor": "tester", "moment": MOMENT, "command": "a test"}),
    ("change_set", {"actor": "tester", "moment": MOMENT, "command": "undo", "reverses_id": 1}),
    ("change", {"change_set_id": 1, "table_name": "event", "row_id": 1, "row_uid": "u", "version": 1}),
    ("setting", {"key": "language", "value": "en"}),
    ("tombstone", {"table_name": "event", "row_id": 9, "row_uid": "u9", "removed_at": MOMENT}),
]
"""A row of every kind, in an order in which they find what they refer to; the first of each table has id 1."""

NEW: dict[str, dict[str, Any]] = {
    "agency": {**NAME, "kind": "other"},
    "contact": {**NAME},
    "project": {**NAME, "code": "EX-3", "status": "active"},
    "contact_point": {"contact_id": 1, "kind": "email", "value": "li@example.org"},
    "affiliation": {"contact_id": 1, "agency_id": 2, "is_primary": False},
    "alias": {"agency_id": 1, "name": "Another name", "language": "en"},
    "project_party": {"project_id": 1, "agency_id": 2, "role": "partner"},
    "event": {
        "title": Localized(en="Workshop"),
        "kind": "workshop",
        "status": "held",
        "starts_on": day(17),
        "ends_on": day(18),
        "start_time": "09:00",
        "end_time": "17:30",
        "timezone": "Asia/Shanghai",
        "latitude": 39,
        "longitude": 116,
    },
    "event_project": {"event_id": 1, "project_id": 2},
    "event_source": {"event_id": 2, **RELEASE},
    "participation": {"event_id": 1, "contact_id": 2, "role": "chair", "status": "attended"},
    "attendance": {"participation_id": 1, "day": day(18)},
    "not_same": {"table_name": "agency", "first_uid": "u1", "second_uid": "u2"},
    "consent": {"contact_id": 1, "purpose": "photographs", "answer": "given", "answered_on": day(18)},
    "disclosure": GIVEN_OUT,
    "forgotten": {"hash": "0" * 64, "kind": "email", "person": "p1", "forgotten_at": MOMENT},
    "change_set": {"actor": "tester", "moment": MOMENT, "command": "a test"},
    "change": {"change_set_id": 1, "table_name": "event", "row_id": 1, "row_uid": "u", "version": 1},
    "setting": {"key": "country", "value": "CN"},
    "tombstone": {"table_name": "event", "row_id": 8, "row_uid": "u8", "removed_at": MOMENT},
}
"""One more row of each table that is accepted."""

_uids = iter(range(1, 1_000_000))


def add(connection: Connection, table: str, row: dict[str, Any]) -> None:
    common = {"uid": f"uid-{next(_uids)}", **STAMPS}
    values = {key: value for key, value in common.items() if key in TABLES[table].c} | row
    connection.execute(insert(TABLES[table]).values(**values))
