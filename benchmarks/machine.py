"""What it was measured on: the machine's kind, and the versions of everybody."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.ground import ROOT

OWN: Final = ("eventrec", "typer", "SQLAlchemy", "icalendar", "XlsxWriter", "email-validator", "psycopg")
PEERS: Final = ("khal", "khard", "sqlite-utils", "icalendar", "vobject", "ical", "openpyxl", "csvkit")


def today() -> str:
    """Return the day as YYYY-MM-DD, in UTC."""
    return datetime.now(UTC).date().isoformat()


def kind() -> str:
    """Return processor, cores, memory and system in one line."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{cores} cores of {_processor()}, {gigabytes:.0f} GB, {platform.system()} {platform.release().split('-')[0]},"
        f" Python {platform.python_version()}"
    )


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def versions() -> list[str]:
    """Return the versions of eventrec's own side, of the databases, and of the peers that are set up."""
    own = ", ".join(f"{name} {version(name)}" for name in OWN)
    found = [f"eventrec's environment: {own}", f"SQLite of Python: {sqlite3.sqlite_version}"]
    if program := shutil.which("sqlite3"):
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        found.append(f"sqlite3 shell: {told.split()[0]}")
    found.append(f"PostgreSQL: {_postgresql()}")
    return [*found, *(f"{name}: {_pinned(name)}" for name in PEERS if (ROOT / ".peers" / name / "pins.txt").is_file())]


def _postgresql() -> str:
    from tests.postgres import binaries

    try:
        program = binaries() / "postgres"
        return subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    except (OSError, RuntimeError):
        return "none"


def _pinned(name: str) -> str:
    """Return all that is in a peer's environment, the peer first."""
    lines = (ROOT / ".peers" / name / "pins.txt").read_text(encoding="utf-8").split()
    first = [line for line in lines if line.lower().startswith(f"{name.lower()}==")]
    return ", ".join([*first, *(line for line in lines if line not in first)])
