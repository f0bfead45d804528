"""The first schema: all records, with their constraints.

A landed migration is frozen, so it imports no models; its types are its own.
"""
# ruff: noqa: E501 (a CHECK stands on one line, as the database keeps it)

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
MOMENT = sa.Text().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    _agency()
    _change_set()
    _contact()
    _project()
    _setting()
    _tombstone()
    _affiliation()
    _alias()
    _change()
    _contact_point()
    _event()
    _project_party()
    _event_project()
    _participation()


def downgrade() -> None:
    op.drop_table("participation")
    op.drop_table("event_project")
    op.drop_table("project_party")
    op.drop_table("event")
    op.drop_table("contact_point")
    op.drop_table("change")
    op.drop_table("alias")
    op.drop_table("affiliation")
    op.drop_table("tombstone")
    op.drop_table("setting")
    op.drop_table("project")
    op.drop_table("contact")
    op.drop_table("change_set")
    op.drop_table("agency")


def _agency() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("code", TEXT),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("side", TEXT),
        sa.Column("country", TEXT),
        sa.Column("parent_id", sa.Integer),
        sa.Column("successor_id", sa.Integer),
        sa.Column("website", TEXT),
        sa.Column("note", TEXT),
        sa.Column("search_text", TEXT, nullable=False),
        sa.Column("sort_key", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["agency.id"], name="fk_agency_parent_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["successor_id"], ["agency.id"], name="fk_agency_successor_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_agency"),
        sa.CheckConstraint(
            "length(code) BETWEEN 1 AND 31 AND trim(code, '0123456789') <> '' AND code NOT LIKE '%=%' AND trim(code) = code",
            name=op.f("ck_agency_code"),
        ),
        sa.CheckConstraint(
            "length(country) = 2 AND substr(country, 1, 1) BETWEEN 'A' AND 'Z' AND substr(country, 2, 1) BETWEEN 'A' AND 'Z'",
            name=op.f("ck_agency_country"),
        ),
        sa.CheckConstraint(
            "kind IN ('government', 'embassy', 'international-organization', 'ngo', 'academia', 'private', 'media', 'group', 'other')",
            name=op.f("ck_agency_kind"),
        ),
        sa.CheckConstraint("name <> '{}'", name=op.f("ck_agency_name_not_empty")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_agency_not_its_own_parent")),
        sa.CheckConstraint("successor_id <> id", name=op.f("ck_agency_not_its_own_successor")),
        sa.UniqueConstraint("uid", name="uq_agency_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agency_parent_id", "agency", ["parent_id"])
    op.create_index("ix_agency_successor_id", "agency", ["successor_id"])
    op.create_index("uq_agency_code", "agency", [sa.text("lower(code)")], unique=True)


def _change_set() -> None:
    op.create_table(
        "change_set",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("moment", MOMENT, nullable=False),
        sa.Column("command", TEXT, nullable=False),
        sa.Column("reverses_id", sa.Integer),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["change_set.id"], name="fk_change_set_reverses_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_change_set"),
        sa.UniqueConstraint("reverses_id", name="uq_change_set_reverses_id"),
        sa.UniqueConstraint("uid", name="uq_change_set_uid"),
        sqlite_autoincrement=True,
    )


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("family_name", TEXT),
        sa.Column("given_name", TEXT),
        sa.Column("honorific", TEXT),
        sa.Column("sex", TEXT, nullable=False),
        sa.Column("languages", TEXT),
        sa.Column("note", TEXT),
        sa.Column("sort_key", TEXT, nullable=False),
        sa.Column("search_text", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sa.CheckConstraint("name <> '{}'", name=op.f("ck_contact_name_not_empty")),
        sa.CheckConstraint("sex IN ('female', 'male', 'other', 'not-stated')", name=op.f("ck_contact_sex")),
        sa.UniqueConstraint("uid", name="uq_contact_uid"),
        sqlite_autoincrement=True,
    )


def _project() -> None:
    op.create_table(
        "project",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("parent_id", sa.Integer),
        sa.Column("contract_number", TEXT),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("funding_statement", TEXT),
        sa.Column("note", TEXT),
        sa.Column("search_text", TEXT, nullable=False),
        sa.Column("sort_key", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["project.id"], name="fk_project_parent_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_project"),
        sa.CheckConstraint(
            "length(code) BETWEEN 1 AND 31 AND trim(code, '0123456789') <> '' AND code NOT LIKE '%=%' AND trim(code) = code",
            name=op.f("ck_project_code"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_project_dates")),
        sa.CheckConstraint("funding_statement <> '{}'", name=op.f("ck_project_funding_statement_not_empty")),
        sa.CheckConstraint("name <> '{}'", name=op.f("ck_project_name_not_empty")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_project_not_its_own_parent")),
        sa.CheckConstraint("status IN ('planned', 'active', 'completed', 'cancelled')", name=op.f("ck_project_status")),
        sa.UniqueConstraint("uid", name="uq_project_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_project_parent_id", "project", ["parent_id"])
    op.create_index("uq_project_code", "project", [sa.text("lower(code)")], unique=True)


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_setting"),
        sa.UniqueConstraint("key", name="uq_setting_key"),
        sa.UniqueConstraint("uid", name="uq_setting_uid"),
        sqlite_autoincrement=True,
    )


def _tombstone() -> None:
    op.create_table(
        "tombstone",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("table_name", TEXT, nullable=False),
        sa.Column("row_id", sa.Integer, nullable=False),
        sa.Column("row_uid", TEXT, nullable=False),
        sa.Column("replaced_by", TEXT),
        sa.Column("removed_at", MOMENT, nullable=False),
        sa.Column("calendar", TEXT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tombstone"),
        sa.UniqueConstraint("uid", name="uq_tombstone_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_tombstone_row", "tombstone", ["table_name", "row_id"], unique=True)


def _affiliation() -> None:
    op.create_table(
        "affiliation",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("contact_id", sa.Integer, nullable=False),
        sa.Column("agency_id", sa.Integer, nullable=False),
        sa.Column("position", TEXT),
        sa.Column("unit", TEXT),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("is_primary", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_affiliation_contact_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_affiliation_agency_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_affiliation"),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_affiliation_dates")),
        sa.CheckConstraint("position <> '{}'", name=op.f("ck_affiliation_position_not_empty")),
        sa.UniqueConstraint("uid", name="uq_affiliation_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_affiliation_agency_id", "affiliation", ["agency_id"])
    op.create_index("ix_affiliation_contact_id", "affiliation", ["contact_id"])
    op.create_index(
        "uq_affiliation_primary",
        "affiliation",
        ["contact_id"],
        unique=True,
        sqlite_where=sa.text("is_primary AND ends_on IS NULL"),
        postgresql_where=sa.text("is_primary AND ends_on IS NULL"),
    )


def _alias() -> None:
    op.create_table(
        "alias",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("agency_id", sa.Integer),
        sa.Column("contact_id", sa.Integer),
        sa.Column("project_id", sa.Integer),
        sa.Column("city", TEXT),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("language", TEXT),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_alias_agency_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_alias_contact_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_alias_project_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_alias"),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_alias_dates")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_alias_name_not_empty")),
        sa.CheckConstraint(
            "(CASE WHEN agency_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN contact_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN project_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN city IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_alias_one_owner"),
        ),
        sa.UniqueConstraint("uid", name="uq_alias_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_alias_agency",
        "alias",
        ["agency_id", "name", sa.text("coalesce(language, '')")],
        unique=True,
        sqlite_where=sa.text("agency_id IS NOT NULL"),
        postgresql_where=sa.text("agency_id IS NOT NULL"),
    )
    op.create_index(
        "uq_alias_city",
        "alias",
        ["city", "name", sa.text("coalesce(language, '')")],
        unique=True,
        sqlite_where=sa.text("city IS NOT NULL"),
        postgresql_where=sa.text("city IS NOT NULL"),
    )
    op.create_index(
        "uq_alias_contact",
        "alias",
        ["contact_id", "name", sa.text("coalesce(language, '')")],
        unique=True,
        sqlite_where=sa.text("contact_id IS NOT NULL"),
        postgresql_where=sa.text("contact_id IS NOT NULL"),
    )
    op.create_index(
        "uq_alias_project",
        "alias",
        ["project_id", "name", sa.text("coalesce(language, '')")],
        unique=True,
        sqlite_where=sa.text("project_id IS NOT NULL"),
        postgresql_where=sa.text("project_id IS NOT NULL"),
    )


def _change() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("change_set_id", sa.Integer, nullable=False),
        sa.Column("table_name", TEXT, nullable=False),
        sa.Column("row_id", sa.Integer, nullable=False),
        sa.Column("row_uid", TEXT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("before", TEXT),
        sa.Column("after", TEXT),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name="fk_change_change_set_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_change_set_id", "change", ["change_set_id"])
    op.create_index("ix_change_row", "change", ["table_name", "row_id"])


def _contact_point() -> None:
    op.create_table(
        "contact_point",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("contact_id", sa.Integer),
        sa.Column("agency_id", sa.Integer),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("label", TEXT),
        sa.Column("preferred", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_contact_point_contact_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_contact_point_agency_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_point"),
        sa.CheckConstraint(
            "kind IN ('email', 'phone', 'mobile', 'wechat', 'url', 'address')", name=op.f("ck_contact_point_kind")
        ),
        sa.CheckConstraint(
            "kind <> 'email' OR substr(value, instr(value, '@')) = lower(substr(value, instr(value, '@')))",
            name=op.f("ck_contact_point_lower_case_domain"),
        ).ddl_if(dialect="sqlite"),
        sa.CheckConstraint(
            "kind <> 'email' OR substr(value, position('@' in value)) = lower(substr(value, position('@' in value)))",
            name=op.f("ck_contact_point_lower_case_domain"),
        ).ddl_if(dialect="postgresql"),
        sa.CheckConstraint("(contact_id IS NULL) <> (agency_id IS NULL)", name=op.f("ck_contact_point_one_owner")),
        sa.CheckConstraint("value <> ''", name=op.f("ck_contact_point_value_not_empty")),
        sa.UniqueConstraint("uid", name="uq_contact_point_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_contact_point_agency", "contact_point", ["agency_id", "kind", "value"], unique=True)
    op.create_index(
        "uq_contact_point_agency_preferred",
        "contact_point",
        ["agency_id", "kind"],
        unique=True,
        sqlite_where=sa.text("preferred"),
        postgresql_where=sa.text("preferred"),
    )
    op.create_index("uq_contact_point_contact", "contact_point", ["contact_id", "kind", "value"], unique=True)
    op.create_index(
        "uq_contact_point_contact_preferred",
        "contact_point",
        ["contact_id", "kind"],
        unique=True,
        sqlite_where=sa.text("preferred"),
        postgresql_where=sa.text("preferred"),
    )


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("parent_id", sa.Integer),
        sa.Column("replaces_id", sa.Integer),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("description", TEXT),
        sa.Column("results", TEXT),
        sa.Column("topics", TEXT),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("status_reason", TEXT),
        sa.Column("contact_id", sa.Integer),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("date_note", TEXT),
        sa.Column("planned_starts_on", sa.Date),
        sa.Column("planned_ends_on", sa.Date),
        sa.Column("days", sa.Integer),
        sa.Column("start_time", TEXT),
        sa.Column("end_time", TEXT),
        sa.Column("timezone", TEXT),
        sa.Column("modality", TEXT, nullable=False),
        sa.Column("venue", TEXT),
        sa.Column("address", TEXT),
        sa.Column("city", TEXT),
        sa.Column("country", TEXT),
        sa.Column("latitude", sa.Numeric(9, 6)),
        sa.Column("longitude", sa.Numeric(9, 6)),
        sa.Column("online_url", TEXT),
        sa.Column("source_url", TEXT),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("note", TEXT),
        sa.Column("search_text", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["event.id"], name="fk_event_parent_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["replaces_id"], ["event.id"], name="fk_event_replaces_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_event_contact_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_event_both_coordinates")),
        sa.CheckConstraint("(starts_on IS NULL) = (ends_on IS NULL)", name=op.f("ck_event_both_dates")),
        sa.CheckConstraint(
            "(planned_starts_on IS NULL) = (planned_ends_on IS NULL)", name=op.f("ck_event_both_planned_dates")
        ),
        sa.CheckConstraint("city <> '{}'", name=op.f("ck_event_city_not_empty")),
        sa.CheckConstraint(
            "length(country) = 2 AND substr(country, 1, 1) BETWEEN 'A' AND 'Z' AND substr(country, 2, 1) BETWEEN 'A' AND 'Z'",
            name=op.f("ck_event_country"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_event_dates")),
        sa.CheckConstraint("days >= 1", name=op.f("ck_event_days")),
        sa.CheckConstraint("description <> '{}'", name=op.f("ck_event_description_not_empty")),
        sa.CheckConstraint(
            "length(end_time) = 5 AND trim(end_time, '0123456789') = ':' AND substr(end_time, 3, 1) = ':' AND end_time <= '23:59' AND substr(end_time, 4) <= '59'",
            name=op.f("ck_event_end_time"),
        ),
        sa.CheckConstraint("end_time IS NULL OR start_time IS NOT NULL", name=op.f("ck_event_end_time_needs_start")),
        sa.CheckConstraint("status <> 'held' OR starts_on IS NOT NULL", name=op.f("ck_event_held_needs_date")),
        sa.CheckConstraint(
            "kind IN ('workshop', 'training', 'conference', 'meeting', 'study-visit', 'site-visit', 'other')",
            name=op.f("ck_event_kind"),
        ),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_event_latitude")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_event_longitude")),
        sa.CheckConstraint("modality IN ('in-person', 'online', 'hybrid')", name=op.f("ck_event_modality")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_event_not_its_own_parent")),
        sa.CheckConstraint("replaces_id <> id", name=op.f("ck_event_not_its_own_replacement")),
        sa.CheckConstraint(
            "(kind = 'site-visit') = (parent_id IS NOT NULL)", name=op.f("ck_event_only_a_visit_has_a_parent")
        ),
        sa.CheckConstraint("planned_ends_on >= planned_starts_on", name=op.f("ck_event_planned_dates")),
        sa.CheckConstraint("results <> '{}'", name=op.f("ck_event_results_not_empty")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_event_sequence")),
        sa.CheckConstraint(
            "length(start_time) = 5 AND trim(start_time, '0123456789') = ':' AND substr(start_time, 3, 1) = ':' AND start_time <= '23:59' AND substr(start_time, 4) <= '59'",
            name=op.f("ck_event_start_time"),
        ),
        sa.CheckConstraint(
            "start_time IS NULL OR (starts_on IS NOT NULL AND timezone IS NOT NULL)",
            name=op.f("ck_event_start_time_needs_date"),
        ),
        sa.CheckConstraint(
            "status IN ('planned', 'tentative', 'confirmed', 'held', 'cancelled', 'postponed')",
            name=op.f("ck_event_status"),
        ),
        sa.CheckConstraint(
            "status_reason IS NULL OR status IN ('cancelled', 'postponed')", name=op.f("ck_event_status_reason")
        ),
        sa.CheckConstraint("end_time > start_time", name=op.f("ck_event_times")),
        sa.CheckConstraint("title <> '{}'", name=op.f("ck_event_title_not_empty")),
        sa.CheckConstraint("venue <> '{}'", name=op.f("ck_event_venue_not_empty")),
        sa.UniqueConstraint("uid", name="uq_event_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_contact_id", "event", ["contact_id"])
    op.create_index("ix_event_parent_id", "event", ["parent_id"])
    op.create_index("ix_event_replaces_id", "event", ["replaces_id"])
    op.create_index("ix_event_starts_on", "event", ["starts_on"])


def _project_party() -> None:
    op.create_table(
        "project_party",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("project_id", sa.Integer, nullable=False),
        sa.Column("agency_id", sa.Integer),
        sa.Column("contact_id", sa.Integer),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("share", sa.Numeric(5, 2)),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_project_party_project_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_project_party_agency_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_project_party_contact_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_project_party"),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_project_party_dates")),
        sa.CheckConstraint("(contact_id IS NULL) <> (agency_id IS NULL)", name=op.f("ck_project_party_one_owner")),
        sa.CheckConstraint(
            "role IN ('donor', 'implementer', 'partner', 'beneficiary', 'programme-manager', 'focal-point', 'finance', 'monitoring')",
            name=op.f("ck_project_party_role"),
        ),
        sa.CheckConstraint(
            "(role IN ('donor', 'implementer', 'partner', 'beneficiary')) = (agency_id IS NOT NULL)",
            name=op.f("ck_project_party_role_fits"),
        ),
        sa.CheckConstraint("share BETWEEN 0 AND 100", name=op.f("ck_project_party_share")),
        sa.UniqueConstraint("uid", name="uq_project_party_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_project_party_agency_id", "project_party", ["agency_id"])
    op.create_index("ix_project_party_contact_id", "project_party", ["contact_id"])
    op.create_index("uq_project_party_agency", "project_party", ["project_id", "agency_id", "role"], unique=True)
    op.create_index("uq_project_party_contact", "project_party", ["project_id", "contact_id", "role"], unique=True)


def _event_project() -> None:
    op.create_table(
        "event_project",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("event_id", sa.Integer, nullable=False),
        sa.Column("project_id", sa.Integer, nullable=False),
        sa.Column("share", sa.Numeric(5, 2)),
        sa.Column("budget_line", TEXT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_project_event_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_event_project_project_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_event_project"),
        sa.CheckConstraint("share BETWEEN 0 AND 100", name=op.f("ck_event_project_share")),
        sa.UniqueConstraint("uid", name="uq_event_project_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_project_project_id", "event_project", ["project_id"])
    op.create_index("uq_event_project_event_project", "event_project", ["event_id", "project_id"], unique=True)


def _participation() -> None:
    op.create_table(
        "participation",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("event_id", sa.Integer, nullable=False),
        sa.Column("agency_id", sa.Integer),
        sa.Column("contact_id", sa.Integer),
        sa.Column("label", TEXT),
        sa.Column("side", TEXT),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("modality", TEXT, nullable=False),
        sa.Column("women", sa.Integer),
        sa.Column("men", sa.Integer),
        sa.Column("other", sa.Integer),
        sa.Column("not_stated", sa.Integer),
        sa.Column("approximate", sa.Boolean, nullable=False),
        sa.Column("days", sa.Integer),
        sa.Column("source", TEXT),
        sa.Column("agency_name", TEXT),
        sa.Column("position", TEXT),
        sa.Column("note", TEXT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("modified_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_participation_event_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_participation_agency_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_participation_contact_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_participation"),
        sa.CheckConstraint("agency_name <> '{}'", name=op.f("ck_participation_agency_name_not_empty")),
        sa.CheckConstraint(
            "(women IS NOT NULL AND men IS NOT NULL AND other IS NOT NULL AND not_stated IS NOT NULL) OR (women IS NULL AND men IS NULL AND other IS NULL AND not_stated IS NULL)",
            name=op.f("ck_participation_all_counts_or_none"),
        ),
        sa.CheckConstraint(
            "women >= 0 AND men >= 0 AND other >= 0 AND not_stated >= 0", name=op.f("ck_participation_counts")
        ),
        sa.CheckConstraint("days >= 1", name=op.f("ck_participation_days")),
        sa.CheckConstraint(
            "agency_id IS NOT NULL OR contact_id IS NOT NULL OR label IS NOT NULL OR women IS NOT NULL",
            name=op.f("ck_participation_has_somebody"),
        ),
        sa.CheckConstraint("label <> '{}'", name=op.f("ck_participation_label_not_empty")),
        sa.CheckConstraint("modality IN ('in-person', 'online', 'not-stated')", name=op.f("ck_participation_modality")),
        sa.CheckConstraint("contact_id IS NULL OR label IS NULL", name=op.f("ck_participation_named_has_no_label")),
        sa.CheckConstraint(
            "contact_id IS NULL OR (women IS NULL AND men IS NULL AND other IS NULL AND not_stated IS NULL)",
            name=op.f("ck_participation_named_is_one_person"),
        ),
        sa.CheckConstraint("position <> '{}'", name=op.f("ck_participation_position_not_empty")),
        sa.CheckConstraint(
            "role IN ('organizer', 'co-organizer', 'host', 'facilitator', 'chair', 'speaker', 'trainer', 'interpreter', 'participant', 'observer', 'donor', 'staff')",
            name=op.f("ck_participation_role"),
        ),
        sa.CheckConstraint("side IS NULL OR agency_id IS NULL", name=op.f("ck_participation_side_only_without_agency")),
        sa.CheckConstraint(
            "source IN ('sign-in-sheet', 'online-log', 'registration', 'host-list', 'publication', 'estimate')",
            name=op.f("ck_participation_source"),
        ),
        sa.CheckConstraint(
            "status IN ('invited', 'registered', 'confirmed', 'declined', 'attended', 'no-show', 'cancelled')",
            name=op.f("ck_participation_status"),
        ),
        sa.UniqueConstraint("uid", name="uq_participation_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_participation_agency_id", "participation", ["agency_id"])
    op.create_index("ix_participation_contact_id", "participation", ["contact_id"])
    op.create_index("ix_participation_event_id", "participation", ["event_id"])
    op.create_index(
        "uq_participation_named",
        "participation",
        ["event_id", "contact_id", "role"],
        unique=True,
        sqlite_where=sa.text("contact_id IS NOT NULL"),
        postgresql_where=sa.text("contact_id IS NOT NULL"),
    )
    op.create_index(
        "uq_participation_unnamed",
        "participation",
        ["event_id", sa.text("coalesce(agency_id, 0)"), sa.text("coalesce(label, '')"), "role", "modality", "status"],
        unique=True,
        sqlite_where=sa.text("contact_id IS NULL"),
        postgresql_where=sa.text("contact_id IS NULL"),
    )
