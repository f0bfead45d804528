"""The power fails: what was said to be saved is there, and of a command in progress all or nothing."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.faults.books import digest, fill, findings, sheet
from tests.faults.disk import after_power_cut
from tests.faults.recording import Said, options, steps
from tests.faults.running import needs_strace
from tests.faults.score import Score

from eventrec import connection
from eventrec.connection import REVISIONS, Standing
from eventrec.db.upgrade import create, downgrade, state, upgrade

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.faults.conftest import Survived
    from tests.faults.recording import Step
    from tests.faults.running import Commands

SEED = 20250301
ADDS = (
    ("event", "add", "Talk on arrivals", "--date", "2025-01-01"),
    ("contact", "add", "LI Na", "--agency", "AG-1"),
    ("event", "cancel", "2", "--reason", "snow"),
    ("participant", "add", "1", "--agency", "AG-3", "--women", "2"),
)
IMPORT = ("import", "../people.csv", "--as", "contacts")
FEW = 2
NEAR_THE_END = 12
"""Every second cut is as near to where a file gets its name and the user is told."""


@dataclass(frozen=True)
class Recorded:
    """Commands that ran one after the other: the files before, every step, and the folder after each command."""

    before: Mapping[str, bytes]
    steps: list[Step]
    first_steps: list[int]
    said: list[int]
    after: list[dict[str, bytes]]

    def possible(self, cut: int) -> range:
        """Return how many of the commands may have happened when the power fails before that step."""
        return range(sum(step < cut for step in self.said), sum(step < cut for step in self.first_steps) + 1)


class Cuts:
    """Fails the power in the middle of recorded commands, again and again."""

    def __init__(self, folder: Path, commands: Commands) -> None:
        needs_strace()
        self.place = folder / "recorded"
        self.place.mkdir()
        self.book = self.place / "book.db"
        self._left = folder / "left"
        self._commands = commands

    def recorded(self, *lines: tuple[str, ...]) -> Recorded:
        """Run the commands one after the other, and note every step."""
        before = contents(self.place)
        found = Recorded(before, [], [], [], [before])
        log = self.place.with_name("log")
        for line in lines:
            there = {path.name for path in self.place.iterdir()}
            seed = str(len(found.after))
            ended = self._commands(*line, address=self.book, folder=self.place, trace=options(log), FAULT_SEED=seed)
            assert ended.code == 0, ended.told()
            found.first_steps.append(len(found.steps))
            found.steps.extend(steps(log, self.place, there))
            found.said.append(
                next(
                    number
                    for number, step in enumerate(found.steps)
                    if number >= found.first_steps[-1] and isinstance(step, Said) and step.text.strip()
                )
            )
            found.after.append(contents(self.place))
        return found

    def put(self, files: Mapping[str, bytes]) -> Path:
        """Lay the files that are left into a folder, and return that."""
        shutil.rmtree(self._left, ignore_errors=True)
        self._left.mkdir()
        for name, content in files.items():
            (self._left / name).write_bytes(content)
        return self._left

    def score(self, fault: str, recorded: Recorded, times: int, problems: Callable[[Path, range], list[str]]) -> Score:
        """Fail the power so many times; `problems` says what is wrong with a folder then."""
        chance = Random(f"{SEED} {fault}")  # noqa: S311
        score = Score(fault)
        for number in range(times):
            last = len(recorded.steps)
            cut = chance.randint(chance.choice((1, max(1, last - NEAR_THE_END))), last)
            left = self.put(after_power_cut(recorded.before, recorded.steps[:cut], chance))
            wrong = problems(left, recorded.possible(cut))
            score.note(f"try {number} of seed {SEED}, cut before step {cut}", wrong, lost=bool(wrong))
        return score

    def books(self, recorded: Recorded) -> Callable[[Path, range], list[str]]:
        """Return what finds out whether the book of a folder is one of those it may be."""
        known = [digest(str(self.put(files) / "book.db")) for files in recorded.after]

        def problems(left: Path, possible: range) -> list[str]:
            address = str(left / "book.db")
            if not (left / "book.db").exists():
                return ["The book is gone."]
            try:
                found = digest(address)
            except Exception as error:
                return [f"The book cannot be read: {error!r}"]
            if found not in [known[number] for number in possible]:
                return [f"The book is as after {known.index(found)} commands, not {possible}."]
            older = state(address)[0] is Standing.OLDER
            if older:
                upgrade(address)
            return findings(address)

        return problems


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def cuts(tmp_path: Path, commands: Commands) -> Cuts:
    return Cuts(tmp_path, commands)


def test_power_cut_in_single_commands(cuts: Cuts, tries: Callable[[int, int], int], tally: Survived) -> None:
    fill(str(cuts.book))
    recorded = cuts.recorded(*ADDS)
    cuts.score("power cut, adds", recorded, tries(FEW, 60), cuts.books(recorded)).settle(tally)


def test_power_cut_while_others_read(cuts: Cuts, tries: Callable[[int, int], int], tally: Survived) -> None:
    """As long as somebody reads, what was saved stands in the log beside the book."""
    fill(str(cuts.book))
    with contextlib.closing(connection.open_for_reading(str(cuts.book))) as reader:
        reader.execute("SELECT count(*) FROM event").fetchall()
        recorded = cuts.recorded(*ADDS)
    cuts.score("power cut, adds while others read", recorded, tries(FEW, 60), cuts.books(recorded)).settle(tally)


def test_power_cut_in_an_import(cuts: Cuts, tries: Callable[[int, int], int], tally: Survived) -> None:
    fill(str(cuts.book))
    cuts.place.with_name("people.csv").write_bytes(sheet(300))
    recorded = cuts.recorded(IMPORT)
    cuts.score("power cut, import", recorded, tries(FEW, 40), cuts.books(recorded)).settle(tally)


def test_power_cut_in_a_migration(cuts: Cuts, tries: Callable[[int, int], int], tally: Survived) -> None:
    fill(str(cuts.book))
    downgrade(str(cuts.book), REVISIONS[-2])
    recorded = cuts.recorded(("db", "upgrade"))
    books = cuts.books(recorded)
    before = digest(str(cuts.put(recorded.before) / "book.db"))

    def problems(left: Path, possible: range) -> list[str]:
        kept = [path for path in left.glob("*before-*.db") if not path.name.startswith(".")]
        half = [path.name for path in kept if not whole(path, before)]
        missing = not kept and 0 not in possible
        return books(left, possible) + [f"{name} is half made." for name in half] + ["No backup is there."] * missing

    cuts.score("power cut, migration", recorded, tries(FEW, 40), problems).settle(tally)


def whole(path: Path, expected: str) -> bool:
    """Tell whether a book that lies there holds what it should."""
    try:
        return digest(str(path)) == expected
    except Exception:
        return False


def test_power_cut_while_a_book_is_made(cuts: Cuts, tries: Callable[[int, int], int], tally: Survived) -> None:
    recorded = cuts.recorded(("init",))

    def problems(left: Path, possible: range) -> list[str]:
        address = str(left / "book.db")
        try:
            if 0 in possible and (not (left / "book.db").exists() or state(address)[0] is Standing.EMPTY):
                create(address)
            return findings(address)
        except Exception as error:
            return [f"There is no book: {error!r}"]

    cuts.score("power cut, a new book", recorded, tries(FEW, 20), problems).settle(tally)


@pytest.mark.parametrize(
    ("what", "line", "name"),
    [
        ("backup as a file", ("db", "backup", "copy.db"), "copy.db"),
        ("backup as an archive", ("db", "backup", "copy.eventrec.zip"), "copy.eventrec.zip"),
        ("export", ("export", "contacts", "-o", "list.xlsx", "--force"), "list.xlsx"),
    ],
)
def test_power_cut_while_a_file_is_written(
    cuts: Cuts,
    what: str,
    line: tuple[str, ...],
    name: str,
    tries: Callable[[int, int], int],
    tally: Survived,
) -> None:
    """A file with its proper name is the old one or the new one, never a part, and there once that was said."""
    fill(str(cuts.book))
    if what == "export":
        (cuts.place / name).write_bytes(b"an older list")
    recorded = cuts.recorded(line)
    books = cuts.books(recorded)

    def problems(left: Path, possible: range) -> list[str]:
        found = (left / name).read_bytes() if (left / name).exists() else None
        right = found in [recorded.after[number].get(name) for number in possible]
        return books(left, possible) + ([] if right else [f"{name} is not as it was written."])

    cuts.score(f"power cut, {what}", recorded, tries(FEW, 25), problems).settle(tally)
