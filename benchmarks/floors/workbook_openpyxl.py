"""openpyxl in write-only mode: the rows of a CSV file as a workbook.

python workbook_openpyxl.py SHEET FILE
"""

import csv
import sys

from openpyxl import Workbook

workbook = Workbook(write_only=True)
sheet = workbook.create_sheet()
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    for row in csv.reader(file):
        sheet.append(row)
workbook.save(sys.argv[2])
