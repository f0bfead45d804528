"""The server's own dumps: made by `pg_dump`, and read back into a book through `pg_restore`, on either database."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from typing import TYPE_CHECKING, Any, Final

from eventrec.connection import REVISIONS
from eventrec.db.backup.archive import LONGEST_LINE
from eventrec.db.backup.kinds import Damaged, Kind, NoBackup, kind_of
from eventrec.db.cells import from_copy
from eventrec.db.upgrade import create
from eventrec.errors import EventrecError, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping
    from pathlib import Path
    from typing import IO

    from sqlalchemy import Connection

    from eventrec.db.progress import Progress

_COPY: Final = re.compile(rb'COPY (?:[^ ]+\.)?"?(\w+)"? \((.+)\) FROM stdin;\r?\n')
_SETVAL: Final = re.compile(rb"SELECT pg_catalog\.setval\('(?:[^']+\.)?\"?(\w+)_id_seq\"?', (\d+), (true|false)\);")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_MEANS: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def has_tool(name: str = "pg_dump") -> bool:
    """Tell whether a program of PostgreSQL is installed."""
    return shutil.which(name) is not None


def dump(address: str, opened: Connection, path: Path, *, plain: bool = False) -> None:
    """Let `pg_dump` write the moment that an open snapshot sees: in its own format, or as `plain` SQL.

    Raises EventrecError when the program is missing, older than the server, or fails.
    """
    tool = _tool("pg_dump")
    server = int(opened.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10000
    if (version := _version(tool)) < server:
        raise EventrecError(
            f"pg_dump here is of version {version}, the server of version {server}; it refuses newer servers.",
            f"Install the client programs of PostgreSQL {server}, or name a file that ends in .eventrec.zip",
        )
    moment = opened.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
    schema = opened.exec_driver_sql("SELECT current_schema()").scalar_one()
    settings, place = _surroundings(address)
    command = [
        tool, f"--format={'plain' if plain else 'custom'}", "--no-owner", "--no-privileges", "--encoding=UTF8",
        f"--snapshot={moment}", f"--schema={_pattern(schema)}", f"--file={path}", f"--dbname={place}",
    ]  # fmt: skip
    done = subprocess.run(command, env=settings, capture_output=True, stdin=subprocess.DEVNULL, check=False)  # noqa: S603
    if done.returncode != 0:
        raise EventrecError(f"pg_dump failed: {_last_line(done.stderr)}", "Name a file that ends in .eventrec.zip")


def _pattern(schema: str) -> str:
    return '"' + schema.replace('"', '""') + '"'


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise EventrecError(
            f"The program {name} is not installed here.",
            "Install the client programs of PostgreSQL, or use a file that ends in .eventrec.zip",
        )
    return found


def _version(tool: str) -> int:
    said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"(\d+)", said.partition(")")[2] or said)
    return int(found[1]) if found else 0


def _surroundings(address: str) -> tuple[dict[str, str], str]:
    """Return the environment that leads libpq to a server, and what is left of the address for the command line.

    The environment is read by the same user only; the command line by everybody on the machine.
    """
    from psycopg import pq
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    variables = {
        option.keyword.decode(): option.envvar.decode() for option in pq.Conninfo.get_defaults() if option.envvar
    }
    said = {name: str(value) for name, value in conninfo_to_dict(address).items() if value is not None}
    settings = {**os.environ, **{variables[name]: value for name, value in said.items() if name in variables}}
    left = {name: value for name, value in said.items() if name not in variables and "password" not in name}
    return settings, make_conninfo("", **left)


def unpack(path: Path, book: Path, progress: Progress, fill: Callable[..., None]) -> str:
    """Fill a new book with the rows of a dump; returns the dump's revision.

    Raises NoBackup, Damaged, and Rejected for a newer schema or a dump without COPY.
    """
    revision = _revision(path)
    create(str(book), revision)
    highest: dict[str, int] = {}
    with contextlib.closing(_lines(path)) as lines:
        fill(path, book, _tables(path, lines, highest), highest, from_copy, progress, 0)
    return revision


def _revision(path: Path) -> str:
    """Return the revision that a dump holds; a dump in its own format is read up to there only."""
    ignored: dict[str, int] = {}
    with contextlib.closing(_lines(path, "--table=alembic_version")) as lines:
        for name, rows in _tables(path, lines, ignored, every=True):
            for row in rows:
                if name == "alembic_version":
                    return _known(path, str(row.get("version_num")))
    raise NoBackup(path, "it holds no record book, or its rows as INSERT")


def _known(path: Path, revision: str) -> str:
    if revision not in REVISIONS:
        raise Rejected(
            f"{path} holds schema {revision!r}; this eventrec restores {REVISIONS[-1]} and older.",
            "Update eventrec: pip install -U eventrec",
        )
    return revision


def _tables(
    path: Path, lines: Iterator[bytes], highest: dict[str, int], *, every: bool = False
) -> Generator[tuple[str, Iterator[Mapping[str, Any]]]]:
    """Yield every table of a dump with its rows, to be taken in this order; numbers are noted as they come by."""
    for line in lines:
        if found := _COPY.fullmatch(line):
            name = found[1].decode()
            rows = _rows(path, lines, name, [part.strip(' "') for part in found[2].decode().split(",")])
            if every or name not in ("alembic_version", "schema_mark"):
                yield name, rows
            for _ in rows:
                continue  # what was not taken must be passed over
        elif found := _SETVAL.match(line):
            highest[found[1].decode()] = int(found[2]) if found[3] == b"true" else 0


def _rows(path: Path, lines: Iterator[bytes], name: str, columns: list[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.rstrip(b"\r\n") == b"\\.":
            return
        try:
            cells = line.decode().rstrip("\r\n").split("\t")
        except UnicodeDecodeError as error:
            raise Damaged(path, f"the table {name} is not in UTF-8") from error
        if len(cells) != len(columns):
            raise Damaged(path, f"a line of the table {name} has {len(cells)} cells instead of {len(columns)}")
        yield {column: _unescaped(cell) for column, cell in zip(columns, cells, strict=True)}
    raise Damaged(path, f"it ends within the table {name}")


def _unescaped(cell: str) -> str | None:
    if cell == "\\N":
        return None
    return _ESCAPED.sub(lambda found: _MEANS.get(found[1], found[1]), cell) if "\\" in cell else cell


def _lines(path: Path, *options: str) -> Generator[bytes]:
    """Yield the lines of a dump's data, as SQL. Raises Damaged when `pg_restore` cannot read it."""
    if kind_of(path) is Kind.SQL:
        with path.open("rb") as file:
            yield from _bounded(path, file)
        return
    command = [_tool("pg_restore"), "--data-only", *options, "--file=-", str(path.absolute())]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said)  # noqa: S603
        try:
            if process.stdout is not None:
                yield from _bounded(path, process.stdout)
            ended = process.wait()
        finally:
            process.kill()
            process.communicate()
        if ended != 0:
            said.seek(0)
            raise _unreadable(path, _last_line(said.read(1 << 16)))


def _bounded(path: Path, file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(LONGEST_LINE):
        if len(line) >= LONGEST_LINE:
            raise Damaged(path, "it has a line that is too long")
        yield line


def _unreadable(path: Path, reason: str) -> EventrecError:
    if "unsupported version" in reason:
        return EventrecError(
            f"{path} was written by a pg_dump that is newer than pg_restore here.",
            "Install the client programs of a newer PostgreSQL.",
        )
    return Damaged(path, reason)


def _last_line(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return (
        lines[-1].removeprefix("pg_restore: error: ").removeprefix("pg_dump: error: ").rstrip(".")
        if lines
        else "no reason given"
    )
