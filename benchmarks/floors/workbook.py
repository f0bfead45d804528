"""XlsxWriter with constant_memory: the rows of `participants.sql` as a workbook, and nothing else.

python workbook.py BOOK SQL FILE
"""

import sqlite3
import sys
from pathlib import Path

import xlsxwriter

book = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
found = book.execute(Path(sys.argv[2]).read_text(encoding="utf-8"))
with xlsxwriter.Workbook(sys.argv[3], {"constant_memory": True, "strings_to_urls": False}) as workbook:
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, [column[0] for column in found.description])
    for number, row in enumerate(found, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write_number(number, column, cell)
