"""csv.reader and executemany: a sheet of contacts into one table, as it stands.

    python contacts_one_table.py SHEET BOOK

Nothing is checked, matched, taken apart or noted in a history. The table is new, without an index.
"""

import csv
import sqlite3
import sys

book = sqlite3.connect(sys.argv[2])
book.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name, name_zh, sex, agency, position, email, phone)")
with open(sys.argv[1], encoding="utf-8", newline="") as file, book:
    rows = csv.reader(file)
    next(rows)
    book.executemany("INSERT INTO person VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", rows)
