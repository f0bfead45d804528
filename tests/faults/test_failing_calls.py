"""Each system call of a command that touches its folder fails in turn, and the book is as before or as after."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

import pytest
from tests.faults.books import digest, findings, sheet, strangers
from tests.faults.running import needs_strace
from tests.faults.score import Score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.faults.conftest import Survived
    from tests.faults.running import Commands, Ended

SEED: Final = 7
COMMANDS: Final = {
    "add": ("event", "add", "Talk on arrivals", "--date", "2025-01-01"),
    "import": ("import", "people.csv", "--as", "contacts"),
    "backup as a file": ("db", "backup", "copy.db"),
    "backup as an archive": ("db", "backup", "copy.eventrec.zip"),
    "export": ("export", "contacts", "-o", "list.xlsx"),
}
NO_ROOM: Final = ("pwrite64", "write", "ftruncate", "fallocate", "rename", "link")
CALLS: Final = (*NO_ROOM, "pread64", "read", "openat", "fsync", "fdatasync", "unlink")
_LINE: Final = re.compile(r"\d+ +(\w+)\((.*)\) += ")


@dataclass(frozen=True)
class Failure:
    """The n-th call of its kind fails."""

    call: str
    number: int
    error: str

    def options(self, log: Path) -> list[str]:
        """Return the options of strace that make it fail."""
        inject = f"inject={self.call}:error={self.error}:when={self.number}"
        return ["-f", "-y", "-o", str(log), "-e", f"trace={self.call}", "-e", inject]


def failures(log: Path, folder: Path) -> Iterator[Failure]:
    """Yield every way in which a call of the recording that touches the folder can fail."""
    numbers: Counter[str] = Counter()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        found = _LINE.match(line)
        if found is None or found[1] not in CALLS:
            continue
        numbers[found[1]] += 1
        touches = f"{folder}/" if found[1] != "fsync" else str(folder)
        if touches in found[2].replace("AT_FDCWD", "", 1).split(">, ", 1)[-1] or f"<{touches}" in found[2]:
            for error in ("EIO", *["ENOSPC"] * (found[1] in NO_ROOM)):
                yield Failure(found[1], numbers[found[1]], error)


class Failing:
    """A command that is run again and again, each time with another failing call."""

    def __init__(self, template: Path, place: Path, commands: Commands, line: tuple[str, ...]) -> None:
        self._template, self._place, self._line, self._commands = template, place, line, commands
        self._log = place.with_name("log")
        self._fresh()
        self._before = digest(self._book)
        recording = self._run(["-f", "-y", "-o", str(self._log), "-e", f"trace={','.join(CALLS)}"])
        assert recording.code == 0, recording.told()
        self.failures = list(failures(self._log, place))
        self._after = digest(self._book)
        self._made = {path.name: path.read_bytes() for path in place.iterdir()}

    @property
    def _book(self) -> str:
        return str(self._place / "book.db")

    def _fresh(self) -> None:
        shutil.rmtree(self._place, ignore_errors=True)
        shutil.copytree(self._template, self._place)

    def _run(self, trace: list[str]) -> Ended:
        return self._commands(*self._line, address="book.db", folder=self._place, trace=trace)

    def problems(self, failure: Failure) -> list[str] | None:
        """Let it happen and return what is wrong afterwards; None when it did not come to that."""
        self._fresh()
        ended = self._run(failure.options(self._log))
        if "(INJECTED)" not in self._log.read_text(encoding="utf-8", errors="replace"):
            return None
        return [*self._said(ended), *self._book_is_whole(ended), *self._files_are_whole(ended, failure)]

    def _said(self, ended: Ended) -> Iterator[str]:
        if ended.code not in (0, 1, 5) and "eventrec.toml cannot be read" not in ended.err:
            yield ended.told()
        elif "Traceback" in ended.err or (ended.code and "eventrec: " not in ended.err):
            yield f"No sentence: {ended.told()}"

    def _book_is_whole(self, ended: Ended) -> Iterator[str]:
        yield from findings(self._book)
        possible = {self._before, self._after} if ended.code else {self._after}
        if "nothing was saved" in ended.err.lower():
            possible = {self._before}
        if digest(self._book) not in possible:
            yield f"The book is not as it was told: {ended.told()}"

    def _files_are_whole(self, ended: Ended, failure: Failure) -> Iterator[str]:
        left = {path.name: path.read_bytes() for path in self._place.iterdir()}
        for name, content in left.items():
            if name in self._made and not name.startswith(("book.db", ".")) and content != self._made[name]:
                yield f"{name} is half made."
        if not ended.code and set(self._made) - set(left):
            yield "A file is missing that was said to be written."
        if failure.call != "unlink":
            yield from (f"{name} was left." for name in strangers(self._place, *self._made))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Path:
    folder = tmp_path_factory.mktemp("failing")
    shutil.copy(filled, folder)
    (folder / "people.csv").write_bytes(sheet(150))
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_survives_a_failing_call(
    name: str,
    template: Path,
    tmp_path: Path,
    commands: Commands,
    tries: Callable[[int, int], int],
    tally: Survived,
) -> None:
    needs_strace(commands)
    failing = Failing(template, tmp_path / "work", commands, COMMANDS[name])
    score = Score(f"failing system call, {name}")
    chosen = Random(SEED).sample(failing.failures, min(len(failing.failures), tries(2, 200)))  # noqa: S311
    syncs = [failure for failure in failing.failures if failure.call == "fdatasync"]
    for failure in sorted({*chosen, *syncs[-1:]}, key=str):
        if (problems := failing.problems(failure)) is not None:
            score.note(f"{failure.call} {failure.number} fails with {failure.error}", problems)
    assert score.tries > 0
    score.settle(tally)
