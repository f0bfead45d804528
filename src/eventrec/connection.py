"""The only place that understands a database address and opens a DB-API connection.

An address is a path, `sqlite:///path`, or a libpq URI (`postgresql://…`), which is handed on as it is. Every
connection is checked: is it a book, and of this version? SQLAlchemy and Alembic are never needed for that.
"""

from __future__ import annotations

import os
import re
import shlex
import stat
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eventrec.dbapi import Connection as Connection
from eventrec.dbapi import in_recovery as in_recovery
from eventrec.driver_errors import BUSY_SECONDS as BUSY_SECONDS
from eventrec.driver_errors import in_words, unheard
from eventrec.driver_errors import shown as shown
from eventrec.errors import DatabaseUnavailable, UsageError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

APPLICATION_ID: Final = 0x65767263
"""SQLite's application_id of every book: "evrc"."""

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""Every schema there ever was, oldest first; the last one is what this version works with."""

SCHEMA_MARK: Final = 1736015253
"""The newest revision and a hash of the views as one number (`db.upgrade.computed_mark`); a test holds them equal."""

LIGHTLY: Final = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -1000")
"""How a database that is opened aside works: nothing of it needs to outlive a mishap."""

_OLDEST_SQLITE: Final = (3, 38, 0)
_CANNOT_LOCK: Final = (8, 14)
"""SQLITE_READONLY and SQLITE_CANTOPEN: the files beside the book cannot be made or written."""


class Standing(Enum):
    """How a database stands to this version of eventrec."""

    CURRENT = "current"
    OLDER = "older"
    OTHER_VIEWS = "other views"
    NEWER = "newer"
    EMPTY = "empty"
    FOREIGN = "foreign"


def is_postgresql(address: str) -> bool:
    """Tell whether an address is a libpq URI."""
    return address.startswith(("postgresql://", "postgres://"))


def path_of(address: str) -> Path:
    """Return the file of a SQLite address. Raises UsageError for an address of any other kind."""
    path = address.removeprefix("sqlite:///")
    if not path or re.match(r"[A-Za-z][\w+.-]*://", path):
        raise UsageError(
            f"“{shown(address)}” is no address of a record book.",
            "Write a path, sqlite:///path, or postgresql://user@host/name",
        )
    return Path(path).expanduser()


def exists(address: str) -> bool:
    """Tell whether the file of a SQLite address is there; a server is taken to be."""
    return is_postgresql(address) or _status(path_of(address)) is not None


def open_for_reading(address: str, *, check: bool = True, timeout: float | None = None) -> Connection:
    """Open a book so that nothing can be changed. Raises DatabaseUnavailable.

    With `check` false any database is opened, a book or not. `timeout` is in seconds (BUSY_SECONDS).
    """
    seconds = BUSY_SECONDS if timeout is None else timeout
    with in_words(address, seconds):
        if is_postgresql(address):
            opened = _server(address, seconds, _READ_ONLY)
        else:
            opened = _file_for_reading(path_of(address), seconds)
        opened.address, opened.seconds = address, seconds
        return _checked(opened, address) if check else opened


def open_for_writing(
    address: str, *, check: bool = True, timeout: float | None = None, connect_seconds: int | None = None
) -> Connection:
    """Open a book to change it; it is never made here. Raises DatabaseUnavailable.

    With `check` false any database is opened, also one that is empty or of another version. `connect_seconds` is how
    long to wait for each host of a server, instead of what the address says.
    """
    seconds = BUSY_SECONDS if timeout is None else timeout
    with in_words(address, seconds):
        if is_postgresql(address):
            opened = _server(address, seconds, connect_seconds=connect_seconds)
            if in_recovery(opened.raw):
                opened.close()
                raise DatabaseUnavailable(*_A_STANDBY)
            return _checked(opened, address) if check else opened
        path = path_of(address)
        _check_file(path)
        opened = Connection(_file(path, "mode=rw", seconds), "sqlite")
        if check:
            _checked(opened, address)  # before anything is set: a file of another program stays as it is
        with _closed_on_error(opened.raw):
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
                opened.raw.execute(f"PRAGMA {pragma}")
        return opened


def open_in_memory() -> Connection:
    """Open an empty SQLite database that is gone when it is closed."""
    import sqlite3

    _check_sqlite()
    return Connection(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False), "sqlite")


def open_aside() -> Connection:
    """Open an empty SQLite database for one piece of work, in memory and beyond that in a file without a name."""
    import sqlite3

    _check_sqlite()
    return Connection(sqlite3.connect("", isolation_level=None), "sqlite")


def make_file(path: Path) -> None:
    """Make an empty file that only its owner may read.

    Raises DatabaseUnavailable, also when there is one, or no folder for it: a mistyped one must not become a place.
    """
    check_folder(path)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise DatabaseUnavailable(f"{path} cannot be made: {error.strerror}.", "Choose another place.") from error


def check_folder(path: Path) -> None:
    """Raise DatabaseUnavailable when the folder that a file is to be made in is not there."""
    if _status(path.parent) is None:
        raise DatabaseUnavailable(f"The folder {path.parent} does not exist.", "Make it first, or name another one.")


def make_default_folder(path: Path) -> None:
    """Make the folder of the default book, for its owner only. Raises DatabaseUnavailable."""
    from eventrec.files import make_folder

    try:
        make_folder(path.parent)
    except OSError as error:
        raise DatabaseUnavailable(f"{path} cannot be made: {error.strerror}.", "Choose another place.") from error


def standing(connection: Connection) -> tuple[Standing, str]:
    """Return how a database stands to this version, and its revision (of a foreign one: the tables it holds)."""
    if _mark(connection) == SCHEMA_MARK:
        return Standing.CURRENT, REVISIONS[-1]
    names = {str(row[0]) for row in connection.execute(_NAMES[connection.dialect]).fetchall()}
    row = "alembic_version" in names and connection.execute("SELECT version_num FROM alembic_version").fetchone()
    revision = str(row[0]) if row else ""
    if not names - {"alembic_version", "schema_mark"} and not revision:
        return Standing.EMPTY, ""
    if not revision or "change_set" not in names:
        return Standing.FOREIGN, ", ".join(sorted(names)[:3])
    if revision not in REVISIONS:
        return Standing.NEWER, revision
    return (Standing.OTHER_VIEWS if revision == REVISIONS[-1] else Standing.OLDER), revision


def misfit(found: Standing, revision: str, address: str) -> DatabaseUnavailable:
    """Return the error that says why a database cannot be used as it is, and what to do."""
    message, hint = _MISFITS[found]
    return DatabaseUnavailable(message.format(place=shown(address), revision=revision), hint)


_MISFITS: Final = {
    Standing.CURRENT: ("{place} holds a record book already.", "See it: eventrec status"),
    Standing.EMPTY: ("There is no record book in {place} yet.", "Make one: eventrec init"),
    Standing.FOREIGN: (
        "{place} belongs to another program; it holds {revision}.",
        "Name another one with --database.",
    ),
    Standing.NEWER: (
        "{place} was made by a newer eventrec (schema {revision}).",
        "Update eventrec: pip install -U eventrec",
    ),
    Standing.OLDER: (
        "{place} was made by an older eventrec (schema {revision}).",
        "Bring it up to date; a SQLite file is copied first: eventrec db upgrade",
    ),
    Standing.OTHER_VIEWS: (
        "The views in {place} are those of another version of eventrec.",
        "Bring them up to date: eventrec db upgrade",
    ),
}
_A_STANDBY: Final = (
    "The server is a standby: it can be read, and not be written to. Nothing was saved.",
    "Name the primary in EVENTREC_DATABASE, or all servers and target_session_attrs=read-write: docs/team.md",
)
_READ_ONLY: Final = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY, ISOLATION LEVEL READ COMMITTED"
"""A standby refuses SERIALIZABLE, which an administrator may have made the default."""

_NAMES: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND substr(name, 1, 7) <> 'sqlite_'",
    "postgresql": "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(quote_ident(current_schema()))"
    " AND relkind IN ('r', 'p', 'v', 'm', 'f')"
    " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')",
}


def _checked(connection: Connection, address: str) -> Connection:
    """Return the connection when it leads to a book of this version; else close it and say why not."""
    with _closed_on_error(connection.raw):
        if _mark(connection) != SCHEMA_MARK:
            raise misfit(*standing(connection), address)
    return connection


@contextmanager
def _closed_on_error(raw: Any) -> Iterator[None]:  # noqa: ANN401
    try:
        yield
    except BaseException:
        raw.close()
        raise


def _mark(connection: Connection) -> int | None:
    if connection.dialect == "sqlite":
        return int(connection.raw.execute("PRAGMA user_version").fetchone()[0])
    try:
        row = connection.raw.execute("SELECT mark FROM schema_mark").fetchone()
    except Exception as error:
        if getattr(error, "sqlstate", None) == "42P01":  # no such table
            return None
        raise
    return int(row[0]) if row else None


def _status(path: Path) -> os.stat_result | None:
    """Return what the system says of a file; None when there is none."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DatabaseUnavailable(f"{path} cannot be opened: {reason}.", "Check its name and its folder.") from error


