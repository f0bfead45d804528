"""A DB-API connection of either driver: its errors are sentences, and what it gives is alike on both databases."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING, Any, Final, Literal

from eventrec.driver_errors import BUSY_SECONDS, in_words
from eventrec.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Dialect = Literal["sqlite", "postgresql"]

READING_ATTEMPTS: Final = 3
"""How often one question is put to a standby that gives it up to keep up with its primary."""

AT_ONCE: Final = 1000
"""How many rows of a stream are held at a time."""

_NUMBERS: Final = count(1)
"""Of the cursors that a server keeps, so that several may be open at once."""


class Cursor:
    """The rows of one statement; errors of the database become sentences."""

    def __init__(self, raw: Any, address: str = "", seconds: float = BUSY_SECONDS) -> None:  # noqa: ANN401
        self._raw = raw
        self._where = (address, seconds)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column[0] for column in self._raw.description)

    def fetchone(self) -> Any:  # noqa: ANN401
        """Return the next row, None after the last."""
        with in_words(*self._where):
            return self._raw.fetchone()

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        with in_words(*self._where):
            return list(self._raw.fetchall())

    @property
    def is_closed(self) -> bool:
        """Tell whether a server was told that no more rows are wanted."""
        return bool(self._raw.closed)

    def close(self) -> None:
        """Tell the database that no more rows are wanted."""
        with suppress(Exception):  # of a connection that is closed or lost; nothing more is read
            self._raw.close()

    def batches(self, size: int = AT_ONCE) -> Iterator[list[Any]]:
        """Yield the rows that are left, at most so many at a time, and close the cursor, also when nobody goes on."""
        try:
            while True:
                with in_words(*self._where):
                    rows = self._raw.fetchmany(size)
                if not rows:
                    return
                yield rows
        finally:
            self.close()


class Connection:
    """A DB-API connection with the name of its dialect. `warning` is something the user must be told.

    `address` and `seconds`, how long it waits for others, are for the sentences of errors.
    """

    def __init__(
        self,
        raw: Any,  # noqa: ANN401
        dialect: str,
        warning: str = "",
        *,
        address: str = "",
        seconds: float = BUSY_SECONDS,
    ) -> None:
        self.raw = raw
        self.address = address
        self.seconds = seconds
        self.dialect: Dialect = "sqlite" if dialect == "sqlite" else "postgresql"
        self.warning = warning
        self._held = False
        self._streams: list[Cursor] = []
        """Those of a server that may still be open: one that nobody reads is closed with the connection."""

    def execute(self, sql: str, params: Mapping[str, Any] | None = None) -> Cursor:
        """Run one statement in the driver's own way of parameters (psycopg: a per cent sign is doubled).

        A standby cancels questions that keep it from following its primary; one is then put again.
        """
        return self._asked(sql, params, {})

    def stream(self, sql: str, params: Mapping[str, Any] | None = None) -> Cursor:
        """Run one SELECT as `execute` does, whose rows are to be taken in `batches`.

        SQLite finds them one after the other. A server finds them all before the first is sent, and keeps them until
        they are fetched: so nobody who reads slowly holds up the server, and a standby cancels before the first row
        or not at all.
        """
        if self.dialect == "sqlite":
            return self._asked(sql, params, {})
        found = self._asked(sql, params, {"name": f"stream_{next(_NUMBERS)}", "withhold": self.alone})
        self._streams = [*(each for each in self._streams if not each.is_closed), found]
        return found

    def _asked(self, sql: str, params: Mapping[str, Any] | None, kind: Mapping[str, Any]) -> Cursor:
        with in_words(self.address, self.seconds):
            for _ in range(READING_ATTEMPTS):
                cursor = self.raw.cursor(**kind)
                if self.dialect == "postgresql":
                    _as_text(cursor)
                try:
                    self._mark("SAVEPOINT asked")
                    cursor.execute(sql, params or {})
                    self._mark("RELEASE SAVEPOINT asked")
                except Exception as error:
                    with suppress(Exception):  # of a connection that is lost: the error says so
                        self._mark("ROLLBACK TO SAVEPOINT asked")
                    cursor.close()
                    if not self._given_up(error):
                        raise
                    if self.raw.closed:
                        break
                else:
                    return Cursor(cursor, self.address, self.seconds)
        raise DatabaseUnavailable(
            "The standby gave the question up to keep up with its primary.",
            "Repeat the command, or let the standby wait longer (max_standby_streaming_delay).",
        )

    @property
    def alone(self) -> bool:
        """Tell whether each statement on a server is a transaction of its own, so that one may fail without harm."""
        return self.dialect == "postgresql" and bool(self.raw.autocommit) and not self._held

    @property
    def may_fail(self) -> bool:
        """Tell whether a statement on a server may fail, and the next one be put all the same."""
        return self.alone or (self.dialect == "postgresql" and self._held)

    def _mark(self, sentence: str) -> None:
        """Let a failing statement leave the state that is held on a server as it is."""
        if self._held and self.dialect == "postgresql":
            self.raw.execute(sentence)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all questions within see one state of the book, whoever writes meanwhile.

        Not on a standby, which would give up the whole of it to keep up with its primary.
        """
        begin = self._beginning()
        if not begin:
            yield
            return
        self.execute(begin)
        self._held = True
        try:
            yield
        finally:
            self._held = False
            with suppress(Exception):  # of a connection that is closed or lost; nothing was changed
                self.raw.execute("COMMIT")

    def _beginning(self) -> str:
        """Return what begins a state that stays as it is; nothing where one is held already, or none can be."""
        if self.dialect == "sqlite":
            return "" if self.raw.in_transaction else "BEGIN"
        return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if self.alone and not in_recovery(self.raw) else ""

    def _given_up(self, error: Exception) -> bool:
        """Tell whether a standby cancelled the statement, which was a transaction of its own."""
        return self.alone and getattr(error, "sqlstate", None) == "40001" and in_recovery(self.raw)

    def close(self) -> None:
        """Close the connection, and what streams were not read to their end."""
        for each in self._streams:
            each.close()
        self.raw.close()


def in_recovery(raw: Any) -> bool:  # noqa: ANN401
    """Tell whether a psycopg connection leads to a standby (PostgreSQL 14 and later say so by themselves)."""
    return bool(raw.info.parameter_status("in_hot_standby") == "on")


def _as_text(cursor: Any) -> None:  # noqa: ANN401
    """Let dates and moments come as text, as SQLite gives them; not to SQLAlchemy, on the same connection."""
    from psycopg.types.string import TextLoader

    for name in ("date", "timestamptz", "timestamp", "json"):
        cursor.adapters.register_loader(name, TextLoader)
