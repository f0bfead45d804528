from __future__ import annotations

import contextlib
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.services import make

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db import automatic
from eventrec.db.backup import verify

if TYPE_CHECKING:
    from tests.conftest import Run

FIRST = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Days:
    """A book that is written on one day after the other, and what was told meanwhile."""

    def __init__(self, address: str, keep: int = 7) -> None:
        self.told: list[tuple[str, bool]] = []
        self.settings = Settings(address, automatic_backups=keep)
        self.path = Path(address)
        self.number = 0

    def write(self, day: int, hour: int = 12, *, keep: bool = True) -> None:
        now = FIRST.replace(hour=hour) + timedelta(days=day - 1)
        self.number += 1
        book = Book(self.settings, now=lambda: now, tell=lambda words, failed: self.told.append((words, failed)))
        with book.writing("write", keep=keep) as work:
            make.agency(work.session, f"A-{self.number}")

    @property
    def names(self) -> list[str]:
        return [path.name for path in automatic.backups_of(self.path)]

    @property
    def agencies(self) -> int:
        with contextlib.closing(connection.open_for_reading(str(self.path))) as opened:
            return int(opened.execute("SELECT count(*) FROM agency").fetchone()[0])


@pytest.fixture
def days(sqlite_address: str) -> Days:
    return Days(sqlite_address)


