from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import pytest
from tests.db.check.meddling import found, meddle, texts
from tests.services import make

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.backup import backup, restore

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def filled(address: str) -> str:
    with Book(Settings(address)).writing("a test") as work:
        make.agency(work.session, "ONE")
        make.agency(work.session, "TWO")
    return address


def test_a_missing_index_is_found_and_made_anew_by_a_backup(filled: str, tmp_path: Path) -> None:
    meddle(filled, "DROP INDEX ix_change_row")
    (finding,) = found(filled)
    assert (finding.kind, finding.table) == ("index", "change")
    made = backup(filled, tmp_path / "book.eventrec.zip")
    restore(str(tmp_path / "new.db"), made.path)
    assert found(str(tmp_path / "new.db")) == []


def test_a_view_that_asks_something_else_is_found(filled: str) -> None:
    meddle(filled, "DROP VIEW v_own_staff CASCADE" if connection.is_postgresql(filled) else "DROP VIEW v_own_staff")
    meddle(filled, "CREATE VIEW v_own_staff AS SELECT 1 AS project_id, 2 AS agency_id")
    assert "The view v_own_staff is not the one of this version." in texts(filled, "view")


def test_a_missing_view_is_found(filled: str) -> None:
    meddle(filled, "DROP VIEW v_contact_point")
    assert texts(filled) == ["The view v_contact_point is missing."]


def test_numbers_that_would_be_given_out_again_are_found(filled: str) -> None:
    if connection.is_postgresql(filled):
        meddle(filled, "SELECT setval('agency_id_seq', 1)")
    else:
        meddle(filled, "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'agency'")
    assert texts(filled) == ["The next agency would be number 2, and 2 was given out already."]


def test_the_number_of_a_removed_row_counts_too(filled: str) -> None:
    from eventrec.services import agency

    with Book(Settings(filled)).writing("remove") as work:
        agency.remove(work.session, 2)
    assert found(filled) == []
    if connection.is_postgresql(filled):
        meddle(filled, "SELECT setval('agency_id_seq', 1)")
    else:
        meddle(filled, "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'agency'")
    assert texts(filled, "number") == ["The next agency would be number 2, and 2 was given out already."]


def test_a_lost_mark_is_found(sqlite_address: str) -> None:
    meddle(sqlite_address, "PRAGMA application_id = 7")
    assert texts(sqlite_address) == ["The file has lost the mark of a record book (application_id)."]


def test_an_index_that_lacks_a_row_is_found(sqlite_address: str) -> None:
    with Book(Settings(sqlite_address)).writing("a test") as work:
        make.agency(work.session, "ONE")
    meddle(
        sqlite_address,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'ON agency (parent_id)', 'ON agency (successor_id)')",
        "UPDATE sqlite_master SET sql = sql || ' WHERE parent_id = 7' WHERE name = 'ix_agency_parent_id'",
    )
    kinds = {finding.kind for finding in found(sqlite_address)}
    assert "damaged" in kinds


def test_a_page_of_noise_is_a_finding_and_no_traceback(sqlite_address: str) -> None:
    with Book(Settings(sqlite_address)).writing("a test") as work:
        for number in range(50):
            make.agency(work.session, f"A-{number}")
    with contextlib.closing(sqlite3.connect(sqlite_address)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'agency'").fetchone()
    with open(sqlite_address, "r+b") as file:  # noqa: PTH123
        file.seek((page - 1) * 4096)
        file.write(b"\xfa" * 4096)
    assert "damaged" in {finding.kind for finding in found(sqlite_address)}


def test_a_dropped_constraint_is_found(postgresql_address: str) -> None:
    meddle(postgresql_address, "ALTER TABLE agency DROP CONSTRAINT ck_agency_kind")
    assert texts(postgresql_address) == ["The constraint ck_agency_kind of agency is missing."]


def test_a_constraint_that_was_never_tried_is_found(postgresql_address: str) -> None:
    meddle(
        postgresql_address,
        "ALTER TABLE agency DROP CONSTRAINT ck_agency_kind",
        "ALTER TABLE agency ADD CONSTRAINT ck_agency_kind CHECK (kind <> '') NOT VALID",
    )
    (finding,) = found(postgresql_address)
    assert finding.text == "Constraint ck_agency_kind of agency was never validated."
    assert finding.command == "ALTER TABLE agency VALIDATE CONSTRAINT ck_agency_kind"
