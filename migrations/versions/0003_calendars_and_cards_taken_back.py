"""What calendars, replies and contact cards bring along and no record had a place for.

A landed migration is frozen, so it imports no models; its types are its own.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
MOMENT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    op.add_column("event", sa.Column("source_uid", TEXT))
    op.add_column("event", sa.Column("source_sequence", sa.Integer))
    op.add_column("event", sa.Column("source_modified_at", MOMENT))
    op.create_index("ix_event_source_uid", "event", ["source_uid"])
    op.add_column("participation", sa.Column("answered_at", MOMENT))
    op.add_column("contact", sa.Column("categories", TEXT))


def downgrade() -> None:
    op.drop_column("contact", "categories")
    op.drop_column("participation", "answered_at")
    op.drop_index("ix_event_source_uid", "event")
    op.drop_column("event", "source_modified_at")
    op.drop_column("event", "source_sequence")
    op.drop_column("event", "source_uid")
