"""Counts what is asked of a database: statements sent and rows fetched, by whatever opens a connection.

The drivers' own connections are counted, so what reads (`eventrec.dbapi`) and what writes (SQLAlchemy) count alike.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pytest

_SETTING: Final = ("PRAGMA", "SET ", "BEGIN", "COMMIT", "ROLLBACK", "SHOW ")
"""How statements begin that ask for no records: what a connection does for itself."""


@dataclass
class Counts:
    """What went over all connections; a statement run for many rows (`executemany`, COPY) is sent once."""

    sent: list[str] = field(default_factory=list)
    """The SQL of every statement, in turn."""

    fetched: int = 0
    """Rows handed to the program."""

    rows_sent: int = 0
    """Rows of parameters: one for `execute`, each for `executemany` and COPY."""

    @property
    def statements(self) -> list[str]:
        """The statements that ask for records or change them."""
        return [sql for sql in self.sent if not sql.lstrip().upper().startswith(_SETTING)]

    def about(self, *words: str) -> list[str]:
        """Return the statements that hold all these words."""
        return [sql for sql in self.statements if all(word in sql for word in words)]

    def of_rows(self, rows: Iterable[Any]) -> Iterator[Any]:
        """Count rows of parameters while they are taken."""
        for row in rows:
            self.rows_sent += 1
            yield row

    def of_fetched(self, rows: Iterable[Any]) -> Iterator[Any]:
        """Count rows while they are taken."""
        for row in rows:
            self.fetched += 1
            yield row


@contextmanager
def counting(patch: pytest.MonkeyPatch) -> Iterator[Counts]:
    """Count on every connection that is opened meanwhile."""
    counts = Counts()
    with patch.context() as within:
        within.setattr(sqlite3, "connect", _counted_sqlite(counts, sqlite3.connect))
        within.setattr(psycopg, "connect", _counted_psycopg(counts, psycopg.connect))
        yield counts


def _counted_sqlite(counts: Counts, connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, *parameters: Any) -> Any:
            counts.sent.append(sql)
            counts.rows_sent += 1
            return super().execute(sql, *parameters)

        def executemany(self, sql: str, parameters: Any) -> Any:
            counts.sent.append(sql)
            return super().executemany(sql, counts.of_rows(parameters))

        def executescript(self, script: str) -> Any:
            counts.sent.append(script)
            return super().executescript(script)

        def __next__(self) -> Any:
            row = super().__next__()
            counts.fetched += 1
            return row

        def fetchone(self) -> Any:
            row = super().fetchone()
            counts.fetched += row is not None
            return row

        def fetchmany(self, size: int | None = None) -> list[Any]:
            return list(counts.of_fetched(super().fetchmany(self.arraysize if size is None else size)))

        def fetchall(self) -> list[Any]:
            return list(counts.of_fetched(super().fetchall()))

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def execute(self, *words: Any) -> Any:
            return self.cursor().execute(*words)

        def executemany(self, *words: Any) -> Any:
            return self.cursor().executemany(*words)

        def executescript(self, *words: Any) -> Any:
            return self.cursor().executescript(*words)

    return lambda *words, **options: connect(*words, **options, factory=Connection)


def _counted_psycopg(counts: Counts, connect: Callable[..., Any]) -> Callable[..., Any]:
    class Copying:
        """A COPY whose rows are counted."""

        def __init__(self, copy: Any) -> None:
            self.copy = copy

        def write_row(self, row: Any) -> None:
            counts.rows_sent += 1
            self.copy.write_row(row)

        def __iter__(self) -> Iterator[Any]:
            return iter(self.copy)

        def __getattr__(self, name: str) -> Any:
            return getattr(self.copy, name)

    class Counted:
        """What both kinds of cursor count."""

        def execute(self, query: Any, *words: Any, **options: Any) -> Any:
            counts.sent.append(_text(query))
            counts.rows_sent += 1
            return super().execute(query, *words, **options)  # type: ignore[misc]

        def executemany(self, query: Any, rows: Any, **options: Any) -> Any:
            counts.sent.append(_text(query))
            return super().executemany(query, counts.of_rows(rows), **options)  # type: ignore[misc]

        @contextmanager
        def copy(self, statement: Any, *words: Any, **options: Any) -> Iterator[Any]:
            counts.sent.append(_text(statement))
            with super().copy(statement, *words, **options) as copy:  # type: ignore[misc]
                yield Copying(copy)

        def stream(self, query: Any, *words: Any, **options: Any) -> Any:
            counts.sent.append(_text(query))
            return counts.of_fetched(super().stream(query, *words, **options))  # type: ignore[misc]

        def fetchone(self) -> Any:
            row = super().fetchone()  # type: ignore[misc]
            counts.fetched += row is not None
            return row

        def fetchmany(self, size: int = 0) -> list[Any]:
            return list(counts.of_fetched(super().fetchmany(size)))  # type: ignore[misc]

        def fetchall(self) -> list[Any]:
            return list(counts.of_fetched(super().fetchall()))  # type: ignore[misc]

        def __next__(self) -> Any:
            row = super().__next__()  # type: ignore[misc]
            counts.fetched += 1
            return row

    class Cursor(Counted, psycopg.Cursor[Any]):
        pass

    class ServerCursor(Counted, psycopg.ServerCursor[Any]):
        pass

    def opened(*words: Any, **options: Any) -> Any:
        connection = connect(*words, **options)
        connection.cursor_factory = Cursor
        connection.server_cursor_factory = ServerCursor
        return connection

    return opened


def _text(query: Any) -> str:
    if isinstance(query, bytes):
        return query.decode()
    return query if isinstance(query, str) else str(query.as_string(None))
