"""The programs of others, each in an environment of its own that `make peers` sets up."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / ".peers"


def program(peer: str, name: str = "python") -> Path:
    """Return a program of a peer's environment."""
    return ready(peer, "make peers") / "bin" / name


def ready(peer: str, command: str) -> Path:
    """Return a peer's folder, which must hold the versions that are pinned; `command` sets it up."""
    made, (pins,) = FOLDER / peer / "pins.txt", (HERE / "pins").glob(f"{peer}.*")
    if not made.is_file() or made.read_text() != pins.read_text():
        pytest.fail(f"{peer} is not set up, or in another version. Set it up: {command}", pytrace=False)
    return FOLDER / peer


def run(command: list[object], *, more: Mapping[str, str] | None = None) -> str:
    """Run a peer's program, which must succeed, and return what it prints.

    Time zones are those of its environment, not of the machine, which may be years behind.
    """
    environment = {
        **os.environ,
        "PYTHONTZPATH": "",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        **(more or {}),
    }
    done = subprocess.run(
        [str(word) for word in command], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, (
        f"{command[0]} failed ({done.returncode}):\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    )
    return done.stdout


def read(peer: str, folder: Path, names: Iterable[str]) -> dict[str, Any]:
    """Return what a Python package reads in the files of a folder, by their names."""
    script = HERE / "readers" / f"read_with_{peer}.py"
    found: dict[str, Any] = json.loads(run([program(peer), "-I", script, *(folder / name for name in names)]))
    return {Path(path).relative_to(folder).as_posix(): told for path, told in found.items()}
