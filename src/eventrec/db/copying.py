"""Many rows at once into a table: by executemany, or by COPY over SQLAlchemy's own connection, in its transaction."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection

    Insert = Callable[[str, Sequence[str], Sequence[Sequence[Any]]], None]
    """Adds rows to a table: its name, its columns, and column by column the cells as SQLite takes them."""

_SPECIAL: Final = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
"""What COPY's text format writes otherwise; the backslash first."""

_NEVER: Final = "\0"
"""What no text on the server can hold."""

_PATIENCE: Final = 5.0
"""Seconds in which a server should hear that it is to stop."""

_NULL: Final = "\\N"


@contextmanager
def inserting(connection: Connection) -> Iterator[Insert]:
    """Give what adds rows to tables; they are all there when the block ends.

    To PostgreSQL they go by COPY in a thread of its own: the server works while the next ones are made ready. Within
    the block nothing else may be asked of the connection. Raises what `execute` of the connection raises.
    """
    if connection.dialect.name != "postgresql":
        yield lambda table, names, columns: _execute(connection, table, names, columns)
        return
    from concurrent.futures import Future, ThreadPoolExecutor

    with ThreadPoolExecutor(1) as worker:
        begun: list[Future[None]] = []
        try:
            yield lambda *rows: begun.append(worker.submit(_copy, connection, *rows))
            for each in begun:
                each.result()
        except KeyboardInterrupt:
            worker.shutdown(wait=False, cancel_futures=True)
            _stop(connection)
            raise


def _stop(connection: Connection) -> None:
    """Ask the server to end what it is at: it may wait for somebody else's lock."""
    import psycopg

    raw: Any = connection.connection.driver_connection
    with suppress(psycopg.Error):
        raw.cancel_safe(timeout=_PATIENCE)


def _execute(connection: Connection, table: str, names: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
    connection.exec_driver_sql(statement, list(zip(*columns, strict=True)))


def _copy(connection: Connection, table: str, names: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:
    import psycopg

    block = "\n".join(map("\t".join, zip(*map(_copied, columns), strict=True)))
    statement = f"COPY {table} ({', '.join(names)}) FROM STDIN"
    raw: Any = connection.connection.driver_connection
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(f"{block}\n")
    except psycopg.Error as error:
        raise DBAPIError.instance(statement, None, error, psycopg.Error, dialect=connection.dialect) from error


def _copied(values: Sequence[Any]) -> list[str]:
    """Return cells as COPY takes them in its text format."""
    texts = [None if value is None else str(value) for value in values]
    together = _NEVER.join([text or "" for text in texts])
    if together.count(_NEVER) == len(texts) - 1:
        written = _escaped(together).split(_NEVER)
    else:
        written = [_escaped(text or "") for text in texts]
    return [_NULL if text is None else each for text, each in zip(texts, written, strict=True)]


def _escaped(text: str) -> str:
    for special, instead in _SPECIAL.items():
        text = text.replace(special, instead)
    return text
