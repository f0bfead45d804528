from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
import stat
import threading
from shlex import quote
from typing import TYPE_CHECKING

import pytest
from tests.postgres import binaries
from tests.services import make

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db import upgrade as upgrading
from eventrec.db.backup import backup, restore, verify
from eventrec.db.backup.copying import damage
from eventrec.db.backup.kinds import Kind, kind_of
from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.errors import DatabaseUnavailable, EventrecError, OutputExists, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def add(address: str, code: str) -> None:
    with Book(Settings(address)).writing("add") as work:
        make.agency(work.session, code)


def rows(address: str, sql: str) -> list[tuple[object, ...]]:
    with contextlib.closing(connection.open_for_reading(address)) as opened:
        return [tuple(row) for row in opened.execute(sql).fetchall()]


@pytest.fixture
def filled_file(sqlite_address: str) -> str:
    add(sqlite_address, "ONE")
    return sqlite_address


@pytest.mark.parametrize("name", ["copy.db", "copy.eventrec.zip"])
def test_a_backup_is_for_its_owner_only(filled_file: str, tmp_path: Path, name: str) -> None:
    assert backup(filled_file, tmp_path / name).path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("code", "fails"), [(errno.EIO, True), (errno.EINVAL, False)])
def test_a_disk_that_cannot_keep_the_name_of_a_backup_is_told_and_one_that_has_no_call_for_it_is_not(
    filled_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, fails: bool
) -> None:
    real = os.fsync

    def failing(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(code, os.strerror(code))
        real(handle)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(EventrecError, match=r"copy\.db could not be written") if fails else contextlib.nullcontext():
        backup(filled_file, tmp_path / "copy.db")


@pytest.mark.parametrize("name", ["copy.db", "copy.eventrec.zip"])
def test_an_earlier_backup_of_the_same_book_is_replaced(filled_file: str, tmp_path: Path, name: str) -> None:
    before = backup(filled_file, tmp_path / name).path.read_bytes()
    add(filled_file, "TWO")
    assert backup(filled_file, tmp_path / name).path.read_bytes() != before


@pytest.mark.parametrize("name", ["copy.db", "copy.eventrec.zip"])
def test_a_backup_that_holds_what_the_book_does_not_is_not_replaced(
    filled_file: str, tmp_path: Path, name: str
) -> None:
    """A copy that somebody went on working with, or the book before it was restored from an older backup."""
    old = backup(filled_file, tmp_path / "old.eventrec.zip").path
    add(filled_file, "TWO")
    newer = backup(filled_file, tmp_path / name).path.read_bytes()
    restore(filled_file, old, replace=tmp_path / "before.db")
    with pytest.raises(OutputExists):
        backup(filled_file, tmp_path / name)
    assert (tmp_path / name).read_bytes() == newer
    backup(filled_file, tmp_path / name, force=True)
    assert (tmp_path / name).read_bytes() != newer


@pytest.mark.parametrize("force", [False, True])
def test_a_symbolic_link_is_not_followed(filled_file: str, tmp_path: Path, force: bool) -> None:
    (tmp_path / "theirs").write_text("mine")
    (tmp_path / "copy.db").symlink_to(tmp_path / "theirs")
    with contextlib.nullcontext() if force else pytest.raises(OutputExists):
        backup(filled_file, tmp_path / "copy.db", force=force)
    assert (tmp_path / "theirs").read_text() == "mine"
    assert (tmp_path / "copy.db").is_symlink() is not force


def test_a_backup_never_takes_the_place_of_the_book(filled_file: str, tmp_path: Path) -> None:
    from pathlib import Path

    with pytest.raises(UsageError, match="the book itself"):
        backup(filled_file, Path(filled_file), force=True)
    with pytest.raises(EventrecError, match="folder"):
        backup(filled_file, tmp_path)
    with pytest.raises(EventrecError, match="does not exist"):
        backup(filled_file, tmp_path / "none" / "copy.db")


def test_a_failed_backup_leaves_nothing(filled_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from eventrec.db.backup import archive

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "_seal", fail)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(EventrecError, match="disk is full"):
        backup(filled_file, tmp_path / "copy.eventrec.zip")
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["copy.db", "copy.eventrec.zip"])
def test_a_backup_is_of_one_moment_and_holds_up_no_writer(filled_file: str, tmp_path: Path, name: str) -> None:
    """Somebody writes at every step of the backup; it neither waits, nor starts again, nor sees half of it."""
    with Book(Settings(filled_file)).writing("many") as work:
        for number in range(400):
            make.agency(work.session, f"A-{number}")
    written = []

    def write(*_: object) -> None:
        if len(written) < 5:
            add(filled_file, f"W-{len(written)}")
            written.append(len(written))

    made = backup(filled_file, tmp_path / name, progress=write)
    assert len(written) == 5 if name == "copy.eventrec.zip" else written
    restore(str(tmp_path / "new.db"), made.path)
    assert made.rows["agency"] == 401
    assert check(engine(str(tmp_path / "new.db"))) == []
    assert rows(filled_file, "SELECT count(*) FROM agency") == [(401 + len(written),)]


