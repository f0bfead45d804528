-- Who took part, by agency, sex, modality and quarter: the question as somebody would put it to the tables. It counts
-- like `eventrec report participants --by agency,sex,modality,quarter`, but no days of events and of people, and takes
-- it that nobody has two rows in one event. It runs on SQLite and on PostgreSQL.
WITH RECURSIVE staff (project_id, agency_id) AS (
    SELECT project_id, agency_id FROM project_party WHERE role = 'implementer'
    UNION
    SELECT staff.project_id, agency.id FROM staff JOIN agency ON agency.parent_id = staff.agency_id
),
own (event_id, agency_id) AS (
    SELECT DISTINCT event_project.event_id, staff.agency_id
    FROM event_project JOIN staff ON staff.project_id = event_project.project_id
),
taken AS (
    SELECT participation.*, event.starts_on, contact.sex
    FROM participation
    JOIN event ON event.id = participation.event_id
    LEFT JOIN contact ON contact.id = participation.contact_id
    LEFT JOIN own ON own.event_id = participation.event_id AND own.agency_id = participation.agency_id
    WHERE event.status = 'held' AND event.kind <> 'site-visit' AND participation.status = 'attended'
        AND participation.role IN ('participant', 'observer', 'chair', 'speaker')
        AND own.event_id IS NULL
),
head AS (
    SELECT event_id, agency_id, contact_id, modality, starts_on, sex, 1 AS people FROM taken
    WHERE contact_id IS NOT NULL
    UNION ALL
    SELECT event_id, agency_id, contact_id, modality, starts_on, 'female', women FROM taken WHERE women > 0
    UNION ALL
    SELECT event_id, agency_id, contact_id, modality, starts_on, 'male', men FROM taken WHERE men > 0
    UNION ALL
    SELECT event_id, agency_id, contact_id, modality, starts_on, 'other', other FROM taken WHERE other > 0
    UNION ALL
    SELECT event_id, agency_id, contact_id, modality, starts_on, 'not-stated', not_stated FROM taken
    WHERE not_stated > 0
),
quartered AS (
    SELECT head.*,
        substr(CAST(starts_on AS TEXT), 1, 4) || '-Q'
            || ((CAST(substr(CAST(starts_on AS TEXT), 6, 2) AS INTEGER) + 2) / 3) AS quarter
    FROM head
)
SELECT agency.code AS agency, sex, modality, quarter,
    count(DISTINCT event_id) AS events,
    sum(people) AS participations,
    sum(CASE WHEN contact_id IS NOT NULL THEN people ELSE 0 END) AS named,
    sum(CASE WHEN contact_id IS NULL THEN people ELSE 0 END) AS unnamed,
    sum(CASE WHEN sex = 'female' THEN people ELSE 0 END) AS women,
    sum(CASE WHEN sex = 'male' THEN people ELSE 0 END) AS men,
    sum(CASE WHEN sex = 'other' THEN people ELSE 0 END) AS other,
    sum(CASE WHEN sex = 'not-stated' THEN people ELSE 0 END) AS not_stated,
    count(DISTINCT contact_id) AS people
FROM quartered
JOIN agency ON agency.id = quartered.agency_id
GROUP BY agency.code, sex, modality, quarter
ORDER BY agency.code, sex, modality, quarter
