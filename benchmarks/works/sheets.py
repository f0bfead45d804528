"""Sheets in and out: CSV into both databases, CSV and workbooks out."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from benchmarks.ground import FLOORS, WHOLE
from benchmarks.measure import Side
from benchmarks.rows import OURS, Differs, Row, at_most, faster, within

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.ground import Ground
    from benchmarks.rows import Figures

CONTACTS: Final = 100_000
EXECUTEMANY: Final = "csv.reader + executemany, one table"
AGAIN: Final = "executemany of the rows that result"
ORM: Final = "DictReader + email-validator + ORM"
COPY: Final = "COPY, one table"
COPY_AGAIN: Final = "COPY of the rows that result"
SHELL: Final = "sqlite3 shell"
ALONE: Final = "XlsxWriter alone"


def csv_in(ground: Ground) -> Row:
    """`import` of contacts from CSV into SQLite."""
    rows = ground.many(CONTACTS)
    sheet, empty = ground.sheet(rows), ground.agencies()
    ours, again, other = (ground.work / name for name in ("csv-ours.db", "csv-again.db", "csv-other.db"))
    other_floor = other.with_suffix(".floor")
    done = ground.work / "csv-done.db"

    def before_again() -> None:
        if not done.exists():
            ground.copy(ours, done.name)
        ground.copy(empty, again.name)

    sides = [
        ground.eventrec(ours, "-q", "import", sheet, "--as", "contacts", before=lambda: ground.copy(empty, ours.name)),
        ground.floor(EXECUTEMANY, "contacts_one_table", sheet, other_floor, before=lambda: _gone(other_floor)),
        ground.floor(AGAIN, "rows_again", done, again, before=before_again),
        ground.floor(ORM, "contacts_orm", sheet, other, before=lambda: _gone(other), runs=1),
        *ground.peer(
            "sqlite-utils",
            "sqlite-utils insert",
            lambda programs: [programs / "sqlite-utils", "insert", other, "contact", sheet, "--csv"],
            before=lambda: _gone(other),
            runs=1,
        ),
        *ground.peer(
            "csvkit",
            "csvsql --insert",
            lambda programs: [programs / "csvsql", "--db", f"sqlite:///{other}", "--insert", sheet],
            before=lambda: _gone(other),
            runs=1,
        ),
    ]
    return Row(
        "csv-import",
        "CSV import, 100,000 contacts, checked, matched, with history",
        f"`import contacts.csv` of {rows:,} contacts of 2,000 agencies",
        sides,
        [at_most(4, EXECUTEMANY), within(60), faster(8, ORM), at_most(4, AGAIN)],
        2,
        lambda _: _as_many(ours, rows),
        f"A row of the sheet is eight rows in the book: contact, two points, affiliation, and the history of each. "
        f"“{AGAIN}” is what SQLite takes to write those rows, ready-made, with indexes and foreign keys.",
    )


def csv_in_on_server(ground: Ground) -> Row:
    """`import` of contacts from CSV into PostgreSQL."""
    rows = ground.many(CONTACTS)
    sheet, server = ground.sheet(rows), ground.server
    template, folder = ground.server_agencies(), ground.work / "copied"
    folder.mkdir(exist_ok=True)
    address = {name: server.url(name) for name in ("ours", "one_table", "again")}

    def fresh(name: str) -> None:
        server.drop(name)
        server.create(name, template)

    def before_again() -> None:
        if not list(folder.iterdir()):
            out = ground.floor("", "copy_again", "out", address["ours"], folder)
            subprocess.run(out.words, check=True, env=ground.environment)
        fresh("again")

    sides = [
        ground.eventrec(address["ours"], "-q", "import", sheet, "--as", "contacts", before=lambda: fresh("ours")),
        ground.floor(COPY, "copy_one_table", sheet, address["one_table"], before=lambda: fresh("one_table")),
        ground.floor(COPY_AGAIN, "copy_again", "in", address["again"], folder, before=before_again),
    ]
    return Row(
        "csv-import-server",
        "the same into PostgreSQL",
        f"`import contacts.csv` of {rows:,} contacts into PostgreSQL",
        sides,
        [at_most(4, COPY), at_most(4, COPY_AGAIN)],
        2,
        note="Memory is the client's. The server does not wait for the disk (fsync off), for either side.",
    )


def participants_out(ground: Ground) -> Row:
    """`export participants` of everything as CSV."""
    book, sql = ground.book(), FLOORS / "participants.sql"
    ours = ground.eventrec(book, "export", "participants", "-f", "csv", "-o", "-", runs=1)
    return Row(
        "participants-csv",
        "participant export, 1,000,000 rows to CSV",
        f"`export participants` of {ground.many(WHOLE):,} participations as CSV, 48 columns",
        [ours, shell(book, sql)],
        [at_most(2.5, SHELL)],
        2,
        lambda figures: _same_rows(figures, SHELL),
        "The shell runs `floors/participants.sql`: the same rows, columns and order by plain joins on the tables.",
    )


def workbook_out(ground: Ground) -> Row:
    """`export participants` of a hundred thousand rows as a workbook."""
    book = ground.book(CONTACTS)
    files = [ground.work / name for name in ("ours.xlsx", "alone.xlsx", "openpyxl.xlsx", "rows.csv")]
    _export(ground, book, files[3])
    openpyxl = [FLOORS / "workbook_openpyxl.py", files[3], files[2]]
    sides = [
        ground.eventrec(book, "export", "participants", "-o", files[0], "--force"),
        ground.floor(ALONE, "workbook", book, FLOORS / "participants.sql", files[1]),
        *ground.peer("openpyxl", "openpyxl, write-only", lambda programs: [programs / "python", *openpyxl], runs=1),
    ]
    return Row(
        "workbook",
        "XLSX export, 100,000 rows",
        f"`export participants` of {ground.many(CONTACTS):,} participations as a workbook, 48 columns",
        sides,
        [at_most(1.2, ALONE)],
        2,
        lambda _: _as_large(files[0], files[1]),
        "The floor reads the same rows with `floors/participants.sql`; it sets no widths, filter, styles or dates.",
    )


def shell(book: Path, sql: Path, name: str = SHELL) -> Side:
    """Return the sqlite3 program in `.mode csv`; csv.writer over sqlite3 where there is none."""
    program = shutil.which("sqlite3")
    if program:
        return Side(name, [program, "-readonly", "-csv", "-header", book, f".read {sql}"])
    words = [sys.executable, FLOORS / "participants.py", book, sql]
    return Side(name, words, note="No sqlite3 program was found; this is csv.writer over Python's sqlite3.")


def _gone(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _export(ground: Ground, book: Path, file: Path) -> None:
    with file.open("wb") as out:
        command = shell(book, FLOORS / "participants.sql").words
        subprocess.run(command, check=True, env=ground.environment, stdout=out, stderr=subprocess.DEVNULL)


def _as_many(book: Path, rows: int) -> str:
    with closing(sqlite3.connect(f"file:{book}?mode=ro", uri=True)) as opened:
        (people,) = opened.execute("SELECT count(*) FROM contact").fetchone()
        (changes,) = opened.execute("SELECT count(*) FROM change").fetchone()
    if not 0.9 * rows <= people <= rows:
        raise Differs(f"{people:,} contacts were saved of {rows:,}")
    return (
        f"{people:,} contacts and {changes:,} rows of history were saved; the other rows were matched to one of them."
    )


def _same_rows(figures: Figures, theirs: str) -> str:
    """Compare two CSV files cell by cell, whatever they put in quotation marks."""
    rows = -1
    with (
        figures[OURS].output.open(encoding="utf-8-sig", newline="") as one,
        figures[theirs].output.open(encoding="utf-8-sig", newline="") as other,
    ):
        for mine, floor in zip_longest(csv.reader(one), csv.reader(other)):
            if mine != floor:
                raise Differs(f"row {rows + 1}: {mine} and {floor}")
            rows += 1
    return f"The same {rows:,} rows, cell by cell, in the same order."


def _as_large(ours: Path, theirs: Path) -> str:
    mine, other = (path.stat().st_size / 1e6 for path in (ours, theirs))
    return f"The workbooks have {mine:.1f} and {other:.1f} MB."


ROWS = {
    "csv-import": csv_in,
    "csv-import-server": csv_in_on_server,
    "participants-csv": participants_out,
    "workbook": workbook_out,
}