def test_the_first_change_of_a_day_is_preceded_by_a_copy_of_the_day_before(days: Days) -> None:
    days.write(1)
    assert (days.names, days.told) == ([], [])
    days.write(2)
    days.write(2, 20)
    assert days.names == ["events.2026-03-02.db"]
    copy = automatic.folder_of(days.path) / "events.2026-03-02.db"
    assert days.told == [(f"The day's backup: {copy}", False)]
    assert verify(copy).rows["agency"] == 1
    assert (copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_day_is_one_of_utc(days: Days) -> None:
    days.write(1, 23)
    east = FIRST.replace(hour=23, minute=30).astimezone().replace(tzinfo=UTC)
    Book(days.settings, now=lambda: east)
    days.write(2, 0)
    assert days.names == ["events.2026-03-02.db"]


def test_a_day_without_a_change_has_no_copy(days: Days) -> None:
    days.write(1)
    days.write(5)
    days.write(9)
    assert days.names == ["events.2026-03-05.db", "events.2026-03-09.db"]


def test_the_newest_are_kept(sqlite_address: str) -> None:
    days = Days(sqlite_address, keep=3)
    for day in range(1, 8):
        days.write(day)
    assert days.names == [f"events.2026-03-0{day}.db" for day in (5, 6, 7)]


def test_nothing_of_others_is_dropped(sqlite_address: str) -> None:
    days = Days(sqlite_address, keep=1)
    folder = automatic.folder_of(days.path)
    folder.mkdir()
    for name in ("events.2026-01-01.db.mine", "other.2026-01-01.db", "note.txt"):
        (folder / name).write_text("mine")
    for day in range(1, 5):
        days.write(day)
    assert sorted(path.name for path in folder.iterdir()) == [
        "events.2026-01-01.db.mine", "events.2026-03-04.db", "note.txt", "other.2026-01-01.db",
    ]  # fmt: skip


def test_books_of_one_name_and_other_endings_share_no_copies(sqlite_address: str) -> None:
    several = [Days(str(shutil.copy(sqlite_address, Path(sqlite_address).with_name(name))), keep=1) for name in
               ("b", "b.db", "b.sqlite", "b.book")]  # fmt: skip
    for day in (1, 2, 3):
        for days in several:
            days.write(day)
    folders = [automatic.folder_of(days.path).name for days in several]
    assert folders == ["b.book.backups", "b.backups", "b.sqlite.backups", "b.book.backups"]
    for days, ending in zip(several, (".db", ".db", ".sqlite", ".book"), strict=True):
        assert days.names == [f"b.2026-03-03{ending}"]
        assert [words for words, _ in days.told] == [
            f"The day's backup: {automatic.folder_of(days.path)}/b.2026-03-0{day}{ending}" for day in (2, 3)
        ]


@pytest.mark.parametrize("name", ["b", "b.sqlite"])
def test_copies_of_earlier_versions_are_still_found_and_dropped_in_their_turn(name: str, sqlite_address: str) -> None:
    days = Days(str(shutil.copy(sqlite_address, Path(sqlite_address).with_name(name))), keep=2)
    ending = days.path.suffix or ".db"
    earlier = days.path.with_name("b.backups")
    earlier.mkdir()
    for day in ("2026-01-01", "2026-01-02"):
        (earlier / f"b.{day}{ending}").write_bytes(b"")
    days.write(1)
    days.write(2)
    assert days.names == [f"b.2026-01-02{ending}", f"b.2026-03-02{ending}"]


def test_a_copy_from_a_day_that_is_still_to_come_goes_first(sqlite_address: str) -> None:
    """The clock was wrong for a day; its copy must not outlive those that follow."""
    days = Days(sqlite_address, keep=2)
    days.write(1)
    (automatic.folder_of(days.path)).mkdir()
    (automatic.folder_of(days.path) / "events.2099-01-01.db").write_bytes(b"")
    for day in (2, 3):
        days.write(day)
    assert days.names == ["events.2026-03-02.db", "events.2026-03-03.db"]


def test_a_clock_that_was_set_back_makes_no_copy(days: Days) -> None:
    days.write(5)
    days.write(2)
    assert days.names == []


def test_a_dry_run_and_none_to_keep_make_no_copy(days: Days, sqlite_address: str) -> None:
    days.write(1)
    days.write(2, keep=False)
    none = Days(sqlite_address, keep=0)
    none.number = 10
    none.write(3)
    assert days.names == []


def test_a_server_is_left_to_its_own_backups(postgresql_address: str) -> None:
    book = Book(Settings(postgresql_address, automatic_backups=7), now=lambda: FIRST)
    for day in (0, 1):
        with Book(book.settings, now=lambda day=day: FIRST + timedelta(days=day)).writing("write") as work:
            make.agency(work.session, f"A-{day}")
    assert not list(Path.cwd().glob("*.backups"))


def test_a_copy_that_cannot_be_made_never_stops_the_change(days: Days) -> None:
    days.write(1)
    automatic.folder_of(days.path).write_text("a file where the folder should be")
    days.write(2)
    assert days.agencies == 2
    ((words, failed),) = days.told
    assert failed
    assert words.startswith("The day's backup was not made: ")


def test_a_damaged_book_drops_no_good_copy(sqlite_address: str) -> None:
    days = Days(sqlite_address, keep=2)
    for day in (1, 2, 3):
        days.write(day)
    with contextlib.closing(sqlite3.connect(sqlite_address)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_event_source_uid'").fetchone()
    with open(sqlite_address, "r+b") as file:  # noqa: PTH123
        file.seek((page - 1) * 4096)
        file.write(b"\xfa" * 4096)
    days.told.clear()
    for day in (4, 4, 5):
        days.write(day)
    assert days.names == ["events.2026-03-02.db", "events.2026-03-03.db", "events.2026-03-05.damaged.db"]
    assert [failed for _, failed in days.told] == [True, True]
    assert "is damaged" in days.told[0][0]
    assert days.agencies == 6


def test_a_change_asks_for_nothing_when_todays_copy_is_there(days: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    days.write(1)
    days.write(2)
    monkeypatch.setattr(automatic, "_is_due", lambda *_: pytest.fail("the book was asked"))
    days.write(2, 13)


def test_a_missing_book_is_told_by_the_change_alone(tmp_path: Path) -> None:
    told: list[str] = []
    automatic.before_writing(
        Settings(str(tmp_path / "none.db"), automatic_backups=7), FIRST, lambda words, _: told.append(words)
    )
    assert told == []


@pytest.mark.parametrize(("said", "files"), [("7", 1), ("0", 0)])
def test_the_command_line_makes_one_on_an_old_book(
    said: str, files: int, run: Run, sqlite_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Book(Settings(sqlite_address), now=lambda: FIRST.replace(year=2020)).writing("long ago") as work:
        make.agency(work.session, "OLD")
    monkeypatch.setenv("EVENTREC_AUTOMATIC_BACKUPS", said)
    done = run("agency", "add", "New", "--code", "NEW", address=sqlite_address)
    assert done.code == 0
    assert done.err.count("The day's backup: ") == files
    assert len(automatic.backups_of(Path(sqlite_address))) == files
    quiet = run("--quiet", "agency", "add", "Newer", "--code", "NEWER", address=sqlite_address)
    assert quiet.err == ""


def test_how_many_are_kept_is_a_number_of_0_or_more(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTREC_AUTOMATIC_BACKUPS", "-1")
    assert "“-1”, which is no whole number of 0 or more." in run("status").err
