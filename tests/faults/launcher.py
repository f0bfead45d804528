"""Starts a command with limits and tells what it took; small itself, since a process begins with its parent's peak.

Run as: python -IS launcher.py REPORT SECONDS OCTETS COMMAND…, where OCTETS of address space are a second wall.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path


def main(report: str, seconds: int, octets: int, command: list[str]) -> None:
    """Run the command, and write its exit code, the peak of its memory (MB), and its time (seconds) as JSON."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (octets, octets))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    begun = time.monotonic()
    child = subprocess.Popen(command, preexec_fn=limit)
    _, status, used = os.wait4(child.pid, 0)
    told = [os.waitstatus_to_exitcode(status), used.ru_maxrss / 1024, time.monotonic() - begun]
    Path(report).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
