"""argparse and sqlite3: the events of some days with their agencies, people counted, as TSV.

    python listing.py BOOK SINCE [UNTIL] [--not-cancelled]

It prints what `eventrec event list --since SINCE --until UNTIL` prints, byte for byte, for the invented book.
"""

import argparse
import sqlite3
import sys

COLUMNS = (
    "id uid kind status status_reason title_en title_zh description_en description_zh starts_on ends_on date_note days"
    " start_time end_time timezone modality venue_en venue_zh city_en city_zh country online_url topics contact_en"
    " contact_zh contact_id parent replaces projects organizers sequence modified_at participants women men expected"
    " version"
)
SQL = """
WITH RECURSIVE picked AS (
    SELECT * FROM event
    WHERE ends_on >= :since AND starts_on <= :until AND (:cancelled OR status NOT IN ('cancelled', 'postponed'))
),
staff (project_id, agency_id) AS (
    SELECT project_id, agency_id FROM project_party WHERE role = 'implementer'
    UNION
    SELECT staff.project_id, agency.id FROM staff JOIN agency ON agency.parent_id = staff.agency_id
),
head AS (
    SELECT picked.id AS event_id, picked.status = 'held' AS held,
        coalesce(women, contact.sex = 'female') AS women,
        coalesce(men, contact.sex = 'male') AS men,
        coalesce(women + men + other + not_stated, 1) AS people
    FROM picked
    JOIN participation ON participation.event_id = picked.id AND participation.event_id IN (SELECT id FROM picked)
    LEFT JOIN contact ON contact.id = participation.contact_id
    WHERE role IN ('participant', 'observer', 'chair', 'speaker')
        AND CASE WHEN picked.status = 'held' THEN participation.status = 'attended'
            ELSE picked.status IN ('planned', 'tentative', 'confirmed')
            AND participation.status IN ('registered', 'confirmed') END
        AND NOT EXISTS (
            SELECT 1 FROM event_project JOIN staff ON staff.project_id = event_project.project_id
            WHERE event_project.event_id = picked.id AND staff.agency_id = participation.agency_id
        )
),
counted AS (
    SELECT event_id, held, sum(people) AS people, sum(women) AS women, sum(men) AS men FROM head GROUP BY event_id
)
SELECT picked.id, picked.uid, picked.kind, picked.status, picked.status_reason,
    title ->> '$.en', title ->> '$.zh', description ->> '$.en', description ->> '$.zh',
    picked.starts_on, picked.ends_on, date_note, picked.days, start_time, end_time, timezone, picked.modality,
    venue ->> '$.en', venue ->> '$.zh', city ->> '$.en', city ->> '$.zh', picked.country, online_url,
    (SELECT group_concat(value, '|') FROM json_each(topics)),
    contact.name ->> '$.en', contact.name ->> '$.zh', contact.id, picked.parent_id, picked.replaces_id,
    (SELECT group_concat(code, '|') FROM event_project JOIN project ON project.id = event_project.project_id
        WHERE event_project.event_id = picked.id),
    (SELECT group_concat(code, '|') FROM participation JOIN agency ON agency.id = participation.agency_id
        WHERE participation.event_id = picked.id AND role = 'organizer'),
    sequence, picked.modified_at,
    CASE WHEN held THEN people END, CASE WHEN held THEN women END, CASE WHEN held THEN men END,
    CASE WHEN NOT held THEN people END, picked.version
FROM picked
LEFT JOIN contact ON contact.id = picked.contact_id
LEFT JOIN counted ON counted.event_id = picked.id
ORDER BY picked.starts_on, start_time IS NULL, start_time, picked.id
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("book")
    parser.add_argument("since")
    parser.add_argument("until", nargs="?", default="9999-12-31")
    parser.add_argument("--not-cancelled", action="store_true")
    asked = parser.parse_args()
    book = sqlite3.connect(f"file:{asked.book}?mode=ro", uri=True)
    found = book.execute(SQL, {"since": asked.since, "until": asked.until, "cancelled": not asked.not_cancelled})
    lines = ["\t".join("" if cell is None else str(cell) for cell in row) for row in found]
    sys.stdout.write("\n".join([COLUMNS.replace(" ", "\t"), *lines, ""]))


main()
