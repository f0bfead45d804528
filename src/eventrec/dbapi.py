"""A DB-API connection of either driver: its errors are sentences, and what it gives is alike on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from eventrec.driver_errors import BUSY_SECONDS, in_words
from eventrec.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

Dialect = Literal["sqlite", "postgresql"]

READING_ATTEMPTS: Final = 3
"""How often one question is put to a standby that gives it up to keep up with its primary."""


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

    def execute(self, sql: str, params: Mapping[str, Any] | None = None) -> Cursor:
        """Run one statement in the driver's own way of parameters (psycopg: a per cent sign is doubled).

        A standby cancels questions that keep it from following its primary; one is then put again.
        """
        with in_words(self.address, self.seconds):
            for _ in range(READING_ATTEMPTS):
                cursor = self.raw.cursor()
                if self.dialect == "postgresql":
                    _as_text(cursor)
                try:
                    cursor.execute(sql, params or {})
                except Exception as error:
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
        return self.dialect == "postgresql" and bool(self.raw.autocommit)

    def _given_up(self, error: Exception) -> bool:
        """Tell whether a standby cancelled the statement, which was a transaction of its own."""
        return self.alone and getattr(error, "sqlstate", None) == "40001" and in_recovery(self.raw)

    def close(self) -> None:
        """Close the connection."""
        self.raw.close()


def in_recovery(raw: Any) -> bool:  # noqa: ANN401
    """Tell whether a psycopg connection leads to a standby (PostgreSQL 14 and later say so by themselves)."""
    return bool(raw.info.parameter_status("in_hot_standby") == "on")


def _as_text(cursor: Any) -> None:  # noqa: ANN401
    """Let dates and moments come as text, as SQLite gives them; not to SQLAlchemy, on the same connection."""
    from psycopg.types.string import TextLoader

    for name in ("date", "timestamptz", "timestamp", "json"):
        cursor.adapters.register_loader(name, TextLoader)
