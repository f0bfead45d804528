"""A primary and its streaming standby for the tests, which may be stopped, promoted and joined again."""

from __future__ import annotations

import contextlib
import subprocess
import time
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import psycopg
from tests.postgres import PATIENCE, USER, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

STREAMING: Final = {
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_level": "replica",
    "wal_keep_size": "64MB",
    "wal_log_hints": "on",
    "wal_receiver_status_interval": "1s",
    "wal_retrieve_retry_interval": "100ms",
    "max_standby_streaming_delay": "30s",
}
"""What a server needs beyond the others to be one of a pair.

`full_page_writes` and `wal_log_hints` are for pg_rewind; the recovery that it runs reads them from the server's file.
"""


class Primary(Server):
    """A server that others may stream from."""

    def __init__(self, settings: Mapping[str, str] | None = None) -> None:
        super().__init__({**STREAMING, **(settings or {})})

    def wait_for_standby(self, *, synchronous: bool = False) -> None:
        """Wait until a standby streams; with `synchronous` every later commit waits for one."""
        if synchronous:
            self.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
            self.ask("SELECT pg_reload_conf()")
        state = "sync" if synchronous else "async"
        sql = f"SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = '{state}'"
        until(lambda: self.ask(sql) == "1")

    def follow(self, other: Primary) -> None:
        """Become the standby of a server that took over; what only this one had is gone."""
        source = f"host={other.home} user={USER} dbname=postgres application_name=standby"
        self._run("pg_rewind", "-D", str(self.home / "data"), f"--source-server={source}", "-R", "--no-sync")
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._binaries / program), *arguments]
        done = subprocess.run(command, check=False, capture_output=True, **self._options())
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed.\n{done.stdout.decode()}{done.stderr.decode(errors='replace')}")

    def _initialise(self) -> None:
        super()._initialise()
        with (self.home / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in STREAMING.items())

    def ask(self, sql: str) -> str:
        """Run one statement as the administrator and return its first cell as text."""
        with contextlib.closing(psycopg.connect(self.url("postgres"), autocommit=True)) as connection:
            cursor = connection.execute(sql.encode())
            row = cursor.fetchone() if cursor.description else None
        return "" if row is None else str(row[0])


class Standby(Primary):
    """A server that streams from a primary, whose data it begins with."""

    def __init__(self, primary: Primary, settings: Mapping[str, str] | None = None) -> None:
        self._primary = primary
        super().__init__(settings)

    def promote(self) -> None:
        """Make this server one that is written to; returns when it is."""
        assert self.ask("SELECT pg_promote(true, 30)") == "True"

    def catch_up(self) -> None:
        """Wait until everything that the primary has committed can be read here."""
        place = self._primary.ask("SELECT pg_current_wal_lsn()")
        until(lambda: self.ask(f"SELECT pg_last_wal_replay_lsn() >= '{place}'") == "True")

    def _initialise(self) -> None:
        source = f"host={self._primary.home} user={USER} application_name=standby"
        data = str(self.home / "data")
        self._run("pg_basebackup", "-D", data, "-d", source, "-R", "-X", "stream", "-c", "fast", "--no-sync")


def address_of(servers: list[Server], database: str, attributes: str = "read-write") -> str:
    """Return one address for several servers; libpq takes the first that is as `attributes` says."""
    hosts = quote(",".join(str(server.home) for server in servers), safe=",")
    return f"postgresql://{USER}@/{database}?host={hosts}&target_session_attrs={attributes}&connect_timeout=5"


@contextlib.contextmanager
def pair(*, synchronous: bool, standby: Mapping[str, str] | None = None) -> Iterator[tuple[Primary, Standby]]:
    """Start a primary with a standby; both are gone afterwards. `standby` are settings of the second one."""
    first = Primary()
    try:
        second = Standby(first, standby)
        try:
            first.wait_for_standby(synchronous=synchronous)
            yield first, second
        finally:
            second.stop()
    finally:
        first.stop()


def until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.02)