def _check_file(path: Path) -> None:
    found = _status(path)
    if found is None:
        raise DatabaseUnavailable(
            f"There is no record book at {path}.",
            f"Check the name, or make one: eventrec --database {shlex.quote(str(path))} init",
        )
    if stat.S_ISDIR(found.st_mode):
        raise DatabaseUnavailable(f"{path} is a folder, not a record book.", "Name the file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise DatabaseUnavailable(f"{path} is no file.", "Name a file.")
    if not os.access(path, os.R_OK):
        raise DatabaseUnavailable(f"You may not read {path}.", "Ask its owner.")


def _check_sqlite() -> None:
    import sqlite3

    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise DatabaseUnavailable(
            f"This Python comes with SQLite {sqlite3.sqlite_version}; 3.38 or later is needed.", "Use a newer Python."
        )


def _file(path: Path, options: str, seconds: float) -> sqlite3.Connection:
    import sqlite3

    _check_sqlite()
    uri = f"{path.absolute().as_uri()}?{options}"
    raw = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=seconds, check_same_thread=False)
    with _closed_on_error(raw):
        raw.execute("PRAGMA schema_version").fetchone()
    return raw


def _file_for_reading(path: Path, seconds: float) -> Connection:
    _check_file(path)
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return _protected_file(path, seconds)
    raw = _file(path, "mode=rw", seconds)
    raw.execute("PRAGMA query_only=ON")
    return Connection(raw, "sqlite")


