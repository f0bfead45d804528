"""What SQLite finds in the pages of a file, table by table where it gives up on the whole."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from typing import TYPE_CHECKING, Final

from eventrec.db.check.finding import ANEW, RESTORE, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OF_AN_INDEX: Final = ("missing from index", "wrong # of entries in index", "non-unique entry in index")
_TRIED_BY_US: Final = ("CHECK constraint failed", "NULL value in", "ok")
"""What SQLite says of rows as well; of these the number of the row is told by `rules`."""

_MOST_LINES: Final = 20
_TREE: Final = re.compile(r"\b(?:tree(?: page)?|page) (\d+)", re.IGNORECASE)
_HEADER: Final = 100
_LARGEST_PAGE: Final = 65536


def of_a_file(path: Path) -> Iterator[Finding]:
    """Yield what is wrong with the bytes of a SQLite file that cannot be asked like a book; nothing is changed."""
    size, wanted = path.stat().st_size, _wanted(path)
    if size < wanted:
        yield Finding("damaged", f"The file is cut off: {size:,} of {wanted:,} bytes are there.")
        return
    with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        opened.text_factory = lambda data: data.decode(errors="surrogateescape")
        yield from of_the_pages(opened)


def of_the_pages(opened: sqlite3.Connection) -> Iterator[Finding]:
    """Let SQLite look at every page; yield what it finds. Raises sqlite3.Error when it is busy."""
    try:
        yield from _lines(opened, "")
    except sqlite3.DatabaseError as error:
        _only_damage(error)
        yield from _by_table(opened)


def _wanted(path: Path) -> int:
    """Return how many bytes the file says that it has."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
    page = int.from_bytes(header[16:18])
    return (_LARGEST_PAGE if page == 1 else page) * int.from_bytes(header[28:32])


def _lines(opened: sqlite3.Connection, table: str) -> list[Finding]:
    asked = f"'{table.replace(chr(39), chr(39) * 2)}'" if table else str(_MOST_LINES)
    found = []
    for (line,) in opened.execute(f"PRAGMA integrity_check({asked})").fetchmany(_MOST_LINES):
        words = " ".join(str(line).split())
        if words.startswith("NULL value in"):
            found.append(Finding("constraint", f"The file lacks a value: {words}."))
        elif not words.startswith(_TRIED_BY_US):
            command = ANEW if any(part in words for part in _OF_AN_INDEX) else RESTORE
            found.append(Finding("damaged", f"The file is damaged: {words}{_named(opened, words)}.", command))
    return found


def _named(opened: sqlite3.Connection, words: str) -> str:
    """Return the table or index that a line names by a page alone."""
    tree = _TREE.search(words)
    with contextlib.suppress(sqlite3.DatabaseError):
        sql = "SELECT name FROM sqlite_master WHERE rootpage = ?"
        if tree and (row := opened.execute(sql, (int(tree[1]),)).fetchone()):
            return f" (of {row[0]})"
    return ""


def _by_table(opened: sqlite3.Connection) -> Iterator[Finding]:
    """Look at each table by itself, since SQLite gives up at the first page that it cannot read at all."""
    try:
        names = [str(name) for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    except sqlite3.DatabaseError as error:
        _only_damage(error)
        yield Finding("damaged", f"The file is damaged: its list of tables cannot be read ({error}).")
        return
    for name in sorted(names):
        try:
            yield from _lines(opened, name)
        except sqlite3.DatabaseError as error:
            _only_damage(error)
            yield _unreadable(opened, name, str(error))


def _unreadable(opened: sqlite3.Connection, table: str, words: str) -> Finding:
    """Say how far the rows of a table can be read; when all of them can, it is an index that cannot."""
    last = None
    try:
        quoted = table.replace('"', '""')
        for row in opened.execute(f'SELECT rowid, * FROM "{quoted}" NOT INDEXED ORDER BY rowid'):  # noqa: S608
            last = row[0]
    except sqlite3.DatabaseError as error:
        _only_damage(error)
        where = f"after number {last}" if last is not None else "at all"
        return Finding("damaged", f"The file is damaged: {table} cannot be read {where} ({words}).", table=table)
    return Finding("damaged", f"The file is damaged: an index of {table} cannot be read ({words}).", ANEW, table)


def _only_damage(error: sqlite3.DatabaseError) -> None:
    """Raise what tells of no damage: that the file is locked, say."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
        raise error
