"""What a database server says of itself, and of who is asking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventrec.dbapi import Connection

_FACTS: Final = """
SELECT current_setting('server_version'), pg_is_in_recovery(), current_user,
    (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
    coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false), inet_server_addr() IS NOT NULL,
    pg_database_size(current_database()),
    CASE WHEN NOT pg_is_in_recovery() THEN NULL
        WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
        ELSE round(extract(epoch FROM now() - pg_last_xact_replay_timestamp())) END,
    (SELECT count(*) FROM pg_stat_replication)
"""


def facts(connection: Connection) -> dict[str, Any]:
    """Return what is worth knowing: version, primary or standby and its lag in seconds, role, TLS, size in bytes."""
    row = connection.execute(_FACTS).fetchone()
    standby = bool(row[1])
    found = {
        "server": str(row[0]),
        "standby": standby,
        "role": str(row[2]),
        "superuser": bool(row[3]),
        "ssl": bool(row[4]),
        "over_network": bool(row[5]),
        "size": int(row[6]),
    }
    if standby:
        return found | {"lag_seconds": None if row[7] is None else int(row[7])}
    return found | {"standbys": int(row[8])}


def warnings(found: dict[str, Any]) -> Iterator[str]:
    """Yield what to beware of on a server."""
    if found["superuser"]:
        yield f"{found['role']} is a superuser, who may do anything on the server: give staff roles of their own."
    if found["over_network"] and not found["ssl"]:
        yield "The connection is not encrypted: add ?sslmode=require to the address."
    if found.get("lag_seconds"):
        yield f"The standby is {found['lag_seconds']} s behind."
