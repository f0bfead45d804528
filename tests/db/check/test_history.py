from __future__ import annotations

import json

import pytest
from tests.db.check.meddling import found, meddle, texts
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.services import agency
from eventrec.services.undo import undo


@pytest.fixture
def edited(address: str) -> str:
    """Agency 1 was added and changed twice, the last change taken back; agency 2 was added, removed and came back."""
    book = Book(Settings(address))
    with book.writing("add") as work:
        make.agency(work.session, "ONE")
        make.agency(work.session, "TWO")
    for side in ("EU", "China"):
        with book.writing("edit") as work:
            agency.edit(work.session, 1, {"side": side})
    with book.writing("undo") as work:
        undo(work.session)
    with book.writing("remove") as work:
        agency.remove(work.session, 2)
    with book.writing("undo") as work:
        undo(work.session)
    return address


def test_a_long_history_leads_to_the_rows(edited: str) -> None:
    assert found(edited) == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE change SET after = replace(after, 'EU', 'XX') WHERE id = 3", "change 4 does not begin where"),
        ("DELETE FROM change WHERE id = 3", "change 4 does not begin where the one before it ended"),
        ("UPDATE change SET version = 9 WHERE id = 3", "version 3 comes after 9"),
        ("UPDATE change SET change_set_id = 4 WHERE id = 3", "change 4 belongs to an earlier change set"),
        ("UPDATE change SET row_uid = 'x' WHERE id = 3", "change 3 has another uid"),
    ],
)
def test_a_broken_chain_is_found_though_its_end_fits(edited: str, statement: str, said: str) -> None:
    meddle(edited, statement)
    (finding,) = found(edited)
    assert finding.text.startswith("The history of agency 1 is broken: ")
    assert said in finding.text


def test_a_change_that_cannot_be_read_is_found(edited: str) -> None:
    meddle(edited, "UPDATE change SET before = '{' WHERE id = 4")
    assert texts(edited) == ["Change 4 of agency 1 cannot be read."]


def test_what_was_erased_from_the_history_is_no_finding(edited: str) -> None:
    """A person was forgotten: the states are empty, or lack what told of that person."""
    scrubbed = json.dumps({"id": 1, "side": "…"})
    meddle(
        edited,
        "UPDATE change SET before = NULL, after = NULL, erased_at = '2026-01-02T03:04:05Z' WHERE id = 3",
        f"UPDATE change SET after = '{scrubbed}', erased_at = '2026-01-02T03:04:05Z' WHERE id = 4",
        "UPDATE change SET before = NULL, after = NULL, erased_at = '2026-01-02T03:04:05Z' WHERE row_id = 2",
    )
    assert found(edited) == []


def test_a_row_that_its_last_change_removed_is_found(edited: str) -> None:
    meddle(edited, "DELETE FROM change WHERE id = (SELECT max(id) FROM change WHERE table_name = 'agency')")
    assert texts(edited) == ["agency 2 is there, though its newest change removed it."]


def test_a_change_set_that_takes_back_a_later_one_is_found(edited: str) -> None:
    meddle(edited, "UPDATE change_set SET reverses_id = 6 WHERE id = 2")
    assert "Change set 2 takes back number 6, which came later." in texts(edited)


def test_a_history_of_an_unknown_table_is_found(edited: str) -> None:
    meddle(edited, "UPDATE change SET table_name = 'circus' WHERE id = 2")
    assert "The history tells of a table 'circus' that there is not." in texts(edited)


def test_a_cell_that_holds_what_does_not_belong_there_is_found(sqlite_address: str) -> None:
    with Book(Settings(sqlite_address)).writing("add") as work:
        make.agency(work.session, "ONE")
    for sql in ("name = '{'", "name = '[1]'", "version = 'x'", "created_at = 'now'", "note = CAST(x'ff' AS TEXT)"):
        meddle(sqlite_address, f"UPDATE agency SET {sql} WHERE id = 1")
    assert "agency 1 holds in name what does not belong there." in texts(sqlite_address, "unreadable")
