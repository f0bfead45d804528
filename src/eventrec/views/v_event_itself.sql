-- One row per event, site visits included, without the numbers of people, which a view of its own adds. A site visit without
-- projects or a contact of its own has its parent's. `dtstamp` is the latest change to anything that its calendar entry
-- prints.
-- What looks superfluous leads SQLite to an index: `modified_at` in an ORDER BY to that of organizers, and the numbers of
-- visits looked up by themselves to that of parents, which it takes for useless in a book where no event is a visit.
SELECT
    event.id,
    event.uid,
    event.kind,
    event.status,
    event.status_reason,
    {languages event.title title},
    {languages event.description description},
    {languages event.results results},
    event.topics,
    event.starts_on,
    event.ends_on,
    event.date_note,
    event.planned_starts_on,
    event.planned_ends_on,
    event.days,
    coalesce(event.days, {days event.starts_on event.ends_on}) AS effective_days,
    event.start_time,
    event.end_time,
    event.timezone,
    event.modality,
    {languages event.venue venue},
    event.address,
    {languages event.city city},
    event.country,
    event.latitude,
    event.longitude,
    event.online_url,
    event.source_url,
    {languages contact.name contact},
    contact.id AS contact_id,
    {points contact email} AS contact_email,
    event.parent_id AS parent,
    parent.uid AS parent_uid,
    {languages parent.title parent_title},
    event.replaces_id AS replaces,
    {list project.code | FROM v_event_project
        JOIN project ON project.id = v_event_project.project_id
        WHERE v_event_project.event_id = event.id
        ORDER BY project.code} AS projects,
    {list donor.label | FROM v_agency AS donor
        WHERE donor.id IN (
            SELECT project_party.agency_id FROM v_event_project
            JOIN project_party ON project_party.project_id = v_event_project.project_id
            WHERE v_event_project.event_id = event.id AND project_party.role = 'donor'
            UNION
            SELECT participation.agency_id FROM participation
            WHERE participation.event_id = event.id AND participation.role = 'donor'
        )
        ORDER BY donor.label, donor.id} AS donors,
    {list v_agency.label | FROM v_agency
        JOIN participation ON participation.agency_id = v_agency.id
        WHERE participation.event_id = event.id AND participation.role = 'organizer'
            AND participation.status NOT IN ('declined', 'cancelled')
        GROUP BY v_agency.id, v_agency.label
        ORDER BY min(participation.id), min(participation.modified_at)} AS organizers,
    organizer.id AS organizer_id,
    {languages organizer.name organizer},
    {points organizer email} AS organizer_email,
    (
        SELECT count(*) FROM event AS visit
        WHERE visit.id IN (SELECT below.id FROM event AS below WHERE below.parent_id = event.id)
            AND visit.status NOT IN ('cancelled', 'postponed')
    ) AS visits,
    event.sequence,
    {moment event.created_at} AS created_at,
    {moment event.modified_at} AS modified_at,
    {latest
        {moment event.modified_at}
        | CASE WHEN event.contact_id IS NULL AND parent.contact_id IS NOT NULL THEN {moment parent.modified_at} END
        | {moment contact.modified_at}
        | (
            SELECT max({moment contact_point.modified_at}) FROM contact_point
            WHERE contact_point.contact_id = contact.id AND contact_point.kind = 'email'
        )
        | {moment organizer.modified_at}
        | (
            SELECT max({moment contact_point.modified_at}) FROM contact_point
            WHERE contact_point.agency_id = organizer.id AND contact_point.kind = 'email'
        )
        | (
            SELECT max({moment participation.modified_at}) FROM participation
            WHERE participation.event_id = event.id AND participation.role = 'organizer'
        )
        | (
            SELECT max({latest v_event_project.modified_at | {moment project.modified_at}}) FROM v_event_project
            JOIN project ON project.id = v_event_project.project_id
            WHERE v_event_project.event_id = event.id
        )} AS dtstamp,
    event.note,
    event.source_uid,
    event.search_text,
    event.version
FROM event
LEFT JOIN event AS parent ON parent.id = event.parent_id
LEFT JOIN contact ON contact.id = coalesce(event.contact_id, parent.contact_id)
LEFT JOIN agency AS organizer ON organizer.id = (
    SELECT participation.agency_id FROM participation
    WHERE participation.event_id = event.id AND participation.role = 'organizer'
        AND participation.agency_id IS NOT NULL AND participation.status NOT IN ('declined', 'cancelled')
    ORDER BY participation.id, participation.modified_at
    LIMIT 1
)
