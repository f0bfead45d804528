from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.db.backup import older
from tests.db.backup.older import unzipped, zipped_again
from tests.db.check.meddling import meddle
from tests.services import make

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.connection import REVISIONS
from eventrec.db.backup import Kind, NoBackup, backup, restore, verify
from eventrec.db.check import check_book
from eventrec.errors import EventrecError, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def book(sqlite_address: str) -> str:
    opened = Book(Settings(sqlite_address))
    with opened.writing("a test") as work:
        make.event(work.session)
        make.contact(work.session, points_of=[make.email("a@example.org")])
    with opened.writing("another") as work:
        make.agency(work.session, "ONE")
    return sqlite_address


@pytest.fixture
def archive(book: str, tmp_path: Path) -> Path:
    return backup(book, tmp_path / "book.eventrec.zip").path


@pytest.mark.parametrize("name", ["book.eventrec.zip", "copy.db"])
def test_a_whole_backup_says_what_it_holds(book: str, tmp_path: Path, name: str) -> None:
    made = backup(book, tmp_path / name)
    found = verify(made.path)
    assert (found.findings, found.rows, found.revision) == ([], made.rows, REVISIONS[-1])
    assert found.kind is (Kind.ARCHIVE if name.endswith("zip") else Kind.SQLITE)
    assert found.last_change
    assert found.last_change.endswith("Z")


def test_looking_changes_no_byte(book: str, tmp_path: Path) -> None:
    path = backup(book, tmp_path / "copy.db").path
    before = path.read_bytes()
    verify(path)
    assert (path.read_bytes(), list(tmp_path.glob("copy*"))) == (before, [path])


def test_a_backup_of_an_older_schema_is_looked_through_too(book: str, tmp_path: Path) -> None:
    found = verify(older.archive(book, "0001", tmp_path / "old.eventrec.zip"))
    assert (found.revision, found.findings) == ("0001", [])


@pytest.mark.parametrize("content", [b"", b"This is a letter.", b"PK\x05\x06" + b"\0" * 18, b"SQLite format 3"])
def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter"
    path.write_bytes(content)
    with pytest.raises(NoBackup):
        verify(path)


def test_another_zip_file_is_no_backup(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as photos:
        photos.writestr("holiday.jpg", b"sea")
    with pytest.raises(NoBackup):
        verify(tmp_path / "photos.zip")


def test_a_file_of_another_program_is_no_backup(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "theirs.db")) as opened:
        opened.execute("CREATE TABLE event (id)")
    with pytest.raises(NoBackup):
        verify(tmp_path / "theirs.db")


def test_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(EventrecError, match="is a folder"):
        verify(tmp_path)
    with pytest.raises(EventrecError, match="There is no file"):
        verify(tmp_path / "none.db")


