-- One row per participation, with agency, name and position of the day. A named row has 1 for the person's sex and 0
-- for the others; `counted` is the number of people that the row adds to the total of its event, empty when none.
-- `dtstamp` is the latest change to anything that a calendar prints of the row.
SELECT
    participation.id,
    participation.uid,
    participation.event_id AS event,
    {languages event.title event_title},
    event.kind AS event_kind,
    taken.event_status,
    taken.starts_on,
    taken.ends_on,
    (SELECT v_agency.label FROM v_agency WHERE v_agency.id = taken.agency_id) AS agency,
    taken.agency_id,
    {languages taken.agency_name agency_name},
    {languages participation.label label},
    taken.side,
    taken.country,
    {languages contact.name contact},
    taken.contact_id,
    contact.honorific,
    {languages taken.position position},
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
    taken.effective_days,
    participation.source,
    (
        SELECT sum(v_head.people) FROM v_head
        WHERE v_head.participation_id = participation.id AND v_head.measure = 'actual' AND v_head.reason = ''
    ) AS counted,
    taken.measure,
    taken.own_staff,
    {points contact email} AS email,
    (SELECT v_agency.email FROM v_agency WHERE v_agency.id = taken.agency_id) AS agency_email,
    (SELECT v_agency.address FROM v_agency WHERE v_agency.id = taken.agency_id) AS agency_address,
    participation.forgotten_as IS NOT NULL AS forgotten,
    participation.note,
    {moment participation.answered_at} AS answered_at,
    coalesce(contact.sort_key, '') AS sort_key,
    {moment participation.created_at} AS created_at,
    {moment participation.modified_at} AS modified_at,
    (
        SELECT max(printed.modified_at)
        FROM (
            SELECT {moment participation.modified_at} AS modified_at
            UNION ALL
            SELECT {moment contact.modified_at}
            UNION ALL
            SELECT {moment contact_point.modified_at} FROM contact_point
            WHERE contact_point.contact_id = contact.id AND contact_point.kind = 'email'
            UNION ALL
            SELECT {moment agency.modified_at} FROM agency
            WHERE agency.id = taken.agency_id AND contact.id IS NULL
            UNION ALL
            SELECT {moment contact_point.modified_at} FROM contact_point
            WHERE contact_point.agency_id = taken.agency_id AND contact.id IS NULL AND contact_point.kind = 'email'
        ) AS printed
    ) AS dtstamp,
    participation.version
FROM participation
JOIN event ON event.id = participation.event_id
JOIN v_on_the_day AS taken ON taken.id = participation.id
LEFT JOIN contact ON contact.id = participation.contact_id
