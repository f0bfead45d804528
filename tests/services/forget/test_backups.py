from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.services.forget.backups import copies_with
from eventrec.text.mentions import Mentions

LI_NA = Mentions(emails=("li.na@example.org",))


@pytest.fixture
def uid(sqlite_address: str) -> str:
    with Book(Settings(sqlite_address), actor="tester").writing("a test") as work:
        return str(make.contact(work.session).uid)


def settings(address: str, ledger: Path | None = None) -> Settings:
    return Settings(address, ledger=ledger)


@pytest.mark.parametrize(
    "name", ["events.backup-2026-01-02-1.db", "events.before-0004-1.db", "events.before-restore-1.db"]
)
def test_a_backup_beside_the_book_is_asked_for_the_person(sqlite_address: str, uid: str, name: str) -> None:
    copy = Path(sqlite_address).with_name(name)
    shutil.copy(sqlite_address, copy)
    assert list(copies_with(settings(sqlite_address), {uid}, LI_NA).backups) == [copy]
    assert list(copies_with(settings(sqlite_address), {"another"}, LI_NA).backups) == []


def test_a_copy_of_the_book_under_any_name_beside_it_is_asked_too(sqlite_address: str, uid: str) -> None:
    copy = Path(sqlite_address).with_name("holiday.bin")
    shutil.copy(sqlite_address, copy)
    shutil.copy(sqlite_address, Path(sqlite_address).with_name("theirs.db"))
    with Path(sqlite_address).with_name("theirs.db").open("r+b") as file:
        file.seek(68)
        file.write(bytes(4))
    assert list(copies_with(settings(sqlite_address), {uid}, LI_NA).backups) == [copy]


def test_an_archive_is_unpacked_to_be_searched(sqlite_address: str) -> None:
    archive = Path(sqlite_address).with_name("any.eventrec.zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("contact.jsonl", '{"uid":"one-two"}\n' * 3)
    assert list(copies_with(settings(sqlite_address), {"one-two"}, LI_NA).backups) == [archive]


@pytest.mark.parametrize("content", [b"PK\x03\x04 no archive", b"SQLite format 3\0 and no more"])
def test_a_damaged_backup_is_told_of_as_unread(sqlite_address: str, content: bytes) -> None:
    copy = Path(sqlite_address).with_name("events.backup-1.db")
    copy.write_bytes(content)
    assert list(copies_with(settings(sqlite_address), {"one"}, LI_NA).unread) == [copy]


def test_a_dump_of_a_server_is_told_of_as_unread(sqlite_address: str) -> None:
    dump = Path(sqlite_address).with_name("events.backup-1.dump")
    dump.write_bytes(b"PGDMP and what follows")
    assert list(copies_with(settings(sqlite_address), {"one"}, LI_NA).unread) == [dump]


def test_files_that_eventrec_wrote_are_searched_for_what_names_the_person(sqlite_address: str, tmp_path: Path) -> None:
    listed, other, gone = tmp_path / "list.csv", tmp_path / "other.csv", tmp_path / "gone.csv"
    listed.write_text("LI Na,li.na@example.org\n", encoding="utf-8")
    other.write_text("WANG Wei\n", encoding="utf-8")
    ledger = tmp_path / "written.json"
    ledger.write_text(f'{{"{listed}": "x", "{other}": "y", "{gone}": "z"}}', encoding="utf-8")
    assert list(copies_with(settings(sqlite_address, ledger), {"one"}, LI_NA).exports) == [listed]


def test_a_ledger_that_cannot_be_read_names_nothing(sqlite_address: str, tmp_path: Path) -> None:
    ledger = tmp_path / "written.json"
    ledger.write_text("no json", encoding="utf-8")
    assert list(copies_with(settings(sqlite_address, ledger), {"one"}, LI_NA).exports) == []
