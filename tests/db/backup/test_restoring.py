from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import threading
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from tests.db.backup import older
from tests.services import make

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.connection import REVISIONS
from eventrec.db.backup import NoBackup, Person, backup, people_of, restore
from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.db.journal import stored
from eventrec.errors import EventrecError, OutputExists, Rejected, UsageError
from eventrec.models import Base, Forgotten, Setting
from eventrec.services import planning
from eventrec.services.undo import undo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Run
    from tests.postgres import Server


@pytest.fixture(params=["sqlite", "postgresql"])
def full(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The demo's book, in which an event was removed."""
    if request.param == "sqlite":
        yield str(shutil.copy(request.getfixturevalue("_full_file"), tmp_path / "full.db"))
        return
    postgres = request.getfixturevalue("postgres")
    yield postgres.create("full", request.getfixturevalue("_full_template"))
    postgres.drop("full")


@pytest.fixture(scope="module")
def _full_file(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Path:
    path = shutil.copy(demo_file, tmp_path_factory.mktemp("full") / "full.db")
    _remove_one(str(path))
    return path


@pytest.fixture(scope="module")
def _full_template(postgres: Server, demo_template: str) -> Iterator[str]:
    _remove_one(postgres.create("full_template", demo_template))
    yield "full_template"
    postgres.drop("full_template")


def _remove_one(address: str) -> None:
    book = Book(Settings(address))
    with book.writing("remove") as work:
        planning.remove(work.session, 5)
    book.close()


@pytest.fixture
def demo(tmp_path: Path, _demo: Path) -> str:
    """The same in a file, when no server matters."""
    return str(shutil.copy(_demo, tmp_path / "demo.db"))


@pytest.fixture(scope="module")
def _demo(tmp_path_factory: pytest.TempPathFactory, _full_file: Path) -> Path:
    path = shutil.copy(_full_file, tmp_path_factory.mktemp("demo") / "demo.db")
    with contextlib.closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=DELETE")
    return path


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


def test_a_file_is_copied_as_a_file(tmp_path: Path, demo_file: Path) -> None:
    shutil.copy(demo_file, tmp_path / "full.db")
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


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_an_archive_of_an_older_schema_is_restored_with_its_rows(
    revision: str, demo: str, other: str, tmp_path: Path
) -> None:
    older.archive(demo, revision, tmp_path / "old.eventrec.zip")
    done = restore(other, tmp_path / "old.eventrec.zip")
    assert done.rows["event"] > 0
    assert check(engine(other)) == []
    book = Book(Settings(other))
    with book.writing("undo") as work:
        undo(work.session)
    assert book.reader.event(5)["title"]
    book.close()
    assert check(engine(other)) == []


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_a_file_of_an_older_schema_is_restored_with_its_rows(
    revision: str, demo: str, other: str, tmp_path: Path
) -> None:
    old = older.book(demo, revision, tmp_path / "old.db")
    before = old.read_bytes()
    assert restore(other, old).rows["event"] > 0
    assert check(engine(other)) == []
    assert old.read_bytes() == before


def exported(run: Run, address: str, folder: Path) -> dict[str, bytes]:
    """Every file that `export all` writes; those for eventrec's own memory of them left out."""
    done = run("export", "all", "-o", folder, address=address)
    assert done.code == 0, done.err
    files = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {str(name): path.read_bytes() for name, path in files.items()}


def test_a_restored_book_exports_the_same_and_so_does_it_when_it_comes_back(
    demo: str, postgresql_address: str, tmp_path: Path, run: Run
) -> None:
    there, back = tmp_path / "there.eventrec.zip", tmp_path / "back.eventrec.zip"
    restore(postgresql_address, backup(demo, there).path)
    restore(str(tmp_path / "back.db"), backup(postgresql_address, back).path)
    assert there.read_bytes() == back.read_bytes()
    first = exported(run, demo, tmp_path / "one")
    assert len(first) > 5
    assert exported(run, postgresql_address, tmp_path / "two") == first
    assert exported(run, str(tmp_path / "back.db"), tmp_path / "three") == first


def test_a_book_that_others_have_open_keeps_what_they_write(full: str, tmp_path: Path) -> None:
    """What was committed before is in the backup of the book as it was, what comes after in the book."""
    made, kept = backup(full, tmp_path / "book.eventrec.zip"), tmp_path / "before.eventrec.zip"
    started, done = threading.Event(), threading.Event()
    written: list[str] = []
    book = Book(Settings(full))

    def add() -> str:
        with book.writing("write") as work:
            return str(make.agency(work.session, f"W-{len(written)}").uid)

    def write() -> None:
        while not done.is_set():
            written.append(book.repeated(add))
            started.set()

    writer = threading.Thread(target=write)
    writer.start()
    started.wait(20)
    restore(full, made.path, replace=kept)
    before = len(written)
    while len(written) <= before and writer.is_alive():
        done.wait(0.01)
    done.set()
    writer.join()
    restore(str(tmp_path / "before.db"), kept)
    here, there = (
        {row["uid"] for row in everything(address)["agency"]} for address in (full, str(tmp_path / "before.db"))
    )
    assert [uid for uid in written if uid not in here | there] == []
    assert set(written) & here
    assert set(written) & there
    assert check(engine(full)) == []
    assert check(engine(str(tmp_path / "before.db"))) == []


def test_a_reader_goes_on_reading_what_was_there(demo: str, tmp_path: Path) -> None:
    made = backup(demo, tmp_path / "book.eventrec.zip")
    with Book(Settings(demo)).writing("add") as work:
        make.agency(work.session, "NEW")
    with contextlib.closing(connection.open_for_reading(demo)) as opened:
        opened.raw.execute("BEGIN")
        before = opened.execute("SELECT count(*) FROM agency").fetchone()
        restore(demo, made.path, replace=tmp_path / "before.db")
        assert opened.execute("SELECT count(*) FROM agency").fetchone() == before
        opened.raw.execute("ROLLBACK")
        assert opened.execute("SELECT count(*) FROM agency").fetchone() == (before[0] - 1,)


def test_a_book_is_not_restored_from_itself(demo: str) -> None:
    with pytest.raises(UsageError, match="the book itself"):
        restore(demo, Path(demo), replace=Path("kept.db"))


def test_who_was_forgotten_is_looked_for_before_anything_is_replaced(full: str, other: str, tmp_path: Path) -> None:
    made = backup(full, tmp_path / "book.eventrec.zip")
    asked: list[tuple[str | None, list[Person]]] = []

    def refuse(present: str | None, people: Iterator[Person]) -> None:
        asked.append((present, list(people)))
        raise Rejected("The backup holds somebody who was forgotten.")

    before = everything(full)
    for address in (other, full):
        with pytest.raises(Rejected, match="forgotten"):
            restore(address, made.path, replace=tmp_path / "kept.eventrec.zip", forgotten=refuse)
    assert everything(full) == before
    assert asked[-1][0] == full
    with_names = {person.id for person in asked[-1][1] if person.name}
    assert len(with_names) == made.rows["contact"]
    assert any(point == ("email", "a.zaitsev@example.org") or point[0] == "email" for point in asked[-1][1][0].points)
    assert [person.uid for person in people_of(made.path)] == [person.uid for person in asked[-1][1]]


def test_a_restore_leaves_nothing_beside_the_book(demo: str, tmp_path: Path) -> None:
    made = backup(demo, tmp_path / "book.eventrec.zip")
    (tmp_path / "new").mkdir()
    restore(str(tmp_path / "new" / "book.db"), made.path)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["book.db"]
    assert (tmp_path / "new" / "book.db").stat().st_mode & 0o077 == 0


def test_what_a_killed_restore_left_goes_with_the_next_one(demo: str, tmp_path: Path) -> None:
    made = backup(demo, tmp_path / "book.eventrec.zip")
    left = tmp_path / "new" / ".eventrec-killed"
    left.mkdir(parents=True)
    (left / "book.db").write_bytes(b"people")
    os.utime(left, (1, 1))
    restore(str(tmp_path / "new" / "book.db"), made.path)
    assert not left.exists()


def test_a_hostile_file_with_triggers_is_no_backup(demo: str, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(demo)) as opened:
        opened.execute("CREATE TRIGGER harm AFTER INSERT ON event BEGIN DELETE FROM event; END")
    with pytest.raises(NoBackup, match="triggers"):
        restore(str(tmp_path / "new.db"), Path(demo))


FORGOTTEN = {"kind": "name", "person": "p1", "forgotten_at": "2026-01-02T03:04:05Z", "reason": "request"}


def forget(address: str, salt: str, trait: str) -> None:
    with Book(Settings(address)).writing("forget") as work:
        if not work.session.scalar(select(Setting).where(Setting.key == "salt")):
            work.session.add(Setting(key="salt", value=salt))
        work.session.add(Forgotten(hash=trait * 64, **FORGOTTEN))


def test_people_stay_forgotten_when_an_older_backup_takes_the_place_of_the_book(full: str, tmp_path: Path) -> None:
    made = backup(full, tmp_path / "book.eventrec.zip")
    forget(full, "aa", "1")
    restore(full, made.path, replace=tmp_path / "kept.eventrec.zip", journal=Book(Settings(full)).journal("restore"))
    book = Book(Settings(full))
    assert book.reader.rows("SELECT hash, person FROM forgotten") == [("1" * 64, "p1")]
    assert book.reader.setting("salt") == "aa"
    book.close()
    assert check(engine(full)) == []
    forget(full, "aa", "2")
    restore(
        full, tmp_path / "kept.eventrec.zip", replace=tmp_path / "again.eventrec.zip", journal=book.journal("again")
    )
    assert sorted(book.reader.rows("SELECT hash FROM forgotten")) == [("1" * 64,), ("2" * 64,)]
    book.close()
    assert check(engine(full)) == []


def test_two_books_in_which_people_were_forgotten_do_not_become_one(demo: str, other: str, tmp_path: Path) -> None:
    made = backup(demo, tmp_path / "book.eventrec.zip")
    restore(other, made.path)
    forget(other, "bb", "2")
    forget(demo, "aa", "1")
    theirs = backup(other, tmp_path / "other.eventrec.zip")
    before = everything(demo)
    with pytest.raises(Rejected, match="another book"):
        restore(demo, theirs.path, replace=tmp_path / "kept.db", journal=Book(Settings(demo)).journal("restore"))
    assert everything(demo) == before
