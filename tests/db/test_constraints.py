from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint, delete, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from tests.db.rows import EMPTY, GOOD, NEW, ONE_WOMAN, TABLES, add, day

from eventrec.db.engine import engine
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

NO_DATES = {"starts_on": None, "ends_on": None, "start_time": None, "end_time": None, "timezone": None}
UNNAMED = {"contact_id": None, "agency_id": 2, "role": "participant"}

BAD: list[tuple[str, dict[str, Any]]] = [
    *[("ck_agency_code", {"code": code}) for code in ("", "1234", "a=b", " EX", "x" * 32)],
    *[("ck_agency_country", {"country": country}) for country in ("cn", "CHN", "C", "C1")],
    ("ck_agency_kind", {"kind": "club"}),
    ("ck_agency_name_not_empty", {"name": EMPTY}),
    ("ck_agency_not_its_own_parent", {"id": 77, "parent_id": 77}),
    ("ck_agency_not_its_own_successor", {"id": 77, "successor_id": 77}),
    ("uq_agency_code", {"code": "ex"}),
    ("uq_attendance_participation_day", {"day": day(17)}),
    ("ck_participation_forgotten_is_one_person", {"forgotten_as": "p3"}),
    ("ck_participation_forgotten_is_one_person", {"contact_id": None, **ONE_WOMAN, "men": 1, "forgotten_as": "p3"}),
    ("uq_participation_forgotten", {"contact_id": None, **ONE_WOMAN, "role": "observer", "forgotten_as": "p2"}),
    ("ck_project_retention", {"retention_months": -1}),
    ("ck_consent_answer", {"answer": "perhaps"}),
    ("ck_consent_purpose_not_empty", {"purpose": ""}),
    ("ck_consent_only_a_consent_is_withdrawn", {"answer": "refused", "withdrawn_on": day(19)}),
    ("ck_consent_dates", {"withdrawn_on": day(17)}),
    ("uq_consent_answer", {"answered_on": day(17)}),
    ("ck_disclosure_recipient_not_empty", {"recipient": ""}),
    ("ck_disclosure_purpose_not_empty", {"purpose": ""}),
    ("ck_disclosure_people", {"people": -1}),
    ("ck_forgotten_kind", {"kind": "face"}),
    ("uq_forgotten_hash", {"hash": "1" * 64}),
    ("ck_not_same_in_order", {"first_uid": "u2"}),
    ("ck_not_same_table_name", {"table_name": "event"}),
    ("uq_not_same_pair", {"table_name": "contact"}),
    ("ck_contact_name_not_empty", {"name": EMPTY}),
    ("ck_contact_sex", {"sex": "f"}),
    ("ck_project_code", {"code": "2024"}),
    ("ck_project_dates", {"ends_on": day(1), "starts_on": day(2)}),
    ("ck_project_funding_statement_not_empty", {"funding_statement": EMPTY}),
    ("ck_project_name_not_empty", {"name": EMPTY}),
    ("ck_project_not_its_own_parent", {"id": 77, "parent_id": 77}),
    ("ck_project_status", {"status": "running"}),
    ("uq_project_code", {"code": "ex-1"}),
    ("ck_contact_point_kind", {"kind": "fax"}),
    ("ck_contact_point_lower_case_domain", {"value": "li.na@Example.org"}),
    ("ck_contact_point_one_owner", {"agency_id": 1}),
    ("ck_contact_point_one_owner", {"contact_id": None}),
    ("ck_contact_point_value_not_empty", {"value": ""}),
    ("uq_contact_point_contact", {"value": "Li.Na@example.org"}),
    ("uq_contact_point_agency", {"contact_id": None, "agency_id": 1, "value": "office@example.org"}),
    ("uq_contact_point_contact_preferred", {"preferred": True}),
    ("uq_contact_point_agency_preferred", {"contact_id": None, "agency_id": 1, "preferred": True}),
    ("ck_affiliation_dates", {"ends_on": day(1), "starts_on": day(2)}),
    ("ck_affiliation_position_not_empty", {"position": EMPTY}),
    ("uq_affiliation_primary", {"is_primary": True}),
    ("ck_alias_dates", {"ends_on": day(1), "starts_on": day(2)}),
    ("ck_alias_name_not_empty", {"name": ""}),
    ("ck_alias_one_owner", {"contact_id": 1}),
    ("ck_alias_one_owner", {"agency_id": None}),
    ("uq_alias_agency", {"name": "Old name", "language": "en"}),
    ("uq_alias_contact", {"agency_id": None, "contact_id": 1, "name": "Nickname", "language": None}),
    ("uq_alias_project", {"agency_id": None, "project_id": 1, "name": "Working title", "language": None}),
    ("uq_alias_city", {"agency_id": None, "city": '{"en":"Beijing"}', "name": "Peking", "language": None}),
    ("ck_project_party_dates", {"ends_on": day(1), "starts_on": day(2)}),
    ("ck_project_party_one_owner", {"contact_id": 1}),
    ("ck_project_party_role", {"role": "sponsor", "agency_id": None, "contact_id": 2}),
    ("ck_project_party_role_fits", {"agency_id": None, "contact_id": 1}),
    ("ck_project_party_role_fits", {"role": "finance"}),
    ("ck_project_party_share", {"share": 101}),
    ("ck_project_party_share", {"share": -1}),
    ("uq_project_party_agency", {"role": "donor", "agency_id": 1}),
    ("uq_project_party_contact", {"role": "finance", "agency_id": None, "contact_id": 1}),
    *[(f"ck_event_{name}_not_empty", {name: EMPTY}) for name in ("title", "description", "results", "venue", "city")],
    ("ck_event_kind", {"kind": "party"}),
    ("ck_event_status", {"status": "done"}),
    ("ck_event_modality", {"modality": "not-stated"}),
    ("ck_event_country", {"country": "China"}),
    ("ck_event_dates", {"starts_on": day(19)}),
    ("ck_event_both_dates", {"ends_on": None}),
    ("ck_event_both_dates", {**NO_DATES, "status": "planned", "ends_on": day(18)}),
    ("ck_event_planned_dates", {"planned_starts_on": day(2), "planned_ends_on": day(1)}),
    ("ck_event_both_planned_dates", {"planned_starts_on": day(2)}),
    ("ck_event_days", {"days": 0}),
    ("ck_event_start_time_needs_date", {"timezone": None}),
    ("ck_event_start_time_needs_date", {**NO_DATES, "status": "planned", "start_time": "09:00"}),
    ("ck_event_end_time_needs_start", {"start_time": None}),
    ("ck_event_times", {"end_time": "09:00"}),
    *[("ck_event_start_time", {"start_time": time, "end_time": None}) for time in ("9:00", "24:00", "12345", "08:60")],
    *[("ck_event_end_time", {"end_time": time}) for time in ("17:3", "24:00", "19:6a", "23:60")],
    ("ck_event_held_needs_date", NO_DATES),
    ("ck_event_status_reason", {"status_reason": "Somebody fell ill."}),
    ("ck_event_only_a_visit_has_a_parent", {"parent_id": 1}),
    ("ck_event_only_a_visit_has_a_parent", {"kind": "site-visit"}),
    ("ck_event_not_its_own_parent", {"id": 77, "parent_id": 77, "kind": "site-visit"}),
    ("ck_event_not_its_own_replacement", {"id": 77, "replaces_id": 77}),
    ("ck_event_both_coordinates", {"latitude": None}),
    ("ck_event_latitude", {"latitude": 91}),
    ("ck_event_longitude", {"longitude": -181}),
    ("ck_event_sequence", {"sequence": -1}),
    ("ck_event_project_share", {"share": 101}),
    ("uq_event_project_event_project", {"project_id": 1}),
    ("uq_event_source_release", {"event_id": 1}),
    ("ck_event_source_text_not_empty", {"text": ""}),
    *[("ck_event_source_sha256", {"sha256": digest}) for digest in ("", "a" * 63, "A" * 64, "g" * 64)],
    *[(f"ck_participation_{name}_not_empty", {name: EMPTY}) for name in ("agency_name", "position")],
    ("ck_participation_label_not_empty", {**UNNAMED, "agency_id": None, "label": EMPTY}),
    ("ck_participation_role", {"role": "guest"}),
    ("ck_participation_status", {"status": "came"}),
    ("ck_participation_modality", {"modality": "hybrid"}),
    ("ck_participation_source", {"source": "hearsay"}),
    ("ck_participation_days", {"days": 0}),
    ("ck_participation_all_counts_or_none", {**UNNAMED, "women": 1}),
    ("ck_participation_counts", {**UNNAMED, "women": -1, "men": 0, "other": 0, "not_stated": 0}),
    ("ck_participation_named_is_one_person", {"women": 1, "men": 0, "other": 0, "not_stated": 0}),
    ("ck_participation_named_has_no_label", {"label": Localized(en="Experts")}),
    ("ck_participation_has_somebody", {**UNNAMED, "agency_id": None}),
    ("ck_participation_side_only_without_agency", {**UNNAMED, "side": "EU"}),
    ("uq_participation_named", {"contact_id": 1, "role": "speaker"}),
    ("uq_participation_unnamed", {**UNNAMED, "agency_id": 1}),
    ("uq_participation_unnamed", {**UNNAMED, "agency_id": None, "label": Localized(en="Experts"), "status": "invited"}),
    ("uq_change_set_reverses_id", {"reverses_id": 1}),
    ("uq_setting_key", {"key": "language"}),
    ("uq_tombstone_row", {"row_id": 9}),
]
"""The constraint that must refuse, and what is wrong with the row; the rest is in `NEW`."""

