"""Indexes of what is searched, in a SQLite file: to find a word it reads the texts and not the records.

Those of events are by date: a search gives the latest first, and ends when it has enough. A B-tree of PostgreSQL
refuses a text of some pages.

A landed migration is frozen, so it imports no models.
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

SEARCHED = {
    "ix_contact_search_text": ("contact", ("search_text",)),
    "ix_event_search_text": ("event", ("starts_on", "search_text")),
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, (table, columns) in SEARCHED.items():
            op.create_index(name, table, list(columns))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, (table, _) in SEARCHED.items():
            op.drop_index(name, table)
