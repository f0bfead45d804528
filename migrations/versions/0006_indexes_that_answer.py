"""Indexes that answer by themselves: who took part in what, and only rows that have an owner.

Reports go through all participations by event, cards by person, lists by agency; each finds what it reads in an index.
The unique indexes of contact points hold only rows of the owner they are about: with the others in them, SQLite's
statistics say that an agency has a thousand points, and it reads the table for each one.

A landed migration is frozen, so it imports no models.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

COUNTS = ("women", "men", "other", "not_stated")
COUNTING = ("event_id", "contact_id", "agency_id", "status", "role", "modality", *COUNTS, "approximate", "days")
WIDER = {
    ("ix_participation_event_id", "event_id"): ("ix_participation_counting", (*COUNTING, "forgotten_as")),
    ("ix_participation_contact_id", "contact_id"): (
        "ix_participation_contact",
        ("contact_id", "event_id", "status", "modified_at"),
    ),
    ("ix_participation_agency_id", "agency_id"): ("ix_participation_agency", ("agency_id", "event_id", "status")),
}
"""Each index of one column of `participation`, with the wider one in its place."""

POINTS = {
    "uq_contact_point_contact": (("contact_id", "kind", "value"), ""),
    "uq_contact_point_agency": (("agency_id", "kind", "value"), ""),
    "uq_contact_point_contact_preferred": (("contact_id", "kind"), "preferred"),
    "uq_contact_point_agency_preferred": (("agency_id", "kind"), "preferred"),
}
"""The unique indexes of `contact_point`, each with its columns, the owner first, and its condition so far."""


def upgrade() -> None:
    for (before, _), (name, columns) in WIDER.items():
        op.create_index(name, "participation", list(columns))
        op.drop_index(before, "participation")
    _partial("ix_participation_organizer", "participation", ["event_id", "agency_id", "status", "modified_at"],
             "role = 'organizer'")  # fmt: skip
    op.create_index("ix_event_ends_on", "event", ["ends_on"])
    for name, (columns, condition) in POINTS.items():
        op.drop_index(name, "contact_point")
        owned = f"{columns[0]} IS NOT NULL"
        _partial(name, "contact_point", list(columns), f"{owned} AND {condition}" if condition else owned, unique=True)


def downgrade() -> None:
    for name, (columns, condition) in POINTS.items():
        op.drop_index(name, "contact_point")
        _partial(name, "contact_point", list(columns), condition, unique=True)
    op.drop_index("ix_event_ends_on", "event")
    op.drop_index("ix_participation_organizer", "participation")
    for (before, column), (name, _) in WIDER.items():
        op.create_index(before, "participation", [column])
        op.drop_index(name, "participation")


def _partial(name: str, table: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    where = sa.text(condition) if condition else None
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)
