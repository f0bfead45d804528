from __future__ import annotations

import io
import os
import shutil
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import HealthCheck, settings
from tests.counting import counting
from tests.faults.tally import added_up, as_table
from tests.postgres import Server

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.upgrade import create

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.counting import Counts

settings.register_profile(
    "eventrec",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("eventrec")

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FOREIGN = ("EVENTREC_", "PG", "XDG_")
"""How variables begin that would lead a test to somebody's own book or server."""

for _name in [name for name in os.environ if name.startswith(FOREIGN)]:
    del os.environ[_name]  # before any fixture: what lives as long as the session must not see them either

_numbers = count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--faults", choices=("few", "full"), default="few", help="How often each fault of tests/faults is tried."
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the fault tests of this run, on all workers, came to."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    if tallies := added_up([report for report in reports if isinstance(report, pytest.TestReport)]):
        terminalreporter.section("faults")
        for line in as_table(tallies):
            terminalreporter.write_line(line)


@dataclass(frozen=True)
class Result:
    """What a command line left behind; `out` and `err` are `stdout` and `stderr` as text."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode()

    @property
    def err(self) -> str:
        return self.stderr.decode()


@dataclass(frozen=True)
class Counted:
    """What a command line left behind, and what it asked of the database."""

    result: Result
    counts: Counts


class Run(Protocol):
    def __call__(self, *arguments: object, address: str | None = None, typed: str = "") -> Result: ...


@pytest.fixture(autouse=True)
def _nobodys_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the books, settings and servers of whoever runs it."""
    for name in [name for name in os.environ if name.startswith(FOREIGN)]:
        monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    for kind in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("EVENTREC_USER", "tester")
    monkeypatch.setenv("EVENTREC_AUTOMATIC_BACKUPS", "0")  # tests that want them say so: they depend on the day
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server, one for each worker."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    create(str(path))
    return path


@pytest.fixture(scope="session")
def _postgresql_template(postgres: Server) -> str:
    create(postgres.create("template"))
    return "template"


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's book in a file, recorded once; a test that writes, and each that opens it, copies it."""
    from eventrec.demo.make import record

    path = tmp_path_factory.mktemp("demo") / "eventrec.db"
    record(str(path)).close()
    return path


@pytest.fixture(scope="session")
def demo_template(postgres: Server) -> str:
    """The name of the demo's book on a server, for copies."""
    from eventrec.demo.make import record

    record(postgres.create("demo_template")).close()
    return "demo_template"


@pytest.fixture
def sqlite_address(_sqlite_template: Path, tmp_path: Path) -> str:
    """A new empty book in a file."""
    return str(shutil.copy(_sqlite_template, tmp_path / "events.db"))


@pytest.fixture
def postgresql_address(postgres: Server, _postgresql_template: str) -> Iterator[str]:
    """A new empty book on a server."""
    name = f"book_{next(_numbers)}"
    yield postgres.create(name, _postgresql_template)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """A new empty book, once in a file and once on a server."""
    return str(request.getfixturevalue(f"{request.param}_address"))


@pytest.fixture
def book(address: str) -> Iterator[Book]:
    """A new empty book whose clock stands still."""
    opened = Book(Settings(address), now=lambda: NOW, actor="tester")
    yield opened
    opened.close()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line here, and return its exit code and what it wrote."""
    from eventrec.cli.main import main

    def run(*arguments: object, address: str | None = None, typed: str = "") -> Result:
        words = [str(argument) for argument in arguments]
        streams = {name: _stream() for name in ("stdin", "stdout", "stderr")}
        streams["stdin"].buffer.write(typed.encode())
        streams["stdin"].seek(0)
        with monkeypatch.context() as patch:
            if address is not None:
                patch.setenv("EVENTREC_DATABASE", address)
            patch.setattr(sys, "argv", ["eventrec", *words])
            for name, stream in streams.items():
                patch.setattr(sys, name, stream)
            with pytest.raises(SystemExit) as left:
                main(words)
        return Result(int(left.value.code or 0), _written(streams["stdout"]), _written(streams["stderr"]))

    return run


class CountedRun(Protocol):
    def __call__(self, *arguments: object, address: str | None = None, typed: str = "") -> Counted: ...


@pytest.fixture
def counted(run: Run, monkeypatch: pytest.MonkeyPatch) -> CountedRun:
    """Run a command line here, and return what it left with the statements that it sent and the rows it fetched."""

    def counted(*arguments: object, address: str | None = None, typed: str = "") -> Counted:
        with counting(monkeypatch) as counts:
            result = run(*arguments, address=address, typed=typed)
        return Counted(result, counts)

    return counted


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True)


def _written(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue()
