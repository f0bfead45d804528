"""Clocks that go back, days at the edges of the calendar, and time zones that are not there."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.faults.sampling import one_in
from tests.faults.test_texts_given_out import content_lines

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings
from eventrec.localized import Localized

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result, Run
    from tests.faults.conftest import Survived


@pytest.fixture(autouse=True)
def _sometimes(request: pytest.FixtureRequest, tries: Callable[[int, int], int]) -> None:
    if "[sqlite]" not in request.node.name:
        one_in(5, request, tries)


def rows(address: str, sql: str) -> list[Any]:
    with contextlib.closing(connection.open_for_reading(address)) as opened:
        return [tuple(row) for row in opened.execute(sql).fetchall()]


def test_a_clock_set_back_turns_nothing_back(address: str, run: Run, tally: Survived) -> None:
    from eventrec.services import event

    noon, step = datetime(2026, 3, 1, 12, tzinfo=UTC), 0
    book = Book(Settings(address), now=lambda: noon - timedelta(days=400 * step), actor="tester")
    with book.writing("one") as work:
        event.add(work.session, title=Localized({"en": "W"}), starts_on=noon.date(), ends_on=noon.date())
    said: list[tuple[str, ...]] = []
    for step in range(4):
        if step:
            with book.writing(f"edit {step}") as work:
                day = noon.date() + timedelta(days=step)
                event.edit(work.session, 1, {"starts_on": day, "ends_on": day})
        run("export", "calendar", "-o", "a.ics", "--force", address=address)
        lines = content_lines(Path("a.ics").read_bytes())
        said.append(tuple(_value(lines, name) for name in ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")))
    assert said == sorted(said)
    assert len({sequence for _, _, sequence in said}) == 4
    ((modified, version),) = rows(address, "SELECT modified_at, version FROM event")
    assert (str(modified)[:10], version) == ("2026-03-01", 4)
    log = run("log", "-f", "json", address=address).out
    assert log.index("edit 3") < log.index("edit 2") < log.index("edit 1") < log.index('"one"')
    assert run("undo", address=address).code == 0
    assert rows(address, "SELECT version FROM event") == [(5,)]
    assert "2026-03-03" in run("event", "show", "1", address=address).out
    assert run("db", "check", address=address).code == 0
    tally("clock set back", tries=4, survived=4)


def _value(lines: list[str], name: str) -> str:
    return next((line.partition(":")[2] for line in lines if line.split(":")[0].split(";")[0] == name), "")


EDGES: Final = (
    "0001-01-01", "0001-01-02", "0999-12-31", "1582-10-10", "1600-02-29", "1899-12-31", "1900-02-28", "1969-12-31",
    "1970-01-01", "2000-02-29", "2024-02-29", "2024-12-31", "2038-01-19", "2106-02-07", "9998-12-31", "9999-12-30",
    "9999-12-31",
)  # fmt: skip
HOURS: Final = (None, "00:00-23:59", "09:00-17:00")
OUTPUTS: Final = (
    ("event", "list"),
    ("event", "show", "1"),
    ("agenda", "--since", "1900-01-01"),
    ("check",),
    ("report", "participants", "--by", "event"),
    ("report", "events"),
    ("export", "events", "-o", "a.csv", "--force"),
    ("export", "events", "-o", "a.xlsx", "--force"),
    ("export", "participants", "--event", "1", "-o", "p.xlsx", "--force"),
    ("export", "calendar", "-o", "a.ics", "--force"),
    ("export", "calendar", "--utc", "-o", "u.ics", "--force"),
    ("export", "calendar", "--feeds", "feeds", "--force"),
    ("export", "calendar", "--vdir", "vdir", "--force"),
    ("export", "sign-in", "1", "-o", "s.xlsx", "--force"),
    ("log",),
    ("event", "copy", "1", "--date", "2200-12-31"),
    ("event", "postpone", "1", "--date", "1900-01-01"),
    ("db", "check"),
)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"])
def test_a_day_at_the_edge_is_kept_and_given_out(
    sqlite_address: str, run: Run, zone: str, request: pytest.FixtureRequest, tally: Survived
) -> None:
    full = request.config.getoption("--faults") == "full"
    cases = list(itertools.product(EDGES, HOURS))
    cases = cases if full else [*cases[::25], ("0001-01-01", "00:00-23:59"), ("9999-12-31", None)]
    for day, hours in cases:
        address = sqlite_address + day + str(bool(hours))
        Path(address).write_bytes(Path(sqlite_address).read_bytes())
        timed = ("--time", hours) if hours else ()
        wanted = ("--timezone", zone, *timed, "--status", "held")
        added = run("event", "add", "W", "--date", day, *wanted, address=address)
        _well(added, 0, 4)
        if added.code:  # so that it comes from a file or a script
            assert "Years go from 1900 to 2200" in added.err or "does not exist" in added.err, added.err
            assert run("event", "add", "W", "--date", "2026-03-01", *wanted, address=address).code == 0
            with contextlib.closing(sqlite3.connect(address)) as book, book:
                book.execute("UPDATE event SET starts_on = ?, ends_on = ?", (day, day))
        _well(run("participant", "add", "1", "--women", "2", address=address), 0)
        for words in OUTPUTS if full or day == "9999-12-31" else OUTPUTS[::4]:
            _well(run(*words, address=address), 0, 1, 4)
    tally("day at the edge of the calendar", tries=len(cases), survived=len(cases))


def _well(result: Result, *codes: int) -> None:
    assert result.code in codes, result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("date", "time", "code"),
    [
        ("2023-02-29", None, 4),
        ("2024-02-29", None, 0),
        ("1900-02-29", None, 4),
        ("0000-01-01", None, 4),
        ("10000-01-01", None, 4),
        ("9999-12-31..10000-01-01", None, 4),
        ("2016-12-31", "09:00-23:59:60", 4),
        ("2026-03-29", "09:00-24:00", 4),
    ],
)
def test_a_day_or_an_hour_that_is_none_is_refused(
    sqlite_address: str, run: Run, date: str, time: str | None, code: int, tally: Survived
) -> None:
    timed = ("--time", time) if time else ()
    result = run("event", "add", "W", "--date", date, *timed, "--timezone", "Europe/Berlin", address=sqlite_address)
    assert result.code == code, result.err
    tally("day that is none", tries=1, survived=1)


OF_AN_EVENT: Final = (
    ("event", "list"),
    ("event", "show", "1"),
    ("agenda", "--since", "1900-01-01"),
    ("report", "events"),
    ("export", "events"),
    ("check",),
    ("export", "calendar", "-o", "a.ics"),
    ("export", "calendar", "--utc", "-o", "u.ics"),
)
CHANGES: Final = (
    ("2026-03-29", "02:30-04:00", "Europe/Berlin"),
    ("2026-10-25", "02:30-04:00", "Europe/Berlin"),
    ("2026-03-08", "02:30-03:30", "America/New_York"),
    ("2026-04-05", "01:45-03:00", "Australia/Lord_Howe"),
    ("2011-12-30", "09:00-17:00", "Pacific/Apia"),
    ("1991-04-14", "00:30-01:30", "Asia/Shanghai"),
)


@pytest.mark.parametrize(("day", "hours", "zone"), CHANGES)
def test_an_hour_that_the_clock_leaves_out_or_repeats_is_no_traceback(
    sqlite_address: str, run: Run, day: str, hours: str, zone: str, tally: Survived
) -> None:
    added = run("event", "add", "W", "--date", day, "--time", hours, "--timezone", zone, address=sqlite_address)
    _well(added, 0, 4)
    if added.code == 0:
        for words in OF_AN_EVENT:
            _well(run(*words, address=sqlite_address), 0, 1)
    tally("change of the clocks", tries=1, survived=1)


_ADDED: Final = ("--date", "2026-03-01", "--time", "09:00-10:00", "--timezone", "Asia/Tokyo")


def test_a_zone_that_this_machine_does_not_know_is_told(sqlite_address: str, run: Run, tally: Survived) -> None:
    refused = run("event", "add", "W", "--date", "2026-03-01", "--timezone", "Mars/Olympus", address=sqlite_address)
    assert (refused.code, "There is no time zone “Mars/Olympus”" in refused.err) == (4, True)
    run("event", "add", "W", *_ADDED, address=sqlite_address)
    with contextlib.closing(sqlite3.connect(sqlite_address)) as book, book:
        book.execute("UPDATE event SET timezone = 'Mars/Olympus'")
    for words in OF_AN_EVENT[:5]:
        assert run(*words, address=sqlite_address).code == 0
    _well(run("check", address=sqlite_address), 0, 1)
    exported = run("export", "calendar", "-o", "a.ics", address=sqlite_address)
    _well(exported, 1, 4)
    assert "Mars/Olympus" in exported.err
    assert "event 1" in exported.err.lower()
    mended = run("event", "edit", "1", "--timezone", "Asia/Shanghai", address=sqlite_address)
    assert mended.code == 0, mended.err
    assert run("export", "calendar", "-o", "a.ics", address=sqlite_address).code == 0
    tally("time zone that is not there", tries=8, survived=8)


_WITHOUT: Final = "import sys; {}; from eventrec.cli.main import main; main(sys.argv[1:])"


@pytest.mark.parametrize("hidden", ["0", "sys.modules['tzdata'] = None"])
def test_no_zones_of_the_system_are_needed_and_none_at_all_is_told(
    sqlite_address: str, run: Run, hidden: str, tally: Survived, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONTZPATH", "")
    added = run("event", "add", "W", *_ADDED, address=sqlite_address)
    assert added.code == 0
    for words in (("event", "list"), ("export", "calendar", "-o", "a.ics"), ("event", "add", "X", *_ADDED)):
        done = subprocess.run(
            [sys.executable, "-c", _WITHOUT.format(hidden), "--database", sqlite_address, *words],
            check=False,
            capture_output=True,
            text=True,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in ((0,) if hidden == "0" or words[-1] == "list" else (1, 4)), done.stderr
        if done.returncode:
            assert "tzdata" in done.stderr
    tally("time zone that is not there", tries=3, survived=3)
