"""Somebody else has the SQLite file: what every command says when it has waited long enough."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.services import make

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.upgrade import downgrade

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Run

HOLDER = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2:]:
    held.execute(statement)
print("held", flush=True)
sys.stdin.read()
"""
WRITING = ("BEGIN IMMEDIATE",)
ALONE = ("PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE")
"""Nobody may even read, as while some tools repair or copy a file."""

PATIENCE = 0.2


@contextmanager
def held(address: str, statements: tuple[str, ...]) -> Iterator[None]:
    """Let another process hold the file."""
    command = [sys.executable, "-c", HOLDER, address, *statements]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        yield
        other.stdin.close()


@pytest.fixture
def workshop(sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    with Book(Settings(sqlite_address), actor="tester").writing("a test") as work:
        make.event(work.session)
        make.contact(work.session, points_of=[make.email("li@example.org")])
    monkeypatch.setattr(connection, "BUSY_SECONDS", PATIENCE)
    return sqlite_address


def said(address: str) -> str:
    return (
        f"eventrec: Another program is writing to the record book ({address}); waited 0.2 s.\n"
        "  Try again; if it lasts, find who has it open.\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        ("event", "add", "Another"),
        ("event", "edit", 1, "--note", "x", "--if-version", 1),
        ("event", "cancel", 1, "-y"),
        ("event", "remove", 1, "-y"),
        ("participant", "add", 1, "--label", "Others", "--women", 1),
        ("undo",),
        ("import", "list.csv"),
        ("contact", "forget", 1, "-y"),
        ("export", "contacts", "-o", "given.vcf", "--to", "EU Delegation", "--purpose", "final report"),
        ("db", "check", "--mend"),
        ("db", "restore", "old.db", "--replace", "-y"),
    ],
    ids=lambda words: " ".join(map(str, words)),
)
def test_who_writes_waits_and_is_told(words: tuple[object, ...], workshop: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Name,Agency,E-mail\nLI Na,NIA,li@example.org\n")
    run("db", "backup", "old.db", address=workshop)
    with held(workshop, WRITING):
        done = run(*words, address=workshop)
    assert (done.code, done.out, done.err) == (5, "", said(workshop))
    assert run("event", "list", "-f", "json", address=workshop).out.count('"version": 1') == 1
    assert not (tmp_path / "given.vcf").exists()
    assert not list(tmp_path.glob("*before-restore*"))


@pytest.mark.parametrize(
    "words",
    [
        ("event", "list"),
        ("report", "participants"),
        ("log",),
        ("status",),
        ("db", "check"),
        ("db", "info"),
        ("db", "backup", "copy.db"),
        ("db", "backup", "copy.eventrec.zip"),
    ],
)
def test_who_reads_does_not_wait_for_who_writes(words: tuple[object, ...], workshop: str, run: Run) -> None:
    with held(workshop, WRITING):
        assert run(*words, address=workshop).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("event", "list"),
        ("report", "participants"),
        ("event", "add", "Another"),
        ("db", "info"),
        ("db", "check"),
        ("db", "backup", "copy.db"),
        ("db", "backup", "copy.eventrec.zip"),
        ("db", "restore", "old.db", "--replace", "-y"),
        ("contact", "forget", 1, "-y"),
        ("export", "contacts", "-o", "given.vcf", "--to", "EU Delegation", "--purpose", "final report"),
    ],
    ids=lambda words: " ".join(map(str, words)),
)
def test_a_file_that_somebody_keeps_to_themselves_is_told(
    words: tuple[object, ...], workshop: str, run: Run, tmp_path: Path
) -> None:
    run("db", "backup", "old.db", address=workshop)
    before = sorted(tmp_path.iterdir())
    with held(workshop, ALONE):
        done = run(*words, address=workshop)
    assert (done.code, done.out, done.err) == (5, "", said(workshop))
    assert [path for path in sorted(tmp_path.iterdir()) if path.suffix not in ("", ".db-shm", ".db-wal")] == [
        path for path in before if path.suffix not in ("", ".db-shm", ".db-wal")
    ]


def test_an_upgrade_waits_and_is_told(workshop: str, run: Run) -> None:
    downgrade(workshop, "0002")
    with held(workshop, WRITING):
        done = run("db", "upgrade", address=workshop)
    assert (done.code, done.out, done.err) == (5, "", said(workshop))
    assert run("db", "upgrade", address=workshop).code == 0


def test_a_book_that_is_held_is_not_made_anew(workshop: str, run: Run) -> None:
    with held(workshop, ALONE):
        assert run("init", address=workshop).code == 5


def test_a_commit_that_is_kept_waiting_saves_nothing_and_says_so(
    workshop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no write-ahead log, as on some network shares, a reader can keep COMMIT from happening."""
    with closing(sqlite3.connect(workshop)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")
    book = Book(Settings(workshop), actor="tester", timeout=PATIENCE)
    original = connection.open_for_writing

    def without_a_log(*arguments: object, **options: object) -> connection.Connection:
        opened = original(*arguments, **options)  # type: ignore[arg-type]
        opened.raw.execute("PRAGMA journal_mode=DELETE")
        return opened

    monkeypatch.setattr(connection, "open_for_writing", without_a_log)

    def save_while_somebody_reads(reader: sqlite3.Connection) -> None:
        with book.writing("a test") as work:
            make.event(work.session, "Second")
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM event").fetchone()

    with (
        closing(sqlite3.connect(workshop, isolation_level=None)) as reader,
        pytest.raises(connection.DatabaseUnavailable, match=r"Another program is writing .* waited 0\.2 s"),
    ):
        save_while_somebody_reads(reader)
    monkeypatch.undo()
    assert len(Book(Settings(workshop)).reader.events()) == 1
