from __future__ import annotations

import contextlib
import json
import signal
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from eventrec import connection

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec
    from tests.conftest import Run


def test_info_in_json_has_what_a_script_needs(eventrec: Eventrec, programme: str) -> None:
    eventrec("db", "backup", "kept.eventrec.zip")
    said = json.loads(eventrec("db", "info", "-f", "json").out)
    assert said["book"] == connection.shown(programme)
    assert said["rows"]["event"] == 2
    assert said["schema"] == connection.REVISIONS[-1]
    assert said["last_change"].endswith("Z")
    assert said["last_change_by"] == "tester"
    assert Path(said["last_backup"]).name == "kept.eventrec.zip"
    assert (said["last_backup_there"], said["backups"]) == (True, 1)
    assert said["size"] > 0
    if connection.is_postgresql(programme):
        assert said["database"].startswith("PostgreSQL ")
        assert (said["standby"], said["superuser"], said["ssl"]) == (False, True, False)
        assert any("superuser" in warning for warning in said["warnings"])


def test_info_says_when_there_is_no_backup_or_it_is_gone(here: Eventrec) -> None:
    assert "There is no backup that is known of here: eventrec db backup" in here("db", "info").err
    here("db", "backup", "kept.eventrec.zip")
    result = here("db", "info")
    assert "kept.eventrec.zip; 1 backup is kept" in result.out
    assert "backup" not in result.err
    Path("kept.eventrec.zip").unlink()
    result = here("db", "info")
    assert "kept.eventrec.zip (gone)" in result.out
    assert "No backup is where it was put" in result.err


def test_info_warns_of_a_file_that_others_may_read(here: Eventrec, sqlite_programme: str) -> None:
    Path(sqlite_programme).chmod(0o644)
    assert f"Others on this machine may read it: chmod 600 {sqlite_programme}" in here("db", "info").err


def test_info_says_where_of_which_schema_and_how_many(eventrec: Eventrec, programme: str) -> None:
    result = eventrec("db", "info")
    assert result.code == 0
    assert result.out.startswith(f"Book: {connection.shown(programme)} (EVENTREC_DATABASE)\nDatabase: ")
    assert f"schema {connection.REVISIONS[-1]}\nHolds: 2 events, " in result.out


def test_check_of_a_whole_book_is_exit_0(eventrec: Eventrec) -> None:
    result = eventrec("db", "check")
    assert (result.code, result.out, result.err) == (0, "", "The book is whole.\n")


def test_check_in_json_names_place_and_command(here: Eventrec, sqlite_programme: str) -> None:
    assert here("db", "check", "-f", "json").out == "[]\n"
    with contextlib.closing(sqlite3.connect(sqlite_programme)) as book, book:
        book.execute("UPDATE event SET note = 'x' WHERE id = 1")
    result = here("db", "check", "-f", "json")
    (finding,) = json.loads(result.out)
    assert (result.code, finding["kind"], finding["table"], finding["row"]) == (1, "history", "event", 1)
    assert finding["command"].startswith("eventrec ")


def test_check_of_a_file_that_is_no_book_is_exit_5(run: Run) -> None:
    Path("letter.db").write_text("Dear all, " * 100, encoding="utf-8")
    assert run("--database", "letter.db", "db", "check").code == 5
    assert run("--database", "none.db", "db", "check").code == 5


def test_check_mends_what_is_only_computed(here: Eventrec, sqlite_programme: str) -> None:
    with contextlib.closing(sqlite3.connect(sqlite_programme)) as book, book:
        book.execute("DROP INDEX ix_change_row")
        book.execute("CREATE INDEX ix_change_row ON change (table_name, row_id)")
        wanted = book.execute("SELECT sort_key FROM agency WHERE id = 2").fetchone()
        book.execute("UPDATE agency SET sort_key = 'x' WHERE id = 2")
    result = here("db", "check")
    assert result.code == 1
    assert "agency 2: sort_key out of date." in result.out
    assert "eventrec db check --mend" in result.err
    here("db", "check", "--mend")
    with contextlib.closing(sqlite3.connect(sqlite_programme)) as book:
        assert book.execute("SELECT sort_key FROM agency WHERE id = 2").fetchone() == wanted
    assert "sort_key" not in here("db", "check").out