def _protected_file(path: Path, seconds: float) -> Connection:
    """Open a file that cannot be locked from here; never while it may lack what somebody else has just written."""
    import sqlite3

    try:
        return Connection(_file(path, "mode=ro", seconds), "sqlite")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _CANNOT_LOCK:
            raise
        beside = [_status(path.with_name(f"{path.name}{ending}")) for ending in ("-wal", "-journal")]
        if any(found and found.st_size for found in beside):
            raise DatabaseUnavailable(
                f"{path} cannot be read from here: part of it is in a file beside it, which only a writer can join.",
                "Read it where it may be written, or ask for a backup: eventrec db backup",
            ) from error
    warning = f"{path} is read as it stands: nobody may be changing it meanwhile."
    return Connection(_file(path, "mode=ro&immutable=1", seconds), "sqlite", warning)


def _server(address: str, seconds: float, *settings: str, connect_seconds: int | None = None) -> Connection:
    try:
        import psycopg
    except ImportError as error:
        raise DatabaseUnavailable(
            "A PostgreSQL address needs the driver psycopg.", 'Install it: pip install "eventrec[postgres]"'
        ) from error
    unheard("psycopg")
    try:
        raw = psycopg.connect(address, autocommit=True, connect_timeout=connect_seconds)
    except psycopg.ProgrammingError as error:  # its words may hold a piece of the password
        raise UsageError(
            f"“{shown(address)}” is no PostgreSQL address.", "Write postgresql://user@host:port/name"
        ) from error
    sessions = (
        "SET TIME ZONE 'UTC'",
        "SET datestyle = 'ISO'",
        "SET client_encoding = 'UTF8'",
        f"SET lock_timeout = {int(seconds * 1000)}",
    )
    with _closed_on_error(raw):
        raw.execute("; ".join((*sessions, *settings)).encode())
    return Connection(raw, "postgresql")
