"""COPY: the rows that an import left in all its tables, into the same tables of another book on the server.

    python copy_again.py out DONE FOLDER      the rows into files, which is not measured
    python copy_again.py in BOOK FOLDER       and in again

The rows are ready-made, computed columns and history included; tables, indexes and foreign keys are those of a book.
That is what PostgreSQL itself takes for the result, whoever writes it.
"""

import sys
from pathlib import Path

import psycopg

TABLES = ("change_set", "agency", "contact", "contact_point", "affiliation", "change")
BLOCK = 1 << 16


def out(done: psycopg.Connection, folder: Path, first: int) -> None:
    for table in TABLES:
        above = first if table == "agency" else 0
        rows = f"COPY (SELECT * FROM {table} WHERE id > {above} ORDER BY id) TO STDOUT"
        with (folder / f"{table}.copy").open("wb") as file, done.cursor().copy(rows) as copy:
            for block in copy:
                file.write(block)


def back(book: psycopg.Connection, folder: Path) -> None:
    for table in TABLES:
        with (folder / f"{table}.copy").open("rb") as file, book.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            while block := file.read(BLOCK):
                copy.write(block)


def main() -> None:
    how, address, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    with psycopg.connect(address) as connection:
        if how == "out":
            out(connection, folder, first=2_000)  # the agencies that were there before
        else:
            back(connection, folder)


main()
