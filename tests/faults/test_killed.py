"""`kill -9` at a random moment: the book is exactly as before the command, or exactly as after it."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Protocol

import pytest
from tests.faults.books import digest, fill, findings, sheet, whole_archive
from tests.faults.score import Score

from eventrec.connection import REVISIONS
from eventrec.db.backup import backup
from eventrec.db.upgrade import downgrade, upgrade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.faults.conftest import Survived
    from tests.faults.running import Commands
    from tests.postgres import Server

SEED = 20241017
OPERATIONS = {
    "import": ("import", "{inputs}/people.csv", "--as", "contacts"),
    "migration": ("db", "upgrade"),
    "backup as a file": ("db", "backup", "copy.db"),
    "backup as an archive": ("db", "backup", "copy.eventrec.zip"),
    "restore of a file": ("db", "restore", "{inputs}/other.db", "--replace", "-y"),
    "restore of an archive": ("db", "restore", "{inputs}/other.eventrec.zip", "--replace", "-y"),
    "merge": ("contact", "merge", "1", "40", "--prefer", "keep"),
}
ON_A_SERVER = [name for name in OPERATIONS if not name.endswith("file")]
MANY = {"backup as a file": 100, "restore of a file": 50, "restore of an archive": 50}
"""How often the full run kills a command, when not 200 times."""

_numbers = count(1)


class Place(Protocol):
    """Where the books of one test are."""

    def fresh(self, *, old: bool) -> str:
        """Return the address of a book that nothing has happened to yet."""

    def done_with(self, address: str) -> None:
        """Take a book away."""

    @property
    def folder(self) -> Path:
        """The folder in which commands run."""


@dataclass
class InFiles:
    """Books in files, each try in a folder of its own."""

    templates: Path
    folder: Path

    def fresh(self, *, old: bool) -> str:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        return str(shutil.copy(self.templates / ("old.db" if old else "book.db"), self.folder / "book.db"))

    def done_with(self, address: str) -> None: ...


@dataclass
class OnServer:
    """Books on a server."""

    server: Server
    folder: Path

    def fresh(self, *, old: bool) -> str:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        return self.server.create(f"killed_{next(_numbers)}", "fault_old" if old else "fault_book")

    def done_with(self, address: str) -> None:
        self.server.drop(address.split("/")[3].split("?")[0])


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory, filled: Path, request: pytest.FixtureRequest) -> Path:
    """A folder with a book, one of an older schema, backups of another one, and a sheet of 5,000 people."""
    folder = tmp_path_factory.mktemp("inputs")
    shutil.copy(filled, folder)
    shutil.copy(folder / "book.db", folder / "old.db")
    downgrade(str(folder / "old.db"), REVISIONS[-2])
    fill(str(folder / "different.db"), people=60)
    backup(str(folder / "different.db"), folder / "other.db")
    backup(str(folder / "different.db"), folder / "other.eventrec.zip")
    rows = 5000 if request.config.getoption("--faults") == "full" else 500
    (folder / "people.csv").write_bytes(sheet(rows))
    return folder


@pytest.fixture(scope="module")
def server_templates(postgres: Server) -> Iterator[Server]:
    fill(postgres.create("fault_book"))
    downgrade(postgres.create("fault_old", "fault_book"), REVISIONS[-2])
    yield postgres
    for name in ("fault_book", "fault_old"):
        postgres.drop(name)


def killed_again_and_again(name: str, place: Place, commands: Commands, inputs: Path, times: int, fault: str) -> Score:
    """Kill a command at so many moments, drawn from the length of one that was left alone."""
    arguments = [each.format(inputs=inputs) for each in OPERATIONS[name]]
    old = name == "migration"
    address = place.fresh(old=old)
    before = digest(address)
    undisturbed = commands(*arguments, address=address, folder=place.folder)
    assert undisturbed.code == 0, undisturbed.told()
    after = digest(address)
    known = {path.name for path in place.folder.iterdir()}
    place.done_with(address)
    chance = Random(f"{SEED} {name}")  # noqa: S311
    score = Score(fault)
    for number in range(times):
        address = place.fresh(old=old)
        moment = chance.uniform(0, undisturbed.seconds * 1.02)
        ended = commands(*arguments, address=address, folder=place.folder, kill_after=moment)
        problems = [] if ended.killed or ended.code == 0 else [ended.told()]
        acknowledged = not ended.killed
        found = digest(address)
        lost = found not in ((after,) if acknowledged else (before, after))
        problems += ["The book is neither as before nor as after."] * lost
        problems += mended(address) if old else findings(address)
        problems += half_made(place.folder, known, before)
        score.note(f"try {number} of seed {SEED}, killed after {moment:.4f} s", problems, lost=lost)
        place.done_with(address)
    return score


def mended(address: str) -> list[str]:
    """Finish a migration that was killed, and return what is wrong with the book then."""
    upgrade(address)
    return findings(address)


def half_made(folder: Path, known: set[str], before: str) -> list[str]:
    """Return what is wrong with the files that a killed command left: one with a name to trust must be whole."""
    wrong = []
    for path in folder.iterdir():
        if path.name.startswith((".", "book.db")) and not path.name.startswith("book.before"):
            continue
        if path.name.endswith(".eventrec.zip"):
            whole = whole_archive(path)
        elif path.suffix == ".db":
            with contextlib.suppress(sqlite3.DatabaseError):
                whole = digest(str(path)) == before
        else:
            whole = path.name in known
        wrong += [] if whole else [f"{path.name} is half made."]
    return wrong


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_killed_command_on_a_file_has_happened_or_not(
    name: str, inputs: Path, tmp_path: Path, commands: Commands, tries: Callable[[int, int], int], tally: Survived
) -> None:
    place = InFiles(inputs, tmp_path / "work")
    killed_again_and_again(
        name, place, commands, inputs, tries(1, MANY.get(name, 200)), f"kill -9, {name}, SQLite"
    ).settle(tally)


@pytest.mark.parametrize("name", ON_A_SERVER)
def test_a_killed_command_on_a_server_has_happened_or_not(
    name: str,
    inputs: Path,
    tmp_path: Path,
    server_templates: Server,
    commands: Commands,
    tries: Callable[[int, int], int],
    tally: Survived,
) -> None:
    place = OnServer(server_templates, tmp_path / "work")
    killed_again_and_again(
        name, place, commands, inputs, tries(1, MANY.get(name, 200)), f"kill -9, {name}, PostgreSQL"
    ).settle(tally)
