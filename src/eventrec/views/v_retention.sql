-- Why a person's data is kept: one row per person and what it is tied to, which is an event under each of its projects,
-- an event without a project, or a project in which the person has a role. `ends_on` is the day from which the months
-- of retention count: the project's end, else its programme's, or the event's last day when that is later or no project
-- decides; empty while nobody knows it. `decided_by` is the project whose end it is, `retention_months` its own, else
-- its programme's, and empty for the book's. Somebody tied to nothing is not here.
WITH RECURSIVE line (project_id, id, parent_id, depth) AS (
    SELECT project.id, project.id, project.parent_id, 0 FROM project
    UNION ALL
    SELECT line.project_id, programme.id, programme.parent_id, line.depth + 1
    FROM line
    JOIN project AS programme ON programme.id = line.parent_id
    WHERE line.depth < 20
),
closing AS (
    SELECT
        project.id,
        project.code,
        (
            SELECT above.code FROM line JOIN project AS above ON above.id = line.id
            WHERE line.project_id = project.id AND above.ends_on IS NOT NULL
            ORDER BY line.depth LIMIT 1
        ) AS decided_by,
        (
            SELECT above.ends_on FROM line JOIN project AS above ON above.id = line.id
            WHERE line.project_id = project.id AND above.ends_on IS NOT NULL
            ORDER BY line.depth LIMIT 1
        ) AS ends_on,
        (
            SELECT above.retention_months FROM line JOIN project AS above ON above.id = line.id
            WHERE line.project_id = project.id AND above.retention_months IS NOT NULL
            ORDER BY line.depth LIMIT 1
        ) AS retention_months
    FROM project
),
tie (contact_id, event_id, reason) AS (
    SELECT DISTINCT participation.contact_id, participation.event_id, 'participation'
    FROM participation
    WHERE participation.contact_id IS NOT NULL
    UNION ALL
    SELECT event.contact_id, event.id, 'whom-to-ask'
    FROM event
    WHERE event.contact_id IS NOT NULL
)
SELECT
    tie.contact_id,
    tie.reason,
    event.id AS event_id,
    v_event_project.project_id,
    closing.code AS project,
    CASE WHEN event.ends_on > closing.ends_on OR closing.id IS NULL THEN NULL
        ELSE coalesce(closing.decided_by, closing.code) END AS decided_by,
    CASE WHEN event.ends_on > closing.ends_on THEN event.ends_on
        WHEN closing.id IS NULL THEN coalesce(event.ends_on, event.planned_ends_on)
        ELSE closing.ends_on END AS ends_on,
    closing.retention_months
FROM tie
JOIN event ON event.id = tie.event_id
LEFT JOIN v_event_project ON v_event_project.event_id = event.id
LEFT JOIN closing ON closing.id = v_event_project.project_id
UNION ALL
SELECT
    project_party.contact_id,
    project_party.role,
    NULL,
    project_party.project_id,
    closing.code,
    coalesce(closing.decided_by, closing.code),
    closing.ends_on,
    closing.retention_months
FROM project_party
JOIN closing ON closing.id = project_party.project_id
WHERE project_party.contact_id IS NOT NULL
