"""SQLAlchemy's engine over the connections of `eventrec.connection`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool

from eventrec import connection
from eventrec.driver_errors import unheard

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

unheard("sqlalchemy")


def engine(
    address: str, *, check: bool = True, timeout: float | None = None, connect_seconds: int | None = None
) -> Engine:
    """Return an engine that writes to the book; transactions on SQLite take the write lock when they begin.

    With `check` false the schema is not compared: for making and upgrading a book. On PostgreSQL transactions are
    SERIALIZABLE, so that checks across rows (cycles, the last head of a head-count) hold. `timeout` is how many
    seconds to wait for another writer, `connect_seconds` for each host of a server, where the address must not decide.
    """

    def creator() -> Any:  # noqa: ANN401
        opened = connection.open_for_writing(address, check=check, timeout=timeout, connect_seconds=connect_seconds)
        raw = opened.raw
        if connection.is_postgresql(address):
            raw.autocommit = False
        return raw

    if connection.is_postgresql(address):
        return create_engine(
            "postgresql+psycopg://", creator=creator, poolclass=NullPool, isolation_level="SERIALIZABLE"
        )
    made = create_engine("sqlite://", creator=creator, poolclass=NullPool)
    event.listen(made, "begin", begin_immediate)
    return made


def begin_immediate(opened: Connection) -> None:
    """Take SQLite's write lock at once: a transaction that began by reading may lose its updates silently."""
    opened.exec_driver_sql("BEGIN IMMEDIATE")


def reading_engine(address: str, *, check: bool = True) -> Engine:
    """Return an engine whose transactions see one moment of the book, change nothing and hold up nobody.

    With `check` false the schema is not compared.
    """

    def creator() -> Any:  # noqa: ANN401
        raw = connection.open_for_reading(address, check=check).raw
        if connection.is_postgresql(address):
            raw.autocommit = False
        return raw

    if connection.is_postgresql(address):
        return create_engine(
            "postgresql+psycopg://", creator=creator, poolclass=NullPool, isolation_level="REPEATABLE READ"
        )
    made = create_engine("sqlite://", creator=creator, poolclass=NullPool)
    event.listen(made, "begin", _begin)
    return made


def _begin(opened: Connection) -> None:
    opened.exec_driver_sql("BEGIN")
