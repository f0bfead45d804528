from __future__ import annotations

import base64
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.folders import Folder
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


def written(tmp_path: Path, name: str, content: bytes) -> Path:
    """Write a file into a folder as eventrec does; returns the ledger."""
    ledger = tmp_path / "state" / "written.json"
    Folder(tmp_path / "folder", [(name, [content])], ledger=ledger).save()
    return ledger


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plain.csv", b"LI Na,li.na@example.org\n"),
        ("folded.vcf", b"BEGIN:VCARD\r\nEMAIL:li.na@exam\r\n ple.org\r\nEND:VCARD\r\n"),
        ("folded.ics", b"BEGIN:VEVENT\r\nATTENDEE:mailto:li.n\r\n\ta@example.org\r\nEND:VEVENT\r\n"),
        ("base64.eml", b"From: a@example.org\nContent-Transfer-Encoding: base64\n\n"
         + base64.b64encode(b"ATTENDEE:mailto:li.na@exa\r\n mple.org\r\n")),
        ("quoted.eml", b"From: a@example.org\nContent-Transfer-Encoding: quoted-printable\n\nli.na@exa=\nmple.org\n"),
        ("header.eml", b"To: =?utf-8?q?li=2Ena=40example=2Eorg?=\n\nnothing\n"),
        ("within.eml", b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n"
         b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(b"li.na@example.org") + b"\n--x--\n"),
    ],
)  # fmt: skip
def test_files_in_folders_are_searched_as_they_are_meant(
    sqlite_address: str, tmp_path: Path, name: str, content: bytes
) -> None:
    ledger = written(tmp_path, name, content)
    copies = copies_with(settings(sqlite_address, ledger), {"one"}, LI_NA)
    assert list(copies.exports) == [tmp_path / "folder" / name]
    nobody = Mentions(emails=("nobody@example.org",))
    assert list(copies_with(settings(sqlite_address, ledger), {"one"}, nobody).exports) == []


@pytest.mark.parametrize("name", ["../outside.csv", "/outside.csv", "folder/outside.csv"])
def test_a_folder_names_only_files_of_its_own(sqlite_address: str, tmp_path: Path, name: str) -> None:
    ledger = written(tmp_path, "inside.csv", b"nothing")
    for place in (tmp_path, tmp_path / "folder" / "folder"):
        place.mkdir(exist_ok=True)
        (place / "outside.csv").write_bytes(b"li.na@example.org")
    (tmp_path / "folder" / ".eventrec.json").write_text(json.dumps({name: "x"}), encoding="utf-8")
    assert list(copies_with(settings(sqlite_address, ledger), {"one"}, LI_NA).exports) == []


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"Content-Type: multipart/mixed\n\n--", b"To: =?x?b?=?=\n" * 99])
def test_a_mail_that_is_none_is_searched_all_the_same(sqlite_address: str, tmp_path: Path, content: bytes) -> None:
    ledger = written(tmp_path, "odd.eml", content + b"\nli.na@example.org")
    assert len(copies_with(settings(sqlite_address, ledger), {"one"}, LI_NA).exports) == 1


def test_a_name_that_is_none_hides_no_other_file(sqlite_address: str, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("li.na@example.org", encoding="utf-8")
    ledger = tmp_path / "written.json"
    ledger.write_text(json.dumps({"\0.csv": "x", "a" * 5000 + ".csv": "y", str(listed): "z"}), encoding="utf-8")
    assert list(copies_with(settings(sqlite_address, ledger), {"one"}, LI_NA).exports) == [listed]