ONE_OWNER = {"contact_id": {"agency_id": None}, "agency_id": {"contact_id": None}, "project_id": {"agency_id": None}}
ALSO: dict[str, dict[str, Any]] = {
    "fk_contact_point_agency_id": ONE_OWNER["agency_id"],
    "fk_alias_contact_id": ONE_OWNER["contact_id"],
    "fk_alias_project_id": ONE_OWNER["project_id"],
    "fk_project_party_contact_id": {**ONE_OWNER["contact_id"], "role": "finance"},
    "fk_event_parent_id": {"kind": "site-visit"},
}
"""What else must be so for a reference to nothing to be the only fault."""


def name_of(constraint: Any) -> str:
    return str(postgresql.dialect().identifier_preparer.format_constraint(constraint))


def constraints(*kinds: type) -> list[Any]:
    """Return the constraints of these kinds in an order that every worker agrees on."""
    owners = [each for table in TABLES.values() for each in (table, *table.columns)]
    found = {each for owner in owners for each in owner.constraints if isinstance(each, kinds)}
    return sorted(found, key=name_of)


def table_of(constraint: str) -> str:
    return max((name for name in TABLES if constraint[3:].startswith(f"{name}_")), key=len)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def _filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    if request.param == "sqlite":
        template = request.getfixturevalue("_sqlite_template")
        address = str(shutil.copy(template, tmp_path_factory.mktemp("constraints") / "events.db"))
    else:
        server = request.getfixturevalue("postgres")
        address = server.create("constraints", request.getfixturevalue("_postgresql_template"))
    with engine(address).connect() as connection:
        for table, row in GOOD:
            add(connection, table, row)
        yield connection
        connection.rollback()
    if request.param == "postgresql":
        request.getfixturevalue("postgres").drop("constraints")


