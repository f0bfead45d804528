"""What is handed over as a book and is none, may not be written, or has no room: a sentence, a code, no change."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

import pytest
from openpyxl import Workbook
from tests.faults.answers import CHECK, READING, WRITING, Answers, no_sentence
from tests.faults.books import digest, findings, sheet, strangers
from tests.faults.score import Score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.faults.conftest import Survived
    from tests.faults.running import Commands

SEED: Final = 1911
UNPRIVILEGED: Final = 65534
LINES: Final = (
    READING["event list"],
    READING["report"],
    READING["export calendar"],
    CHECK,
    READING["db info"],
    WRITING["event add"],
    WRITING["import"],
    ("db", "backup", "copy.db"),
    ("db", "upgrade"),
)
"""What is tried on every strange file."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Path:
    folder = tmp_path_factory.mktemp("strange")
    shutil.copy(filled, folder)
    (folder / "people.csv").write_bytes(sheet(20))
    return folder


@pytest.fixture
def answers(template: Path, tmp_path: Path, commands: Commands) -> Answers:
    made = Answers(commands, tmp_path / "work", template)
    shutil.copytree(template, made.folder)
    return made


def other_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as opened:
        opened.executescript("CREATE TABLE bookmark (id INTEGER, place TEXT); INSERT INTO bookmark VALUES (1, 'x');")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
        opened.execute("PRAGMA user_version = 77")


def workbook(path: Path) -> None:
    made = Workbook()
    made.active.append(["name", "LI Na"])
    made.save(path.with_name("list.xlsx"))
    path.with_name("list.xlsx").rename(path)


