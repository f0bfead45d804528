"""Many rows at once into a table: by executemany, or by COPY over SQLAlchemy's own connection, in its transaction."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future, ThreadPoolExecutor

    from sqlalchemy import Connection

    Insert = Callable[[str, Sequence[str], Sequence[Sequence[Any]]], None]
    """Adds rows to a table: its name, its columns, and column by column the cells as SQLite takes them."""

_SPECIAL: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
"""What COPY's text format writes otherwise; the backslash first."""

_NEVER: Final = "\0"
"""What no text on the server can hold."""

_PATIENCE: Final = 5.0
"""Seconds in which a server should hear that it is to stop."""

_TURN: Final = 0.0005
"""Seconds after which whoever computes lets the thread go on that feeds the server, which needs hardly any."""

_NULL: Final = "\\N"


def inserter(connection: Connection) -> Insert:
    """Return what adds rows to tables; they are there when anything else is asked of the connection.

    To PostgreSQL they go by COPY in a thread of its own: the server works while more is made ready. Whatever the
    connection is asked next raises what went wrong with them, as `execute` would; `wait` asks for nothing else.
    """
    if connection.dialect.name == "postgresql":
        return _copies_of(connection).add
    return lambda table, names, columns: _execute(connection, table, names, columns)


def in_turn(connection: Connection, work: Callable[[], None]) -> None:
    """Do something with the connection when the rows are there that were added before; on a server not yet."""
    if connection.dialect.name == "postgresql":
        _copies_of(connection).begin(work)
    else:
        work()


def wait(connection: Connection) -> None:
    """Return when all rows are there, and all is done. Raises what `execute` of the connection raises."""
    if connection.dialect.name == "postgresql":
        _copies_of(connection).wait()


def _copies_of(connection: Connection) -> _Copies:
    if __name__ not in connection.info:
        connection.info[__name__] = _Copies(connection)
    return connection.info[__name__]  # type: ignore[no-any-return]


class _Copies:
    """What is done over one connection in a thread; whoever asks it anything else waits for that first."""

    def __init__(self, connection: Connection) -> None:
        self._raw: Any = connection.connection.driver_connection
        self._dialect = connection.dialect
        self._worker: ThreadPoolExecutor | None = None
        self._begun: list[Future[None]] = []
        self._its_thread = 0
        self._turn = 0.0
        for name in ("before_cursor_execute", "commit"):
            event.listen(connection, name, lambda *_: self.wait())
        for name in ("rollback_savepoint", "rollback"):
            event.listen(connection, name, lambda *_: self._stop())

    def add(self, table: str, names: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:
        """Begin to add rows."""
        statement = f"COPY {table} ({', '.join(names)}) FROM STDIN"
        self.begin(partial(self._copy, statement, _block(columns).encode()))

    def begin(self, work: Callable[[], None]) -> None:
        """Do something in the thread, after all that was begun before."""
        from concurrent.futures import ThreadPoolExecutor

        if self._worker is None:
            self._worker = ThreadPoolExecutor(1)
            self._turn = sys.getswitchinterval()
            sys.setswitchinterval(_TURN)
        self._begun.append(self._worker.submit(self._do, work))

    def _do(self, work: Callable[[], None]) -> None:
        self._its_thread = threading.get_ident()
        work()

    def _copy(self, statement: str, block: bytes) -> None:
        import psycopg

        try:
            with self._raw.cursor() as cursor, cursor.copy(statement) as copy:
                copy.write(block)
        except psycopg.Error as error:
            raise DBAPIError.instance(statement, None, error, psycopg.Error, dialect=self._dialect) from error

    def wait(self) -> None:
        """Return when everything is done, which the thread itself never waits for. Raises the first error."""
        if threading.get_ident() == self._its_thread:
            return
        try:
            for each in self._begun:
                each.result()
        except Exception:
            self._end()
            raise
        self._end()

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.shutdown(cancel_futures=True)
            sys.setswitchinterval(self._turn)
        self._worker, self._begun, self._its_thread = None, [], 0

    def _stop(self) -> None:
        """Begin nothing more, and ask the server to end what it is at: all of it is about to be taken back.

        What went wrong with it is passed over. The server may wait for somebody else's lock.
        """
        import psycopg

        if [each for each in self._begun if not (each.cancel() or each.done())]:
            with suppress(psycopg.Error):
                self._raw.cancel_safe(timeout=_PATIENCE)
        self._end()


def _execute(connection: Connection, table: str, names: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
    connection.exec_driver_sql(statement, list(zip(*columns, strict=True)))


def _block(columns: Sequence[Sequence[Any]]) -> str:
    """Return rows as COPY takes them in its text format; what all rows have alike is made once."""
    cells, varying = [], []
    for values in columns:
        if values[0] == values[-1] and values.count(values[0]) == len(values):
            cells.append(_copied(values[:1])[0].replace("%", "%%"))
        else:
            cells.append("%s")
            varying.append(_copied(values))
    line = "\t".join(cells) + "\n"
    if not varying:
        return line % () * len(columns[0])
    return "".join(map(line.__mod__, zip(*varying, strict=True)))


def _copied(values: Sequence[Any]) -> Sequence[str]:
    kinds = set(map(type, values))
    if kinds == {str}:
        return _escaped(values)
    if str not in kinds:
        return [_NULL if value is None else str(value) for value in values]
    texts = _escaped(["" if value is None else str(value) for value in values])
    return [_NULL if value is None else text for value, text in zip(values, texts, strict=True)]


def _escaped(texts: Sequence[str]) -> Sequence[str]:
    together = _NEVER.join(texts)
    if together.count(_NEVER) >= len(texts):
        return [text.translate(_SPECIAL) for text in texts]
    written = together
    for special, instead in _SPECIAL.items():
        written = written.replace(chr(special), instead)
    return texts if written == together else written.split(_NEVER)
