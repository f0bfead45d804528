"""Presence day by day, and records that look like one and are two.

A landed migration is frozen, so it imports no models; its types are its own.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
MOMENT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    _attendance()
    _not_same()


def downgrade() -> None:
    op.drop_table("not_same")
    op.drop_table("attendance")


def _attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("participation_id", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name="fk_attendance_participation_id",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attendance"),
        sa.UniqueConstraint("uid", name="uq_attendance_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_attendance_participation_day", "attendance", ["participation_id", "day"], unique=True)


def _not_same() -> None:
    op.create_table(
        "not_same",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("table_name", TEXT, nullable=False),
        sa.Column("first_uid", TEXT, nullable=False),
        sa.Column("second_uid", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_not_same"),
        sa.CheckConstraint("first_uid < second_uid", name=op.f("ck_not_same_in_order")),
        sa.CheckConstraint("table_name IN ('contact', 'agency')", name=op.f("ck_not_same_table_name")),
        sa.UniqueConstraint("uid", name="uq_not_same_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_not_same_pair", "not_same", ["table_name", "first_uid", "second_uid"], unique=True)