def _without(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        del members[name]

    return change


def _with(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        members[name] = content

    return change


def _row(member: str, **values: object) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        first, *rest = members[member].splitlines(keepends=True)
        members[member] = b"".join([json.dumps(json.loads(first) | values).encode() + b"\n", *rest])

    return change


def _said(**values: object) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | values).encode()

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_with("agency.jsonl", b"no JSON\n"), "line 1 of the table agency is no JSON"),
        (_with("agency.jsonl", b"[1, 2]\n"), "is no row"),
        (_with("agency.jsonl", b"[" * 100_000 + b"\n"), "is no JSON"),
        (_with("agency.jsonl", b'{"id": NaN}\n'), "is no JSON"),
        (_with("agency.jsonl", b'{"id": 1}'), "too long, or cut off"),
        (_with("agency.jsonl", b'{"id": 1}\n'), "lacks the column"),
        (_row("agency.jsonl", colour="red"), "has an unknown column colour"),
        (_row("agency.jsonl", country=["CN"]), "holds in country what does not belong there"),
        (_row("agency.jsonl", version="x"), "holds in version what does not belong there"),
        (_row("agency.jsonl", version=2**80), "holds in version what does not belong there"),
        (_row("agency.jsonl", created_at="yesterday"), "holds in created_at what does not belong there"),
        (_row("agency.jsonl", note="\ud800"), "holds in note what does not belong there"),
        (
            _row("agency.jsonl", kind="circus"),
            "(breaks|is refused \\(CHECK constraint failed:) ck_agency_kind",
        ),
        (_row("agency.jsonl", name=None), "is refused \\(NOT NULL"),
        (_row("agency.jsonl", parent_id=99), "agency row 1 refers to a row of agency that is gone"),
        (_row("agency.jsonl", id=7), "has number 7, and"),
        (_row("contact_point.jsonl", contact_id=5), "contact_point row 1 refers to a row of contact that is gone"),
        (_row("agency.jsonl", note="meddled with"), "agency 1 is not as its newest change left it"),
        (_with("circus.jsonl", b""), "its schema has no table circus"),
        (_with("alembic_version.jsonl", b""), "its schema has no table alembic_version"),
        (_with("../../etc/passwd.jsonl", b""), "its manifest is not well-formed"),
    ],
)
def test_whoever_packs_an_archive_anew_is_found_out(
    archive: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], said: str
) -> None:
    """Even when all sha256s and counts of the manifest agree with what was changed."""
    members = unzipped(archive)
    change(members)
    path = zipped_again(tmp_path / "again.eventrec.zip", members)
    finding = verify(path).findings[0]
    assert re.search(said, finding), finding
    if "newest change" not in said:
        with pytest.raises(Rejected, match=said):
            restore(str(tmp_path / "new.db"), path)
        assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without("event.jsonl"), "the table event is missing"),
        (_with("more.jsonl", b""), "'more.jsonl' is none of its members"),
        (_with("../../etc/passwd", b"x"), "'../../etc/passwd' is none of its members"),
        (_row("agency.jsonl", note="x"), "the table agency is not as it was written"),
        (_without("manifest.json"), "its manifest is missing"),
        (_with("manifest.json", b"{"), "its manifest cannot be read"),
        (_with("manifest.json", b"[]"), "its manifest is not well-formed"),
        (_said(tables=[]), "its manifest is not well-formed"),
        (_said(last_change="x"), "its manifest is not well-formed"),
        (_said(book=5), "its manifest is not well-formed"),
    ],
)
def test_what_was_changed_without_the_manifest_is_found(
    archive: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], said: str
) -> None:
    members = unzipped(archive)
    change(members)
    with zipfile.ZipFile(tmp_path / "again.eventrec.zip", "w") as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    assert said in " ".join(verify(tmp_path / "again.eventrec.zip").findings)


def test_a_member_that_is_there_twice_is_found(archive: Path) -> None:
    with zipfile.ZipFile(archive, "a") as zipped, pytest.warns(UserWarning, match="Duplicate"):
        zipped.writestr("event.jsonl", b"")
    assert "'event.jsonl' is in it twice" in " ".join(verify(archive).findings)


def test_an_archive_that_was_only_packed_anew_can_be_restored(archive: Path, tmp_path: Path) -> None:
    """Its tables are as they were written; only its seal is gone."""
    members = unzipped(archive)
    with zipfile.ZipFile(tmp_path / "again.eventrec.zip", "w") as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    (finding,) = verify(tmp_path / "again.eventrec.zip").findings
    assert "packed anew" in finding
    assert restore(str(tmp_path / "new.db"), tmp_path / "again.eventrec.zip").rows["agency"] == 1


@pytest.mark.parametrize("values", [{"format": "eventrec backup 9"}, {"revision": "0099"}])
def test_an_archive_of_a_newer_version_says_so(archive: Path, tmp_path: Path, values: dict[str, str]) -> None:
    members = unzipped(archive)
    _said(**values)(members)
    with zipfile.ZipFile(tmp_path / "again.eventrec.zip", "w") as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    with pytest.raises(Rejected) as raised:
        verify(tmp_path / "again.eventrec.zip")
    assert "pip install -U eventrec" in raised.value.hint


def test_a_bomb_is_not_unpacked(archive: Path, tmp_path: Path) -> None:
    members = unzipped(archive)
    path = tmp_path / "bomb.eventrec.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            if name != "event.jsonl":
                zipped.writestr(name, content)
        with zipped.open("event.jsonl", "w", force_zip64=True) as member:
            for _ in range(100):
                member.write(bytes(2**20))
    assert path.stat().st_size < 2**20
    assert "unpacks to 104,857,600 bytes" in verify(path).findings[0]


