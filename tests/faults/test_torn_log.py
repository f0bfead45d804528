"""The log beside the book is cut off, torn or garbled: what stands before the damage is there, whole commands only."""

from __future__ import annotations

import contextlib
import shutil
from itertools import compress, count
from operator import ne
from random import Random
from typing import TYPE_CHECKING, Final

import pytest
from tests.faults.books import digest, findings
from tests.faults.score import Score
from tests.services import make

from eventrec import connection
from eventrec.book import Book
from eventrec.config import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.conftest import Survived

SEED: Final = 1517
COMMANDS: Final = 6
HEAD: Final = 32
FRAME: Final = 24 + 4096


@pytest.fixture
def left(tmp_path: Path, filled: Path) -> tuple[Path, list[tuple[int, str]]]:
    """A book with its log, left by a machine that stopped; and after each command the log's length and the digest."""
    folder = tmp_path / "stopped"
    (tmp_path / "live").mkdir()
    live = str(shutil.copy(filled, tmp_path / "live" / "book.db"))
    states: list[tuple[int, str]] = []
    with contextlib.closing(connection.open_for_reading(live)) as reader:
        reader.execute("SELECT count(*) FROM event").fetchall()
        states.append((0, digest(live)))
        for number in range(COMMANDS):
            book = Book(Settings(live), actor="tester")
            with book.writing(f"command {number}") as work:
                make.event(work.session, f"Talk {number}")
                make.contact(work.session, f"Guest {number}")
            states.append(((tmp_path / "live" / "book.db-wal").stat().st_size, digest(live)))
        shutil.copytree(tmp_path / "live", folder, ignore=shutil.ignore_patterns("*-shm"))
    return folder, states


def test_damage_to_the_log_costs_what_comes_after_it_and_nothing_before(
    left: tuple[Path, list[tuple[int, str]]], tmp_path: Path, tries: Callable[[int, int], int], tally: Survived
) -> None:
    folder, states = left
    log = (folder / "book.db-wal").read_bytes()
    chance = Random(SEED)  # noqa: S311
    score = Score("log of a book cut off, torn or garbled")
    for number in range(tries(3, 200)):
        at = chance.randrange(len(log)) if number % 2 else HEAD + FRAME * chance.randrange((len(log) - HEAD) // FRAME)
        how = chance.choice(["cut off", "zeros", "garbled", "a sector lost", "a bit"])
        damaged = {
            "cut off": log[:at],
            "zeros": log[:at] + bytes(len(log) - at),
            "garbled": log[:at] + chance.randbytes(len(log) - at),
            "a sector lost": log[:at] + bytes(512) + log[at + 512 :],
            "a bit": log[:at] + bytes([log[at] ^ 1 << chance.randrange(8)]) + log[at + 1 :],
        }[how]
        place = tmp_path / "damaged"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(folder, place)
        (place / "book.db-wal").write_bytes(damaged)
        first = len(damaged) if log.startswith(damaged) else next(compress(count(), map(ne, log, damaged)), len(log))
        whole = [content for length, content in states if length <= first]
        address = str(place / "book.db")
        found = digest(address)
        problems = [] if found == whole[-1] else ["The book is not as after the last command before the damage."]
        score.note(f"try {number} of seed {SEED}, {how} at {at}", problems + findings(address), lost=bool(problems))
    score.settle(tally)
