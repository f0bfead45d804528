"""argparse and sqlite3: LIKE over the columns of names, as they are, of all four kinds of records.

    python searching.py BOOK TEXT

Less than `eventrec search` does: no e-mails and phone numbers, no aliases, no traditional characters, no accents left
out, and the rows in the order of their numbers.
"""

import argparse
import sqlite3
import sys

SQL = """
SELECT 'event', id, NULL, title ->> '$.en', title ->> '$.zh', status, starts_on FROM event
WHERE title LIKE :text OR venue LIKE :text OR city LIKE :text
UNION ALL
SELECT 'agency', id, code, name ->> '$.en', name ->> '$.zh', kind, NULL FROM agency
WHERE code LIKE :text OR name LIKE :text
UNION ALL
SELECT 'contact', contact.id, NULL, contact.name ->> '$.en', contact.name ->> '$.zh', agency.code, NULL FROM contact
LEFT JOIN affiliation ON affiliation.contact_id = contact.id AND is_primary
LEFT JOIN agency ON agency.id = affiliation.agency_id
WHERE contact.name LIKE :text OR family_name LIKE :text OR given_name LIKE :text
UNION ALL
SELECT 'project', id, code, name ->> '$.en', name ->> '$.zh', status, NULL FROM project
WHERE code LIKE :text OR name LIKE :text
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("book")
    parser.add_argument("text")
    asked = parser.parse_args()
    book = sqlite3.connect(f"file:{asked.book}?mode=ro", uri=True)
    lines = [
        "\t".join("" if cell is None else str(cell) for cell in row)
        for row in book.execute(SQL, {"text": f"%{asked.text}%"})
    ]
    sys.stdout.write("\n".join(["noun\tid\tcode\ttitle_en\ttitle_zh\tdetail\tdate", *lines, ""]))


main()
