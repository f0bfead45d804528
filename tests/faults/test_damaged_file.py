"""A book whose file is damaged: every command says so or answers as before, and none makes it worse."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING, Final

import pytest
from tests.faults.answers import READING, WRITING, Answers
from tests.faults.books import sheet
from tests.faults.score import Score

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.conftest import Survived
    from tests.faults.running import Commands

SEED: Final = 1789
PAGE: Final = 4096


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Path:
    """A folder with a book that has unused pages too, and a sheet of people."""
    folder = tmp_path_factory.mktemp("damaged")
    book = shutil.copy(filled, folder)
    with closing(sqlite3.connect(book)) as opened:
        opened.executescript("CREATE TABLE gone AS SELECT * FROM change; DROP TABLE gone; PRAGMA wal_checkpoint;")
    (folder / "people.csv").write_bytes(sheet(20))
    return folder


@pytest.fixture
def answers(template: Path, tmp_path: Path, commands: Commands) -> Answers:
    made = Answers(commands, tmp_path / "work", template)
    shutil.copytree(template, made.folder)
    return made


def garbled(content: bytes, page: int, chance: Random) -> tuple[str, bytes]:
    """Return what was done to a page of the file, counted from 0, and the file then."""
    start = page * PAGE
    old = content[start : start + PAGE]
    how = chance.choice(["random", "zeros", "head", "bytes", "bytes", "bit", "other page", "cut in half"])
    new = bytearray(old)
    at = chance.randrange(PAGE - 16)
    if how == "random":
        new[:] = chance.randbytes(PAGE)
    elif how == "zeros":
        new[:] = bytes(PAGE)
    elif how == "head":
        new[:12] = chance.randbytes(12)
    elif how == "bytes":
        new[at : at + 16] = chance.randbytes(16)
    elif how == "bit":
        new[at] ^= 1 << chance.randrange(8)
    elif how == "other page":
        other = chance.randrange(len(content) // PAGE)
        new[:] = content[other * PAGE : other * PAGE + PAGE]
    else:
        new[PAGE // 2 :] = bytes(PAGE // 2)
    return f"{how} at {at} of page {page + 1}", content[:start] + bytes(new) + content[start + PAGE :]


def test_a_garbled_page(answers: Answers, template: Path, tries: Callable[[int, int], int], tally: Survived) -> None:
    content = (template / "book.db").read_bytes()
    pages = len(content) // PAGE
    chance = Random(SEED)  # noqa: S311
    score = Score("garbled page")
    for number in range(tries(2, 240)):
        what, damaged = garbled(content, number % pages if number >= 2 else chance.randrange(pages), chance)
        if damaged == content:
            continue
        answers.book.write_bytes(damaged)
        wrong, found = answers.checking()
        for name in chance.sample(list(READING), 2):
            problems, differs = answers.reading(name)
            wrong += problems
            if differs and not found:
                wrong.append(f"{name} answers something else, and db check finds nothing.")
        wrong += answers.writing(chance.choice(list(WRITING)))
        score.note(f"try {number} of seed {SEED}, {what}", wrong)
        for ending in ("-wal", "-shm"):
            answers.book.with_name(f"book.db{ending}").unlink(missing_ok=True)
    score.settle(tally)