@pytest.fixture
def filled(_filled: Connection) -> Iterator[Connection]:
    """A book with the good rows in it."""
    with _filled.begin_nested() as savepoint:
        yield _filled
        savepoint.rollback()


def refused_by(connection: Connection, table: str, row: dict[str, Any]) -> str:
    """Return the name of the constraint that refuses a row; SQLite has no name for a foreign key or a plain index."""
    with pytest.raises(IntegrityError) as told, connection.begin_nested():
        add(connection, table, row)
    assert told.value.orig is not None
    diagnosis = getattr(told.value.orig, "diag", None)
    return str(diagnosis.constraint_name or diagnosis.column_name if diagnosis else told.value.orig)


def as_told(connection: Connection, constraint: str) -> str:
    """Return the words with which the database names a constraint."""
    if connection.dialect.name == "postgresql" or constraint.startswith("ck_"):
        return constraint
    return "FOREIGN KEY constraint failed" if constraint.startswith("fk_") else "UNIQUE constraint failed"


def test_there_is_a_good_row_of_every_table() -> None:
    assert {table for table, _ in GOOD} == set(NEW) == set(TABLES)


def test_every_check_and_every_unique_index_is_tried() -> None:
    unique = {str(index.name) for table in TABLES.values() for index in table.indexes if index.unique}
    unique |= {name for each in constraints(UniqueConstraint) if not (name := name_of(each)).endswith("_uid")}
    assert {name for name, _ in BAD} == unique | {name_of(each) for each in constraints(CheckConstraint)}


@pytest.mark.parametrize("table", TABLES)
def test_a_good_row_is_accepted(filled: Connection, table: str) -> None:
    add(filled, table, NEW[table])


@pytest.mark.parametrize(("constraint", "wrong"), BAD, ids=[f"{number}-{each[0]}" for number, each in enumerate(BAD)])
def test_a_bad_row_is_refused(filled: Connection, constraint: str, wrong: dict[str, Any]) -> None:
    table = table_of(constraint)
    assert as_told(filled, constraint) in refused_by(filled, table, NEW[table] | wrong)


@pytest.mark.parametrize("constraint", constraints(ForeignKeyConstraint), ids=name_of)
def test_a_reference_to_nothing_is_refused(filled: Connection, constraint: ForeignKeyConstraint) -> None:
    name, table = name_of(constraint), constraint.table.name
    row = NEW[table] | ALSO.get(name, {}) | {constraint.column_keys[0]: 999}
    assert as_told(filled, name) in refused_by(filled, table, row)


@pytest.mark.parametrize("table", ["agency", "contact", "project", "event", "change_set"])
def test_what_others_refer_to_cannot_be_deleted(filled: Connection, table: str) -> None:
    with pytest.raises(IntegrityError), filled.begin_nested():
        filled.execute(delete(TABLES[table]).where(TABLES[table].c.id == 1))


@pytest.mark.parametrize("table", [name for name, table in TABLES.items() if "uid" in table.c])
def test_a_uid_is_used_once(filled: Connection, table: str) -> None:
    add(filled, table, NEW[table] | {"uid": "the same"})
    with pytest.raises(IntegrityError) as told, filled.begin_nested():
        filled.execute(update(TABLES[table]).where(TABLES[table].c.id == 1).values(uid="the same"))
    assert as_told(filled, f"uq_{table}_uid") in str(told.value.orig)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (name, column.name)
        for name, table in TABLES.items()
        for column in table.columns
        if not column.nullable and not column.primary_key
    ],
)
def test_what_is_needed_cannot_be_left_empty(filled: Connection, table: str, column: str) -> None:
    told = refused_by(filled, table, NEW[table] | {column: None})
    assert column in told
