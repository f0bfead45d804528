"""sqlite3 or psycopg: runs `summary.sql` and prints what it finds as TSV.

    python summary.py BOOK|ADDRESS [AGENCY QUARTER]

With an agency and a quarter the rows of these alone, still out of everything.
"""

import sys
from pathlib import Path


def main() -> None:
    place, *picked = sys.argv[1:]
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    if picked:
        sql = sql.replace("GROUP BY", "WHERE agency.code = '{}' AND quarter = '{}'\nGROUP BY".format(*picked))
    if place.startswith("postgresql://"):
        import psycopg

        cursor = psycopg.connect(place).execute(sql)
    else:
        import sqlite3

        cursor = sqlite3.connect(f"file:{place}?mode=ro", uri=True).execute(sql)
    lines = ["\t".join(column[0] for column in cursor.description)]
    lines += ["\t".join(map(str, row)) for row in cursor]
    sys.stdout.write("\n".join([*lines, ""]))


main()