def test_a_copy_of_a_damaged_book_says_so(filled_file: str, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(filled_file)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_change_row'").fetchone()
    with open(filled_file, "r+b") as file:  # noqa: PTH123
        file.seek((page - 1) * 4096 + 8)
        file.write(b"\xff" * 500)
    assert backup(filled_file, tmp_path / "copy.db").damage


def first_look_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file look torn once, as it does when the disk fails to read it: SQLite says the same of both."""
    looks = iter(["database disk image is malformed"])
    monkeypatch.setattr("eventrec.db.backup.making.damage", lambda _: next(looks, ""))


def test_a_copy_that_its_disk_does_not_give_back_is_no_damage_of_the_book(
    filled_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_look_fails(monkeypatch)
    with pytest.raises(EventrecError, match="cannot be read back as it was written"):
        backup(filled_file, tmp_path / "out.db")
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []


def test_a_book_that_could_not_be_read_once_is_no_damaged_book(
    filled_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_look_fails(monkeypatch)
    with pytest.raises(DatabaseUnavailable, match="The disk could not read"):
        backup(filled_file, tmp_path / "out.eventrec.zip")
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []


def test_a_file_that_cannot_be_looked_at_is_not_said_to_be_damaged(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="There is no record book"):
        damage(tmp_path / "nowhere.db")


def on_the_path(monkeypatch: pytest.MonkeyPatch, *programs: Path) -> None:
    """Let a command find these programs first."""
    import os

    folders = [str(each) for each in programs]
    monkeypatch.setenv("PATH", os.pathsep.join([*folders, os.environ["PATH"]]))


@pytest.fixture
def filled_server(postgresql_address: str) -> str:
    add(postgresql_address, "ONE")
    return postgresql_address


@pytest.mark.parametrize(("name", "kind"), [("book.dump", Kind.DUMP), ("book.sql", Kind.SQL)])
def test_the_servers_own_dump_comes_with_an_archive_of_the_same_moment(
    filled_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: Kind
) -> None:
    on_the_path(monkeypatch, binaries())
    made = backup(filled_server, tmp_path / name)
    assert made.beside == tmp_path / "book.eventrec.zip"
    assert kind_of(made.path) is kind
    assert made.path.stat().st_mode & 0o777 == 0o600
    found = verify(made.path)
    assert (found.findings, found.rows, found.kind) == ([], made.rows, kind)
    for number, path in enumerate((made.path, made.beside)):
        restore(str(tmp_path / f"{number}.db"), path)
    one, two = (backup(str(tmp_path / f"{n}.db"), tmp_path / f"{n}.eventrec.zip").path for n in (0, 1))
    assert one.read_bytes() == two.read_bytes() == made.beside.read_bytes()


def test_a_servers_dump_is_restored_on_a_server(
    filled_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_path(monkeypatch, binaries())
    made = backup(filled_server, tmp_path / "book.dump")
    add(filled_server, "TWO")
    restore(filled_server, made.path, replace=tmp_path / "before.eventrec.zip")
    assert rows(filled_server, "SELECT code FROM agency") == [("ONE",)]
    add(filled_server, "THREE")
    assert rows(filled_server, "SELECT id FROM agency ORDER BY id") == [(1,), (3,)]
    assert check(engine(filled_server)) == []


def test_a_password_is_not_on_the_command_line(
    filled_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = binaries() / "pg_dump"
    spy = tmp_path / "bin" / "pg_dump"
    spy.parent.mkdir()
    spy.write_text(
        f'#!/bin/sh\ncd {quote(str(tmp_path))}\necho "$@" >> arguments\necho "$PGPASSWORD" >> password\n'
        f'exec {quote(str(real))} "$@"\n'
    )
    spy.chmod(0o755)
    on_the_path(monkeypatch, spy.parent, binaries())
    backup(f"{filled_server}&password=s3cret&keepalives=1", tmp_path / "book.dump")
    assert "s3cret" not in (tmp_path / "arguments").read_text()
    assert "keepalives=1" in (tmp_path / "arguments").read_text()
    assert "s3cret" in (tmp_path / "password").read_text()


def test_a_pg_dump_that_is_older_than_the_server_is_named(
    filled_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "bin" / "pg_dump"
    old.parent.mkdir()
    old.write_text('#!/bin/sh\necho "pg_dump (PostgreSQL) 9.6.24"\n')
    old.chmod(0o755)
    on_the_path(monkeypatch, old.parent)
    with pytest.raises(EventrecError, match="pg_dump here is of version 9, the server of version"):
        backup(filled_server, tmp_path / "book.dump")
    assert not list(tmp_path.glob("*book*"))


def test_without_pg_dump_there_is_still_the_archive(
    filled_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(EventrecError, match="pg_dump is not installed") as raised:
        backup(filled_server, tmp_path / "book.dump")
    assert ".eventrec.zip" in raised.value.hint
    assert backup(filled_server, tmp_path / "book.eventrec.zip").rows["agency"] == 1


def test_two_backups_at_once_do_not_disturb_each_other(filled_file: str, tmp_path: Path) -> None:
    made: list[object] = []
    threads = [
        threading.Thread(target=lambda n=n: made.append(backup(filled_file, tmp_path / f"{n}.db"))) for n in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 3


def test_a_book_is_copied_before_its_upgrade(filled_file: str, tmp_path: Path) -> None:
    upgrading.downgrade(filled_file, "0003")
    made = backup(filled_file, tmp_path / "copy.db")
    assert made.rows["agency"] == 1
    assert verify(made.path).revision == "0003"
    with pytest.raises(DatabaseUnavailable, match="older eventrec"):
        backup(filled_file, tmp_path / "copy.eventrec.zip")


def test_a_servers_book_is_dumped_before_its_upgrade(
    filled_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_path(monkeypatch, binaries())
    upgrading.downgrade(filled_server, "0003")
    made = backup(filled_server, tmp_path / "book.dump")
    assert made.beside is None
    found = verify(made.path)
    assert (found.revision, found.findings, found.rows["agency"]) == ("0003", [], 1)
