"""A team's book past one server: reading on a standby, losing it, and promoting it in the middle of writing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import psycopg
import pytest
from tests.faults.books import sheet
from tests.standby import Primary, Standby, address_of, pair, until

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.upgrade import create
from eventrec.demo.make import record
from eventrec.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Result, Run
    from tests.faults.conftest import Survived

ROOT = Path(__file__).parents[2]
PEOPLE = 300
NOBODY = "postgresql://eventrec@/events?host=/nowhere&connect_timeout=2"
READING = (
    "status",
    "agenda --since 2024-01-01",
    "event list -f json",
    "event show 1",
    "agency list -f json",
    "agency show 1",
    "contact list -f json",
    "contact show 1",
    "project list -f json",
    "project show 1",
    "participant list -f json",
    "search 移民",
    "log -f json",
    "report participants --by agency -f json",
    "report events -f json",
    "report contacts -f json",
    "export calendar -o -",
    "export contacts -o -",
    "export events -f csv -o -",
    "export all -o all",
)
Pair = tuple[Primary, Standby]


@pytest.fixture(scope="module")
def servers() -> Iterator[Pair]:
    """A primary with the demo's book, and a standby that gives way to it at once."""
    with pair(synchronous=False, standby={"max_standby_streaming_delay": "0"}) as (primary, standby):
        record(primary.create("events")).close()
        standby.catch_up()
        yield primary, standby


@pytest.fixture
def read(run: Run, monkeypatch: pytest.MonkeyPatch, servers: Pair) -> Callable[..., Result]:
    """Run a command with a database to read from; the book itself is the primary's."""

    def read(line: str, read_from: str, book: str | None = None) -> Result:
        monkeypatch.setenv("EVENTREC_READ_DATABASE", read_from)
        return run(*line.split(), address=book or servers[0].url("events"))

    return read


