from __future__ import annotations

import pytest
from sqlalchemy import CheckConstraint
from tests.db.check.meddling import found, meddle, texts
from tests.db.rows import GOOD, add

from eventrec import connection
from eventrec.db.engine import engine
from eventrec.models import Base


@pytest.fixture
def rows(address: str) -> str:
    """A book with a row of every kind, which nobody wrote into the history."""
    with engine(address).begin() as opened:
        for table, row in GOOD:
            add(opened, table, row)
    return address


def without_checks(address: str, table: str) -> list[str]:
    """The statements that let a server take anything; a file needs none."""
    if not connection.is_postgresql(address):
        return []
    checks = [each for each in Base.metadata.tables[table].constraints if isinstance(each, CheckConstraint)]
    return [f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {check.name}" for check in checks]


def test_good_rows_break_no_rule(rows: str) -> None:
    assert [finding for finding in found(rows) if finding.kind not in ("history", "derived")] == []


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("agency", "kind = 'circus'", "agency 1 breaks ck_agency_kind."),
        ("agency", "country = 'china'", "agency 1 breaks ck_agency_country."),
        ("event", "ends_on = '2024-10-01'", "event 1 breaks ck_event_dates."),
        ("event", "starts_on = NULL", "event 1 breaks ck_event_both_dates, ck_event_held_needs_date, ck_"),
        ("participation", "women = 1", "participation 1 breaks ck_participation_all_counts_or_none, ck_"),
        ("contact_point", "value = 'A@EXAMPLE.ORG'", "contact_point 1 breaks ck_contact_point_lower_case_domain."),
    ],
)  # fmt: skip
def test_a_row_that_breaks_a_check_is_found_by_its_number(rows: str, table: str, change: str, said: str) -> None:
    meddle(rows, *without_checks(rows, table), f"UPDATE {table} SET {change} WHERE id = 1")
    (text,) = [each for each in texts(rows, "constraint") if " breaks " in each]
    assert text.startswith(said)


def test_two_rows_where_one_is_allowed_are_found(rows: str) -> None:
    meddle(
        rows,
        "DROP INDEX uq_agency_code",
        "UPDATE agency SET code = 'ex' WHERE id = 2",
        "UPDATE agency SET code = 'EX' WHERE id = 1",
    )
    assert texts(rows, "duplicate") == ["agency 1 is there 2 times, where uq_agency_code allows one."]
    assert texts(rows, "index") == ["The index uq_agency_code of agency is missing."]


def test_a_condition_of_a_unique_index_is_kept_to(rows: str) -> None:
    """Only one affiliation that is primary and goes on; others may be many."""
    copy = "INSERT INTO affiliation (uid, contact_id, agency_id, is_primary, created_at, modified_at, version, ends_on)"
    for uid, ends in (("x", "NULL"), ("y", "'2024-10-03'"), ("z", "'2024-10-04'")):
        meddle(
            rows,
            "DROP INDEX IF EXISTS uq_affiliation_primary",
            f"{copy} SELECT '{uid}', contact_id, agency_id, is_primary, created_at, modified_at, 1,"
            f" {f'CAST({ends} AS DATE)' if connection.is_postgresql(rows) else ends} FROM affiliation WHERE id = 1",
        )
    assert texts(rows, "duplicate") == ["affiliation 1 is there 2 times, where uq_affiliation_primary allows one."]


def test_a_row_whose_owner_is_gone_is_found(rows: str) -> None:
    meddle(rows, "UPDATE alias SET agency_id = 99 WHERE id = 1")
    assert texts(rows, "link") == ["alias row 1 refers to a row of agency that is gone."]


def test_presence_of_somebody_without_a_name_is_found(rows: str) -> None:
    meddle(rows, "UPDATE attendance SET participation_id = 2")
    assert texts(rows, "orphan") == ["attendance 1 is of participant 2, who has no name."]


def test_a_tombstone_of_a_row_that_is_there_is_found(rows: str) -> None:
    meddle(rows, "UPDATE tombstone SET row_id = 1")
    assert texts(rows, "orphan") == ["event 1 is there, and has a tombstone as if it were not."]


def test_a_release_whose_hash_is_of_another_text_is_found(rows: str) -> None:
    meddle(rows, "UPDATE event_source SET text = text || '!'")
    assert "event_source 1: the hash is not that of its text." in texts(rows, "constraint")


def test_every_finding_names_a_command(rows: str) -> None:
    meddle(rows, "UPDATE alias SET agency_id = 99 WHERE id = 1", "UPDATE tombstone SET row_id = 1")
    assert all(finding.command.startswith(("eventrec ", "ALTER TABLE")) for finding in found(rows))
