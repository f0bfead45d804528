"""Running a command line in a process of its own, whose memory and time are measured and limited."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_LAUNCHER: Final = Path(__file__).with_name("launcher.py")
MEGABYTES: Final = 300
"""What no command may need, whatever it is given."""

_WALL: Final = 1_200 * 2**20


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, what it wrote, the peak of its memory, and its time."""

    code: int
    out: str
    err: str
    megabytes: float
    seconds: float


def eventrec(
    *words: object,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    source: IO[bytes] | int = subprocess.DEVNULL,
    seconds: int = 120,
) -> Ended:
    """Run a command line in a folder; the memory is that of the largest of its processes."""
    report = folder / ".took"
    command = [sys.executable, "-m", "eventrec.cli.main", "--no-input", *map(str, words)]
    done = subprocess.run(
        [sys.executable, "-IS", str(_LAUNCHER), str(report), str(seconds), str(_WALL), *command],
        check=True,
        cwd=folder,
        stdin=source,
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1", **(environment or {})},
        timeout=seconds * 3,
    )
    code, megabytes, took = json.loads(report.read_text(encoding="utf-8"))
    out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    return Ended(code, out, err, megabytes, took)


def harmless(ended: Ended, *codes: int) -> str:
    """Return what is wrong with how a command ended, nothing when it was refused or done within its limits."""
    if "Traceback" in ended.err or "Traceback" in ended.out:
        return ended.err[-2000:]
    if ended.code not in codes:
        return f"exit {ended.code}: {ended.err[-500:]}"
    if ended.megabytes > MEGABYTES:
        return f"{ended.megabytes:.0f} MB"
    return ""