def test_everything_that_reads_reads_on_the_standby_alone(
    servers: Pair, read: Callable[..., Result], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    primary, standby = servers
    for line in READING:
        there = read(line, standby.url("events"), NOBODY)
        assert there.code == 0, f"{line}: {there.err}"
        monkeypatch.delenv("EVENTREC_READ_DATABASE")
        here = run(*line.split(), address=primary.url("events"))
        assert there.stdout.splitlines()[1:] == here.stdout.splitlines()[1:], line
    assert read("check", standby.url("events"), NOBODY).code in (0, 1)


def test_a_standby_takes_no_changes_and_says_so(servers: Pair, run: Run) -> None:
    standby = servers[1].url("events")
    for line in ("event add Another", "event edit 1 --city Beijing", "undo"):
        result = run(*line.split(), address=standby)
        assert (result.code, result.out) == (5, "")
        assert "The server is a standby" in result.err
        assert "target_session_attrs=read-write" in result.err
    assert run("event", "list", address=standby).code == 0


def test_a_reading_session_of_a_serializable_server_reads_a_standby(servers: Pair) -> None:
    with closing(psycopg.connect(servers[0].url("events"), autocommit=True)) as opened:
        opened.execute("ALTER DATABASE events SET default_transaction_isolation = 'serializable'")
    servers[1].catch_up()
    try:
        with closing(connection.open_for_reading(servers[1].url("events"))) as opened:
            assert opened.execute("SELECT count(*) FROM v_event").fetchone()[0]
    finally:
        with closing(psycopg.connect(servers[0].url("events"), autocommit=True)) as opened:
            opened.execute("ALTER DATABASE events RESET default_transaction_isolation")
        servers[1].catch_up()


def test_what_is_written_is_read_once_the_standby_has_it(servers: Pair, read: Callable[..., Result]) -> None:
    primary, standby = servers
    standby.ask("SELECT pg_wal_replay_pause()")
    added = read("event add Late", standby.url("events"))
    assert added.code == 0
    assert "Late" not in read("event list", standby.url("events")).out
    assert "Late" in read("event list", "").out
    standby.ask("SELECT pg_wal_replay_resume()")
    standby.catch_up()
    assert "Late" in read("event list", standby.url("events")).out
    assert read("undo", standby.url("events")).code == 0
    assert primary.ask("SELECT 1") == "1"


def test_a_standby_that_lacks_an_upgrade_is_told_from_the_book(servers: Pair, read: Callable[..., Result]) -> None:
    primary, standby = servers
    mark = f"UPDATE schema_mark SET mark = {connection.SCHEMA_MARK}"
    with closing(psycopg.connect(primary.url("events"), autocommit=True)) as opened:
        opened.execute("UPDATE schema_mark SET mark = 1")
        standby.catch_up()
        standby.ask("SELECT pg_wal_replay_pause()")
        opened.execute(mark.encode())
    result = read("event list", standby.url("events"))
    assert result.code == 5
    assert "because EVENTREC_READ_DATABASE names it" in result.err
    assert "caught up" in result.err
    standby.ask("SELECT pg_wal_replay_resume()")
    standby.catch_up()
    assert read("event list", standby.url("events")).code == 0


def test_a_standby_that_is_lost_is_named_and_nothing_else_is_read_unasked(
    servers: Pair, read: Callable[..., Result]
) -> None:
    primary, standby = servers
    standby.halt()
    try:
        lost = read("event list", standby.url("events"))
        assert (lost.code, lost.out) == (5, "")
        assert "EVENTREC_READ_DATABASE" in lost.err
        assert read("event list", "").code == 0
        assert read("event list", address_of([standby, primary], "events", "prefer-standby")).code == 0
    finally:
        standby.start()


@contextmanager
def vacuuming(primary: Primary, times: int) -> Iterator[None]:
    """Let the primary remove rows that somebody on the standby may still see."""
    done = threading.Event()

    def vacuum() -> None:
        with closing(psycopg.connect(primary.url("events"), autocommit=True)) as opened:
            for _ in range(times):
                time.sleep(0.2)
                if done.is_set():
                    return
                opened.execute("CREATE TABLE IF NOT EXISTS scrap AS SELECT 1 AS number")
                opened.execute("UPDATE scrap SET number = number + 1")
                opened.execute("VACUUM scrap")

    thread = threading.Thread(target=vacuum)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        with closing(psycopg.connect(primary.url("events"), autocommit=True)) as opened:
            opened.execute("DROP TABLE IF EXISTS scrap")


def test_a_question_that_a_standby_gives_up_is_put_again(servers: Pair) -> None:
    primary, standby = servers
    with closing(connection.open_for_reading(standby.url("events"))) as opened, vacuuming(primary, 1):
        assert opened.execute("SELECT count(*), pg_sleep(0.6) FROM event").fetchone()[0]
    assert cancelled(standby) >= 1


def test_a_question_that_is_always_given_up_is_told(servers: Pair) -> None:
    primary, standby = servers
    with (
        closing(connection.open_for_reading(standby.url("events"))) as opened,
        vacuuming(primary, 50),
        pytest.raises(DatabaseUnavailable, match="gave the question up") as told,
    ):
        opened.execute("SELECT count(*), pg_sleep(2) FROM event")
    assert "max_standby_streaming_delay" in told.value.hint


def cancelled(standby: Standby) -> int:
    """Return how many questions the standby gave up."""
    return (standby.home / "log").read_text(encoding="utf-8").count("canceling statement due to conflict")


def test_writing_finds_the_primary_among_several_hosts(servers: Pair) -> None:
    primary, standby = servers
    for order in ([primary, standby], [standby, primary]):
        with closing(connection.open_for_writing(address_of(order, "events"))) as opened:
            assert not connection.in_recovery(opened.raw)


def test_no_server_that_takes_changes_is_told(servers: Pair, run: Run) -> None:
    result = run("event", "add", "Another", address=address_of([servers[1]], "events"))
    assert result.code == 5
    assert "target_session_attrs" in result.err


def test_a_standby_promoted_amid_writing_has_every_acknowledged_change_once(
    tries: Callable[[int, int], int], tally: Survived, tmp_path: Path
) -> None:
    """Writers wait for the answer to COMMIT when the primary goes; in the full run it also goes at any moment."""
    rounds = [
        (tries(60, 1000), signal.SIGKILL, True),
        (200, signal.SIGQUIT, True),
        (200, signal.SIGKILL, False),
        (200, signal.SIGQUIT, False),
    ]
    for at, (total, how, waiting) in enumerate(rounds[: tries(1, len(rounds))]):
        folder = tmp_path / str(at)
        folder.mkdir()
        noted, there = promoted_amid_writing(how, waiting, total, folder)
        assert len(noted) == total == len(there)
        assert [told for told in noted.values() if told.startswith("denied")] == []
        once = sum(there.count(title) == 1 for title in noted)
        tally("standby promoted amid writing", tries=total, survived=once, lost=len(set(noted) - set(there)))


def promoted_amid_writing(
    how: signal.Signals, waiting: bool, total: int, folder: Path
) -> tuple[dict[str, str], list[str]]:
    """Return what four writers know to be saved, and what is in the book of the server that took over."""
    with pair(synchronous=True) as (primary, standby):
        create(primary.create("events"))
        address = address_of([primary, standby], "events")
        if waiting:
            primary.ask("ALTER ROLE eventrec SET synchronous_commit = 'remote_apply'")
        writers = start_writers(address, folder, 4, total // 4)
        until(lambda: len(notes(folder)) > total // 3 or writers.poll() is not None, 240)
        if waiting:  # what is not applied is not acknowledged
            standby.ask("SELECT pg_wal_replay_pause()")
            until(lambda: primary.ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") != "0")
            time.sleep(0.3)  # others come to their COMMIT, or meet the one that waits and try again
        assert writers.poll() is None
        primary.halt(how)
        standby.promote()
        assert writers.wait(timeout=300) == 0
        there = titles(standby.url("events"))
        assert whole(standby.url("events")) == len(there)
        rejoin(primary, standby)
    return notes(folder), there


def test_what_only_the_lost_primary_has_was_not_acknowledged(tmp_path: Path) -> None:
    """The wait for the standby is cut off: the change counts as saved on the primary, and is lost with it."""
    with pair(synchronous=True) as (primary, standby):
        create(primary.create("events"))
        address = address_of([primary, standby], "events")
        standby.halt()
        writers = start_writers(address, tmp_path, 1, 1)
        waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
        until(lambda: primary.ask(waiting))
        cut_off = primary.ask(waiting)
        primary.ask(f"SELECT pg_terminate_backend({cut_off})")
        until(lambda: primary.ask(waiting) not in ("", cut_off))  # who looks finds it, and waits in turn
        assert notes(tmp_path) == {}
        primary.halt(signal.SIGKILL)
        standby.start()
        standby.promote()
        assert writers.wait(timeout=60) == 0
        assert notes(tmp_path) == {"Event 0-0": "saved"}
        assert titles(standby.url("events")) == ["Event 0-0"]


def test_a_standby_promoted_amid_an_import_has_all_of_it_or_nothing(
    tries: Callable[[int, int], int], tally: Survived, tmp_path: Path
) -> None:
    chance, number = Random(1644), tries(1, 12)  # noqa: S311
    (tmp_path / "people.csv").write_bytes(sheet(PEOPLE))
    true, whole_or_none = 0, 0
    for _ in range(number):
        code, told, there = promoted_amid_import(tmp_path, chance.uniform(0, 0.5))
        said = {0: (PEOPLE,), 5: (0,) if "othing was saved" in told or "cannot be reached" in told else (0, PEOPLE)}
        true += there in said.get(code, ())
        whole_or_none += there in (0, PEOPLE)
    tally("standby promoted amid an import", tries=number, survived=true, lost=number - whole_or_none)


def promoted_amid_import(folder: Path, seconds: float) -> tuple[int, str, int]:
    """Kill the primary so long after the import began to write; return exit code, words, and people in the book."""
    with pair(synchronous=True) as (primary, standby):
        create(primary.create("events"))
        command = [str(Path(sys.executable).with_name("eventrec")), "import", "people.csv", "--as", "contacts"]
        environment = {**os.environ, "EVENTREC_DATABASE": address_of([primary, standby], "events")}
        running = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        writing = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'events' AND backend_xid IS NOT NULL"
        until(lambda: primary.ask(writing) == "1" or running.poll() is not None)
        time.sleep(seconds)
        primary.halt(signal.SIGKILL)
        standby.promote()
        told = running.communicate(timeout=60)[1].decode()
        with closing(connection.open_for_reading(standby.url("events"))) as opened:
            return running.returncode, told, int(opened.execute("SELECT count(*) FROM contact").fetchone()[0])


def start_writers(address: str, folder: Path, writers: int, writes: int) -> subprocess.Popen[bytes]:
    """Start writers that note in the folder what they were told; each writes as many events as is said."""
    program = str(ROOT / "tests/faults/writers.py")
    return subprocess.Popen([sys.executable, program, address, str(folder), str(writers), str(writes)], cwd=ROOT)


def notes(folder: Path) -> dict[str, str]:
    """Return the events that the writers know to be saved, and how they know."""
    lines = [line for file in folder.glob("writer-*") for line in file.read_text(encoding="utf-8").splitlines()]
    return dict(line.split("\t", 1) for line in lines if "\t" in line)


def titles(address: str) -> list[str]:
    book = Book(Settings(address))
    try:
        return [str(row["title"]["en"]) for row in book.reader.events(columns=("title",))]  # type: ignore[index, call-overload]
    finally:
        book.close()


def whole(address: str) -> int:
    """Return how many change sets there are, each with the one change that it made."""
    with closing(connection.open_for_reading(address)) as opened:
        sql = "SELECT count(*), count(DISTINCT change_set_id), (SELECT count(*) FROM change_set) FROM change"
        changes, made, sets = opened.execute(sql).fetchone()
    assert changes == made == sets
    return int(sets)


def rejoin(old: Primary, new: Primary) -> None:
    """Let the old primary follow the new one, as docs/team.md says."""
    old.follow(new)
    new.wait_for_standby()
    assert old.ask("SELECT pg_is_in_recovery()") == "True"
