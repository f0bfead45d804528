from __future__ import annotations

import hashlib
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from tests.db.rows import less

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.backup import backup, restore
from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.db.journal import stored
from eventrec.demo.make import record
from eventrec.errors import EventrecError, OutputExists, Rejected
from eventrec.models import Base
from eventrec.services import planning
from eventrec.services.undo import undo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["sqlite", "postgresql"])
def full(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The demo's book, in which an event was removed."""
    if request.param == "sqlite":
        address = str(tmp_path / "full.db")
    else:
        postgres = request.getfixturevalue("postgres")
        address = postgres.create("full")
    book = record(address)
    with book.writing("remove") as work:
        planning.remove(work.session, 5)
    book.close()
    yield address
    if request.param == "postgresql":
        request.getfixturevalue("postgres").drop("full")


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place where nothing is yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "other.db")
        return
    postgres = request.getfixturevalue("postgres")
    yield postgres.create("other")
    postgres.drop("other")


def everything(address: str) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all tables, history and tombstones included."""
    with engine(address).connect() as opened:
        return {
            table.name: [
                stored(table, dict(row)) for row in opened.execute(select(table).order_by(table.c.id)).mappings()
            ]
            for table in Base.metadata.sorted_tables
        }


def test_an_archive_restores_into_either_database(full: str, other: str, tmp_path: Path) -> None:
    made = backup(full, tmp_path / "book.eventrec.zip")
    assert restore(other, made.path).rows == made.rows
    assert everything(other) == everything(full)
    assert check(engine(other)) == []


def test_a_restored_book_gives_out_no_number_again(full: str, other: str, tmp_path: Path) -> None:
    from tests.services import make

    backup(full, tmp_path / "book.eventrec.zip")
    restore(other, tmp_path / "book.eventrec.zip")
    with Book(Settings(other)).writing("add") as work:
        assert make.event(work.session).id == 8


def test_a_restored_book_can_undo(full: str, other: str, tmp_path: Path) -> None:
    backup(full, tmp_path / "book.eventrec.zip")
    restore(other, tmp_path / "book.eventrec.zip")
    book = Book(Settings(other))
    with book.writing("undo") as work:
        undo(work.session)
    assert book.reader.event(5)["title"]
    book.close()


def test_the_same_book_gives_the_same_archive(full: str, tmp_path: Path) -> None:
    one, two = (backup(full, tmp_path / f"{name}.eventrec.zip").path for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_a_file_is_copied_as_a_file(tmp_path: Path) -> None:
    record(str(tmp_path / "full.db")).close()
    made = backup(str(tmp_path / "full.db"), tmp_path / "copy.db")
    assert made.path.stat().st_mode & 0o077 == 0
    restore(str(tmp_path / "new.db"), made.path)
    assert everything(str(tmp_path / "new.db")) == everything(str(tmp_path / "full.db"))


def test_a_book_on_a_server_becomes_an_archive_only(postgresql_address: str, tmp_path: Path) -> None:
    with pytest.raises(EventrecError, match="as an archive"):
        backup(postgresql_address, tmp_path / "copy.db")
    assert not list(tmp_path.glob("*copy*"))


def test_a_backup_does_not_replace_a_file(full: str, tmp_path: Path) -> None:
    (tmp_path / "book.eventrec.zip").write_text("mine")
    with pytest.raises(OutputExists):
        backup(full, tmp_path / "book.eventrec.zip")


def test_a_book_with_records_is_not_overwritten(full: str, tmp_path: Path) -> None:
    made = backup(full, tmp_path / "book.eventrec.zip")
    with pytest.raises(Rejected, match="holds records already"):
        restore(full, made.path)


def test_replacing_keeps_a_backup_of_what_was_there(full: str, tmp_path: Path) -> None:
    made = backup(full, tmp_path / "book.eventrec.zip")
    before = everything(full)
    with Book(Settings(full)).writing("remove") as work:
        planning.remove(work.session, 6)
    after = everything(full)
    kept = tmp_path / "kept.eventrec.zip"
    restore(full, made.path, replace=kept)
    assert everything(full) == before
    restore(full, kept, replace=tmp_path / "again.eventrec.zip")
    assert everything(full) == after


@pytest.mark.parametrize("what", ["cut", "changed", "no manifest", "no archive"])
def test_a_damaged_backup_changes_nothing(full: str, tmp_path: Path, what: str) -> None:
    path = backup(full, tmp_path / "book.eventrec.zip").path
    before = everything(full)
    if what == "cut":
        path.write_bytes(path.read_bytes()[:-2000])
    elif what == "no archive":
        path.write_bytes(b"This is a letter. " * 50)
    else:
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        if what == "changed":
            members["event.jsonl"] = members["event.jsonl"].replace(b"Beijing", b"Nanjing")
        else:
            del members["manifest.json"]
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
    with pytest.raises(EventrecError):
        restore(full, path, replace=tmp_path / "kept.eventrec.zip")
    assert everything(full) == before


def test_a_restore_that_breaks_off_leaves_the_book_as_it_was(
    full: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from eventrec.db.backup import filling as module

    path = backup(full, tmp_path / "book.eventrec.zip").path
    before = everything(full)

    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_replace_in_file", break_off)
    monkeypatch.setattr(module, "_continue_after", break_off)
    with pytest.raises(KeyboardInterrupt):
        restore(full, path, replace=tmp_path / "kept.eventrec.zip")
    assert everything(full) == before


def test_an_archive_of_an_older_schema_is_restored(full: str, tmp_path: Path) -> None:
    """What the older schema did not have yet stays empty."""
    path = tmp_path / "old.eventrec.zip"
    backup(full, path)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    manifest["revision"] = "0001"
    for name in ("attendance", "not_same"):
        del members[f"{name}.jsonl"], manifest["tables"][name]
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    done = restore(str(tmp_path / "again.db"), path)
    assert done.rows == {name: table["rows"] for name, table in manifest["tables"].items()}
    assert done.rows["event"] > 0


def test_what_was_done_before_an_archive_of_an_older_schema_can_be_taken_back(
    full: str, other: str, tmp_path: Path
) -> None:
    path = tmp_path / "old.eventrec.zip"
    backup(full, path)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    manifest["revision"] = "0002"
    for name, content in members.items():
        table = name.removesuffix(".jsonl")
        rows = [less(table, json.loads(line)) or {} for line in content.splitlines()]
        if table == "change":
            rows = [row | {each: less(row["table_name"], row[each]) for each in ("before", "after")} for row in rows]
        members[name] = "".join(f"{json.dumps(row)}\n" for row in rows).encode()
        manifest["tables"][table]["sha256"] = hashlib.sha256(members[name]).hexdigest()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {**members, "manifest.json": json.dumps(manifest).encode()}.items():
            archive.writestr(name, content)
    restore(other, path)
    assert check(engine(other)) == []
    book = Book(Settings(other))
    with book.writing("undo") as work:
        undo(work.session)
    assert book.reader.event(5)["title"]
    book.close()
    assert check(engine(other)) == []
