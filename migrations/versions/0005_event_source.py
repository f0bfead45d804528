"""The release that an event was drafted from: its text, its hash, its address.

A landed migration is frozen, so it imports no models; its types are its own.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
MOMENT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "event_source",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("event_id", sa.Integer, nullable=False),
        sa.Column("url", TEXT),
        sa.Column("name", TEXT),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_source_event_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_event_source"),
        sa.CheckConstraint(
            "length(sha256) = 64 AND trim(sha256, '0123456789abcdef') = ''", name=op.f("ck_event_source_sha256")
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_event_source_text_not_empty")),
        sa.UniqueConstraint("uid", name="uq_event_source_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_source_sha256", "event_source", ["sha256"])
    op.create_index("uq_event_source_release", "event_source", ["event_id", "sha256"], unique=True)


def downgrade() -> None:
    op.drop_table("event_source")
