"""What the drivers sqlite3 and psycopg report, in words; neither is imported for it."""

from __future__ import annotations

import re
import shlex
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from eventrec.errors import Conflict, DatabaseUnavailable, EventrecError, NotAllowed, ServerLost

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY_SECONDS: Final = 30.0
"""How long to wait for another program that is writing."""

_TRY_AGAIN: Final = "Try again; if it lasts, find who has it open."
_SENTENCES: Final[dict[str, tuple[str, str, type[EventrecError]]]] = {
    "locked": (
        "Another program is writing to the record book{where}; waited {seconds:g} s.",
        _TRY_AGAIN,
        DatabaseUnavailable,
    ),
    "read-only": (
        "The record book{where} may only be read here.",
        "Use a copy in a folder of your own, or ask its owner.",
        DatabaseUnavailable,
    ),
    "takes no changes": (
        "The record book{where} may only be read here.",
        "The server is a standby, or takes no changes for now: ask its administrator, or name the primary.",
        DatabaseUnavailable,
    ),
    "full": ("The disk is full; nothing was saved.", "Make room, then try again.", EventrecError),
    "no database": (
        "The file{where} is no record book, and no SQLite database at all.",
        "Name another file with --database.",
        DatabaseUnavailable,
    ),
    "damaged": (
        "The record book{where} is damaged.",
        "See what: eventrec{book} db check. Leave it as it is, and restore a backup into a new one:"
        " eventrec --database NEW.db db restore FILE",
        DatabaseUnavailable,
    ),
    "disk": (
        "The disk could not read or write the record book{where}.",
        "Check the disk, then: eventrec{book} db check",
        DatabaseUnavailable,
    ),
    "unopened": (
        "The record book{where} cannot be opened.",
        "Check that you may write to its folder, and to the files beside it.",
        DatabaseUnavailable,
    ),
    "refused": (
        "The database server refused the user or the password{where}.",
        "Check the address, or the password in ~/.pgpass.",
        DatabaseUnavailable,
    ),
    "forbidden": (
        "The database does not let you do that{where}.",
        "Whoever owns the book can let you: eventrec db grant writer YOUR-ROLE"
        " (manager, to forget people; an upgrade is for the owner alone).",
        NotAllowed,
    ),
    "standby": (
        "No server in the address is as target_session_attrs asks{where}; none takes changes before it is promoted.",
        "Try again when the primary is back or its standby was promoted.",
        ServerLost,
    ),
    "unknown": (
        "The server has no such database{where}.",
        "Check the name, or let its administrator make it: createdb",
        DatabaseUnavailable,
    ),
    "conflict": (
        "Somebody else changed the same records at the same moment; nothing was saved.",
        "Repeat the command.",
        Conflict,
    ),
    "crowded": ("The database server has no connection left{where}.", "Try again in a moment.", DatabaseUnavailable),
    "in use": (
        "Something of another program in the database looks at eventrec's views or tables.",
        "Let its owner drop it, then repeat the command.",
        DatabaseUnavailable,
    ),
    "unreachable": (
        "The database server cannot be reached{where}.",
        "Check the address and the network, then try again.",
        ServerLost,
    ),
}
_SQLITE_CODES: Final = {
    5: "locked",
    6: "locked",
    8: "read-only",
    10: "disk",
    11: "damaged",
    13: "full",
    14: "unopened",
    15: "locked",
    26: "no database",
    4874: "full",  # SQLITE_IOERR_SHMSIZE: no room for the file that readers and writers share
}
_SQLITE_WORDS: Final = {
    r"Could not decode to UTF-8": "damaged",  # sqlite3 itself, without a code
    r"malformed (?:JSON|database schema)": "damaged",
}
"""What SQLite says with no code, or with one that has many reasons."""

_SQLSTATES: Final = {
    "08": "unreachable",
    "25006": "takes no changes",
    "28": "refused",
    "2BP01": "in use",
    "3D": "unknown",
    "40001": "conflict",
    "40P01": "conflict",
    "42501": "forbidden",
    "53100": "full",
    "53300": "crowded",
    "55P03": "locked",
    "57P": "unreachable",
}
"""Beginnings of SQLSTATEs: the words of a server come in its own language."""