STRANGE: Final[dict[str, Callable[[Path], object]]] = {
    "another program's database": other_program,
    "a newer schema": newer,
    "a text": lambda path: path.write_text("Minutes of the meeting\n" * 500),
    "a workbook": workbook,
    "nothing at all": lambda path: path.write_bytes(b""),
    "one byte": lambda path: path.write_bytes(b"S"),
    "zeros": lambda path: path.write_bytes(bytes(8192)),
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
    "a device": lambda path: path.symlink_to(os.devnull),
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("what", STRANGE)
def test_what_is_no_book_is_said_to_be_none_and_left_alone(what: str, answers: Answers, tally: Survived) -> None:
    if what != "a newer schema":
        answers.book.unlink()
    STRANGE[what](answers.book)
    before = state_of(answers.folder)
    score = Score("file that is no book")
    for line in LINES:
        ended = answers.ask(*line)
        copied = what == "a newer schema" and "backup" in line  # a copy needs no knowledge of what is in it
        wrong = no_sentence(" ".join(line), ended, (0,) if copied else (5,))
        if copied:
            (answers.folder / "copy.db").unlink()
        wrong += [] if state_of(answers.folder) == before else ["It was changed."]
        score.note(f"{what}, {' '.join(line)}", wrong)
    score.settle(tally)


def state_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return what lies in a folder: of each name the kind, and the content of a file."""
    return {
        path.name: (stat.S_IFMT(path.lstat().st_mode), path.read_bytes() if path.is_file() else b"")
        for path in folder.iterdir()
    }


def test_a_file_that_was_cut_off(
    answers: Answers, template: Path, tries: Callable[[int, int], int], tally: Survived
) -> None:
    content = (template / "book.db").read_bytes()
    chance = Random(SEED)  # noqa: S311
    score = Score("file cut off")
    for number in range(tries(2, 60)):
        length = (0, 1, 99, 100, 512, 4095, 4096)[number % 7] if number % 2 else chance.randrange(len(content))
        answers.book.write_bytes(content[:length])
        before = state_of(answers.folder)
        wrong = []
        for line in (CHECK, *chance.sample(LINES[:3], 1), *chance.sample(LINES[5:], 1)):
            ended = answers.ask(*line)
            wrong += no_sentence(" ".join(line), ended, (1, 5) if line == CHECK else (0, 1, 5))
            if state_of(answers.folder) != before:
                if ended.code != 0:
                    wrong.append(f"{' '.join(line)} failed and changed the folder.")
                shutil.rmtree(answers.folder)
                shutil.copytree(template, answers.folder)
                answers.book.write_bytes(content[:length])
        score.note(f"cut off at {length}", wrong)
    score.settle(tally)


def test_a_disk_that_is_full(
    answers: Answers, template: Path, tries: Callable[[int, int], int], tally: Survived
) -> None:
    """No file may grow beyond so many bytes: what is written is whole, or nothing of it is there."""
    backups = ("db", "backup", "copy.db"), ("db", "backup", "copy.eventrec.zip")
    exports = ("export", "participants", "-o", "list.xlsx"), ("export", "all", "-o", "all")
    lines = (WRITING["event add"], WRITING["import"], *backups, *exports)
    size = (template / "book.db").stat().st_size
    chance = Random(SEED)  # noqa: S311
    refused = 0
    score = Score("disk full")
    for number in range(tries(6, 60)):
        shutil.rmtree(answers.folder)
        shutil.copytree(template, answers.folder)
        before = digest(str(answers.book))
        line = lines[number % len(lines)]
        room = chance.choice((0, 512, 4096, chance.randrange(size), size, size + chance.randrange(60_000)))
        ended = answers.commands(*line, address=answers.book, folder=answers.folder, largest_file=room)
        wrong = no_sentence(" ".join(line), ended, (0, 1, 5)) + findings(str(answers.book))
        refused += ended.code != 0
        if ended.code:
            wrong += [] if digest(str(answers.book)) == before else ["It failed, and the book was changed."]
            left = [name for name in strangers(answers.folder, "book.db", "people.csv") if name != "all"]
            wrong += [f"{name} was left." for name in left]
        score.note(f"{' '.join(line)}, at most {room} bytes", wrong)
    assert refused
    score.settle(tally)


@pytest.fixture
def small_disk(template: Path, tmp_path: Path) -> Iterator[Path]:
    """A disk in memory on which a book fits and little more."""
    place = tmp_path / "small"
    place.mkdir()
    size = sum(path.stat().st_size for path in template.iterdir()) + 300_000
    line = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    mounted = shutil.which("mount") and subprocess.run(line, check=False, capture_output=True)
    if not mounted or mounted.returncode:
        pytest.skip("A small disk can only be made by root, where that may mount one.")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_small_disk_that_fills_up(
    small_disk: Path,
    template: Path,
    tmp_path: Path,
    commands: Commands,
    tries: Callable[[int, int], int],
    tally: Survived,
) -> None:
    """The disk is real: also the files that readers and writers share find no room."""
    score = Score("disk full, a small one")
    many = ("import", str(tmp_path / "many.csv"), "--as", "contacts")
    backups = ("db", "backup", "copy.db"), ("db", "backup", "copy.eventrec.zip")
    lines = (many, *backups, WRITING["event add"], ("export", "all", "-o", "all"))
    (tmp_path / "many.csv").write_bytes(sheet(800))
    refused = 0
    for number in range(tries(2, 30)):
        shutil.copy(template / "book.db", small_disk / "book.db")
        before = digest(str(small_disk / "book.db"))
        ballast = small_disk / "ballast"
        ballast.write_bytes(bytes(number // len(lines) % 10 * 30_000))
        line = lines[number % len(lines)]
        ended = commands(*line, address=small_disk / "book.db", folder=small_disk)
        ballast.unlink()
        wrong = no_sentence(" ".join(line), ended, (0, 1, 5)) + findings(str(small_disk / "book.db"))
        refused += ended.code != 0
        if ended.code:
            wrong += [] if digest(str(small_disk / "book.db")) == before else ["It failed, and the book was changed."]
            wrong += [f"{name} was left." for name in strangers(small_disk, "book.db") if name != "all"]
        score.note(f"{' '.join(line)}, try {number}", wrong)
        for path in small_disk.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert refused
    score.settle(tally)


@pytest.fixture
def reachable(template: Path, commands: Commands) -> Iterator[Answers]:
    """A folder that also somebody who is not root can reach, whose owner is nobody in particular."""
    place = Path(tempfile.mkdtemp(prefix="eventrec-readonly-"))
    made = Answers(commands, place / "work", template)
    shutil.copytree(template, made.folder)
    place.chmod(0o755)
    if os.geteuid() == 0:
        for path in (place, made.folder, *made.folder.iterdir()):
            os.chown(path, UNPRIVILEGED, UNPRIVILEGED)
    yield made
    made.folder.chmod(0o755)
    shutil.rmtree(place)


@pytest.mark.parametrize("where", ["folder", "file"])
def test_what_may_only_be_read_can_be_read_and_is_left_alone(where: str, reachable: Answers, tally: Survived) -> None:
    answers, somebody = reachable, UNPRIVILEGED if os.geteuid() == 0 else None
    answers.book.chmod(0o444)
    if where == "folder":
        answers.folder.chmod(0o555)
    before = state_of(answers.folder)
    score = Score(f"read-only {where}")
    readable = [*LINES[:3], READING["db info"], ("db", "backup", "../copy.db"), ("db", "backup", "../c.eventrec.zip")]
    for line in (*readable, CHECK, WRITING["event add"], WRITING["import"], ("db", "backup", "copy.db")):
        ended = answers.commands(*line, address=answers.book, folder=answers.folder, user=somebody)
        codes = (0,) if line in readable else (0, 1, 5) if "backup" in line or line == CHECK else (5,)
        wrong = no_sentence(" ".join(line), ended, codes)
        now = {name: found for name, found in state_of(answers.folder).items() if name in before}
        wrong += [] if now == before else [f"It was changed: {sorted(now)}"]
        wrong += [f"{name} was left." for name in strangers(answers.folder, "book.db", "people.csv", "copy.db")]
        score.note(" ".join(line), wrong)
    score.settle(tally)