def test_verify_says_what_a_backup_holds(eventrec: Eventrec) -> None:
    eventrec("db", "backup", "kept.eventrec.zip")
    result = eventrec("db", "verify", "kept.eventrec.zip")
    assert (result.code, result.err) == (0, "It is whole.\n")
    first, second, third = result.out.splitlines()
    assert first == f"kept.eventrec.zip: portable archive, schema {connection.REVISIONS[-1]}"
    assert second.startswith("Holds: 2 events, 3 agencies, 2 contacts, 1 project, 2 participant rows, 1 change set")
    assert third.startswith("Last change: 20")


def test_verify_of_a_damaged_backup_is_exit_1_and_of_a_letter_4(here: Eventrec) -> None:
    here("db", "backup", "kept.eventrec.zip")
    whole = Path("kept.eventrec.zip").read_bytes()
    Path("kept.eventrec.zip").write_bytes(whole[:3000] + b"?" + whole[3001:])
    result = here("db", "verify", "kept.eventrec.zip")
    assert result.code == 1
    assert result.err.startswith("1 finding. ")
    said = json.loads(here("db", "verify", "kept.eventrec.zip", "-f", "json").out)
    assert said["kind"] == "archive"
    assert len(said["findings"]) == 1
    Path("letter").write_text("Dear all", encoding="utf-8")
    assert here("db", "verify", "letter").code == 4


def test_verify_needs_no_book(run: Run, here: Eventrec) -> None:
    here("db", "backup", "kept.eventrec.zip")
    assert run("--database", "none.db", "db", "verify", "kept.eventrec.zip").code == 0
    assert json.loads(run("--database", "none.db", "db", "verify", "kept.eventrec.zip", "-f", "json").out)


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


