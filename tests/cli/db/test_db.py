from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eventrec import connection

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec
    from tests.conftest import Run


def test_info_says_where_of_which_schema_and_how_many(eventrec: Eventrec, programme: str) -> None:
    result = eventrec("db", "info")
    assert result.code == 0
    assert result.out.startswith(f"Book: {connection.shown(programme)} (EVENTREC_DATABASE)\nDatabase: ")
    assert f"schema {connection.REVISIONS[-1]}\n  event: 2\n" in result.out


def test_check_of_a_whole_book_is_exit_0(eventrec: Eventrec) -> None:
    result = eventrec("db", "check")
    assert (result.code, result.out, result.err) == (0, "", "The book is whole.\n")


def test_check_names_what_was_changed_behind_the_history(here: Eventrec, sqlite_programme: str) -> None:
    with contextlib.closing(sqlite3.connect(sqlite_programme)) as book, book:
        book.execute("UPDATE event SET note = 'x' WHERE id = 1")
    result = here("db", "check")
    assert result.code == 1
    assert "event 1 is not as its newest change left it" in result.out
    assert result.err.startswith("1 finding. ")


def test_upgrade_of_a_current_book_changes_nothing(eventrec: Eventrec) -> None:
    result = eventrec("db", "upgrade")
    assert (result.code, result.out) == (0, "")
    assert result.err == f"The book has schema {connection.REVISIONS[-1]} already.\n"


@pytest.mark.parametrize("name", ["kept.db", "kept.eventrec.zip"])
def test_a_backup_fills_a_new_book(name: str, here: Eventrec, run: Run) -> None:
    made = here("db", "backup", name)
    assert (made.code, made.out) == (0, "")
    assert made.err.startswith(f"Backup: {name} (")
    restored = run("--database", "new.db", "db", "restore", name)
    assert restored.code == 0, restored.err
    assert restored.err.startswith("Restored ")
    assert run("--database", "new.db", "event", "list", "-f", "json").out == here("event", "list", "-f", "json").out


def test_an_archive_goes_from_a_server_into_a_file(postgresql_programme: str, run: Run) -> None:
    assert run("db", "backup", "kept.eventrec.zip", address=postgresql_programme).code == 0
    assert run("--database", "new.db", "db", "restore", "kept.eventrec.zip").code == 0
    assert run("--database", "new.db", "db", "check").code == 0


def test_a_backup_never_replaces_a_foreign_file(eventrec: Eventrec) -> None:
    Path("kept.eventrec.zip").write_text("holiday photos", encoding="utf-8")
    result = eventrec("db", "backup", "kept.eventrec.zip")
    assert (result.code, result.out) == (1, "")
    assert Path("kept.eventrec.zip").read_text(encoding="utf-8") == "holiday photos"


def test_restore_over_a_book_with_records_is_refused(eventrec: Eventrec) -> None:
    eventrec("db", "backup", "kept.eventrec.zip")
    result = eventrec("db", "restore", "kept.eventrec.zip")
    assert result.code in (1, 4, 5)
    assert "--replace" in result.err


def test_restore_in_place_needs_a_yes(eventrec: Eventrec) -> None:
    eventrec("db", "backup", "kept.eventrec.zip")
    eventrec("event", "add", "After the backup")
    assert eventrec("db", "restore", "kept.eventrec.zip", "--replace").code == 6
    result = eventrec("db", "restore", "kept.eventrec.zip", "--replace", "-y")
    assert result.code == 0, result.err
    assert "The book as it was: " in result.err
    assert eventrec("event", "show", 3).code == 3


def test_restore_of_something_else_says_so(here: Eventrec) -> None:
    Path("letter.eventrec.zip").write_text("Dear all", encoding="utf-8")
    result = here("db", "restore", "letter.eventrec.zip", "--replace", "-y")
    assert (result.code, result.out) == (4, "")
    assert "no backup of a record book" in result.err


@pytest.mark.parametrize("name", ["kept.db", "kept.eventrec.zip"])
def test_sequences_and_removed_events_survive_a_backup(name: str, here: Eventrec, run: Run) -> None:
    """RFC 5546 §2.1.4: a SEQUENCE never goes back, on no machine."""
    here("event", "edit", 1, "--date", "2024-10-18")
    here("event", "remove", 2, "-y")
    here("db", "backup", name)
    run("--database", "new.db", "db", "restore", name)
    calendar = here("export", "calendar").stdout
    assert b"SEQUENCE:1" in calendar
    assert b"STATUS:CANCELLED" in calendar
    assert run("--database", "new.db", "export", "calendar").stdout == calendar
