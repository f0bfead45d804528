"""PostgreSQL ends in the middle of a command: exit 5, in words, and all of it or nothing is there when it is back."""

from __future__ import annotations

import signal
import threading
from random import Random
from typing import TYPE_CHECKING, Final

import psycopg
import pytest
from tests.faults.answers import no_sentence
from tests.faults.books import digest, fill, findings, sheet
from tests.faults.score import Score
from tests.postgres import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.faults.conftest import Survived
    from tests.faults.running import Commands

SEED: Final = 1066
LINES: Final = {
    "import": ("import", "people.csv", "--as", "contacts"),
    "backup": ("db", "backup", "copy.eventrec.zip", "--force"),
    "add": ("event", "add", "Talk on arrivals", "--date", "2025-01-01"),
}
HOW: Final = {"stopped": signal.SIGINT, "stopped at once": signal.SIGQUIT}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server({"synchronous_commit": "on"})
    fill(made.create("template_book"))
    yield made
    made.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_bytes(sheet(400))
    return tmp_path


def _shaken(server: Server) -> str:
    """Return the address of a copy that is as safe as a book of its own.

    PostgreSQL notes in its log that a sequence went on only when the last note is used up or older than the last
    checkpoint; a copy of a database comes with its sequences, and without their notes.
    """
    address = server.create("shaken", "template_book")
    with psycopg.connect(address, autocommit=True) as opened:
        opened.execute("CHECKPOINT")
    return address


@pytest.mark.parametrize("name", LINES)
def test_a_server_that_ends_amid_a_command(
    name: str, server: Server, folder: Path, commands: Commands, tries: Callable[[int, int], int], tally: Survived
) -> None:
    address = server.create("undisturbed", "template_book")
    before = digest(address)
    undisturbed = commands(*LINES[name], address=address, folder=folder)
    after = digest(address)
    server.drop("undisturbed")
    chance = Random(f"{SEED} {name}")  # noqa: S311
    score = Score(f"PostgreSQL ends amid: {name}")
    for number in range(tries(1, 15)):
        how, moment = chance.choice(list(HOW)), chance.uniform(0, undisturbed.seconds)
        address = _shaken(server)
        timer = threading.Timer(moment, server.halt, [HOW[how]])
        timer.start()
        ended = commands(*LINES[name], address=address, folder=folder)
        timer.join()
        server.start()
        problems = no_sentence(name, ended, (0, 5))
        found = digest(address)
        lost = found not in ((after,) if ended.code == 0 else (before, after))
        problems += [f"The book is neither as before nor as after: {ended.told()}"] * lost
        score.note(f"try {number}, {how} after {moment:.3f} s", problems + findings(address), lost=lost)
        server.drop("shaken")
    score.settle(tally)


def test_a_server_that_is_not_there_is_said_to_be_unreachable(
    server: Server, folder: Path, commands: Commands, tally: Survived
) -> None:
    address = server.create("away", "template_book")
    server.halt(signal.SIGQUIT)
    score = Score("PostgreSQL is not there")
    for line in (*LINES.values(), ("event", "list"), ("db", "check"), ("db", "info"), ("report", "participants")):
        ended = commands(*line, address=address, folder=folder)
        score.note(" ".join(line), no_sentence(" ".join(line), ended, (5,)))
    server.start()
    server.drop("away")
    score.settle(tally)
