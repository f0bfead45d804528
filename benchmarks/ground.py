"""What the rows stand on: invented books and files, kept for the next time; peers; a PostgreSQL server."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measure import Side
from benchmarks.rows import OURS
from eventrec.connection import SCHEMA_MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.postgres import Server

    from benchmarks.data import Size

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent
FLOORS: Final = HERE / "floors"
DATA: Final = HERE / ".data"

WHOLE: Final = 1_000_000
"""Participations of the whole book, with 100,000 contacts, 2,000 agencies and 10,000 events."""

APART: Final = 100_000
"""Contacts and events of the largest book that is made row by row, where each contact has an event of their own."""

QUICK: Final = 500
"""By how much everything is smaller in a quick run."""


class Ground:
    """Makes what the rows ask for, once; `smaller` is by how much everything is less than in the table."""

    def __init__(self, work: Path, data: Path = DATA, smaller: int = 1, *, peers: bool = True) -> None:
        seed = zlib.crc32((HERE / "data.py").read_bytes())
        self.smaller = smaller
        self.data = data / f"{SCHEMA_MARK & 0xFFFFFFFF:08x}-{seed:08x}"
        self.data.mkdir(parents=True, exist_ok=True)
        self.work = work
        self.missing: list[str] = []
        """Peers that are not set up."""

        self.unprepared: list[str] = []
        """Rows for which eventrec could not make what they stand on."""

        self.peers = peers
        self._server: Server | None = None
        self._made: set[str] = set()
        self.environment = _environment(work)

    # Sizes

    def many(self, rows: int) -> int:
        """Return so many rows, or fewer in a quick run."""
        return max(rows // self.smaller, 20)

    # Those that do the work

    def eventrec(self, book: object, *words: object, name: str = OURS, **options: Any) -> Side:  # noqa: ANN401
        """Return a side that is a command of eventrec, on a book."""
        program = Path(sys.executable).with_name("eventrec")
        return Side(name, [program, "--database", book, *words], **options)

    def floor(self, name: str, script: str, *words: object, **options: Any) -> Side:  # noqa: ANN401
        """Return a side that is a script of `floors`, run by eventrec's own Python."""
        return Side(name, [sys.executable, FLOORS / f"{script}.py", *words], **options)

    def peer(
        self,
        peer: str,
        name: str,
        words: Callable[[Path], Sequence[object]],
        **options: Any,  # noqa: ANN401
    ) -> list[Side]:
        """Return a side that is a program of a peer's environment; none, and it is told, when that is not set up.

        `words` is given the folder of its programs and returns the whole command.
        """
        if not self.peers:
            return []
        folder = ROOT / ".peers" / peer / "bin"
        if not (folder.parent / "pins.txt").is_file():
            self.missing.append(peer)
            return []
        return [Side(name, words(folder), **options)]

    # Books and files

    def book(self, participations: int = WHOLE, *, exactly: bool = False) -> Path:
        """Return a book in the proportions of the whole one, `exactly` so large also in a smaller run."""
        rows = participations if exactly else self.many(participations)
        return self._kept(f"book-{rows}.db", "book", rows)

    def wide(self, rows: int) -> Path:
        """Return a book of so many contacts and as many events, each with one participation.

        One with more than `APART` is copies of a smaller one, each with numbers and addresses of its own.
        """
        smaller = [self.wide(APART)] if rows > APART else []
        return self._kept(f"wide-{rows}.db", "wide", rows, *smaller)

    def sheet(self, rows: int) -> Path:
        """Return a CSV file of contacts."""
        return self._kept(f"contacts-{rows}.csv", "sheet", rows)

    def agencies(self) -> Path:
        """Return a book that holds the agencies of the sheets and nobody."""
        return self._kept("agencies.db", "agencies", 0)

    def cards(self, rows: int) -> Path:
        """Return a file of contact cards, as eventrec writes them."""
        return self._exported(rows, "contacts", f"cards-{rows}.vcf")

    def calendar(self, rows: int) -> Path:
        """Return a calendar, as eventrec writes it."""
        return self._exported(rows, "calendar", f"calendar-{rows}.ics")

    def bare(self, participations: int = WHOLE, *, exactly: bool = False) -> Path:
        """Return the tables of a book alone: no index but the row numbers, no view, no statistics."""
        book = self.book(participations, exactly=exactly)
        path = self.data / f"bare-{book.name}"
        if not path.exists():
            _bare(book, path.with_suffix(".part"))
            path.with_suffix(".part").rename(path)
        return path

    def copy(self, book: Path, name: str) -> Path:
        """Return a copy of a book for one that writes; made anew at each call."""
        target = self.work / name
        for ending in ("", "-wal", "-shm"):
            target.with_name(target.name + ending).unlink(missing_ok=True)
        shutil.copyfile(book, target)
        target.chmod(0o600)
        return target

    def _kept(self, name: str, kind: str, rows: int, *others: Path) -> Path:
        path = self.data / name
        if not path.exists():
            start = time.monotonic()
            part = path.with_name(f"part-{name}")
            subprocess.run(
                [sys.executable, "-m", "benchmarks.making", kind, part, str(rows), *others],
                cwd=ROOT,
                check=True,
                env=self.environment,
            )
            part.rename(path)
            print(f" [{name} made in {time.monotonic() - start:.0f} s]", end="", file=sys.stderr, flush=True)
        return path

    def _exported(self, rows: int, what: str, name: str) -> Path:
        path = self.data / name
        if not path.exists():
            part = path.with_name(f"part-{name}")
            command = self.eventrec(self.wide(rows), "export", what, "-o", part, "--force").words
            subprocess.run(command, check=True, env=self.environment, capture_output=True)
            part.rename(path)
        return path

    # PostgreSQL

    @property
    def server(self) -> Server:
        """A PostgreSQL server of our own, started when it is first asked for and stopped by `close`."""
        if self._server is None:
            from tests.postgres import Server

            self._server = Server({"shared_buffers": "128MB"})  # as PostgreSQL has it by itself
        return self._server

    def server_book(self, participations: int = WHOLE, *, exactly: bool = False) -> str:
        """Return the address of a book on the server, in the proportions of the whole one."""
        from benchmarks.data import of

        rows = participations if exactly else self.many(participations)
        return self._on_server(f"book_{rows}", of(rows))

    def server_agencies(self) -> str:
        """Return the name of a book on the server that holds the agencies of the sheets and nobody."""
        from benchmarks.data import Size

        self._on_server("agencies", Size(0, 2_000, 0, 0))
        return "agencies"

    def bare_on_server(self, participations: int = WHOLE) -> str:
        """Return the address of the tables of a book alone, without an index or a view."""
        import psycopg

        name = f"bare_{self.many(participations)}"
        if name not in self._made:
            self._made.add(name)
            book = self.server_book(participations).replace("postgresql://eventrec@/", "")
            self.server.create(name, book.partition("?")[0])
            with contextlib.closing(psycopg.connect(self.server.url(name), autocommit=True)) as server:
                server.execute("CREATE SCHEMA bare")
                for table in TABLES:
                    server.execute(f"CREATE TABLE bare.{table} AS SELECT * FROM {table}".encode())  # noqa: S608
                server.execute("DROP SCHEMA public CASCADE")
                server.execute("ALTER SCHEMA bare RENAME TO public")
                server.execute("ANALYZE")  # a server does that by itself
        return self.server.url(name)

    def _on_server(self, name: str, size: Size) -> str:
        import psycopg

        from benchmarks.data import make_server_book
        from eventrec.db.upgrade import create

        address = self.server.url(name)
        if name not in self._made:
            self._made.add(name)
            self.server.create(name)
            create(address)
            with contextlib.closing(psycopg.connect(address)) as server:
                make_server_book(server, size)
        return address

    def close(self) -> None:
        """Stop what was started."""
        if self._server is not None:
            self._server.stop()
            self._server = None


