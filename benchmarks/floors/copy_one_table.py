"""COPY: a sheet of contacts into one table of a PostgreSQL database, as it stands.

    python copy_one_table.py SHEET ADDRESS

Nothing is checked, matched, taken apart or noted in a history. The table is new, without an index.
"""

import sys

import psycopg

BLOCK = 1 << 16

with psycopg.connect(sys.argv[2]) as server, open(sys.argv[1], "rb") as sheet:
    server.execute(
        "CREATE TABLE person (name text, name_zh text, sex text, agency text, position text, email text, phone text)"
    )
    with server.cursor().copy("COPY person FROM STDIN (FORMAT csv, HEADER)") as copy:
        while block := sheet.read(BLOCK):
            copy.write(block)
