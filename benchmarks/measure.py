"""One command as a whole process: how long it takes, and how much memory."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LIMIT: Final = 120.0
"""Seconds after which a command is ended."""

ENDED: Final = "ended after"

LONG: Final = 5.0
"""Seconds after which a first run is as good as any."""

MEGABYTES: Final = 3_000
"""Memory that a command may ask for; one that needs more fails."""

_LAUNCH: Final = Path(__file__).with_name("launch.py")


@dataclass(frozen=True)
class Side:
    """One of those that do the same work: eventrec, a floor or a peer.

    `piped` reads what it writes, as `| cat` does; else it goes to a file, on the first run, and to /dev/null. `before`
    is done before each run and not measured. `runs` is how often, where the row's number would take too long.
    """

    name: str
    command: Sequence[object]
    runs: int | None = None
    piped: bool = False
    terminal: bool = False
    limit: float = LIMIT
    before: Callable[[], object] | None = None
    note: str = ""

    @property
    def words(self) -> list[str]:
        """The command as strings."""
        return [str(word) for word in self.command]


@dataclass
class Measured:
    """What the runs of one side came to."""

    side: Side
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    megabytes: float = 0.0
    failure: str = ""
    output: Path = Path("/dev/null")
    """What the first run wrote to its standard output."""

    @property
    def ended(self) -> bool:
        """Tell whether it took longer than it may and was ended."""
        return self.failure.startswith(ENDED)

    @property
    def median(self) -> float:
        """The median in seconds; of one that failed, when it did."""
        return statistics.median(self.seconds) if self.seconds else 0.0


@dataclass(frozen=True)
class Told:
    """What one run came to; `failure` says why it is none."""

    seconds: float
    processor: float
    megabytes: float
    failure: str = ""


def in_turn(sides: Sequence[Side], runs: int, folder: Path, environment: Mapping[str, str]) -> dict[str, Measured]:
    """Run each side after the other, again and again; one that fails is not asked again.

    The first run of all warms the caches and keeps what was written. It counts only for a side that has no other, or
    that takes so long that it does not matter.
    """
    found = {side.name: Measured(side) for side in sides}
    for run in range(runs + 1):
        for number, side in enumerate(sides):
            measured = found[side.name]
            wanted = runs if side.runs is None else side.runs
            if measured.failure or len(measured.seconds) >= wanted:
                continue
            kept = folder / f"{number}.out"
            if run == 0:
                measured.output = kept
            told = once(side, kept if run == 0 else Path(os.devnull), folder / "errors", environment)
            measured.megabytes = max(measured.megabytes, told.megabytes)
            measured.failure = told.failure
            if run > 0 or wanted == 1 or told.failure or told.seconds > LONG:
                measured.seconds.append(told.seconds)
                measured.processor.append(told.processor)
            print(".", end="", file=sys.stderr, flush=True)
    return found


def once(side: Side, output: Path, errors: Path, environment: Mapping[str, str]) -> Told:
    """Run a command once, after what has to be done before."""
    if side.before:
        side.before()
    asked = {
        "command": side.words,
        "output": str(output),
        "errors": str(errors),
        "limit": side.limit,
        "megabytes": MEGABYTES,
        "piped": side.piped,
        "terminal": side.terminal,
    }
    launch = [sys.executable, "-I", "-S", str(_LAUNCH), json.dumps(asked)]
    done = subprocess.run(launch, env=dict(environment), check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    failure = ""
    if told["code"] == -signal.SIGKILL and told["seconds"] >= side.limit:
        failure = f"{ENDED} {side.limit:.0f} s"
    elif told["code"]:
        failure = f"left with {told['code']}: {_last_line(output if side.terminal else errors)}"
    return Told(told["seconds"], told["processor"], told["kilobytes"] / 1024, failure)


def _last_line(path: Path) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.is_file() else []
    return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")
