"""Runs one command and prints what it took, as JSON: a small process of its own, whose memory hides nobody's.

    python -I -S benchmarks/launch.py '{"command": ["true"], "output": "/dev/null", "limit": 60, ...}'

Linux counts to a child the memory that its parent had when it was started; this program has as good as none.
"""

import json
import os
import pty
import resource
import select
import signal
import sys
import time
from fcntl import ioctl
from struct import pack
from termios import TIOCSWINSZ
from typing import Any


def main() -> None:
    """Start the command, wait for it and tell: seconds, seconds of the processor, kilobytes at the peak, its end."""
    asked = json.loads(sys.argv[1])
    most = asked["megabytes"] * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    reading, writing = _streams(asked)
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, writing, 1),
        (os.POSIX_SPAWN_OPEN, 2, asked["errors"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
    ]
    if asked["terminal"]:
        actions[0] = (os.POSIX_SPAWN_DUP2, writing, 0)
        actions[2] = (os.POSIX_SPAWN_DUP2, writing, 2)
    start = time.perf_counter()
    child = os.posix_spawn(asked["command"][0], asked["command"], os.environ, file_actions=actions, setpgroup=0)
    os.close(writing)
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, asked["limit"])
    _drain(reading, asked["output"])
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    print(
        json.dumps(
            {
                "seconds": seconds,
                "processor": used.ru_utime + used.ru_stime,
                "kilobytes": used.ru_maxrss,
                "code": os.waitstatus_to_exitcode(status),
            }
        )
    )


def _streams(asked: dict[str, Any]) -> tuple[int | None, int]:
    """Return where to read what the command writes, None for nowhere, and its standard output."""
    if asked["terminal"]:
        reading, writing = pty.openpty()
        ioctl(writing, TIOCSWINSZ, pack("HHHH", 40, 120, 0, 0))
        return reading, writing
    if asked["piped"]:
        return os.pipe()
    return None, os.open(asked["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)


def _drain(reading: int | None, output: str) -> None:
    """Read what a pipe or a terminal gives until it ends, and keep it in `output`."""
    if reading is None:
        return
    with open(output, "wb") as kept:  # noqa: PTH123 (this program imports as little as it can)
        while select.select([reading], [], []):
            try:
                block = os.read(reading, 1 << 16)
            except OSError:  # a terminal ends so
                return
            if not block:
                return
            kept.write(block)


main()
