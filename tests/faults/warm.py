"""A process that has eventrec imported already, and runs each command line in a child of its own.

It is run as a script: one JSON request a line on standard input, one JSON answer a line on standard output. The clock
stands still and every child gives out the same uids, so that a command leaves the same rows whenever it is run.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import pkgutil
import resource
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, tzinfo
from itertools import count
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

import eventrec
import eventrec.book
import eventrec.config
from eventrec.cli.main import main as command_line

_ANYBODY_MAY_TRACE: Final = 0x59616D61, -1
_LOOK_EVERY: Final = 0.0005


class _StandingClock(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _StandingClock:
        return cls(2026, 1, 2, 3, 4, 5, tzinfo=tz or UTC)


def prepare() -> None:
    """Import everything, and stop the clock."""
    for module in pkgutil.walk_packages(eventrec.__path__, "eventrec."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("alembic.command", "alembic.config", "alembic.runtime.migration", "psycopg", "sqlalchemy.dialects"):
        importlib.import_module(name)
    eventrec.config.user_folders(os.environ)
    numbers = count(1)

    def uid() -> UUID:
        return uuid5(NAMESPACE_URL, f"{os.environ.get('FAULT_SEED', '')}/{next(numbers)}")

    def uids(number: int) -> list[str]:
        return [str(uid()) for _ in range(number)]

    eventrec.book.uuid4 = uid
    vars(eventrec.book)["_new_uids"] = uids
    eventrec.book.datetime = _StandingClock


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Run one command line, and kill or trace it if that is asked for."""
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        _be_the_command(request)
    tracer = _traced(child, request["trace"]) if request["trace"] else None
    status, killed = _waited(child, started, request["kill_after"])
    if tracer is not None:
        tracer.wait()
    return {"code": os.waitstatus_to_exitcode(status), "seconds": time.perf_counter() - started, "killed": killed}


def _be_the_command(request: dict[str, Any]) -> None:
    code = 1
    try:
        for name, descriptor in (("/dev/null", 0), (request["out"], 1), (request["err"], 2)):
            os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), descriptor)
        os.chdir(request["folder"])
        os.environ.update(request["environment"])
        if request["largest_file"] is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (request["largest_file"], request["largest_file"]))
        if request["user"] is not None:
            os.setgroups([])
            os.setgid(request["user"])
            os.setuid(request["user"])
        if request["trace"]:
            with contextlib.suppress(AttributeError):
                ctypes.CDLL(None).prctl(*_ANYBODY_MAY_TRACE, 0, 0, 0)
            os.kill(os.getpid(), signal.SIGSTOP)
        code = _left_with(request["arguments"])
    finally:
        os._exit(code)


def _left_with(arguments: list[str]) -> int:
    sys.argv = ["eventrec", *arguments]
    try:
        command_line(arguments)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    return code


def _traced(child: int, options: list[str]) -> subprocess.Popen[bytes]:
    """Let strace follow the child, which waits for it."""
    os.waitpid(child, os.WUNTRACED)
    tracer = subprocess.Popen(["strace", *options, "-p", str(child)], stderr=subprocess.PIPE)
    assert tracer.stderr is not None
    line = tracer.stderr.readline()
    if b"attached" not in line:
        os.kill(child, signal.SIGKILL)
    os.kill(child, signal.SIGCONT)
    return tracer


def _waited(child: int, started: float, kill_after: float | None) -> tuple[int, bool]:
    """Wait for the child, and kill it when its time is over; tells whether it was."""
    if kill_after is None:
        return os.waitpid(child, 0)[1], False
    while time.perf_counter() - started < kill_after:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status, False
        time.sleep(min(_LOOK_EVERY, max(0.0, kill_after - (time.perf_counter() - started))))
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    return status, os.waitstatus_to_exitcode(status) == -signal.SIGKILL


if __name__ == "__main__":
    prepare()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()
