-- One row per project. `events` (held, site visits apart) and `participants` (people who count and attended them)
-- include those of its phases; an event under several projects is whole in each.
SELECT
    project.id,
    project.uid,
    project.code,
    {languages project.name name},
    (SELECT programme.code FROM project AS programme WHERE programme.id = project.parent_id) AS parent,
    project.parent_id,
    {list phase.code | FROM project AS phase WHERE phase.parent_id = project.id ORDER BY phase.code} AS phases,
    project.contract_number,
    project.starts_on,
    project.ends_on,
    project.status,
    {languages project.funding_statement funding_statement},
    {parties donor} AS donors,
    {parties implementer} AS implementers,
    {parties partner} AS partners,
    {parties beneficiary} AS beneficiaries,
    {list {any contact.name} | FROM contact
        WHERE contact.id IN (
            SELECT project_party.contact_id FROM project_party
            WHERE project_party.project_id = project.id AND project_party.role = 'programme-manager'
        )
        ORDER BY contact.sort_key, contact.id} AS managers,
    {list alias.name | FROM alias WHERE alias.project_id = project.id ORDER BY alias.name, alias.id} AS aliases,
    (
        WITH RECURSIVE part (id) AS (
            SELECT project.id
            UNION
            SELECT phase.id FROM part JOIN project AS phase ON phase.parent_id = part.id
        )
        SELECT count(DISTINCT event.id)
        FROM part
        JOIN v_event_project ON v_event_project.project_id = part.id
        JOIN event ON event.id = v_event_project.event_id
        WHERE event.status = 'held' AND event.kind <> 'site-visit'
    ) AS events,
    (
        WITH RECURSIVE part (id) AS (
            SELECT project.id
            UNION
            SELECT phase.id FROM part JOIN project AS phase ON phase.parent_id = part.id
        )
        SELECT sum(v_head.people)
        FROM (
            SELECT DISTINCT v_event_project.event_id FROM v_event_project
            WHERE v_event_project.project_id IN (SELECT part.id FROM part)
        ) AS reported
        CROSS JOIN v_head
        WHERE v_head.event_id = reported.event_id
            AND v_head.measure = 'actual' AND v_head.reason = '' AND v_head.kind <> 'site-visit'
    ) AS participants,
    project.retention_months,
    project.note,
    project.sort_key,
    project.search_text,
    {moment project.created_at} AS created_at,
    {moment project.modified_at} AS modified_at,
    project.version
FROM project