@pytest.mark.parametrize("when", ["in the middle of COMMIT", "afterwards"])
def test_ctrl_c_when_all_is_restored_does_not_say_that_nothing_was_saved(
    when: str, eventrec: Eventrec, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    eventrec("db", "backup", "kept.eventrec.zip")
    eventrec("event", "add", "After the backup")
    if when == "afterwards":
        monkeypatch.setattr("eventrec.cli.db.backup.counted", interrupted)
        result = eventrec("db", "restore", "kept.eventrec.zip", "--replace", "-y")
    else:
        heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever works in the background hears none
        event.listen(Engine, "commit", press_ctrl_c)
        try:
            result = eventrec("db", "restore", "kept.eventrec.zip", "--replace", "-y")
        finally:
            event.remove(Engine, "commit", press_ctrl_c)
            signal.signal(signal.SIGINT, heard)
    assert result.code == 130
    assert "Stopped; what was saved before stays." in result.err
    assert "nothing was saved" not in result.err
    assert result.err.index("The book as it was: ") < result.err.index("Stopped")
    assert eventrec("event", "show", 3).code == 3
    assert "before-restore" in (tmp_path / "state" / "eventrec" / "backups.jsonl").read_text(encoding="utf-8")


def test_ctrl_c_before_anything_is_restored_says_that_nothing_was_saved_and_where_the_copy_is(
    eventrec: Eventrec, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    eventrec("db", "backup", "kept.eventrec.zip")
    eventrec("event", "add", "After the backup")
    monkeypatch.setattr("eventrec.db.backup.restoring.keep_out", interrupted)
    result = eventrec("db", "restore", "kept.eventrec.zip", "--replace", "-y")
    assert (result.code, "Stopped; nothing was saved." in result.err) == (130, True)
    assert "The book as it was: " in result.err
    assert eventrec("event", "show", 3).code == 0
    assert "before-restore" in (tmp_path / "state" / "eventrec" / "backups.jsonl").read_text(encoding="utf-8")


def test_the_history_of_removed_records_is_not_lost_to_a_restore(run: Run, address: str) -> None:
    run("init", address="other.db")
    run("db", "backup", "other.eventrec.zip", address="other.db")
    run("contact", "add", "LI Na", address=address)
    run("contact", "remove", "1", "-y", address=address)
    refused = run("db", "restore", "other.eventrec.zip", address=address)
    assert (refused.code, refused.err.splitlines()[0]) == (
        4,
        "eventrec: The book holds the history of records already.",
    )
    assert run("undo", address=address).code == 0
    run("contact", "remove", "1", "-y", address=address)
    done = run("db", "restore", "other.eventrec.zip", "--replace", "-y", address=address)
    assert (done.code, "The book as it was: " in done.err) == (0, True)


def test_a_book_that_was_only_set_up_is_filled_without_a_question(run: Run, here: Eventrec) -> None:
    here("db", "backup", "full.eventrec.zip")
    assert run("init", "--timezone", "Asia/Shanghai", address="new.db").code == 0
    assert run("db", "restore", "full.eventrec.zip", address="new.db").code == 0


def interrupted(*_arguments: object, **_options: object) -> None:
    raise KeyboardInterrupt


def press_ctrl_c(_connection: object) -> None:
    """Press it at the COMMIT that waits for nobody; there are others, of the unpacked book, before it."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        signal.raise_signal(signal.SIGINT)


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


def test_a_damaged_book_is_told_of_with_its_table_and_the_way_out(here: Eventrec, run: Run) -> None:
    here("db", "backup", "copy.db")
    with contextlib.closing(sqlite3.connect("copy.db")) as opened:
        (page,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'contact'").fetchone()
    whole = Path("copy.db").read_bytes()
    Path("garbled.db").write_bytes(whole[: 4096 * (page - 1)] + b"\xff" * 4096 + whole[4096 * page :])
    Path("cut off.db").write_bytes(whole[:40960])
    assert run("--database", "cut off.db", "event", "list").err == (
        "eventrec: The record book (cut off.db) is damaged.\n  See what: eventrec --database 'cut off.db' db check."
        " Leave it as it is, and restore a backup into a new one: eventrec --database NEW.db db restore FILE\n"
    )
    cut = run("--database", "cut off.db", "db", "check")
    assert (cut.code, cut.out.partition(":")[0]) == (1, "The file is cut off")
    assert cut.err.endswith("What to do:\n  eventrec --database NEW.db db restore FILE\n")
    Path("garbled.backup-2024-10-17-1.db").write_bytes(whole)
    garbled = run("--database", "garbled.db", "db", "check")
    assert garbled.code == 1
    assert "contact cannot be read" in garbled.out
    assert "db restore " in garbled.err
    assert "garbled.backup-2024-10-17-1.db\n" in garbled.err


def test_a_check_says_one_thing_to_do_and_names_the_book(run: Run, sqlite_programme: str) -> None:
    with contextlib.closing(sqlite3.connect(sqlite_programme)) as book, book:
        book.execute("UPDATE agency SET sort_key = 'x' WHERE id = 2")
    said = run("--database", sqlite_programme, "db", "check").err
    assert said.endswith(f"Mend it:\n  eventrec --database {sqlite_programme} db check --mend\n")
    with contextlib.closing(sqlite3.connect(sqlite_programme)) as book, book:
        book.execute("UPDATE event SET note = 'x' WHERE id = 1")
    said = run("--database", sqlite_programme, "db", "check").err
    assert "Keep the book as it is. What to do:\n  eventrec --database NEW.db db restore FILE\n" in said
    assert "--mend" not in said


@pytest.mark.parametrize(("name", "better"), [("b.zip", "b.eventrec.zip"), ("b.dump", "b.db"), ("b.SQL", "b.db")])
def test_a_name_that_says_another_kind_of_backup_is_refused(here: Eventrec, name: str, better: str) -> None:
    result = here("db", "backup", name)
    assert (result.code, Path(name).exists()) == (2, False)
    assert better in result.err


def test_any_other_name_is_said_to_hold_a_sqlite_file(here: Eventrec) -> None:
    assert here("db", "backup", "b.txt").err.startswith("Backup: b.txt (a SQLite file, ")
    assert "SQLite" not in here("db", "backup", "b.bak").err


def test_an_archive_of_a_broken_book_is_no_quiet_backup(here: Eventrec, sqlite_programme: str) -> None:
    with contextlib.closing(sqlite3.connect(sqlite_programme)) as book, book:
        book.execute("UPDATE participation SET agency_id = 99 WHERE agency_id IS NOT NULL")
    for name in ("b.eventrec.zip", "b.db"):
        result = here("db", "backup", name)
        assert result.code == 1
        assert "The book is damaged, and so is this copy of it: participation row " in result.err
    assert "There is no backup that is known of" in here("db", "info").err


@pytest.mark.parametrize("words", [("init",), ("db", "restore", "kept.eventrec.zip")])
def test_a_folder_that_was_mistyped_is_not_made(here: Eventrec, run: Run, words: tuple[str, ...]) -> None:
    here("db", "backup", "kept.eventrec.zip")
    result = run("--database", "nowhere/deep/x.db", *words)
    assert result.code == 5
    assert "The folder nowhere/deep does not exist." in result.err
    assert not Path("nowhere").exists()


def test_the_folder_of_the_default_book_is_made_for_a_restore(here: Eventrec, run: Run) -> None:
    here("db", "backup", "kept.eventrec.zip")
    assert run("db", "restore", "kept.eventrec.zip").code == 0
