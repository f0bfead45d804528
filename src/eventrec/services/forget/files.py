"""The book's own files after somebody was forgotten: no page, log or free space of them may still hold the person."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from eventrec import connection
from eventrec.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

_TOUCHED: Final = (
    "contact", "contact_point", "affiliation", "alias", "project_party", "consent", "disclosure", "not_same",
    "tombstone", "participation", "attendance", "event", "event_source", "change", "change_set", "setting",
)  # fmt: skip
_BESIDE: Final = ("-wal", "-shm", "-journal")
_PIECE: Final = 4 * 2**20
_SECONDS: Final = 10.0
_PAUSE: Final = 0.1


@dataclass(frozen=True)
class Cleaned:
    """What became of the book's files. `searched` are their names, `found` those that hold the person all the same.

    `anew` says that the file was written anew: then it holds nothing but the records as they are, and what is found is
    part of their words. `why` says what stood in the way of cleaning them.
    """

    searched: Sequence[str] = ()
    found: Sequence[str] = ()
    anew: bool = False
    why: str = ""


def clean(
    address: str, octets: Sequence[bytes], *, seconds: float = _SECONDS, pause: Callable[[float], None] = time.sleep
) -> Cleaned:
    """Take what was erased out of the files of a book, and search them; `seconds` is how long others are waited for.

    `octets` are what must not be in them any more. The files of a server are out of reach: there the tables are
    written anew where this user may, and nothing is searched.
    """
    try:
        if connection.is_postgresql(address):
            return _server(address)
        return _file(address, octets, seconds, pause)
    except DatabaseUnavailable as error:
        return Cleaned(why=error.message)


def _file(address: str, octets: Sequence[bytes], seconds: float, pause: Callable[[float], None]) -> Cleaned:
    """Bring the log into the file and cut it; where free space still holds something, write the file anew."""
    path = connection.path_of(address)
    with closing(connection.open_for_writing(address, timeout=seconds)) as opened:
        why = _truncated(opened, seconds, pause)
        anew = not why and bool(holding(files_of(path), octets))
        if anew:
            why = _written_anew(opened) or _truncated(opened, seconds, pause)
    files = files_of(path)
    found = [file.name for file in holding(files, octets)]
    return Cleaned([file.name for file in files], found, anew and not why, why)


def _truncated(opened: connection.Connection, seconds: float, pause: Callable[[float], None]) -> str:
    """Write the log into the file and cut it to nothing; returns why that could not be."""
    for _ in range(max(1, round(seconds / _PAUSE))):
        busy = opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy:
            return ""
        pause(_PAUSE)
    return "somebody is reading the book"


def _written_anew(opened: connection.Connection) -> str:
    try:
        opened.execute("VACUUM")
    except DatabaseUnavailable as error:
        return error.message
    return ""


def files_of(path: Path) -> list[Path]:
    """Return the file of a book and those that SQLite keeps beside it."""
    beside = (path.with_name(f"{path.name}{ending}") for ending in _BESIDE)
    return [path, *(file for file in beside if file.exists())]


def holding(files: Iterable[Path], octets: Sequence[bytes]) -> list[Path]:
    """Return the files that hold any of the octets."""
    return [file for file in files if _holds(file, octets)]


def _holds(path: Path, octets: Sequence[bytes]) -> bool:
    longest = max(map(len, octets), default=0)
    if not longest:
        return False
    kept = b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            window = kept + piece
            if any(each in window for each in octets):
                return True
            kept = window[-longest:]
    return False


def _server(address: str) -> Cleaned:
    """Write the tables anew, so that no dead row stays in their files, and no value in the planner's statistics."""
    with closing(connection.open_for_writing(address)) as opened:
        theirs = "SELECT count(*) FROM pg_class WHERE relname = ANY(%(names)s) AND relnamespace ="
        theirs += " to_regnamespace(quote_ident(current_schema())) AND pg_has_role(relowner, 'MEMBER')"
        owned: Any = opened.execute(theirs, {"names": list(_TOUCHED)}).fetchone()[0]
        if owned != len(_TOUCHED):
            return Cleaned(why="only the owner of the tables may write them anew")
        for name in _TOUCHED:
            opened.execute(f"VACUUM (FULL, ANALYZE) {name}")
    return Cleaned()
