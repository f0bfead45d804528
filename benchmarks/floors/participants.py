"""sqlite3 and csv.writer: what `participants.sql` finds, where no sqlite3 program is at hand.

python participants.py BOOK SQL
"""

import csv
import sqlite3
import sys
from pathlib import Path

book = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
found = book.execute(Path(sys.argv[2]).read_text(encoding="utf-8"))
writer = csv.writer(sys.stdout, lineterminator="\r\n")
writer.writerow([column[0] for column in found.description])
writer.writerows(found)
