"""sqlite3's executemany: the rows that an import left in all its tables, into the same tables of another book.

    python rows_again.py DONE BOOK

The rows are ready-made, computed columns and history included; tables, indexes and foreign keys are those of a book.
That is what SQLite itself takes for the result, whoever writes it.
"""

import sqlite3
import sys

TABLES = ("change_set", "agency", "contact", "contact_point", "affiliation", "change")


def main() -> None:
    done = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    book = sqlite3.connect(sys.argv[2], isolation_level=None)
    book.execute("PRAGMA foreign_keys = ON")
    book.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        (last,) = book.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
        rows = done.execute(f"SELECT * FROM {table} WHERE id > ? ORDER BY id", (last,))
        marks = ", ".join("?" * len(rows.description))
        book.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    book.execute("COMMIT")


main()
