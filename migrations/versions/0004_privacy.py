"""Consent, disclosures, people who were forgotten, and what the history says of them.

A landed migration is frozen, so it imports no models; its types are its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

if TYPE_CHECKING:
    from collections.abc import Sequence

revision = "0004"
down_revision = "0003"

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
MOMENT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")
PARTY = (
    "event_id",
    sa.text("coalesce(agency_id, 0)"),
    sa.text("coalesce(label, '')"),
    "role",
    "modality",
    "status",
)


def upgrade() -> None:
    op.add_column("change_set", sa.Column("database_role", TEXT))
    op.add_column("change", sa.Column("erased_at", MOMENT))
    _add_checked(
        "participation",
        "forgotten_as",
        "TEXT",
        "ck_participation_forgotten_is_one_person",
        "forgotten_as IS NULL OR (contact_id IS NULL AND women + men + other + not_stated = 1)",
    )
    _add_checked("project", "retention_months", "INTEGER", "ck_project_retention", "retention_months >= 0")
    _one_party("contact_id IS NULL AND forgotten_as IS NULL")
    _unique_where("uq_participation_forgotten", ["event_id", "forgotten_as", "role"], "forgotten_as IS NOT NULL")
    _consent()
    _disclosure()
    _forgotten()


def downgrade() -> None:
    _refuse_with_forgotten_people()
    for table in ("forgotten", "disclosure", "consent"):
        op.drop_table(table)
    op.drop_index("uq_participation_forgotten", "participation")
    _one_party("contact_id IS NULL")
    op.drop_column("project", "retention_months")
    op.drop_column("participation", "forgotten_as")
    op.drop_column("change", "erased_at")
    op.drop_column("change_set", "database_role")


def _add_checked(table: str, column: str, kind: str, name: str, check: str) -> None:
    """Add a column with its own check: SQLite takes one only together with the column."""
    collation = ' COLLATE "C"' if kind == "TEXT" and op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}{collation} CONSTRAINT {name} CHECK ({check})")


def _one_party(where: str) -> None:
    op.drop_index("uq_participation_unnamed", "participation")
    _unique_where("uq_participation_unnamed", PARTY, where)


def _unique_where(name: str, columns: Sequence[str | sa.TextClause], where: str) -> None:
    op.create_index(
        name,
        "participation",
        list(columns),
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def _refuse_with_forgotten_people() -> None:
    """Refuse: the older schema cannot keep people out who were forgotten, nor their head-counts apart."""
    if op.get_bind().execute(sa.text("SELECT count(*) FROM forgotten")).scalar():
        raise RuntimeError("people were forgotten in this book, and an older schema would let them come back")


def _record(name: str, *columns: sa.schema.SchemaItem) -> None:
    """Create a table with the columns that every record has."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        *columns,
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint("uid", name=f"uq_{name}_uid"),
        sqlite_autoincrement=True,
    )


def _consent() -> None:
    _record(
        "consent",
        sa.Column("contact_id", sa.Integer, nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("answer", TEXT, nullable=False),
        sa.Column("answered_on", sa.Date, nullable=False),
        sa.Column("withdrawn_on", sa.Date),
        sa.Column("source", TEXT),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_consent_contact_id", ondelete="RESTRICT"),
        sa.CheckConstraint("answer IN ('given', 'refused')", name=op.f("ck_consent_answer")),
        sa.CheckConstraint("purpose <> ''", name=op.f("ck_consent_purpose_not_empty")),
        sa.CheckConstraint(
            "withdrawn_on IS NULL OR answer = 'given'", name=op.f("ck_consent_only_a_consent_is_withdrawn")
        ),
        sa.CheckConstraint("withdrawn_on >= answered_on", name=op.f("ck_consent_dates")),
    )
    op.create_index("ix_consent_contact_id", "consent", ["contact_id"])
    op.create_index("uq_consent_answer", "consent", ["contact_id", "purpose", "answered_on"], unique=True)


def _disclosure() -> None:
    _record(
        "disclosure",
        sa.Column("recipient", TEXT, nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("disclosed_at", MOMENT, nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("criteria", TEXT),
        sa.Column("file_name", TEXT),
        sa.Column("sha256", TEXT),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("contact_ids", TEXT, nullable=False),
        sa.CheckConstraint("recipient <> ''", name=op.f("ck_disclosure_recipient_not_empty")),
        sa.CheckConstraint("purpose <> ''", name=op.f("ck_disclosure_purpose_not_empty")),
        sa.CheckConstraint("people >= 0", name=op.f("ck_disclosure_people")),
    )


def _forgotten() -> None:
    _record(
        "forgotten",
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("forgotten_at", MOMENT, nullable=False),
        sa.Column("reason", TEXT),
        sa.CheckConstraint("kind IN ('uid', 'name', 'email', 'phone', 'wechat')", name=op.f("ck_forgotten_kind")),
    )
    op.create_index("ix_forgotten_person", "forgotten", ["person"])
    op.create_index("uq_forgotten_hash", "forgotten", ["hash", "person"], unique=True)