def _environment(work: Path) -> dict[str, str]:
    """Return what a command sees: nobody's home, settings or server, and byte code that is kept as usual."""
    foreign = ("EVENTREC_", "PG", "XDG_", "PYTHON", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    places = {f"XDG_{kind}_HOME": str(work / kind.lower()) for kind in ("DATA", "CONFIG", "STATE", "CACHE")}
    return {**kept, **places, "HOME": str(work), "EVENTREC_USER": "benchmark", "TERM": "xterm-256color"}


TABLES: Final = (
    "setting",
    "agency",
    "contact",
    "contact_point",
    "affiliation",
    "project",
    "project_party",
    "event",
    "event_project",
    "participation",
)


def _bare(book: Path, path: Path) -> None:
    path.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode = OFF")
        bare.execute("PRAGMA synchronous = OFF")
        bare.execute("ATTACH ? AS book", (str(book),))
        for table, columns in _columns(bare):
            bare.execute(f"CREATE TABLE {table} ({columns})")
            bare.execute(f"INSERT INTO {table} SELECT * FROM book.{table}")  # noqa: S608


def _columns(bare: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for table in TABLES:
        found = bare.execute(f"PRAGMA book.table_xinfo({table})").fetchall()
        named = [f"{row[1]} INTEGER PRIMARY KEY" if row[1] == "id" else f"{row[1]} {row[2]}" for row in found]
        yield table, ", ".join(named)
