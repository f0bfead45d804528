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
    from collections.abc import Iterator, Mapping

STREAMING: Final = {
    "synchronous_commit": "on",
    "wal_level": "replica",
    "wal_keep_size": "64MB",
    "wal_log_hints": "on",
    "wal_receiver_status_interval": "1s",
    "wal_retrieve_retry_interval": "100ms",
    "max_standby_streaming_delay": "30s",
}
"""What a server needs beyond the others to be one of a pair; `wal_log_hints` is for pg_rewind."""


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
        command = [str(self._binaries / "pg_basebackup"), "-D", str(self.home / "data"), "-d", source, "-R"]
        done = subprocess.run(
            [*command, "-X", "stream", "-c", "fast", "--no-sync"], check=False, capture_output=True, **self._options()
        )
        if done.returncode != 0:
            raise RuntimeError(f"pg_basebackup failed.\n{done.stderr.decode(errors='replace')}")


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


def until(condition: object, seconds: float = PATIENCE) -> None:
    """Wait until a condition holds."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.02)