def test_a_damaged_file_is_found(book: str, tmp_path: Path) -> None:
    path = backup(book, tmp_path / "copy.db").path
    data = bytearray(path.read_bytes())
    data[4096 * 5 : 4096 * 9] = b"\xff" * 4096 * 4
    path.write_bytes(data)
    findings = verify(path).findings
    assert findings
    assert all("The file is damaged: " in finding for finding in findings)
    assert [finding.text for finding in check_book(str(path))] == findings
    with pytest.raises(Rejected):
        restore(str(tmp_path / "new.db"), path)


@pytest.mark.parametrize("name", ["copy.db", "copy.eventrec.zip"])
def test_a_backup_of_a_broken_book_is_told_of_in_the_words_of_the_check(book: str, tmp_path: Path, name: str) -> None:
    meddle(
        book,
        "UPDATE agency SET kind = 'circus', parent_id = 99",
        "UPDATE contact_point SET contact_id = 7",
        "UPDATE event SET note = 'meddled with'",
    )
    found = [finding.text for finding in check_book(book)]
    assert len(found) >= 6
    made = backup(book, tmp_path / name)
    assert made.damage
    assert verify(made.path).findings == found


def test_a_backup_that_is_cut_off_is_told_of_as_the_check_tells_of_a_book(book: str, tmp_path: Path) -> None:
    path = backup(book, tmp_path / "copy.db").path
    path.write_bytes(path.read_bytes()[:40960])
    (finding,) = verify(path).findings
    assert finding.startswith("The file is cut off: 40,960 of ")
    assert [each.text for each in check_book(str(path))] == [finding]


def test_text_that_is_no_text_is_found(book: str, tmp_path: Path) -> None:
    path = backup(book, tmp_path / "copy.db").path
    with contextlib.closing(sqlite3.connect(path)) as opened, opened:
        opened.execute("UPDATE agency SET note = CAST(x'ff' AS TEXT)")
    assert "agency 1 holds in note what does not belong there." in verify(path).findings


@pytest.mark.parametrize("content", [b"PGDMP", b"PGDMP\x01\x10\x00\x04\x08\x01"])
def test_a_broken_dump_is_found(tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.db.backup.test_making import on_the_path
    from tests.postgres import binaries

    on_the_path(monkeypatch, binaries())
    (tmp_path / "book.dump").write_bytes(content)
    assert "is damaged" in verify(tmp_path / "book.dump").findings[0]


def test_a_dump_of_another_database_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "theirs.sql").write_text(
        "--\n-- PostgreSQL database dump\n--\n\nCOPY public.photo (id) FROM stdin;\n1\n\\.\n"
    )
    with pytest.raises(NoBackup):
        verify(tmp_path / "theirs.sql")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE agency DROP COLUMN website",
        "ALTER TABLE agency ADD COLUMN colour TEXT",
        "ALTER TABLE alias RENAME TO nickname",
        "DROP TABLE attendance",
    ],
)
def test_a_file_whose_tables_are_not_those_of_its_schema_is_found(book: str, tmp_path: Path, statement: str) -> None:
    path = backup(book, tmp_path / "copy.db").path
    with contextlib.closing(sqlite3.connect(path)) as opened:
        views = opened.execute("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY rowid DESC").fetchall()
        for (view,) in views:
            opened.execute(f"DROP VIEW {view}")
        opened.execute(statement)
    (finding,) = verify(path).findings
    assert "is not the one of schema" in finding
    with pytest.raises(Rejected):
        restore(str(tmp_path / "new.db"), path)


def test_the_rows_of_a_file_with_a_broken_index_can_be_rescued(book: str, tmp_path: Path) -> None:
    path = backup(book, tmp_path / "copy.db").path
    with contextlib.closing(sqlite3.connect(path)) as opened:
        (page,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_event_source_uid'").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xfa" * 4096)
    with pytest.raises(Rejected) as raised:
        restore(str(tmp_path / "new.db"), path)
    assert f"eventrec --database {path} db backup rescued.eventrec.zip" in raised.value.hint
    rescued = backup(str(path), tmp_path / "rescued.eventrec.zip").path
    restore(str(tmp_path / "new.db"), rescued)
    assert verify(rescued).findings == []
