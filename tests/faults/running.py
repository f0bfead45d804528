"""Real command lines in processes of their own, undisturbed, killed, traced, or with less of what they need."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code (negative: the signal that ended it), how long it took, and what it said."""

    code: int
    seconds: float
    killed: bool
    out: str
    err: str

    def told(self) -> str:
        return f"exit {self.code}: {self.err.strip() or self.out[:200]}"


class Commands:
    """Runs command lines in forked children of one process that has everything imported."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="eventrec-faults-"))
        self.folder.chmod(0o711)  # it is the home of whoever runs a command
        environment = {**os.environ, "PYTHONHASHSEED": "0", "EVENTREC_USER": "tester", "HOME": str(self.folder)}
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "warm.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self.folder,
            env=environment,
            text=True,
        )

    def __call__(
        self,
        *arguments: object,
        address: str | Path,
        folder: Path | None = None,
        kill_after: float | None = None,
        trace: Sequence[str] = (),
        largest_file: int | None = None,
        user: int | None = None,
        **environment: str,
    ) -> Ended:
        """Run a command line on the book at an address.

        `kill_after` is in seconds from its start, `largest_file` in bytes, `trace` the options of strace, `user` the
        number of the user who runs it.
        """
        out, err = self.folder / "out", self.folder / "err"
        request = {
            "arguments": [str(each) for each in arguments],
            "environment": {"EVENTREC_DATABASE": str(address), **environment},
            "folder": str(folder or self.folder),
            "kill_after": kill_after,
            "trace": list(trace),
            "largest_file": largest_file,
            "user": user,
            "out": str(out),
            "err": str(err),
        }
        answer = self._asked(request)
        written = [path.read_text(encoding="utf-8", errors="replace") for path in (out, err)]
        return Ended(answer["code"], answer["seconds"], answer["killed"], *written)

    def _asked(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        assert self._process.stdout is not None
        self._process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@functools.cache
def why_no_trace(commands: Commands) -> str:
    """Return why system calls cannot be followed here, empty when they can."""
    if shutil.which("strace") is None:
        return "There is no strace here (Debian: apt install strace): system calls can be neither recorded nor failed."
    tried = commands("--version", address="", trace=["-o", os.devnull, "-e", "trace=getpid"])
    return (
        ""
        if tried.code == 0
        else "strace may not follow programs here: system calls can be neither recorded nor failed."
    )


def needs_strace(commands: Commands) -> None:
    if reason := why_no_trace(commands):
        pytest.skip(reason)
