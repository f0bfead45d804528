-- One row per participation, with agency, name and position of the day. A named row has 1 for the person's sex and 0
-- for the others; `counted` is the number of people that the row adds to the total of its event, empty when none.
-- `dtstamp` is the latest change to anything that a calendar prints of the row.
SELECT
    participation.id,
    participation.uid,
    participation.event_id AS event,
    {languages event.title event_title},
    event.kind AS event_kind,
    event.status AS event_status,
    event.starts_on,
    event.ends_on,
    coalesce(agency.code, {any agency.name}) AS agency,
    coalesce(participation.agency_id, affiliation.agency_id) AS agency_id,
    {languages coalesce(participation.agency_name, agency.name) agency_name},
    {languages participation.label label},
    coalesce(
        agency.side,
        CASE WHEN agency.parent_id IS NOT NULL
            THEN coalesce(
                (SELECT above.side FROM agency AS above WHERE above.id = agency.parent_id),
                (SELECT v_agency.side FROM v_agency WHERE v_agency.id = agency.id)
            ) END,
        participation.side
    ) AS side,
    agency.country,
    {languages contact.name contact},
    participation.contact_id,
    contact.honorific,
    {languages coalesce(participation.position, affiliation.position) position},
    contact.sex,
    participation.role,
    participation.status,
    participation.modality,
    CASE WHEN contact.id IS NULL THEN participation.women WHEN contact.sex = 'female' THEN 1 ELSE 0 END AS women,
    CASE WHEN contact.id IS NULL THEN participation.men WHEN contact.sex = 'male' THEN 1 ELSE 0 END AS men,
    CASE WHEN contact.id IS NULL THEN participation.other WHEN contact.sex = 'other' THEN 1 ELSE 0 END AS other,
    CASE WHEN contact.id IS NULL THEN participation.not_stated WHEN contact.sex = 'not-stated' THEN 1 ELSE 0 END
        AS not_stated,
    participation.approximate,
    participation.days,
    {list attendance.day | FROM attendance WHERE attendance.participation_id = participation.id ORDER BY attendance.day}
        AS attended_days,
    coalesce(
        nullif((SELECT count(*) FROM attendance WHERE attendance.participation_id = participation.id), 0),
        participation.days,
        event.days,
        {days event.starts_on event.ends_on}
    ) AS effective_days,
    participation.source,
    CASE
        WHEN event.status <> 'held' OR participation.status <> 'attended' OR participation.role NOT IN ({roles})
            OR own_staff.id IS NOT NULL THEN NULL
        WHEN participation.contact_id IS NULL AND participation.forgotten_as IS NULL
            THEN participation.women + participation.men + participation.other + participation.not_stated
        WHEN participation.contact_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM participation AS other
            WHERE other.event_id = participation.event_id AND other.contact_id = participation.contact_id
                AND other.id <> participation.id
        ) THEN 1
        WHEN participation.contact_id IS NULL AND NOT EXISTS (
            SELECT 1 FROM participation AS other
            WHERE other.event_id = participation.event_id AND other.forgotten_as = participation.forgotten_as
                AND other.id <> participation.id
        ) THEN 1
        ELSE (
            SELECT sum(v_head.people) FROM v_head
            WHERE v_head.participation_id = participation.id AND v_head.measure = 'actual' AND v_head.reason = ''
        )
    END AS counted,
    {measure} AS measure,
    own_staff.id IS NOT NULL AS own_staff,
    {points contact email} AS email,
    {points agency email} AS agency_email,
    {points agency address} AS agency_address,
    participation.forgotten_as IS NOT NULL AS forgotten,
    participation.note,
    {moment participation.answered_at} AS answered_at,
    coalesce(contact.sort_key, '') AS sort_key,
    {moment participation.created_at} AS created_at,
    {moment participation.modified_at} AS modified_at,
    {latest {moment participation.modified_at}
        | {moment contact.modified_at}
        | CASE
            WHEN contact.id IS NOT NULL THEN (
                SELECT max({moment contact_point.modified_at}) FROM contact_point
                WHERE contact_point.contact_id = contact.id AND contact_point.kind = 'email'
            )
            ELSE {latest {moment participation.modified_at}
                | {moment agency.modified_at}
                | (
                    SELECT max({moment contact_point.modified_at}) FROM contact_point
                    WHERE contact_point.agency_id = agency.id AND contact_point.kind = 'email'
                )}
        END
    } AS dtstamp,
    participation.version
FROM participation
JOIN event ON event.id = participation.event_id
LEFT JOIN affiliation ON affiliation.id = CASE WHEN participation.status <> 'attended' THEN ({valid id}) END
LEFT JOIN agency ON agency.id = coalesce(participation.agency_id, affiliation.agency_id)
LEFT JOIN event AS own_staff ON own_staff.id = CASE WHEN coalesce(participation.agency_id, affiliation.agency_id) IN (
    SELECT v_own_staff.agency_id FROM v_own_staff
) AND EXISTS (
    SELECT 1
    FROM v_event_project
    WHERE v_event_project.event_id = participation.event_id
        AND (v_event_project.project_id, coalesce(participation.agency_id, affiliation.agency_id)) IN (
            SELECT v_own_staff.project_id, v_own_staff.agency_id FROM v_own_staff
        )
) THEN participation.event_id END
LEFT JOIN contact ON contact.id = participation.contact_id
