from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.backup import backup, restore
from eventrec.db.known_backups import known, known_backups, note

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def settings(address: str, tmp_path: Path) -> Settings:
    return Settings(address, ledger=tmp_path / "state" / "written.json")


def add(address: str) -> None:
    with Book(Settings(address)).writing("add") as work:
        make.agency(work.session)


def test_a_backup_that_was_noted_is_known_wherever_it_is(address: str, tmp_path: Path) -> None:
    add(address)
    here = settings(address, tmp_path)
    (tmp_path / "far away").mkdir()
    made = backup(address, tmp_path / "far away" / "book.eventrec.zip").path
    assert known_backups(here) == []
    note(here, made, NOON)
    assert known_backups(here) == [made]
    assert (tmp_path / "state" / "backups.jsonl").stat().st_mode & 0o077 == 0
    made.unlink()
    assert known_backups(here) == []
    ((moment, path, exists),) = [(each.moment, each.path, each.exists) for each in known(here)]
    assert (moment, path, exists) == ("2026-01-02T12:00:00Z", made, False)


def test_the_folder_of_the_list_is_for_its_owner_only(sqlite_address: str, tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        note(Settings(sqlite_address, ledger=tmp_path / "state" / "eventrec" / "written.json"), tmp_path / "b.db", NOON)
    finally:
        os.umask(mask)
    assert [path.stat().st_mode & 0o077 for path in sorted((tmp_path / "state").rglob("*"))] == [0, 0]
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0


def test_backups_of_another_book_are_none_of_this(sqlite_address: str, tmp_path: Path) -> None:
    add(sqlite_address)
    note(settings(sqlite_address, tmp_path), tmp_path / "book.db", NOON)
    other = tmp_path / "other" / "book.db"
    other.parent.mkdir()
    restore(str(other), backup(sqlite_address, tmp_path / "copy.db").path)
    assert [each.path.name for each in known(settings(str(other), tmp_path))] == ["book.db"]  # it holds the same people
    from eventrec.db.upgrade import create

    create(str(tmp_path / "third.db"))
    assert known(settings(str(tmp_path / "third.db"), tmp_path)) == []


def test_what_eventrec_put_beside_the_book_is_known(sqlite_address: str, tmp_path: Path) -> None:
    names = ["events.before-0003-1.db", "events.before-restore-2026-01-01-1.db", "events.backup-2026-01-01-1.db"]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "events.backups").mkdir()
    (tmp_path / "events.backups" / "events.2026-01-01.db").write_bytes(b"")
    (tmp_path / "events.old.db").write_bytes(b"")
    found = {path.name for path in known_backups(settings(sqlite_address, tmp_path))}
    assert found == {*names, "events.2026-01-01.db"}


def test_a_list_that_is_damaged_or_cannot_be_written_is_no_error(sqlite_address: str, tmp_path: Path) -> None:
    here = settings(sqlite_address, tmp_path)
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "backups.jsonl").write_bytes(b'{"book"\n[]\n\xff\n')
    assert known(here) == []
    (tmp_path / "state" / "backups.jsonl").unlink()
    (tmp_path / "state" / "backups.jsonl").mkdir()
    note(here, tmp_path / "copy.db", NOON)
    assert known(here) == []
