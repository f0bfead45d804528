"""The only place that understands a database address and opens a DB-API connection.

An address is a path, `sqlite:///path`, or a libpq URI (`postgresql://…`), which is handed on as it is. Every
connection is checked: is it a book, and of this version? SQLAlchemy and Alembic are never needed for that.
"""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from eventrec.errors import DatabaseUnavailable, EventrecError

if TYPE_CHECKING:
    from collections.abc import Mapping

Dialect = Literal["sqlite", "postgresql"]

APPLICATION_ID: Final = 0x65767263
"""SQLite's application_id of every book: "evrc"."""

REVISIONS: Final = ("0001",)
"""Every schema there ever was, oldest first; the last one is what this version works with."""

SCHEMA_MARK: Final = 1358142896
"""The newest revision and a hash of the views as one number (`db.upgrade.computed_mark`); a test holds them equal."""

BUSY_SECONDS: Final = 30.0
_OLDEST_SQLITE: Final = (3, 38, 0)


class Connection:
    """A DB-API connection with the name of its dialect. `warning` is something the user must be told."""

    def __init__(self, raw: Any, dialect: str, warning: str = "") -> None:  # noqa: ANN401
        self.raw = raw
        self.dialect: Dialect = "sqlite" if dialect == "sqlite" else "postgresql"
        self.warning = warning

    def execute(self, sql: str, params: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401
        """Run one statement and return its cursor; errors of the database become sentences."""
        try:
            cursor = self.raw.cursor()
            if self.dialect == "postgresql":
                _as_text(cursor)
            cursor.execute(sql, params or {})
        except Exception as error:
            told = translate(error)
            if told is None:
                raise
            raise told from error
        return cursor

    def close(self) -> None:
        """Close the connection."""
        self.raw.close()


def is_postgresql(address: str) -> bool:
    """Tell whether an address is a libpq URI."""
    return address.startswith(("postgresql://", "postgres://"))


def path_of(address: str) -> Path:
    """Return the file of a SQLite address."""
    return Path(address.removeprefix("sqlite:///")).expanduser()


def shown(address: str) -> str:
    """Return an address without its password."""
    return re.sub(r"(://[^:/@]*):[^@/]*@", r"\1:…@", re.sub(r"([?&]password=)[^&]*", r"\1…", address))


def exists(address: str) -> bool:
    """Tell whether the file of a SQLite address is there; a server is taken to be."""
    return is_postgresql(address) or path_of(address).exists()


def open_for_reading(address: str) -> Connection:
    """Open a book so that nothing can be changed. Raises DatabaseUnavailable."""
    connection = _postgresql(address) if is_postgresql(address) else _sqlite_for_reading(path_of(address))
    check_schema(connection, address)
    return connection


def open_for_writing(address: str, *, check: bool = True) -> Connection:
    """Open a book to change it; with `check` false also one that is empty or of another version."""
    connection = _postgresql(address) if is_postgresql(address) else _sqlite_for_writing(path_of(address), check)
    if check:
        check_schema(connection, address)
    return connection


def _sqlite_for_writing(path: Path, must_exist: bool) -> Connection:
    _check_file(path, must_exist)
    if not path.exists():
        _make(path)
    connection = _connect(path, "rw")
    _pragmas(connection, "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON")
    return connection


def _sqlite_for_reading(path: Path) -> Connection:
    _check_file(path, must_exist=True)
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        connection = _connect(path, "rw")
        _pragmas(connection, "query_only=ON")
        return connection
    try:
        connection = _connect(path, "ro")
        connection.raw.execute("SELECT 1 FROM sqlite_master").fetchone()
    except (sqlite3.OperationalError, DatabaseUnavailable) as error:
        wal = path.with_name(f"{path.name}-wal")
        if wal.exists():
            raise DatabaseUnavailable(
                f"{shown(str(path))} is being written by another program and cannot be read from here.",
                "Read it where it is written, or ask for a backup: eventrec db backup.",
            ) from error
        connection = _connect(path, "ro", immutable=True)
        connection.warning = f"{path} is read as it stands; nobody may be changing it meanwhile."
    return connection


def _connect(path: Path, mode: str, *, immutable: bool = False) -> Connection:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise DatabaseUnavailable(
            f"Python comes with SQLite {sqlite3.sqlite_version}; 3.38 or later is needed.", "Use a newer Python."
        )
    uri = f"{path.absolute().as_uri()}?mode={mode}" + ("&immutable=1" if immutable else "")
    try:
        raw = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
        raw.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error as error:
        raise translate(error, str(path)) or error from error
    return Connection(raw, "sqlite")


def _pragmas(connection: Connection, *pragmas: str) -> None:
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")


def _check_file(path: Path, must_exist: bool) -> None:
    if path.is_dir():
        raise DatabaseUnavailable(f"{path} is a folder, not a record book.", "Name the file in it.")
    if not path.exists() and must_exist:
        raise DatabaseUnavailable(f"There is no record book at {path}.", "Check the name, or make one: eventrec init")
    if path.exists() and not os.access(path, os.R_OK):
        raise DatabaseUnavailable(f"{path} may not be read by you.", "Ask its owner.")


def _make(path: Path) -> None:
    """Make an empty file that only its owner may read."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise DatabaseUnavailable(f"{path} cannot be made: {error.strerror}.", "Choose another place.") from error


def _postgresql(address: str) -> Connection:
    """Open a book on a server. Its just-in-time compiler costs more than it saves on views of this size: 25 times."""
    try:
        import psycopg
    except ImportError as error:
        raise DatabaseUnavailable(
            "A PostgreSQL address needs the driver psycopg.", 'Install it: pip install "eventrec[postgres]"'
        ) from error
    try:
        raw = psycopg.connect(address, autocommit=True, options="-c timezone=UTC -c jit=off")
    except psycopg.Error as error:
        raise translate(error, address) or error from error
    return Connection(raw, "postgresql")


def _as_text(cursor: Any) -> None:  # noqa: ANN401
    """Let dates and moments come as text, as SQLite gives them."""
    from psycopg.types.string import TextLoader

    for name in ("date", "timestamptz", "timestamp", "json"):
        cursor.adapters.register_loader(name, TextLoader)


def check_schema(connection: Connection, address: str) -> None:
    """Compare the book's mark with `SCHEMA_MARK`; one PRAGMA or one row on a healthy book."""
    if _mark(connection) == SCHEMA_MARK:
        return
    raise _misfit(connection, shown(address))


def _mark(connection: Connection) -> int | None:
    if connection.dialect == "sqlite":
        found = connection.execute("PRAGMA user_version").fetchone()
    elif _has_table(connection, "schema_mark"):
        found = connection.execute("SELECT mark FROM schema_mark").fetchone()
    else:
        found = None
    return int(found[0]) if found else None


def _has_table(connection: Connection, name: str) -> bool:
    sql = (
        "SELECT 1 FROM sqlite_master WHERE name = :name"
        if connection.dialect == "sqlite"
        else "SELECT 1 WHERE to_regclass(%(name)s) IS NOT NULL"
    )
    return connection.execute(sql, {"name": name}).fetchone() is not None


def _misfit(connection: Connection, place: str) -> DatabaseUnavailable:
    if not _has_table(connection, "alembic_version") or not _has_table(connection, "change_set"):
        empty = connection.dialect == "postgresql" or not connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        if empty:
            return DatabaseUnavailable(f"There is no record book in {place} yet.", "Make one: eventrec init")
        return DatabaseUnavailable(f"{place} belongs to another program.", "Name another file with --database.")
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found and found[0] not in REVISIONS:
        return DatabaseUnavailable(
            f"{place} was written by a newer eventrec (schema {found[0]}).",
            "Install that version: pip install -U eventrec",
        )
    return DatabaseUnavailable(
        f"{place} was written by an older eventrec (schema {found[0] if found else 'unknown'}).",
        "Bring it up to date; a backup is made first: eventrec db upgrade",
    )


_SENTENCES: Final[tuple[tuple[str, str, str, type[EventrecError]], ...]] = (
    (
        "database is locked|database table is locked",
        "Another program is writing to the record book, and did not finish within 30 seconds.",
        "Try again; if it lasts, find who has it open.",
        DatabaseUnavailable,
    ),
    (
        "attempt to write a readonly database|unable to write",
        "The record book may only be read here.",
        "Use a copy in a folder of your own, or ask its owner.",
        DatabaseUnavailable,
    ),
    (
        "database or disk is full|No space left",
        "The disk is full; nothing was saved.",
        "Make room, then try again.",
        EventrecError,
    ),
    (
        "file is not a database|file is encrypted",
        "That file is no record book, and no SQLite database at all.",
        "Name another file with --database.",
        DatabaseUnavailable,
    ),
    (
        "malformed|disk I/O error",
        "The record book's file is damaged.",
        "Leave it as it is, and restore a backup beside it: eventrec db restore",
        DatabaseUnavailable,
    ),
    (
        "unable to open database file",
        "The record book cannot be opened.",
        "Check that its folder may be written.",
        DatabaseUnavailable,
    ),
    (
        "password authentication failed|no password supplied",
        "The database server refused the user name or password.",
        "Check the address, or the password in ~/.pgpass.",
        DatabaseUnavailable,
    ),
    (
        "permission denied",
        "The database does not let you do that.",
        "Ask its administrator for the right.",
        DatabaseUnavailable,
    ),
    (
        'database "[^"]*" does not exist|role "[^"]*" does not exist',
        "The database server knows no such database or user.",
        "Check the address.",
        DatabaseUnavailable,
    ),
    (
        "could not serialize|deadlock detected",
        "Somebody else changed the same records at the same moment; nothing was saved.",
        "Repeat the command.",
        EventrecError,
    ),
    (
        "connection failed|could not connect|Connection refused|server closed|could not translate|"
        "connection is (?:closed|lost)|terminating connection",
        "The database server cannot be reached.",
        "Check the address and the network, then try again.",
        DatabaseUnavailable,
    ),
)


def translate(error: BaseException, place: str = "") -> EventrecError | None:
    """Return the sentence for an error of sqlite3 or psycopg; None when it is a fault of ours."""
    text = str(error)
    for pattern, message, hint, kind in _SENTENCES:
        if re.search(pattern, text, re.IGNORECASE):
            where = f" ({shown(place)})" if place else ""
            return kind(f"{message[:-1]}{where}.", hint)
    return None