_BEFORE_A_SESSION: Final = {
    "authentication failed|no password supplied|no pg_hba.conf entry|role .* does not exist": "refused",
    "database .* does not exist": "unknown",
    "permission denied": "forbidden",
    "session is (?:not )?read-only|server is (?:not )?in hot standby mode": "standby",
    "too many (?:clients|connections)|connection slots are reserved": "crowded",
}
"""What libpq says when there is no session yet: it hands on no SQLSTATE."""


def translate(error: BaseException, address: str = "", seconds: float = BUSY_SECONDS) -> EventrecError | None:
    """Return the sentence for an error of sqlite3 or psycopg, also held by SQLAlchemy; None for a fault of ours."""
    held = getattr(error, "orig", None)
    error = held if isinstance(held, Exception) else error
    key = _sqlite_key(error) or _psycopg_key(error)
    if key is None:
        return None
    return _told(key, address, seconds)


def _told(key: str, address: str, seconds: float = BUSY_SECONDS) -> EventrecError:
    """Return the sentence, and a hint that names a book in a file: the command must not look at another one."""
    message, hint, kind = _SENTENCES[key]
    where = f" ({shown(address)})" if address else ""
    book = f" --database {shlex.quote(address)}" if address and "postgres" not in address.partition("://")[0] else ""
    return kind(message.format(where=where, seconds=seconds), hint.format(book=book))


def _sqlite_key(error: BaseException) -> str | None:
    sqlite3 = sys.modules.get("sqlite3")
    if sqlite3 is None or not isinstance(error, sqlite3.Error):
        return None
    code = getattr(error, "sqlite_errorcode", 0)
    known = _SQLITE_CODES.get(code) or _SQLITE_CODES.get(code & 0xFF)
    return known or next((key for words, key in _SQLITE_WORDS.items() if re.search(words, str(error))), None)


def _psycopg_key(error: BaseException) -> str | None:
    psycopg = sys.modules.get("psycopg")
    if psycopg is None or not isinstance(error, psycopg.Error):
        return None
    if error.sqlstate:
        return next((key for start, key in _SQLSTATES.items() if error.sqlstate.startswith(start)), None)
    if not isinstance(error, psycopg.OperationalError):
        return None
    text = str(error)
    return next((key for words, key in _BEFORE_A_SESSION.items() if re.search(words, text)), "unreachable")


def shown(address: str) -> str:
    """Return an address without its password."""
    if "://" not in address:
        return address
    return re.sub(r"([?&]\w*password=)[^&]*", r"\1…", re.sub(r"(://[^:/?@]*):[^?]*@", r"\1:…@", address))


def unheard(library: str) -> None:
    """Keep what a library logs off standard error where nobody listens to it: errors are told once, in words."""
    import logging

    log = logging.getLogger(library)
    if not log.handlers:
        log.addHandler(logging.NullHandler())


def is_of_a_driver(error: BaseException) -> bool:
    """Tell whether an error comes from sqlite3 or psycopg, also when SQLAlchemy holds it."""
    held = getattr(error, "orig", None) or error
    drivers = [sys.modules.get(name) for name in ("sqlite3", "psycopg")]
    return any(driver is not None and isinstance(held, driver.Error) for driver in drivers)


def damaged(address: str = "") -> EventrecError:
    """Return the error that says that what is in a book cannot be read."""
    return _told("damaged", address)


def unreadable(address: str = "") -> EventrecError:
    """Return the error that says that the disk fails, and not that the book is damaged."""
    return _told("disk", address)


def is_damage(error: BaseException | None) -> bool:
    """Tell whether an error of the driver's, also held by SQLAlchemy, tells of a damaged file."""
    held = getattr(error, "orig", None)
    held = held if isinstance(held, Exception) else error
    return held is not None and _sqlite_key(held) == "damaged"


@contextmanager
def in_words(address: str = "", seconds: float = BUSY_SECONDS) -> Iterator[None]:
    """Turn the database's errors into sentences."""
    try:
        yield
    except Exception as error:
        told = translate(error, address, seconds)
        if told is None:
            raise
        raise told from error
