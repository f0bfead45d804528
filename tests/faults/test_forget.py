from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from tests.services import make
from tests.services.forget.rich_book import Rich, everything_around

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.db.check import check
from eventrec.db.engine import engine
from eventrec.models import Change, Contact, Participation
from eventrec.services.points import Point

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.faults.conftest import Survived
    from tests.postgres import Server

NAME = b"LI Na Lan"
ROOT = Path(__file__).parents[2]


def write(address: str) -> None:
    """Write a book whose first contact has a history."""
    book = Book(Settings(address), actor="tester")
    with book.writing("eventrec contact add 'LI Na Lan'") as work:
        rich = Rich(work.session, Random(7))  # noqa: S311
        everything_around(work.session, rich.write(), rich.people[1])
        for number in range(150):
            make.contact(work.session, f"Person {number}", points_of=[Point("email", f"p{number}@example.org")])


def state(address: str) -> tuple[bool, int, int]:
    """Return whether the person is there, in how many participations, and how many changes were emptied."""
    with engine(address).connect() as opened:
        there = opened.scalar(select(func.count()).select_from(Contact).where(Contact.id == 1)) == 1
        named = opened.scalar(select(func.count(Participation.id)).where(Participation.contact_id == 1)) or 0
        emptied = opened.scalar(select(func.count(Change.id)).where(Change.erased_at.is_not(None))) or 0
    return there, named, emptied


def kill_after(address: str, seconds: float) -> None:
    """Start forgetting, and end the process without a warning so many seconds later."""
    command = [sys.executable, "-m", "tests.faults.forgetting", address]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        process.stdin.write(b"\n")
        process.stdin.flush()
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)


def seconds_needed(address: str) -> float:
    """Forget for a trial, and return how long that took here and now."""
    command = [sys.executable, "-m", "tests.faults.forgetting", address]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        began = time.monotonic()
        process.stdin.write(b"\n")
        process.stdin.flush()
        process.wait()
    return time.monotonic() - began


def is_before_or_after(address: str, before: tuple[bool, int, int]) -> bool:
    now = state(address)
    return check(engine(address)) == [] and (now == before or (now[:2] == (False, 0) and now[2] > 0))


@pytest.fixture
def each_book(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Iterator[str]]:
    """Give one fresh book after another, all alike."""

    def books(kind: str) -> Iterator[str]:
        address = str(request.getfixturevalue(f"{kind}_address"))
        write(address)
        if kind == "sqlite":
            for number in range(10_000):
                yield str(shutil.copy(address, tmp_path / f"try-{number}.db"))
        server: Server = request.getfixturevalue("postgres")
        template = address.rpartition("/")[2].partition("?")[0]
        for number in range(10_000):
            name = f"forget_{number}"
            yield server.create(name, template)
            server.drop(name)

    return books


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_forgetting_that_is_killed_has_happened_whole_or_not_at_all(
    kind: str, each_book: Callable[[str], Iterator[str]], tries: Callable[[int, int], int], tally: Survived
) -> None:
    many, survived = tries(2, 40), 0
    books = each_book(kind)
    longest = seconds_needed(next(books))
    for number in range(many):
        address = next(books)
        before = state(address)
        kill_after(address, longest * (number + 0.5) / many)
        survived += is_before_or_after(address, before)
    books.close()  # type: ignore[attr-defined]
    tally(f"kill -9 while a person is forgotten ({kind})", tries=many, survived=survived)


def test_what_is_killed_after_the_change_was_saved_leaves_no_name_once_it_is_cleaned(
    each_book: Callable[[str], Iterator[str]], tries: Callable[[int, int], int], tally: Survived
) -> None:
    from eventrec.services.forget.files import clean, files_of, holding

    many, survived = tries(1, 20), 0
    books = each_book("sqlite")
    longest = seconds_needed(next(books))
    for number in range(many):
        address = next(books)
        kill_after(address, longest * (0.8 + 0.4 * number / many))
        if state(address)[0]:
            survived += 1
            continue
        clean(address, [NAME])
        survived += holding(files_of(Path(address)), [NAME]) == []
    tally("a name in the files after a forgetting was killed", tries=many, survived=survived)
