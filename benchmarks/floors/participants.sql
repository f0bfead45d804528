-- Every participation with its event, agency and contact: what `eventrec export participants -f csv` writes, for the
-- sqlite3 shell in `.mode csv`. Plain joins on the tables; whoever may have two affiliations at a time is not thought of.
WITH RECURSIVE staff (project_id, agency_id) AS MATERIALIZED (
    SELECT project_id, agency_id FROM project_party WHERE role = 'implementer'
    UNION
    SELECT staff.project_id, agency.id FROM staff JOIN agency ON agency.parent_id = staff.agency_id
),
taken AS (
    SELECT participation.*,
        CASE
            WHEN event.status = 'held' AND participation.status = 'attended' THEN 'actual'
            WHEN event.status IN ('planned', 'tentative', 'confirmed')
                AND participation.status IN ('registered', 'confirmed') THEN 'expected'
        END AS measure,
        EXISTS (
            SELECT 1 FROM event_project JOIN staff ON staff.project_id = event_project.project_id
            WHERE event_project.event_id = event.id AND staff.agency_id = participation.agency_id
        ) AS own_staff
    FROM participation JOIN event ON event.id = participation.event_id
)
SELECT taken.id, taken.uid, event.id AS event, event.title ->> '$.en' AS event_title_en,
    event.title ->> '$.zh' AS event_title_zh, event.kind AS event_kind, event.status AS event_status, event.starts_on,
    event.ends_on, agency.code AS agency, agency.id AS agency_id,
    coalesce(taken.agency_name, agency.name) ->> '$.en' AS agency_name_en,
    coalesce(taken.agency_name, agency.name) ->> '$.zh' AS agency_name_zh,
    taken.label ->> '$.en' AS label_en, taken.label ->> '$.zh' AS label_zh,
    coalesce(agency.side, parent.side, taken.side) AS side, agency.country,
    contact.name ->> '$.en' AS contact_en, contact.name ->> '$.zh' AS contact_zh, contact.id AS contact_id,
    contact.honorific, coalesce(taken.position, affiliation.position) ->> '$.en' AS position_en,
    coalesce(taken.position, affiliation.position) ->> '$.zh' AS position_zh, contact.sex, taken.role, taken.status,
    taken.modality, coalesce(taken.women, contact.sex = 'female') AS women,
    coalesce(taken.men, contact.sex = 'male') AS men, coalesce(taken.other, contact.sex = 'other') AS other,
    coalesce(taken.not_stated, contact.sex = 'not-stated') AS not_stated,
    iif(taken.approximate, 'true', 'false') AS approximate, taken.days, NULL AS attended_days,
    coalesce(taken.days, event.days, CAST(julianday(event.ends_on) - julianday(event.starts_on) AS INTEGER) + 1)
        AS effective_days,
    taken.source,
    CASE
        WHEN measure = 'actual' AND NOT own_staff AND taken.role IN ('participant', 'observer', 'chair', 'speaker')
        THEN coalesce(taken.women + taken.men + taken.other + taken.not_stated, 1)
    END AS counted,
    measure, iif(own_staff, 'true', 'false') AS own_staff,
    (SELECT value FROM contact_point WHERE contact_id = contact.id AND kind = 'email'
        ORDER BY preferred DESC, id LIMIT 1) AS email,
    NULL AS agency_email, NULL AS agency_address, iif(taken.forgotten_as IS NULL, 'false', 'true') AS forgotten,
    taken.note, taken.answered_at, taken.created_at, taken.modified_at,
    max(taken.modified_at, coalesce(contact.modified_at, '')) AS dtstamp, taken.version
FROM taken
JOIN event ON event.id = taken.event_id
LEFT JOIN agency ON agency.id = taken.agency_id
LEFT JOIN agency AS parent ON parent.id = agency.parent_id
LEFT JOIN contact ON contact.id = taken.contact_id
LEFT JOIN affiliation ON affiliation.contact_id = contact.id AND affiliation.agency_id = taken.agency_id
    AND taken.status <> 'attended'
ORDER BY event.starts_on, event.id, agency.code, contact.id IS NULL, contact.sort_key, taken.id;
