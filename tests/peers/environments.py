"""The programs of others, each in an environment of its own that `make peers` sets up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / ".peers"
LONGEST = 300
"""Seconds that a peer may take."""


def program(peer: str, name: str = "python") -> Path:
    """Return a program of a peer's environment."""
    return ready(peer, "make peers") / "bin" / name


def ready(peer: str, command: str) -> Path:
    """Return a peer's folder, which must hold the versions that are pinned; `command` sets it up."""
    made, (pins,) = FOLDER / peer / "pins.txt", (HERE / "pins").glob(f"{peer}.*")
    if not made.is_file() or made.read_text() != pins.read_text():
        pytest.fail(f"{peer} is not set up, or in another version. Set it up: {command}", pytrace=False)
    return FOLDER / peer


def run(command: Sequence[object], *, where: Path | None = None) -> str:
    """Run a peer's program, which must succeed, and return what it prints.

    Time zones are those of its environment, not of the machine, which may be years behind; no proxy stands between.
    """
    steady = {"PYTHONTZPATH": "", "PYTHONUTF8": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "no_proxy": "*", "NO_PROXY": "*"}
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd=where, env={**os.environ, **steady}, capture_output=True, text=True, check=False, timeout=LONGEST
    )
    assert done.returncode == 0, f"{words[0]} failed ({done.returncode}): {done.stdout[-2000:]}{done.stderr[-4000:]}"
    return done.stdout


def read(peer: str, folder: Path, names: Iterable[str]) -> dict[str, Any]:
    """Return what a Python package reads in the files of a folder, by their names."""
    return _read([program(peer), "-W", "ignore", HERE / "readers" / f"read_with_{peer}.py"], folder, names)


def read_with_icaljs(folder: Path, names: Iterable[str]) -> dict[str, Any]:
    """Return what ical.js reads in the files of a folder, by their names."""
    script = HERE / "readers" / "read_with_icaljs.mjs"
    return _read(["node", script], folder, names, where=ready("icaljs", "make interop"))


def read_with_libical(folder: Path, names: Iterable[str]) -> dict[str, Any]:
    """Return what libical reads in the files of a folder, by their names; in a process of its own, as it is C."""
    return _read([sys.executable, HERE / "readers" / "read_with_libical.py"], folder, names)


def _read(command: Sequence[object], folder: Path, names: Iterable[str], where: Path | None = None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run([*command, *(folder / name for name in names)], where=where))
    return {Path(path).relative_to(folder).as_posix(): told for path, told in found.items()}
