-- One row per contact. Agency and position are those of the open primary affiliation, else of the latest one.
-- `events`, `first_event_on` and `last_event_on` look at held events that the person attended
-- in any role, site visits apart. `involved_in` are the projects in which the person has a part, or an event of which
-- the person took part in. `revised_at` is the latest change to anything that the person's card prints.
SELECT
    contact.id,
    contact.uid,
    {languages contact.name name},
    contact.family_name,
    contact.given_name,
    contact.honorific,
    contact.sex,
    contact.languages,
    contact.categories,
    {points contact email} AS email,
    {list contact_point.value | FROM contact_point
        WHERE contact_point.contact_id = contact.id AND contact_point.kind = 'email'
        ORDER BY contact_point.preferred DESC, contact_point.id} AS emails,
    {points contact phone mobile} AS phone,
    {list contact_point.value | FROM contact_point
        WHERE contact_point.contact_id = contact.id AND contact_point.kind IN ('phone', 'mobile')
        ORDER BY contact_point.preferred DESC, contact_point.id} AS phones,
    {points contact wechat} AS wechat,
    {points contact url} AS url,
    {points contact address} AS address,
    coalesce(agency.code, {any agency.name}) AS agency,
    agency.id AS agency_id,
    {languages agency.name agency_name},
    {languages affiliation.position position},
    affiliation.unit,
    {list project.code | FROM project
        WHERE project.id IN (
            SELECT project_party.project_id FROM project_party
            WHERE project_party.contact_id = contact.id AND project_party.role = 'programme-manager'
        )
        ORDER BY project.code} AS projects,
    {list project.code | FROM project
        WHERE project.code IS NOT NULL AND project.id IN (
            SELECT project_party.project_id FROM project_party WHERE project_party.contact_id = contact.id
            UNION ALL
            SELECT v_event_project.project_id FROM v_event_project
            WHERE v_event_project.event_id IN (
                SELECT participation.event_id FROM participation
                WHERE participation.contact_id = contact.id
                    AND participation.status IN ('attended', {words EXPECTED_PARTICIPATION_STATUSES})
            )
        )
        ORDER BY project.code} AS involved_in,
    {list alias.name | FROM alias WHERE alias.contact_id = contact.id ORDER BY alias.name, alias.id} AS aliases,
    (
        SELECT count(DISTINCT participation.event_id) FROM participation
        JOIN event ON event.id = participation.event_id
        WHERE participation.contact_id = contact.id AND participation.status = 'attended'
            AND event.status = 'held' AND event.kind <> 'site-visit'
    ) AS events,
    (
        SELECT min(event.starts_on) FROM participation
        JOIN event ON event.id = participation.event_id
        WHERE participation.contact_id = contact.id AND participation.status = 'attended'
            AND event.status = 'held' AND event.kind <> 'site-visit'
    ) AS first_event_on,
    (
        SELECT max(event.starts_on) FROM participation
        JOIN event ON event.id = participation.event_id
        WHERE participation.contact_id = contact.id AND participation.status = 'attended'
            AND event.status = 'held' AND event.kind <> 'site-visit'
    ) AS last_event_on,
    contact.note,
    contact.sort_key,
    contact.search_text,
    {moment contact.created_at} AS created_at,
    {moment contact.modified_at} AS modified_at,
    (
        SELECT max(printed.modified_at)
        FROM (
            SELECT {moment contact.modified_at} AS modified_at
            UNION ALL
            SELECT {moment affiliation.modified_at}
            UNION ALL
            SELECT {moment agency.modified_at}
            UNION ALL
            SELECT {moment contact_point.modified_at} FROM contact_point
            WHERE contact_point.contact_id = contact.id OR contact_point.agency_id = agency.id
            UNION ALL
            SELECT {moment project_party.modified_at} FROM project_party WHERE project_party.contact_id = contact.id
            UNION ALL
            SELECT {moment participation.modified_at} FROM participation WHERE participation.contact_id = contact.id
            UNION ALL
            SELECT v_event_project.modified_at FROM participation
            JOIN v_event_project ON v_event_project.event_id = participation.event_id
            WHERE participation.contact_id = contact.id
        ) AS printed
    ) AS revised_at,
    contact.version
FROM contact
{place contact}
LEFT JOIN agency ON agency.id = affiliation.agency_id
