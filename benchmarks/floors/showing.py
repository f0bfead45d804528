"""argparse and sqlite3: one event with all that is known of it.

    python showing.py BOOK NUMBER

It prints what `eventrec event show NUMBER` prints, byte for byte, for the invented book.
"""

import argparse
import json
import sqlite3
import sys
from datetime import date, datetime

SQL = """
SELECT event.id, event.kind, event.status, event.title, event.description, event.topics, event.starts_on,
    event.ends_on, planned_starts_on, planned_ends_on, event.days, event.start_time, event.end_time, event.timezone,
    event.modality, event.venue, event.city, event.country, event.online_url, contact.name, contact.id,
    (SELECT value FROM contact_point WHERE contact_id = contact.id AND kind = 'email'
        ORDER BY preferred DESC, id LIMIT 1),
    (SELECT group_concat(code, ' | ') FROM event_project JOIN project ON project.id = project_id
        WHERE event_id = event.id),
    agency.code, agency.id, agency.name,
    (SELECT count(*) FROM event AS visit WHERE visit.parent_id = event.id), event.modified_at
FROM event
LEFT JOIN contact ON contact.id = event.contact_id
LEFT JOIN participation ON participation.event_id = event.id AND participation.role = 'organizer'
LEFT JOIN agency ON agency.id = participation.agency_id
WHERE event.id = ?
"""
PEOPLE = """
WITH RECURSIVE staff (agency_id) AS (
    SELECT project_party.agency_id FROM event_project
    JOIN project_party ON project_party.project_id = event_project.project_id AND project_party.role = 'implementer'
    WHERE event_project.event_id = :event
    UNION
    SELECT agency.id FROM staff JOIN agency ON agency.parent_id = staff.agency_id
)
SELECT sum(coalesce(women + men + other + not_stated, 1)), sum(coalesce(women, sex = 'female')),
    sum(coalesce(men, sex = 'male'))
FROM participation
LEFT JOIN contact ON contact.id = contact_id
WHERE event_id = :event AND status = 'attended' AND role IN ('participant', 'observer', 'chair', 'speaker')
    AND agency_id NOT IN (SELECT agency_id FROM staff)
"""
NAMES = (
    "id kind status title description topics starts_on ends_on planned_starts_on planned_ends_on effective_days"
    " start_time end_time timezone modality venue city country online_url contact contact_id contact_email projects"
    " organizers organizer_id organizer visits modified_at participants women men"
).split()


def both(text: str | None) -> str | None:
    return " / ".join(json.loads(text).values()) if text else None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("book")
    parser.add_argument("number", type=int)
    asked = parser.parse_args()
    book = sqlite3.connect(f"file:{asked.book}?mode=ro", uri=True)
    row = list(book.execute(SQL, (asked.number,)).fetchone())
    for at in (3, 4, 15, 16, 19, 25):
        row[at] = both(row[at])
    row[5] = " | ".join(json.loads(row[5]))
    if row[10] is None:
        row[10] = (date.fromisoformat(row[7]) - date.fromisoformat(row[6])).days + 1
    moment = datetime.fromisoformat(row[-1]).astimezone().isoformat(" ", "minutes")
    row[-1] = f"{moment[:16]} {moment[16:]}"
    row += book.execute(PEOPLE, {"event": asked.number}).fetchone()
    shown = [f"{name.replace('_', ' ')}\t{cell}" for name, cell in zip(NAMES, row, strict=True) if cell is not None]
    sys.stdout.write("\n".join(["field\tvalue", *shown, ""]))


main()
