-- The counting rule. The grain is a head: a named person is one row per event, whatever the number of roles;
-- a delegation's head-count is one row per sex; a delegation that nobody counted is one row with `people` empty. Rows of
-- somebody who was forgotten are head-counts that `forgotten_as` ties together, and count like the person's rows did.
-- A row counts when `reason` is empty and `measure` is the one asked for:
--   actual   = the event is held and the participation attended
--   expected = the event is planned, tentative or confirmed and the participation registered or confirmed
-- Of a person's rows in one event the one stands for all that comes first by: its status counts, its role counts,
-- not own staff, the lower number. The four sexes stand behind CROSS JOIN, so that SQLite goes through the people once.
SELECT
    taken.event_id,
    taken.id AS participation_id,
    taken.contact_id,
    taken.forgotten_as,
    taken.agency_id,
    (SELECT v_agency.label FROM v_agency WHERE v_agency.id = taken.agency_id) AS agency_code,
    (SELECT agency.name FROM agency WHERE agency.id = taken.agency_id) AS agency_name,
    (SELECT agency.kind FROM agency WHERE agency.id = taken.agency_id) AS agency_kind,
    taken.label,
    taken.side,
    taken.country,
    taken.kind,
    taken.modality,
    taken.role,
    taken.status,
    CASE WHEN taken.contact_id IS NOT NULL OR taken.women IS NOT NULL THEN head.sex END AS sex,
    CASE
        WHEN taken.contact_id IS NOT NULL THEN 1
        WHEN head.sex = 'female' THEN taken.women
        WHEN head.sex = 'male' THEN taken.men
        WHEN head.sex = 'other' THEN taken.other
        ELSE taken.not_stated
    END AS people,
    taken.contact_id IS NOT NULL AS named,
    taken.approximate,
    taken.effective_days AS days,
    taken.source,
    taken.measure,
    taken.role IN ({roles}) AS counted_role,
    taken.own_staff,
    CASE
        WHEN taken.own_staff THEN 'own staff'
        WHEN taken.role IN ({roles}) THEN ''
        ELSE 'role'
    END AS reason,
    taken.starts_on,
    taken.ends_on
FROM v_on_the_day AS taken
LEFT JOIN contact AS person ON person.id = taken.contact_id
CROSS JOIN (
    SELECT 'female' AS sex UNION ALL SELECT 'male' UNION ALL SELECT 'other' UNION ALL SELECT 'not-stated'
) AS head
WHERE CASE
        WHEN taken.contact_id IS NOT NULL THEN head.sex = person.sex
        WHEN taken.women IS NULL THEN head.sex = 'not-stated'
        ELSE TRUE
    END
    AND (
        (taken.contact_id IS NULL AND taken.forgotten_as IS NULL)
        OR NOT EXISTS (
            SELECT 1 FROM participation AS other
            WHERE other.event_id = taken.event_id
                AND (other.contact_id = taken.contact_id OR other.forgotten_as = taken.forgotten_as)
                AND other.id <> taken.id
        )
        OR taken.id = (
            SELECT best.id
            FROM v_on_the_day AS best
            WHERE best.event_id = taken.event_id
                AND (best.contact_id = taken.contact_id OR best.forgotten_as = taken.forgotten_as)
            ORDER BY best.measure IS NULL, best.role NOT IN ({roles}), best.own_staff, best.id
            LIMIT 1
        )
    )
