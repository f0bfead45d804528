-- One row per agency. `side` is its own or that of the nearest whole that has one;
-- `parent` and `successor` are codes, or names where there is no code.
-- `events` counts held events that somebody of it attended in any role, site visits apart.
-- `revised_at` is the latest change to anything that its card prints.
SELECT
    agency.id,
    agency.uid,
    agency.code,
    {languages agency.name name},
    coalesce(agency.code, {any agency.name}) AS label,
    agency.kind,
    CASE WHEN agency.side IS NOT NULL OR agency.parent_id IS NULL THEN agency.side ELSE (
        WITH RECURSIVE whole (side, parent_id) AS (
            SELECT agency.side, agency.parent_id
            UNION
            SELECT above.side, above.parent_id
            FROM whole
            JOIN agency AS above ON above.id = whole.parent_id
            WHERE whole.side IS NULL
        )
        SELECT whole.side FROM whole WHERE whole.side IS NOT NULL
    ) END AS side,
    agency.side AS own_side,
    agency.country,
    (SELECT coalesce(above.code, {any above.name}) FROM agency AS above WHERE above.id = agency.parent_id) AS parent,
    agency.parent_id,
    (SELECT coalesce(later.code, {any later.name}) FROM agency AS later WHERE later.id = agency.successor_id) AS successor,
    agency.successor_id,
    {list alias.name | FROM alias WHERE alias.agency_id = agency.id ORDER BY alias.name, alias.id} AS aliases,
    agency.website,
    {points agency email} AS email,
    {points agency phone mobile} AS phone,
    {points agency address} AS address,
    agency.note,
    (
        SELECT count(DISTINCT participation.event_id)
        FROM participation
        JOIN event ON event.id = participation.event_id
        WHERE participation.agency_id = agency.id AND participation.status = 'attended'
            AND event.status = 'held' AND event.kind <> 'site-visit'
    ) AS events,
    agency.sort_key,
    agency.search_text,
    {moment agency.created_at} AS created_at,
    {moment agency.modified_at} AS modified_at,
    (
        SELECT max(printed.modified_at)
        FROM (
            SELECT {moment agency.modified_at} AS modified_at
            UNION ALL
            SELECT {moment contact_point.modified_at} FROM contact_point WHERE contact_point.agency_id = agency.id
        ) AS printed
    ) AS revised_at,
    agency.version
FROM agency
